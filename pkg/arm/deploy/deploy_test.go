package deploy_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm/deploy"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// account returns a storage account with more members.
func account(name, members string) string {
	if members != "" {
		members = ", " + members
	}
	return fmt.Sprintf(`{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01", "name": "%s", "location": "westus2", "sku": {"name": "Standard_LRS"}, "kind": "StorageV2"%s}`, name, members)
}

func list(resources ...string) string {
	return template("[\n" + strings.Join(resources, ",\n") + "\n]")
}

// TestMessages checks the details of findings.
func TestMessages(t *testing.T) {
	_, g := graphOf(list(account("a", `"dependsOn": ["b"]`), account("b", `"dependsOn": ["c"]`), account("c", `"dependsOn": ["a"]`)))
	if len(g.Findings) != 1 {
		t.Fatalf("findings %v", codes(g.Findings))
	}
	d := g.Findings[0]
	if !strings.HasSuffix(d.Summary, "'a' -> 'b' -> 'c' -> 'a'") || len(d.Related) != 2 {
		t.Errorf("the cycle is reported as %q, with %d other places", d.Summary, len(d.Related))
	}
	_, g = graphOf(list(account("a", ""), account("a", "")))
	if len(g.Findings) != 1 || g.Findings[0].Subject.StartPosition().Line != 3 || len(g.Findings[0].Related) != 1 || g.Findings[0].Related[0].Range.StartPosition().Line != 2 {
		t.Errorf("a duplicate does not name both: %+v", g.Findings)
	}
	_, g = graphOf(list(account("[concat('a', 1)]", `"copy": {"name": "l", "count": 3}`)))
	if len(g.Findings) != 1 || g.Findings[0].Summary != "The copies of loop 'l' have one name: 'a1' (Microsoft.Storage/storageAccounts)" {
		t.Errorf("copies of one name: %+v", g.Findings)
	}
}

// TestFixes applies the one fix of each template; the result has no findings.
func TestFixes(t *testing.T) {
	child := `{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-09-01", "name": "[concat('net', '1')]", "location": "westus2", "properties": {},
		"resources": [{"type": "subnets", "apiVersion": "2023-09-01", "name": "s"%s, "properties": {}}]}`
	for name, text := range map[string]string{
		"no dependsOn":                       list(fmt.Sprintf(child, "")),
		"null":                               list(fmt.Sprintf(child, `, "dependsOn": null`)),
		"empty":                              list(fmt.Sprintf(child, `, "dependsOn": []`)),
		"another one":                        list(fmt.Sprintf(child, `, "dependsOn": ["a"]`), account("a", "")),
		"itself":                             list(account("a", `"dependsOn": ["b", "a"]`), account("b", "")),
		"a user":                             list(account("a", `"properties": {"x": {"id": "[resourceId('Microsoft.Storage/storageAccounts', concat('b', '1'))]"}}`), account("[concat('b', '1')]", "")),
		"a child at the top":                 list(account("a", ""), `{"type": "Microsoft.Storage/storageAccounts/blobServices", "apiVersion": "2023-01-01", "name": "a/default", "properties": {}}`),
		"an extension":                       list(account("a", ""), `{"type": "Microsoft.Authorization/locks", "apiVersion": "2020-05-01", "name": "keep", "scope": "Microsoft.Storage/storageAccounts/a", "properties": {"level": "CanNotDelete"}}`),
		"what a nested deployment makes":     list(account("a", `"properties": {"x": {"id": "[resourceId('g2', 'Microsoft.Storage/storageAccounts', 'b')]"}}`), inner("n", `"resourceGroup": "g2"`, list(account("b", "")))),
		"a child":                            list(account("a", `"properties": {"x": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net1', 's')]"}}`), network("[concat('net', '1')]", "", subnet("s", `"dependsOn": ["net1"]`))),
		"what is around a nested deployment": list(account("a", ""), inner("n", "", list(account("b", `"properties": {"x": {"id": "[resourceId('Microsoft.Storage/storageAccounts', 'a')]"}}`)))),
		"with symbolic names":                `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "languageVersion": "2.0", "resources": {"one": ` + account("a", `"properties": {"x": {"id": "[resourceId('Microsoft.Storage/storageAccounts', 'b')]"}}`) + `, "two": ` + account("b", "") + `}}`,
	} {
		t.Run(name, func(t *testing.T) {
			file := source.NewFile("azuredeploy.json", []byte(text))
			_, g := graphIn(file)
			if len(g.Findings) != 1 || len(g.Findings[0].Fixes) != 1 || g.Findings[0].Fixes[0].Choice {
				t.Fatalf("not one finding with one fix: %+v", g.Findings)
			}
			fixed, err := jsonc.Apply(file, g.Findings[0].Fixes[0].Edits)
			if err != nil {
				t.Fatal(err)
			}
			if _, g := graphOf(string(fixed)); len(g.Findings) > 0 {
				t.Errorf("after the fix there is still %q in\n%s", g.Findings[0].Summary, fixed)
			}
		})
	}
}

// TestUnknown wants no findings about values that are unknown offline.
func TestUnknown(t *testing.T) {
	parameters := func(resources string) string {
		return strings.Replace(resources, `"resources"`, `"parameters": {"p": {"type": "string"}, "b": {"type": "bool"}}, "resources"`, 1)
	}
	for name, text := range map[string]string{
		"a name":       parameters(list(account("[parameters('p')]", ""), account("b", `"dependsOn": ["x"]`))),
		"a dependency": parameters(list(account("a", `"dependsOn": ["[parameters('p')]"]`))),
		"a parent":     parameters(list(`{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-09-01", "name": "[parameters('p')]", "location": "westus2", "resources": [{"type": "subnets", "apiVersion": "2023-09-01", "name": "s", "dependsOn": ["[parameters('p')]"]}]}`)),
		"a reference":  parameters(list(account("a", `"properties": {"x": "[reference(parameters('p')).y]"}`))),
		"a scope": parameters(list(`{"type": "Microsoft.Authorization/locks", "apiVersion": "2020-05-01", "name": "keep", "scope": "[parameters('p')]", "properties": {"level": "CanNotDelete"}}`,
			`{"type": "Microsoft.Authorization/locks", "apiVersion": "2020-05-01", "name": "keep", "scope": "[concat(parameters('p'), 'x')]", "properties": {"level": "CanNotDelete"}}`)),
		"a condition":          parameters(list(account("a", `"condition": "[parameters('b')]"`), account("a", `"condition": "[not(parameters('b'))]"`))),
		"a use by another":     parameters(list(account("a", `"dependsOn": ["[parameters('p')]"], "properties": {"x": {"id": "[resourceId('Microsoft.Storage/storageAccounts', 'b')]"}}`), account("b", ""))),
		"a conditional circle": parameters(list(account("a", `"condition": "[parameters('b')]", "dependsOn": ["b"]`), account("b", `"condition": "[parameters('b')]", "dependsOn": ["a"]`))),
	} {
		t.Run(name, func(t *testing.T) {
			if _, g := graphOf(text); len(g.Findings) > 0 {
				t.Errorf("%s: %s", g.Findings[0].Code, g.Findings[0].Summary)
			}
		})
	}
}

// TestNotExpanded checks the graph of a nested template of outer scope that is
// not expanded because it contains a value that is known only at deployment.
func TestNotExpanded(t *testing.T) {
	nested := func(dependsOn string) string {
		return list(account("a", ""), `{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "inner", "properties": {"mode": "Incremental", "template": `+
			list(account("b", `"properties": {"x": "[reference('a').y]"}`), account("c", `"dependsOn": ["`+dependsOn+`"]`))+`}}`)
	}
	for dependsOn, want := range map[string][]string{"b": nil, "a": {"SS2048 error"}, "c": {"SS2049 error"}} {
		if _, g := graphOf(nested(dependsOn)); !slices.Equal(codes(g.Findings), want) {
			t.Errorf("%s: %v, want %v", dependsOn, codes(g.Findings), want)
		}
	}
}

// TestDoubtful wants a warning if a mistake matters only if an unknown
// condition is true.
func TestDoubtful(t *testing.T) {
	parameters := `"parameters": {"b": {"type": "bool"}}, "resources"`
	inner := list(account("b", `"dependsOn": ["c"]`))
	for want, text := range map[string]string{
		"SS1201 warning": list(account("a", `"condition": "[parameters('b')]", "properties": {"x": "[reference('none').y]"}`)),
		"SS2048 warning": list(`{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "inner", "condition": "[parameters('b')]", "properties": {"mode": "Incremental", "template": ` + inner + `}}`),
		"SS2048 error":   list(account("a", `"condition": "[parameters('b')]", "dependsOn": ["none"]`)),
	} {
		_, g := graphOf(strings.Replace(text, `"resources"`, parameters, 1))
		if !slices.Equal(codes(g.Findings), []string{want}) {
			t.Errorf("%v, want %s", codes(g.Findings), want)
		}
	}
}

// TestElsewhere wants an id in another group to be checked only if the group of
// the deployment is given.
func TestElsewhere(t *testing.T) {
	text := list(account("a", ""), account("b", `"dependsOn": ["[resourceId('other', 'Microsoft.Storage/storageAccounts', 'a')]"]`))
	d, g := graphOf(text)
	if got := codes(g.Findings); !slices.Equal(got, []string{"SS2048 error"}) {
		t.Errorf("with the group: %v", got)
	}
	if g := deploy.New(d, deploy.Options{AssumedGroup: here.ResourceGroup}); len(g.Findings) > 0 {
		t.Errorf("without the group: %v", codes(g.Findings))
	}
}

// TestLarge builds graphs of the largest size that Azure accepts, and hostile
// ones. The work is bounded by the number of edges in the template.
func TestLarge(t *testing.T) {
	many := func(n int, each func(int) string) string {
		var all []string
		for i := range n {
			all = append(all, each(i))
		}
		return list(all...)
	}
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"a chain": {many(800, func(i int) string {
			return account(fmt.Sprintf("a%d", i), fmt.Sprintf(`"dependsOn": ["a%d"]`, min(i+1, 799)))
		}), []string{"SS2049 error"}},
		"a circle": {many(800, func(i int) string {
			return account(fmt.Sprintf("a%d", i), fmt.Sprintf(`"dependsOn": ["a%d"]`, (i+1)%800))
		}), []string{"SS2049 error"}},
		"all wait for all": {list(account("[concat('a', copyIndex())]", `"copy": {"name": "l", "count": 400}, "dependsOn": ["m"]`),
			account("[concat('b', copyIndex())]", `"copy": {"name": "m", "count": 400}, "dependsOn": ["l"]`)), []string{"SS2049 error"}},
		"each waits for each": {many(200, func(i int) string {
			var names []string
			for k := range 200 {
				if k != i {
					names = append(names, fmt.Sprintf(`"a%d"`, k))
				}
			}
			return account(fmt.Sprintf("a%d", i), `"dependsOn": [`+strings.Join(names, ",")+`]`)
		}), []string{"SS2049 error"}},
		"loops that wait for loops": {many(10, func(i int) string {
			return account(fmt.Sprintf("[concat('a%dx', copyIndex())]", i), fmt.Sprintf(`"copy": {"name": "c%d", "count": 80}, "dependsOn": ["c%d"]`, i, max(i-1, 0)))
		}), []string{"SS2049 error"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, g := graphOf(c.text)
			got := codes(g.Findings)
			if len(got) != len(c.want) && !strings.Contains(name, "loops") || len(got) == 0 || got[0] != c.want[0] {
				t.Errorf("%d findings, the first %v", len(got), got[:min(3, len(got))])
			}
		})
	}
	_, g := graphOf(many(400, func(i int) string {
		var names []string
		for k := range 20 {
			names = append(names, fmt.Sprintf(`"none%d_%d"`, i, k))
		}
		return account(fmt.Sprintf("a%d", i), `"dependsOn": [`+strings.Join(names, ",")+`]`)
	}))
	if n := len(g.Findings); n != 1000 {
		t.Errorf("%d findings about what is not there", n)
	}
}

// TestWaits checks the edges between resources: loops and nested deployments
// stand for all resources that they deploy.
func TestWaits(t *testing.T) {
	nested := `{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "inner", "properties": {"mode": "Incremental", "template": ` +
		list(account("d", ""), account("e", `"dependsOn": ["d"]`)) + `}}`
	d, g := graphOf(list(account("a", `"dependsOn": ["l", "inner"], "properties": {"x": "[reference('f').y]"}`),
		account("[concat('b', copyIndex())]", `"copy": {"name": "l", "count": 2}`), nested, account("f", "")))
	got := map[string]string{}
	last := func(id string) string { return id[strings.LastIndexByte(id, '/')+1:] }
	for _, r := range d.Resources {
		var names []string
		for _, id := range g.IDs(r) {
			names = append(names, last(id))
		}
		got[r.Name] = strings.Join(names, " ")
	}
	want := map[string]string{"a": "b0 b1 d e f", "b0": "", "b1": "", "d": "", "e": "d", "f": ""}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	a := d.Units[0].Instances[0]
	if a.Name != "a" || len(g.Edges(a)) != 3 || g.Edges(a)[2].Explicit || g.Edges(a)[2].Text != "f" {
		t.Errorf("edges of %s: %+v", a.Name, g.Edges(a))
	}
	if len(g.Findings) > 0 {
		t.Errorf("findings %v", codes(g.Findings))
	}
}

// TestLongChains: the work for resources that wait for each other, in a chain or in a
// circle, grows in proportion to their number.
func TestLongChains(t *testing.T) {
	const n = 800 // the limit of one template
	waits := map[string]func(to int) string{
		"dependsOn": func(to int) string {
			return fmt.Sprintf(`"dependsOn": ["[resourceId('Microsoft.Network/publicIPAddresses', 'ip%d')]"]`, to)
		},
		"reference": func(to int) string { return fmt.Sprintf(`"properties": {"x": "[reference('ip%d').a]"}`, to) },
	}
	for name, wait := range waits {
		for _, circle := range []bool{false, true} {
			each := func(n int) uint64 {
				var list []string
				for i := range n {
					last := ""
					if i+1 < n || circle {
						last = ", " + wait((i+1)%n)
					}
					list = append(list, fmt.Sprintf(`{"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2023-09-01", "name": "ip%d", "location": "westus2"%s}`, i, last))
				}
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				d, g := graphOf(template("[" + strings.Join(list, ",") + "]"))
				runtime.ReadMemStats(&after)
				var want []string
				if circle {
					want = []string{"SS2049 error"}
				}
				if diff := cmp.Diff(want, codes(append(slices.Clone(d.Diagnostics), g.Findings...))); diff != "" {
					t.Errorf("%s, circle %v (-want +got):\n%s", name, circle, diff)
				}
				return (after.Mallocs - before.Mallocs) / uint64(n)
			}
			few, many := each(n/8), each(n)
			if many > 2*few {
				t.Errorf("%s, circle %v: %d allocations for each of %d resources, %d for each of %d", name, circle, few, n/8, many, n)
			}
			t.Logf("%s, circle %v: %d and %d allocations for each resource", name, circle, few, many)
		}
	}
}
