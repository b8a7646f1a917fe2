package schema

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

func checkTemplate(path, text string) diag.List {
	return new(Checker).CheckTemplate(arm.ParseTemplate(jsonc.Parse(source.NewFile(path, []byte(text)))))
}

func checkParameters(path, text string) diag.List {
	tree := jsonc.Parse(source.NewFile(path, []byte(text)))
	return new(Checker).CheckParameters(tree, arm.ParseParameters(tree).Diagnostics)
}

// textsOf returns each finding with the text at its range.
func textsOf(list diag.List) string {
	var b strings.Builder
	for _, d := range list {
		b.WriteString(d.Subject.Text() + ": " + d.Severity.String() + ": " + d.Summary + " [" + string(d.Code) + "]\n")
	}
	return b.String()
}

const head = `{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",`

func TestCheckTemplate(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"nothing wrong", head + `"resources": []}`, ""},
		{"metadata of any type", head + `"parameters": {"a": {"type": "string", "metadata": {"description": {}}}, "b": {"type": "string", "metadata": "the size"}}, "resources": []}`, ""},
		{"an element of dependsOn that is not text", head + `"resources": [{"type": "A.B/c", "apiVersion": "2020-01-01", "name": "x", "dependsOn": [{}]}]}`,
			"{}: error: `dependsOn[0]` of a resource of a template must be a string, not an object [SS3002]\n"},
		{"a condition that is an object", head + `"resources": [{"type": "A.B/c", "apiVersion": "2020-01-01", "name": "x", "condition": {}}]}`,
			"{}: error: `condition` of a resource of a template must be a boolean, not an object [SS3002]\n"},
		{"a misspelt mode of a deployment", head + `"resources": [{"type": "Microsoft.Resources/deployments", "apiVersion": "2021-04-01", "name": "x", "properties": {"mode": "Incremetal", "template": {}}}]}`,
			"\"Incremetal\": error: `mode` of Microsoft.Resources/deployments 2021-04-01 cannot be \"Incremetal\"; did you mean `Incremental`? [SS3003]\n"},
		{"a property that deployments do not have", head + `"resources": [{"type": "Microsoft.Resources/deployments", "apiVersion": "2021-04-01", "name": "x", "properties": {"mode": "Incremental", "templateLnk": {"uri": "https://x"}}}]}`,
			"\"templateLnk\": warning: Microsoft.Resources/deployments 2021-04-01 has no property `templateLnk` under `properties`; did you mean `templateLink`? [SS3001]\n"},
		{"in an inline template", head + `"resources": [{"type": "Microsoft.Resources/deployments", "apiVersion": "2021-04-01", "name": "x", "properties": {"mode": "Incremental", "template": ` + head + `"resources": [{"type": "A.B/c", "apiVersion": "2020-01-01", "name": "x", "dependsOn": [{}]}]}}}]}`,
			"{}: error: `dependsOn[0]` of a resource of a template must be a string, not an object [SS3002]\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, textsOf(checkTemplate("azuredeploy.json", tt.text))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestCheckParameters(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"nothing wrong", `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": {"a": {"value": {"any": [1]}}}}`, ""},
		{"a bare table", `{"a": {"value": 1}}`, ""},
		{"a name that an entry does not have", `{"parameters": {"a": {"value": 1, "descripton": "x"}}}`,
			"\"descripton\": error: a parameter file has no property `descripton` under `parameters.a` [SS3001]\n"},
		{"a misspelt section", `{"paramaters": {}, "parameters": {"a": {"value": 1}}}`,
			"\"paramaters\": warning: a parameter file has no property `paramaters` [SS3001]\n"},
		{"a reference that is a placeholder", `{"parameters": {"a": {"reference": "GEN-PASSWORD"}}}`,
			"\"GEN-PASSWORD\": warning: `a.reference` of a parameter file must be an object, not \"GEN-PASSWORD\" [SS3002]\n"},
		{"a reference without a name", `{"parameters": {"a": {"reference": {"keyVault": {"id": "x"}, "secretNam": "y"}}}}`,
			"\"secretNam\": error: a parameter file has no property `secretNam` under `a.reference`; did you mean `secretName`? [SS3001]\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, textsOf(checkParameters("azuredeploy.parameters.json", tt.text))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestLanguageOfTemplates wants no error about the language in any template of
// our own, and in any published template or parameter file that Azure accepts.
func TestLanguageOfTemplates(t *testing.T) {
	templates(t, func(rel string, text []byte, _ []*arm.ParameterFile) {
		if strings.Contains(rel, "+") {
			return // a published one: Azure may reject it
		}
		for _, d := range new(Checker).CheckTemplate(arm.ParseTemplate(jsonc.Parse(source.NewFile(rel, text)))) {
			if d.Severity == diag.Error {
				t.Errorf("%s:%d: %s %s", rel, d.Subject.StartPosition().Line, d.Code, d.Summary)
			}
		}
	})
}

// TestLanguageOfPublishedTemplates is the same test for published templates.
func TestLanguageOfPublishedTemplates(t *testing.T) {
	shared := golden.Shared(t)
	accepted := map[string]bool{}
	for _, text := range publishedAnswers(t) {
		var answer struct{ Template, Status string }
		if err := json.Unmarshal([]byte(text), &answer); err != nil {
			t.Fatal(err)
		}
		accepted[answer.Template] = answer.Status == "ok"
	}
	err := filepath.WalkDir(filepath.Join(shared, "corpus"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".json" {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(shared, path)
		tree := jsonc.Parse(source.NewFile(filepath.ToSlash(rel), raw))
		var list diag.List
		switch {
		case accepted[filepath.ToSlash(rel)]:
			list = new(Checker).CheckTemplate(arm.ParseTemplate(tree))
		case arm.IsParameterFile(tree):
			list = new(Checker).CheckParameters(tree, arm.ParseParameters(tree).Diagnostics)
		}
		for _, d := range list {
			if d.Severity == diag.Error {
				at := d.Subject.StartPosition()
				t.Errorf("%s:%d: %s %s %s", strings.TrimPrefix(rel, "corpus/"), at.Line, d.Severity, d.Code, d.Summary)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestLanguagePlaces checks the pointer and the resource of findings about the
// text of a template, before expansion.
func TestLanguagePlaces(t *testing.T) {
	text := `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
		"parameters": {"a": {"type": "string", "DefaultValue": "x"}},
		"resources": [{"type": "Microsoft.Resources/deployments", "apiVersion": "2019-09-02", "name": "inner",
			"properties": {"mode": "incremental", "template": {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
				"contentVersion": "1.0.0.0", "resources": [{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2020-11-01", "name": "net",
					"resources": [{"type": "subnets", "apiVersion": "2020-11-01", "name": "front", "copy": {"name": "c", "Count": 2}}]}]}}}]}`
	var got []string
	for _, d := range new(Checker).CheckTemplate(arm.ParseTemplate(jsonc.Parse(source.NewFile("t.json", []byte(text))))) {
		got = append(got, strings.TrimSpace(string(d.Code)+" "+d.Pointer+" "+d.Resource))
	}
	want := []string{
		"SS3009 /parameters/a/DefaultValue",
		"SS3012 /resources/0/apiVersion Microsoft.Resources/deployments/inner",
		"SS3009 /resources/0/properties/mode Microsoft.Resources/deployments/inner",
		"SS3009 /resources/0/properties/template/resources/0/resources/0/copy/Count Microsoft.Network/virtualNetworks/subnets/front",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
