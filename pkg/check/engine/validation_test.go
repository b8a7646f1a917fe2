package engine_test

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path"
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
	"function-place/scope.deployer":               "the offline engine has no deployer: deployer().objectId fails there alone",
	"function-place/variable-loop-input.deployer": "as above",
	"template-profile/hybrid":                     "a warning: Azure Stack Hub accepts it",
	"cases/sym-retryon-waituntil":                 "@options is not documented",
}

// elsewhere are the rejected templates whose errors are not of the language.
var elsewhere = map[string]string{
	"loop-mode/batch-minus":      "SS3008: the schema of the language has the range",
	"parameter-file/type-member": "SS3001: the schema of parameter files has the members",
}

// TestValidation compares the findings about the language with Azure's
// own validation: what it rejects has an error, at its place where that is
// known, and what it accepts has none.
func TestValidation(t *testing.T) {
	all := recorded(t)
	if len(all) < 3000 {
		t.Fatalf("only %d recorded answers", len(all))
	}
	const part = 400
	places, within, differ := 0, map[frame]int{}, map[string]bool{}
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
				reason = "is accepted, but Azure rejects it: " + v.Kind
			case v.Verdict == "refused" && language(found) == "" && elsewhere[v.ID] == "":
				reason = "has only errors of a resource type, but Azure rejects it for every type: " + v.Kind
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
				at := nowhere
				for _, d := range found {
					at = cmp.Or(at, isAt(d.Pointer, v.Place))
				}
				if within[at]++; at == nowhere {
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
	t.Logf("%d of %d answers agree with the service, and %d of %d places, counted from %v", len(all)-len(differ), len(all), places-within[nowhere], places, within)
}

// A frame is what the service counts a place from.
type frame string

const (
	ofFile       frame = "the file"
	ofTemplate   frame = "the innermost nested template"
	ofProperties frame = "the properties of the innermost deployment"
	ofMember     frame = "the object that is wrong" // the service names a member of it
	nowhere      frame = ""
)

// isAt finds the frame in which a pointer leads to a place, below it, or to what
// holds it.
func isAt(pointer, place string) frame {
	is := func(p string) bool {
		return p == place || strings.HasPrefix(p, place+"/") || p != "" && strings.HasPrefix(place, p+"/")
	}
	if is(pointer) {
		return ofFile
	}
	for around, f := range map[string]frame{"/properties/template/": ofTemplate, "/properties/": ofProperties} {
		if at := strings.LastIndex(pointer, around); at >= 0 && is(pointer[at+len(around)-1:]) {
			return f
		}
	}
	if pointer != "" && place == "/a" { // as all templates with an object in the place of something else have it
		return ofMember
	}
	return nowhere
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
