package grammar

import (
	"embed"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
)

// Rule is the name of the rule under which mistakes of structure are reported.
const Rule = "template-structure"

// The findings about the structure of a template.
const (
	CodeMissing         diag.Code = "SS2021" // a required member is absent
	CodeUnknownProperty diag.Code = "SS2023" // a member that the language does not have
	CodeWrongType       diag.Code = "SS2024" // JSON of another type than the language wants
	CodeUnknownType     diag.Code = "SS2025" // a word that the member does not have
	CodeLanguage        diag.Code = "SS2027" // a feature of a later languageVersion, or an unknown one
	CodeCopy            diag.Code = "SS2029" // a copy loop that is not well formed
	CodeCondition       diag.Code = "SS2045" // a condition that is not a boolean
	CodeName            diag.Code = "SS1101" // the name of a function that no call can write
	CodeLiteral         diag.Code = "SS1100" // an expression where the service reads the value as it is written
)

// Kinds lists the kinds of findings that have a page in this package.
func Kinds() []Kind {
	return []Kind{
		{CodeLiteral, "literal-required", "An expression is written where Azure reads the value without evaluating it"},
		{CodeName, "function-name", "The name of a function, or of its namespace, is one that no expression can call"},
	}
}

func ruleOf(code diag.Code) string {
	for _, k := range Kinds() {
		if k.Code == code {
			return k.Name
		}
	}
	return Rule
}

// A Kind is one kind of finding about the structure of templates.
type Kind expr.Kind

//go:embed pages/*.md
var pages embed.FS

// Doc is the page of the kind, in the form of the pages of rules.
func (k Kind) Doc() string { return expr.Kind(k).DocIn(pages) }
