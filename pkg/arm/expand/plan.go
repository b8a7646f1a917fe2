package expand

import (
	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/grammar"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
)

// A Unit is one template as the service validates it: the root template, or
// that of a nested deployment. Names mean resources of their own unit alone.
type Unit struct {
	Template *arm.Template
	// Deployment is the nested deployment whose template this is; nil for the
	// root.
	Deployment *Instance
	// Name is that of the deployment; "" when it is not known.
	Name   string
	Target Target
	// Instances are all resources after their loops, in the order of the
	// text, children after their parents, those that a false condition removes
	// among them.
	Instances []*Instance
	// Loops are the copy loops of resources, those without a round included.
	Loops []*Loop
	// Calls are those of the outputs.
	Calls []*Call
	// Incomplete says that a mistake keeps a declared resource from being an
	// instance: what the unit lacks may be that one.
	Incomplete bool
	// Guessed says that the template was found by its uri: what is deployed
	// may be another version of it.
	Guessed bool
}

// A Loop is the copy loop of a resource.
type Loop struct {
	Name     string
	Declared *arm.Resource
	// Unknown says that the number of rounds is not known.
	Unknown bool
}

// An Instance is one resource of a unit: one round of its loop. What is not
// known of it is empty.
type Instance struct {
	Unit     *Unit
	Declared *arm.Resource
	// Parent is the resource in whose `resources` it is written; nil at the top.
	Parent *Instance
	// Symbol is the symbolic name, "name[0]" for a copy; Loop the loop that
	// made it, nil for a child.
	Symbol string
	Loop   *Loop
	State  State
	// Type and Name are full, such as a.b/c/d and x/y. Expression is the id as
	// an expression when it is not known offline.
	Type, Name, ID, Expression string
	// NameNode and Version are the evaluated name and apiVersion as declared.
	NameNode, Version *Node
	// DependsOn are the evaluated elements of dependsOn.
	DependsOn []*Node
	// Calls are those in what the resource sends, each as often as evaluated.
	Calls []*Call
	// Broken says that a part of it could not be evaluated, which is a finding.
	Broken bool
	// Repeated says that it stands for a number of copies that is not known.
	Repeated bool
	// Target is where a nested deployment deploys to, ScopeText its `scope`
	// when that is known; Inner its template, nil
	// when that is not known.
	Target    Target
	ScopeText string
	Inner     *Unit
	// Resource is what it deploys; nil for nested deployments, existing
	// resources, and what does not deploy.
	Resource *Resource
}

// State says whether a resource exists, as far as its condition tells.
type State int

// The states.
const (
	Exists    State = iota
	Absent          // its condition is false
	Undecided       // its condition is not known, or no boolean
)

// A Target is what a deployment deploys to. A part that only the deployment
// knows is an expression in brackets.
type Target struct {
	Scope                                          arm.Scope
	SubscriptionID, ResourceGroup, ManagementGroup string
}

// Known reports whether the ids of what it holds are known.
func (t Target) Known() bool { return t.internal().known() }

// ID is the id of a resource in the target; "" when the target is not known.
func (t Target) ID(resourceType, name string) string {
	if !t.Known() {
		return ""
	}
	return t.internal().id(resourceType, name)
}

// Prefix is what the ids of its resources begin with, before /providers.
func (t Target) Prefix() string { return t.internal().prefix() }

func (t Target) internal() target {
	return target{scope: t.Scope, subscription: t.SubscriptionID, group: t.ResourceGroup, management: t.ManagementGroup}
}

// Interleave is a full type and name as ids have them after /providers/:
// a.b/c/d and x/y give a.b/c/x/d/y.
func Interleave(resourceType, name string) string { return interleave(resourceType, name) }

// A Call is a call of reference(), references(), resourceInfo() or list*()
// that was evaluated: those in a branch that is not taken are not there.
type Call struct {
	*expr.Call
	// Args are the evaluated arguments.
	Args []*Node
	// By is the resource that makes it, nil for an output of the unit. Names
	// is the unit whose names it means: that of the template around a nested
	// one of outer scope.
	By    *Instance
	Names *Unit

	by    *instance
	names *frame
}

// record keeps a call for the plan.
func (p *place) record(c *expr.Call, args []eval.Placed) {
	if p.f.run.quiet > 0 {
		return
	}
	call := &Call{Call: c, Args: make([]*Node, len(args)), by: p.user, names: p.f}
	for i, a := range args {
		call.Args[i] = closed(a, c.Args[i].Range())
	}
	if p.user != nil {
		p.user.calls = append(p.user.calls, call)
	} else {
		p.f.calls = append(p.f.calls, call)
	}
}

// sketch makes the resources of a template that is not expanded, for the plan:
// the service validates them all the same.
func (f *frame) sketch() {
	f.run.frames = append(f.run.frames, f)
	f.declare()
	if f.run.opts.Literal {
		return
	}
	for _, i := range f.instances {
		if i.skipped || i.broken || i.decl.Extension != nil {
			continue
		}
		for _, m := range i.decl.Node.Members { // functions of the deployment are refused in them
			if spec := shapeOf(i.decl).Member(m.Key.Value); spec != nil && spec.Expression == grammar.Evaluated && spec.Name != "properties" {
				i.at.in(funcs.InResource, keep).node(m.Value)
			}
		}
	}
}

// plan makes the units of all frames. What a false condition removes gets its
// name and its dependencies here, without findings: the service refuses some
// mistakes in them all the same.
func (r *run) plan() (units []*Unit) {
	for _, f := range r.frames {
		f.unit = &Unit{Template: f.t, Name: f.ctx.DeploymentName, Target: f.target.exported(), Loops: f.declaredLoops,
			Incomplete: f.incomplete || r.stopped, Guessed: r.guessed[f.t.File]}
		if f.declaration != nil {
			f.unit.Name = f.declaration.name
		}
		for _, i := range f.instances {
			i.planned = i.export()
			f.unit.Instances = append(f.unit.Instances, i.planned)
			f.unit.Incomplete = f.unit.Incomplete || !i.skipped && i.name == "" && i.nameNode.Known()
		}
		units = append(units, f.unit)
	}
	for _, f := range r.frames {
		f.unit.Calls = f.finish(f.calls)
		if f.declaration != nil {
			f.unit.Deployment = f.declaration.planned
		}
		for _, i := range f.instances {
			i.planned.Calls = f.finish(i.calls)
			if i.nested != nil && i.nested.frame != nil {
				i.planned.Inner = i.nested.frame.unit
			}
		}
	}
	return units
}

// finish gives calls the units and instances they belong to.
func (f *frame) finish(calls []*Call) []*Call {
	for _, c := range calls {
		c.Names = c.names.unit
		if c.by != nil {
			c.By = c.by.planned
		}
	}
	return calls
}

func (i *instance) export() *Instance {
	if !i.followed {
		i.f.quietly(i.evaluateRest)
	}
	out := &Instance{Unit: i.f.unit, Declared: i.decl, Symbol: i.symbol, Loop: i.loop, Type: i.typ, Name: i.name, ID: i.id, Expression: i.shownID,
		NameNode: i.nameNode, Version: i.apiNode, DependsOn: i.entries, Broken: i.broken, Repeated: i.repeated(), Target: i.goal.exported(), ScopeText: i.scopeText, Resource: i.result}
	if i.parent != nil {
		out.Parent = i.parent.planned
	}
	if i.skipped && out.Name == "" { // a name that does not fit the type is not a mistake here
		out.Name, _ = i.nameNode.Text()
	}
	switch {
	case i.skipped:
		out.State = Absent
	case i.condition != nil:
		out.State = Undecided
	}
	return out
}

// evaluateRest evaluates what the service looks at although the condition of
// the resource is false, or its template is not expanded.
func (i *instance) evaluateRest() {
	if i.nameNode == nil && i.decl.Name != nil {
		i.evaluateIdentity()
	}
	for _, n := range i.decl.DependsOn {
		i.entries = append(i.entries, i.at.node(n))
	}
}

func (t target) exported() Target {
	return Target{Scope: t.scope, SubscriptionID: t.subscription, ResourceGroup: t.group, ManagementGroup: t.management}
}

// quietly runs a trial evaluation whose findings do not count, but for those
// about variables and parameters, which are evaluated once for all.
func (f *frame) quietly(trial func()) {
	r := f.run
	broken := r.broken
	r.quiet++
	trial()
	r.quiet--
	r.broken = broken
}
