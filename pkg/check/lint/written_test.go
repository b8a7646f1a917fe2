package lint_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

const writtenTemplate = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "variables": { "mode": "b" },
  "resources": [
    {
      "type": "Microsoft.Compute/virtualMachineScaleSets",
      "apiVersion": "2019-07-01",
      "name": "web",
      "location": "westus",
      "properties": {
        "literal": "a",
        "variable": "[variables('mode')]",
        "list": [
          1,
          2
        ]
      }
    }
  ]
}
`

// edited is the template after the only fix of a rule about one value; "" when it
// attaches none, and choice says that it is not to be applied unseen.
func edited(t *testing.T, attach func(*lint.Finding, *expand.Node), path ...string) (text string, choice bool) {
	t.Helper()
	tmpl := template(t, writtenTemplate)
	var found []diag.Fix
	rule := &lint.Rule{Code: "SS9001", Name: "a-rule", Run: func(p *lint.Pass) {
		n := p.Deployment.Expanded.Resources[0].Body.Get(path...)
		if n.Get() != nil && len(n.Items) > 0 {
			n = n.Items[0]
		}
		attach(p.Reportf(n, "wrong"), n)
	}}
	runner, err := lint.NewRunner([]*lint.Rule{rule}, lint.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range runner.Check(tmpl) {
		found = append(found, d.Fixes...)
	}
	if len(found) == 0 {
		return "", false
	}
	out, err := jsonc.Apply(tmpl.Tree.File, found[0].Edits)
	if err != nil {
		t.Fatal(err)
	}
	return string(out), found[0].Choice
}

func TestRemove(t *testing.T) {
	remove := func(f *lint.Finding, n *expand.Node) { f.Remove("take it away", n) }
	for _, tt := range []struct {
		name string
		path []string
		gone string
	}{
		{"a member", []string{"properties", "literal"}, "        \"literal\": \"a\",\n"},
		{"an expression", []string{"properties", "variable"}, "        \"variable\": \"[variables('mode')]\",\n"},
		{"an element", []string{"properties", "list"}, "          1,\n"},
	} {
		got, choice := edited(t, remove, tt.path...)
		if diff := cmp.Diff(without(writtenTemplate, tt.gone), got); diff != "" || choice {
			t.Errorf("%s: choice %v (-want +got):\n%s", tt.name, choice, diff)
		}
	}
}

func TestWrite(t *testing.T) {
	write := func(f *lint.Finding, n *expand.Node) { f.Write("write c", n, `"c"`) }
	for name, choice := range map[string]bool{"literal": false, "variable": true} {
		got, isChoice := edited(t, write, "properties", name)
		if got == "" || isChoice != choice {
			t.Errorf("%s: choice %v in\n%s", name, isChoice, got)
		}
	}
}

func without(text, part string) string {
	before, after, ok := strings.Cut(text, part)
	if !ok {
		panic("the template has no " + part)
	}
	return before + after
}
