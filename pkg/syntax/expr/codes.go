package expr

import (
	"embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// A Kind is one kind of finding about expressions; all of them are errors,
// since the engine refuses the template for each.
type Kind struct {
	Code    diag.Code
	Name    string // the rule's name, as in "SS1001 unexpected-token"
	Summary string // one sentence without a full stop
}

// The codes of the findings of the parser.
const (
	CodeUnexpected   diag.Code = "SS1001" // a token where another one was expected
	CodeUnterminated diag.Code = "SS1002" // a string without its closing quote
	CodeTooLong      diag.Code = "SS1003" // more than DocumentedLength characters, or MaxLength
	CodeTooDeep      diag.Code = "SS1004" // more than MaxDepth levels
	CodeNumber       diag.Code = "SS1005" // a fraction, or an integer beyond 64 bits
	CodeCharacter    diag.Code = "SS1006" // a character that belongs to no token
)

// Kinds lists the kinds of findings of the parser in the order of their codes.
func Kinds() []Kind {
	return []Kind{
		{CodeUnexpected, "unexpected-token", "An expression has something where something else was expected"},
		{CodeUnterminated, "unterminated-string", "A string in an expression has no closing quote"},
		{CodeTooLong, "expression-too-long", "An expression is longer than documented, or than the service takes"},
		{CodeTooDeep, "expression-too-deep", "An expression nests deeper than this tool follows"},
		{CodeNumber, "expression-number", "A number in an expression is no integer of 64 bits"},
		{CodeCharacter, "unexpected-character", "A character that has no meaning in expressions"},
	}
}

//go:embed pages/*.md
var pages embed.FS

// Doc is the page of the kind, in the form of the pages of rules.
func (k Kind) Doc() string { return k.DocIn(pages) }

// DocIn is the page of the kind among pages.
func (k Kind) DocIn(pages embed.FS) string {
	page, err := pages.ReadFile("pages/" + strings.ToLower(string(k.Code)) + "_" + strings.ReplaceAll(k.Name, "-", "_") + ".md")
	if err != nil {
		return "" // a test wants a page for each kind
	}
	return string(page)
}

const (
	// DocumentedLength is the greatest number of characters of an expression
	// that the documentation promises
	// (https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#template-limits).
	DocumentedLength = 24576
	// MaxLength is what the service takes in fact. Azure Red Hat OpenShift
	// deploys expressions of more than 70,000 characters and keeps them below
	// this (https://github.com/Azure/ARO-RP/blob/master/pkg/deploy/generator/generators.go).
	MaxLength = 81920
	// MaxDepth is how deep calls and brackets may nest. The limit is ours, so
	// that hostile input cannot exhaust the stack: the deepest expression
	// that people are known to have written has about 30 levels.
	MaxDepth = 256
)
