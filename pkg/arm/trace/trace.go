package trace

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// A Trace explains where one value comes from.
type Trace struct {
	Node *expand.Node
	// Resource is the resource that the value belongs to; nil for an output.
	Resource *expand.Resource
	Output   string // name of the output, "" for a value of a resource
	// Hops are the steps of the value, from where it is written to where it has
	// to be changed.
	Hops []Hop
	// Around are the loops and nested deployments that contain the value, the
	// innermost first.
	Around []diag.Step
	// Needs are the facts that are known only at deployment.
	Needs []Need
}

// A Hop is one place that a value passed through. The inputs of an expression
// are one level deeper.
type Hop struct {
	Depth int
	Step  diag.Step
	// Text is the source text at the place of the step.
	Text string
}

// A Need is an unknown value that a value depends on.
type Need struct {
	Pointer    string // of the unknown value, which may be a part of the traced one
	Expression string // the remaining expression, such as reference('...').fqdn
	Reason     string
}

const (
	// maxHops limits the hops of a trace; expressions can have thousands of
	// parts.
	maxHops  = 200
	maxNeeds = 50
)

// Of traces a value.
func Of(n *expand.Node) Trace {
	t := Trace{Node: n}
	t.hop(0, diag.Step{Kind: writtenAs(n), Place: n.Written})
	t.follow(n.Origin(), 1)
	t.around(n)
	t.need(n)
	return t
}

func writtenAs(n *expand.Node) diag.StepKind {
	text := n.Written.Text()
	switch {
	case strings.HasPrefix(text, `"[`) && !strings.HasPrefix(text, `"[[`):
		return diag.ExpressionStep
	case n.Written.IsZero():
		return diag.EngineStep
	}
	return diag.WrittenStep
}

func (t *Trace) hop(depth int, step diag.Step) {
	if len(t.Hops) > 0 {
		if last := &t.Hops[len(t.Hops)-1]; last.Step.Place == step.Place && step.Kind == diag.ValueStep {
			return // the place of the previous hop
		}
	}
	if len(t.Hops) < maxHops {
		t.Hops = append(t.Hops, Hop{Depth: depth, Step: step, Text: step.Place.Text()})
	}
}

// follow adds the hops back from a value to what it was computed from.
func (t *Trace) follow(o *eval.Origin, depth int) {
	for ; o != nil && len(t.Hops) < maxHops; o = o.From {
		if !o.Hop.IsZero() {
			t.hop(depth, o.Hop)
			depth++
		}
		if o.From != nil {
			continue // it has the same parts
		}
		if len(o.Parts) == 0 && !o.At.IsZero() {
			t.hop(depth, diag.Step{Kind: diag.ValueStep, Place: o.At})
		} else if o.Hop.IsZero() && !o.At.IsZero() && depth > 1 {
			t.hop(depth-1, diag.Step{Kind: diag.ComputedStep, Place: o.At})
		}
		for _, part := range o.Parts {
			t.follow(part, depth)
		}
	}
}

// around adds the steps of the trail for the loops and deployments around the
// value: the last ones, which its own origin does not have.
func (t *Trace) around(n *expand.Node) {
	t.Around = n.Around()
}

// need lists the unknown values in the value and in its parts.
func (t *Trace) need(n *expand.Node) {
	if len(t.Needs) >= maxNeeds {
		return
	}
	if u, ok := n.Value.(value.Unknown); ok {
		t.Needs = append(t.Needs, Need{Pointer: n.Pointer(), Expression: u.Residual, Reason: u.Reason})
		return
	}
	for _, m := range n.Members {
		t.need(m.Node)
	}
	for _, i := range n.Items {
		t.need(i)
	}
}
