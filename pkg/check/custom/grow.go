package custom

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/functions"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
	"cel.dev/cel-go/interpreter"
)

// The library counts the steps of a call once it has the result. That is too late for
// functions whose result, or whose work, is a product of their arguments: their steps
// are counted before the call.
var growing = map[string]func(args []ref.Val) (steps int){
	"replace": func(args []ref.Val) int {
		if len(args) < 3 {
			return 0
		}
		text, old, replacement := textOf(args[0]), textOf(args[1]), textOf(args[2])
		return (len(text) + strings.Count(text, old)*len(replacement)) / charactersPerStep
	},
	"join": func(args []ref.Val) int {
		separator := 0
		if len(args) > 1 {
			separator = len(textOf(args[1]))
		}
		return sizeOf(args[0], separator) / charactersPerStep
	},
	"format": func(args []ref.Val) int {
		return (len(textOf(args[0])) + sizeOf(args[len(args)-1], 0)) / charactersPerStep
	},
}

const (
	// charactersPerStep is how many characters the library counts as one step.
	charactersPerStep = 10
	// comparedPerStep is how many comparisons of a character with an instruction of a
	// regular expression are one step: they take some nanoseconds each.
	comparedPerStep = 200
	// most is more than an evaluation may take.
	most = 2 * maxCost * charactersPerStep
)

func textOf(v ref.Val) string {
	s, _ := v.(types.String)
	return string(s)
}

// sizeOf is the number of characters of a value as text, at least one for each part.
// It stops beyond the limit: parts can share parts of theirs.
func sizeOf(v ref.Val, separator int) (size int) {
	var add func(ref.Val)
	add = func(v ref.Val) {
		if size++; size > most {
			return
		}
		switch v := v.(type) {
		case types.String:
			size += len(v)
		case traits.Mapper:
			for i := v.Iterator(); i.HasNext() == types.True && size <= most; {
				key := i.Next()
				add(key)
				if of, ok := v.Find(key); ok {
					add(of)
				}
			}
		case traits.Lister:
			for i := v.Iterator(); i.HasNext() == types.True && size <= most; {
				size += separator
				add(i.Next())
			}
		}
	}
	add(v)
	return size
}

// A grown is a call of a function whose steps are counted before it.
type grown struct {
	call  interpreter.InterpretableCall
	steps func(args []ref.Val) int
	of    functions.FunctionOp
}

// grow replaces a call of a function in growing, or of matches().
func grow(env *cel.Env, call interpreter.InterpretableCall) (interpreter.InterpretableV2, error) {
	if call.Function() == "matches" && len(call.Args()) == 2 {
		return matching(call), nil
	}
	steps, ok := growing[call.Function()]
	if !ok {
		return call, nil
	}
	overloads, err := env.Functions()[call.Function()].Bindings()
	if err != nil {
		return nil, err
	}
	for _, o := range overloads {
		if o.Operator != call.OverloadID() && (call.OverloadID() != "" || o.Operator != call.Function()) {
			continue
		}
		g := &grown{call: call, steps: steps, of: o.Function}
		switch n := len(call.Args()); {
		case n == 1 && o.Unary != nil:
			g.of = func(args ...ref.Val) ref.Val { return o.Unary(args[0]) }
		case n == 2 && o.Binary != nil:
			g.of = func(args ...ref.Val) ref.Val { return o.Binary(args[0], args[1]) }
		}
		if g.of != nil {
			return g, nil
		}
	}
	return nil, fmt.Errorf("%s has no implementation", call.Function())
}

// matching is a call of matches().
func matching(call interpreter.InterpretableCall) *grown {
	literal := ""
	var compiled *pattern
	if c, ok := call.Args()[1].(interpreter.InterpretableConst); ok {
		literal = textOf(c.Value())
		compiled = newPattern(literal)
	}
	of := func(text string) *pattern {
		if compiled != nil && text == literal {
			return compiled
		}
		return newPattern(text)
	}
	return &grown{
		call:  call,
		steps: func(args []ref.Val) int { return len(textOf(args[0])) * of(textOf(args[1])).size / comparedPerStep },
		of: func(args ...ref.Val) ref.Val {
			text, ok := args[0].(types.String)
			if _, isText := args[1].(types.String); !ok || !isText {
				return types.MaybeNoSuchOverloadErr(args[0])
			}
			p := of(textOf(args[1]))
			if p.err != nil {
				return types.WrapErr(p.err)
			}
			return types.Bool(p.regexp.MatchString(string(text)))
		},
	}
}

// A pattern is a regular expression and its size in instructions.
type pattern struct {
	regexp *regexp.Regexp
	size   int
	err    error
}

func newPattern(text string) *pattern {
	parsed, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		return &pattern{err: err}
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return &pattern{err: err}
	}
	p := &pattern{size: len(program.Inst)}
	if p.size > maxRegex {
		p.err = fmt.Errorf("regex program size %d exceeds limit of %d", p.size, maxRegex)
		p.size = 0 // it is not used
		return p
	}
	p.regexp, p.err = regexp.Compile(text)
	return p
}

// ID implements [interpreter.InterpretableV2].
func (g *grown) ID() int64 { return g.call.ID() }

// Exec implements [interpreter.InterpretableV2].
func (g *grown) Exec(frame *interpreter.ExecutionFrame) ref.Val {
	args := make([]ref.Val, len(g.call.Args()))
	var missing ref.Val
	for i, arg := range g.call.Args() {
		args[i] = arg.Exec(frame)
		switch {
		case types.IsError(args[i]):
			return args[i]
		case types.IsUnknown(args[i]) && missing == nil:
			missing = args[i]
		}
	}
	result := missing
	if missing == nil {
		if ended := scopeIn(frame).spend(g.steps(args)); ended != nil {
			return ended
		}
		result = g.of(args...)
	}
	if costs := frame.CostTracker(); costs != nil {
		costs.EvalVarArgs(frame, g.ID(), g.call, args, result)
	}
	return result
}

// Eval implements [interpreter.InterpretableV2].
func (g *grown) Eval(vars interpreter.Activation) ref.Val {
	return interpreter.EvalActivation(vars, g.Exec)
}

// scopeName is the name of the variable that holds the scope; no expression can
// have it.
const scopeName = "@scope"

// scopeIn returns the scope of an evaluation.
func scopeIn(vars interpreter.Activation) *scope {
	if v, ok := vars.ResolveName(scopeName); ok {
		if s, ok := v.(*scope); ok {
			return s
		}
	}
	return &scope{} // a part that is evaluated before there is a template
}
