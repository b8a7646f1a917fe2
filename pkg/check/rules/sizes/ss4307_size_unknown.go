package sizes

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/sizes"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4307_size_unknown.md
var sizeUnknownPage string

// sizeUnknown reports names that no size has. A name of the right form that the
// list does not have may be a new size, so only a likely slip is reported.
var sizeUnknown = &lint.Rule{
	Code: "SS4307", Name: "size-unknown", Severity: diag.Error, Since: "0.2", Page: &sizeUnknownPage,
	Also: []diag.Level{{Severity: diag.Warning, When: "the name has the form of a size, and is close to a known one or belongs to a series that gets no new sizes"}},
	Link: "https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions",
	Run:  checkSizeUnknown,
}

// sizeNames are where other resources name a size of machines.
var sizeNames = []struct {
	resourceType string
	path         []string // an array holds several names
}{
	{"Microsoft.Compute/capacityReservationGroups/capacityReservations", []string{"sku", "name"}},
	{"Microsoft.Compute/virtualMachineScaleSets", []string{"sku", "name"}}, // also of a set that is only scaled
	{"Microsoft.Compute/proximityPlacementGroups", []string{"properties", "intent", "vmSizes"}},
	{"Microsoft.ServiceFabric/managedClusters/nodeTypes", []string{"properties", "vmSize"}},
}

func checkSizeUnknown(p *lint.Pass) {
	seen := once{}
	for _, m := range named(p) {
		reportUnknown(p, m.at, seen)
	}
	for _, place := range sizeNames {
		for _, r := range p.Deployment.OfType(place.resourceType) {
			at := r.Body.Get(place.path...)
			for _, each := range items(at) {
				reportUnknown(p, each, seen)
			}
			reportUnknown(p, at, seen)
		}
	}
}

func reportUnknown(p *lint.Pass, at *expand.Node, seen once) {
	name := text(at)
	if _, known := sizes.Find(name); known || name == "" || strings.EqualFold(name, "Mix") || p.Assumed(name) {
		return
	}
	if _, saved := p.Options.Sizes.Listed(name); saved {
		return
	}
	lower := strings.ToLower(name)
	if !strings.HasPrefix(lower, "standard_") && !strings.HasPrefix(lower, "basic_") {
		if !strings.ContainsAny(name, "0123456789") || !seen.first(at) {
			return // a word in place of a name
		}
		f := p.Reportf(at, "%q is not a VM size; names of sizes begin with Standard_", name)
		if size, ok := sizes.Find("Standard_" + strings.NewReplacer(" ", "_", "-", "_").Replace(name)); ok {
			f.Detailf("Write %s.", size.Name)
			return
		}
		f.Detailf("List the valid sizes with: az vm list-skus -l LOCATION --resource-type virtualMachines.")
		return
	}
	if near, ok := sizes.Near(name); ok && seen.first(at) {
		p.Reportf(at, "size %s is unknown; did you mean %s?", name, near).Severity(diag.Warning).
			Detailf("Azure rejects a size that does not exist. %s A newer size may be missing from it.", said)
		return
	}
	if siblings, ok := sizes.Unlikely(name); ok && seen.first(at) {
		f := p.Reportf(at, "size %s is unknown, and its series is not new", name).Severity(diag.Warning)
		if len(siblings) > 0 {
			f.Detailf("The series has %s. Azure rejects a size that does not exist. %s", shortList(siblings), said)
			return
		}
		f.Detailf("Azure rejects a size that does not exist. %s", said)
	}
}

// shortList are the first names of a list.
func shortList(names []string) string {
	const most = 6
	slices.SortStableFunc(names, func(a, b string) int { return len(a) - len(b) })
	if len(names) > most {
		return strings.Join(names[:most], ", ") + " and others"
	}
	return strings.Join(names, ", ")
}
