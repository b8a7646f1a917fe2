package arm

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

const opening = `{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#","contentVersion":"1.0.0.0",`

func parse(text string) *Template {
	return ParseTemplate(jsonc.Parse(source.NewFile("t.json", []byte(text))))
}

// findings returns the diagnostics as "code [text of the range] summary".
func findings(l diag.List) []string {
	list := []string{}
	for _, d := range l {
		list = append(list, fmt.Sprintf("%s %s [%s] %s", d.Severity, d.Code, d.Subject.Text(), d.Summary))
	}
	return list
}

// TestStructure wants each mistake of structure to be reported at its place.
func TestStructure(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"nothing wrong", opening + `"resources":[]}`, nil},
		{"no object", `[1]`, []string{"error SS2020 [[1]] a template is a JSON object, not an array"}},
		{"nothing at all", `{}`, []string{
			"error SS2021 [{] the template has no '$schema'",
			"error SS2021 [{] the template has no 'contentVersion'",
			"error SS2021 [{] the template has no 'resources'"}},
		{"another schema", `{"$schema":"https://json-schema.org/draft-07/schema#","contentVersion":"1","resources":[]}`, []string{
			`error SS2022 ["https://json-schema.org/draft-07/schema#"] $schema 'https://json-schema.org/draft-07/schema#' is not a template schema that Azure accepts`}},
		{"a section too many", opening + `"resources":[],"varibles":{}}`, []string{`error SS2023 ["varibles"] 'varibles' is not a property of a template`}},
		{"sections of the wrong type", opening + `"parameters":[],"resources":7,"outputs":"x"}`, []string{
			"error SS2024 [[]] 'parameters' must be an object, not an array",
			"error SS2024 [7] 'resources' must be an array or an object, not a number",
			`error SS2024 ["x"] 'outputs' must be an object, not a string`}},
		{"null sections", opening + `"parameters":null,"variables":null,"functions":null,"outputs":null,"resources":[]}`, nil},
		{"a type that does not exist", opening + `"parameters":{"p":{"type":"strin"}},"resources":[]}`, []string{
			`error SS2025 ["strin"] 'type' must be one of string, securestring, int, bool, object, secureObject, array, not 'strin'`}},
		{"constraints that do not fit", opening + `"parameters":{"p":{"type":"int","minLength":1},"q":{"type":"string","maxValue":2}},"resources":[]}`, []string{
			"error SS2026 [1] 'minLength' is not allowed for 'p' of type int, only for a string or an array",
			"error SS2026 [2] 'maxValue' is not allowed for 'q' of type string, only for an int"}},
		{"types of version 2.0 in version 1", opening + `"parameters":{"p":{"type":"string","nullable":true}},"resources":[]}`, []string{
			`error SS2027 ["nullable"] 'nullable' needs "languageVersion": "2.0"`}},
		{"one name in two spellings", opening + `"variables":{"a":1,"A":2},"resources":[]}`, []string{
			`warning SS2028 ["A"] the variable 'A' is declared twice, first as 'a'; the last one counts`}},
		{"a variable and a loop", opening + `"variables":{"a":1,"copy":[{"name":"A","count":1,"input":1}]},"resources":[]}`, []string{
			`error SS2028 ["A"] the variable 'A' is declared twice, once by a copy loop`}},
		{"loops that lack something", opening + `"variables":{"copy":[{"name":"a"}]},"resources":[{"type":"a.b/c","apiVersion":"1","name":"n","copy":{"count":1}}]}`, []string{
			"error SS2029 [{] the copy loop has no 'count'",
			"error SS2029 [{] the copy loop has no 'input'",
			"error SS2029 [{] the copy loop has no 'name'"}},
		{"a batch in parallel", opening + `"resources":[{"type":"a.b/c","apiVersion":"1","name":"n","copy":{"name":"l","count":1,"batchSize":2}}]}`, []string{
			`error SS2029 [2] 'batchSize' needs "mode": "serial"`}},
		{"references that lead nowhere", opening + `"languageVersion":"2.0","definitions":{"a":{"$ref":"#/definitions/b"}},"resources":{}}`, []string{
			`error SS2031 ["#/definitions/b"] $ref '#/definitions/b' is not a known definition`}},
		{"references to parts of definitions", opening + `"languageVersion":"2.0","definitions":{
			"o":{"type":"object","properties":{"p/q":{"type":"object","properties":{"i":{"type":"int"}}}},"additionalProperties":{"type":"bool"}},
			"a":{"type":"array","prefixItems":[{"type":"int"}],"items":{"type":"string"}},
			"u":{"type":"object","discriminator":{"propertyName":"k","mapping":{"x":{"type":"object","properties":{"k":{"type":"string","allowedValues":["x"]}}}}}},
			"1":{"$ref":"#/definitions/o/properties/p~1q/properties/i"},"2":{"$ref":"#/definitions/o/additionalProperties"},"3":{"$ref":"#/definitions/a/items"},
			"4":{"$ref":"#/definitions/a/prefixItems/0"},"5":{"$ref":"#/definitions/u/discriminator/mapping/x"},
			"6":{"$ref":"#/definitions/a/prefixItems/1"},"7":{"$ref":"#/definitions/o/items"},"8":{"$ref":"#/definitions/o/properties/x"}},"resources":{}}`, []string{
			`error SS2031 ["#/definitions/a/prefixItems/1"] $ref '#/definitions/a/prefixItems/1' is not a known definition`,
			`error SS2031 ["#/definitions/o/items"] $ref '#/definitions/o/items' is not a known definition`,
			`error SS2031 ["#/definitions/o/properties/x"] $ref '#/definitions/o/properties/x' is not a known definition`}},
		{"references in a circle", opening + `"languageVersion":"2.0","definitions":{"a":{"$ref":"#/definitions/a"}},"resources":{}}`, []string{
			`error SS2031 ["#/definitions/a"] $ref '#/definitions/a' refers to itself`}},
		{"resources that lack something", opening + `"resources":[{"name":"a"},{"type":"a.b/c","apiVersion":"1"},{"type":"a.b/c","name":"n"},7]}`, []string{
			"error SS2021 [{] the resource 'a' has no 'apiVersion'",
			"error SS2021 [{] the resource 'a' has no 'type'",
			"error SS2021 [{] the resource of type 'a.b/c' has no 'name'",
			"error SS2021 [{] the resource 'n' has no 'apiVersion'",
			"error SS2024 [7] a resource must be an object, not a number"}},
		{"dependsOn as an expression", opening + `"resources":[{"type":"a.b/c","apiVersion":"1","name":"n","dependsOn":"[variables('d')]"}]}`, []string{
			`error SS2024 ["[variables('d')]"] 'dependsOn' must be an array and cannot be an expression`}},
		{"a property too many", opening + `"resources":[{"type":"a.b/c","apiVersion":"1","name":"n","colour":"red"}]}`, []string{
			`error SS2023 ["colour"] 'colour' is not a property of a resource`}},
		{"a loop in a child", opening + `"resources":[{"type":"a.b/c","apiVersion":"1","name":"n","resources":[{"type":"d","apiVersion":"1","name":"m","copy":{}}]}]}`, []string{
			`error SS2029 ["copy"] a resource inside another one cannot have a copy loop`}},
		{"outputs", opening + `"resources":[],"outputs":{"a":{"type":"string"},"b":{"value":1},"c":{"type":"string","copy":{"count":1,"input":1}}}}`, []string{
			`error SS2021 ["a"] the output 'a' has no 'value'`,
			`error SS2029 ["c"] the output 'c' has a copy loop, so its type must be array, not string`}},
		{"functions", opening + `"functions":[{"members":{"f":{}}}],"resources":[]}`, []string{
			"error SS2021 [{] the namespace of functions has no 'namespace'",
			`error SS2021 ["f"] the function 'f' has no 'output'`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want, p := append([]string{}, tt.want...), parse(tt.text)
			if diff := cmp.Diff(want, findings(slices.Concat(p.Diagnostics, p.Refusals))); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// TestNames wants names to be case-insensitive, to keep their spelling, and to
// have the last value.
func TestNames(t *testing.T) {
	p := parse(opening + `"PARAMETERS":{"First":{"type":"INT","DefaultValue":3}},"variables":{"x":1},"variables":{"y":2,"X":3},"resources":[]}`)
	first, ok := p.Parameters.Get("FIRST")
	if !ok || first.Name() != "First" || first.Kind != IntKind || first.Default == nil {
		t.Errorf("parameter First: %+v, %v", first, ok)
	}
	var names []string
	for name, v := range p.Variables.All() {
		names = append(names, name+"="+v.Value.Range().Text())
	}
	if diff := cmp.Diff([]string{"x=3", "y=2"}, names); diff != "" {
		t.Errorf("variables (-want +got):\n%s", diff)
	}
	if near := p.Parameters.Nearest("frst"); near != "First" {
		t.Errorf("nearest to frst is %q", near)
	}
}

// TestResources checks pointers, children, symbolic names and nested templates.
func TestResources(t *testing.T) {
	p := parse(opening + `"languageVersion":"2.0","resources":{"a/b":{"type":"x.y/z","apiVersion":"1","name":"n","resources":[{"type":"k","apiVersion":"1","name":"m"}]},
		"d":{"type":"microsoft.resources/DEPLOYMENTS","apiVersion":"1","name":"d","properties":{"mode":"Incremental","expressionEvaluationOptions":{"scope":"INNER"},"template":` +
		opening + `"resources":[{"type":"x.y/z","apiVersion":"1","name":"in"}],"nonsense":1}}}}}`)
	if len(p.Diagnostics) > 0 || !p.Symbolic || !p.aggregates() {
		t.Fatalf("symbolic %v, aggregates %v, %v", p.Symbolic, p.aggregates(), findings(p.Diagnostics))
	}
	a, d := p.Resources[0], p.Resources[1]
	inner := d.InlineTemplate()
	got := []string{a.Pointer, a.Label(), a.Children[0].Pointer, a.Children[0].Label(), d.Pointer, inner.Pointer, inner.Resources[0].Pointer}
	want := []string{"/resources/a~1b", "a/b", "/resources/a~1b/resources/0", "m", "/resources/d", "/resources/d/properties/template", "/resources/d/properties/template/resources/0"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !d.Deployment().InnerScope || d.InlineTemplate() != inner || a.Deployment() != nil {
		t.Error("the nested deployment is not read as one")
	}
	if diff := cmp.Diff([]string{`error SS2023 ["nonsense"] 'nonsense' is not a property of a template`}, findings(inner.Diagnostics)); diff != "" {
		t.Errorf("inner findings (-want +got):\n%s", diff)
	}
}

// TestInnerScope wants the default scope of languageVersion 2.0 to be inner.
func TestInnerScope(t *testing.T) {
	const options = `"expressionEvaluationOptions":`
	tests := []struct {
		name, head, options string
		want                bool
	}{
		{"no version", `"resources":[`, "", false},
		{"a version", `"languageVersion":"2.0","resources":{"d":`, "", true},
		{"a version, unspecified", `"languageVersion":"2.0","resources":{"d":`, options + `{"scope":"NotSpecified"},`, true},
		{"a version, empty", `"languageVersion":"2.0","resources":{"d":`, options + `{},`, true},
		{"a version, outer", `"languageVersion":"2.0","resources":{"d":`, options + `{"scope":"Outer"},`, false},
		{"no version, inner", `"resources":[`, options + `{"scope":"inner"},`, true},
		{"no version, unspecified", `"resources":[`, options + `{"scope":"NotSpecified"},`, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			end := map[bool]string{true: "}", false: "]"}[strings.Contains(tt.head, "languageVersion")]
			p := parse(opening + tt.head + `{"type":"Microsoft.Resources/deployments","apiVersion":"2022-09-01","name":"d","properties":{"mode":"Incremental",` +
				tt.options + `"template":` + opening + `"resources":[]}}}` + end + "}")
			if got := p.Resources[0].Deployment().InnerScope; got != tt.want {
				t.Errorf("inner scope: %v", got)
			}
		})
	}
}

// TestExpression wants each string to be parsed once, and plain text never.
func TestExpression(t *testing.T) {
	p := parse(opening + `"variables":{"a":"[add(1, 2)]","b":"[[text]","c":"[add(1"},"resources":[]}`)
	get := func(name string) *Expression {
		v, _ := p.Variables.Get(name)
		return p.Expression(v.Value.(*jsonc.String))
	}
	if e := get("a"); e == nil || len(e.Diagnostics) > 0 || e != get("a") {
		t.Errorf("a: %+v", e)
	}
	if get("b") != nil || get("c") != nil {
		t.Error("plain text is taken for an expression")
	}
}

// TestParameterFiles checks values, references, and mistakes at their places.
func TestParameterFiles(t *testing.T) {
	tests := []struct {
		name, text string
		is         bool
		values     []string
		want       []string
	}{
		{"values", `{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#","parameters":{"a":{"value":1},"b":{"reference":{"keyVault":{"id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v/"},"secretName":"s"}}}}`,
			true, []string{"a 1", "b reference s"}, nil},
		{"a bare table", `{"a":{"value":"x"}}`, false, []string{`a "x"`}, nil},
		{"without schema", `{"parameters":{"a":{"value":null}}}`, true, []string{"a null"}, nil},
		{"mistakes", `{"parameters":{"a":1,"b":{"vaule":1},"c":{"value":2}}}`, false, []string{"c 2"}, []string{
			"error SS2030 [1] the parameter 'a' must be an object with a 'value', not a number",
			`warning SS2030 ["b"] the parameter 'b' has neither a 'value' nor a 'reference' to a key vault`}},
		{"references", `{"parameters":{"a":{"reference":"x"},"b":{"reference":null,"value":1},"c":{"reference":{"keyVault":{"id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v"},"secretName":"s"},"value":null}}}`, true, []string{"b 1", "c reference s"}, []string{
			`warning SS2030 ["x"] the reference of the parameter 'a' must be an object, not a string`}},
		{"a reference that is a placeholder", `{"parameters":{"a":{"reference":"GEN-KEYVAULT-PASSWORD-REFERENCE"},"c":{"reference":"AZUREAD-AKS-APPID-SECRET-REFERENCE"},"b":{"value":1}}}`, true, []string{"b 1"}, nil},
		{"no object", `7`, false, nil, []string{"error SS2030 [7] a parameter file is a JSON object, not a number"}},
		{"a template", opening + `"resources":[],"parameters":{}}`, false, nil, []string{
			`warning SS2032 ["https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"] the $schema of this parameter file is that of a template`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tree := jsonc.Parse(source.NewFile("p.json", []byte(tt.text)))
			f := ParseParameters(tree)
			var values []string
			for name, v := range f.Values.All() {
				if v.Reference != nil {
					values = append(values, name+" reference "+v.Reference.SecretName.(*jsonc.String).Value)
				} else {
					values = append(values, name+" "+v.Value.Range().Text())
				}
			}
			if diff := cmp.Diff(tt.values, values); diff != "" {
				t.Errorf("values (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(append([]string{}, tt.want...), findings(f.Diagnostics)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if is := IsParameterFile(tree); is != tt.is {
				t.Errorf("IsParameterFile = %v", is)
			}
		})
	}
}

func TestIsTemplate(t *testing.T) {
	tests := map[string]bool{
		`{"$schema":"https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#"}`:     true,
		`{"$schema":"http://schema.management.azure.com/schemas/2019-08-01/tenantDeploymentTemplate.json"}`: true,
		`{"contentVersion":"1.0.0.0","resources":[]}`:                                                       true,
		`{"resources":[]}`: false,
		`{"$schema":"https://json.schemastore.org/package","name":"x"}`: false,
		`[]`: false,
		``:   false,
	}
	for text, want := range tests {
		if got := IsTemplate(jsonc.Parse(source.NewFile("t.json", []byte(text)))); got != want {
			t.Errorf("IsTemplate(%s) = %v", text, got)
		}
	}
}

// TestPublicTemplates parses every public template: all declarations are in
// their file, in order, and their ranges match their text.
func TestPublicTemplates(t *testing.T) {
	folders, _ := golden.Corpus(t)
	templates, resources := 0, 0
	golden.WalkCorpus(t, folders, func(_, path string) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		tree := jsonc.Parse(source.NewFile(filepath.Base(path), text))
		if !IsTemplate(tree) {
			ParseParameters(tree)
			return
		}
		templates++
		resources += checkPlaces(t, path, ParseTemplate(tree))
	})
	if templates < 20 || resources < 100 {
		t.Errorf("%d templates with %d resources, the examples alone have more", templates, resources)
	}
}

// checkPlaces checks the ranges of a template and of those inside it, and
// counts resources.
func checkPlaces(t *testing.T, path string, p *Template) (count int) {
	for _, d := range p.Diagnostics {
		if d.Subject.IsZero() {
			t.Errorf("%s: %s has no place", path, d.Summary)
		}
	}
	for name, d := range p.Parameters.All() {
		if text := d.Key.At.Text(); keyIn(text) != name {
			t.Errorf("%s: parameter %s lies at %s", path, name, text)
		}
	}
	var walk func(list []*Resource)
	walk = func(list []*Resource) {
		for _, r := range list {
			count++
			if !r.Template().Node.At.Contains(r.At()) {
				t.Errorf("%s: resource %s lies outside of its template", path, r.Pointer)
			}
			walk(r.Children)
			if inner := r.InlineTemplate(); inner != nil {
				count += checkPlaces(t, path, inner)
			}
		}
	}
	walk(p.Resources)
	return count
}

// keyIn parses a text as the only key of an object, closed or not.
func keyIn(text string) string {
	o, ok := jsonc.Parse(source.NewFile("key.json", []byte("{"+text))).Root.(*jsonc.Object)
	if !ok || len(o.Members) == 0 {
		return "no key"
	}
	return o.Members[0].Key.Value
}

// FuzzParse wants no panic, and findings with ranges.
func FuzzParse(f *testing.F) {
	f.Add([]byte(opening + `"resources":[]}`))
	f.Add([]byte(`{"parameters":{"a":{"value":1}}}`))
	f.Add([]byte(opening + `"languageVersion":"2.0","definitions":{"a":{"$ref":"#/definitions/a"}},"parameters":{"p":{"type":"object","discriminator":{"propertyName":"k","mapping":{"x":{}}}}},"resources":{"r":{}}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		tree := jsonc.Parse(source.NewFile("t.json", text))
		checkPlaces(t, "fuzz", ParseTemplate(tree))
		ParseParameters(tree)
		IsTemplate(tree)
		IsParameterFile(tree)
	})
}

// TestSchemaFix wants a $schema that Azure does not accept to be replaced by
// the one that was most likely meant.
func TestSchemaFix(t *testing.T) {
	tests := []struct{ written, want string }{
		{"http://schemas.microsoft.org/azure/deploymentTemplate?api-version=2015-01-01-preview#", "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"},
		{"https://schema.management.azure.com/schemas/2020-01-01/deploymentTemplates.json#", "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"},
		{"https://schema.management.azure.com/schemas/2020-01-01/subscriptionDeploymentTemplate.json#", "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#"},
		{"https://example.com/x.json", ""},
	}
	for _, tt := range tests {
		text := `{"$schema": "` + tt.written + `", "contentVersion": "1.0.0.0", "resources": []}`
		var got string
		for _, d := range ParseTemplate(jsonc.Parse(source.NewFile("t.json", []byte(text)))).Diagnostics {
			for _, fix := range d.Fixes {
				got = fix.Edits[0].Text
			}
		}
		want := tt.want
		if want != "" {
			want = jsonc.Quote(want)
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", tt.written, got, want)
		}
	}
}
