package capacity

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4050_autoscale_not_enabled.md
var autoscaleEnabledPage string

// autoscaleEnabled reports a setting that does not say enabled, and so is off.
var autoscaleEnabled = &lint.Rule{
	Code: "SS4050", Name: "autoscale-not-enabled", Severity: diag.Warning, Since: "0.1", Page: &autoscaleEnabledPage,
	Guidance: []guidance.ID{guidance.AutoscaleEnabled},
	Run:      checkAutoscaleEnabled,
}

func checkAutoscaleEnabled(p *lint.Pass) {
	for _, s := range settingsOf(p) {
		properties := s.Body.Get("properties")
		if !s.Enabled.Absent() || !properties.Known() {
			continue
		}
		f := p.Reportf(properties, "the autoscale setting does nothing: enabled is missing, and its default is false").
			Detailf(`Write "enabled": true, or false to say that this is meant.`)
		if edits := p.Insert(properties, "enabled", "true"); edits != nil && s.Enabled.Node == nil {
			f.Fix("turn the setting on", edits...)
		}
	}
}
