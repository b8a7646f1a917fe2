package eval

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
)

// A frame has the variables of one lambda during one call.
type frame struct {
	outer *frame
	names []string
	args  []value.Value
}

// find looks up a variable, innermost lambda first.
func (f *frame) find(name string) (value.Value, bool) {
	for ; f != nil; f = f.outer {
		for i, n := range f.names {
			if i < len(f.args) && strings.EqualFold(n, name) {
				return f.args[i], true
			}
		}
	}
	return nil, false
}

func (f *frame) all() (names []string) {
	for ; f != nil; f = f.outer {
		names = append(names, f.names...)
	}
	return names
}

// lambdaCall returns n as a call if it is written as lambda(...).
func lambdaCall(n expr.Node) (*expr.Call, bool) {
	c, ok := n.(*expr.Call)
	return c, ok && c.Namespace == "" && strings.EqualFold(c.Name, "lambda")
}

// lambdaVariable returns the name if c is written as lambdaVariables('name').
func lambdaVariable(c *expr.Call) (string, bool) {
	if c.Namespace != "" || len(c.Args) != 1 || !strings.EqualFold(c.Name, "lambdaVariables") {
		return "", false
	}
	s, ok := c.Args[0].(*expr.String)
	if !ok {
		return "", false
	}
	return s.Value, true
}

// declaredIn returns the variables, in lower case, that lambdas in n declare.
func declaredIn(n expr.Node) map[string]bool {
	var names map[string]bool
	expr.Walk(n, func(n expr.Node) bool {
		if l, ok := lambdaCall(n); ok {
			for _, a := range l.Args[:max(0, len(l.Args)-1)] {
				if s, ok := a.(*expr.String); ok {
					if names == nil {
						names = map[string]bool{}
					}
					names[strings.ToLower(s.Value)] = true
				}
			}
		}
		return true
	})
	return names
}

// lambda returns lambda('a', 'b', body) as a function; vars is the allowed
// number of variables.
func (e *evaluator) lambda(c *expr.Call, vars [2]int) (funcs.Lambda, error) {
	n := len(c.Args) - 1
	if n < vars[0] || n > vars[1] {
		return nil, Errorf(codeLambda, c.At, "this lambda declares %d variables, but the function passes %s", max(n, 0), between(vars))
	}
	names := make([]string, n)
	for i := range names {
		s, ok := c.Args[i].(*expr.String)
		if !ok {
			return nil, Errorf(codeLambda, c.Args[i].Range(), "the name of a lambda variable must be written as a string, such as 'item'")
		}
		names[i] = s.Value
	}
	body, inner := c.Args[n], *e
	if inner.place != 0 {
		inner.place |= funcs.InLambda
	}
	return func(args ...value.Value) (value.Value, error) {
		if err := inner.budget.Spend(1); err != nil { // a body without a call costs time as well
			return nil, locate(err, body.Range())
		}
		once := inner
		once.frame = &frame{outer: inner.frame, names: names, args: args}
		p, err := once.eval(body)
		return p.Value, err
	}, nil
}

func between(vars [2]int) string {
	digits := func(n int) string { return string(rune('0' + n)) } // there are at most three
	if vars[0] == vars[1] {
		return digits(vars[0])
	}
	return digits(vars[0]) + " to " + digits(vars[1])
}

func (e *evaluator) lambdaVariables(c *expr.Call) (Placed, error) {
	name, unknown, err := e.name(c)
	if err != nil || unknown != nil {
		return Placed{Value: unknown}, err
	}
	if v, ok := e.frame.find(name); ok {
		return Placed{Value: v}, nil
	}
	return Placed{}, undefined(CodeName, c.Args[0].Range(), "lambda variable", name, nearest.Name(name, e.frame.all()))
}
