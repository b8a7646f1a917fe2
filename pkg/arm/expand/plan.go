package expand

import (
	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/grammar"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
)

// A Unit is one template as Azure validates it: the root template, or that of a
// nested deployment. Names refer to resources of the same unit only.
type Unit struct {
	Template *arm.Template
	// Deployment is the nested deployment whose template this is; nil for the
	// root.
	Deployment *Instance
	// Name is the name of the deployment; "" if unknown.
	Name   string
	Target Target
	// Instances are all resources after their loops, in source order, children
	// after their parents, including those whose condition is false.
	Instances []*Instance
	// Loops are the copy loops of resources, including those whose count is 0.
	Loops []*Loop
	// Calls are the calls in the outputs.
	Calls []*Call
	// Incomplete is set if a mistake keeps a declared resource from being an
	// instance: a missing resource may be that one.
	Incomplete bool
	// Guessed is set if the template was found by its uri: the deployed
	// template may be another version of it.
	Guessed bool
}

// A Loop is the copy loop of a resource.
type Loop struct {
	Name     string
	Declared *arm.Resource
	// Unknown is set if the count is unknown.
	Unknown bool
}

// An Instance is one resource of a unit: one copy of its loop. Unknown fields
// are empty.
type Instance struct {
	Unit     *Unit
	Declared *arm.Resource
	// Parent is the resource in whose `resources` it is written; nil at the
	// top.
	Parent *Instance
	// Symbol is the symbolic name, "name[0]" for a copy; Loop is the loop that
	// made it, nil for a child.
	Symbol string
	Loop   *Loop
	State  State
	// Type and Name are full, such as a.b/c/d and x/y. Expression is the id as
	// an expression if it is unknown offline.
	Type, Name, ID, Expression string
	// NameNode and Version are the evaluated name and apiVersion as declared.
	NameNode, Version *Node
	// DependsOn are the evaluated elements of dependsOn.
	DependsOn []*Node
	// Calls are the calls in the body of the resource, each as often as
	// evaluated.
	Calls []*Call
	// Broken is set if a part of it could not be evaluated, which is a finding.
	Broken bool
	// Repeated is set if it stands for an unknown number of copies.
	Repeated bool
	// Target is the target of a nested deployment, ScopeText its `scope` if
	// known, and Inner its template, nil if unknown.
	Target    Target
	ScopeText string
	Inner     *Unit
	// Resource is the deployed resource; nil for nested deployments, existing
	// resources, and resources that are not deployed.
	Resource *Resource
}

// State is the state of the condition of a resource.
type State int

// The states.
const (
	Exists    State = iota
	Absent          // its condition is false
	Undecided       // its condition is unknown, or not a boolean
)

// A Target is the target of a deployment. A part that is known only at
// deployment is an expression in brackets.
type Target struct {
	Scope                                          arm.Scope
	SubscriptionID, ResourceGroup, ManagementGroup string
}

// Known reports whether the ids of resources in the target are known.
func (t Target) Known() bool { return t.internal().known() }

// Prefix returns the prefix of the ids in the target, before /providers.
func (t Target) Prefix() string { return t.internal().prefix() }

func (t Target) internal() target {
	return target{scope: t.Scope, subscription: t.SubscriptionID, group: t.ResourceGroup, management: t.ManagementGroup}
}

// Interleave returns a full type and name as they appear in ids after
// /providers/: a.b/c/d and x/y give a.b/c/x/d/y.
func Interleave(resourceType, name string) string { return interleave(resourceType, name) }

// A Call is an evaluated call of reference(), references(), resourceInfo() or
// list*(). Calls in a branch that is not taken are left out.
type Call struct {
	*expr.Call
	// Args are the evaluated arguments.
	Args []*Node
	// By is the resource that makes the call, nil for an output of the unit.
	// Names is the unit whose names it uses: for a nested template of outer
	// scope, the unit around it.
	By    *Instance
	Names *Unit

	by    *instance
	names *frame
}

// record adds a call to the plan.
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

// planUnexpanded adds the resources of a template that is not expanded to the
// plan: Azure validates them anyway.
func (f *frame) planUnexpanded() {
	f.run.frames = append(f.run.frames, f)
	f.declare()
	if f.run.opts.Literal {
		return
	}
	for _, i := range f.instances {
		if i.skipped || i.broken || i.decl.Extension != nil {
			continue
		}
		for _, m := range i.decl.Node.Members { // they must not contain functions of the deployment
			if spec := shapeOf(i.decl).Member(m.Key.Value); spec != nil && spec.Expression == grammar.Evaluated && spec.Name != "properties" {
				i.at.in(funcs.InResource, keep).node(m.Value)
			}
		}
	}
}

// plan builds the units of all frames. A resource whose condition is false gets
// its name and its dependencies here, without findings: Azure rejects some
// mistakes in them anyway.
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

// finish sets the units and instances of calls.
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
		NameNode: i.nameNode, Version: i.apiNode, DependsOn: i.entries, Broken: i.broken, Repeated: i.repeated(), Target: i.deploysTo.exported(), ScopeText: i.scopeText, Resource: i.result}
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

// evaluateRest evaluates what Azure validates even if the condition of the
// resource is false or its template is not expanded.
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

// quietly runs a trial evaluation and drops its findings, except those about
// variables and parameters, which are evaluated once for all.
func (f *frame) quietly(trial func()) {
	r := f.run
	broken := r.broken
	r.quiet++
	trial()
	r.quiet--
	r.broken = broken
}
