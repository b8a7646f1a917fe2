package expand

import "github.com/scaleset/scaleset/pkg/syntax/diag"

// The names of the rules under which this package reports findings.
const (
	RuleParameter = "parameter-value"
	RuleVariable  = "variable-value"
	RuleCopy      = "copy-loop"
	RuleResource  = "resource-identity"
	RuleNested    = "nested-deployment"
	RuleOutput    = "output-value"
	RuleAssert    = "assert"
	RuleFunction  = "user-function"
	RuleLimit     = "tool-limit"
	RuleCondition = "condition"
)

// The findings of the expansion.
const (
	CodeLimit diag.Code = "SS0003" // a limit of the tool was reached

	CodeKey           diag.Code = "SS1030" // a computed property name that is not a string, or is repeated
	CodeParameterType diag.Code = "SS1031" // a value whose type is not that of the parameter
	CodeConstraint    diag.Code = "SS1032" // a value that a constraint of the parameter forbids
	CodeMissingValue  diag.Code = "SS1033" // a parameter without a value
	CodeSurplusValue  diag.Code = "SS1034" // a value for a parameter that the template does not declare
	CodeNullVariable  diag.Code = "SS1035" // a variable that is null
	CodeOutputType    diag.Code = "SS1036" // an output whose type is not the declared one
	CodeFunctionType  diag.Code = "SS1037" // an argument or a result of a user function whose type is not the declared one
	CodeAssert        diag.Code = "SS1038" // an assert that is false

	CodeCopyCount      diag.Code = "SS2040" // a copy count that is not an integer from 0 to 800
	CodeCopyNested     diag.Code = "SS2041" // a property loop within a property loop
	CodeCopyCollision  diag.Code = "SS2042" // a loop that makes a property that already exists
	CodeNameSegments   diag.Code = "SS2043" // a name with more or fewer segments than the type
	CodeName           diag.Code = "SS2044" // a name that is empty or not a string
	CodeCondition      diag.Code = "SS2045" // a condition that is not a boolean
	CodeFieldType      diag.Code = "SS2046" // a location, apiVersion or tags of the wrong type or form
	CodeScope          diag.Code = "SS2050" // a template that does not fit the scope it is deployed to
	CodeNestedShape    diag.Code = "SS2051" // a nested deployment that is not well formed
	CodeNestedLocation diag.Code = "SS2052" // a nested deployment with a location that is not allowed, or without one that is required
	CodeNotExpanded    diag.Code = "SS2053" // a nested deployment whose template is unknown
	CodeLink           diag.Code = "SS2054" // a linked template that cannot be read
)
