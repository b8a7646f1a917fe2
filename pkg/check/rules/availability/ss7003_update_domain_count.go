package availability

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss7003_update_domain_count.md
var updateDomainCountPage string

// updateDomainCount reports a scale set that sets a number of update domains.
var updateDomainCount = &lint.Rule{
	Code: "SS7003", Name: "update-domain-count", Severity: diag.Warning, Since: "0.1", Page: &updateDomainCountPage, Replaces: []diag.Code{"SS3001"},
	Guidance: []guidance.ID{guidance.UpdateDomainsNotSettable},
	Run:      checkUpdateDomainCount,
}

func checkUpdateDomainCount(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		if n := set.Properties.Get("platformUpdateDomainCount"); n.Exists() {
			p.Reportf(n, "platformUpdateDomainCount belongs to availability sets; a scale set always has 5 update domains").
				Cite(guidance.UpdateDomainsNotSettable).Detailf("Remove it.")
		}
	}
}
