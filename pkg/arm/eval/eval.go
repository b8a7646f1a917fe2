package eval

import (
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
)

// A Placed is a value with its origin.
type Placed struct {
	Value value.Value
	// Origin is nil for a value that was computed, or written, where it is
	// used: its range is that of the whole expression.
	Origin *Origin
	// Parts are the origins of the inputs of a computed value, if Origin is
	// nil: the parameters, variables and functions in its expression.
	Parts []*Origin
	// Rest, if set, is the expression of the value at deployment: Value then
	// has only the part that the template declares, as with reference() of a
	// resource. A part that Value lacks is a part of Rest.
	Rest *value.Unknown
	// Open is set if a part that Value lacks may exist at deployment even for
	// tryGet(), which the expansion evaluates to null.
	Open bool
}

// A Scope resolves the names at one place of a template. Implementations are
// safe for use by one goroutine at a time.
type Scope interface {
	// Context returns the outside facts.
	Context() *funcs.Context
	// Place returns the kind of place of the expression; functions that are not
	// allowed there are errors. 0 allows all functions.
	Place() funcs.Where
	// Budget limits the evaluation. All scopes of one template share a budget,
	// so that many expressions together are limited too; nil gives each call of
	// Eval its own.
	Budget() *Budget
	// Parameter and Variable look up a name, ignoring case. The error is a
	// finding: undefined (with the nearest name), cyclic, broken. An *Error
	// without a range gets that of the name in the expression. A broken
	// declaration was reported before: see ErrReported.
	Parameter(name string) (Placed, error)
	Variable(name string) (Placed, error)
	// UserFunction returns namespace.name; ok is false if there is none.
	UserFunction(namespace, name string) (UserFunction, bool)
	// Special evaluates the functions that depend on the template or on the
	// place of the expression: copyIndex, reference, references, list*,
	// resourceId and similar ones, deployment, resourceGroup, resourceInfo,
	// environment and so on; function is the entry of the table, nil for a
	// list* function that has none. The arguments may be unknown. If handled is
	// false, package funcs evaluates the function, or the call is left for the
	// deployment.
	Special(call *expr.Call, function *funcs.Func, args []Placed) (result Placed, handled bool, err error)
}

// A Rewriter is a [Scope] whose names have another meaning, or none, where a
// remaining expression is evaluated: the parameters of a user function, the
// copyIndex() of a loop. Rewrite returns the value of such a call in a part
// that is not evaluated.
type Rewriter interface {
	Rewrite(call *expr.Call) (value.Value, bool)
}

// A UserFunction is a function that the template defines.
type UserFunction struct {
	Name       string
	Parameters []string
	// Call evaluates the body with the arguments bound.
	Call func(args []Placed) (Placed, error)
}

// Eval computes n, which must come from a parse without findings. The error is
// an [*Error] with the range of the offending node, or [ErrReported].
func Eval(n expr.Node, s Scope) (Placed, error) {
	b := s.Budget()
	if b == nil {
		b = NewBudget()
	}
	if err := b.enter(); err != nil {
		return Placed{}, locate(err, n.Range())
	}
	defer b.leave()
	e := evaluator{scope: s, budget: b, place: s.Place()}
	return e.eval(n)
}

// An evaluator evaluates one expression.
type evaluator struct {
	scope  Scope
	budget *Budget
	place  funcs.Where
	frame  *frame   // variables of the innermost lambda; nil outside
	active []string // user functions whose arguments are being evaluated
}

func (e *evaluator) eval(n expr.Node) (Placed, error) {
	switch n := n.(type) {
	case *expr.String:
		return Placed{Value: value.String(n.Value)}, nil
	case *expr.Int:
		return integer(n)
	case *expr.Call:
		return e.call(n)
	case *expr.Property:
		return e.property(n)
	case *expr.Index:
		return e.index(n)
	}
	return Placed{}, ErrReported // the parser reported it
}

// placed returns the origin of the value of n: its own, or n itself.
func (p Placed) placed(n expr.Node) *Origin {
	if p.Origin != nil {
		return p.Origin
	}
	return &Origin{At: n.Range(), Parts: p.Parts}
}

// part is eval for a node whose value becomes a part of the result, or all of
// it: a value without an origin was written right there.
func (e *evaluator) part(n expr.Node) (Placed, error) {
	p, err := e.eval(n)
	if err == nil {
		p.Origin, p.Parts = p.placed(n), nil
	}
	return p, err
}
