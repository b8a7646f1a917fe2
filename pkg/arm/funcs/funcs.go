package funcs

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/scaleset/scaleset/pkg/arm/value"
)

// Context has the facts about a deployment that functions return and that are
// not in the template. The zero value works; empty fields are unknown.
type Context struct {
	TenantID        string
	SubscriptionID  string
	ManagementGroup string
	ResourceGroup   string // "" if the deployment has none
	Location        string // of the resource group, or of the deployment if it has no group
	DeploymentName  string
	// Open is set if the deployment has what is missing here, with a value that
	// is not known: the functions of its scope return objects with unknown
	// members.
	Open bool
}

// A Lambda evaluates a lambda expression with values for its variables.
type Lambda func(args ...value.Value) (value.Value, error)

// A Call is one call of a function. No argument is unknown itself; arrays and
// objects may contain unknown parts.
type Call struct {
	Context *Context
	Args    []value.Value
	// Lambdas has, by the index of the argument, what was written as
	// lambda(...); nil elsewhere. Args has value.Null there.
	Lambdas []Lambda

	fn *Func // set by Apply
}

// A Func is one entry of the table: the parameters of a function, the places
// where it is allowed, its implementation, and a line of documentation.
type Func struct {
	Name     string  // canonical spelling; names are case-insensitive
	Family   string  // "string", "array", ..., the groups of Azure's documentation
	Result   string  // type of the result as [value.KindName] names it; "" if it depends on the arguments, see [Func.Gives]
	Params   []Param // fixed parameters, then, if Variadic, the repeated last one
	Min      int     // smallest number of arguments
	Variadic bool    // the last parameter repeats
	Where    Where   // the places where it is allowed
	Doc      string  // one sentence
	Source   string  // link to the documentation
	// Answer computes the result. It is nil for functions that depend on the
	// template or the deployment (parameters, reference, copyIndex, if, ...):
	// package eval or the scope evaluates those. An error about one argument is
	// an *ArgError. [ErrUnknown] means that the result depends on an unknown
	// part of an argument. Callers use [Func.Apply], which also checks the
	// number of arguments.
	Answer func(c *Call) (value.Value, error)
}

// ErrUnknown is the error of a function whose result depends on an unknown part
// of an argument: the call is evaluated at deployment.
var ErrUnknown = errors.New("the answer depends on a value that is known only at deployment")

// Apply checks the number of arguments and calls Answer, which must not be nil.
// It returns the errors of both, and changes nothing of c that a caller sees but a
// nil Context.
func (f *Func) Apply(c *Call) (value.Value, error) {
	if err := f.CheckCount(len(c.Args)); err != nil {
		return nil, err
	}
	c.fn = f
	if c.Context == nil {
		c.Context = new(Context)
	}
	v, err := f.Answer(c)
	if arg, ok := err.(*ArgError); ok && arg.Func == "" {
		arg.Func = f.Name
	}
	return v, err
}

// sameAsFirst is the Result of a function that returns an array for arrays, and
// a string or an object for those.
const sameAsFirst = "same"

// Gives returns the type of the result for the arguments, as [value.KindName]
// names it; "" if it is unknown.
func (f *Func) Gives(args []value.Value) string {
	if f.Result != sameAsFirst {
		return f.Result
	}
	for _, v := range args {
		switch kind := value.KindName(v); kind {
		case "unknown":
		case "array", "object":
			return kind
		default: // concat() converts numbers to text
			return "string"
		}
	}
	return ""
}

// CheckKinds returns an *ArgError for an unknown argument whose type the
// function does not accept, whatever its value. It returns nil if the type of
// an argument is unknown.
func (f *Func) CheckKinds(c *Call) error {
	if f.Answer == nil || len(c.Lambdas) > 0 {
		return nil
	}
	for _, v := range c.Args {
		if u, ok := v.(value.Unknown); ok && sampleOf(u.Kind) == nil {
			return nil
		}
	}
	kinds := make([]string, len(c.Args))
	args := slices.Clone(c.Args)
	for i, v := range args {
		if u, ok := v.(value.Unknown); ok {
			kinds[i], args[i] = u.Kind, sampleOf(u.Kind)
		}
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

// sampleOf returns a value of a kind; nil for an unknown kind.
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

// CheckCount returns an error for a wrong number of arguments, with the allowed
// and the actual number.
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

// A Param is a parameter of a function, for messages and help.
type Param struct {
	Name string
	Type string // such as "string", "int", "array|object", "lambda"
	// Vars is, for a lambda, the smallest and the largest number of variables
	// that it can declare.
	Vars [2]int
}

// Where is a set of places.
type Where uint

// The places of a template. A function whose Where is 0 is allowed everywhere.
const (
	InParameter    Where = 1 << iota // the default of a parameter
	InVariable                       // a variable
	InUserFunction                   // the body of a user function
	InResource                       // a resource, except its condition and loops
	InOutput                         // the value of an output
	InLambda                         // inside lambda(...)
)

// Allows reports whether a function with this set is allowed at place.
func (w Where) Allows(place Where) bool { return w == 0 || w&place != 0 }

// An ArgError is an error about one argument of a call.
type ArgError struct {
	Func  string // name of the function
	Index int    // of the argument, from 0
	Type  string // the required type with an article, if the type is wrong
	Err   error
}

func (e *ArgError) Error() string {
	return fmt.Sprintf("argument %d of %s() %s", e.Index+1, e.Func, e.Err)
}

// Unwrap returns the cause.
func (e *ArgError) Unwrap() error { return e.Err }
