package lint

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/expand"
)

// Calls reports whether an expression that a value was made by calls one of the
// functions, such as uniqueString: then the value may depend on where the
// template is deployed to.
func Calls(n *expand.Node, functions ...string) bool {
	if n == nil {
		return false
	}
	var calls []string
	for _, f := range functions {
		calls = append(calls, strings.ToLower(f)+"(")
	}
	// A search looks at an origin that many parts share once: there can be
	// exponentially many ways to it.
	return eval.NewSearch(func(o *eval.Origin) bool {
		text := strings.ToLower(o.At.Text())
		return slices.ContainsFunc(calls, func(call string) bool { return strings.Contains(text, call) })
	}).Any(n.Origin())
}

// Location returns the location of a resource; ok is false when it is not known, a
// placeholder, or the assumed one of the resource group.
func (p *Pass) Location(r *expand.Resource) (at *expand.Node, location string, ok bool) {
	at = r.Body.Get("location")
	location, ok = at.Text()
	if !ok || location == "" || at.NeedsValue() || p.Assumed(location) {
		return at, location, false
	}
	return at, location, location != p.Template.AssumedLocation || !Calls(at, "resourceGroup", "deployment")
}
