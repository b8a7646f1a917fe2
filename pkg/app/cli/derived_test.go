package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidwall/gjson"
)

// derivations make something else of a text, %s. What they make of a secret
// gives it away, or lets it be guessed.
var derivations = []string{
	"%s", "uniqueString(%s)", "guid(%s)", "guid('salt', %s)", "uniqueString('salt', %s)", "base64(%s)", "base64(toUpper(%s))", "uniqueString(base64(%s))",
	"base64(uniqueString(%s))", "uriComponent(%s)", "uri('https://example.org/', %s)", "dataUri(%s)", "toUpper(%s)", "toLower(%s)", "trim(%s)", "concat('a-', %s)",
	"format('<{0}>', %s)", "replace(%s, 'z', 'y')", "substring(%s, 3)", "take(%s, 9)", "skip(%s, 2)", "padLeft(%s, 40)", "string(createArray(%s))",
	"string(createObject('k', %s))", "join(split(%s, 'e'), 'E')", "last(split(%s, ' '))", "if(true(), %s, 'no')", "coalesce(null(), %s)",
	"string(map(createArray(%s), lambda('x', toUpper(lambdaVariables('x')))))", "reduce(createArray('r', %s), '', lambda('a', 'b', concat(lambdaVariables('a'), lambdaVariables('b'))))",
	"createObject('k', %s).k", "string(union(createArray('u'), createArray(%s)))", "base64ToString(base64(%s))", "uriComponentToString(uriComponent(%s))",
	"guid(uniqueString(%s), base64(%s))",
}

// TestNoDerivativeComesOut computes with a secret in every way, in tags, names,
// outputs, variables and nested templates, and wants nothing of what comes of it
// in any output. What does come of it a twin says, whose parameter is not a secret.
func TestNoDerivativeComesOut(t *testing.T) {
	const secret = "C@nary zebra SECRET/zz?"
	folder := t.TempDir()
	write := func(name string, content any) {
		text, err := json.Marshal(content)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("plain.json", derivedTemplate("quote", "string"))

	run := func(t *testing.T, args ...string) string {
		app, out, errs := testApp(t)
		app.Dir = folder
		if code := Main(context.Background(), app, args); code == ExitUsage || code == ExitFailure {
			t.Fatalf("%v: exit code %d: %s", args, code, errs)
		}
		return out.String() + errs.String()
	}
	hidden := map[string]string{} // what must not come out, and what made it
	gjson.Get(run(t, "expand", "plain.json", "--format", "json", "--set", "quote="+secret), "outputs").ForEach(func(name, output gjson.Result) bool {
		if s := output.String(); len(s) > 6 {
			hidden[s] = name.String()
		}
		return true
	})
	if len(hidden) < len(derivations)-7 { // seven give the text itself again
		t.Fatalf("%d texts of %d expressions: %q", len(hidden), len(derivations), hidden)
	}

	for _, kind := range []string{"secureString", "string"} { // of the second the name says it
		write("azuredeploy.json", derivedTemplate("adminPassword", kind))
		changed := derivedTemplate("adminPassword", kind)
		changed["resources"].([]any)[0].(map[string]any)["sku"].(map[string]any)["capacity"] = 4
		write("changed.json", changed)
		for command, formats := range canaryFormats {
			args := strings.Fields(canaryArguments[command])
			for _, format := range formats {
				t.Run(strings.Join([]string{kind, command, format}, " "), func(t *testing.T) {
					out := run(t, append(append([]string{command}, args...), "--format", format, "--set", "adminPassword="+secret)...)
					for text, by := range hidden {
						if at := strings.Index(out, text); at >= 0 {
							t.Errorf("what %s gives comes out: %s", by, out[max(0, at-80):min(len(out), at+80)])
						}
					}
				})
			}
		}
	}
}

// derivedTemplate has every derivation of a parameter in its outputs, and in a
// scale set by way of tags and variables, under a name that is one of them.
func derivedTemplate(parameter, kind string) map[string]any {
	head := func(more map[string]any) map[string]any {
		more["$schema"] = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
		more["contentVersion"] = "1.0.0.0"
		more["parameters"] = map[string]any{parameter: map[string]any{"type": kind}}
		return more
	}
	tags, variables, outputs := map[string]any{}, map[string]any{}, map[string]any{}
	for i, d := range derivations {
		expression := "[" + strings.ReplaceAll(d, "%s", "parameters('"+parameter+"')") + "]"
		name := fmt.Sprintf("d%d", i)
		outputs[name] = map[string]any{"type": "string", "value": expression}
		variables[name] = expression
		tags[name] = "[variables('" + name + "')]"
		tags["direct"+name] = expression
	}
	set := map[string]any{
		"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2023-03-01", "name": "web", "location": "westus2", "tags": tags,
		"sku": map[string]any{"name": "Standard_D2s_v3", "capacity": 3},
		"properties": map[string]any{"upgradePolicy": map[string]any{"mode": "Manual"}, "virtualMachineProfile": map[string]any{
			"osProfile": map[string]any{"computerNamePrefix": "[uniqueString(parameters('" + parameter + "'))]", "adminUsername": "[take(parameters('" + parameter + "'), 9)]"}}},
	}
	nested := map[string]any{
		"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "inner", "properties": map[string]any{
			"mode": "Incremental", "expressionEvaluationOptions": map[string]any{"scope": "inner"},
			"parameters": map[string]any{parameter: map[string]any{"value": "[parameters('" + parameter + "')]"}},
			"template": head(map[string]any{"resources": []any{map[string]any{
				"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01", "name": "[guid(parameters('" + parameter + "'))]", "location": "westus2",
				"kind": "StorageV2", "sku": map[string]any{"name": "Standard_LRS"}, "tags": map[string]any{"a": "[base64(parameters('" + parameter + "'))]"},
			}}})},
	}
	return head(map[string]any{"variables": variables, "resources": []any{set, nested}, "outputs": outputs})
}
