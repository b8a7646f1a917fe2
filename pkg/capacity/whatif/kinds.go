package whatif

import (
	"embed"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed pages/*.md
var pages embed.FS

// The findings of a preview that no rule has: they are about a change, not about
// a template. Limits are reported under the codes of their rules (package
// limits), as lint reports them. SS4902, SS6901 and SS6902 were codes of limits
// in previews before; they are not used again.
const (
	codeProtected diag.Code = "SS4903"
	codeZones     diag.Code = "SS7901"
)

// Kinds lists the kinds of findings, in the order of their codes.
func Kinds() []diag.Kind {
	return diag.WithPages([]diag.Kind{
		{Code: codeProtected, Name: "simulate-protected", Severity: diag.Error, Summary: "Instances protected from scale-in prevent the new capacity"},
		{Code: codeZones, Name: "simulate-zones", Severity: diag.Error, Summary: "A scale-out is blocked by failed zones or strict zone balance"},
	}, pages)
}
