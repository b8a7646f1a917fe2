package engine_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// TestParameterSetsAreBounded: of very many parameter files 200 are checked, and
// the others are reported.
func TestParameterSetsAreBounded(t *testing.T) {
	texts := map[string][]byte{"a.json": []byte(`{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": []}`)}
	for i := range 230 {
		texts[fmt.Sprintf("a.parameters.%03d.json", i)] = []byte(`{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": {}}`)
	}
	e, err := engine.New(engine.Config{Files: engine.Overlay{Texts: texts}})
	if err != nil {
		t.Fatal(err)
	}
	r, err := e.Check(t.Context(), []string{"a.json"})
	if err != nil {
		t.Fatal(err)
	}
	template := r.Templates[0]
	if len(template.Runs) != 200 || template.CheckedSets != 200 || template.ParameterSets != 230 {
		t.Errorf("%d runs, %d of %d sets are checked", len(template.Runs), template.CheckedSets, template.ParameterSets)
	}
	said := 0
	for _, d := range r.Findings {
		if d.Code == expand.CodeLimit && strings.Contains(d.Summary, "230 parameter files") && strings.Contains(d.Detail, "a.parameters.204.json and 25 more") {
			said++
		}
	}
	if said != 1 {
		t.Errorf("%d findings say that 30 were not checked, want 1: %v", said, r.Findings)
	}
}

// TestResourcesOfSetsAreBounded: parameter files are checked until they have 10,000
// resources together.
func TestResourcesOfSetsAreBounded(t *testing.T) {
	texts := map[string][]byte{"a.json": []byte(`{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [
		{"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2022-07-01", "name": "[concat('ip', copyIndex())]", "location": "westus2", "copy": {"name": "c", "count": 800}}]}`)}
	for i := range 20 {
		texts[fmt.Sprintf("a.parameters.%02d.json", i)] = []byte(`{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": {}}`)
	}
	e, err := engine.New(engine.Config{Files: engine.Overlay{Texts: texts}})
	if err != nil {
		t.Fatal(err)
	}
	r, err := e.Check(t.Context(), []string{"a.json"})
	if err != nil {
		t.Fatal(err)
	}
	if template := r.Templates[0]; len(template.Runs) != 13 || template.CheckedSets != 13 || template.ParameterSets != 20 {
		t.Errorf("%d runs, %d of %d sets are checked, want 13 of 20", len(template.Runs), template.CheckedSets, template.ParameterSets)
	}
	if !slices.ContainsFunc(r.Findings, func(d diag.Diagnostic) bool {
		return d.Code == expand.CodeLimit && strings.Contains(d.Summary, "the first 13 are checked")
	}) {
		t.Errorf("nothing says that 7 were not checked: %v", r.Findings)
	}
}
