package eval_test

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A testScope is a scope without a template.
type testScope struct {
	eval.Bare
	parameters, variables map[string]eval.Placed
}

func (s testScope) Parameter(name string) (eval.Placed, error) {
	if strings.EqualFold(name, "broken") {
		return eval.Placed{}, eval.ErrReported
	}
	if p, ok := s.parameters[strings.ToLower(name)]; ok {
		return p, nil
	}
	return s.Bare.Parameter(name)
}

func (s testScope) Variable(name string) (eval.Placed, error) {
	if p, ok := s.variables[strings.ToLower(name)]; ok {
		return p, nil
	}
	return s.Bare.Variable(name)
}

// acme.twice doubles an int.
func (s testScope) UserFunction(namespace, name string) (eval.UserFunction, bool) {
	if !strings.EqualFold(namespace+"."+name, "acme.twice") {
		return eval.UserFunction{}, false
	}
	return eval.UserFunction{Name: "acme.twice", Parameters: []string{"n"}, Call: func(args []eval.Placed) (eval.Placed, error) {
		body, _ := expr.Parse("[mul(parameters('n'), 2)]", source.Map{})
		return eval.Eval(body, testScope{Bare: s.Bare, parameters: map[string]eval.Placed{"n": args[0]}})
	}}, true
}

// Special evaluates reference('vm') to its id, and copyIndex() to 3.
func (s testScope) Special(c *expr.Call, _ *funcs.Func, args []eval.Placed) (eval.Placed, bool, error) {
	switch strings.ToLower(c.Name) {
	case "reference":
		if args[0].Value == value.String("vm") {
			full := []eval.Placed{{Value: value.String("/vm/id")}, {Value: value.String("2024-07-01")}}
			return eval.Placed{Value: eval.Leave(c, full, "")}, true, nil
		}
	case "copyindex":
		return eval.Placed{Value: value.Int(3)}, true, nil
	}
	return eval.Placed{}, false, nil
}

// Rewrite replaces copyIndex(), which has no meaning outside the loop.
func (s testScope) Rewrite(c *expr.Call) (value.Value, bool) {
	if strings.EqualFold(c.Name, "copyIndex") {
		return value.Int(3), true
	}
	return nil, false
}

func known(v value.Value) eval.Placed { return eval.Placed{Value: v} }

func object(pairs ...any) *value.Object {
	var members []value.Member
	for i := 0; i < len(pairs); i += 2 {
		members = append(members, value.Member{Name: pairs[i].(string), Value: pairs[i+1].(value.Value)})
	}
	return value.NewObject(members...)
}

var template = testScope{
	Bare: eval.Bare{World: recorded},
	parameters: map[string]eval.Placed{
		"count":  known(value.Int(20)),
		"secret": known(value.Unknown{Residual: "parameters('secret')", Reason: "secure", Secret: true}),
		"sizes":  known(value.Array{value.String("A1"), value.String("A2")}),
	},
	variables: map[string]eval.Placed{
		"sfx":  known(value.String("blob")),
		"n":    known(value.Int(2)),
		"half": {Value: object("a", value.Int(1)), Rest: &value.Unknown{Residual: "reference('half')", Reason: "later"}},
		"o":    known(object("Name", value.String("web"), "a b", value.Int(1), "nil", value.Null{}, "list", value.Array{value.Int(1)})),
	},
}
