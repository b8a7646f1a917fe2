package engine_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/rules"
)

// TestFindingsOnly: a run that keeps findings alone finds the same, and keeps
// only the trees that suppressions are in.
func TestFindingsOnly(t *testing.T) {
	const head = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", `
	const set = `{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2023-03-01", "name": "web", "location": "westus2", "sku": {"name": "Standard_A1", "capcity": 3}, "properties": {}}`
	const link = `{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "d", "properties": {"mode": "Incremental", "templateLink": {"relativePath": "linked.json"}}}`
	texts := map[string][]byte{
		"t/linked.json":       []byte(head + `"resources": [` + set + `]}`),
		"t/a.json":            []byte(head + `"parameters": {"p": {"type": "string"}}, "resources": [` + link + `]}`),
		"t/a.parameters.json": []byte(`{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": {"q": {"value": 1}}}`),
		"t/b.json":            []byte(head + `"resources": [` + link + "," + set + `]}`),
		"t/silent.json":       []byte(head + "\n// scaleset:ignore SS3001 because\n" + `"resources": [` + set + `]}`),
		"t/plain.json":        []byte(head + `"resources": [{"type": "x"}]}`),
	}
	check := func(only bool) *engine.Result {
		e, err := engine.New(engine.Config{Files: engine.Overlay{Texts: texts}, Rules: rules.All(), FindingsOnly: only, Jobs: 1})
		if err != nil {
			t.Fatal(err)
		}
		r, err := e.Check(t.Context(), []string{"t/a.json", "t/b.json", "t/linked.json", "t/plain.json", "t/silent.json"})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	lines := func(r *engine.Result) (all []string) {
		for _, d := range r.Findings {
			text := string(d.Code) + " " + d.Subject.File.Path() + " " + d.Summary + d.Detail
			if d.Suppressed != nil {
				text += " suppressed"
			}
			all = append(all, text)
		}
		return all
	}
	kept, released := check(false), check(true)
	if len(kept.Findings) == 0 {
		t.Fatal("nothing is found")
	}
	if diff := cmp.Diff(lines(kept), lines(released)); diff != "" {
		t.Errorf("findings differ (-kept +released):\n%s", diff)
	}
	trees := 0
	for _, template := range released.Templates {
		if template.Tree != nil {
			trees++
		}
		if template.ARM != nil || template.Runs != nil {
			t.Errorf("%s is kept", template.Path)
		}
	}
	if trees != 1 {
		t.Errorf("%d trees are kept, want that of silent.json", trees)
	}
}
