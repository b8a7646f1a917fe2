package eval

import (
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
)

// A Placed is a value together with the place it came from.
type Placed struct {
	Value value.Value
	// Origin is nil for a value that was computed, or written, right where it
	// is used: its place is that of the whole expression.
	Origin *Origin
	// Parts are the origins of what a computed value was made of, when Origin
	// is nil: the parameters, variables and functions in its expression.
	Parts []*Origin
	// Rest, when it is set, is what asks the deployment for the value: Value
	// is then only what the template says of it, as with reference() of a
	// resource. A part that Value lacks is asked of Rest.
	Rest *value.Unknown
	// Open says that a part that Value lacks may also be there for tryGet(),
	// which the expansion answers with null.
	Open bool
}

// A Scope says what names mean at one place of a template. Implementations
// are safe for use by one goroutine at a time.
type Scope interface {
	// Context is the outside world.
	Context() *funcs.Context
	// Place says where the expression stands; functions that are not allowed
	// there are errors. 0 allows all of them.
	Place() funcs.Where
	// Budget bounds the evaluation. All scopes of one template share one, so
	// that many expressions together are bounded too; nil gives each call of
	// Eval its own.
	Budget() *Budget
	// Parameter and Variable look a name up, ignoring case. The error is a
	// finding for people: undefined (with the nearest name), cyclic, broken.
	// An *Error without a place gets that of the name in the expression.
	// A broken one was reported where it is defined: see ErrReported.
	Parameter(name string) (Placed, error)
	Variable(name string) (Placed, error)
	// UserFunction finds namespace.name, or reports that there is none.
	UserFunction(namespace, name string) (UserFunction, bool)
	// Special answers the functions that depend on the template or on where
	// the expression stands: copyIndex, reference, references, list*,
	// resourceId and its kin, deployment, resourceGroup, resourceInfo,
	// environment and so on; function is the entry of the table, nil for a
	// list* function that has none. The arguments may be unknown. handled is
	// false when the function is not one of its own: package funcs answers, or
	// the call is left for the deployment.
	Special(call *expr.Call, function *funcs.Func, args []Placed) (result Placed, handled bool, err error)
}

// A Rewriter is a [Scope] whose names mean something else, or nothing, where
// the rest of an expression ends up: the parameters of a user function, the
// copyIndex() of a loop. Rewrite gives the value that stands for such a call
// in a part that is left unevaluated.
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
// an [*Error] with the place of the offending node, or [ErrReported].
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
	return Placed{}, ErrReported // the parser did
}

// placed is the origin of the value of n: where it came from, or n itself.
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
