package network

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6042_interface_count.md
var interfaceCountPage string

// interfaceCount reports a set with more network interfaces than any size has.
var interfaceCount = &lint.Rule{
	Code: "SS6042", Name: "interface-count", Severity: diag.Error, Since: "0.1", Page: &interfaceCountPage,
	Guidance: []guidance.ID{guidance.NICsMax},
	Run:      checkInterfaceCount,
}

func checkInterfaceCount(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		limit := set.Bound(guidance.NICsMax)
		if n, ok := set.Network.Interfaces.Count(); ok && limit.Exceeded(n) {
			p.Reportf(set.Network.Interfaces, "%d network interfaces exceed %d, the limit of an instance", n, limit.Max()).
				Detailf("Use several IP configurations of one interface instead.")
		}
	}
}
