package expand

import (
	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/funcs"
	"github.com/scaleset/scaleset/pkg/value"
)

const unknownCopies = "the number of copies is not known"

// count evaluates the count of a loop. When only the deployment, or a parameter
// without a value, can tell, unknown is the expression for it; ok is false
// after a finding.
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
	n := p.node(c.Name)
	if s, ok := n.Text(); ok {
		return s, true
	}
	if _, unknown := n.Value.(value.Unknown); !unknown {
		p.f.run.broken++
		p.f.run.errorf(CodeKey, RuleCopy, n.At(), "the name of a copy loop must be a string, not %s", value.KindName(n.Value))
	}
	return "", false
}

// countPlace is where the count of a loop inside this place stands.
func (p *place) countPlace() funcs.Where {
	if p.where == funcs.InVariable || p.where == funcs.InOutput {
		return p.where
	}
	return header
}
