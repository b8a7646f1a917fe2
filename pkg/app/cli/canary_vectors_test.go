package cli

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// A vector is one way in which a secret gets into the files of a run.
type vector struct {
	name       string
	template   string
	parameters string // "" for none
	settings   string
	args       []string // for commands that expand templates
	// shown says that expand shows the secret, as SECURITY.md says: what a
	// template spells out and computes with.
	shown bool
}

// bird is the secret of all vectors.
const bird = "Zq7CanaryX9"

// birds are the forms in which it may come out.
var birds = func() []string {
	all := []string{bird, "Zq7%", "Zq7\\", "Zq7&", "Zq7<Can", "Zq7'Can", `Zq7"Can`}
	for _, lead := range []string{"", "x", "xy"} { // base64 at each offset, without the ends that depend on what is around
		text := base64.StdEncoding.EncodeToString([]byte(lead + bird + "..."))
		all = append(all, text[4:12])
	}
	return all
}()

const (
	vectorHead       = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", `
	vectorParameters = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": `
)

// vectorSet is a scale set with members of osProfile, of the profile, and of the
// resource.
func vectorSet(os, profile, resource string) string {
	return `{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2023-03-01", "name": "web", "location": "westus2",
  "sku": {"name": "Standard_D2s_v3", "capacity": 3}, ` + resource + `
  "properties": {"upgradePolicy": {"mode": "Manual"}, "orchestrationMode": "Uniform", "virtualMachineProfile": {` + profile + `
    "osProfile": {"computerNamePrefix": "web", "adminUsername": "azureuser"` + os + `},
    "storageProfile": {"imageReference": {"publisher": "Canonical", "offer": "x", "sku": "y", "version": "latest"}}}}}`
}

// vectorTemplate is a template with these parameters, variables and resources.
func vectorTemplate(parameters, variables string, resources ...string) string {
	return vectorHead + `"parameters": {` + parameters + `}, "variables": {` + variables + `},
"resources": [` + strings.Join(resources, ",\n") + `]}`
}

func vectors() (all []vector) {
	add := func(name, template, parameters string, args ...string) *vector {
		all = append(all, vector{name: name, template: template, parameters: parameters, args: args})
		return &all[len(all)-1]
	}
	quoted := `"` + bird + `"`
	set := func(expression string) string { return vectorSet("", "", `"tags": {"a": "`+expression+`"},`) }
	opener := vectorTemplate(`"opener": {"type": "securestring"}`, "", set("[parameters('opener')]"))
	password := vectorTemplate(`"adminPassword": {"type": "securestring", "minLength": 40}`, "", vectorSet(`, "adminPassword": "[parameters('adminPassword')]"`, "", ""))

	// Values passed for secure parameters, in ways that are right or wrong.
	entries := map[string]string{
		"right": `{"value": S}`, "valu": `{"valu": S}`, "reference": `{"reference": S}`, "reference object": `{"reference": {"value": S}}`, "list": `["value", S]`, "flat": `S`,
		"metadata": `{"value": "x", "metadata": {"note": S}}`, "twice": `{"value": S, "value": "b"}`, "twice back": `{"value": "b", "value": S}`, "case": `{"Value": S}`,
		"number": `{"value": 5, "was": S}`, "object": `{"value": {"a": S}}`, "array": `{"value": [S]}`, "comment": `{"value": 4 /* ` + bird + ` */ , "x": 1}`, "nested": `{"value": {"value": S}}`,
	}
	for name, entry := range entries {
		entry = strings.ReplaceAll(entry, "S", quoted)
		add("entry "+name, opener, vectorParameters+`{"opener": `+entry+`}}`)
		add("entry of password "+name, password, vectorParameters+`{"adminPassword": `+entry+`}}`)
		add("entry undeclared "+name, opener, vectorParameters+`{"other": `+entry+`}}`)
		add("entry misspelled "+name, opener, vectorParameters+`{"openr": `+entry+`}}`)
		add("entry bare "+name, opener, `{"opener": `+entry+`}`)
		plain := vectorTemplate(`"adminPass": {"type": "string"}, "n": {"type": "int"}`, "", set("[parameters('adminPass')]"))
		add("entry of a name "+name, plain, vectorParameters+`{"adminPass": `+entry+`}}`)
	}
	// Files that are not JSON.
	for i, form := range []string{
		`{"value": B}`, `{"value": "B}`, `{"value": 'B'}`, `{"value": "a"B"}`, `{"value": "abc" B}`, `{"value" "B"}`, `{"value": "B"`, `{value: B}`, `{"value": "B",,}`, `{"value": "B" "x": 1}`, `{"value": ["B"}`,
		`{: B}`, `{B}`, `{"value":: "B"}`, `{"value": "B","value":}`, `{"value": "\qB"}`, `{"value": 12B}`, `{"value": "B"}}`, `{"value"= "B"}`, `[B]`, `B`, `"B`, `{"value": "x" // B`, `{"value": "x", "B"}`, "{\"value\":\n\"a\nB\"}", `{"value": True, "x": B}`,
		`{"value": B-1}`, `{"value": $B}`, `{"value": "B"; "a": 1}`, `{"B": }`, `{"value": "a", B: 1}`,
	} {
		form = strings.ReplaceAll(form, "B", bird)
		add(fmt.Sprintf("broken %d", i), opener, vectorParameters+`{"opener": `+form+`}}`)
		add(fmt.Sprintf("broken password %d", i), password, vectorParameters+`{"adminPassword": `+form+`}}`)
		add(fmt.Sprintf("broken last line %d", i), opener, vectorParameters+"{\n\"opener\":\n"+form+"\n}}")
	}
	// Secure types in other types.
	for name, of := range map[string][2]string{
		"member":     {`"type": "object", "properties": {"login": {"type": "securestring", "maxLength": 3}, "n": {"type": "int"}}`, `{"login": S, "n": "z"}`},
		"items":      {`"type": "array", "items": {"type": "securestring", "maxLength": 3}`, `[S, 4]`},
		"prefix":     {`"type": "array", "prefixItems": [{"type": "securestring", "maxLength": 3}]`, `[S, 4]`},
		"additional": {`"type": "object", "additionalProperties": {"type": "securestring", "maxLength": 3}`, `{"login": S, "n": 4}`},
		"deep":       {`"type": "object", "properties": {"a": {"type": "array", "items": {"type": "object", "properties": {"login": {"type": "securestring", "maxLength": 3}}}}}`, `{"a": [{"login": S}, {"login": 3}]}`},
		"reference":  {`"$ref": "#/definitions/d"`, `{"login": S, "n": "z"}`},
		"object":     {`"type": "object", "properties": {"o": {"type": "secureObject"}, "n": {"type": "int"}}`, `{"o": {"x": S}, "n": "z"}`},
	} {
		value := strings.ReplaceAll(of[1], "S", quoted)
		text := func(more string) string {
			return vectorHead + `"languageVersion": "2.0", "definitions": {"d": {"type": "object", "properties": {"login": {"type": "securestring", "maxLength": 3}, "n": {"type": "int"}}}},
"parameters": {"x": {` + of[0] + more + `}}, "variables": {"v": "[parameters('x')]"},
"resources": {"w": ` + set("[string(parameters('x'))]") + `, "w2": ` + strings.Replace(set("[string(variables('v'))]"), `"web"`, `"web2"`, 1) + `}}`
		}
		add("type "+name, text(""), vectorParameters+`{"x": {"value": `+value+`}}}`)
		add("type set "+name, text(""), "", "--set", "x="+value)
		add("type allowed "+name, text(`, "allowedValues": [`+value+`, 7]`), vectorParameters+`{"x": {"value": 3}}}`)
		add("type default "+name, text(`, "defaultValue": `+value), "").shown = true
	}
	// Declarations.
	for name, declared := range map[string]string{
		"allowed secure": `"opener": {"type": "securestring", "allowedValues": [S, "b"]}`, "allowed named": `"adminPassword": {"type": "string", "allowedValues": [S, "b"]}`,
		"allowed default": `"opener": {"type": "securestring", "allowedValues": ["b"], "defaultValue": S}`, "default": `"opener": {"type": "securestring", "defaultValue": S}`,
		"default twice": `"opener": {"type": "securestring", "defaultValue": S, "defaultValue": "b"}`, "default object": `"opener": {"type": "secureObject", "defaultValue": {"a": S}}`,
		"default of a name": `"dbPass": {"type": "string", "defaultValue": S}`, "default computed": `"opener": {"type": "securestring", "defaultValue": "[concat('` + bird + `', '!')]"}`,
		"default wrong": `"opener": {"type": "securestring", "minLength": 99, "defaultValue": S}`, "metadata": `"opener": {"type": "securestring", "metadata": {"password": S}}`,
	} {
		parameter, _, _ := strings.Cut(strings.TrimPrefix(declared, `"`), `"`)
		template := vectorTemplate(strings.ReplaceAll(declared, "S", quoted), "", set("[parameters('"+parameter+"')]"))
		for _, given := range []string{"", vectorParameters + `{"` + parameter + `": {"value": "c"}}}`} {
			add("declared "+name, template, given).shown = strings.Contains(name, "default")
		}
	}
	// Names of plain parameters.
	for _, name := range []string{"adminPassword", "adminPass", "dbPass", "pw", "pwd", "passwd", "pat", "workspaceKey", "servicePrincipalKey", "signingKey", "redisKey", "cosmosKey", "psk", "presharedKey", "sasUri", "sasUrl", "sasToken",
		"storageConnection", "connStr", "connectionString", "pfxData", "jwt", "bearer", "bearerToken", "authKey", "instrumentationKey", "apiKey", "apikey", "clientSecret", "secret", "accountKey", "storageKey", "functionKey", "hostKey",
		"licenseKey", "productKey", "registrationToken", "joinToken", "passphrase", "passcode", "credential", "creds", "privateKey", "sshPrivateKey", "kubeConfig", "authorizationCode", "clientKey", "subscriptionKey", "sharedKey",
		"encryptionKey", "masterKey", "accessKey", "dbConnection"} {
		template := vectorTemplate(`"`+name+`": {"type": "string", "maxLength": 4}`, `"v": "[parameters('`+name+`')]"`, vectorSet("", "", `"tags": {"a": "[parameters('`+name+`')]", "b": "[variables('v')]"}, "zones": ["[parameters('`+name+`')]"],`))
		add("name "+name, template, vectorParameters+`{"`+name+`": {"value": `+quoted+`}}}`)
		add("name set "+name, template, "", "--set", name+"="+bird)
		all = append(all, vector{name: "name in settings " + name, template: template, settings: "set:\n  " + name + ": " + bird + "\n"})
	}
	// Properties.
	extension := func(settings string) string {
		return `"extensionProfile": {"extensions": [{"name": "e", "properties": {"publisher": "Microsoft.Azure.Extensions", "type": "CustomScript", "typeHandlerVersion": "2.1", "settings": {}, ` + settings + `}}]},`
	}
	values := map[string]string{
		"literal": quoted, "variable": `"[variables('v')]"`, "member": `"[variables('o').a.b]"`, "concat": `"[concat('` + bird + `', '!')]"`, "concat variable": `"[concat(variables('v'), '!')]"`, "format": `"[format('{0}!', variables('v'))]"`,
		"base64": `"[base64('` + bird + `')]"`, "base64 variable": `"[base64(variables('v'))]"`, "base64 concat": `"[base64(concat('x', variables('v'), 'z'))]"`, "unknown": `"[concat('` + bird + `', reference('x').y)]"`,
		"unknown variable": `"[base64(concat(variables('v'), reference('x').y))]"`, "parameter": `"[parameters('plain')]"`, "if": `"[if(equals(1, 2), 'abcdef', variables('v'))]"`, "variable of variable": `"[variables('w')]"`, "json": `"[json('{\"a\": \"` + bird + `\"}').a]"`,
	}
	variables := `"v": ` + quoted + `, "w": "[concat(variables('v'), 'w')]", "o": {"a": {"b": ` + quoted + `}}, "ps": {"commandToExecute": "[concat('sh x ', '` + bird + `')]", "n": ["` + bird + `"]}`
	parameters := `"plain": {"type": "string", "defaultValue": ` + quoted + `}`
	for name, v := range values {
		for property, resource := range map[string]string{
			"adminPassword": vectorSet(`, "adminPassword": `+v, "", ""),
			"customData":    vectorSet(`, "customData": `+v, "", ""),
			"userData":      vectorSet("", `"userData": `+v+`,`, ""),
			"unattend":      vectorSet(`, "windowsConfiguration": {"additionalUnattendContent": [{"passName": "OobeSystem", "componentName": "Microsoft-Windows-Shell-Setup", "settingName": "AutoLogon", "content": `+v+`}]}`, "", ""),
			"command":       vectorSet("", extension(`"protectedSettings": {"commandToExecute": `+v+`}`), ""),
			"secureValue":   `{"type": "Microsoft.ContainerInstance/containerGroups", "apiVersion": "2022-09-01", "name": "s", "location": "westus2", "properties": {"containers": [{"name": "a", "properties": {"environmentVariables": [{"name": "X", "secureValue": ` + v + `}]}}]}}`,
			"pair":          `{"type": "Microsoft.Web/sites", "apiVersion": "2022-09-01", "name": "s", "location": "westus2", "properties": {"siteConfig": {"appSettings": [{"name": "DB_PASSWORD", "value": ` + v + `}]}}}`,
			"vault":         `{"type": "Microsoft.KeyVault/vaults/secrets", "apiVersion": "2022-07-01", "name": "v/s", "properties": {"value": ` + v + `}}`,
			"gateway":       `{"type": "Microsoft.Network/applicationGateways", "apiVersion": "2022-07-01", "name": "g", "location": "westus2", "properties": {"sslCertificates": [{"name": "c", "properties": {"data": ` + v + `, "password": ` + v + `}}]}}`,
		} {
			add("property "+property+" "+name, vectorTemplate(parameters, variables, resource), "").shown = true
		}
	}
	add("protected settings of a variable", vectorTemplate("", variables, vectorSet("", extension(`"protectedSettings": "[variables('ps')]"`), "")), "").shown = true
	add("protected settings of text", vectorTemplate("", "", vectorSet("", extension(`"protectedSettings": "[json('{\"x\": \"`+bird+`\"}')]"`), "")), "").shown = true
	// Texts that are escaped, in a property and where else they are used.
	for name, text := range map[string]string{"quote": `Zq7\"Canary1`, "backslash": `Zq7\\Canary1`, "newline": `Zq7\nCanary1`, "tab": `Zq7\tCanary1`, "single": `Zq7'Canary1`, "angle": `Zq7<Canary1`, "amp": `Zq7&Canary1`, "percent": `Zq7%Canary1`} {
		add("escaped "+name, vectorTemplate("", `"v": "`+text+`"`, vectorSet(`, "adminPassword": "[variables('v')]"`, "", `"tags": {"b": "[concat(variables('v'), reference('x').y)]", "c": "[variables('v')]"}, "zones": ["[variables('v')]"],`)), "").shown = true
	}
	// Nested deployments.
	nested := func(declared, passed, mode string) string {
		return `{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "inner", "properties": {"mode": "Incremental", "expressionEvaluationOptions": {"scope": "` + mode + `"},
  "parameters": {"p": {"value": ` + passed + `}}, "template": ` + vectorHead + `"parameters": {"p": {` + declared + `}}, "variables": {"v": "[parameters('p')]"}, "resources": [` + set("[variables('v')]") + `]}}}`
	}
	for _, v := range []string{"literal", "variable", "concat"} {
		add("nested secure "+v, vectorTemplate("", variables, nested(`"type": "securestring", "minLength": 99`, values[v], "inner")), "").shown = true
		add("nested outer property "+v, vectorTemplate("", variables, `{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "inner", "properties": {"mode": "Incremental", "template": `+
			vectorHead+`"resources": [`+vectorSet(`, "adminPassword": `+values[v], "", "")+`]}}}`), "").shown = true
	}
	add("nested passed on", vectorTemplate(`"opener": {"type": "securestring"}`, "", nested(`"type": "securestring", "minLength": 99`, `"[parameters('opener')]"`, "inner")), vectorParameters+`{"opener": {"value": `+quoted+`}}}`)
	// Outputs.
	out := strings.TrimSuffix(vectorTemplate("", `"v": `+quoted, set("x")), "}")
	for name, v := range map[string]string{"literal": quoted, "variable": `"[variables('v')]"`, "concat": `"[concat('` + bird + `', 'x')]"`} {
		add("output "+name, out+`, "outputs": {"o": {"type": "securestring", "value": `+v+`}}}`, "")
	}
	// Forms, where no name says anything.
	for name, text := range map[string]string{
		"sas": "https://x.blob.core.windows.net/c?sv=2020-08-04&se=2027-01-01&sig=" + bird + "abc", "key": "DefaultEndpointsProtocol=https;AccountName=x;AccountKey=" + bird + "==", "bus": "Endpoint=sb://x/;SharedAccessKeyName=R;SharedAccessKey=" + bird,
		"pem": "-----BEGIN RSA PRIVATE KEY-----\\n" + bird + "\\n-----END RSA PRIVATE KEY-----", "sql": "Server=x;User ID=me;Password=" + bird + ";", "jwt": "eyJ" + bird + ".eyJ" + bird + "." + bird, "github": "ghp_" + bird + bird,
		"url": "https://me:" + bird + "@example.org/x", "entra": "abc8Q~" + bird + bird,
	} {
		add("form "+name, vectorTemplate("", `"v": "`+text+`"`, vectorSet("", extension(`"protectedSettings": {}, "x": "`+text+`"`), `"tags": {"a": "`+text+`", "b": "[variables('v')]"}, "zones": ["[variables('v')]"],`)), "")
		add("form passed "+name, vectorTemplate(`"p": {"type": "string", "maxLength": 3}`, "", vectorSet("", "", `"tags": {"a": "[parameters('p')]"}, "zones": ["[parameters('p')]"],`)), vectorParameters+`{"p": {"value": "`+text+`"}}}`)
	}
	return all
}

// tableVectors has a resource with a secret at each path that Azure marks.
func tableVectors() (all []vector) {
	for _, kind := range arm.SecretTypes() {
		body := map[string]any{}
		for _, path := range arm.SecretPaths(kind) {
			put(body, strings.FieldsFunc(strings.NewReplacer("[]", ".[]", "{}", ".some").Replace(path), func(r rune) bool { return r == '.' }), "[variables('v')]")
		}
		delete(body, "name")
		body["type"], body["apiVersion"], body["name"], body["location"] = kind, "2023-01-01", strings.Repeat("n/", strings.Count(kind, "/")-1)+"n", "westus2"
		text, err := json.Marshal(body)
		if err != nil {
			panic(err)
		}
		all = append(all, vector{name: "table " + kind, template: vectorTemplate("", `"v": "`+bird+`"`, string(text)), shown: true},
			vector{name: "table literal " + kind, template: vectorTemplate("", "", strings.ReplaceAll(string(text), "[variables('v')]", bird))})
	}
	return all
}

// put sets the member of nested objects and arrays that a path leads to.
func put(o map[string]any, path []string, v any) {
	name := path[0]
	switch {
	case len(path) == 1:
		o[name] = v
	case path[1] == "[]" && len(path) == 2:
		o[name] = []any{v}
	case path[1] == "[]":
		list, _ := o[name].([]any)
		if len(list) == 0 {
			list = []any{map[string]any{}}
		}
		if inner, ok := list[0].(map[string]any); ok {
			put(inner, path[2:], v)
		}
		o[name] = list
	default:
		inner, _ := o[name].(map[string]any)
		if inner == nil {
			inner = map[string]any{}
			o[name] = inner
		}
		put(inner, path[1:], v)
	}
}

const vectorOld = vectorHead + `"parameters": {"adminPassword": {"type": "string", "defaultValue": "q"}}, "resources": [
{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2023-03-01", "name": "web", "location": "westus2", "sku": {"name": "Standard_D2s_v3", "capacity": 2}, "tags": {"a": "old"},
"properties": {"upgradePolicy": {"mode": "Manual"}, "virtualMachineProfile": {"osProfile": {"computerNamePrefix": "web", "adminUsername": "azureuser", "adminPassword": "[parameters('adminPassword')]", "customData": "b2xk"}}}}]}`

// vectorCommands are run over each vector; a * at the front marks those that do
// not take what is given for parameters.
var vectorCommands = []string{
	"lint t.json", "lint t.json --format json", "lint t.json --format html", "lint t.json --format sarif", "lint t.json --format gitlab", "lint t.json --format markdown", "lint --enable all --diff t.json",
	"lint t.json --format github --format junit=j.xml --format checkstyle=c.xml --format azure-devops=a.txt",
	"*lint t.parameters.json", "*fmt --diff --indent 4 t.json t.parameters.json", "*fmt --check t.json t.parameters.json",
	"expand t.json", "expand t.json --format json", "expand t.json --format template",
	"simulate t.json --to 5", "simulate t.json --to 5 --format json", "simulate t.json --to 5 --format html", "simulate t.json --to 5 --needs", "simulate t.json --to 5 --needs --format json", "autoscale t.json --at 02:00 --calendar week",
	"diff o.json t.json", "diff o.json t.json --format json", "diff o.json t.json --format markdown", "diff t.json o.json",
	"review t.json --against o.json", "review t.json --against o.json --format html", "review t.json --against o.json --format json",
	"plan o.json t.json --from 3", "plan o.json t.json --from 3 --format json", "plan t.json --reimage --from 3 --format markdown",
	"connect t.json", "connect t.json --format json", "connect t.json --format ssh-config", "graph t.json", "graph t.json --format svg", "graph t.json --format mermaid", "autoscale t.json", "autoscale t.json --format json", "config", "config --as json", "scale t.json --capacity 5 --yes",
	"trace t.json /resources/0/properties", "trace t.json /resources/0/properties --format json", "trace t.json --who-uses v", "trace t.json --who-uses v --format json", "trace t.json --who-uses opener", "trace t.json --who-uses x",
	"params t.json", "params t.json --plain --required", "params t.json --check", "lint t.json --all-values --format json",
	"trace t.json /resources/0/tags", "trace t.json /resources/0/properties/virtualMachineProfile", "trace t.json /resources/0/properties/virtualMachineProfile/osProfile/adminPassword",
	"trace t.json /resources/0/properties/virtualMachineProfile/osProfile/customData", "trace t.json /resources/0/properties/virtualMachineProfile/extensionProfile/extensions",
	"trace t.json /resources/0/properties/virtualMachineProfile/extensionProfile/extensions/0/properties/protectedSettings/commandToExecute",
}

// allVectors says that every vector runs through every command and the editor,
// which takes two minutes: SCALESET_CANARY=all go test ./pkg/app/cli -run
// 'Vector|MarkedPath|HostileFiles' -v. Otherwise each runs through a few of them in
// turn, so that every command sees vectors of every kind.
var allVectors = os.Getenv("SCALESET_CANARY") == "all"

func TestNoVectorLeaks(t *testing.T) {
	const part = 13
	all, runs := vectors(), 0
	for i, v := range all {
		var commands []string
		for k, line := range vectorCommands {
			if allVectors || (i+k)%part == 0 {
				commands = append(commands, line)
			}
		}
		t.Run(v.name, func(t *testing.T) { runs += v.run(t, commands, allVectors || i%part == 0) })
	}
	t.Logf("%d vectors, %d runs", len(all), runs)
}

// TestNoMarkedPathLeaks runs the commands that show values over each path that
// Azure marks as secret.
func TestNoMarkedPathLeaks(t *testing.T) {
	vectors := tableVectors()
	if len(vectors) < 2*226 {
		t.Fatalf("%d vectors", len(vectors))
	}
	lines := []string{"lint t.json", "expand t.json", "diff o.json t.json", "review t.json --format json --against o.json", "trace t.json /resources/0/properties", "trace t.json --who-uses v", "fmt --diff --indent 4 t.json"}
	runs := 0
	for i, v := range vectors {
		commands := lines
		if !allVectors {
			commands = lines[i%len(lines) : i%len(lines)+1]
		}
		t.Run(v.name, func(t *testing.T) { runs += v.run(t, commands, allVectors) })
	}
	t.Logf("%d vectors, %d runs", len(vectors), runs)
}

// run runs commands over a vector, and an editor if it is to. It returns how many
// runs that were.
func (v vector) run(t *testing.T, commands []string, editor bool) (runs int) {
	folder := t.TempDir()
	for name, text := range map[string]string{"t.json": v.template, "t.parameters.json": v.parameters, ".scaleset.yaml": v.settings, "o.json": vectorOld} {
		if text != "" {
			if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, line := range commands {
		for _, file := range []string{"j.xml", "c.xml", "a.txt"} {
			os.Remove(filepath.Join(folder, file)) // what one command has written is not of the next
		}
		if v.shown && strings.HasPrefix(line, "expand") {
			continue
		}
		if strings.HasPrefix(line, "scale") && (strings.HasPrefix(v.name, "form") || strings.HasPrefix(v.name, "escaped")) {
			continue // it carries the zones over, as they are, into a template to deploy
		}
		line, alone := strings.CutPrefix(line, "*")
		args := strings.Fields(line)
		if strings.Contains(line, "t.parameters.json") && v.parameters == "" {
			continue
		}
		if !alone && args[0] != "fmt" {
			args = append(args, v.args...)
		}
		app, out, errs := testApp(t)
		app.Dir = folder
		runs++
		if code := Main(context.Background(), app, args); code == ExitFailure {
			t.Errorf("%s: exit code %d: %s", line, code, errs)
		}
		text := out.String() + "\n" + errs.String()
		for _, file := range []string{"j.xml", "c.xml", "a.txt"} {
			written, _ := os.ReadFile(filepath.Join(folder, file))
			text += string(written)
		}
		leaks(t, line, text)
	}
	if editor {
		runs++
		leaks(t, "editor", v.edit(t, folder))
	}
	return runs
}

func leaks(t *testing.T, what, text string) {
	t.Helper()
	for _, b := range birds {
		if at := strings.Index(text, b); at >= 0 {
			t.Errorf("%s: %q comes out: %s", what, b, text[max(0, at-120):min(len(text), at+60)])
			return
		}
	}
}

// edit opens the files in an editor and asks for everything.
func (v vector) edit(t *testing.T, folder string) string {
	var said strings.Builder
	id := 0
	say := func(method string, params any) {
		message := map[string]any{"jsonrpc": "2.0", "method": method, "params": params}
		if !strings.HasPrefix(method, "textDocument/did") && method != "initialized" && method != "exit" {
			id++
			message["id"] = id
		}
		body, err := json.Marshal(message)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&said, "Content-Length: %d\r\n\r\n%s", len(body), body)
	}
	root := "file://" + filepath.ToSlash(folder)
	say("initialize", map[string]any{"rootUri": root, "capabilities": map[string]any{}, "initializationOptions": map[string]any{"inlayHints": true}})
	for name, text := range map[string]string{"t.json": v.template, "t.parameters.json": v.parameters} {
		if text == "" {
			continue
		}
		document := map[string]any{"uri": root + "/" + name}
		say("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": document["uri"], "languageId": "json", "version": 1, "text": text}})
		askDocument(say, document)
		for line, written := range strings.Split(text, "\n") {
			for character := 0; character < len(written); character += 13 {
				at := map[string]any{"textDocument": document, "position": map[string]any{"line": line, "character": character}}
				say("textDocument/hover", at)
				if character%63 == 0 {
					askPlace(say, at)
				}
			}
			whole := map[string]any{"start": map[string]any{"line": line, "character": 0}, "end": map[string]any{"line": line, "character": len(written)}}
			say("textDocument/codeAction", map[string]any{"textDocument": document, "range": whole, "context": map[string]any{"diagnostics": []any{}}})
		}
	}
	askWorkspace(say)
	say("shutdown", nil)
	say("exit", nil)
	app, _, errs := testApp(t)
	app.Dir = folder
	out := golden.NewEditor([]byte(said.String()))
	app.In, app.Out = out, out
	if code := Main(context.Background(), app, append([]string{"lsp"}, v.args...)); code != 0 {
		t.Errorf("lsp: exit code %d: %s", code, errs)
	}
	return out.String() + errs.String()
}
