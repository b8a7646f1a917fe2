package upgrade

import "github.com/scaleset/scaleset/pkg/syntax/diag"

// Codes of the findings about an upgrade.
const (
	CodeStops  diag.Code = "SS7910" // the upgrade stops before its end
	CodeTooFew diag.Code = "SS7911" // too few instances serve at the worst moment
	CodeNoRoom diag.Code = "SS7912" // a batch has no room for its surge
)

// A Kind is a kind of finding about an upgrade.
type Kind struct {
	Code     diag.Code
	Name     string
	Severity diag.Severity
	Summary  string // one sentence without a full stop
}

// Kinds lists them, in the order of their codes.
func Kinds() []Kind {
	return []Kind{
		{CodeStops, "upgrade-stops", diag.Warning, "A rolling upgrade stops before every instance has the new model"},
		{CodeTooFew, "upgrade-too-few", diag.Error, "Fewer instances serve at the worst moment of an upgrade than was asked for"},
		{CodeNoRoom, "upgrade-surge-room", diag.Warning, "There is no room for the new instances of a batch, so it is upgraded in place"},
	}
}
