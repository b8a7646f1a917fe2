package deploy_test

import (
	"slices"
	"strings"
	"testing"
)

// network returns a virtual network with children and more members.
func network(name, members, children string) string {
	if members != "" {
		members = ", " + members
	}
	return `{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-09-01", "name": "` + name + `", "location": "westus2", "properties": {}` + members + `, "resources": [` + children + `]}`
}

func subnet(name, members string) string {
	if members != "" {
		members = ", " + members
	}
	return `{"type": "subnets", "apiVersion": "2023-09-01", "name": "` + name + `", "properties": {}` + members + `}`
}

func inner(name, members, template string) string {
	if members != "" {
		members = ", " + members
	}
	return `{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "` + name + `"` + members + `, "properties": {"mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"}, "template": ` + template + `}}`
}

// outer returns a nested deployment of outer scope with a resource.
func outer(name, resource string) string {
	return `{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "` + name + `", "properties": {"mode": "Incremental", "template": ` + list(resource) + `}}`
}

// symbolic returns a template with symbolic names.
func symbolic(resources string) string {
	return `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "languageVersion": "2.0", "resources": {` + resources + `}}`
}

// outputs adds an output to a template.
func outputs(template, value string) string {
	return strings.TrimSuffix(template, "}") + `, "outputs": {"o": {"type": "object", "value": "` + value + `"}}}`
}

// TestConditions has templates for the conditions of the deployment service
// that are not among the recorded ones of package engine, each in the form in
// which they were recorded.
func TestConditions(t *testing.T) {
	lock := func(scope string) string {
		return `{"type": "Microsoft.Authorization/locks", "apiVersion": "2020-05-01", "name": "keep", "scope": "` + scope + `", "dependsOn": ["a", "b"], "properties": {"level": "CanNotDelete"}}`
	}
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"a child inside and at the top", list(network("net", "", subnet("s", `"dependsOn": ["net"]`)),
			`{"type": "Microsoft.Network/virtualNetworks/subnets", "apiVersion": "2023-09-01", "name": "NET/S", "dependsOn": ["net"], "properties": {}}`), []string{"SS2047 error"}},
		{"one lock on two resources", list(account("a", ""), account("b", ""), lock("Microsoft.Storage/storageAccounts/a"), lock("Microsoft.Storage/storageAccounts/b")), nil},
		{"two loops of one name", list(account("[concat('a', copyIndex())]", `"copy": {"name": "l", "count": 1}`), account("[concat('b', copyIndex())]", `"copy": {"name": "L", "count": 1}`)), []string{"SS2047 info"}},
		{"a loop that waits for itself", list(account("[concat('a', copyIndex())]", `"copy": {"name": "l", "count": 2}, "dependsOn": ["l"]`)), []string{"SS2049 error"}},
		{"a loop that waits for its last round", list(account("[concat('a', copyIndex())]", `"copy": {"name": "l", "count": 2}, "dependsOn": ["[concat('a', max(0, sub(copyIndex(), 1)))]"]`)), []string{"SS2049 error"}},
		{"a loop of none", list(account("[concat('a', copyIndex())]", `"copy": {"name": "l", "count": 0}`), account("b", `"dependsOn": ["l"]`)), nil},
		{"a round of a loop of none", list(account("[concat('a', copyIndex())]", `"copy": {"name": "l", "count": 0}`), account("b", `"dependsOn": ["a0"]`)), []string{"SS2048 error"}},
		{"the grandparent", list(network("net", "", subnet("s", `"dependsOn": ["net"], "resources": [{"type": "providers/locks", "apiVersion": "2020-05-01", "name": "Microsoft.Authorization/l", "dependsOn": ["net"], "properties": {}}]`))), []string{"SS1200 error"}},
		{"siblings by the last part", list(network("net", "", subnet("s", `"dependsOn": ["net"]`)+", "+subnet("t", `"dependsOn": ["net", "s"]`))), nil},
		{"a circle of children", list(network("net", "", subnet("s", `"dependsOn": ["net", "t"]`)+", "+subnet("t", `"dependsOn": ["net", "s"]`))), []string{"SS2049 error"}},
		{"a circle through one that is not there", list(account("a", `"dependsOn": ["b"]`), account("b", `"condition": false, "dependsOn": ["c"]`), account("c", `"dependsOn": ["a"]`)), []string{"SS2049 error"}},
		{"a child in a loop", list(network("[concat('net', copyIndex())]", `"copy": {"name": "l", "count": 2}`, subnet("s", `"dependsOn": ["[concat('net', copyIndex())]"]`))), nil},
		{"the child of another round", list(network("[concat('net', copyIndex())]", `"copy": {"name": "l", "count": 2}`, subnet("s", `"dependsOn": ["net0"]`))), []string{"SS1200 error"}},
		{"an element that is an array at deployment", list(account("b", `"dependsOn": ["[pickZones('Microsoft.Compute', 'virtualMachines', 'westus2')]"]`)), []string{"SS2048 error"}},
		{"blanks", list(account("a", ""), account("b", `"dependsOn": ["a "]`)), []string{"SS2048 error"}},
		{"a child by its parent", list(network("net", "", subnet("s", `"dependsOn": ["net"]`)), account("b", `"dependsOn": ["net/s"]`)), []string{"SS2048 error"}},
		{"a child by id", list(network("net", "", subnet("s", `"dependsOn": ["net"]`)), account("b", `"dependsOn": ["Microsoft.Network/virtualNetworks/net/subnets/s/"]`)), nil},
		{"types before names", list(network("net", "", subnet("s", `"dependsOn": ["net"]`)), account("b", `"dependsOn": ["Microsoft.Network/virtualNetworks/subnets/net/s"]`)), []string{"SS2048 error"}},
		{"a false source and an id", list(account("b", `"condition": false, "dependsOn": ["[resourceId('Microsoft.Storage/storageAccounts', 'none')]"]`)), nil},
		{"a false source and a name", list(account("b", `"condition": false, "dependsOn": ["none"]`)), []string{"SS2048 error"}},
		{"a deployment of another group by name", list(inner("first", `"resourceGroup": "g2"`, list()), inner("second", `"resourceGroup": "g2", "dependsOn": ["first"]`, list())), nil},
		{"a deployment of another group by its id", list(inner("first", `"resourceGroup": "g2"`, list()), inner("second", `"dependsOn": ["[resourceId('g2', 'Microsoft.Resources/deployments', 'first')]"]`, list())), nil},
		{"a deployment of another group by the id here", list(inner("first", `"resourceGroup": "g2"`, list()), inner("second", `"dependsOn": ["[resourceId('Microsoft.Resources/deployments', 'first')]"]`, list())), []string{"SS2048 error"}},
		{"an empty group is the one here", list(inner("first", `"resourceGroup": ""`, list()), inner("FIRST", `"resourceGroup": "Oracle-RG"`, list())), []string{"SS2047 error"}},
		{"a circle of names that are not known", strings.Replace(list(account("[parameters('p')]", `"dependsOn": ["b"]`), account("b", `"dependsOn": ["[resourceId('Microsoft.Storage/storageAccounts', parameters('p'))]"]`)), `"resources"`, `"parameters": {"p": {"type": "string"}}, "resources"`, 1), []string{"SS2049 error"}},
		{"a name that is not known and itself", strings.Replace(list(account("[parameters('p')]", `"dependsOn": ["[parameters('p')]"]`)), `"resources"`, `"parameters": {"p": {"type": "string"}}, "resources"`, 1), []string{"SS2049 error"}},
		{"two levels with one name", list(inner("first", "", list(inner("second", "", list(inner("first", "", list())))))), nil},
		{"a deployment like the one around it elsewhere", list(inner("oracle", `"resourceGroup": "g2"`, list())), nil},

		{"a reference to what is around", list(account("a", ""), inner("n", "", list(account("b", `"properties": {"x": "[reference('a').y]"}`)))), []string{"SS1201 error"}},
		{"a reference that is passed", list(account("a", `"dependsOn": ["n"]`), inner("n", `"dependsOn": []`, list()), account("c", `"properties": {"x": "[reference('n').outputs]", "y": "[listKeys('a', '2023-01-01')]"}`)), nil},
		{"a circle through a passed reference", list(account("a", `"dependsOn": ["n"]`), strings.Replace(inner("n", "", strings.Replace(list(), `"resources"`, `"parameters": {"p": {"type": "object"}}, "resources"`, 1)), `"mode"`, `"parameters": {"p": {"value": "[reference('a')]"}}, "mode"`, 1)), []string{"SS2049 error"}},
		{"a round by its name", list(account("[concat('a', copyIndex())]", `"copy": {"name": "l", "count": 2}`), account("b", `"properties": {"x": "[reference('a1').y]"}`)), nil},
		{"an output of a false resource", outputs(list(account("a", `"condition": false`)), "[reference('a')]"), []string{"SS1202 error"}},
		{"an output of a false resource with a version", outputs(list(account("a", `"condition": false`)), "[reference('a', '2023-01-01')]"), nil},
		{"an output of what is elsewhere", outputs(list(), "[reference(resourceId('g2', 'Microsoft.Storage/storageAccounts', 'a'))]"), []string{"SS1202 error"}},
		{"a branch that is not taken", outputs(list(account("a", `"condition": false`)), "[if(false(), reference('a'), createObject())]"), nil},
		{"a list without version", outputs(list(account("a", "")), "[listKeys('a')]"), []string{"SS1204 error"}},
		{"a list in a nested template of outer scope", list(account("a", ""), outer("n", account("b", `"properties": {"x": "[listKeys('a', '2023-01-01')]"}`))), []string{"SS1201 error"}},
		{"a list by id in a nested template of outer scope", list(account("a", ""), outer("n", account("b", `"properties": {"x": "[listKeys(resourceId('Microsoft.Storage/storageAccounts', 'a'), '2023-01-01')]"}`))), nil},
		{"a reference in a nested template of outer scope", list(account("a", ""), outer("n", account("b", `"properties": {"x": "[reference('a', '2023-01-01').y]"}`))), nil},
		{"a list in a parameter of a nested deployment", list(account("a", ""), strings.Replace(inner("n", "", strings.Replace(list(), `"resources"`, `"parameters": {"p": {"type": "object"}}, "resources"`, 1)), `"mode"`, `"parameters": {"p": {"value": "[listKeys('a', '2023-01-01')]"}}, "mode"`, 1)), nil},
		{"a reference in a reference", outputs(list(account("a", "")), "[reference(reference('a').id, '2023-01-01')]"), []string{"SS1204 error"}},
		{"a list of two of one name", outputs(list(account("a", ""), network("a", "", "")), "[listKeys('a', '2023-01-01')]"), []string{"SS1203 error"}},
		{"a reference to a round that is not there", outputs(list(account("[concat('a', copyIndex())]", `"copy": {"name": "l", "count": 2}`)), "[reference('a2')]"), []string{"SS1201 error"}},

		{"a symbolic name", symbolic(`"one": ` + account("a", "") + `, "two": ` + account("b", `"dependsOn": ["one"], "properties": {"x": "[reference('one').y]"}`)), nil},
		{"a symbolic name in another case", symbolic(`"one": ` + account("a", "") + `, "two": ` + account("b", `"dependsOn": ["One"]`)), []string{"SS2048 error"}},
		{"a name beside symbolic ones", outputs(symbolic(`"one": `+account("a", "")), "[reference('a')]"), []string{"SS1201 error"}},
		{"a symbolic loop", outputs(symbolic(`"one": `+account("[concat('a', copyIndex())]", `"copy": {"name": "one", "count": 2}`)), "[reference('one')]"), []string{"SS1201 error"}},
		{"a round of a symbolic loop", outputs(symbolic(`"one": `+account("[concat('a', copyIndex())]", `"copy": {"name": "one", "count": 2}`)), "[reference('one[1]')]"), nil},
		{"an existing resource", outputs(symbolic(`"one": {"existing": true, "type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01", "name": "a"}`), "[reference('one')]"), nil},
		{"an existing resource and the same new one", symbolic(`"one": {"existing": true, "type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01", "name": "a"}, "two": ` + account("a", "")), nil},
		{"references of a single one", outputs(symbolic(`"one": `+account("a", "")), "[createObject('a', references('one'))]"), []string{"SS1201 error"}},
		{"references without symbolic names", outputs(list(account("[concat('a', copyIndex())]", `"copy": {"name": "one", "count": 2}`)), "[createObject('a', references('one'))]"), []string{"SS1204 error"}},
		{"symbolic circle of a loop", symbolic(`"one": ` + account("[concat('a', copyIndex())]", `"copy": {"name": "one", "count": 2}, "dependsOn": ["two"]`) + `, "two": ` + account("b", `"dependsOn": ["one"]`)), []string{"SS2049 error"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, g := graphOf(c.text)
			if got := codes(g.Findings); !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
				for _, d := range g.Findings {
					t.Log(d.Summary)
				}
			}
		})
	}
}
