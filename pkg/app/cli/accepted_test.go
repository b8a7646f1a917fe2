package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// TestAccepted checks templates and changes that Azure is known to accept: no
// command has an error, or a finding of the codes that the case names above the
// severity that it names, and no change is called refused.
func TestAccepted(t *testing.T) {
	root := filepath.Join("testdata", "accepted")
	folders, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		t.Run(f.Name(), func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join(root, f.Name(), "case.json"))
			if err != nil {
				t.Fatal(err)
			}
			var c struct {
				What, Mode string
				Args       []string
				Most       string   `json:"max_severity"`
				Codes      []string // none: all
			}
			if err := json.Unmarshal(text, &c); err != nil {
				t.Fatal(err)
			}
			folder := filepath.Join(root, f.Name())
			if c.Mode == "diff" {
				code, out, errs := runVerdict(t, folder, "diff", "old.json", "new.json", "--format", "json")
				if code != ExitClean || strings.Contains(out, `"refused"`) {
					t.Errorf("%s: exit code %d, %s%s", c.What, code, out, errs)
				}
				return
			}
			most := diag.Warning
			if c.Most != "" {
				if most, err = diag.ParseSeverity(c.Most); err != nil {
					t.Fatal(err)
				}
			}
			for _, command := range []string{"lint", "expand", "review"} {
				code, out, errs := runVerdict(t, folder, append([]string{command, "template.json", "--format", "json"}, c.Args...)...)
				var found struct {
					Findings []struct{ Code, Severity, Message string }
				}
				if err := json.Unmarshal([]byte(out), &found); code != ExitClean || err != nil {
					t.Fatalf("%s: %s: exit code %d, %v, %s", c.What, command, code, err, errs)
				}
				for _, d := range found.Findings {
					severity, err := diag.ParseSeverity(d.Severity)
					if err != nil || severity == diag.Error || severity > most && (len(c.Codes) == 0 || slices.Contains(c.Codes, d.Code)) {
						t.Errorf("%s: %s has %s %s %s", c.What, command, d.Severity, d.Code, d.Message)
					}
				}
			}
		})
	}
}

// TestOneVerdict gives the same values to all commands: what is a placeholder,
// what is missing, what is unknown is decided once.
func TestOneVerdict(t *testing.T) {
	const schema = `"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0"`
	const file = `{"$schema": "https://schema.management.azure.com/schemas/2015-01-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": {%s}}`
	autoscale := `{"type": "Microsoft.Insights/autoscaleSettings", "apiVersion": "2015-04-01", "name": "scale", "location": "westus", "properties": {"enabled": true,
  "targetResourceUri": "[resourceId('Microsoft.Compute/virtualMachineScaleSets', 'web')]",
  "profiles": [{"name": "p", "capacity": {"minimum": "1", "maximum": "5", "default": "1"}, "rules": []}]}}`
	tests := []struct {
		name       string
		parameters string // of the template
		use        string // of the parameters
		named      string // a parameter file that is named; else
		discovered string // one beside the template
		want       []string
	}{
		{name: "the uri of the template", parameters: `"from": {"type": "string", "defaultValue": "[deployment().properties.templateLink.uri]"}`, use: "[uri(parameters('from'), 'x')]"},
		{name: "GEN-UNIQUE-9 against a length", parameters: `"name": {"type": "string", "minLength": 20}`, use: "[parameters('name')]", named: `"name": {"value": "GEN-UNIQUE-9"}`},
		{name: "CHANGEME among allowed values", parameters: `"name": {"type": "string", "allowedValues": ["one", "two"]}`, use: "[parameters('name')]", discovered: `"name": {"value": "CHANGEME"}`},
		{name: "text in angle brackets", parameters: `"name": {"type": "string", "maxLength": 5}`, use: "[parameters('name')]", named: `"name": {"value": "<your name here>"}`},
		{name: "an empty object", parameters: `"o": {"type": "object"}`, use: "[parameters('o').name]", discovered: `"o": {"value": {}}`},
		{name: "another case", parameters: `"vmName": {"type": "string"}`, use: "[parameters('VMNAME')]", named: `"VMname": {"value": "web"}`},
		{name: "missing in a discovered file", parameters: `"name": {"type": "string"}`, use: "[parameters('name')]", discovered: ` `},
		{name: "secure, missing in a discovered file", parameters: `"name": {"type": "securestring"}`, use: "[parameters('name')]", discovered: ` `},
		{name: "missing in a named file", parameters: `"name": {"type": "string"}`, use: "[parameters('name')]", named: ` `, want: []string{"SS1033"}},
		{name: "secure, missing in a named file", parameters: `"name": {"type": "securestring"}`, use: "[parameters('name')]", named: ` `},
		{name: "a value that is not allowed", parameters: `"name": {"type": "string", "allowedValues": ["one", "two"]}`, use: "[parameters('name')]", discovered: `"name": {"value": "three"}`, want: []string{"SS1032"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			set := set("web", "2", "2019-03-01", fmt.Sprintf(`, "tags": {"use": %q}`, tt.use), "", platformImage+managedDisk,
				`"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 's')]"}`)
			texts := map[string]string{"azuredeploy.json": fmt.Sprintf(`{%s, "parameters": {"word": {"type": "securestring"}, %s}, "resources": [%s, %s]}`, schema, tt.parameters, set, autoscale)}
			var args []string
			if tt.named != "" {
				texts["named.json"], args = fmt.Sprintf(file, tt.named), []string{"--parameters", "named.json"}
			}
			if tt.discovered != "" {
				texts["azuredeploy.parameters.json"] = fmt.Sprintf(file, tt.discovered)
			}
			for name, text := range texts {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			for _, command := range []string{"lint", "expand", "review", "autoscale", "editor"} {
				var all []string
				if command == "editor" && tt.named == "" { // which shows the parameter file beside the template in its own document
					continue
				}
				if command == "editor" {
					all = errorsInEditor(t, dir, "azuredeploy.json", args...)
				} else {
					all, _ = errorsOf(t, dir, command, "azuredeploy.json", args...)
				}
				var codes []string
				for _, e := range all {
					code, _, _ := strings.Cut(e, " ")
					codes = append(codes, code)
				}
				if diff := cmp.Diff(tt.want, codes); diff != "" {
					t.Errorf("%s (-want +got):\n%s%s", command, diff, strings.Join(all, "\n"))
				}
			}
			for _, args := range [][]string{
				append([]string{"scale", "azuredeploy.json", "--capacity", "3", "--yes"}, args...),
				append([]string{"simulate", "azuredeploy.json", "--to", "3"}, args...),
				append([]string{"plan", "azuredeploy.json", "--reimage"}, args...),
				append([]string{"diff", "azuredeploy.json", "azuredeploy.json"}, args...),
			} {
				code, _, errs := runVerdict(t, dir, args...)
				if code != ExitClean || strings.Contains(errs, "azuredeploy.json has errors") != (len(tt.want) > 0) {
					t.Errorf("%s: exit code %d, %s", args[0], code, errs)
				}
			}
		})
	}
}
