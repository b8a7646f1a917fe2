package schema

import (
	"embed"
	"slices"

	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// The kinds. Each case has a code of its own, so that its severity can be set
// and it can be suppressed separately.
var (
	unknownProperty = diag.Kind{Code: "SS3001", Name: "unknown-property", Severity: diag.Error, Summary: "No API version of the resource type has the property",
		Also: []diag.Level{{Severity: diag.Warning, When: "the provider is not known to reject unknown properties, the API version is not known exactly, or the value comes from an empty default"}}}
	wrongType = diag.Kind{Code: "SS3002", Name: "wrong-type", Severity: diag.Error, Summary: "A value has a different JSON type from its property",
		Also: []diag.Level{{Severity: diag.Warning, When: "Azure accepts it there, the API version is not known exactly, or the value comes from an empty default"}}}
	valueNotAllowed = diag.Kind{Code: "SS3003", Name: "value-not-allowed", Severity: diag.Error, Summary: "A value is not one of the allowed values of its property",
		Also: []diag.Level{{Severity: diag.Warning, When: "the API version is not known exactly, or the value comes from an empty default"}}}
	missingProperty = diag.Kind{Code: "SS3004", Name: "missing-property", Severity: diag.Error, Summary: "An object has no property that the API version requires",
		Also: []diag.Level{{Severity: diag.Warning, When: "the API version is not known exactly, or Azure is not known to reject it"}}}
	propertyTooNew    = diag.Kind{Code: "SS3005", Name: "property-too-new", Severity: diag.Warning, Summary: "The property first appears in a later API version"}
	propertyGone      = diag.Kind{Code: "SS3006", Name: "property-gone", Severity: diag.Warning, Summary: "The property last appears in an earlier API version"}
	valueOtherVersion = diag.Kind{Code: "SS3007", Name: "value-of-other-version", Severity: diag.Warning, Summary: "The value is allowed in other API versions only"}
	valueOutOfRange   = diag.Kind{Code: "SS3008", Name: "value-out-of-range", Severity: diag.Error, Summary: "A number, or the length or form of a string, is outside the limits of its property",
		Also: []diag.Level{{Severity: diag.Warning, When: "the API version is not known exactly, or the value is empty or comes from an empty default"}}}
	wrongCase      = diag.Kind{Code: "SS3009", Name: "wrong-case", Severity: diag.Info, Summary: "A name or an allowed value differs from the schema in case", OffByDefault: true}
	convertedValue = diag.Kind{Code: "SS3010", Name: "converted-value", Severity: diag.Info, Summary: "A number or boolean is written as a string, or a string as a number", OffByDefault: true}
	unknownType    = diag.Kind{Code: "SS3011", Name: "unknown-resource-type", Severity: diag.Warning, Summary: "The resource provider has no resource type of that name",
		Also: []diag.Level{{Severity: diag.Error, When: "the name is close to that of a known type, and the API version is not newer than all known ones"}}}
	unknownAPIVersion = diag.Kind{Code: "SS3012", Name: "unknown-api-version", Severity: diag.Error, Summary: "The API version of the resource is unknown",
		Also: []diag.Level{{Severity: diag.Warning, When: "it is a date, and probably not a version of the type"}, {Severity: diag.Info, When: "it is a date, and no schema for it is included"}}}
	ignoredProperty = diag.Kind{Code: "SS3013", Name: "ignored-property", Severity: diag.Info, Summary: "Azure ignores a property of the resource"}
)

// Kinds returns the kinds of findings in the order of their codes.
func Kinds() []diag.Kind { return slices.Clone(kinds.Get()) }

var kinds = lazy.Value[[]diag.Kind]{Of: func() []diag.Kind {
	return diag.WithPages([]diag.Kind{unknownProperty, wrongType, valueNotAllowed, missingProperty, propertyTooNew, propertyGone, valueOtherVersion,
		valueOutOfRange, wrongCase, convertedValue, unknownType, unknownAPIVersion, ignoredProperty}, pages)
}}

//go:embed pages/*.md
var pages embed.FS
