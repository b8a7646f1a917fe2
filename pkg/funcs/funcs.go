package funcs

import (
	"github.com/scaleset/scaleset/pkg/value"
)

// Context is the outside world of a deployment: everything that a function may
// answer with and that the template does not say. The zero value works; the
// values that it lacks are unknown.
type Context struct {
	TenantID        string
	SubscriptionID  string
	ManagementGroup string
	ResourceGroup   string // "" when the deployment has none
	Location        string // of the resource group, or of the deployment where it has no group
	DeploymentName  string
}

// A Lambda calls a lambda expression with values for its variables.
type Lambda func(args ...value.Value) (value.Value, error)

// A Call is one call of a function: every argument is known.
type Call struct {
	Context *Context
	Args    []value.Value
	// Lambdas holds, by the index of the argument, what was written as
	// lambda(...); nil elsewhere. Args holds value.Null there.
	Lambdas []Lambda
}

// A Func is one entry of the table: what a function takes, what it is allowed
// to do, what it answers, and a line for people.
type Func struct {
	Name     string  // canonical spelling; names compare without case
	Family   string  // "string", "array", ... as Azure's documentation groups them
	Params   []Param // fixed parameters, then, when Variadic, the repeated last one
	Min      int     // least number of arguments
	Variadic bool    // the last parameter repeats
	Where    Where   // where the engine allows it
	Doc      string  // one sentence
	Source   string  // link to the documentation
	// Answer computes the value. It is nil for functions that depend on the
	// template or the deployment (parameters, reference, copyIndex, if, ...):
	// package eval or the scope answers those. An error that concerns one
	// argument is an *ArgError.
	Answer func(c *Call) (value.Value, error)
}

// A Param is one parameter of a function, for messages and help.
type Param struct {
	Name string
	Type string // such as "string", "int", "array|object", "lambda"
}

// Where is a set of places.
type Where uint

// An ArgError says which argument of a call is wrong.
type ArgError struct {
	Index int // of the argument, from 0
	Err   error
}

func (e *ArgError) Error() string { return e.Err.Error() }

// Unwrap gives the cause.
func (e *ArgError) Unwrap() error { return e.Err }
