package lint_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

const passed = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
"parameters": {"size": {"type": "string", "defaultValue": "Standard_A1"}},
"resources": [
{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2023-03-01", "name": "[concat('web', uniqueString('x'))]", "location": "westus",
 "sku": {"name": "[parameters('size')]", "capacity": 20},
 "tags": {"a": "1", "b": "2"}, "zones": ["1", "2"], "dependsOn": ["ip"],
 "properties": {"virtualMachineProfile": {}}},
{"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2022-07-01", "name": "ip", "location": "[resourceGroup().location]"}]}
`

// inPass runs a rule over that template, and returns its findings.
func inPass(t *testing.T, o lint.Options, do func(p *lint.Pass)) diag.List {
	t.Helper()
	r, err := lint.NewRunner([]*lint.Rule{{Code: "SS9001", Name: "asks", Severity: diag.Warning, Run: do,
		Options: []lint.Option{{Name: "most", Kind: lint.Number, Default: 7, Least: 1, Most: 9, Doc: "The most"}, {Name: "ports", Kind: lint.Numbers, Default: []int{22, 3389}, Least: 1, Most: 65535, Doc: "Ports"},
			{Name: "names", Kind: lint.Texts, Default: []string{"One", "true"}, Doc: "Names"}}}}, o)
	if err != nil {
		t.Fatal(err)
	}
	found := r.Check(template(t, passed))
	for _, d := range found {
		if d.Code == "SS0002" {
			t.Fatalf("the rule failed: %s", d.Detail)
		}
	}
	return found
}

// TestFindingParts: what a rule says of a finding, by each of its methods.
func TestFindingParts(t *testing.T) {
	found := inPass(t, lint.Options{}, func(p *lint.Pass) {
		set := p.ScaleSets[0]
		p.Reportf(set.Capacity, "too many: %d", 20).Severity(diag.Error).Detailf("Take %d.", 10).Because("a page", "https://example.org/page").
			Many("%d sets are too large: %s", "web").Relatedf(set.SKUName, "the size").Related(set.Body.Get("zones").At(), "the %s", "zones").Around(set.Body.At())
		p.ReportAt(p.Template.ARM, p.Template.ARM.Resources[1].Node.Range(), "written").In(p.Template.ARM.Resources[1]).Cite(guidance.PlacementGroupMax)
		p.ReportAt(nil, p.Template.Tree.File.Range(0, 1), "whole").In(nil).Cite("no-such-statement")
	})
	if len(found) != 3 {
		t.Fatalf("%d findings: %v", len(found), found)
	}
	whole, first, second := found[0], found[1], found[2]
	if first.Summary != "too many: 20" {
		first, second = second, first
	}
	if first.Severity != diag.Error || first.Detail != "Take 10." || first.Source != "a page" || first.Help != "https://example.org/page" || first.Many.Name != "web" || first.Many.Format != "%d sets are too large: %s" ||
		first.Pointer != "/resources/0/sku/capacity" || !strings.HasPrefix(first.Resource, "Microsoft.Compute/virtualMachineScaleSets/web") || first.Context.IsZero() {
		t.Errorf("first: %+v", first)
	}
	if len(first.Related) != 2 || first.Related[0].Message != "the size" || first.Related[0].Range.Text() != `"Standard_A1"` || first.Related[1].Message != "the zones" {
		t.Errorf("related: %+v", first.Related)
	}
	if second.Severity != diag.Warning || second.Pointer != "/resources/1" || second.Resource != "Microsoft.Network/publicIPAddresses/ip" || second.Source == "" || !strings.HasPrefix(second.Help, "https://") {
		t.Errorf("second: %+v", second)
	}
	if whole.Source != "" || whole.Resource != "" {
		t.Errorf("of a statement and a resource that are not there: %+v", whole)
	}
}

// TestEdits: what can be removed, inserted and written, and what only the author can
// choose.
func TestEdits(t *testing.T) {
	text := passed
	apply := func(edits []diag.Edit) string {
		if edits == nil {
			return "nothing"
		}
		out := text
		for i := len(edits) - 1; i >= 0; i-- {
			out = out[:edits[i].Range.Start] + edits[i].Text + out[edits[i].Range.End:]
		}
		before, after := 0, 0
		for before < len(text) && before < len(out) && text[before] == out[before] {
			before++
		}
		for after < len(text)-before && after < len(out)-before && text[len(text)-1-after] == out[len(out)-1-after] {
			after++
		}
		return fmt.Sprintf("%q for %q", out[before:len(out)-after], text[before:len(text)-after])
	}
	var got []string
	inPass(t, lint.Options{}, func(p *lint.Pass) {
		set := p.ScaleSets[0]
		got = append(got,
			"a member: "+apply(p.Removal(set.Body.Get("tags", "b"))),
			"an element: "+apply(p.Removal(set.Body.Get("zones").Items[1])),
			"in a member that is not there: "+apply(p.Removal((*expand.Node)(nil))),
			"a new member: "+apply(p.Insert(set.Body.Get("sku"), "tier", `"Standard"`)),
			"into a text: "+apply(p.Insert(set.SKUName, "x", "1")),
		)
	})
	want := []string{
		`a member: "" for ", \"b\": \"2\""`, `an element: "" for ", \"2\""`, "in a member that is not there: nothing", `a new member: ", \"tier\": \"Standard\"" for ""`, "into a text: nothing",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for _, d := range inPass(t, lint.Options{}, func(p *lint.Pass) {
		set := p.ScaleSets[0]
		p.Reportf(set.Capacity, "written").Write("write", set.Capacity, "5").Remove("remove", set.Capacity)
		p.Reportf(set.SKUName, "given by a parameter").Write("write", set.SKUName, `"x"`)
	}) {
		switch d.Summary {
		case "written":
			if len(d.Fixes) != 2 || d.Fixes[0].Choice || d.Fixes[0].Edits[0].Text != "5" || d.Fixes[1].Message != "remove" {
				t.Errorf("a value that is written: %+v", d.Fixes)
			}
		default:
			if len(d.Fixes) != 1 || !d.Fixes[0].Choice || d.Fixes[0].Edits[0].Range.Text() != `"Standard_A1"` {
				t.Errorf("a value of a parameter: %+v", d.Fixes)
			}
		}
	}
}

// TestPassAnswers: what a pass tells a rule: options, eras, locations, calls.
func TestPassAnswers(t *testing.T) {
	inPass(t, lint.Options{Values: map[diag.Code]map[string]any{"SS9001": {"most": 3}}, Era: guidance.Current}, func(p *lint.Pass) {
		set, address := p.ScaleSets[0], p.Deployment.PublicAddresses[0].Resource
		at, location, ok := p.Location(set.Resource)
		other, assumed, known := p.Location(address)
		for _, tt := range []struct {
			name      string
			got, want any
		}{
			{"an option that is set", p.Number("most"), 3},
			{"the default of another one", p.Numbers("ports"), []int{22, 3389}},
			{"texts", p.Texts("names"), []string{"One", "true"}},
			{"a text in another case", p.Lists("names", "ONE"), true},
			{"a text that is not listed", p.Lists("names", "two"), false},
			{"the era", p.Era(), guidance.Current},
			{"a call", lint.Calls(set.Body.Get("name"), "uniqueString"), true},
			{"another call", lint.Calls(set.Body.Get("name"), "guid", "newGuid"), false},
			{"a call of nothing", lint.Calls(nil, "guid"), false},
			{"a location", []any{at.Exists(), location, ok}, []any{true, "westus", true}},
			{"a location that is not known", []any{other.Exists(), assumed, known}, []any{true, "", false}},
			{"resources of the language", len(p.Language().Templates) > 0, true},
			{"the graph", p.Graph() != nil, true},
			{"one data disk", lint.Count(1, "data disk"), "1 data disk"},
			{"two data disks", lint.Count(2, "data disk"), "2 data disks"},
		} {
			if diff := cmp.Diff(tt.want, tt.got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.name, diff)
			}
		}
	})
}

// TestOptionsOfRules: how options are described, in pages and in a schema, and what
// does not fit.
func TestOptionsOfRules(t *testing.T) {
	months := lint.Option{Name: "months", Kind: lint.Number, Default: 6, Least: 1, Most: 60, Doc: "How many months"}
	ports := lint.Option{Name: "ports", Kind: lint.Numbers, Default: []int{22}, Least: 1, Most: 65535, Doc: "The ports"}
	names := lint.Option{Name: "names", Kind: lint.Texts, Default: []string{"a b", "true"}, Doc: "The names"}
	rule := &lint.Rule{Code: "SS9001", Name: "asks", Severity: diag.Error, OffByDefault: true, Since: "0.1", Options: []lint.Option{months, ports, names}}
	const section = "## Options\n\n| option | value | default | what it says |\n| --- | --- | --- | --- |\n" +
		"| `months` | whole number from 1 to 60 | 6 | How many months. |\n| `ports` | list of whole numbers from 1 to 65535 | [22] | The ports. |\n| `names` | list of strings | [\"a b\", \"true\"] | The names. |\n" +
		"\nIn `.scaleset.yaml`, with the defaults:\n\n```yaml\nrules:\n  SS9001:\n    options:\n      months: 6\n      ports: [22]\n      names: [\"a b\", \"true\"]\n```\n"
	if diff := cmp.Diff(section, rule.OptionsSection()); diff != "" {
		t.Errorf("the section (-want +got):\n%s", diff)
	}
	if (&lint.Rule{}).OptionsSection() != "" {
		t.Error("a rule without options has a section")
	}
	if got, want := rule.AboutSection(), "## About this rule\n\n| severity | default | since |\n| --- | --- | --- |\n| error | off | 0.1 |\n"; got != want {
		t.Errorf("about: %q, want %q", got, want)
	}
	if diff := cmp.Diff(map[string]any{"type": "integer", "minimum": 1, "maximum": 60, "description": "How many months.", "default": 6}, months.JSONSchema()); diff != "" {
		t.Errorf("a number (-want +got):\n%s", diff)
	}
	if _, list := names.JSONSchema()["anyOf"]; !list {
		t.Error("texts are not a text or a list")
	}
	if _, list := ports.JSONSchema()["anyOf"]; !list {
		t.Error("numbers are not a number or a list")
	}
	for _, tt := range []struct {
		values map[string]any
		want   string
	}{
		{map[string]any{"months": 61}, "SS9001 asks: months must be a whole number from 1 to 60, not 61"},
		{map[string]any{"ports": []int{0}}, "SS9001 asks: ports must be a list of whole numbers from 1 to 65535, not 0"},
		{map[string]any{"names": 4}, "SS9001 asks: names must be a list of strings, not of the type int"},
		{map[string]any{"month": 4}, `SS9001 asks has no option "month"; did you mean "months"?`},
		{map[string]any{"zzzzzzzz": 4}, `SS9001 asks has no option "zzzzzzzz", only months, ports, names`},
		{map[string]any{"months": 60, "ports": []int{1, 65535}, "names": []string{}}, ""},
	} {
		_, err := lint.NewRunner([]*lint.Rule{rule}, lint.Options{Values: map[diag.Code]map[string]any{"SS9001": tt.values}})
		got := ""
		if err != nil {
			got = err.Error()
		}
		if got != tt.want {
			t.Errorf("%v: %q, want %q", tt.values, got, tt.want)
		}
	}
	if got := (lint.Options{Severity: map[string]diag.Severity{"asks": diag.Info}}).SeverityOf(rule); got != diag.Info {
		t.Errorf("the severity is %s, want info", got)
	}
	for selector, want := range map[string][2]bool{"SS9001": {true, true}, "asks": {true, true}, "SS90*": {true, false}, "all": {true, false}, "SS91*": {false, false}} {
		if selected, named := lint.Selects(selector, rule); selected != want[0] || named != want[1] {
			t.Errorf("%s: selected %t, by name %t", selector, selected, named)
		}
	}
	observed := 0
	r, err := lint.NewRunner([]*lint.Rule{{Code: "SS9002", Name: "seen", Run: func(*lint.Pass) {}}}, lint.Options{Observe: func(*lint.Rule) func() { return func() { observed++ } }})
	if err != nil {
		t.Fatal(err)
	}
	if r.Check(template(t, passed)); observed != 1 || len(r.Rules()) != 1 {
		t.Errorf("%d rules were seen, %d run", observed, len(r.Rules()))
	}
}
