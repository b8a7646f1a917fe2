package expand

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

const unknownCopies = "the number of copies is not known"

// count evaluates the count of a loop. If the count is known only at deployment
// or depends on a parameter without a value, unknown is its expression. ok is
// false after a finding.
func (p *place) count(c *arm.Copy) (count int, unknown string, ok bool) {
	before := p.f.run.broken
	n := p.node(c.Count)
	if p.f.run.broken > before {
		return 0, "", false
	}
	switch v := n.Value.(type) {
	case value.Unknown:
		return 0, v.Residual, true
	case value.Int:
		if v >= 0 && v <= arm.MaxCopies {
			return int(v), "", true
		}
		p.badCount(n, value.JSON(v))
	default:
		p.badCount(n, value.JSON(v))
	}
	return 0, "", false
}

func (p *place) badCount(n *Node, got string) {
	p.f.run.broken++
	if len(got) > 60 {
		got = got[:60] + "..."
	}
	p.f.run.errorf(CodeCopyCount, RuleCopy, n.At(), "the count of the copy loop is %s; it must be an integer from 0 to %d", got, arm.MaxCopies)
}

// loopName evaluates the name of a loop.
func (p *place) loopName(c *arm.Copy) (string, bool) {
	n := asText(p.node(c.Name), c.Name)
	if s, ok := n.Text(); ok {
		return s, true
	}
	if _, unknown := n.Value.(value.Unknown); !unknown {
		p.f.run.broken++
		p.f.run.errorf(CodeKey, RuleCopy, n.At(), "the name of a copy loop must be a string, not %s", value.KindName(n.Value))
	}
	return "", false
}

// countPlace returns the place, for the rules about functions, of the count of
// a loop inside this place.
func (p *place) countPlace() funcs.Where {
	if p.where == funcs.InVariable || p.where == funcs.InOutput {
		return p.where
	}
	return header
}

// loops unrolls the loops of a member "copy". It returns false if the member
// contains no loops and is an ordinary property.
func (b *objectBuilder) loops(m *jsonc.Member) bool {
	a, ok := m.Value.(*jsonc.Array)
	if !ok || len(a.Elements) == 0 {
		return false
	}
	copies := make([]*arm.Copy, len(a.Elements))
	for i, e := range a.Elements {
		o, ok := e.(*jsonc.Object)
		if !ok {
			return false
		}
		copies[i] = arm.NewCopy(o)
		if copies[i].Name == nil || copies[i].Input == nil {
			return false
		}
	}
	for _, c := range copies {
		b.loop(c)
	}
	return true
}

func (b *objectBuilder) loop(c *arm.Copy) {
	name, ok := b.p.in(header, forbid).loopName(c)
	if !ok {
		return
	}
	if at := nestedLoop(c.Input); at != nil {
		b.p.f.run.broken++
		b.p.f.run.errorf(CodeCopyNested, RuleCopy, at.Range(), "the copy loop '%s' has another copy loop in its input, which Azure does not support", name)
		return
	}
	if b.index(name) >= 0 {
		b.collides(CodeCopyCollision, c.Name.Range(), name)
		return
	}
	n := b.p.unroll(c, name)
	b.computed = true
	b.add(Member{Name: name, Key: c.Name.Range(), Node: n})
}

// unroll evaluates the input of a property, variable or output loop.
func (p *place) unroll(c *arm.Copy, name string) *Node {
	if c.Count == nil {
		p.f.run.broken++
		p.f.run.errorf(arm.CodeCopy, RuleCopy, c.Node.At, "the copy loop '%s' has no 'count'", name)
		return p.broken(c.Input)
	}
	if at := nestedLoop(c.Input); at != nil && !p.f.run.opts.Literal {
		p.f.run.broken++
		p.f.run.errorf(CodeCopyNested, RuleCopy, at.Range(), "the copy loop '%s' has another copy loop in its input, which Azure does not support", name)
		return p.broken(c.Input)
	}
	count, text, ok := p.in(p.countPlace(), forbid).count(c)
	switch {
	case !ok:
		return p.broken(c.Input)
	case text != "": // an array of the same length
		return literal(c.Input, value.Unknown{Residual: "range(0, " + text + ")", Reason: unknownCopies})
	}
	n := &Node{Written: c.Node.At, Items: make([]*Node, 0, count)}
	for i := range count {
		q := p.with(loop{name: name, index: i, implicit: name == "", property: name != ""})
		item := q.node(c.Input)
		step := diag.Step{Kind: diag.CopyStep, Name: name, Index: i, Place: c.Node.At}
		if p.mirror {
			item.origin = item.Origin().Through(step)
		} else {
			item.outside = &outside{around: &around{step: step}}
		}
		n.Items = append(n.Items, item)
	}
	return n.closeArray(p.mirror)
}

// nestedLoop returns a loop within the input of a loop, or nil.
func nestedLoop(n jsonc.Node) jsonc.Node {
	switch n := n.(type) {
	case *jsonc.Object:
		for _, m := range n.Members {
			if strings.EqualFold(m.Key.Value, "copy") && isLoopArray(m.Value) {
				return m.Key
			}
			if at := nestedLoop(m.Value); at != nil {
				return at
			}
		}
	case *jsonc.Array:
		for _, e := range n.Elements {
			if at := nestedLoop(e); at != nil {
				return at
			}
		}
	}
	return nil
}

func isLoopArray(n jsonc.Node) bool {
	a, ok := n.(*jsonc.Array)
	if !ok || len(a.Elements) == 0 {
		return false
	}
	o, ok := a.Elements[0].(*jsonc.Object)
	return ok && o.Get("name") != nil && o.Get("input") != nil
}
