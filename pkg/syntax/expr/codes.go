package expr

import (
	"embed"
	"slices"

	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// The codes of the findings of the parser.
const (
	codeUnexpected   diag.Code = "SS1001" // a token where another one was expected
	codeUnterminated diag.Code = "SS1002" // a string without its closing quote
	codeTooLong      diag.Code = "SS1003" // more than DocumentedLength characters, or MaxLength
	codeTooDeep      diag.Code = "SS1004" // more than MaxDepth levels
	CodeNumber       diag.Code = "SS1005" // a fraction, or an integer beyond 64 bits
	codeCharacter    diag.Code = "SS1006" // a character that is not part of any token
)

//go:embed pages/*.md
var pages embed.FS

// Kinds returns the kinds of findings of the parser in the order of their
// codes. The deployment service rejects the template for nearly all of them.
func Kinds() []diag.Kind { return slices.Clone(kinds.Get()) }

var kinds = lazy.Value[[]diag.Kind]{Of: func() []diag.Kind {
	return diag.WithPages([]diag.Kind{
		{Code: codeUnexpected, Name: "unexpected-token", Severity: diag.Error, Summary: "An expression has a syntax error"},
		{Code: codeUnterminated, Name: "unterminated-string", Severity: diag.Error, Summary: "A string in an expression has no closing quote"},
		{Code: codeTooLong, Name: "expression-too-long", Severity: diag.Error, Summary: "An expression is longer than documented, or than Azure accepts",
			Also: []diag.Level{{Severity: diag.Warning, When: "it is longer than documented, but Azure is known to accept it"}}},
		{Code: codeTooDeep, Name: "expression-too-deep", Severity: diag.Error, Summary: "An expression is nested more deeply than this tool supports"},
		{Code: CodeNumber, Name: "expression-number", Severity: diag.Error, Summary: "A number in an expression is not a 64-bit integer"},
		{Code: codeCharacter, Name: "unexpected-character", Severity: diag.Error, Summary: "An expression contains a character that is not allowed"},
	}, pages)
}}

const (
	// DocumentedLength is the documented limit of the length of an expression,
	// in characters
	// (https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#template-limits).
	DocumentedLength = 24576
	// MaxLength is the limit that Azure enforces, in characters. Azure Red Hat
	// OpenShift deploys expressions of more than 70,000 characters and keeps
	// them below this
	// (https://github.com/Azure/ARO-RP/blob/master/pkg/deploy/generator/generators.go).
	MaxLength = 81920
	// MaxDepth limits the nesting of calls and brackets. The limit is ours, so
	// that hostile input cannot exhaust the stack: the deepest known expression
	// has about 30 levels.
	MaxDepth = 256
)
