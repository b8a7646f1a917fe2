package trace_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/trace"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/report/trail"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

const fixture = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {
    "name": { "type": "string", "defaultValue": "web" },
    "count": { "type": "int" },
    "secret": { "type": "securestring" }
  },
  "functions": [ { "namespace": "my", "members": { "up": { "parameters": [ { "name": "name", "type": "string" } ], "output": { "type": "string", "value": "[toUpper(parameters('name'))]" } } } } ],
  "variables": {
    "prefix": "[concat(parameters('name'), '-x')]",
    "sizes": { "small": "Standard_A1" }
  },
  "resources": [
    { "type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2023-03-01", "name": "[variables('prefix')]", "location": "westus2",
      "sku": { "name": "[variables('sizes').small]", "capacity": "[parameters('count')]" },
      "properties": { "virtualMachineProfile": { "osProfile": { "adminPassword": "[parameters('secret')]" } } } },
    { "type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01", "name": "[concat('sa', copyIndex())]", "location": "westus2", "kind": "StorageV2", "sku": { "name": "Standard_LRS" },
      "copy": { "name": "loop", "count": 2 } },
    { "type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "inner",
      "properties": { "mode": "Incremental", "expressionEvaluationOptions": { "scope": "inner" },
        "parameters": { "label": { "value": "[variables('prefix')]" } },
        "template": { "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
          "parameters": { "label": { "type": "string" }, "name": { "type": "string", "defaultValue": "other" } },
          "resources": [ { "type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2023-04-01", "name": "ip", "location": "westus2",
            "properties": { "dnsSettings": { "domainNameLabel": "[parameters('label')]" } } } ] } } }
  ],
  "outputs": { "up": { "type": "string", "value": "[my.up(parameters('name'))]" } }
}`

const values = `{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0",
  "parameters": { "count": { "value": 60 } } }`

func deployment(t *testing.T) *expand.Deployment {
	t.Helper()
	d := expand.Expand(arm.ParseTemplate(jsonc.Parse(source.NewFile("t.json", []byte(fixture)))), expand.Options{
		Parameters: []*arm.ParameterFile{arm.ParseParameters(jsonc.Parse(source.NewFile("t.parameters.json", []byte(values))))},
		Context:    funcs.Context{TenantID: "t", SubscriptionID: "s", ResourceGroup: "rg", Location: "westus2", DeploymentName: "d"},
	})
	if d.Diagnostics.HasErrors() {
		t.Fatal(d.Diagnostics)
	}
	return d
}

// way returns a trace in short form, a line for each hop: depth, file:line,
// kind.
func way(tr trace.Trace) []string {
	var all []string
	at := func(r source.Range) string {
		return fmt.Sprintf("%s:%d", r.File.Path(), r.StartPosition().Line)
	}
	for _, h := range tr.Hops {
		all = append(all, strings.Repeat(". ", h.Depth)+at(h.Step.Place)+" "+trail.Sentence(h.Step))
	}
	for _, s := range tr.Around {
		all = append(all, "in "+trail.Sentence(s))
	}
	for _, n := range tr.Needs {
		all = append(all, "needs "+n.Expression)
	}
	return all
}

func TestByPointer(t *testing.T) {
	tests := []struct {
		pointer string
		want    [][]string
	}{
		{"/resources/0/sku/capacity", [][]string{{"t.json:16 written as an expression", ". t.json:16 parameter count", ". . t.parameters.json:2 value of parameter count"}}},
		{"/RESOURCES/0/SKU/NAME", [][]string{{"t.json:16 written as an expression", ". t.json:16 variable sizes", ". . t.json:12 value"}}},
		{"/resources/0/location", [][]string{{"t.json:15 written"}}},
		{"/resources/0/name", [][]string{{"t.json:15 written as an expression", ". t.json:15 variable prefix", ". t.json:11 computed",
			". . t.json:11 parameter name", ". . . t.json:5 default of parameter name"}}},
		{"/resources/0/properties/virtualMachineProfile/osProfile/adminPassword", [][]string{{"t.json:17 written as an expression", ". t.json:17 parameter secret", ". . t.json:7 value",
			"needs parameters('secret')"}}},
		{"/resources/1/name", [][]string{
			{"t.json:18 written as an expression", "in iteration 0 of copy loop 'loop'"},
			{"t.json:18 written as an expression", "in iteration 1 of copy loop 'loop'"}}},
		{"/resources/9", nil},
		{"/resources/0/sku/cap", nil},
	}
	d := deployment(t)
	for _, tt := range tests {
		var got [][]string
		for _, tr := range trace.ByPointer(d, tt.pointer) {
			got = append(got, way(tr))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.pointer, diff)
		}
	}
}

func TestByPlace(t *testing.T) {
	d := deployment(t)
	pointers := func(p trace.Place) []string {
		var all []string
		for _, tr := range trace.ByPlace(d, p) {
			all = append(all, tr.Node.Pointer())
		}
		return all
	}
	tests := []struct {
		name string
		at   trace.Place
		want []string
	}{
		{"inside of an expression", trace.Place{Path: "t.json", Line: 16, Column: 70}, []string{"/resources/0/sku/capacity"}},
		{"a value of a parameter file", trace.Place{Path: "./t.parameters.json", Line: 2, Column: 40}, []string{"/resources/0/sku/capacity"}},
		{"the line of a default", trace.Place{Path: "t.json", Line: 12}, []string{"/resources/0/sku/name"}},
		{"another file", trace.Place{Path: "u.json", Line: 16, Column: 70}, nil},
		{"nothing", trace.Place{Path: "t.json", Line: 2, Column: 1}, nil},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, pointers(tt.at)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestParsePlace(t *testing.T) {
	tests := []struct {
		text string
		want trace.Place
		ok   bool
	}{
		{"a.json:12:3", trace.Place{Path: "a.json", Line: 12, Column: 3}, true},
		{"a.json:12", trace.Place{Path: "a.json", Line: 12}, true},
		{`C:\x\a.json:12:3`, trace.Place{Path: `C:\x\a.json`, Line: 12, Column: 3}, true},
		{"a.json", trace.Place{}, false},
		{"a.json:x", trace.Place{}, false},
		{":3", trace.Place{}, false},
		{"a.json:0", trace.Place{}, false},
	}
	for _, tt := range tests {
		got, ok := trace.ParsePlace(tt.text)
		if ok != tt.ok || ok && got != tt.want {
			t.Errorf("%s: %+v, %t", tt.text, got, ok)
		}
	}
}

func TestUsesOf(t *testing.T) {
	tests := []struct {
		name   string
		want   []string
		values int
	}{
		{"NAME", []string{
			"11 variable prefix by ", "28 output up by ",
			"15 Microsoft.Compute/virtualMachineScaleSets [variables('prefix')] by variable prefix",
			"22 Microsoft.Resources/deployments inner by variable prefix",
			"26 Microsoft.Network/publicIPAddresses ip by parameter label of nested deployment inner",
		}, 3},
		{"count", []string{"16 Microsoft.Compute/virtualMachineScaleSets [variables('prefix')] by "}, 1},
		{"my.up", []string{"28 output up by "}, 1},
	}
	d := deployment(t)
	for _, tt := range tests {
		u, ok := trace.UsesOf(d, tt.name)
		if !ok {
			t.Errorf("%s: there is no such name", tt.name)
		}
		var got []string
		for _, use := range u.Uses {
			got = append(got, fmt.Sprintf("%d %s by %s", use.At.StartPosition().Line, use.In, use.By))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
		if u.Total != tt.values {
			t.Errorf("%s: %d values are made of it, want %d", tt.name, u.Total, tt.values)
		}
	}
	if _, ok := trace.UsesOf(d, "nothing"); ok {
		t.Error("there is a name that is not declared")
	}
}

// TestCorpus traces every value of real templates: the text at the place of
// each hop must match its step.
func TestCorpus(t *testing.T) {
	folders, _ := golden.Corpus(t, "scale-sets")
	hops := 0
	golden.WalkCorpus(t, folders, func(_, path string) {
		if !strings.EqualFold(filepath.Base(path), "azuredeploy.json") {
			return
		}
		trace.Walk(expanded(t, path), func(v trace.Visited) bool {
			for _, h := range trace.Of(v.Node).Hops {
				hops++
				if want := named(h.Step); !strings.Contains(strings.ToLower(strings.Join(strings.Fields(h.Text), "")), want) {
					t.Errorf("%s %s: hop %q stands at %q", path, v.Node.Pointer(), trail.Sentence(h.Step), h.Text)
				}
			}
			return !t.Failed()
		})
	})
	if hops < 1000 {
		t.Errorf("%d hops were looked at, want 1000 and more", hops)
	}
}

// named returns the text that a hop must contain.
func named(step diag.Step) string {
	switch step.Kind {
	case diag.ParameterStep:
		return strings.ToLower("parameters('" + step.Name + "')")
	case diag.VariableStep:
		return strings.ToLower("variables('" + step.Name + "')")
	case diag.ComputedStep:
		return `[`
	}
	return ""
}

func expanded(t *testing.T, path string) *expand.Deployment {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	o := expand.Options{Context: funcs.Context{TenantID: "t", SubscriptionID: "s", ResourceGroup: "rg", Location: "westus2", DeploymentName: "d"}}
	file := strings.TrimSuffix(path, ".json") + ".parameters.json"
	if values, err := os.ReadFile(file); err == nil {
		o.Parameters = []*arm.ParameterFile{arm.ParseParameters(jsonc.Parse(source.NewFile(file, values)))}
	}
	return expand.Expand(arm.ParseTemplate(jsonc.Parse(source.NewFile(path, text))), o)
}
