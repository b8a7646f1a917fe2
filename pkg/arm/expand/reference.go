package expand

import (
	"errors"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
)

const runtimeReason = "() is answered only at deployment"

// forbidden returns the error for a function that is answered only at
// deployment, in a place whose value must be known before.
func forbidden(c *expr.Call) error {
	e := eval.Errorf(eval.CodePlace, c.NameAt, "%s() is not allowed here", c.Name)
	e.Detail = "Names, types, locations, conditions, loops, variables and defaults must be known before the deployment starts."
	return e
}

// kept reports a function that the expansion does not evaluate and that the
// validation of the deployment service rejects at this place.
func (p *place) kept(c *expr.Call) {
	var rejected *eval.Error
	if p.mode == keep && errors.As(forbidden(c), &rejected) {
		p.f.run.reject(rejected.Diagnostic())
	}
}

// subject returns the resource that the first argument of a call refers to;
// text is false if the argument is unknown or not a string.
func (p *place) subject(args []eval.Placed) (i *instance, text bool) {
	if len(args) == 0 {
		return nil, false
	}
	s, ok := args[0].Value.(value.String)
	if !ok {
		return nil, false
	}
	return p.f.find(string(s)), true
}

// reference evaluates reference(): to the outputs of a nested deployment, or to
// the call with the id and the apiVersion of the resource.
func (p *place) reference(c *expr.Call, args []eval.Placed) (eval.Placed, bool, error) {
	if p.mode == forbid {
		return eval.Placed{}, true, forbidden(c)
	}
	p.record(c, args)
	p.kept(c)
	i, _ := p.subject(args)
	p.need(c, i)
	if p.mode == keep || i == nil || i.decl.Extension != nil {
		return eval.Placed{Value: eval.Leave(c, args, "reference"+runtimeReason)}, true, nil
	}
	if i.nested != nil && i.nested.expanded {
		answer := i.nested.value(len(args) > 2 && isFull(args[2].Value))
		if p.f.run.guessed[i.nested.frame.t.File] { // the deployed template may have more outputs
			asked := eval.Leave(c, i.named(args), "reference"+runtimeReason)
			answer.Rest = &asked
		}
		return answer, true, nil
	}
	return i.declared(eval.Leave(c, i.named(args), "reference"+runtimeReason), len(args) > 2 && isFull(args[2].Value)), true, nil
}

// declared returns the part of the result of reference() that the template
// declares: the properties of the resource. Everything else is known only at
// deployment.
func (i *instance) declared(asked value.Unknown, full bool) eval.Placed {
	if i.result == nil || i.result.Broken {
		return eval.Placed{Value: asked}
	}
	properties := i.result.Body.Get("properties")
	if !properties.Exists() || !value.IsObject(properties.Value) {
		return eval.Placed{Value: asked}
	}
	p := eval.Placed{Value: properties.Value, Origin: properties.Origin(), Rest: &asked, Open: !i.f.run.opts.Literal}
	if full {
		p.Value, p.Origin = value.NewObject(value.Member{Name: "properties", Value: properties.Value}), nil
	}
	return p
}

func isFull(v value.Value) bool {
	s, ok := v.(value.String)
	return ok && strings.EqualFold(string(s), "full")
}

// named returns the arguments with the id of the resource and, if it is
// missing, its apiVersion.
func (i *instance) named(args []eval.Placed) []eval.Placed {
	id := value.Value(value.String(i.id))
	if i.id == "" {
		id = idValue(i)
	}
	out := append([]eval.Placed{{Value: id}}, args[1:]...)
	if len(out) == 1 && i.apiNode != nil {
		out = append(out, eval.Placed{Value: i.apiNode.Value})
	}
	return out
}

// need adds a dependency on i to the resource whose body is evaluated.
func (p *place) need(c *expr.Call, i *instance) {
	if i == nil {
		return
	}
	if p.user == nil {
		p.f.run.visit(i)
		return
	}
	p.user.after([]*instance{i}, c.At)
}

// references evaluates references('loop'): one reference for each copy.
func (p *place) references(c *expr.Call, args []eval.Placed) (eval.Placed, bool, error) {
	if p.mode == forbid {
		return eval.Placed{}, true, forbidden(c)
	}
	p.record(c, args)
	p.kept(c)
	s, ok := firstText(args)
	if !ok || p.mode == keep {
		return eval.Placed{}, false, nil
	}
	copies := p.f.symbolicLoop(s)
	if copies == nil {
		return eval.Placed{}, false, nil
	}
	all := make(value.Array, len(copies))
	call := *c
	call.Name = "reference"
	for n, i := range copies {
		p.need(c, i)
		if i.nested != nil && i.nested.expanded {
			all[n] = i.nested.value(len(args) > 1 && isFull(args[1].Value)).Value
			continue
		}
		of := append([]eval.Placed{{Value: idValue(i)}, {Value: i.apiNode.Value}}, args[1:]...)
		all[n] = eval.Leave(&call, of, "reference"+runtimeReason)
	}
	return eval.Placed{Value: all}, true, nil
}

func firstText(args []eval.Placed) (string, bool) {
	if len(args) == 0 {
		return "", false
	}
	s, ok := args[0].Value.(value.String)
	return string(s), ok
}

// list evaluates list*(): the call with the id and the apiVersion.
func (p *place) list(c *expr.Call, args []eval.Placed) (eval.Placed, bool, error) {
	if p.mode == forbid {
		return eval.Placed{}, true, forbidden(c)
	}
	p.record(c, args)
	p.kept(c)
	i, _ := p.subject(args)
	p.need(c, i)
	if p.mode == keep || i == nil {
		return eval.Placed{Value: eval.Leave(c, args, c.Name+runtimeReason)}, true, nil
	}
	return eval.Placed{Value: eval.Leave(c, i.named(args), c.Name+runtimeReason)}, true, nil
}

// resourceInfo evaluates resourceInfo('symbolicName').
func (p *place) resourceInfo(c *expr.Call, args []eval.Placed) (eval.Placed, bool, error) {
	p.record(c, args)
	s, ok := firstText(args)
	if !ok {
		return eval.Placed{}, false, nil
	}
	i, ok := p.f.symbols[s]
	if !ok {
		var names []string
		for n := range p.f.symbols {
			names = append(names, n)
		}
		e := eval.Errorf(eval.CodeName, c.Args[0].Range(), "no resource has the symbolic name '%s'", s)
		e.Detail = nearestName(s, names)
		return eval.Placed{}, true, e
	}
	id := idValue(i)
	if i.decl.Copy != nil && i.id != "" {
		// The deployment service leaves the scope out of the id of a copy.
		id = value.String("/providers/" + interleave(i.typ, i.name))
	}
	api := value.Value(value.Null{})
	if i.apiNode != nil {
		api = i.apiNode.Value
	}
	return eval.Placed{Value: value.NewObject(
		value.Member{Name: "id", Value: id},
		value.Member{Name: "name", Value: i.nameValue()},
		value.Member{Name: "type", Value: value.String(i.typ)},
		value.Member{Name: "apiVersion", Value: api},
	)}, true, nil
}

func textOf(p eval.Placed) string {
	s, _ := p.Value.(value.String)
	return string(s)
}

// outOfScope returns the error for a function that needs a part of the target
// that a deployment of this scope does not have, as the validation of the
// deployment service rejects it.
func (p *place) outOfScope(c *expr.Call, function string, args []eval.Placed) error {
	scope := p.f.target.scope
	switch {
	case function == "resourceGroup" && scope != arm.ResourceGroup,
		function == "subscription" && scope > arm.Subscription,
		function == "managementGroup" && scope != arm.ManagementGroup,
		function == "subscriptionResourceId" && scope > arm.Subscription && len(args) > 0 && strings.Contains(textOf(args[0]), "/"):
	default:
		return nil
	}
	e := eval.Errorf(eval.CodeFailed, c.NameAt, "%s() is not available in a deployment to a %s", c.Name, scopeWords[scope])
	if function == "subscriptionResourceId" {
		e.Detail = "Pass the subscription as the first argument."
	}
	return e
}

// resourceID evaluates resourceId() in deployments that are not to a resource
// group: in a subscription, the one argument before the type is a subscription;
// above, ids have none. All other cases are left to package funcs.
func (p *place) resourceID(c *expr.Call, args []eval.Placed) (eval.Placed, bool, error) {
	switch scope := p.f.target.scope; {
	case scope > arm.Subscription && len(args) > 3 && isGUID(textOf(args[0])) && !strings.Contains(textOf(args[1]), "/"):
		return eval.Placed{}, false, nil // subscription and group are given
	case scope > arm.Subscription:
		return p.callAs("tenantResourceId", args)
	case scope == arm.ResourceGroup || len(args) < 3:
		return eval.Placed{}, false, nil
	}
	first, _ := args[0].Value.(value.String)
	second, _ := args[1].Value.(value.String)
	if first == "" || strings.Contains(string(first), "/") || !strings.Contains(string(second), "/") {
		return eval.Placed{}, false, nil
	}
	if !isGUID(string(first)) {
		e := eval.Errorf(eval.CodeArgument, c.Args[0].Range(), "'%s' is not a subscription id", first)
		e.Detail = "Pass the subscription and the resource group: in a deployment to a subscription, the argument before the resource type is a subscription."
		return eval.Placed{}, true, e
	}
	return p.callAs("subscriptionResourceId", args)
}

// callAs evaluates a call with another function of package funcs; a call with
// an unknown argument stays as it is.
func (p *place) callAs(function string, args []eval.Placed) (eval.Placed, bool, error) {
	fn, _ := funcs.Lookup(function)
	call := funcs.Call{Context: &p.f.ctx}
	for _, a := range args {
		if _, unknown := a.Value.(value.Unknown); unknown {
			return eval.Placed{}, false, nil
		}
		call.Args = append(call.Args, a.Value)
	}
	v, err := fn.Apply(&call)
	return eval.Placed{Value: v}, true, err
}

func nearestName(name string, names []string) string {
	if near := nearest.Name(name, names); near != "" {
		return "Did you mean '" + near + "'? Symbolic names differ by case."
	}
	return ""
}
