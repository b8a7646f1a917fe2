package eval

import (
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
)

// conditional evaluates if(condition, then, otherwise). Only the branch that is
// needed is evaluated; if the condition is unknown, none is.
func (e *evaluator) conditional(c *expr.Call) (Placed, error) {
	cond, err := e.eval(c.Args[0])
	if err != nil {
		return Placed{}, err
	}
	switch v := cond.Value.(type) {
	case value.Bool:
		if v {
			return e.part(c.Args[1])
		}
		return e.part(c.Args[2])
	case value.Unknown:
		text := c.Name + "(" + v.Residual + ", " + e.print(c.Args[1]) + ", " + e.print(c.Args[2]) + ")"
		return Placed{Value: leave(text, v), Parts: cond.parts()}, nil
	}
	return Placed{}, Errorf(CodeArgument, c.Args[0].Range(), "the condition of if() must be a bool, not %s", describe(cond.Value))
}

// junction evaluates and(...), which the first false decides, or or(...), which
// the first true decides. Later arguments are not evaluated.
func (e *evaluator) junction(c *expr.Call, decides value.Bool) (Placed, error) {
	known := make([]Placed, 0, len(c.Args))
	for i, n := range c.Args {
		p, err := e.eval(n)
		if err != nil {
			return Placed{}, err
		}
		switch v := p.Value.(type) {
		case value.Bool:
			if v == decides {
				return Placed{Value: decides}, nil
			}
		case value.Unknown:
			return e.undecided(c, append(known, p)), nil
		default:
			return Placed{}, Errorf(CodeArgument, n.Range(), "argument %d of %s() must be a bool, not %s", i+1, c.Name, describe(p.Value))
		}
		known = append(known, p)
	}
	return Placed{Value: !decides}, nil
}

// coalesce evaluates to the first value that is not null.
func (e *evaluator) coalesce(c *expr.Call) (Placed, error) {
	known := make([]Placed, 0, len(c.Args))
	for _, n := range c.Args {
		p, err := e.part(n)
		switch p.Value.(type) {
		case value.Null:
			known = append(known, p)
		case value.Unknown:
			if err == nil && len(c.Args) > 1 {
				return e.undecided(c, append(known, p)), nil
			}
			return p, err
		default:
			return p, err
		}
	}
	return Placed{Value: value.Null{}}, nil
}

// undecided returns a lazy call whose last evaluated argument is unknown. The
// arguments after it may not be needed: those that fail stay as written.
func (e *evaluator) undecided(c *expr.Call, args []Placed) Placed {
	for _, n := range c.Args[len(args):] {
		p, err := e.eval(n)
		if err != nil {
			p.Value = value.Unknown{Residual: e.print(n)}
		}
		args = append(args, p)
	}
	return Placed{Value: Leave(c, args, ""), Parts: partsOf(args)}
}
