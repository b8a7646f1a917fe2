package capacity

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4008_flexible_domains_limit.md
var flexibleDomainsPage string

// flexibleDomains reports a Flexible set with fixed fault domains and more
// instances than such a set holds, unless its size has memory-preserving
// maintenance, which a template does not tell: hence no error.
var flexibleDomains = &lint.Rule{
	Code: "SS4008", Name: "flexible-domains-limit", Severity: diag.Warning, Since: "0.1", Doc: flexibleDomainsPage,
	Guidance: []guidance.ID{guidance.FlexibleFixedDomainsMax},
	Run:      checkFlexibleDomains,
}

func checkFlexibleDomains(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		flexible, known := set.Flexible()
		domains, fixed := set.FaultDomains.Known()
		limit := set.Limit(guidance.FlexibleFixedDomainsMax)
		n, ok := set.Capacity.Known()
		if !known || !flexible || !fixed || domains < 2 || !ok || !limit.Exceeded(n) {
			continue
		}
		p.Reportf(set.Capacity, "capacity %d is above %d, the most for a Flexible set of %d fault domains", n, limit.Max(), domains).
			Relatedf(set.FaultDomains, "the %d fault domains", domains).
			Detailf("This does not hold for sizes with memory-preserving maintenance. Else set platformFaultDomainCount to 1, or lower the capacity.")
	}
}
