package arm

import (
	"github.com/scaleset/scaleset/pkg/arm/grammar"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// Rule is the name of the rule under which this package reports findings.
const Rule = grammar.Rule

// The findings about the structure of a template.
const (
	CodeNotTemplate     diag.Code = "SS2020" // the file is not a template
	CodeMissing                   = grammar.CodeMissing
	CodeSchema          diag.Code = "SS2022" // $schema is not the schema of a deployment template
	CodeUnknownProperty           = grammar.CodeUnknownProperty
	CodeWrongType                 = grammar.CodeWrongType
	CodeUnknownType               = grammar.CodeUnknownType
	CodeConstraint      diag.Code = "SS2026" // a constraint that does not apply to its type
	CodeLanguage                  = grammar.CodeLanguage
	CodeDuplicate       diag.Code = "SS2028" // a name that is declared twice
	CodeCopy                      = grammar.CodeCopy
	CodeParameterFile   diag.Code = "SS2030" // a parameter file that is not well formed
	CodeReference       diag.Code = "SS2031" // a $ref that leads nowhere or back to itself
	CodeParameterSchema diag.Code = "SS2032" // a parameter file whose $schema is that of templates
	CodePlaceholder     diag.Code = "SS2033" // a parameter file with placeholder values
)
