package expand

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// A place is the scope in which an expression is evaluated. Places do not
// change; each loop iteration, function call and member has its own.
type place struct {
	f      *frame
	where  funcs.Where
	mode   mode
	loop   *loop
	call   *functionCall // the call of the user function whose body this is; nil elsewhere
	user   *instance     // the resource whose body this is; nil elsewhere
	plain  bool          // values are data: strings in brackets are text
	mirror bool          // origins mirror the shape of values, for expressions that access their parts
	closed bool          // results of expressions need no nodes for their parts
	// placeholders are the placeholder texts of a parameter file, with the
	// expressions that yield their values at deployment.
	placeholders map[*jsonc.String]string
}

// mode is the treatment of reference() and list*().
type mode int

const (
	// resolve replaces the resource by its id and apiVersion, and evaluates the
	// outputs of nested deployments.
	resolve mode = iota
	// keep leaves the call as it is written: sku and tags.
	keep
	// forbid reports the call: names, locations, conditions, loop counts.
	forbid
)

// header is the place of conditions, names and loop counts: functions that are
// limited to some places are not allowed there.
const header = funcs.InResource

// A loop is one iteration of a copy loop.
type loop struct {
	name  string
	index int
	// implicit is set if copyIndex() without a name means this loop: the loop
	// of the resource, or of the output, which has no name.
	implicit bool
	// unknown is set if the number of copies is unknown; the iteration stands
	// for all of them.
	unknown bool
	// property is set for a loop of a member of an object.
	property bool
	outer    *loop
}

// Context implements [eval.Scope].
func (p *place) Context() *funcs.Context { return &p.f.ctx }

// Place implements [eval.Scope].
func (p *place) Place() funcs.Where { return p.where }

// Budget implements [eval.Scope].
func (p *place) Budget() *eval.Budget { return p.f.run.budget }

// Parameter implements [eval.Scope].
func (p *place) Parameter(name string) (eval.Placed, error) {
	if p.call != nil {
		return p.call.parameter(name)
	}
	return p.f.parameter(name)
}

// Variable implements [eval.Scope].
func (p *place) Variable(name string) (eval.Placed, error) { return p.f.variable(name) }

// UserFunction implements [eval.Scope].
func (p *place) UserFunction(namespace, name string) (eval.UserFunction, bool) {
	return p.f.userFunction(p, namespace, name)
}

// UserFunctions implements [eval.Namer].
func (p *place) UserFunctions() (names []string) {
	for name := range p.f.t.Functions.All() {
		names = append(names, name)
	}
	return names
}

// Special implements [eval.Scope].
func (p *place) Special(c *expr.Call, fn *funcs.Func, args []eval.Placed) (eval.Placed, bool, error) {
	name := c.Name
	if fn != nil {
		name = fn.Name
	}
	if err := p.checkTenant(c, name, args); err != nil {
		return eval.Placed{}, true, err
	}
	switch name {
	case "copyIndex":
		v, err := p.copyIndex(c, args)
		return eval.Placed{Value: v}, true, err
	case "reference":
		return p.reference(c, args)
	case "references":
		return p.references(c, args)
	case "resourceInfo":
		return p.resourceInfo(c, args)
	case "resourceId":
		return p.resourceID(c, args)
	case "resourceGroup", "subscription", "managementGroup", "subscriptionResourceId":
		if err := p.outOfScope(c, name, args); err != nil || len(args) > 0 {
			return eval.Placed{}, false, err
		}
		v, ok := p.f.scopeObject(fn)
		return eval.Placed{Value: v}, ok, nil
	case "deployment":
		return eval.Placed{Value: p.f.deploymentValue()}, true, nil
	}
	if fn == nil || strings.HasPrefix(name, "list") {
		return p.list(c, args)
	}
	return eval.Placed{}, false, nil
}

// checkTenant reports functions that return a scope which a deployment to the
// tenant does not have.
func (p *place) checkTenant(c *expr.Call, name string, args []eval.Placed) error {
	if p.f.run.opts.Literal || p.f.target.scope != arm.Tenant {
		return nil
	}
	first, _ := firstText(args)
	switch ids := strings.Contains(first, "/"); name {
	case "subscription", "managementGroup", "resourceGroup":
	case "subscriptionResourceId", "managementGroupResourceId":
		if !ids { // the scope is the first argument
			return nil
		}
	default:
		return nil
	}
	e := eval.Errorf(eval.CodeFailed, c.NameAt, "%s() is not available in a deployment to the tenant", name)
	e.Detail = "Write the name or id: a deployment to the tenant has no subscription, resource group or management group."
	return e
}

// Rewrite implements [eval.Rewriter]: a remaining expression must not use the
// parameters of a user function or the iteration of a loop.
func (p *place) Rewrite(c *expr.Call) (value.Value, bool) {
	if c.Namespace != "" {
		return nil, false
	}
	switch {
	case p.call != nil && len(c.Args) == 1 && strings.EqualFold(c.Name, "parameters"):
		if s, ok := c.Args[0].(*expr.String); ok {
			v, err := p.call.parameter(s.Value)
			return v.Value, err == nil
		}
	case p.loop != nil && strings.EqualFold(c.Name, "copyIndex"):
		v, err := eval.Eval(c, p)
		return v.Value, err == nil
	}
	return nil, false
}

// with returns the place inside an iteration of a loop.
func (p *place) with(l loop) *place {
	q := *p
	l.outer = p.loop
	q.loop = &l
	return &q
}

// in returns the place with another treatment of runtime functions.
func (p *place) in(where funcs.Where, m mode) *place {
	q := *p
	q.where, q.mode = where, m
	return &q
}

// copyIndex evaluates copyIndex(), copyIndex(offset), copyIndex('loop') and
// copyIndex('loop', offset).
func (p *place) copyIndex(c *expr.Call, args []eval.Placed) (value.Value, error) {
	for _, a := range args {
		if _, unknown := a.Value.(value.Unknown); unknown {
			return eval.Leave(c, args, "an argument of copyIndex() is not known"), nil
		}
	}
	name, offset, named, err := copyIndexArguments(c, args)
	if err != nil {
		return nil, err
	}
	if p.loop == nil {
		return nil, eval.Errorf(eval.CodePlace, c.NameAt, "copyIndex() is not in a copy loop")
	}
	l := p.findLoop(name, named)
	if l == nil && named {
		err := eval.Errorf(eval.CodeName, c.Args[0].Range(), "copyIndex() is not in a copy loop named '%s'", name)
		err.Detail = p.loopNames()
		return nil, err
	}
	if l == nil {
		err := eval.Errorf(eval.CodePlace, c.NameAt, "copyIndex() without a name is only allowed in a resource with copy and in an output with copy")
		err.Detail = p.loopNames()
		return nil, err
	}
	if l.property && p.mode != resolve && p.where == funcs.InResource {
		e := eval.Errorf(eval.CodePlace, c.NameAt, "copyIndex('%s') is not allowed here", l.name)
		e.Detail = "Write the values, or compute them in a variable. Only 'properties' can have a copy loop: '" + l.name + "' is not repeated here."
		p.f.run.reject(e.Diagnostic())
	}
	if l.implicit && !named && strings.Contains(l.name, "/") {
		e := eval.Errorf(eval.CodePlace, c.NameAt, "copyIndex() cannot be used in the copy loop '%s', whose name contains a slash", l.name)
		e.Detail = "Rename the loop."
		p.f.run.reject(e.Diagnostic())
	}
	if l.unknown {
		return eval.Leave(c, args, unknownCopies), nil
	}
	if offset < 0 && int64(l.index)+offset < 0 {
		e := eval.Errorf(eval.CodeArgument, c.Args[len(c.Args)-1].Range(), "copyIndex() cannot be negative, but gives %d with the offset %d", int64(l.index)+offset, offset)
		e.Detail = "Use an offset of 0 or more, or sub() for a number that can be negative."
		p.f.run.reject(e.Diagnostic())
	}
	return value.Int(int64(l.index) + offset), nil
}

func copyIndexArguments(c *expr.Call, args []eval.Placed) (name string, offset int64, named bool, err error) {
	for i, a := range args {
		switch v := a.Value.(type) {
		case value.String:
			if i > 0 {
				return "", 0, false, eval.Errorf(eval.CodeArgument, c.Args[i].Range(), "the offset of copyIndex() must be an int, not the string '%s'", v)
			}
			name, named = string(v), true
		case value.Int:
			if i > 0 && !named {
				return "", 0, false, eval.Errorf(eval.CodeArgument, c.Args[0].Range(), "with two arguments, the first one of copyIndex() must be the name of a loop")
			}
			offset = int64(v)
		default:
			return "", 0, false, eval.Errorf(eval.CodeArgument, c.Args[i].Range(), "the arguments of copyIndex() must be a loop name and an int, not %s", value.KindName(v))
		}
	}
	return name, offset, named, nil
}

func (p *place) findLoop(name string, named bool) *loop {
	for l := p.loop; l != nil; l = l.outer {
		if named && l.name != "" && strings.EqualFold(l.name, name) || !named && l.implicit {
			return l
		}
	}
	return nil
}

func (p *place) loopNames() string {
	var names []string
	for l := p.loop; l != nil; l = l.outer {
		if l.name != "" {
			names = append(names, "'"+l.name+"'")
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "The loops here are " + strings.Join(names, ", ") + "."
}
