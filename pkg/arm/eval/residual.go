package eval

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
)

// Leave returns the unknown value of a call that is answered only at
// deployment: the call with the values of its arguments, in the spelling of the
// deployment service. reason is a short sentence for people; if it is empty,
// that of the first unknown argument is used.
func Leave(c *expr.Call, args []Placed, reason string) value.Unknown {
	var room [256]byte
	b := append(append(room[:0], c.FullName()...), '(')
	u := value.Unknown{Reason: reason}
	for i, a := range args {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = value.AppendExpression(b, a.Value)
		inherit(&u, a.Value)
	}
	u.Residual = string(append(b, ')'))
	if u.Reason == "" {
		u.Reason = c.FullName() + "() is answered only at deployment"
	}
	return u
}

// leave returns an unknown value with the text residual, computed from the
// given values.
func leave(residual string, of ...value.Value) value.Unknown {
	u := value.Unknown{Residual: residual}
	for _, v := range of {
		inherit(&u, v)
	}
	return u
}

// inherit copies the reason of the first unknown part of v, and marks u as
// secret if any part is.
func inherit(u *value.Unknown, v value.Value) {
	switch v := v.(type) {
	case value.Unknown:
		if u.Reason == "" {
			u.Reason = v.Reason
		}
		u.Secret = u.Secret || v.Secret
	case value.Array:
		for _, item := range v {
			inherit(u, item)
		}
	case *value.Object:
		for _, m := range v.Members() {
			inherit(u, m.Value)
		}
	}
}

// leaveCall is Leave for a call that may have lambdas, which stay as written.
func (e *evaluator) leaveCall(c *expr.Call, args []Placed) Placed {
	texts := args
	for i, a := range c.Args {
		if l, ok := lambdaCall(a); ok {
			if &texts[0] == &args[0] {
				texts = append([]Placed(nil), args...)
			}
			texts[i].Value = value.Unknown{Residual: e.print(l)}
		}
	}
	return Placed{Value: Leave(c, texts, ""), Parts: partsOf(args)}
}

// leaveFunction is leaveCall for a function of the table, which has the type of
// the result.
func (e *evaluator) leaveFunction(c *expr.Call, f *funcs.Func, args []Placed) Placed {
	p := e.leaveCall(c, args)
	u := p.Value.(value.Unknown)
	u.Kind = f.Gives(values(args))
	p.Value = u
	return p
}

func values(args []Placed) []value.Value {
	list := make([]value.Value, len(args))
	for i := range args {
		list[i] = args[i].Value
	}
	return list
}

// print prints a part that is not evaluated. Names without a meaning outside
// the scope are replaced: variables of lambdas, and what the scope rewrites.
func (e *evaluator) print(n expr.Node) string {
	rewriter, _ := e.scope.(Rewriter)
	if e.frame == nil && rewriter == nil {
		return expr.Print(n)
	}
	declared, frame := declaredIn(n), e.frame
	return expr.PrintWith(n, func(c *expr.Call) (string, bool) {
		if name, ok := lambdaVariable(c); ok && !declared[strings.ToLower(name)] {
			if v, ok := frame.find(name); ok {
				return value.Expression(v), true
			}
		}
		if rewriter != nil {
			if v, ok := rewriter.Rewrite(c); ok {
				return value.Expression(v), true
			}
		}
		return "", false
	})
}

func isUnknown(v value.Value) bool {
	_, ok := v.(value.Unknown)
	return ok
}
