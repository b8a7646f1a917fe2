package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestNoSecretComesOutOfCustomRules writes rules of a project that show every text of
// every resource, parameter and variable, as it is and taken apart, so that no mask
// knows it any more: what is secret must be unknown to them.
func TestNoSecretComesOutOfCustomRules(t *testing.T) {
	folder := canaryFolder(t)
	run := func(args ...string) string {
		app, out, errs := testApp(t)
		app.Dir = folder
		if code := Main(context.Background(), app, append(args, "--set", canarySecret)); code == ExitUsage || code == ExitFailure {
			t.Fatalf("%v: exit code %d: %s", args, code, errs)
		}
		return out.String()
	}
	var expanded struct{ Resources []any }
	if err := json.Unmarshal([]byte(run("expand", "azuredeploy.json", "--format", "json", "--no-settings")), &expanded); err != nil {
		t.Fatal(err)
	}
	var texts []string // expressions
	for i, r := range expanded.Resources {
		texts = append(texts, textsIn(r, fmt.Sprintf("deployment.resources[%d]", i))...)
	}
	var declared struct{ Parameters, Variables map[string]any }
	text, err := os.ReadFile(filepath.Join(folder, "azuredeploy.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &declared); err != nil {
		t.Skipf("the template has comments: %v", err)
	}
	for name := range declared.Parameters {
		texts = append(texts, "parameters["+strconv.Quote(name)+"]")
	}
	for name, v := range declared.Variables {
		texts = append(texts, textsIn(v, "variables["+strconv.Quote(name)+"]")...)
		texts = append(texts, "variables["+strconv.Quote(name)+"]")
	}
	slices.Sort(texts)
	shown := 0
	for part := range slices.Chunk(texts, 150) {
		var rules strings.Builder
		rules.WriteString("custom-rules:\n")
		for i, e := range part {
			fmt.Fprintf(&rules, "  - code: LEAK%d\n    name: leak-%d\n    for: deployment\n    assert: 'false'\n    message: %s\n", i+1, i+1,
				strconv.Quote("is {{ "+e+" }}, {{ "+e+".substring(1) }}, {{ "+e+".reverse() }}, {{ "+e+".split('@') }}"))
		}
		if err := os.WriteFile(filepath.Join(folder, "leak.yaml"), []byte(rules.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		out := run("lint", "azuredeploy.json", "--config", "leak.yaml", "--disable", "SS*", "--format", "json")
		shown += strings.Count(out, `"message": "is `) - strings.Count(out, `"message": "is (unknown)`)
		for line := range strings.Lines(out) {
			if !strings.Contains(line, `"message"`) {
				continue
			}
			for _, secret := range append(append([]string{}, canary...), canaryShown...) {
				backwards := []rune(secret[1:])
				slices.Reverse(backwards)
				for _, trace := range []string{secret[1:], string(backwards)} {
					if strings.Contains(line, trace) {
						t.Errorf("%q comes out as %q: %s", secret, trace, line)
					}
				}
			}
		}
	}
	if shown < 50 {
		t.Errorf("only %d of %d values are shown at all", shown, len(texts))
	}
}

// textsIn are the expressions for all texts in a value, which e is the expression
// for.
func textsIn(v any, e string) (all []string) {
	switch v := v.(type) {
	case string:
		return []string{e}
	case []any:
		for i, item := range v {
			all = append(all, textsIn(item, fmt.Sprintf("%s[%d]", e, i))...)
		}
	case map[string]any:
		for name, member := range v {
			all = append(all, textsIn(member, e+"["+strconv.Quote(name)+"]")...)
		}
	}
	return all
}
