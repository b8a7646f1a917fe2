package eval

import (
	"errors"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
)

func (e *evaluator) call(c *expr.Call) (Placed, error) {
	if err := e.budget.Spend(1); err != nil {
		return Placed{}, locate(err, c.At)
	}
	if c.Namespace != "" {
		return e.userFunction(c)
	}
	f, ok := funcs.Lookup(c.Name)
	if !ok {
		return e.listFunction(c)
	}
	if e.place != 0 && !f.Where.Allows(e.place) {
		return Placed{}, Errorf(CodePlace, c.NameAt, "%s() is not allowed here, only in %s", f.Name, places(f.Where))
	}
	if err := f.CheckCount(len(c.Args)); err != nil {
		return Placed{}, countError(c, f, err)
	}
	switch f.Name {
	case "if":
		return e.conditional(c)
	case "and":
		return e.junction(c, false)
	case "or":
		return e.junction(c, true)
	case "coalesce":
		return e.coalesce(c)
	case "parameters":
		return e.lookup(c, diag.ParameterStep)
	case "variables":
		return e.lookup(c, diag.VariableStep)
	case "tryGet":
		return e.tryGet(c)
	case "lambdaVariables":
		return e.lambdaVariables(c)
	case "lambda":
		return Placed{}, Errorf(codeLambda, c.At, "lambda() may only be an argument of a function that takes one, such as map() or filter()")
	}
	return e.function(c, f)
}

// countError points at the first superfluous argument, or at the name.
func countError(c *expr.Call, f *funcs.Func, err error) error {
	at := c.NameAt
	if most := len(f.Params); !f.Variadic && len(c.Args) > most {
		at = c.Args[most].Range()
	}
	return Errorf(codeCount, at, "%s", err)
}

// function evaluates all arguments and calls the scope or package funcs.
func (e *evaluator) function(c *expr.Call, f *funcs.Func) (Placed, error) {
	args, lambdas, err := e.arguments(c, f)
	if err != nil {
		return Placed{}, err
	}
	if f.Answer == nil || dependsOnPlace(f) {
		if p, handled, err := e.scope.Special(c, f, args); handled || err != nil {
			if u, ok := p.Value.(value.Unknown); ok && u.Kind == "" {
				u.Kind = f.Result
				p.Value = u
			}
			return e.checked(p, err, c)
		}
	}
	if waits(f, args) {
		if err := f.CheckKinds(&funcs.Call{Context: e.scope.Context(), Args: values(args), Lambdas: lambdas}); err != nil {
			return Placed{}, locateArg(err, c)
		}
	}
	if f.Answer == nil || waits(f, args) {
		return e.checked(e.leaveFunction(c, f, args), nil, c)
	}
	call := funcs.Call{Context: e.scope.Context(), Args: make([]value.Value, len(args)), Lambdas: lambdas}
	for i := range args {
		if err := e.budget.Pay(args[i].Value); err != nil {
			return Placed{}, locate(err, c.Args[i].Range())
		}
		call.Args[i] = args[i].Value
	}
	v, err := f.Apply(&call)
	if errors.Is(err, funcs.ErrUnknown) {
		return e.checked(e.leaveFunction(c, f, args), nil, c)
	}
	if err != nil {
		return Placed{}, of(locateArg(err, c), args...)
	}
	p := Placed{Value: v, Origin: originOf(f.Name, c, args, v)}
	if p.Origin == nil {
		p.Parts = partsOf(args)
	}
	return e.checked(p, nil, c)
}

// waits reports whether f cannot be evaluated because an argument is unknown.
// Arrays and objects can have unknown elements; only the names of members must
// be known.
func waits(f *funcs.Func, args []Placed) bool {
	for i, a := range args {
		if isUnknown(a.Value) && f.Name != "createArray" && (f.Name != "createObject" || i%2 == 0) {
			return true
		}
	}
	return false
}

// dependsOnPlace reports whether the scope may override the implementation of a
// function in package funcs.
func dependsOnPlace(f *funcs.Func) bool {
	return f.Family == "resource" || f.Family == "scope" || f.Family == "deployment"
}

// checked charges a result to the budget and returns an error if it is too
// large.
func (e *evaluator) checked(p Placed, err error, c *expr.Call) (Placed, error) {
	if err == nil {
		err = e.budget.Pay(p.Value)
	}
	if err != nil {
		return Placed{}, locate(err, c.At)
	}
	return p, nil
}

// args evaluates the arguments of a call that takes no lambda.
func (e *evaluator) args(c *expr.Call) ([]Placed, error) {
	args := make([]Placed, len(c.Args))
	for i, n := range c.Args {
		p, err := e.eval(n)
		if err != nil {
			return nil, err
		}
		args[i] = p
	}
	return args, nil
}

// arguments evaluates the arguments and builds the lambdas, which are null
// among the values.
func (e *evaluator) arguments(c *expr.Call, f *funcs.Func) (args []Placed, lambdas []funcs.Lambda, err error) {
	args = make([]Placed, len(c.Args))
	for i, n := range c.Args {
		param := paramAt(f, i)
		l, isLambda := lambdaCall(n)
		switch {
		case isLambda && param.Type == "lambda":
			if lambdas == nil {
				lambdas = make([]funcs.Lambda, len(c.Args))
			}
			args[i].Value = value.Null{}
			lambdas[i], err = e.lambda(l, param.Vars)
		case param.Type == "lambda":
			err = Errorf(codeLambda, n.Range(), "argument %d of %s() must be written as lambda('name', ...)", i+1, f.Name)
		default:
			args[i], err = e.eval(n)
		}
		if err != nil {
			return nil, nil, err
		}
	}
	return args, lambdas, nil
}

func paramAt(f *funcs.Func, i int) funcs.Param {
	if len(f.Params) == 0 {
		return funcs.Param{}
	}
	return f.Params[min(i, len(f.Params)-1)]
}

// listFunction evaluates list*(...); each resource type can have its own
// (https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-resource#list).
func (e *evaluator) listFunction(c *expr.Call) (Placed, error) {
	if len(c.Name) < 4 || !strings.EqualFold(c.Name[:4], "list") {
		return Placed{}, undefined(codeFunction, c.NameAt, "function", c.Name, funcs.Nearest(c.Name))
	}
	args, err := e.args(c)
	if err != nil {
		return Placed{}, err
	}
	if p, handled, err := e.scope.Special(c, nil, args); handled || err != nil {
		return e.checked(p, err, c)
	}
	return e.checked(e.leaveCall(c, args), nil, c)
}

// name evaluates the only argument of parameters, variables or lambdaVariables.
// unknown is the remaining call if the name is unknown.
func (e *evaluator) name(c *expr.Call) (name string, unknown value.Value, err error) {
	if s, ok := c.Args[0].(*expr.String); ok { // as nearly always
		return s.Value, nil, nil
	}
	p, err := e.eval(c.Args[0])
	if err != nil {
		return "", nil, err
	}
	switch v := p.Value.(type) {
	case value.String:
		return string(v), nil, nil
	case value.Unknown:
		return "", Leave(c, []Placed{p}, ""), nil
	}
	return "", nil, Errorf(CodeArgument, c.Args[0].Range(), "the name in %s() must be a string, not %s", c.Name, describe(p.Value))
}

// lookup evaluates parameters(name) or variables(name).
func (e *evaluator) lookup(c *expr.Call, kind diag.StepKind) (p Placed, err error) {
	name, unknown, err := e.name(c)
	if err != nil || unknown != nil {
		return Placed{Value: unknown}, err
	}
	if kind == diag.ParameterStep {
		p, err = e.scope.Parameter(name)
	} else {
		p, err = e.scope.Variable(name)
	}
	if err != nil {
		return Placed{}, locate(err, c.Args[0].Range())
	}
	p.Origin = p.Origin.Through(diag.Step{Kind: kind, Name: name, Place: c.At})
	return p, nil
}

// A namer is a [Scope] that can list its user functions, by their full names,
// for suggestions.
type namer interface{ UserFunctions() []string }

func userFunctions(s Scope) []string {
	if n, ok := s.(namer); ok {
		return n.UserFunctions()
	}
	return nil
}

// userFunction calls a user function. The deployment service treats a call
// within the arguments of a call of the same function as a recursive call,
// although it is not one.
func (e *evaluator) userFunction(c *expr.Call) (Placed, error) {
	name := c.FullName()
	f, ok := e.scope.UserFunction(c.Namespace, c.Name)
	if !ok {
		return Placed{}, undefined(codeFunction, c.NameAt, "function", name, nearest.Name(name, userFunctions(e.scope)))
	}
	if n := len(f.Parameters); n != len(c.Args) {
		return Placed{}, Errorf(codeCount, c.NameAt, "%s() takes %d arguments, not %d", f.Name, n, len(c.Args))
	}
	if slices.ContainsFunc(e.active, func(a string) bool { return strings.EqualFold(a, name) }) {
		err := Errorf(CodeCycle, c.NameAt, "%s() is in an argument of %s(), which Azure rejects as a reference to itself", name, name)
		err.Detail = "Put the inner call into a variable."
		return Placed{}, err
	}
	e.active = append(e.active, name)
	args, err := e.args(c)
	e.active = e.active[:len(e.active)-1]
	if err != nil {
		return Placed{}, err
	}
	p, err := f.Call(args)
	p.Origin = p.Origin.Through(diag.Step{Kind: diag.FunctionStep, Name: f.Name, Place: c.At})
	return e.checked(p, err, c)
}
