package engine

import (
	"slices"
	"strings"
	"sync"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/deploy"
	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/grammar"
	"github.com/scaleset/scaleset/pkg/azure/schema"
	"github.com/scaleset/scaleset/pkg/capacity/upgrade"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// A Kind is one kind of finding that is not of a rule: of reading, of the
// language, of the schemas.
type Kind struct {
	Code     diag.Code
	Name     string // of the rule that it is reported under
	Severity diag.Severity
	Summary  string // one sentence without a full stop
	Page     string // Markdown; may be empty
	// OffByDefault kinds are reported only when they are enabled.
	OffByDefault bool
}

// Kinds lists all of them, in the order of their codes.
func Kinds() []Kind {
	kinds := []Kind{
		{Code: CodeUnreadable, Name: RuleUnreadable, Severity: diag.Error, Summary: "A file cannot be read; the others are checked all the same"},
		{Code: lint.CodeRuleFailed, Name: "rule-failed", Severity: diag.Warning, Summary: "A rule failed on this template, which is a defect of the tool; the other rules went on"},
		{Code: expand.CodeLimit, Name: expand.RuleLimit, Severity: diag.Error, Summary: "A limit of the tool is reached; what lies beyond it was not checked"},
		{Code: lint.CodeSuppressionUnused, Name: "suppression-unused", Severity: diag.Warning, Summary: "A suppression silences nothing"},
		{Code: lint.CodeSuppressionExpired, Name: "suppression-expired", Severity: diag.Warning, Summary: "A suppression is past its date"},
		{Code: lint.CodeSuppressionBroken, Name: "suppression-broken", Severity: diag.Warning, Summary: "A suppression is not well formed: it needs a code and a reason"},
	}
	kinds = append(kinds,
		Kind{Code: arm.CodeParameterSchema, Name: arm.Rule, Severity: diag.Warning, Summary: "The $schema of a parameter file is that of templates"},
		Kind{Code: arm.CodePlaceholder, Name: arm.Rule, Severity: diag.Info, Summary: "Values of a parameter file only hold a place and are taken as unknown"})
	for _, c := range jsonc.Codes() {
		kinds = append(kinds, Kind{Code: c.Code, Name: c.Name, Severity: c.Severity, Summary: c.Summary})
	}
	for _, k := range expr.Kinds() {
		kinds = append(kinds, Kind{Code: k.Code, Name: k.Name, Severity: diag.Error, Summary: k.Summary, Page: k.Doc()})
	}
	for _, k := range eval.Kinds() {
		kinds = append(kinds, Kind{Code: k.Code, Name: k.Name, Severity: diag.Error, Summary: k.Summary, Page: k.Doc()})
	}
	for _, k := range grammar.Kinds() {
		kinds = append(kinds, Kind{Code: k.Code, Name: k.Name, Severity: diag.Error, Summary: k.Summary, Page: k.Doc()})
	}
	for _, k := range schema.Kinds() {
		kinds = append(kinds, Kind{Code: k.Code, Name: k.Name, Severity: k.Severity, Summary: k.Summary, Page: k.Doc(), OffByDefault: k.OffByDefault()})
	}
	for _, k := range whatif.Kinds() {
		kinds = append(kinds, Kind{Code: k.Code, Name: k.Name, Severity: k.Severity, Summary: k.Summary})
	}
	for _, k := range upgrade.Kinds() {
		kinds = append(kinds, Kind{Code: k.Code, Name: k.Name, Severity: k.Severity, Summary: k.Summary})
	}
	for _, k := range deploy.Kinds() {
		kinds = append(kinds, Kind{Code: k.Code, Name: k.Name, Severity: k.Severity, Summary: k.Summary, Page: k.Doc()})
	}
	for _, l := range languageKinds() {
		severity := diag.Error
		if l.code == expand.CodeNotExpanded { // what is not known is not a mistake
			severity = diag.Info
		}
		kinds = append(kinds, Kind{Code: l.code, Name: l.name, Severity: severity, Summary: l.summary})
	}
	slices.SortStableFunc(kinds, func(a, b Kind) int { return strings.Compare(string(a.Code), string(b.Code)) })
	return kinds
}

// IsLanguage reports a code of findings about a file, the template language or
// the expansion: not about a resource type, a capacity preview, or of a rule.
func IsLanguage(code diag.Code) bool { return language()[code] }

var language = sync.OnceValue(func() map[diag.Code]bool {
	codes := map[diag.Code]bool{}
	for _, k := range Kinds() {
		codes[k.Code] = true
	}
	for _, k := range schema.Kinds() {
		delete(codes, k.Code)
	}
	for _, k := range whatif.Kinds() {
		delete(codes, k.Code)
	}
	for _, k := range upgrade.Kinds() {
		delete(codes, k.Code)
	}
	return codes
})

// others are the codes and names of all kinds, for suppressions.
var others = sync.OnceValue(func() []string {
	var all []string
	for _, k := range Kinds() {
		all = append(all, string(k.Code), k.Name)
	}
	return all
})

type languageKind struct {
	code          diag.Code
	name, summary string
}

// languageKinds are those of the structure and the expansion of templates:
// what Azure Resource Manager refuses before it asks any provider.
func languageKinds() []languageKind {
	return []languageKind{
		{expand.CodeKey, expand.RuleResource, "The computed name of a property is no text, or is there twice"},
		{expand.CodeParameterType, expand.RuleParameter, "The value of a parameter has another type than the template declares"},
		{expand.CodeConstraint, expand.RuleParameter, "The value of a parameter is not allowed by the template: a list of values, a length or a range"},
		{expand.CodeMissingValue, expand.RuleParameter, "A parameter has neither a value nor a default"},
		{expand.CodeSurplusValue, expand.RuleParameter, "A value is given for a parameter that the template does not declare"},
		{expand.CodeNullVariable, expand.RuleVariable, "A variable is null"},
		{expand.CodeOutputType, expand.RuleOutput, "An output has another type than it declares"},
		{expand.CodeFunctionType, expand.RuleFunction, "A user function takes or answers a value of another type than it declares"},
		{expand.CodeAssert, expand.RuleAssert, "An assert of the template does not hold"},

		{arm.CodeNotTemplate, arm.Rule, "The file is no deployment template"},
		{arm.CodeMissing, arm.Rule, "A required property of the language is absent"},
		{arm.CodeSchema, arm.Rule, "The $schema names no schema of deployment templates"},
		{arm.CodeUnknownProperty, arm.Rule, "The language has no such property at this place"},
		{arm.CodeWrongType, arm.Rule, "A property of the language holds JSON of another type"},
		{arm.CodeUnknownType, arm.Rule, "Parameters and outputs have no such type"},
		{arm.CodeConstraint, arm.Rule, "A constraint does not fit the type that it constrains"},
		{arm.CodeLanguage, arm.Rule, "The feature needs a later languageVersion"},
		{arm.CodeDuplicate, arm.Rule, "A name is declared twice"},
		{arm.CodeCopy, arm.Rule, "A copy loop is not well formed"},
		{arm.CodeParameterFile, arm.Rule, "A parameter file is not well formed"},
		{arm.CodeReference, arm.Rule, "A $ref leads nowhere, or in a circle"},

		{expand.CodeCopyCount, expand.RuleCopy, "The count of a copy loop is no whole number from 0 to 800"},
		{expand.CodeCopyNested, expand.RuleCopy, "A property loop stands in a property loop"},
		{expand.CodeCopyCollision, expand.RuleCopy, "A loop makes a property that is already there"},
		{expand.CodeNameSegments, expand.RuleResource, "The name of a resource has more or fewer parts than its type"},
		{expand.CodeName, expand.RuleResource, "The name of a resource is empty or no text"},
		{expand.CodeCondition, expand.RuleCondition, "A condition is no boolean"},
		{expand.CodeFieldType, expand.RuleResource, "The location, apiVersion or tags of a resource have the wrong form"},
		{expand.CodeScope, expand.RuleNested, "A template does not fit the scope that it is deployed to"},
		{expand.CodeNestedShape, expand.RuleNested, "A nested deployment is not well formed"},
		{expand.CodeNestedLocation, expand.RuleNested, "A nested deployment has a location it may not have, or lacks one it needs"},
		{expand.CodeNotExpanded, expand.RuleNested, "The template of a nested deployment cannot be known offline"},
		{expand.CodeLink, expand.RuleNested, "A linked template cannot be read"},
	}
}
