package funcs

import (
	"slices"

	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
)

// docs is the address of the documentation of the functions.
const docs = "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-"

// bicepFunctions documents functions that Bicep writes into templates and that
// the documentation of templates does not list yet.
const bicepFunctions = "https://github.com/Azure/bicep/blob/main/src/Bicep.Core/Semantics/Namespaces/SystemNamespaceType.cs"

// table has all functions, sorted by [compareFold].
var table = lazy.Value[[]*Func]{Of: func() []*Func {
	families := [][]Func{
		arrayFuncs, cidrFuncs, comparisonFuncs, dateFuncs, deploymentFuncs, lambdaFuncs,
		logicalFuncs, numericFuncs, objectFuncs, resourceFuncs, scopeFuncs, stringFuncs,
	}
	var all []*Func
	for _, family := range families {
		for i := range family {
			all = append(all, &family[i])
		}
	}
	slices.SortFunc(all, func(a, b *Func) int { return compareFold(a.Name, b.Name) })
	return all
}}

// All returns every function, sorted by name ignoring case. The caller must not
// change the slice or the functions.
func All() []*Func { return table.Get() }

// Lookup returns the function with a name, ignoring case; ok is false if there
// is none.
func Lookup(name string) (*Func, bool) {
	if f := spelled.Get()[name]; f != nil {
		return f, true
	}
	all := table.Get()
	i, ok := slices.BinarySearchFunc(all, name, func(f *Func, name string) int { return compareFold(f.Name, name) })
	if !ok {
		return nil, false
	}
	return all[i], true
}

// spelled has all functions by their names as documented, the usual spelling.
var spelled = lazy.Value[map[string]*Func]{Of: func() map[string]*Func {
	all := make(map[string]*Func, len(table.Get()))
	for _, f := range table.Get() {
		all[f.Name] = f
	}
	return all
}}

// compareFold compares ASCII text ignoring case.
func compareFold(a, b string) int {
	for i := 0; i < len(a) && i < len(b); i++ {
		if x, y := lower(a[i]), lower(b[i]); x != y {
			return int(x) - int(y)
		}
	}
	return len(a) - len(b)
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// Nearest returns the function name that is closest to name, or "" if none is
// close.
func Nearest(name string) string { return nearest.InCatalog(name, names.Get()) }

var names = lazy.Value[[]string]{Of: func() []string {
	var all []string
	for _, f := range table.Get() {
		all = append(all, f.Name)
	}
	return all
}}
