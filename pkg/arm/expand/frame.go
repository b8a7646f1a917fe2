package expand

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// A frame is a deployment: a template with the values of its names.
type frame struct {
	run *run
	t   *arm.Template
	// objects are the results of the functions without arguments that give what is
	// deployed to, such as resourceGroup(): many expressions call them.
	objects map[*funcs.Func]value.Value
	// ctx is the context of functions, target the target of ids.
	ctx    funcs.Context
	target target
	// outer is the place around a nested template of outer scope, in which its
	// expressions are evaluated; nil for all others.
	outer *place
	// declaration is the nested deployment; nil for the root.
	declaration *instance
	path        []string // names of the nested deployments around, outermost first

	bindings
	resources
	results
}

// bindings are the values of a frame: those of parameters by lower-case name, those
// of variables in the order of their table.
type bindings struct {
	parameters map[string]*binding
	variables  []binding
	given      map[string]*Parameter
	// nulls has the origins of nulls that the nested deployment passes for
	// parameters that cannot be null.
	nulls map[string]*eval.Origin
}

// resources are the resources of a frame with their indexes.
type resources struct {
	instances []*instance
	symbols   map[string]*instance   // by exact symbolic name, "name[0]" for copies
	rounds    map[string][]*instance // copies, by exact symbolic name
	loops     map[string][]*instance // by lower-case name of the loop
	ids       map[string]*instance   // by lower-case id
	names     map[string][]*instance // by lower-case name, and type/name
	// declaredLoops are the loops of resources in source order.
	declaredLoops []*Loop
	// incomplete is set if a declared resource has no instance because of a
	// mistake: a missing resource may be that one.
	incomplete bool
}

// results are the outputs of a frame and its validation plan.
type results struct {
	outputs []*outputValue
	calls   []*Call // calls in its outputs
	unit    *Unit
}

func (r *run) rootFrame() *frame {
	f := &frame{run: r, t: r.out.Template, ctx: r.opts.Context}
	f.ctx = inScope(f.t.Scope, f.ctx)
	f.target = rootTarget(f.t.Scope, &f.ctx)
	return f
}

// inScope returns a context without the parts that a deployment of the scope
// does not have.
func inScope(scope arm.Scope, c funcs.Context) funcs.Context {
	if scope != arm.ResourceGroup {
		c.ResourceGroup = ""
	}
	if scope != arm.ManagementGroup {
		c.ManagementGroup = ""
	}
	if scope > arm.Subscription {
		c.SubscriptionID = ""
	}
	return c
}

// checkScope reports a resource group for a template with another scope.
func (r *run) checkScope(f *frame) {
	group := r.opts.Context.ResourceGroup
	if !r.opts.StrictScope || f.t.Scope == arm.ResourceGroup || group == "" {
		return
	}
	at := f.t.Node.At
	if f.t.Schema != nil {
		at = f.t.Schema.Value.Range()
	}
	r.errorf(CodeScope, RuleNested, at, "a template of scope %s cannot deploy to a resource group ('%s')", f.t.Scope, group)
}

// place returns the place for values of the frame's template.
func (f *frame) place(where funcs.Where, m mode) *place {
	if f.outer != nil {
		return f.outer.in(where, f.outer.mode)
	}
	return &place{f: f, where: where, mode: m}
}

// expand evaluates everything in the frame and adds its resources to the
// result.
func (f *frame) expand() {
	for _, d := range f.t.Diagnostics {
		f.run.add(d)
	}
	for _, d := range f.t.Refusals {
		f.run.reject(d)
	}
	f.checkFunctions()
	if f.outer == nil {
		f.bindVariables()
	}
	f.run.frames = append(f.run.frames, f)
	f.declare()
	f.index()
	for _, i := range f.instances {
		f.run.visit(i)
	}
	f.evaluateOutputs()
	if f.outer == nil {
		f.evaluateAll()
		f.evaluateAsserts()
	}
}

// deploymentValue returns the result of deployment().
func (f *frame) deploymentValue() value.Value {
	content := value.Value(value.String(""))
	if m := f.t.ContentVersion; m != nil {
		if s, ok := m.Value.(*jsonc.String); ok {
			content = value.String(s.Value)
		}
	}
	template := value.NewObject(value.Member{Name: "contentVersion", Value: content})
	members := []value.Member{{Name: "name", Value: f.contextValue(f.ctx.DeploymentName, "deployment().name")}}
	if f.target.scope != arm.ResourceGroup {
		members = append(members, value.Member{Name: "location", Value: f.contextValue(f.ctx.Location, "deployment().location")})
	}
	properties := []value.Member{{Name: "template", Value: template}}
	if f.declaration != nil {
		properties = append(properties, value.Member{Name: "mode", Value: f.declaration.nested.mode()})
	}
	inner := value.NewObject(properties...)
	if f.run.opts.Literal { // the template is sent inline
		return value.NewObject(append(members, value.Member{Name: "properties", Value: inner})...)
	}
	members = append(members, value.Member{Name: "properties", Value: inner.WithRuntime("deployment().properties", templateLink)})
	if f.target.scope != arm.ResourceGroup || f.run.opts.GroupKnown {
		return value.NewObject(members...)
	}
	return value.NewObject(members...).WithRuntime("deployment()", subscriptionLocation)
}

// templateLink exists if a template is deployed from a URI or a template spec
// (https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-deployment#deployment).
var templateLink = value.Member{Name: "templateLink", Value: value.Unknown{
	Residual: "deployment().properties.templateLink", Reason: "where the template is read from is known only at deployment"}}

// subscriptionLocation exists if a template is deployed to a subscription,
// which the $schema of a template for resource groups does not prevent.
var subscriptionLocation = value.Member{Name: "location", Value: value.Unknown{
	Residual: "deployment().location", Reason: "only a deployment to a subscription or above has a location"}}

func (f *frame) contextValue(s, residual string) value.Value {
	if s == "" {
		u := value.Unknown{Residual: residual, Reason: residual + " is answered only at deployment"}
		if f.ctx.Open {
			u.Kind = "string"
		}
		return u
	}
	return value.String(s)
}

// evaluateAsserts reports asserts that are false.
func (f *frame) evaluateAsserts() {
	p := &place{f: f, where: header, mode: forbid}
	for name, m := range f.t.Asserts.All() {
		n := p.node(m.Value)
		switch v := n.Value.(type) {
		case value.Unknown:
		case value.Bool:
			if !v {
				f.run.errorf(CodeAssert, RuleAssert, m.Value.Range(), "the assert '%s' is false", name)
			}
		default:
			f.run.errorf(CodeAssert, RuleAssert, m.Value.Range(), "the assert '%s' must be a boolean, not %s", name, value.KindName(v))
		}
	}
}

// A functionCall is a call of a user function.
type functionCall struct {
	function *arm.Function
	args     []eval.Placed
}

func (c *functionCall) parameter(name string) (eval.Placed, error) {
	var names []string
	for i, p := range c.function.Parameters {
		if fold.Equal(p.Name, name) && i < len(c.args) {
			return c.args[i], nil
		}
		names = append(names, p.Name)
	}
	e := eval.Errorf(eval.CodeName, noRange, "the function '%s' has no parameter '%s'", c.function.Name(), name)
	e.Detail = strings.TrimSpace("Pass the value as an argument: a function cannot use the parameters of the template. " + nearest.Question(name, names))
	return eval.Placed{}, e
}

// userFunction returns a user function of the template.
func (f *frame) userFunction(p *place, namespace, name string) (eval.UserFunction, bool) {
	fn, ok := f.t.Functions.Get(namespace + "." + name)
	if !ok {
		return eval.UserFunction{}, false
	}
	u := eval.UserFunction{Name: fn.Name()}
	for _, parameter := range fn.Parameters {
		u.Parameters = append(u.Parameters, parameter.Name)
	}
	u.Call = func(args []eval.Placed) (eval.Placed, error) { return f.callFunction(fn, args) }
	return u, true
}

func (f *frame) callFunction(fn *arm.Function, args []eval.Placed) (eval.Placed, error) {
	r := f.run
	if slices.Contains(r.calling, fn.Name()) {
		chain := strings.Join(append(slices.Clone(r.calling), fn.Name()), " -> ")
		r.errorf(eval.CodeCycle, RuleFunction, fn.Key.At, "the function '%s' calls itself: %s", fn.Name(), chain)
		return eval.Placed{}, eval.ErrReported
	}
	for i, p := range fn.Parameters {
		n := r.placed(args[i], noRange)
		if m := (checker{typeOf: CodeFunctionType}).conform(n, &p.Type, ""); m != nil {
			return eval.Placed{}, eval.Errorf(m.code, noRange, "the argument '%s%s' of '%s' %s", p.Name, m.path, fn.Name(), m.summary)
		}
	}
	if fn.Value == nil {
		return eval.Placed{}, eval.ErrReported
	}
	r.calling = append(r.calling, fn.Name())
	before := r.broken
	p := &place{f: f, where: funcs.InUserFunction, mode: forbid, mirror: true, call: &functionCall{fn, args}}
	n := p.node(fn.Value)
	r.calling = r.calling[:len(r.calling)-1]
	if r.broken > before {
		return eval.Placed{}, eval.ErrReported
	}
	if m := (checker{typeOf: CodeFunctionType}).conform(n, &fn.Output, ""); m != nil {
		return eval.Placed{}, eval.Errorf(m.code, noRange, "the result%s of '%s' %s", m.path, fn.Name(), m.summary)
	}
	return eval.Placed{Value: n.Value, Origin: n.Origin()}, nil
}

// scopeObject returns the result of a function without arguments; ok is false if it
// has none.
func (f *frame) scopeObject(fn *funcs.Func) (v value.Value, ok bool) {
	if v, ok = f.objects[fn]; ok {
		return v, true
	}
	v, err := fn.Apply(&funcs.Call{Context: &f.ctx})
	if err != nil {
		return nil, false
	}
	if f.objects == nil {
		f.objects = map[*funcs.Func]value.Value{}
	}
	f.objects[fn] = v
	return v, true
}
