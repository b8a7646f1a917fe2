package availability

import (
	_ "embed"

	"time"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss7065_repairs_grace.md
var repairsGracePage string

// repairsGrace reports a grace period of automatic repairs that Azure rejects.
var repairsGrace = &lint.Rule{
	Code: "SS7065", Name: "repairs-grace", Severity: diag.Error, Since: "0.1", Page: &repairsGracePage,
	Guidance: []guidance.ID{guidance.RepairsGrace},
	Run:      checkRepairsGrace,
}

func checkRepairsGrace(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		if text, ok := set.Repairs.GracePeriod.Known(); ok && !within(text, 10*time.Minute, 90*time.Minute) {
			p.Reportf(set.Repairs.GracePeriod, "gracePeriod is %q; the range is PT10M to PT90M", text).
				Cite(guidance.RepairsGrace).Detailf("Use minutes, such as PT30M. The grace period must cover the start of the application.")
		}
	}
}
