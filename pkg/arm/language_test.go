package arm_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm"
)

// languageOf parses a template that has the given members besides $schema.
func languageOf(members string) (*arm.Template, *arm.Language) {
	t := arm.ParseTemplate(parse(`{` + templateSchema + `, "contentVersion": "1.0.0.0", ` + members + `}`))
	return t, arm.NewLanguage(t)
}

func TestUsed(t *testing.T) {
	template, language := languageOf(`
"parameters": { "a": {"type": "string"}, "b": {"type": "string"}, "spelled": {"type": "string"}, "none": {"type": "string"}, "size-x": {"type": "int"} },
"variables": { "v": "[parameters('A')]", "w": 1 },
"resources": [ { "type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "n", "properties": { "mode": "Incremental",
  "template": { ` + templateSchema + `, "contentVersion": "1.0.0.0", "resources": [], "outputs": { "o": {"type": "string", "value": "[parameters('b')]"} } } } } ],
"outputs": { "p": {"type": "string", "value": "[concat(variables('v'), parameters('speled'), parameters(concat('size-', 'x')))]"} }`)
	got := map[string]bool{}
	for name, p := range template.Parameters.All() {
		got[name] = language.Used(p)
	}
	for name, v := range template.Variables.All() {
		got[name] = language.Used(v)
	}
	want := map[string]bool{"a": true, "b": true, "spelled": true, "none": false, "size-x": true, "v": true, "w": false}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("used (-want +got):\n%s", diff)
	}
}

func TestSecret(t *testing.T) {
	const declared = `"parameters": { "p": {"type": "securestring"}, "o": {"type": "secureObject"}, "q": {"type": "string"} },
"variables": { "v": { "secret": "[parameters('p')]", "plain": "x", "deep": [ { "k": "[listKeys('a', '1')]" } ] }, "w": "[variables('v')]",
  "round": "[variables('about')]", "about": "[variables('round')]", "copy": [ { "name": "loop", "count": 2, "input": "[parameters('p')]" } ] },
"functions": [ { "namespace": "our", "members": { "f": { "parameters": [ {"name": "p", "type": "string"} ], "output": {"type": "string", "value": "[parameters('p')]"} } } } ],
"resources": [], "outputs": { "x": {"type": "string", "value": `
	tests := []struct{ value, want string }{
		{"[parameters('P')]", "parameter 'p'"},
		{"[concat('a', toLower(parameters('p')))]", "parameter 'p'"},
		{"[our.f(parameters('p'))]", "parameter 'p'"},
		{"[variables('v').secret]", "parameter 'p'"},
		{"[variables('v')['secret']]", "parameter 'p'"},
		{"[variables('v').plain]", ""},
		{"[variables('v').absent]", ""},
		{"[variables('v').deep[0].k]", "listKeys()"},
		{"[variables('v')[parameters('q')]]", "parameter 'p'"},
		{"[variables('w').plain]", ""},
		{"[variables('w').secret]", "parameter 'p'"},
		{"[variables('loop')[0]]", "parameter 'p'"},
		{"[variables('round')]", ""},
		{"[parameters('o')]", "parameter 'o'"},
		{"[parameters('o').adminPassword]", "parameter 'o'"},
		{"[parameters('o').size]", ""},
		{"[tryGet(parameters('o'), 'size')]", ""},
		{"[tryGet(parameters('o'), 'clientSecret')]", "parameter 'o'"},
		{"[if(equals(parameters('p'), ''), 'a', 'b')]", ""},
		{"[if(true(), parameters('p'), 'b')]", "parameter 'p'"},
		{"[if(true(), parameters('o'), variables('v')).size]", ""},
		{"[uniqueString(parameters('p'))]", ""},
		{"[parameters('q')]", ""},
		{"plain", ""},
	}
	for _, tt := range tests {
		_, language := languageOf(declared + `"` + tt.value + `"} }`)
		text := language.Texts[len(language.Texts)-1]
		if got := language.Secret(text); got != tt.want {
			t.Errorf("%s: secret %q, want %q", tt.value, got, tt.want)
		}
	}
}

func TestTexts(t *testing.T) {
	template, _ := languageOf(`
"parameters": { "a": {"type": "string", "defaultValue": "[resourceGroup().id]", "metadata": {"description": "no"}} },
"resources": [ { "type": "a/b", "apiVersion": "1", "name": "n", "comments": "no", "metadata": {"x": "no"}, "tags": {"[parameters('a')]": "t"},
  "properties": { "protectedSettings": { "k": ["s"] } }, "resources": [ { "type": "c", "name": "m" } ] } ]`)
	type row struct {
		Text, Key         string
		IsName, Protected bool
		Type              string
	}
	var got []row
	for _, text := range template.Texts() {
		r := row{Text: text.String.Value, Key: text.Key, IsName: text.IsName, Protected: text.Protected}
		if text.Resource != nil {
			r.Type = text.Resource.Type
		}
		got = append(got, r)
	}
	want := []row{
		{Text: "[resourceGroup().id]", Key: "defaultValue"},
		{Text: "a/b", Key: "type", Type: "a/b"}, {Text: "1", Key: "apiVersion", Type: "a/b"}, {Text: "n", Key: "name", Type: "a/b"},
		{Text: "[parameters('a')]", Key: "[parameters('a')]", IsName: true, Type: "a/b"}, {Text: "t", Key: "[parameters('a')]", Type: "a/b"},
		{Text: "s", Key: "k", Protected: true, Type: "a/b"},
		{Text: "c", Key: "type", Type: "c"}, {Text: "m", Key: "name", Type: "c"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
}

func TestSchemaAddress(t *testing.T) {
	tests := []struct{ in, want string }{
		{"http://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json", "https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#"},
		{"HTTPS://a/schemas/2014-04-01-preview/deploymentTemplate.json#", "HTTPS://a/schemas/2015-01-01/deploymentTemplate.json#"},
		{"https://a/schemas/2019-04-01/deploymentTemplate.json#", "https://a/schemas/2019-04-01/deploymentTemplate.json#"},
	}
	for _, tt := range tests {
		if got, _ := arm.SchemaAddress(tt.in); got != tt.want {
			t.Errorf("SchemaAddress(%s) = %s, want %s", tt.in, got, tt.want)
		}
	}
}
