package lint

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/expand"
)

// maxHops is how many hops of a value Calls follows.
const maxHops = 64

// Calls reports whether an expression that a value was made by calls one of the
// functions, such as uniqueString: then the value may depend on where the
// template is deployed to.
func Calls(n *expand.Node, functions ...string) bool {
	return n != nil && slices.ContainsFunc(functions, func(f string) bool { return calls(n.Origin, strings.ToLower(f)+"(", maxHops) })
}

func calls(o *eval.Origin, call string, depth int) bool {
	if o == nil || depth == 0 {
		return false
	}
	return strings.Contains(strings.ToLower(o.At.Text()), call) || calls(o.From, call, depth-1) ||
		slices.ContainsFunc(o.Parts, func(p *eval.Origin) bool { return calls(p, call, depth-1) })
}

// Location is the location of a resource; ok is false when it is not known, a
// placeholder, or the assumed one of the resource group.
func (p *Pass) Location(r *expand.Resource) (at *expand.Node, location string, ok bool) {
	at = r.Body.Get("location")
	location, ok = at.Text()
	if !ok || location == "" || at.NeedsValue() || p.Assumed(location) {
		return at, location, false
	}
	return at, location, location != p.Template.AssumedLocation || !Calls(at, "resourceGroup", "deployment")
}
