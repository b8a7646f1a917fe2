package whatif

import "github.com/scaleset/scaleset/pkg/syntax/diag"

// The findings of a preview that no rule has: they speak of a change, not of a
// template. The limits that a template can break by itself are reported under
// the codes of their rules.
const (
	CodeQuota     diag.Code = "SS4902"
	CodeProtected diag.Code = "SS4903"
	CodePorts     diag.Code = "SS6901"
	CodeAddresses diag.Code = "SS6902"
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
		{CodeQuota, "simulate-quota", diag.Error, "A capacity change needs more than the saved quota leaves"},
		{CodeProtected, "simulate-protected", diag.Error, "Instances that are protected from scale-in keep a set above its new capacity"},
		{CodePorts, "simulate-nat-ports", diag.Error, "A capacity change needs more ports than an inbound NAT pool has"},
		{CodeAddresses, "simulate-addresses", diag.Error, "A capacity change needs more addresses than the subnet has"},
		{CodeZones, "simulate-zones", diag.Error, "Zones that are down, or strict zone balance, stop a scale-out"},
	}
}
