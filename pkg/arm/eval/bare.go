package eval

import (
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// Bare is the scope of an expression outside a template: it has no parameters,
// variables or functions, only outside facts. Other scopes embed it for its
// default methods.
type Bare struct {
	World *funcs.Context // nil if every fact is unknown
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

// Parameter implements [Scope]: the scope has no parameters.
func (Bare) Parameter(name string) (Placed, error) {
	return Placed{}, undefined(CodeName, source.Range{}, "parameter", name, "")
}

// Variable implements [Scope]: the scope has no variables.
func (Bare) Variable(name string) (Placed, error) {
	return Placed{}, undefined(CodeName, source.Range{}, "variable", name, "")
}

// UserFunction implements [Scope]: the scope has no user functions.
func (Bare) UserFunction(string, string) (UserFunction, bool) { return UserFunction{}, false }

// Special implements [Scope]: package funcs evaluates all functions that it
// can.
func (Bare) Special(*expr.Call, *funcs.Func, []Placed) (Placed, bool, error) {
	return Placed{}, false, nil
}
