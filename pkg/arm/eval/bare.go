package eval

import (
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// Bare is the scope of an expression outside of any template: it has no
// parameters, variables or functions, and knows the outside world only. Its
// methods serve other scopes that have nothing of their own to say.
type Bare struct {
	World *funcs.Context // nil for one where everything is unknown
	At    funcs.Where
	Spent *Budget
}

var nowhere funcs.Context

// Context implements [Scope].
func (b Bare) Context() *funcs.Context {
	if b.World == nil {
		return &nowhere
	}
	return b.World
}

// Place implements [Scope].
func (b Bare) Place() funcs.Where { return b.At }

// Budget implements [Scope].
func (b Bare) Budget() *Budget { return b.Spent }

// Parameter implements [Scope]: there is none.
func (Bare) Parameter(name string) (Placed, error) {
	return Placed{}, undefined(CodeName, source.Range{}, "parameter", name, "")
}

// Variable implements [Scope]: there is none.
func (Bare) Variable(name string) (Placed, error) {
	return Placed{}, undefined(CodeName, source.Range{}, "variable", name, "")
}

// UserFunction implements [Scope]: there is none.
func (Bare) UserFunction(string, string) (UserFunction, bool) { return UserFunction{}, false }

// Special implements [Scope]: package funcs answers what it can.
func (Bare) Special(*expr.Call, *funcs.Func, []Placed) (Placed, bool, error) {
	return Placed{}, false, nil
}
