package grammar

import (
	"embed"
	"slices"

	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// Rule is the name of the rule under which mistakes of structure are reported.
const Rule = "template-structure"

// The findings about the structure of a template.
const (
	CodeMissing         diag.Code = "SS2021" // a required member is absent
	CodeUnknownProperty diag.Code = "SS2023" // an unknown member
	CodeWrongType       diag.Code = "SS2024" // JSON of the wrong type
	CodeUnknownType     diag.Code = "SS2025" // an unknown word
	CodeLanguage        diag.Code = "SS2027" // a feature of a later languageVersion, or an unknown one
	CodeCopy            diag.Code = "SS2029" // a copy loop that is not well formed
	codeCondition       diag.Code = "SS2045" // a condition that is not a boolean
	codeName            diag.Code = "SS1101" // a function name that no call can contain
	codeLiteral         diag.Code = "SS1100" // an expression where Azure does not evaluate one
)

//go:embed pages/*.md
var pages embed.FS

// Kinds lists the kinds of findings that have a page in this package.
func Kinds() []diag.Kind { return slices.Clone(kinds.Get()) }

var kinds = lazy.Value[[]diag.Kind]{Of: func() []diag.Kind {
	return diag.WithPages([]diag.Kind{
		{Code: codeLiteral, Name: "literal-required", Severity: diag.Error, Summary: "An expression is used where Azure requires a literal value"},
		{Code: codeName, Name: "function-name", Severity: diag.Error, Summary: "The name of a function, or of its namespace, cannot be used in an expression"},
	}, pages)
}}

func ruleOf(code diag.Code) string { return diag.NameOf(kinds.Get(), code, Rule) }
