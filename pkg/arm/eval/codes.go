package eval

import (
	"embed"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
)

// The codes of the findings of evaluation.
const (
	CodeFunction diag.Code = "SS1010" // no such function
	CodeCount    diag.Code = "SS1011" // wrong number of arguments
	CodeArgument diag.Code = "SS1012" // an argument of the wrong type or value
	CodeProperty diag.Code = "SS1013" // no such property
	CodeIndex    diag.Code = "SS1014" // an index out of bounds, or of the wrong type
	CodePlace    diag.Code = "SS1015" // a function that is not allowed at this place
	CodeName     diag.Code = "SS1016" // an undefined parameter, variable or lambda variable
	CodeLambda   diag.Code = "SS1017" // a lambda that is not well formed
	CodeFailed   diag.Code = "SS1018" // a function that cannot answer
	CodeCycle    diag.Code = "SS1019" // something that is defined by itself
	CodeLimit    diag.Code = "SS0003" // the limits of evaluation are reached
)

// Kinds lists the kinds of findings that this package makes, in the order of
// their codes. SS0003 is shared by all that bounds its work, and not among them.
func Kinds() []Kind {
	return []Kind{
		{CodeFunction, "unknown-function", "An expression calls a function that does not exist"},
		{CodeCount, "argument-count", "A function is called with too few or too many arguments"},
		{CodeArgument, "argument-value", "An argument of a function has a type or a value that it does not take"},
		{CodeProperty, "undefined-property", "An expression reads a property that the value does not have"},
		{CodeIndex, "index-out-of-bounds", "An expression reads an element that the array does not have"},
		{CodePlace, "function-place", "A function stands where the engine does not allow it"},
		{CodeName, "undefined-name", "An expression names a parameter, variable or loop that does not exist"},
		{CodeLambda, "lambda-form", "A lambda is not well formed, or not where one is taken"},
		{CodeFailed, "function-failed", "A function has no answer for its arguments"},
		{CodeCycle, "circular-definition", "A parameter, variable or function is defined by itself"},
	}
}

// A Kind is one kind of finding about expressions.
type Kind expr.Kind

//go:embed pages/*.md
var pages embed.FS

// Doc is the page of the kind, in the form of the pages of rules.
func (k Kind) Doc() string { return expr.Kind(k).DocIn(pages) }

// Rule is the name of the rule under which mistakes without a kind of their
// own are reported.
const Rule = "expression"

func ruleOf(code diag.Code) string {
	for _, k := range Kinds() {
		if k.Code == code {
			return k.Name
		}
	}
	if code == CodeLimit {
		return "tool-limit"
	}
	return Rule
}
