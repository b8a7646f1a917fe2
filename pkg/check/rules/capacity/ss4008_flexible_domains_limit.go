package capacity

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4008_flexible_domains_limit.md
var flexibleDomainsPage string

// flexibleDomains reports a Flexible set with fixed fault domains and more
// instances than such a set holds, unless its size has memory-preserving
// maintenance, which a template does not show, so it is not an error.
var flexibleDomains = &lint.Rule{
	Code: "SS4008", Name: "flexible-domains-limit", Severity: diag.Warning, Since: "0.1", Page: &flexibleDomainsPage,
	Guidance: []guidance.ID{guidance.FlexibleFixedDomainsMax},
	Run:      checkFlexibleDomains,
}

func checkFlexibleDomains(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		n, ok := set.Capacity.Known()
		l, found := limits.OfFlexibleDomains(set)
		if !ok || !found || !l.Exceeded(n) {
			continue
		}
		domains, _ := set.FaultDomains.Known()
		p.Reportf(set.Capacity, "%s", l.Summary(n)).Relatedf(set.FaultDomains, "the %d fault domains", domains).Detailf("%s", l.Remedy)
	}
}
