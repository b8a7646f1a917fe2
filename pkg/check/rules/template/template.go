// Package template holds the rules about the language of templates, whatever
// they deploy: codes SS21xx to SS29xx.
//
//	SS21xx  declarations that nothing uses
//	SS22xx  secrets
//	SS23xx  locations and hosts
//	SS24xx  ids of resources
//	SS25xx  API versions
//	SS26xx  limits and form
//	SS27xx  expressions, dependencies and nested deployments
//
// What the engine rejects (undefined names, wrong types, circles) is reported by
// the packages that evaluate templates. A matter of taste is off by default.
package template

import (
	"github.com/scaleset/scaleset/pkg/check/lint"
)

// Rules are the rules of the family, in the order of their codes.
func Rules() []*lint.Rule {
	return []*lint.Rule{
		unusedParameter, unusedVariable, unusedFunction, unusedDefinition,
		missingBrackets, secureParameterDefault, secretNotSecure, outputSecret,
		outerScopeSecret, secretToPlainParameter, literalAdminName, literalPassword,
		commandSecret, writtenSecretRule, literalLocation, groupLocation,
		literalEndpoint, locationDefault, literalResourceID, idByConcat, resourceIDArgument, idForm,
		apiVersionOld, apiVersionPreview, apiVersionComputed, providersAPIVersion, referenceVersion,
		templateLimits, schemaAddress, contentVersionRule, emptyValue,
		boundsPair, commentsPortability, unstableName, dynamicName,
		uriByConcat, dependsOnForm, redundantDependency, debugSettingRule,
		outerScopeName, literalSize, artifactsParameters,
	}
}

// Unchecked are the statements of the family that no rule checks.
func Unchecked() []lint.Unchecked {
	return nil
}
