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
	Text       string          `json:"text"` // of one that is not JSON
	Parameters json.RawMessage `json:"parameters"`
	Verdict    string          `json:"verdict"` // accepted or refused
	Kind       string          `json:"kind"`
	Place      string          `json:"place"` // JSON pointer; where it was told
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

// apart are the templates about which we differ from the service, and why.
var apart = map[string]string{
	"function-place/name.pickZones":                  "what pickZones() answers is unknown, and that it is an array is not known by its value",
	"function-place/tag-key.pickZones":               "as above",
	"function-place/scope.deployer":                  "the offline engine has nobody who deploys: deployer().objectId fails there alone",
	"function-place/variable-loop-input.deployer":    "as above",
	"scope-functions/group.name.deployment-location": "a template for resource groups can be deployed to a subscription, where deployment() has a location",
	"template-profile/hybrid":                        "a warning: Azure Stack Hub accepts it",
	"cases/propcopy-in-sku":                          "a loop over properties in sku; only one such template was recorded",
	"cases/nested-outer-scope-reference-in-inner":    "a nested template of outer scope that is not expanded is not judged",
	"cases/param-default-cycle":                      "a warning: whoever deploys cuts the circle with a value",
	"cases/sym-retryon-waituntil":                    "@options is not documented",
	"cases/nested-tags-and-debug":                    "a warning: only this combination of settings was recorded",
}

// TestValidation compares the findings about the language with the service's
// own validation: what it refuses has an error, at its place where that is
// known, and what it accepts has none.
func TestValidation(t *testing.T) {
	all := recorded(t)
	if len(all) < 3000 {
		t.Fatalf("only %d recorded answers", len(all))
	}
	const part = 400
	places, differ := 0, map[string]bool{}
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
			reason := ""
			switch {
			case v.Verdict == "refused" && len(found) == 0:
				reason = "is accepted, and the service refuses it: " + v.Kind
			case v.Verdict == "accepted" && language(found) != "":
				reason = "is refused, and the service accepts it: " + language(found)
			}
			if reason != "" {
				differ[v.ID] = true
				if apart[v.ID] == "" {
					t.Errorf("%s %s", v.ID, reason)
				}
				continue
			}
			if v.Verdict == "refused" && v.Place != "" {
				places++
				if !slices.ContainsFunc(found, func(d diag.Diagnostic) bool { return isAt(d.Pointer, v.Place) }) {
					t.Errorf("%s has no error at %s, only at %s", v.ID, v.Place, found[0].Pointer)
				}
			}
		}
	}
	for id, reason := range apart {
		if !differ[id] {
			t.Errorf("%s agrees with the service; it is listed as different: %s", id, reason)
		}
	}
	if places < 450 {
		t.Errorf("only %d places were compared", places)
	}
	t.Logf("%d of %d answers agree with the service, with %d places", len(all)-len(differ), len(all), places)
}

// isAt reports whether a pointer leads to a place, below it, or to what holds
// it. The service tells some places from the properties of a nested deployment
// on, or from an object in it.
func isAt(pointer, place string) bool {
	if pointer == place || strings.HasPrefix(pointer, place+"/") || pointer != "" && strings.HasPrefix(place, pointer+"/") {
		return true
	}
	return strings.HasSuffix(pointer, place) || pointer != "" && place == "/a" // a member of the object that is wrong as a whole
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
