package sizes

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/internal/lines"
)

// availability has a line for each listed size, sorted ignoring case: its name
// and a letter for each of the [regions]: the number of availability zones that
// offer it, 0 if it is offered without zones, "-" if it is not offered. It was
// built from saved output of az vm list-skus --all in these regions, of one
// subscription, on the date of the list.
//
//go:embed availability.txt
var availability string

// regions.Get() are the regions of the saved output, in the order of the letters.
var regions = lazy.Value[[]string]{Of: func() []string {
	return strings.Fields("australiacentral australiaeast australiasoutheast austriaeast brazilsouth canadacentral canadaeast centralindia centralus eastasia eastus eastus2 francecentral germanywestcentral indonesiacentral israelcentral italynorth japaneast japanwest koreacentral koreasouth malaysiawest mexicocentral newzealandnorth northcentralus northeurope norwayeast polandcentral qatarcentral southafricanorth southcentralus southeastasia spaincentral swedencentral switzerlandnorth taiwannorth uaenorth uksouth ukwest westcentralus westeurope westindia westus westus2 westus3")
}}

// Availability describes where a region offers a size.
type Availability struct {
	Offered bool
	Zones   int // how many zones offer it; 0 in a region without zones
}

// In returns the availability of a size in a region, such as westus2. ok is
// false if the size is not listed or the region is not covered.
func In(size, region string) (a Availability, ok bool) {
	at := slices.Index(regions.Get(), strings.ToLower(region))
	line, _, _ := strings.Cut(lines.Find(availability, size), "\n")
	_, letters, found := strings.Cut(line, "\t")
	if at < 0 || !found {
		return Availability{}, false
	}
	if letters[at] == '-' {
		return Availability{}, true
	}
	return Availability{Offered: true, Zones: int(letters[at] - '0')}, true
}
