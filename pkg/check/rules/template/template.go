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
// What the engine refuses (undefined names, wrong types, circles) is reported by
// the packages that evaluate templates. A matter of taste is off by default.
package template

import (
	"github.com/scaleset/scaleset/pkg/check/lint"
)

// Rules are the rules of the family, in the order of their codes.
func Rules() []*lint.Rule {
	return []*lint.Rule{
		UnusedParameter, UnusedVariable, UnusedFunction, UnusedDefinition,
		MissingBrackets, SecureParameterDefault, SecretNotSecure, OutputSecret,
		OuterScopeSecret, SecretToPlainParameter, LiteralAdminName, LiteralPassword,
		CommandSecret, WrittenSecret, LiteralLocation, GroupLocation,
		LiteralEndpoint, LiteralResourceID, IDByConcat, ResourceIDArgument,
		APIVersionOld, APIVersionPreview, APIVersionComputed, ProvidersAPIVersion,
		TemplateLimits, SchemaAddress, ContentVersion, EmptyValue,
		BoundsPair, CommentsPortability, UnstableName, DynamicName,
		URIByConcat, DependsOnForm, RedundantDependency, DebugSetting,
		OuterScopeName, NestedParameterType, LiteralSize,
	}
}

// Unchecked are the statements of the family that no rule checks.
func Unchecked() []lint.Unchecked {
	return nil
}
