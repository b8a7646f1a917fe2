package schema

import (
	"embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// A Kind is one kind of finding of this package.
type Kind struct {
	Code     diag.Code
	Name     string        // the rule's name, as in "SS3001 unknown-property"
	Severity diag.Severity // the worst it is reported with
	Summary  string        // one sentence without a full stop
}

// OffByDefault reports whether findings of the kind say nothing about whether
// the template deploys, so that they are shown only to who asks for them.
func (k Kind) OffByDefault() bool { return k == wrongCase || k == convertedValue }

// The kinds. One code is one case, so that each can be graded or silenced alone.
var (
	unknownProperty   = Kind{"SS3001", "unknown-property", diag.Error, "No API version of the resource type has the property"}
	wrongType         = Kind{"SS3002", "wrong-type", diag.Error, "A value is JSON of another type than the property has"}
	valueNotAllowed   = Kind{"SS3003", "value-not-allowed", diag.Error, "A value is none of those that the property may have"}
	missingProperty   = Kind{"SS3004", "missing-property", diag.Error, "An object lacks a property that the API version requires"}
	propertyTooNew    = Kind{"SS3005", "property-too-new", diag.Warning, "The property is first seen in a later API version"}
	propertyGone      = Kind{"SS3006", "property-gone", diag.Warning, "The property is last seen in an earlier API version"}
	valueOtherVersion = Kind{"SS3007", "value-of-other-version", diag.Warning, "The value is allowed in other API versions only"}
	valueOutOfRange   = Kind{"SS3008", "value-out-of-range", diag.Error, "A number, or the length or form of a text, is outside the limits of the property"}
	wrongCase         = Kind{"SS3009", "wrong-case", diag.Info, "A name or an allowed value differs from the schema in case"}
	convertedValue    = Kind{"SS3010", "converted-value", diag.Info, "A number or boolean is written as text, or text as a number"}
	unknownType       = Kind{"SS3011", "unknown-resource-type", diag.Warning, "The provider has no resource type of that name"}
	unknownAPIVersion = Kind{"SS3012", "unknown-api-version", diag.Error, "The API version is not among the known ones of the resource type"}
	ignoredProperty   = Kind{"SS3013", "ignored-property", diag.Info, "The engine passes the property on and the service ignores it"}
)

// Kinds lists the kinds of findings in the order of their codes.
func Kinds() []Kind {
	return []Kind{unknownProperty, wrongType, valueNotAllowed, missingProperty, propertyTooNew, propertyGone, valueOtherVersion,
		valueOutOfRange, wrongCase, convertedValue, unknownType, unknownAPIVersion, ignoredProperty}
}

//go:embed pages/*.md
var pages embed.FS

// Doc is the page of the kind, in the form of the pages of rules.
func (k Kind) Doc() string {
	page, err := pages.ReadFile("pages/" + strings.ToLower(string(k.Code)) + "_" + strings.ReplaceAll(k.Name, "-", "_") + ".md")
	if err != nil {
		return "" // a test wants a page for each kind
	}
	return string(page)
}
