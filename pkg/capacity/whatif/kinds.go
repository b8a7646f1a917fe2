package whatif

import "github.com/scaleset/scaleset/pkg/syntax/diag"

// The findings of a preview that no rule has: they are about a change, not about
// a template. Limits are reported under the codes of their rules (package
// limits), as lint reports them. SS4902, SS6901 and SS6902 were codes of limits
// in previews before; they are not used again.
const (
	CodeProtected diag.Code = "SS4903"
	CodeZones     diag.Code = "SS7901"
)

// A Kind is one kind of finding of a preview.
type Kind struct {
	Code     diag.Code
	Name     string
	Severity diag.Severity
	Summary  string // one sentence without a full stop
}

// Kinds lists them, in the order of their codes.
func Kinds() []Kind {
	return []Kind{
		{CodeProtected, "simulate-protected", diag.Error, "Instances that are protected from scale-in keep a set above its new capacity"},
		{CodeZones, "simulate-zones", diag.Error, "Zones that are down, or strict zone balance, stop a scale-out"},
	}
}
