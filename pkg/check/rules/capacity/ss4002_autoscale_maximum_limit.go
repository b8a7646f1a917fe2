package capacity

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4002_autoscale_maximum_limit.md
var autoscaleMaximumPage string

// autoscaleMaximum reports an autoscale profile that may give a scale set more
// instances than its image, disks or placement group allow: the template
// deploys, the scale-out fails.
var autoscaleMaximum = &lint.Rule{
	Code: "SS4002", Name: "autoscale-maximum-limit", Severity: diag.Warning, Since: "0.1", Page: &autoscaleMaximumPage,
	Guidance: []guidance.ID{guidance.AutoscaleMaxCapacity},
	Run:      checkAutoscaleMaximum,
}

func checkAutoscaleMaximum(p *lint.Pass) {
	for _, set := range p.AllScaleSets {
		for _, setting := range set.Autoscale {
			if !live(setting) {
				continue
			}
			for _, profile := range profilesOf(setting) {
				reportMaximum(p, set, profile)
			}
		}
	}
}

func reportMaximum(p *lint.Pass, set lint.ScaleSet, profile profile) {
	n, ok := profile.Maximum.Known()
	if !ok {
		return
	}
	if l, above := limits.Worst(limits.OfCapacity(set), n); above {
		p.Reportf(profile.Maximum, "the autoscale maximum of %d instances exceeds %d, %s", n, l.Max, l.Reason).
			Cite(l.Says.ID).
			Relatedf(set, "scale set %s", set.Name).
			Detailf("A scale-out beyond %d fails. %s", l.Max, strings.ReplaceAll(l.Remedy, "the capacity", "the maximum"))
	}
}
