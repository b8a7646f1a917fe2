package expand

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

const head = `{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#","contentVersion":"1.0.0.0",`

// account returns a storage account with more members.
func account(name, more string) string {
	return `{"type":"Microsoft.Storage/storageAccounts","apiVersion":"2023-01-01","name":"` + name + `"` + more + `}`
}

// chain returns n members of an object, each of which uses the previous one.
func chain(first, each string, n int) string {
	var b strings.Builder
	b.WriteString(`"v0":` + first)
	for i := range n {
		b.WriteString(`,"v` + fmt.Sprint(i+1) + `":` + strings.ReplaceAll(each, "PREV", fmt.Sprintf("variables('v%d')", i)))
	}
	return b.String()
}

func repeat(n int, item func(i int) string) string {
	items := make([]string, n)
	for i := range items {
		items[i] = item(i)
	}
	return strings.Join(items, ",")
}

func nestedIn(levels int, name, more, resources string) string {
	for range levels {
		resources = `{"type":"Microsoft.Resources/deployments","apiVersion":"2022-09-01","name":"` + name + `"` + more +
			`,"properties":{"mode":"Incremental","expressionEvaluationOptions":{"scope":"inner"},"template":` + head + `"resources":[` + resources + `]}}}`
	}
	return resources
}

// hostile are templates that require more than any machine has.
var hostile = map[string]struct{ template, finding string }{
	"text that doubles": {head + `"variables":{` + chain(`"aaaaaaaaaa"`, `"[concat(PREV, PREV)]"`, 60) +
		`},"resources":[],"outputs":{"o":{"type":"string","value":"[variables('v60')]"}}}`, "SS1018"},
	"arrays that double": {head + `"variables":{` + chain(`[1]`, `["[PREV]","[PREV]"]`, 60) +
		`},"resources":[],"outputs":{"o":{"type":"array","value":"[variables('v60')]"}}}`, "SS0003"},
	"computed arrays that double": {head + `"variables":{` + chain(`[1]`, `"[createArray(PREV, PREV)]"`, 60) +
		`},"resources":[],"outputs":{"o":{"type":"string","value":"[string(variables('v60'))]"}}}`, "SS0003"},
	"a large value in each copy": {head + `"variables":{` + chain(`[1]`, `["[PREV]","[PREV]"]`, 14) + `},"resources":[` +
		account("[concat('a', copyIndex())]", `,"copy":{"name":"c","count":800},"properties":{"x":"[variables('v14')]"}`) + `]}`, "SS0003"},
	"copies in copies": {head + `"resources":[` + account("[concat('a', copyIndex())]",
		`,"copy":{"name":"c","count":800},"properties":{"copy":[{"name":"p","count":800,"input":{"x":"[copyIndex('p')]","y":"[copyIndex()]"}}]}`) + `]}`, "SS0003"},
	"copies of nested copies": {head + `"resources":[` + nestedIn(8, "[concat('d', copyIndex())]", `,"copy":{"name":"c","count":800}`,
		account("[concat('a', copyIndex())]", `,"copy":{"name":"c","count":800}`)) + `]}`, "SS0003"},
	"deep nesting": {head + `"resources":[` + nestedIn(100, "d", "", account("a", "")) + `]}`, "SS0003"},
	"a long chain": {head + `"resources":[` + repeat(5000, func(i int) string {
		return account(fmt.Sprintf("s%d", i), fmt.Sprintf(`,"dependsOn":["s%d"]`, i+1))
	}) + `]}`, "SS0003"},
	"functions that double": {head + `"functions":[{"namespace":"n","members":{` + repeat(60, func(i int) string {
		return fmt.Sprintf(`"f%d":{"parameters":[{"name":"x","type":"int"}],"output":{"type":"int","value":"[add(n.f%d(parameters('x')), n.f%d(add(parameters('x'), 1)))]"}}`, i, i+1, i+1)
	}) + `,"f60":{"parameters":[{"name":"x","type":"int"}],"output":{"type":"int","value":1}}}}],"resources":[],"outputs":{"o":{"type":"int","value":"[n.f0(1)]"}}}`, "SS0003"},
	"lambdas in lambdas": {head + `"resources":[],"outputs":{"o":{"type":"array","value":"[map(range(0, 1000), lambda('a', map(range(0, 1000), lambda('b', map(range(0, 1000), lambda('c', 1))))))]"}}}`, "SS0003"},
	"loops that wait for loops": {head + `"resources":[` + repeat(12, func(i int) string {
		return account(fmt.Sprintf("[concat('a%dx', copyIndex())]", i), fmt.Sprintf(`,"copy":{"name":"c%d","count":800},"dependsOn":["c%d"]`, i, max(i-1, 0)))
	}) + `]}`, "SS0003"},
	"mistakes in each copy": {head + `"resources":[` + account("[concat('a', copyIndex())]", `,"copy":{"name":"c","count":800},"properties":{`+
		repeat(200, func(i int) string { return fmt.Sprintf(`"p%d":"[nosuch%d(copyIndex())]"`, i, i) })+`}`) + `]}`, "SS1010"},
	"misspelt variables": {head + `"variables":{` + repeat(990, func(i int) string { return fmt.Sprintf(`"variable%d":1`, i) }) + `},"resources":[` +
		account("a", `,"properties":{`+repeat(9000, func(i int) string { return fmt.Sprintf(`"p%d":"[variables('varable%d')]"`, i, i) })+`}`) + `]}`, "SS0003"},
	"types in a circle":     {head + `"languageVersion":"2.0","definitions":{"a":{"$ref":"#/definitions/b"},"b":{"$ref":"#/definitions/a"}},"parameters":{"p":{"$ref":"#/definitions/a"}},"resources":{}}`, "SS2031"},
	"a circle of variables": {head + `"variables":{"a":"[variables('b')]","b":"[variables('a')]"},"resources":[]}`, "SS1019"},
}

// maxHostileAllocations limits the allocations for one hostile template.
// Allocations grow with the values and findings of the expansion, and unlike
// time they do not depend on the load of the machine.
const maxHostileAllocations = 8_000_000

// TestHostile wants bounded work and a finding that says what was left out.
func TestHostile(t *testing.T) {
	for name, c := range hostile {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			tree := jsonc.Parse(source.NewFile("t.json", []byte(c.template)))
			d := Expand(arm.ParseTemplate(tree), Options{Context: oracleContext})
			runtime.ReadMemStats(&after)
			allocations := after.Mallocs - before.Mallocs
			if !hasCode(d.Diagnostics, diag.Code(c.finding)) {
				t.Errorf("no %s among %d findings, %d resources", c.finding, len(d.Diagnostics), len(d.Resources))
			}
			if allocations > maxHostileAllocations {
				t.Errorf("%d allocations; the limit is %d", allocations, maxHostileAllocations)
			}
			t.Logf("%d allocations, %d resources, %d findings", allocations, len(d.Resources), len(d.Diagnostics))
		})
	}
}

func hasCode(l diag.List, code diag.Code) bool {
	for _, d := range l {
		if d.Code == code {
			return true
		}
	}
	return false
}

// FuzzExpand wants no panic, whole trees, and every range inside its file.
func FuzzExpand(f *testing.F) {
	for _, c := range hostile {
		if len(c.template) < 2000 {
			f.Add([]byte(c.template))
		}
	}
	for _, a := range caseFile(f) {
		f.Add([]byte(a.Template))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		tree := jsonc.Parse(source.NewFile("t.json", text))
		for _, missing := range []Missing{Unknown, Error} {
			d := Expand(arm.ParseTemplate(tree), Options{Context: oracleContext, MissingParameters: missing,
				Limits: Limits{Resources: 500}, Links: noLinks})
			for _, r := range d.Resources {
				checkNode(t, r.Body)
			}
			for _, o := range d.Outputs {
				checkNode(t, o.Node)
			}
			for _, x := range d.Diagnostics {
				if x.Summary == "" || x.Code == "" || x.Rule == "" {
					t.Errorf("a finding that says nothing: %+v", x)
				}
			}
		}
	})
}

// checkNode wants parents, values and ranges to be consistent.
func checkNode(t *testing.T, n *Node) {
	if n.Value == nil {
		t.Fatalf("a node without a value at %s", n.Pointer())
	}
	if at := n.At(); at.File != nil && (at.Start > at.End || at.End > at.File.Len()) {
		t.Errorf("%s: place %d to %d is not in the file", n.Pointer(), at.Start, at.End)
	}
	n.Trail()
	for _, m := range n.Members {
		if m.Node.Parent() != n {
			t.Fatalf("%s: the member %s has another parent", n.Pointer(), m.Name)
		}
		checkNode(t, m.Node)
	}
	for _, item := range n.Items {
		if item.Parent() != n {
			t.Fatalf("%s: an item has another parent", n.Pointer())
		}
		checkNode(t, item)
	}
}
