package guidance

import (
	"fmt"
	"strings"
)

// An Era is the time to which a statement applies, or whose limits apply to a
// scale set. The bits can be combined: a statement may apply to both.
type Era uint8

// The eras. The zero Era means "by the API version", see [EraOf].
const (
	Preview Era = 1 << iota // the public preview of November 2015, API version 2015-06-15
	Current                 // everything later
	Both        = Preview | Current
	Auto    Era = 0
)

// previewAPI is the only API version of the public preview. The pages of April
// 2016 (with 2016-03-30) and July 2016 changed numbers (20 instances for each
// account, 5 fault domains, 4,096 instances in a network); such statements say
// so in their Note and belong to [Current].
const previewAPI = "2015-06-15"

// EraOf returns the era of the API version of a scale set. Unknown versions (""
// or an expression) count as current.
func EraOf(apiVersion string) Era {
	if strings.EqualFold(apiVersion, previewAPI) {
		return Preview
	}
	return Current
}

// ParseEra returns the era for "auto", "preview" or "current", ignoring case,
// or an error.
func ParseEra(name string) (Era, error) {
	for _, e := range []Era{Auto, Preview, Current} {
		if strings.EqualFold(name, e.String()) {
			return e, nil
		}
	}
	return Auto, fmt.Errorf("%q is not an era; one of auto, preview, current", name)
}

func (e Era) String() string {
	switch e {
	case Auto:
		return "auto"
	case Preview:
		return "preview"
	case Current:
		return "current"
	}
	return "both"
}
