package capacity

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4010_single_instance.md
var singleInstancePage string

// singleInstance reports scale sets that have, or that autoscale brings down to, one
// instance. It is off by default, because test environments are meant to be small.
var singleInstance = &lint.Rule{
	Code: "SS4010", Name: "single-instance", Severity: diag.Info, Since: "0.2", Page: &singleInstancePage, OffByDefault: true,
	Peers: []string{"6d82d042-6d61-ad49-86f0-6a5455398081", "273f6b30-68e0-4241-85ea-acf15ffb60bf"},
	Link:  "https://learn.microsoft.com/azure/reliability/reliability-virtual-machine-scale-sets",
	Run:   checkSingleInstance,
}

func checkSingleInstance(p *lint.Pass) {
	const advice = "Run at least two instances: if one fails or is upgraded, the others serve."
	for _, set := range p.AllScaleSets {
		if n, ok := set.Capacity.Known(); ok && n == 1 && len(set.Autoscale) == 0 {
			p.Reportf(set.Capacity, "scale set %s has one instance", set.Name).Detailf(advice)
		}
	}
	for _, s := range settingsOf(p) {
		for _, profile := range profilesOf(s) {
			if low, ok := profile.Minimum.Known(); ok && low < 2 {
				p.Reportf(profile.Minimum, "%s lets autoscale remove all instances but %d", profile.label, low).Detailf(advice)
			}
		}
	}
}
