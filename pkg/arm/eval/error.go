package eval

import (
	"errors"
	"fmt"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// ErrReported is the error for a value that cannot be computed for a reason
// that was reported elsewhere: callers leave the value out and add no finding.
var ErrReported = errors.New("reported where it is defined")

// An Error is a mistake of the user in an expression.
type Error struct {
	Code    diag.Code
	At      source.Range // the offending node
	Summary string       // one line, with the offending value and the limit
	Detail  string       // what to do; may be empty
	Related []diag.Related
	// Of has as parts the origins of the values that the error is about, such as
	// the object without the property; nil for other errors.
	Of *Origin
}

// Error returns the summary.
func (e *Error) Error() string { return e.Summary }

// Diagnostic returns the error as a finding.
func (e *Error) Diagnostic() diag.Diagnostic {
	return diag.Diagnostic{
		Code: e.Code, Rule: ruleOf(e.Code), Severity: diag.Error, Summary: e.Summary, Detail: e.Detail, Subject: e.At, Related: e.Related,
	}
}

// Errorf returns an error. The evaluator replaces a zero range by that of the
// argument or call that the error is about.
func Errorf(code diag.Code, at source.Range, format string, args ...any) *Error {
	return &Error{Code: code, At: at, Summary: fmt.Sprintf(format, args...)}
}

// locate returns err as an *Error with a range, or ErrReported.
func locate(err error, at source.Range) error {
	if errors.Is(err, ErrReported) {
		return ErrReported
	}
	var e *Error
	if !errors.As(err, &e) {
		return Errorf(CodeFailed, at, "%s", err)
	}
	if e.At.IsZero() && !at.IsZero() {
		placed := *e
		placed.At = at
		return &placed
	}
	return e
}

// locateArg is locate for the errors of package funcs: an error about one
// argument gets the range of that argument.
func locateArg(err error, c *expr.Call) error {
	var e *Error
	var arg *funcs.ArgError
	if !errors.As(err, &e) && errors.As(err, &arg) && arg.Index < len(c.Args) {
		return Errorf(CodeArgument, c.Args[arg.Index].Range(), "%s", err)
	}
	return locate(err, c.Range())
}

// places returns the names of the places of a set, for messages.
func places(w funcs.Where) string {
	named := [...]struct {
		place funcs.Where
		name  string
	}{
		{funcs.InParameter, "the default of a parameter"},
		{funcs.InVariable, "variables"},
		{funcs.InUserFunction, "user functions"},
		{funcs.InResource, "the properties of resources"},
		{funcs.InOutput, "outputs"},
		{funcs.InLambda, "lambdas"},
	}
	var names []string
	for _, n := range named {
		if w&n.place != 0 {
			names = append(names, n.name)
		}
	}
	return strings.Join(names, " and ")
}
