// Package references holds the rules about ids in resources, and about what the
// resources that they name must be: codes SS32xx. Package azure/references says
// what each property must name.
package references

import (
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/azure/references"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// Rules are the rules of the family, in the order of their codes.
func Rules() []*lint.Rule {
	return []*lint.Rule{referenceForm, referenceType, roleDefinitionID, identityID, roleDefinitionUnknown, roleAssignmentRepeats, roleClientID, addressInUse, regionMismatch, reservedSubnet, imageState, natGatewayBasic, subnetRules, attachedTwice, machineNetworks, otherBalancer, natGatewayNetworks, peeringGateways}
}

// A use is a property that refers to a resource.
type use struct {
	by   *expand.Resource
	at   *expand.Node
	what references.Reference
	path []string
	ref  vmss.Ref
}

// sameUser reports whether both uses are of one resource: a nested deployment often
// deploys a resource again to change it.
func (u use) sameUser(other use) bool {
	return u.by == other.by || u.by.ID != "" && fold.Equal(u.by.ID, other.by.ID)
}

// name is how messages call the property, such as subnet.id.
func (u use) name() string {
	last := u.path[len(u.path)-1]
	if equal(last, "id") && len(u.path) > 1 {
		return u.path[len(u.path)-2] + "." + last
	}
	return last
}

// refersTo is the type of what it names; "" when that is not known.
func (u use) refersTo() string { return u.ref.Path().Type }

// A finder visits the references of resources.
type finder struct {
	visit func(use)
	by    *expand.Resource
	path  []string
}

type usesKey struct{}

// each visits the references of all resources of a template.
func each(p *lint.Pass, visit func(use)) {
	uses := lint.Once(p, usesKey{}, func() []use {
		var all []use
		f := finder{visit: func(u use) {
			u.ref = p.Deployment.Ref(u.at)
			all = append(all, u)
		}}
		for _, r := range p.Deployment.Expanded.Resources {
			f.by, f.path = r, f.path[:0]
			f.below(r.Body.Get("properties"))
		}
		return all
	})
	for _, u := range uses {
		visit(u)
	}
}

// below visits what an object or array holds. The depth is that of JSON, which
// the parser bounds.
func (f *finder) below(n *expand.Node) {
	if n == nil {
		return
	}
	for _, m := range n.Members {
		f.member(m)
	}
	for _, item := range n.Items {
		f.below(item)
	}
}

func (f *finder) member(m expand.Member) {
	if m.Node == nil {
		return
	}
	name := m.Name
	if _, list := m.Node.Value.(value.Array); list {
		name += "[]"
	}
	if !fold.Equal(m.Name, "properties") {
		f.path = append(f.path, name)
		defer func() { f.path = f.path[:len(f.path)-1] }()
	}
	if len(m.Node.Members) > 0 || len(m.Node.Items) > 0 {
		f.below(m.Node)
		if len(m.Node.Items) == 0 || !mayList(m.Name) {
			return
		}
		if what, ok := references.Of(f.by.Type, f.path); ok {
			for _, item := range m.Node.Items {
				if len(item.Members) == 0 {
					f.visit(use{by: f.by, at: item, what: what, path: slices.Clone(f.path)})
				}
			}
		}
		return
	}
	if len(f.path) == 0 || !mayRefer(m.Name) {
		return
	}
	if what, ok := references.Of(f.by.Type, f.path); ok {
		f.visit(use{by: f.by, at: m.Node, what: what, path: slices.Clone(f.path)})
	}
}

// mayList is a quick look at the name of a list of ids.
func mayList(name string) bool {
	return fold.Equal(name, "scopes") || fold.Equal(name, "actionGroups")
}

// mayRefer is a quick look at the name of a member.
func mayRefer(name string) bool {
	return len(name) > 1 && (fold.Equal(name[len(name)-2:], "id") || fold.Equal(name, "userAssignedIdentity") || len(name) > 2 && fold.Equal(name[len(name)-3:], "uri"))
}

// passed reports a value that is the one of a parameter, as it is: a text there
// may be a placeholder.
func passed(p *lint.Pass, n *expand.Node) bool {
	if p.Written(n) != nil {
		return false
	}
	written := fold.Lower(strings.ReplaceAll(n.Written.Text(), " ", ""))
	return strings.HasPrefix(written, `"[parameters(`) || strings.HasPrefix(written, `"[variables(`)
}

// A once reports each place once, however many copies share it.
type once map[source.Range]bool

func (o once) first(n *expand.Node) bool {
	if o[n.At()] {
		return false
	}
	o[n.At()] = true
	return true
}

const longest = 60 // characters of an id in a message

func quote(text string) string {
	if r := []rune(text); len(r) > longest {
		text = string(r[:longest/2]) + "…" + string(r[len(r)-longest/2:])
	}
	return fmt.Sprintf("%q", text)
}

// oneOf lists types for a message.
func oneOf(types []string) string {
	switch len(types) {
	case 1:
		return types[0]
	case 2:
		return types[0] + " or " + types[1]
	}
	return strings.Join(types[:len(types)-1], ", ") + " or " + types[len(types)-1]
}

// typeOf is the type that a reference names; "" when that is not known.
func typeOf(p *lint.Pass, n *expand.Node) (vmss.Ref, string) {
	ref := p.Deployment.Ref(n)
	return ref, ref.Path().Type
}

func equal(a, b string) bool { return fold.Equal(a, b) }
