package profile

import (
	_ "embed"
	"strconv"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4119_instance_name_length.md
var instanceNameLengthPage string

// instanceNameLength reports names of sets that make the names of their
// instances too long.
var instanceNameLength = &lint.Rule{
	Code: "SS4119", Name: "instance-name-length", Severity: diag.Warning, Since: "0.1", Page: &instanceNameLengthPage,
	Guidance: []guidance.ID{guidance.ResourceNameMax, guidance.FlexibleNameMax}, Run: checkInstanceNameLength,
}

// flexibleSuffix is what Azure appends to the name of a Flexible set: an
// underscore and eight characters.
const flexibleSuffix = 9

func checkInstanceNameLength(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		flexible, ok := set.Flexible()
		if !ok || !set.Resource.NameKnown || p.Assumed(set.Name) {
			continue
		}
		id, suffix := guidance.ResourceNameMax, 1+idDigits(set)
		if flexible {
			id, suffix = guidance.FlexibleNameMax, flexibleSuffix
		}
		limit := set.Bound(id)
		if n := len(set.Name) + suffix; limit.Exceeded(n) {
			p.Reportf(set, "scale set name %s gives instance names of %d characters; the limit is %d", set.Name, n, limit.Max()).Cite(id).
				Detailf("Instance names add %d characters to the name of the scale set. Shorten it to %d characters.", suffix, limit.Max()-suffix)
		}
	}
}

// idDigits are the digits of the highest id that the set begins with.
func idDigits(set lint.ScaleSet) int {
	n, ok := set.Capacity.Known()
	if !ok || n < 1 {
		return 1
	}
	return len(strconv.Itoa(n - 1))
}
