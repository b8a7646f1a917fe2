package availability

import (
	_ "embed"

	"slices"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss7002_fault_domain_count.md
var faultDomainCountPage string

// faultDomainCount reports a number of fault domains that the orchestration mode and the zones of a set do not allow.
var faultDomainCount = &lint.Rule{
	Code: "SS7002", Name: "fault-domain-count", Severity: diag.Error, Since: "0.1", Page: &faultDomainCountPage,
	Guidance: []guidance.ID{guidance.FaultDomainsUniformRegional, guidance.FaultDomainsUniformZonal, guidance.FaultDomainsFlexibleRegional, guidance.FaultDomainsFlexibleZonal},
	Run:      checkFaultDomainCount,
}

func checkFaultDomainCount(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		n, ok := set.FaultDomains.Known()
		flexible, known := set.Flexible()
		zonal, sure := set.Zonal()
		if !ok || !known || !sure {
			continue
		}
		// Aligned fault domains let a zonal Flexible set have several.
		// https://github.com/Azure/azure-cli/issues/32693
		if flexible && zonal && set.Body.Get("properties", "zonalPlatformFaultDomainAlignMode").Exists() {
			continue
		}
		a := allowedFaultDomains(flexible, zonal)
		if !slices.Contains(a.counts, n) {
			p.Reportf(set.FaultDomains, "platformFaultDomainCount is %d; %s can have %s", n, a.what, a.list).
				Cite(a.id).Detailf("Use 1 (maximum spreading) unless you need aligned fault domains. The number cannot change after the scale set is created.")
		}
	}
}

// fdCounts are the numbers of fault domains that one kind of set may have.
type fdCounts struct {
	id     guidance.ID
	counts []int
	what   string
	list   string
}

// allowedFaultDomains follows the table of manage-fault-domains of September
// 2025. Older pages leave 4 out for regional Uniform sets; it is accepted here.
func allowedFaultDomains(flexible, zonal bool) fdCounts {
	switch {
	case flexible && zonal:
		return fdCounts{guidance.FaultDomainsFlexibleZonal, []int{1}, "a zonal Flexible scale set", "1"}
	case flexible:
		return fdCounts{guidance.FaultDomainsFlexibleRegional, []int{1, 2, 3}, "a regional Flexible scale set", "1 to 3"}
	case zonal:
		return fdCounts{guidance.FaultDomainsUniformZonal, []int{1, 5}, "a zonal Uniform scale set", "1 or 5"}
	}
	return fdCounts{guidance.FaultDomainsUniformRegional, []int{1, 2, 3, 4, 5}, "a regional Uniform scale set", "1 to 5"}
}
