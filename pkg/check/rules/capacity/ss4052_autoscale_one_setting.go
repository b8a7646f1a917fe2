package capacity

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4052_autoscale_one_setting.md
var autoscaleOnePage string

// autoscaleOne reports a second autoscale setting for one scale set.
var autoscaleOne = &lint.Rule{
	Code: "SS4052", Name: "autoscale-one-setting", Severity: diag.Warning, Since: "0.1", Page: &autoscaleOnePage,
	Guidance: []guidance.ID{guidance.AutoscaleOneSetting},
	Run:      checkAutoscaleOne,
}

func checkAutoscaleOne(p *lint.Pass) {
	first := map[string]*vmss.AutoscaleSetting{}
	for _, s := range settingsOf(p) {
		if s.Target.Parsed.Type == "" || s.Resource.Conditional || s.Resource.Repeated {
			continue // it may not be there
		}
		id := s.Target.Parsed.String()
		other, taken := first[id]
		if !taken {
			first[id] = s
			continue
		}
		p.Reportf(s.Target, "%s already has an autoscale setting, %s", s.Target.Parsed.Name(), other.Resource.Name).
			Relatedf(other.Target, "setting %s", other.Resource.Name).
			Detailf("Combine the profiles in one setting.")
	}
}
