package arm

import "github.com/scaleset/scaleset/pkg/syntax/diag"

// Rule is the name of the rule under which this package reports.
const Rule = "template-structure"

// The findings about the structure of a template.
const (
	CodeNotTemplate     diag.Code = "SS2020" // the file is no template at all
	CodeMissing         diag.Code = "SS2021" // a required property is absent
	CodeSchema          diag.Code = "SS2022" // $schema names no deployment template
	CodeUnknownProperty diag.Code = "SS2023" // a property that the language does not have
	CodeWrongType       diag.Code = "SS2024" // JSON of another type than the language wants
	CodeUnknownType     diag.Code = "SS2025" // a type that parameters and outputs do not have
	CodeConstraint      diag.Code = "SS2026" // a constraint that does not fit its type
	CodeLanguage        diag.Code = "SS2027" // a feature of a later languageVersion
	CodeDuplicate       diag.Code = "SS2028" // a name that is declared twice
	CodeCopy            diag.Code = "SS2029" // a copy loop that is not well formed
	CodeParameterFile   diag.Code = "SS2030" // a parameter file that is not well formed
	CodeReference       diag.Code = "SS2031" // a $ref that leads nowhere, or in a circle
	CodeParameterSchema diag.Code = "SS2032" // a parameter file whose $schema is that of templates
	CodePlaceholder     diag.Code = "SS2033" // a parameter file with values that only hold a place
)
