package policy_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/policy"
	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// TestExamples runs the rules of examples/policy on their examples: each has some of
// both kinds, and none fails.
func TestExamples(t *testing.T) {
	dir := filepath.Join(golden.Root(t), "examples", "policy")
	p, err := policy.Load(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	trials, err := p.Try(t.Context(), engine.Folder(dir))
	if err != nil {
		t.Fatal(err)
	}
	if len(trials) < 12 {
		t.Errorf("%d rules", len(trials))
	}
	for _, trial := range trials {
		if trial.Good == 0 || trial.Bad == 0 || len(trial.Failures) > 0 {
			t.Errorf("%s: %d good, %d bad, %v", trial.Rule.Code, trial.Good, trial.Bad, trial.Failures)
		}
	}
}

// TestTry has an example for each way to fail.
func TestTry(t *testing.T) {
	const head = `{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [` + "\n"
	resource := func(name, rest string) string {
		return `{ "type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-04-01", "name": "` + name + `", "location": "westeurope", "properties": { "addressSpace": { "addressPrefixes": ["10.0.0.0/16"] } } }` + rest + "\n"
	}
	for _, tt := range []struct {
		name, file, text string
		want             []string
	}{
		{"good", "good.json", head + resource("vnet-a", "") + "]}", nil},
		{"good and found", "good.json", head + resource("a", "") + "]}", []string{"tests/ORG001/good.json:2:84: unexpected: a is a bad name"}},
		{"good that wants", "good.json", head + resource("vnet-a", ` // want ORG001 "x"`) + "]}", []string{"tests/ORG001/good.json:2: a good example must have no finding", `tests/ORG001/good.json:2: expected but not found: ORG001 "x"`}},
		{"bad", "bad.json", head + resource("a", ` // want ORG001 "^a is"`) + "]}", nil},
		{"bad with a pointer", "bad.json", head + resource("a", ` // want ORG001 /resources/0/name "^a is"`) + "]}", nil},
		{"bad at another place", "bad.json", head + resource("a", ` // want ORG001 /resources/0/location`) + "]}", []string{"tests/ORG001/bad.json:2:84: unexpected: a is a bad name", "tests/ORG001/bad.json:2: expected but not found: ORG001 /resources/0/location"}},
		{"bad with another message", "bad.json", head + resource("a", ` // want ORG001 "nope"`) + "]}", []string{"tests/ORG001/bad.json:2:84: unexpected: a is a bad name", `tests/ORG001/bad.json:2: expected but not found: ORG001 "nope"`}},
		{"bad without comments", "bad.json", head + resource("a", "") + "]}", nil},
		{"bad without a finding", "bad.json", head + resource("vnet-a", "") + "]}", []string{"tests/ORG001/bad.json: expected at least one finding, found none"}},
		{"a comment of another form", "bad.json", head + resource("a", ` // want ORG002 "x"`) + "]}", []string{`tests/ORG001/bad.json:2: a comment of an example has the form: want ORG001 "pattern"`}},
		{"a broken pattern", "bad.json", head + resource("a", ` // want ORG001 "("`) + "]}", []string{`tests/ORG001/bad.json:2: the pattern "(" is not a regular expression`}},
		{"another name", "other.json", head + resource("a", "") + "]}", []string{"tests/ORG001/other.json: the name of an example begins with good or bad"}},
		{"no template", "good.json", "{}", []string{"tests/ORG001/good.json: this is not a template"}},
		{"an error", "good.json", head + `{ "type": "a.b/c", "apiVersion": "2020-01-01", "name": "[nope()]" }]}`, []string{"tests/ORG001/good.json:2:58: the example has an error: "}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			write := func(name, text string) {
				name = filepath.Join(dir, name)
				if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			write(".scaleset.yaml", "custom-rules:\n  - { code: ORG001, name: a-b, assert: \"resource.name.startsWith('vnet-')\", message: '{{ resource.name }} is a bad name' }\n")
			write("tests/ORG001/"+tt.file, tt.text)
			p, err := policy.Load(dir, "")
			if err != nil {
				t.Fatal(err)
			}
			trials, err := p.Try(t.Context(), engine.Folder(dir))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for i, f := range trials[0].Failures {
				text := f.String()
				if i < len(tt.want) && strings.HasSuffix(tt.want[i], ": ") && strings.HasPrefix(text, tt.want[i]) {
					text = tt.want[i]
				}
				got = append(got, text)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
