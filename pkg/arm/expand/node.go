package expand

import (
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A Node is one value of an expanded resource, with its range in the source and
// its origin. Methods on a nil Node treat it as absent, so paths can be
// followed without checks. Nodes do not change once the deployment is built.
type Node struct {
	Value   value.Value // the whole value; Unknown if it is known only at deployment
	Members []Member    // of an object, in order
	Items   []*Node     // of an array
	// Written is the range in the template of this value or of the expression
	// that produced it: the same as At for a literal.
	Written source.Range

	origin  *eval.Origin // nil for a literal, which is written at Written
	parent  *Node
	index   int      // in the members or items of parent
	outside *outside // nil for most
}

// An outside is what is not said by the parent of a node.
type outside struct {
	root   string // JSON pointer of the declared resource, for the top node
	around *around
}

// An around describes what contains a node and all below it: an iteration of a
// copy loop or a nested deployment.
type around struct {
	step  diag.Step
	outer *around
}

// A Member is a name and a value of an expanded object.
type Member struct {
	Name string
	Key  source.Range // of the name as written; may be zero
	Node *Node
}

// Origin returns where the value was written and how it got to its place.
func (n *Node) Origin() *eval.Origin {
	if n.origin == nil {
		return &eval.Origin{At: n.Written} // few literals of resources are asked
	}
	return n.origin
}

// Exists reports whether the value is present (it may be null or unknown).
func (n *Node) Exists() bool { return n != nil }

// Known reports whether the value is present and not unknown itself (its parts
// may be).
func (n *Node) Known() bool {
	if n == nil {
		return false
	}
	_, unknown := n.Value.(value.Unknown)
	return !unknown
}

// Get follows names, ignoring case, through objects and returns the value, or
// nil if a name is absent. If the path leads through an unknown value, it
// returns the unknown node.
func (n *Node) Get(path ...string) *Node {
	for _, name := range path {
		if n == nil || !n.Known() {
			return n
		}
		var next *Node
		first := fold.First(name)
		for i := range n.Members {
			// Names of different length are different: no letter of ASCII is the same
			// as one outside of it, as in the deployment service.
			if m := &n.Members[i]; len(m.Name) == len(name) && fold.First(m.Name) == first && fold.Equal(m.Name, name) {
				next = m.Node // the last one counts, as in the deployment service
			}
		}
		n = next
	}
	return n
}

// Text returns the text of a known string.
func (n *Node) Text() (string, bool) {
	if n == nil {
		return "", false
	}
	s, ok := n.Value.(value.String)
	return string(s), ok
}

// Int returns the value of a known integer, or of a known string that spells
// one, as Azure accepts in old templates.
func (n *Node) Int() (int64, bool) {
	if n == nil {
		return 0, false
	}
	switch v := n.Value.(type) {
	case value.Int:
		return int64(v), true
	case value.String:
		i, err := strconv.ParseInt(strings.TrimSpace(string(v)), 10, 64)
		return i, err == nil
	case value.Number:
		f, ok := v.Float()
		return int64(f), ok && f == float64(int64(f))
	}
	return 0, false
}

// Bool returns the value of a known bool, or of a known string that spells one,
// as Azure accepts in old templates.
func (n *Node) Bool() (b, ok bool) {
	if n == nil {
		return false, false
	}
	switch v := n.Value.(type) {
	case value.Bool:
		return bool(v), true
	case value.String:
		switch {
		case fold.Equal(string(v), "true"):
			return true, true
		case fold.Equal(string(v), "false"):
			return false, true
		}
	}
	return false, false
}

// At returns the range of the text to change in order to change the value: a
// literal in the template, in a parameter file, in a default or in a variable.
func (n *Node) At() source.Range {
	if n == nil {
		return source.Range{}
	}
	if n.origin != nil && !n.origin.At.IsZero() {
		return n.origin.At
	}
	return n.Written
}

// KeyAt returns the range of the name of the value, or At if it has none.
func (n *Node) KeyAt() source.Range {
	if n == nil {
		return source.Range{}
	}
	if p := n.parent; p != nil {
		for i := range p.Members {
			if p.Members[i].Node == n && !p.Members[i].Key.IsZero() {
				return p.Members[i].Key
			}
		}
	}
	return n.At()
}

// Pointer returns the JSON pointer of the value: that of the declared resource
// in its template file, followed by the path in the expanded resource.
func (n *Node) Pointer() string {
	if n == nil {
		return ""
	}
	if n.parent == nil {
		if n.outside == nil {
			return ""
		}
		return n.outside.root
	}
	if _, inArray := n.parent.Value.(value.Array); inArray {
		return n.parent.Pointer() + "/" + strconv.Itoa(n.index)
	}
	return n.parent.Pointer() + "/" + jsonc.PointerToken(n.name())
}

// name returns the name of a member of parent; "" for an item.
func (n *Node) name() string {
	if n.index >= len(n.parent.Members) {
		return ""
	}
	return n.parent.Members[n.index].Name
}

// IsMember reports whether the node is the value of a member with the name,
// ignoring case.
func (n *Node) IsMember(name string) bool {
	return n != nil && n.parent != nil && fold.Equal(n.name(), name)
}

// Place returns the node itself, so that a Node can be passed where a finding
// needs a place.
func (n *Node) Place() *Node { return n }

// Parent returns the object or array that contains the node; nil at the top.
func (n *Node) Parent() *Node {
	if n == nil {
		return nil
	}
	return n.parent
}

// NeedsValue reports whether the value depends on an empty default, on the null
// of a nullable parameter without a value, or on an empty value in a parameter
// file for a parameter without a default. A deployment of such a template has to
// pass a value.
func (n *Node) NeedsValue() bool { return n != nil && needsValue(n.origin) }

// needsValue reports whether a value was computed from an empty literal in a
// default or in a parameter file.
func needsValue(o *eval.Origin) bool {
	if o == nil || o.From == nil && len(o.Parts) == 0 && o.Hop.Kind != diag.DefaultStep {
		return false // a literal, like most values
	}
	empty := eval.NewSearch(func(o *eval.Origin) bool {
		if o.From != nil {
			return false
		}
		if o.Hop.Kind == diag.DefaultStep {
			return true // the null of a nullable parameter without a default
		}
		switch o.At.Text() {
		case `""`, `{}`, `[]`, `null`:
			return true
		}
		return false
	})
	return eval.NewSearch(func(o *eval.Origin) bool {
		return (o.Hop.Kind == diag.DefaultStep || o.Hop.Kind == diag.FileStep && o.Hop.Required) && empty.Any(o)
	}).Any(o)
}

// Trail returns the steps by which the value was produced, nearest first: the
// parameters, defaults and variables that it passed through, for a computed
// value those in its expression, then the copy loops and nested deployments
// that contain it. It is empty for a literal in a resource of the root template
// that is declared once.
func (n *Node) Trail() []diag.Step {
	if n == nil {
		return nil
	}
	return appendAround(appendTrail(nil, n.origin), n)
}

// Around returns the last steps of the trail: the copy loops and nested
// deployments that contain the value, the innermost first.
func (n *Node) Around() []diag.Step { return appendAround(nil, n) }

func appendAround(steps []diag.Step, n *Node) []diag.Step {
	for p := n; p != nil; p = p.parent {
		if p.outside == nil {
			continue
		}
		for a := p.outside.around; a != nil && len(steps) < maxTrail; a = a.outer {
			steps = append(steps, a.step)
		}
	}
	return steps
}

// maxTrail limits the steps of a trail; longer ones are unreadable.
const maxTrail = 40

func appendTrail(steps []diag.Step, o *eval.Origin) []diag.Step {
	for ; o != nil && len(steps) < maxTrail; o = o.From {
		if !o.Hop.IsZero() {
			steps = append(steps, o.Hop)
		}
		if o.From != nil {
			continue // it has the same parts
		}
		for _, part := range o.Parts {
			steps = appendTrail(steps, part)
		}
	}
	return steps
}
