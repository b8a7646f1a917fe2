package engine_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// branches is a template whose sizes have a wrong name in a branch.
const branches = `"parameters": {
  "environment": { "type": "string", "defaultValue": "test", "allowedValues": [ "test", "prod", "[concat('x')]" ] },
  "zoned": { "type": "bool", "defaultValue": false },
  "count": { "type": "int", "defaultValue": 2, "minValue": 1, "maxValue": 900 },
  "unused": { "type": "string", "defaultValue": "a", "allowedValues": [ "a", "b" ] },
  "key": { "type": "securestring", "defaultValue": "", "allowedValues": [ "", "b" ] } },
 "variables": { "sizes": { "test": "A" }, "regions": { "testFalse": "a", "testTrue": "b", "prodFalse": "c" } },
 "resources": [],
 "outputs": {
  "size": { "type": "string", "value": "[variables('sizes')[parameters('environment')]]" },
  "region": { "type": "string", "value": "[variables('regions')[concat(parameters('environment'), parameters('zoned'))]]" },
  "numbers": { "type": "array", "value": "[range(0, mul(parameters('count'), 20))]" },
  "key": { "type": "string", "value": "[parameters('key')]" } }`

func TestAllValues(t *testing.T) {
	file := memory{"t.json": template(branches)}
	result := func(config engine.Config) (*engine.Result, []string) {
		config.Files, config.Rules = file, rules.All()
		r, _ := check(t, config, "t.json")
		var errors []string
		for _, d := range r.Findings {
			if strings.HasPrefix(string(d.Code), "SS10") {
				errors = append(errors, fmt.Sprint(d.Code, " ", d.Subject.Start > 0, " ", d.Values, " ", len(d.Fixes)))
			}
		}
		return r, errors
	}
	if _, got := result(engine.Config{}); got != nil {
		t.Errorf("without AllValues: %v", got)
	}
	r, got := result(engine.Config{AllValues: true})
	want := []string{
		"SS1013 true environment = prod 0",
		"SS1013 true environment = prod and zoned = true 0",
		"SS1012 true count = 900 0",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got, want := r.Templates[0].Values, (engine.Values{Tried: 14, Combinations: 8, Complete: true}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	_, got = result(engine.Config{AllValues: true, Set: map[string]string{"Environment": "test", "count": "3"}})
	if got != nil {
		t.Errorf("a value that is set is changed: %v", got)
	}
	file["t.parameters.json"] = parameters(`"environment": {"value": "prod"}`)
	_, got = result(engine.Config{AllValues: true})
	want = []string{
		"SS1013 true  0", // found with the parameter file
		"SS1013 true zoned = true 0",
		"SS1012 true count = 900 0",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Beyond 200 combinations, each value and each pair of values is still tried.
func TestAllValuesInPairs(t *testing.T) {
	var members, sum []string
	for i := range 12 {
		members = append(members, fmt.Sprintf(`"p%d": { "type": "bool", "defaultValue": false }`, i))
		sum = append(sum, fmt.Sprintf("bool(parameters('p%d'))", i))
	}
	text := func(condition string) memory {
		return memory{"t.json": template(`"parameters": {` + strings.Join(members, ", ") + `}, "variables": {"v": {"False": 1}}, "resources": [],
 "outputs": { "o": { "type": "int", "value": "[variables('v')[string(` + condition + `)]]" }, "all": { "type": "bool", "value": "[and(` + strings.Join(sum, ", ") + `)]" } }`)}
	}
	for condition, want := range map[string]string{
		"parameters('p3')": "p3 = true",
		"and(parameters('p3'), not(parameters('p7')))": "p3 = true",
		"and(parameters('p0'), parameters('p11'))":     "p0 = true and p11 = true",
		"and(not(parameters('p5')), parameters('p6'))": "p6 = true",
		"and(parameters('p10'), parameters('p11'))":    "p10 = true and p11 = true",
	} {
		r, _ := check(t, engine.Config{Files: text(condition), Rules: rules.All(), AllValues: true}, "t.json")
		i := slices.IndexFunc(r.Findings, func(d diag.Diagnostic) bool { return d.Code == "SS1013" })
		if i < 0 {
			t.Errorf("%s: not found by %+v", condition, r.Templates[0].Values)
			continue
		}
		if got := r.Findings[i].Values; got != want {
			t.Errorf("%s: got %q, want %q", condition, got, want)
		}
		if v := r.Templates[0].Values; v.Combinations != 4096 || v.Complete || v.Tried > 60 || v.Tried < 24 {
			t.Errorf("got %+v", v)
		}
	}
}
