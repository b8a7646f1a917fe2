package expand

import (
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A Node is one value of an expanded resource, with the place to change and
// the way it came. Methods on a nil Node answer "absent", so that paths can be
// followed without checks. Nodes are never changed once the deployment is built.
type Node struct {
	Value   value.Value // the whole value; Unknown when only the deployment can answer
	Members []Member    // of an object, in order
	Items   []*Node     // of an array
	Origin  *eval.Origin
	// Written is where the template writes this value or the expression that
	// gave it: the same as At for a literal.
	Written source.Range

	parent *Node
	name   string // in parent, when an object
	index  int    // in parent, when an array
	root   string // JSON pointer of the declared resource, for the top node
	around *around
}

// An around tells what a node and all below it stand in: a round of a copy
// loop, a nested deployment.
type around struct {
	step  diag.Step
	outer *around
}

// A Member is one name and value of an expanded object.
type Member struct {
	Name string
	Key  source.Range // of the name as written; may be zero
	Node *Node
}

// Exists reports whether the value is there at all (it may be null or unknown).
func (n *Node) Exists() bool { return n != nil }

// Known reports whether the value is there and is not unknown itself (parts of it may be).
func (n *Node) Known() bool {
	if n == nil {
		return false
	}
	_, unknown := n.Value.(value.Unknown)
	return !unknown
}

// Get follows names, ignoring case, through objects; nil where one is absent.
// When the way leads through an unknown value, the unknown node is given.
func (n *Node) Get(path ...string) *Node {
	for _, name := range path {
		if n == nil || !n.Known() {
			return n
		}
		var next *Node
		for i := range n.Members {
			if strings.EqualFold(n.Members[i].Name, name) {
				next = n.Members[i].Node // the last one wins, as in the engine
			}
		}
		n = next
	}
	return n
}

// Text is the text when it is a known string.
func (n *Node) Text() (string, bool) {
	if n == nil {
		return "", false
	}
	s, ok := n.Value.(value.String)
	return string(s), ok
}

// Int is the number when it is a known integer, or a known string that spells
// one, as the service accepts in old templates.
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

// Bool is the truth when it is a known bool, or a known string that spells
// one, as the service accepts in old templates.
func (n *Node) Bool() (b, ok bool) {
	if n == nil {
		return false, false
	}
	switch v := n.Value.(type) {
	case value.Bool:
		return bool(v), true
	case value.String:
		switch {
		case strings.EqualFold(string(v), "true"):
			return true, true
		case strings.EqualFold(string(v), "false"):
			return false, true
		}
	}
	return false, false
}

// At is the text to change in order to change the value: a literal in the
// template, in a parameter file, in a default, in a variable.
func (n *Node) At() source.Range {
	if n == nil {
		return source.Range{}
	}
	if n.Origin != nil && !n.Origin.At.IsZero() {
		return n.Origin.At
	}
	return n.Written
}

// KeyAt is the range of the name under which the value stands, or At when it has none.
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

// Pointer is the JSON pointer of the value: that of the declared resource in
// its template file, then the path inside the expanded resource.
func (n *Node) Pointer() string {
	if n == nil {
		return ""
	}
	if n.parent == nil {
		return n.root
	}
	if _, inArray := n.parent.Value.(value.Array); inArray {
		return n.parent.Pointer() + "/" + strconv.Itoa(n.index)
	}
	return n.parent.Pointer() + "/" + jsonc.PointerToken(n.name)
}

// IsMember reports whether the node is the value of a member with the name,
// ignoring case.
func (n *Node) IsMember(name string) bool {
	return n != nil && n.parent != nil && strings.EqualFold(n.name, name)
}

// Place is the node itself: what a finding can point at answers to Place.
func (n *Node) Place() *Node { return n }

// Parent is the object or array that holds the node; nil at the top.
func (n *Node) Parent() *Node {
	if n == nil {
		return nil
	}
	return n.parent
}

// AwaitsValue reports a value that an empty default is part of, or an empty value
// in a parameter file for a parameter without a default. At deployment such a
// template gives a value.
func (n *Node) AwaitsValue() bool { return n != nil && awaitsValue(n.Origin) }

// awaitsValue reports whether an empty literal within a default, or within a
// value of a parameter file, is among what a value was made from.
func awaitsValue(o *eval.Origin) bool {
	if o == nil || o.From == nil && len(o.Parts) == 0 && o.Hop.Kind != diag.DefaultStep {
		return false // a literal, which most values are
	}
	empty := eval.NewSearch(func(o *eval.Origin) bool {
		if o.From != nil {
			return false
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

// Trail tells how the value came to be, nearest hop first: the parameters,
// defaults and variables that it went through, of a computed value those in its
// expression, then the copy loops and nested deployments that it stands in. It
// is empty for a literal in a resource of the root template that is declared once.
func (n *Node) Trail() []diag.Step {
	if n == nil {
		return nil
	}
	return appendAround(appendTrail(nil, n.Origin), n)
}

// Around are the last steps of the trail: the copy loops and nested deployments
// that the value stands in, the innermost first.
func (n *Node) Around() []diag.Step { return appendAround(nil, n) }

func appendAround(steps []diag.Step, n *Node) []diag.Step {
	for p := n; p != nil; p = p.parent {
		for a := p.around; a != nil && len(steps) < maxTrail; a = a.outer {
			steps = append(steps, a.step)
		}
	}
	return steps
}

// maxTrail is the most steps of a trail: more help nobody.
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
