package expr

import "github.com/scaleset/scaleset/pkg/diag"

// Rule is the name of the rule under which the parser reports.
const Rule = "expression-syntax"

// The findings of the parser.
const (
	CodeUnexpected   diag.Code = "SS1001" // a token where another one was expected
	CodeUnterminated diag.Code = "SS1002" // a string without its closing quote
	CodeTooLong      diag.Code = "SS1003" // more than MaxLength characters
	CodeTooDeep      diag.Code = "SS1004" // more than MaxDepth levels
	CodeNumber       diag.Code = "SS1005" // a fraction, or an integer beyond 64 bits
	CodeCharacter    diag.Code = "SS1006" // a character that belongs to no token
)

const (
	// MaxLength is the greatest number of characters of an expression that the
	// service takes
	// (https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#template-limits).
	MaxLength = 24576
	// MaxDepth is how deep calls and brackets may nest. The limit is ours, so
	// that hostile input cannot exhaust the stack: the deepest expression
	// that people are known to have written has about 30 levels.
	MaxDepth = 256
)
