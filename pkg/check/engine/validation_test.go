package engine_test

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// A validated template is one line of the recorded answers of the deployment
// service's own validation.
type validated struct {
	ID         string          `json:"id"`
	Template   json.RawMessage `json:"template"`
	Text       string          `json:"text"` // of one that is no JSON
	Parameters json.RawMessage `json:"parameters"`
	Verdict    string          `json:"verdict"` // accepted or refused
	Kind       string          `json:"kind"`
}

// recorded reads testdata/validation.jsonl.gz.
func recorded(t *testing.T) (all []validated) {
	t.Helper()
	f, err := os.Open("testdata/validation.jsonl.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var v validated
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		if v.Text == "" {
			v.Text = string(v.Template)
		}
		all = append(all, v)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// settled are the groups of templates about which every answer has to agree;
// leastAgreed is how many have to agree of all.
var settled = []string{"depends", "duplicates", "graph", "nested-name", "nested-scope", "nested-scope-use", "nested-target", "nested-version", "reference", "reference-deployment",
	"segments", "segments-nested", "symbolic"}

const leastAgreed = 3371

// TestValidation compares the findings about the language with the service's
// own validation: what it refuses has an error, what it accepts has none.
func TestValidation(t *testing.T) {
	all := recorded(t)
	if len(all) < 3000 {
		t.Fatalf("only %d recorded answers", len(all))
	}
	differ := map[string][]string{}
	agree := 0
	const part = 400
	for from := 0; from < len(all); from += part {
		some := all[from:min(from+part, len(all))]
		files := memory{}
		var names []string
		for n, v := range some {
			name := fmt.Sprintf("c%d/t.json", n)
			names = append(names, name)
			files[name] = v.Text
			if len(v.Parameters) > 0 {
				files[fmt.Sprintf("c%d/t.parameters.json", n)] = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": ` + string(v.Parameters) + `}`
			}
		}
		errors := validationErrors(t, files, names)
		for n, v := range some {
			found := errors[fmt.Sprintf("c%d", n)]
			group, _, _ := strings.Cut(v.ID, "/")
			switch {
			case v.Verdict == "refused" && len(found) == 0:
				differ[group] = append(differ[group], v.ID+" is accepted, and the service refuses it: "+v.Kind)
			case v.Verdict == "accepted" && language(found) != "":
				differ[group] = append(differ[group], v.ID+" is refused, and the service accepts it: "+language(found))
			default:
				agree++
			}
		}
	}
	t.Logf("%d of %d answers agree with the service", agree, len(all))
	if agree < leastAgreed {
		t.Errorf("only %d of %d answers agree with the service, %d did before", agree, len(all), leastAgreed)
	}
	for group, list := range differ {
		if text := strings.Join(list, "\n"); slices.Contains(settled, group) {
			t.Errorf("%d answers of %s differ:\n%s", len(list), group, text)
		} else if testing.Verbose() {
			t.Logf("%d answers of %s differ:\n%s", len(list), group, text)
		}
	}
}

// validationErrors are the errors of lint by the folder of the template.
func validationErrors(t *testing.T, files memory, names []string) map[string][]diag.Diagnostic {
	t.Helper()
	e, err := engine.New(engine.Config{Files: files, Rules: rules.All(), Jobs: 2, Context: funcs.Context{
		SubscriptionID: "11111111-2222-3333-4444-555555555555", TenantID: "99999999-8888-7777-6666-555555555555",
		ResourceGroup: "oracle-rg", Location: "westus2", DeploymentName: "oracle"}})
	if err != nil {
		t.Fatal(err)
	}
	result, err := e.Check(context.Background(), names)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]diag.Diagnostic{}
	for _, d := range result.Findings {
		if d.Severity == diag.Error && d.Subject.File != nil {
			folder := path.Dir(d.Subject.File.Path())
			found[folder] = append(found[folder], d)
		}
	}
	return found
}

// language is the first finding about the language; "" when there is none.
func language(found []diag.Diagnostic) string {
	for _, d := range found {
		if strings.HasPrefix(string(d.Code), "SS1") || strings.HasPrefix(string(d.Code), "SS2") {
			return string(d.Code) + " " + d.Summary
		}
	}
	return ""
}
