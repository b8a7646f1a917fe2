package engine

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

const secretTemplate = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "parameters": {
    "opener": { "type": "securestring", "defaultValue": "HIDE-1" },
    "keys": { "type": "secureObject", "defaultValue": { "name": [ "HIDE-2", 12345 ] } },
    "adminPassword": { "type": "string", "defaultValue": "HIDE-3" },
    "derived": { "type": "securestring", "defaultValue": "[newGuid()]" },
    "adminUserName": { "type": "string", "defaultValue": "show-1" }
  },
  "variables": { "storageAccountKey": "HIDE-4", "secretName": "show-2" },
  "resources": [ { "properties": {
    "osProfile": { "adminPassword": "HIDE-5", "computerName": "show-3" },
    "parameters": { "adminPassword": { "value": "HIDE-6" }, "size": { "value": "show-4" } },
    "password": "[parameters('adminPassword')]"
  } } ]
}`

const secretParameters = `{ "parameters": {
  "OPENER": { "value": "HIDE-7" },
  "keys": { "value": { "a": { "b": "HIDE-8" } } },
  "adminUserName": { "value": "show-5" },
  "otherSecret": { "reference": { "keyVault": { "id": "show-6" }, "secretName": "show-7" } }
} }`

func TestCollectSecrets(t *testing.T) {
	template := jsonc.Parse(source.NewFile("t.json", []byte(secretTemplate)))
	parameters := jsonc.Parse(source.NewFile("t.parameters.json", []byte(secretParameters)))
	declared := secureParameters(arm.ParseTemplate(template))
	var s secret.Set
	collectSecrets(template, declared, &s)
	collectSecrets(parameters, declared, &s)
	for _, f := range []*source.File{template.File, parameters.File} {
		masked := s.Redact(string(f.Bytes()))
		if i := strings.Index(masked, "HIDE-"); i >= 0 {
			t.Errorf("%s: the text of %q is not hidden", f.Path(), masked[i:i+6])
		}
		text := string(f.Bytes())
		for _, r := range s.Within(f.Range(0, f.Len())) {
			text = strings.Replace(text, r.Text(), secret.Mask, 1)
			if strings.Contains(r.Text(), "show-") {
				t.Errorf("%s: %s is hidden", f.Path(), r.Text())
			}
		}
		for _, left := range []string{"HIDE-", "12345"} {
			if strings.Contains(text, left) {
				t.Errorf("%s: a place of %s is not hidden:\n%s", f.Path(), left, text)
			}
		}
		if strings.Contains(masked, "show-") != strings.Contains(string(f.Bytes()), "show-") {
			t.Errorf("%s: more than secrets is hidden", f.Path())
		}
	}
}

// A secret is hidden where it stands, though the variable or parameter says
// nothing, and an expression that gives one stays to be read.
func TestHideReached(t *testing.T) {
	tree := jsonc.Parse(source.NewFile("t.json", []byte(`{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": { "login": { "type": "string", "defaultValue": "HIDE-1" }, "half": { "type": "string", "defaultValue": "show-1" } },
  "variables": { "opener": "HIDE-2", "user": "show-2" },
  "resources": [ { "type": "Contoso.Web/sites", "apiVersion": "2020-01-01", "name": "a", "properties": {
    "adminPassword": "[parameters('login')]",
    "nodes": [ { "password": "[variables('opener')]", "userName": "[variables('user')]" } ],
    "clientSecret": "[concat(parameters('half'), '-x')]"
  } } ]
}`)))
	var s secret.Set
	hideReached([]*expand.Deployment{expand.Expand(arm.ParseTemplate(tree), expand.Options{})}, nil, &s)
	var hidden []string
	for _, r := range s.Within(tree.File.Range(0, tree.File.Len())) {
		hidden = append(hidden, r.Text())
	}
	if diff := cmp.Diff([]string{`"HIDE-1"`, `"HIDE-2"`}, hidden); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
	if got := s.Redact("it is show-1-x, not show-2"); got != "it is <secure>, not show-2" {
		t.Errorf("a computed secret: %s", got)
	}
}

// A placeholder stands for a secret and is none; the same text often stands for
// names too, which are to be seen.
func TestPlaceholdersAreNoSecrets(t *testing.T) {
	const file = `{"parameters": {"adminPassword": {"value": "GEN-PASSWORD"}, "sqlPassword": {"value": "GEN-UNIQUE-8"}, "apiSecret": {"value": "xGEN-UNIQUE"}}}`
	s := SecretsOf(jsonc.Parse(source.NewFile("p.json", []byte(file))))
	if got, want := s.Redact("GEN-PASSWORD GEN-UNIQUE-8 xGEN-UNIQUE"), "GEN-PASSWORD GEN-UNIQUE-8 <secure>"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
