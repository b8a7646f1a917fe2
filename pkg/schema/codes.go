package schema

import "github.com/scaleset/scaleset/pkg/diag"

// A kind is one kind of finding of this package.
type kind struct {
	code diag.Code
	name string
}

// The kinds. One code is one case, so that each can be graded or silenced alone.
var (
	unknownProperty   = kind{"SS3001", "unknown-property"}
	wrongType         = kind{"SS3002", "wrong-type"}
	valueNotAllowed   = kind{"SS3003", "value-not-allowed"}
	missingProperty   = kind{"SS3004", "missing-property"}
	propertyTooNew    = kind{"SS3005", "property-too-new"}
	propertyGone      = kind{"SS3006", "property-gone"}
	valueOtherVersion = kind{"SS3007", "value-of-other-version"}
	valueOutOfRange   = kind{"SS3008", "value-out-of-range"}
	wrongCase         = kind{"SS3009", "wrong-case"}
	convertedValue    = kind{"SS3010", "converted-value"}
	unknownType       = kind{"SS3011", "unknown-resource-type"}
	unknownAPIVersion = kind{"SS3012", "unknown-api-version"}
	ignoredProperty   = kind{"SS3013", "ignored-property"}
)
