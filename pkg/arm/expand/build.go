package expand

import (
	"strconv"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// node evaluates a value of the template. It never returns nil: a value that
// cannot be evaluated is reported, counted as broken, and unknown.
func (p *place) node(n jsonc.Node) *Node {
	if !p.f.run.spend(nodeCost, n.Range()) {
		return p.broken(n)
	}
	switch n := n.(type) {
	case *jsonc.Object:
		return p.object(n)
	case *jsonc.Array:
		return p.array(n)
	case *jsonc.String:
		return p.text(n)
	case *jsonc.Number:
		return literal(n, numberValue(n))
	case *jsonc.Bool:
		return literal(n, value.Bool(n.Value))
	case *jsonc.Null:
		return literal(n, value.Null{})
	}
	p.f.run.broken++ // the parser reported it
	return p.broken(n)
}

func literal(n jsonc.Node, v value.Value) *Node { return nodeOf(v, n.Range()) }

// nodeOf returns the node of a value that is written at a range.
func nodeOf(v value.Value, at source.Range) *Node {
	return &Node{Value: v, Written: at}
}

const notEvaluated = "it could not be evaluated"

// broken returns an unknown node for a value that could not be evaluated.
func (p *place) broken(n jsonc.Node) *Node {
	residual := "null()"
	if s, ok := n.(*jsonc.String); ok && expr.IsExpression(s.Value) {
		residual = s.Value[1 : len(s.Value)-1]
	}
	return literal(n, value.Unknown{Residual: residual, Reason: notEvaluated})
}

// text evaluates a string: an expression, or text with its escape.
func (p *place) text(s *jsonc.String) *Node {
	if p.plain {
		if residual, ok := p.placeholders[s]; ok {
			return literal(s, value.Unknown{Residual: residual, Reason: placeholderReason})
		}
		return literal(s, value.String(s.Value))
	}
	e := p.f.t.Expression(s)
	if e == nil {
		return literal(s, value.String(expr.Unescape(s.Value)))
	}
	placed, err := p.evaluate(e)
	if err != nil {
		p.f.run.fail(err, s.At)
		return p.broken(s)
	}
	if p.closed {
		return closed(placed, s.At)
	}
	return p.f.run.placed(placed, s.At)
}

// closed returns a node for a value without nodes for its parts.
func closed(p eval.Placed, written source.Range) *Node {
	if p.Origin == nil {
		p.Origin = &eval.Origin{At: written, Parts: p.Parts}
	}
	p.Origin = p.Origin.Asking(p.Rest)
	return &Node{Value: p.Value, origin: p.Origin, Written: written}
}

// maxFailures limits how often an expression in a loop is evaluated after it
// failed: each iteration makes the same mistake.
const maxFailures = 5

func (p *place) evaluate(e *arm.Expression) (eval.Placed, error) {
	placed, err := p.try(e)
	if err != nil && p.f.run.quiet == 0 {
		p.f.run.failures[e]++
	}
	return placed, err
}

func (p *place) try(e *arm.Expression) (eval.Placed, error) {
	if p.f.run.failures[e] >= maxFailures {
		return eval.Placed{}, eval.ErrReported
	}
	for _, d := range e.Diagnostics {
		if d.Severity < diag.Error {
			p.f.run.add(d)
		}
	}
	if e.Diagnostics.HasErrors() {
		for _, d := range e.Diagnostics {
			p.f.run.add(d)
		}
		return eval.Placed{}, eval.ErrReported
	}
	return eval.Eval(e.Node, p)
}

// placed builds the nodes of the result of an expression. written is the range
// of the expression.
func (r *run) placed(p eval.Placed, written source.Range) *Node {
	if p.Origin == nil {
		p.Origin = &eval.Origin{At: written, Parts: p.Parts}
	}
	p.Origin = p.Origin.Asking(p.Rest)
	cost := nodeCost
	for o := p.Origin.From; o != nil; o = o.From {
		cost++ // each part gets an origin for each hop
	}
	return r.open(p.Value, p.Origin, written, cost)
}

func (r *run) open(v value.Value, origin *eval.Origin, written source.Range, cost int) *Node {
	n := &Node{Value: v, origin: origin, Written: written}
	if !r.spend(cost, written) {
		return n
	}
	switch v := v.(type) {
	case value.Array:
		n.Items = make([]*Node, len(v))
		for i, item := range v {
			n.Items[i] = r.open(item, origin.Item(i), written, cost)
			n.Items[i].parent, n.Items[i].index = n, i
		}
	case *value.Object:
		n.Members = make([]Member, v.Len())
		for i, m := range v.Members() {
			o := origin.Member(m.Name)
			child := r.open(m.Value, o, written, cost)
			child.parent, child.index = n, i
			n.Members[i] = Member{Name: m.Name, Key: o.Key, Node: child}
		}
	}
	return n
}

func (p *place) array(a *jsonc.Array) *Node {
	n := &Node{Written: a.At, Items: make([]*Node, len(a.Elements))}
	for i, e := range a.Elements {
		n.Items[i] = p.node(e)
	}
	return n.closeArray(p.mirror)
}

// closeArray sets the value of an array from its items. With mirror, its origin
// has those of its items, for a value that expressions access by index.
func (n *Node) closeArray(mirror bool) *Node {
	values := make(value.Array, len(n.Items))
	for i, item := range n.Items {
		values[i] = item.Value
		item.parent, item.index = n, i
	}
	n.Value = values
	if mirror {
		n.origin = &eval.Origin{At: n.Written}
		n.origin.Items = make([]*eval.Origin, len(n.Items))
		for i, item := range n.Items {
			n.origin.Items[i] = item.Origin()
		}
	}
	return n
}

// closeObject is closeArray for an object and its members.
func (n *Node) closeObject(mirror bool) *Node {
	values := make([]value.Member, len(n.Members))
	for i, m := range n.Members {
		values[i] = value.Member{Name: m.Name, Value: m.Node.Value}
		m.Node.parent, m.Node.index = n, i
	}
	n.Value = value.NewObject(values...)
	if mirror {
		n.origin = &eval.Origin{At: n.Written}
		n.origin.Members = make(map[string]*eval.Origin, len(n.Members))
		for _, m := range n.Members {
			n.origin.Members[fold.Lower(m.Name)] = m.keyed()
		}
	}
	return n
}

// keyed returns the origin of a member with the range of its name.
func (m Member) keyed() *eval.Origin {
	o := m.Node.origin
	switch {
	case o == nil:
		return &eval.Origin{At: m.Node.Written, Key: m.Key}
	case o.Key == m.Key:
		return o
	}
	keyed := *o
	keyed.Key = m.Key
	return &keyed
}

func (p *place) object(o *jsonc.Object) *Node {
	b := objectBuilder{p: p, n: &Node{Written: o.At, Members: make([]Member, 0, len(o.Members))}}
	for _, m := range o.Members {
		if !p.plain && fold.Equal(m.Key.Value, "copy") && b.loops(m) {
			continue
		}
		if name, ok := b.name(m); ok {
			b.put(name, m)
		}
	}
	return b.n.closeObject(p.mirror)
}

// An objectBuilder collects the members of one object.
type objectBuilder struct {
	p *place
	n *Node
	// computed is set if a name came from an expression or a loop, so that
	// names may collide.
	computed bool
	at       map[string]int // members by name, once there are many
}

// name evaluates the name of a member.
func (b *objectBuilder) name(m *jsonc.Member) (string, bool) {
	if b.p.plain {
		return m.Key.Value, true
	}
	e := b.p.f.t.Expression(m.Key)
	if e == nil {
		return m.Key.Value, true // "[[" is not an escape in a name
	}
	b.computed = true
	placed, err := b.p.evaluate(e)
	if err != nil {
		b.p.f.run.fail(err, m.Key.At)
		return "", false
	}
	switch v := placed.Value.(type) {
	case value.String:
		return string(v), true
	case value.Unknown:
		if v.Kind == "" || v.Kind == "string" {
			return "[" + v.Residual + "]", true
		}
	}
	b.p.f.run.broken++
	b.p.f.run.errorf(CodeKey, RuleResource, m.Key.At, "a property name must be a string, but the expression returns %s", value.KindName(placed.Value))
	return "", false
}

// put adds a member. A name that is written twice with the same spelling
// replaces the earlier member; a computed name must not.
func (b *objectBuilder) put(name string, m *jsonc.Member) {
	if at := b.index(name); at >= 0 {
		if b.computed {
			b.collides(CodeKey, m.Key.At, name)
			return
		}
		b.n.Members[at] = Member{Name: name, Key: m.Key.At, Node: b.p.node(m.Value)}
		return
	}
	b.add(Member{Name: name, Key: m.Key.At, Node: b.p.node(m.Value)})
}

// scanUpTo is the number of members up to which a scan is faster than a map.
const scanUpTo = 16

func (b *objectBuilder) add(m Member) {
	b.n.Members = append(b.n.Members, m)
	switch n := len(b.n.Members); {
	case b.at != nil:
		b.at[m.Name] = n - 1
	case n > scanUpTo:
		b.at = make(map[string]int, 2*n)
		for i := range b.n.Members {
			b.at[b.n.Members[i].Name] = i
		}
	}
}

// index returns the index of the member with exactly the name, or -1.
func (b *objectBuilder) index(name string) int {
	if b.at != nil {
		if i, ok := b.at[name]; ok {
			return i
		}
		return -1
	}
	for i := range b.n.Members {
		if b.n.Members[i].Name == name {
			return i
		}
	}
	return -1
}

func (b *objectBuilder) collides(code diag.Code, at source.Range, name string) {
	b.p.f.run.broken++
	b.p.f.run.errorf(code, RuleResource, at, "the property '%s' is defined twice", name)
}

// numberValue converts a number as the deployment service does: to a 64-bit
// integer, or to a number that is only passed on.
func numberValue(n *jsonc.Number) value.Value {
	text := n.Decimal()
	if i, err := strconv.ParseInt(text, 10, 64); err == nil {
		return value.Int(i)
	}
	return value.Number{Text: text}
}
