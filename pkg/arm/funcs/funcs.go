package funcs

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/scaleset/scaleset/pkg/arm/value"
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

// A Call is one call of a function. No argument is unknown itself; arrays and
// objects may hold unknown parts.
type Call struct {
	Context *Context
	Args    []value.Value
	// Lambdas holds, by the index of the argument, what was written as
	// lambda(...); nil elsewhere. Args holds value.Null there.
	Lambdas []Lambda

	fn *Func // set by Apply
}

// A Func is one entry of the table: what a function takes, what it is allowed
// to do, what it answers, and a line for people.
type Func struct {
	Name     string  // canonical spelling; names compare case-insensitively
	Family   string  // "string", "array", ... as Azure's documentation groups them
	Result   string  // type of the answer as [value.KindName] names it; "" for one that depends, see [Func.Gives]
	Params   []Param // fixed parameters, then, when Variadic, the repeated last one
	Min      int     // least number of arguments
	Variadic bool    // the last parameter repeats
	Where    Where   // where the engine allows it
	Doc      string  // one sentence
	Source   string  // link to the documentation
	// Answer computes the value. It is nil for functions that depend on the
	// template or the deployment (parameters, reference, copyIndex, if, ...):
	// package eval or the scope answers those. An error that concerns one
	// argument is an *ArgError. [ErrUnknown] says that the answer depends on
	// an unknown part of an argument. Callers use [Func.Apply], which also
	// checks the number of arguments.
	Answer func(c *Call) (value.Value, error)
}

// ErrUnknown is what a function gives when its answer depends on an unknown
// part of an argument: the call stays as it is, to be answered at deployment.
var ErrUnknown = errors.New("the answer depends on a value that is known only at deployment")

// Apply checks the number of arguments and calls Answer, which must not be nil.
func (f *Func) Apply(c *Call) (value.Value, error) {
	if err := f.CheckCount(len(c.Args)); err != nil {
		return nil, err
	}
	call := *c
	call.fn = f
	if call.Context == nil {
		call.Context = new(Context)
	}
	v, err := f.Answer(&call)
	if arg, ok := err.(*ArgError); ok && arg.Func == "" {
		arg.Func = f.Name
	}
	return v, err
}

// sameAsFirst is the Result of a function that gives an array for arrays, and a
// string or an object for those.
const sameAsFirst = "same"

// Gives is the type of the answer for the arguments, as [value.KindName] names
// it; "" when it is not known.
func (f *Func) Gives(args []value.Value) string {
	if f.Result != sameAsFirst {
		return f.Result
	}
	for _, v := range args {
		switch kind := value.KindName(v); kind {
		case "unknown":
		case "array", "object":
			return kind
		default: // concat() makes text of numbers
			return "string"
		}
	}
	return ""
}

// CheckKinds reports an argument that is not known and is of a type that the
// function does not take, whatever its value is: the error is an *ArgError. It
// says nothing when an argument is not known at all.
func (f *Func) CheckKinds(c *Call) error {
	if f.Answer == nil || len(c.Lambdas) > 0 {
		return nil
	}
	kinds := make([]string, len(c.Args))
	args := make([]value.Value, len(c.Args))
	for i, v := range c.Args {
		if u, ok := v.(value.Unknown); ok {
			kinds[i] = u.Kind
			if v = sampleOf(u.Kind); v == nil {
				return nil
			}
		}
		args[i] = v
	}
	probe := *c
	probe.Args = args
	_, err := f.Apply(&probe)
	var arg *ArgError
	if !errors.As(err, &arg) || arg.Type == "" || arg.Index >= len(kinds) || kinds[arg.Index] == "" {
		return nil
	}
	return &ArgError{Func: f.Name, Index: arg.Index, Type: arg.Type, Err: fmt.Errorf("must be %s, not a value of type %s", arg.Type, kinds[arg.Index])}
}

// sampleOf is a value of a kind; nil for one that is not known.
func sampleOf(kind string) value.Value {
	switch kind {
	case "string":
		return value.String("")
	case "int":
		return value.Int(0)
	case "bool":
		return value.Bool(false)
	case "array":
		return value.Array{}
	case "object":
		return value.NewObject()
	}
	return nil
}

// CheckCount reports a wrong number of arguments: what is taken, what was given.
func (f *Func) CheckCount(n int) error {
	if n >= f.Min && (f.Variadic || n <= len(f.Params)) {
		return nil
	}
	return fmt.Errorf("%s() takes %s, not %d", f.Name, f.counts(), n)
}

func (f *Func) counts() string {
	switch most := len(f.Params); {
	case f.Variadic:
		return "at least " + plural(f.Min, "argument")
	case f.Min == most:
		return plural(most, "argument")
	default:
		return fmt.Sprintf("%d to %s", f.Min, plural(most, "argument"))
	}
}

func plural(n int, noun string) string {
	switch n {
	case 0:
		return "no " + noun + "s"
	case 1:
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// A Param is one parameter of a function, for messages and help.
type Param struct {
	Name string
	Type string // such as "string", "int", "array|object", "lambda"
	// Vars is, for a lambda, the least and the greatest number of variables
	// that it may declare.
	Vars [2]int
}

// Where is a set of places.
type Where uint

// The places of a template. A function whose Where is 0 may stand everywhere.
const (
	InParameter    Where = 1 << iota // the default of a parameter
	InVariable                       // a variable
	InUserFunction                   // the body of a user function
	InResource                       // a resource, its condition and loops aside
	InOutput                         // the value of an output
	InLambda                         // within lambda(...)
)

// Allows reports whether a function with this set may stand at place.
func (w Where) Allows(place Where) bool { return w == 0 || w&place != 0 }

// An ArgError says which argument of a call is wrong.
type ArgError struct {
	Func  string // name of the function
	Index int    // of the argument, from 0
	Type  string // what it has to be, with an article, when it is of a wrong type
	Err   error
}

func (e *ArgError) Error() string {
	return fmt.Sprintf("argument %d of %s() %s", e.Index+1, e.Func, e.Err)
}

// Unwrap gives the cause.
func (e *ArgError) Unwrap() error { return e.Err }
