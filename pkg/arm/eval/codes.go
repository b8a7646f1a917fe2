package eval

import (
	"embed"
	"slices"

	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// The codes of the findings of evaluation.
const (
	codeFunction diag.Code = "SS1010" // an unknown function
	codeCount    diag.Code = "SS1011" // wrong number of arguments
	CodeArgument diag.Code = "SS1012" // an argument of the wrong type or value
	CodeProperty diag.Code = "SS1013" // an unknown property
	CodeIndex    diag.Code = "SS1014" // an index out of bounds, or of the wrong type
	CodePlace    diag.Code = "SS1015" // a function that is not allowed at this place
	CodeName     diag.Code = "SS1016" // an undefined parameter, variable or lambda variable
	codeLambda   diag.Code = "SS1017" // a lambda that is not well formed
	CodeFailed   diag.Code = "SS1018" // a function that cannot return a result
	CodeCycle    diag.Code = "SS1019" // a circular definition
	CodeLimit    diag.Code = "SS0003" // a limit of evaluation was reached
)

//go:embed pages/*.md
var pages embed.FS

// Kinds returns the kinds of findings of this package, in the order of their
// codes. It does not include SS0003, which is shared by every package that
// limits its work.
func Kinds() []diag.Kind { return slices.Clone(kinds.Get()) }

var kinds = lazy.Value[[]diag.Kind]{Of: func() []diag.Kind {
	return diag.WithPages([]diag.Kind{
		{Code: codeFunction, Name: "unknown-function", Severity: diag.Error, Summary: "An expression calls a function that does not exist"},
		{Code: codeCount, Name: "argument-count", Severity: diag.Error, Summary: "A function is called with too few or too many arguments"},
		{Code: CodeArgument, Name: "argument-value", Severity: diag.Error, Summary: "An argument of a function has the wrong type or value"},
		{Code: CodeProperty, Name: "undefined-property", Severity: diag.Error, Summary: "An expression reads a property that the value does not have",
			Also: []diag.Level{{Severity: diag.Warning, When: "the value comes from an empty value or default of a parameter"}}},
		{Code: CodeIndex, Name: "index-out-of-bounds", Severity: diag.Error, Summary: "An expression reads an element that the array does not have",
			Also: []diag.Level{{Severity: diag.Warning, When: "the value comes from an empty value or default of a parameter"}}},
		{Code: CodePlace, Name: "function-place", Severity: diag.Error, Summary: "A function is used where it is not allowed"},
		{Code: CodeName, Name: "undefined-name", Severity: diag.Error, Summary: "An expression names a parameter, variable or loop that does not exist"},
		{Code: codeLambda, Name: "lambda-form", Severity: diag.Error, Summary: "A lambda is not valid, or is used where none is allowed"},
		{Code: CodeFailed, Name: "function-failed", Severity: diag.Error, Summary: "A function fails for its arguments"},
		{Code: CodeCycle, Name: "circular-definition", Severity: diag.Error, Summary: "A parameter, variable or function is defined in terms of itself",
			Also: []diag.Level{{Severity: diag.Warning, When: "a deployment can pass one of the parameters in the cycle"}}},
	}, pages)
}}

// rule is the name of the rule for mistakes without a kind of their own.
const rule = "expression"

func ruleOf(code diag.Code) string {
	if code == CodeLimit {
		return "tool-limit"
	}
	return diag.NameOf(kinds.Get(), code, rule)
}
