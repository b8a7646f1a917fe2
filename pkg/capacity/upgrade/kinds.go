package upgrade

import (
	"embed"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed pages/*.md
var pages embed.FS

// Codes of the findings about an upgrade.
const (
	CodeStops  diag.Code = "SS7910" // the upgrade stops before its end
	CodeTooFew diag.Code = "SS7911" // too few instances are running at the worst moment
	CodeNoRoom diag.Code = "SS7912" // a batch has no room for its surge
)

// Kinds lists the kinds of findings, in the order of their codes.
func Kinds() []diag.Kind {
	return diag.WithPages([]diag.Kind{
		{Code: CodeStops, Name: "upgrade-stops", Severity: diag.Warning, Summary: "A rolling upgrade stops before every instance has the new model"},
		{Code: CodeTooFew, Name: "upgrade-too-few", Severity: diag.Error, Summary: "Fewer instances than required are running at the worst moment of an upgrade"},
		{Code: CodeNoRoom, Name: "upgrade-surge-room", Severity: diag.Warning, Summary: "The limits leave no room for the new instances of a batch, so it is upgraded in place"},
	}, pages)
}
