package capacity

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4072_autoscale_predictive.md
var autoscalePredictivePage string

// autoscalePredictive reports a setting of an API version that can forecast and
// does not. Advice that fits regular loads only, so off by default.
var autoscalePredictive = &lint.Rule{
	Code: "SS4072", Name: "autoscale-predictive", Severity: diag.Info, Since: "0.1", Page: &autoscalePredictivePage, OffByDefault: true,
	Peers:    []string{"3f85a51c-e286-9f44-b4dc-51d00768696c"},
	Guidance: []guidance.ID{guidance.AutoscalePredictiveOn},
	Run:      checkAutoscalePredictive,
}

func checkAutoscalePredictive(p *lint.Pass) {
	for _, s := range settingsOf(p) {
		if !guidance.IsVersion(s.Resource.APIVersion) || !guidance.AtLeast(s.Resource.APIVersion, guidance.Get(guidance.AutoscalePredictiveOn).Since) {
			continue
		}
		mode, ok := s.Predictive.Node.Get("scaleMode").Text()
		if vmss.Is(s.Enabled, true) && (s.Predictive.Absent() || ok && strings.EqualFold(mode, "Disabled")) {
			p.Reportf(s.Predictive, "predictive autoscale is off").
				Cite(guidance.AutoscalePredictiveOn).
				Detailf("Set predictiveAutoscalePolicy.scaleMode to ForecastOnly, check the forecasts, and then set it to Enabled.")
		}
	}
}
