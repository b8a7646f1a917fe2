package eval

import (
	"github.com/scaleset/scaleset/pkg/expr"
	"github.com/scaleset/scaleset/pkg/funcs"
	"github.com/scaleset/scaleset/pkg/source"
	"github.com/scaleset/scaleset/pkg/value"
)

// A Placed is a value together with the place it came from.
type Placed struct {
	Value  value.Value
	Origin *Origin // nil: no place
}

// An Origin is where a value was written and how it got here. Origins mirror
// the shape of arrays and objects as far as it is known: an element without an
// origin of its own has that of its parent.
type Origin struct {
	// At is the text to change in order to change the value.
	At source.Range
	// Key is the range of the name, for a member of an object.
	Key source.Range
	// Hop says how the value passed through here, such as "parameter
	// instanceCount" or "variable names"; empty for a plain literal.
	Hop string
	// HopAt is the place of the hop (the reference, not the value).
	HopAt source.Range
	// From is where the value was before the hop; nil at the end of the trail.
	From *Origin

	Members map[string]*Origin // by lower-case name
	Items   []*Origin
}

// A Scope says what names mean at one place of a template. Implementations
// are safe for use by one goroutine at a time.
type Scope interface {
	// Context is the outside world.
	Context() *funcs.Context
	// Parameter and Variable look a name up, without case. The error is a
	// finding for people: undefined (with the nearest name), cyclic, broken.
	// A broken one was reported where it is defined: see ErrReported.
	Parameter(name string) (Placed, error)
	Variable(name string) (Placed, error)
	// UserFunction finds namespace.name, or reports that there is none.
	UserFunction(namespace, name string) (UserFunction, bool)
	// Special answers the functions that depend on the template or on where
	// the expression stands: copyIndex, reference, references, list*,
	// resourceId and its kin, deployment, resourceGroup, resourceInfo,
	// environment and so on. handled is false when the function is none of
	// its own, and package funcs answers.
	Special(call *expr.Call, name string, args []Placed) (result Placed, handled bool, err error)
}

// A UserFunction is a function that the template defines.
type UserFunction struct {
	Name       string
	Parameters []string
	// Call evaluates the body with the arguments bound.
	Call func(args []Placed) (Placed, error)
}
