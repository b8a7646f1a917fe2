package availability

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss7053_max_surge.md
var maxSurgePage string

// maxSurgeRule reports rolling upgrades by surge on a set that overprovisions.
var maxSurgeRule = &lint.Rule{
	Code: "SS7053", Name: "max-surge", Severity: diag.Warning, Since: "0.1", Page: &maxSurgePage,
	Guidance: []guidance.ID{guidance.RollingMaxSurge},
	Run:      checkMaxSurge,
}

func checkMaxSurge(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		surge := set.UpgradePolicy.Rolling.MaxSurge
		over, ok := set.Overprovisions()
		if vmss.Is(surge, true) && ok && over {
			p.Reportf(surge, "maxSurge needs overprovisioning off, and it is on").
				Cite(guidance.RollingMaxSurge).Detailf("Set overprovision to false. With maxSurge, each batch needs quota and addresses for new instances.")
		}
	}
}
