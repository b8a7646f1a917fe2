package grammar_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm/grammar"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// findings returns the findings for a template as "code [text of the range]
// message".
func findings(text string, evaluated bool) []string {
	tree := jsonc.Parse(source.NewFile("t.json", []byte(text)))
	found, late := grammar.Check(tree.Root.(*jsonc.Object), evaluated)
	list := []string{}
	for _, d := range slices.Concat(found, late) {
		list = append(list, string(d.Code)+" ["+d.Subject.Text()+"] "+d.Summary)
	}
	return list
}

func templateOf(members string) string {
	return `{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#","contentVersion":"1.0.0.0",` + members + `}`
}

func resource(members string) string {
	return templateOf(`"resources":[{"type":"a.b/c","apiVersion":"1","name":"n",` + members + `}]`)
}

// TestCheck has accepted and rejected values for each type of the grammar.
func TestCheck(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"an empty string for a section is null", templateOf(`"parameters":"","functions":"","outputs":null,"resources":[]`), nil},
		{"but not for the resources", templateOf(`"resources":""`), []string{
			`SS2021 [""] the template has an empty 'resources'`, `SS2024 [""] 'resources' must be an array or an object, not a string`}},
		{"numbers and booleans are read as text", resource(`"location":true,"kind":7`), nil},
		{"comments are text", resource(`"comments":[]`), []string{`SS2024 [[]] 'comments' must be a string, not an array`}},
		{"and not evaluated", resource(`"comments":"[x()]"`), nil},
		{"arrays are not", resource(`"location":[]`), []string{`SS2024 [[]] 'location' must be a string, not an array`}},
		{"null is absent", resource(`"location":null,"resourceGroup":null,"copy":null`), nil},
		{"but an unknown member is not", resource(`"etag":null`), []string{`SS2023 ["etag"] 'etag' is not a property of a resource`}},
		{"the scale of an exported template", resource(`"scale":null`), nil},
		{"members of nested deployments", resource(`"resourceGroup":"g"`), []string{`SS2023 ["resourceGroup"] 'resourceGroup' is not a property of a resource`}},
		{"a type by its number", templateOf(`"parameters":{"p":{"type":7},"q":{"type":null}},"resources":[]`), nil},
		{"a type that does not exist", templateOf(`"parameters":{"p":{"type":"strin"}},"resources":[]`), []string{
			`SS2025 ["strin"] 'type' must be one of string, securestring, int, bool, object, secureObject, array, not 'strin'`}},
		{"an expression in a bound", templateOf(`"parameters":{"p":{"type":"string","minLength":"[add(1,1)]"}},"resources":[]`), []string{
			`SS1100 ["[add(1,1)]"] 'minLength' cannot be an expression`}},
		{"what is read at deployment is left to it", resource(`"condition":7,"tags":"x","plan":{}`), nil},
		{"symbolic names without a version", templateOf(`"resources":{}`), []string{`SS2027 [{] resources with symbolic names need "languageVersion": "2.0"`}},
		{"a version without symbolic names", templateOf(`"languageVersion":"2.0","resources":[]`), []string{
			`SS2027 [[] with "languageVersion": "2.0", 'resources' must be an object of symbolic names, not an array`}},
		{"a version that does not exist", templateOf(`"languageVersion":"3.0","resources":{}`), []string{`SS2027 ["3.0"] Azure does not support languageVersion "3.0"`}},
		{"an experimental version", templateOf(`"languageVersion":"2.1-experimental","parameters":{"p":{"type":"string","validate":[]}},"resources":{}`), nil},
		{"validate in 2.0", templateOf(`"languageVersion":"2.0","parameters":{"p":{"type":"string","validate":[]}},"resources":{}`), []string{
			`SS2027 ["validate"] 'validate' needs "languageVersion": "2.1-experimental"`}},
		{"an existing resource has no location", templateOf(`"languageVersion":"2.0","resources":{"a":{"existing":true,"type":"a.b/c","apiVersion":"1","name":"n","location":"x"}}`), []string{
			`SS2023 ["location"] 'location' is not a property of an existing resource`}},
		{"loops of variables hold anything", templateOf(`"variables":{"copy":[{"name":"a","count":1,"input":1,"more":2}]},"resources":[]`), nil},
		{"loops of outputs have no name", templateOf(`"outputs":{"o":{"type":"array","copy":{"count":1,"input":1,"name":"x"}}},"resources":[]`), []string{
			`SS2023 ["name"] 'name' is not a property of the copy loop of an output`}},
		{"names of functions", templateOf(`"functions":[{"namespace":"é1_","members":{}},{"namespace":"a b","members":{}}],"resources":[]`), []string{
			`SS1101 ["a b"] expressions cannot call a function named 'a b'`}},
		{"a profile of Azure Stack Hub", templateOf(`"apiProfile":"2019-03-01-hybrid","resources":[{"type":"a.b/c","name":"n"}]`), []string{
			`SS2021 [{] the resource 'n' has no 'apiVersion'`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(append([]string{}, tt.want...), findings(tt.text, false)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// TestCheckEvaluated wants an expression to be accepted in place of anything in
// a template whose expressions are evaluated before it is read.
func TestCheckEvaluated(t *testing.T) {
	text := templateOf(`"parameters":"[variables('p')]","outputs":{"o":"[variables('o')]"},"resources":"[variables('r')]"`)
	if got := findings(text, true); len(got) != 0 {
		t.Errorf("evaluated: %q", got)
	}
	if got := findings(text, false); len(got) != 3 {
		t.Errorf("as written: %q, want a finding for each section", got)
	}
}

// TestCheckDeployed wants the members that are read at deployment to be
// checked, except expressions.
func TestCheckDeployed(t *testing.T) {
	for members, want := range map[string]string{
		`"condition":"true"`:             "'condition' must be a boolean, not a string",
		`"condition":"[x()]","tags":[]`:  "",
		`"tags":"x"`:                     "'tags' must be an object, not a string",
		`"zones":""`:                     "",
		`"plan":{"name":"n","x":1}`:      "'x' is not a property of a plan",
		`"identity":{"principalId":"x"}`: "the identity has no 'type'",
		`"identity":{"type":"System"}`:   "'type' must be one or more of None, SystemAssigned, UserAssigned, not 'System'",
		`"identity":{"type":"userAssigned, SystemAssigned","x":1}`: "",
		`"identity":{"type":"[x()]"}`:                              "",
		`"properties":{"template":{}}`:                             "the nested deployment has no 'mode'",
		`"properties":{"templateLink":{}}`:                         "",
	} {
		tree := jsonc.Parse(source.NewFile("t.json", []byte("{"+members+"}")))
		var got []string
		for _, d := range grammar.CheckDeployed(tree.Root.(*jsonc.Object), grammar.Deployment) {
			got = append(got, d.Summary)
		}
		if text := strings.Join(got, "\n"); text != want {
			t.Errorf("%s: %q, want %q", members, text, want)
		}
	}
}

// TestAccepts wants the result of an expression not to be converted, and
// unknown values to be accepted.
func TestAccepts(t *testing.T) {
	tests := []struct {
		member string
		v      value.Value
		want   bool
	}{
		{"location", value.String("westus2"), true},
		{"location", value.Int(7), false},
		{"location", value.Null{}, true},
		{"location", value.Unknown{}, true},
		{"name", value.Null{}, false},
		{"condition", value.Bool(true), true},
		{"condition", value.String("true"), false},
		{"condition", value.Null{}, false},
		{"tags", value.Array{}, true},
		{"tags", value.String(""), false},
		{"zones", value.String(""), true},
		{"sku", value.Int(7), true},
		{"subscriptionId", value.Null{}, false},
	}
	for _, tt := range tests {
		if got := grammar.Deployment.Member(tt.member).Accepts(tt.v); got != tt.want {
			t.Errorf("%s %v: %v", tt.member, tt.v, got)
		}
	}
}

// TestCheckIsBounded wants the findings for a million mistakes to be limited.
func TestCheckIsBounded(t *testing.T) {
	if n := len(findings(templateOf(`"resources":[`+strings.Repeat("7,", 100_000)+"7]"), false)); n == 0 || n > 4000 {
		t.Errorf("%d findings", n)
	}
}
