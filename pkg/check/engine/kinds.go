package engine

import (
	"embed"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/deploy"
	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/grammar"
	"github.com/scaleset/scaleset/pkg/azure/schema"
	"github.com/scaleset/scaleset/pkg/capacity/upgrade"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// Kinds lists the kinds of findings that are not rules, in the order of their
// codes: of reading, of the language, of the schemas and of previews. They
// are disabled by settings or suppressed. This is the only list of them.
func Kinds() []diag.Kind { return slices.Clone(kinds.Get()) }

var kinds = lazy.Value[[]diag.Kind]{Of: func() []diag.Kind {
	all := slices.Concat(toolKinds(), jsonc.Kinds(), language(), schema.Kinds(), whatif.Kinds(), upgrade.Kinds())
	slices.SortStableFunc(all, func(a, b diag.Kind) int { return strings.Compare(string(a.Code), string(b.Code)) })
	return all
}}

// toolKinds returns the kinds that concern the run.
func toolKinds() []diag.Kind {
	return diag.WithPages([]diag.Kind{
		{Code: codeUnreadable, Name: ruleUnreadable, Severity: diag.Error, Summary: "A file cannot be read; the other files are still checked"},
		{Code: lint.CodeRuleFailed, Name: "rule-failed", Severity: diag.Warning, Summary: "A rule failed on this template because of a bug in the tool; the other rules were still run"},
		{Code: expand.CodeLimit, Name: expand.RuleLimit, Severity: diag.Error, Summary: "A limit of the tool was reached, so a part of the input was not checked",
			Also: []diag.Level{{Severity: diag.Warning, When: "the limit is the number of findings, or the work on one resource"}}},
		{Code: lint.CodeSuppressionUnused, Name: "suppression-unused", Severity: diag.Warning, Summary: "A suppression does not match any finding"},
		{Code: lint.CodeSuppressionExpired, Name: "suppression-expired", Severity: diag.Warning, Summary: "A suppression has expired"},
		{Code: lint.CodeSuppressionForeign, Name: "suppression-foreign", Severity: diag.Info, Summary: "A suppression for another tool does not silence the rule that corresponds to its check"},
		{Code: lint.CodeSuppressionBroken, Name: "suppression-broken", Severity: diag.Warning, Summary: "A suppression is not valid: it needs a code and a reason"},
		{Code: arm.CodeParameterSchema, Name: arm.Rule, Severity: diag.Warning, Summary: "The $schema of a parameter file is a schema of templates"},
		{Code: arm.CodePlaceholder, Name: arm.Rule, Severity: diag.Info, Summary: "A parameter file has placeholders, or lacks required values, which were not checked"},
	}, pages)
}

// language returns the kinds of the template language. A linked template that was
// found by its uri may differ from what is deployed, so nothing in it is more
// than a warning.
func language() []diag.Kind {
	all := slices.Concat(expr.Kinds(), eval.Kinds(), grammar.Kinds(), templateKinds(), deploy.Kinds())
	guessed := diag.Level{Severity: diag.Warning, When: "it is in a linked template that was found by its uri"}
	for i, k := range all {
		if k.Severity == diag.Error {
			all[i].Also = append(slices.Clone(k.Also), guessed)
		}
	}
	return all
}

// IsLanguage reports a code of findings about a file, the template language or
// the expansion: not about a resource type, a capacity preview, or of a rule.
func IsLanguage(code diag.Code) bool { return languageCodes.Get()[code] }

var languageCodes = lazy.Value[map[diag.Code]bool]{Of: func() map[diag.Code]bool {
	codes := map[diag.Code]bool{}
	for _, k := range slices.Concat(toolKinds(), jsonc.Kinds(), language()) {
		codes[k.Code] = true
	}
	return codes
}}

// others are the codes and names of all kinds, for suppressions.
var others = lazy.Value[[]string]{Of: func() []string {
	var all []string
	for _, k := range kinds.Get() {
		all = append(all, string(k.Code), k.Name)
	}
	return all
}}

// templateKinds returns the kinds of the structure and the expansion of templates:
// what Azure Resource Manager rejects before it calls a resource provider.
func templateKinds() []diag.Kind {
	return diag.WithPages([]diag.Kind{
		{Code: expand.CodeKey, Name: expand.RuleResource, Severity: diag.Error, Summary: "The computed name of a property is not a string, or is already used"},
		{Code: expand.CodeParameterType, Name: expand.RuleParameter, Severity: diag.Error, Summary: "The value of a parameter does not have the type that the template declares",
			Also: []diag.Level{{Severity: diag.Warning, When: "the value comes from an empty value or default of a parameter"}}},
		{Code: expand.CodeConstraint, Name: expand.RuleParameter, Severity: diag.Error, Summary: "The value of a parameter is not allowed by the template: by its allowed values, length or range",
			Also: []diag.Level{{Severity: diag.Warning, When: "the value comes from an empty value or default of a parameter"}}},
		{Code: expand.CodeMissingValue, Name: expand.RuleParameter, Severity: diag.Error, Summary: "A parameter has neither a value nor a default"},
		{Code: expand.CodeSurplusValue, Name: expand.RuleParameter, Severity: diag.Error, Summary: "A value is passed for a parameter that the template does not declare",
			Also: []diag.Level{{Severity: diag.Info, When: "the name differs from the declared one in case only"}}},
		{Code: expand.CodeNullVariable, Name: expand.RuleVariable, Severity: diag.Error, Summary: "A variable is null"},
		{Code: expand.CodeOutputType, Name: expand.RuleOutput, Severity: diag.Error, Summary: "The value of an output does not have the declared type"},
		{Code: expand.CodeFunctionType, Name: expand.RuleFunction, Severity: diag.Error, Summary: "An argument or the result of a user function does not have the declared type"},
		{Code: expand.CodeAssert, Name: expand.RuleAssert, Severity: diag.Error, Summary: "An assert of the template is false"},

		{Code: arm.CodeNotTemplate, Name: arm.Rule, Severity: diag.Error, Summary: "The file is not a deployment template",
			Also: []diag.Level{{Severity: diag.Info, When: "it is a parameter file, or the body of a REST request"}}},
		{Code: arm.CodeMissing, Name: arm.Rule, Severity: diag.Error, Summary: "A required property of the template language is missing",
			Also: []diag.Level{{Severity: diag.Warning, When: "a template for Azure Stack Hub uses an apiProfile instead of an apiVersion"}}},
		{Code: arm.CodeSchema, Name: arm.Rule, Severity: diag.Error, Summary: "The $schema is not a schema of deployment templates"},
		{Code: arm.CodeUnknownProperty, Name: arm.Rule, Severity: diag.Error, Summary: "The template language does not have this property here"},
		{Code: arm.CodeWrongType, Name: arm.Rule, Severity: diag.Error, Summary: "A property of the template language has the wrong JSON type",
			Also: []diag.Level{{Severity: diag.Warning, When: "an integer is written as a string"}}},
		{Code: arm.CodeUnknownType, Name: arm.Rule, Severity: diag.Error, Summary: "The type of a parameter or an output is unknown"},
		{Code: arm.CodeConstraint, Name: arm.Rule, Severity: diag.Error, Summary: "A constraint does not apply to the type of the parameter or output"},
		{Code: arm.CodeLanguage, Name: arm.Rule, Severity: diag.Error, Summary: "A feature needs a later languageVersion"},
		{Code: arm.CodeDuplicate, Name: arm.Rule, Severity: diag.Error, Summary: "A name is declared twice",
			Also: []diag.Level{{Severity: diag.Warning, When: "the names differ in case only"}}},
		{Code: arm.CodeCopy, Name: arm.Rule, Severity: diag.Error, Summary: "A copy loop is not valid"},
		{Code: arm.CodeParameterFile, Name: arm.Rule, Severity: diag.Error, Summary: "A parameter file is not valid",
			Also: []diag.Level{{Severity: diag.Warning, When: "a parameter has neither a value nor a reference"}}},
		{Code: arm.CodeReference, Name: arm.Rule, Severity: diag.Error, Summary: "A $ref does not refer to a definition, or refers to itself"},

		{Code: expand.CodeCopyCount, Name: expand.RuleCopy, Severity: diag.Error, Summary: "The count of a copy loop is not a whole number from 0 to 800"},
		{Code: expand.CodeCopyNested, Name: expand.RuleCopy, Severity: diag.Error, Summary: "A property loop is nested in another property loop"},
		{Code: expand.CodeCopyCollision, Name: expand.RuleCopy, Severity: diag.Error, Summary: "A property loop creates a property that already exists"},
		{Code: expand.CodeNameSegments, Name: expand.RuleResource, Severity: diag.Error, Summary: "The name of a resource has more or fewer parts than its type",
			Also: []diag.Level{{Severity: diag.Warning, When: "the value comes from an empty value or default of a parameter, and no parameter file is named"}}},
		{Code: expand.CodeName, Name: expand.RuleResource, Severity: diag.Error, Summary: "The name of a resource is empty or not a string",
			Also: []diag.Level{{Severity: diag.Warning, When: "the value comes from an empty value or default of a parameter, and no parameter file is named"}}},
		{Code: expand.CodeCondition, Name: expand.RuleCondition, Severity: diag.Error, Summary: "A condition is not a boolean"},
		{Code: expand.CodeFieldType, Name: expand.RuleResource, Severity: diag.Error, Summary: "The location, apiVersion or tags of a resource have the wrong form",
			Also: []diag.Level{{Severity: diag.Warning, When: "the API version of a resource is not a date, or a nested deployment of an old API version has tags"}}},
		{Code: expand.CodeScope, Name: expand.RuleNested, Severity: diag.Error, Summary: "A template or nested deployment does not match the scope that it is deployed to",
			Also: []diag.Level{{Severity: diag.Warning, When: "the resource type needs a resource group"}}},
		{Code: expand.CodeNestedShape, Name: expand.RuleNested, Severity: diag.Error, Summary: "A nested deployment is not valid",
			Also: []diag.Level{{Severity: diag.Warning, When: "the link to its template names both a uri and a relativePath"}}},
		{Code: expand.CodeNestedLocation, Name: expand.RuleNested, Severity: diag.Error, Summary: "A nested deployment has a location that is not allowed, or lacks one that is required"},
		{Code: expand.CodeNotExpanded, Name: expand.RuleNested, Severity: diag.Info, Summary: "The template of a nested deployment is not known offline"},
		{Code: expand.CodeLink, Name: expand.RuleNested, Severity: diag.Error, Summary: "A linked template cannot be read"},
	}, pages)
}

//go:embed pages/*.md
var pages embed.FS
