package capacity

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4070_autoscale_notify.md
var autoscaleNotifyPage string

// autoscaleNotify reports a setting that sends no notification when it scales. A matter
// of operation, so off by default.
var autoscaleNotify = &lint.Rule{
	Code: "SS4070", Name: "autoscale-notify", Severity: diag.Info, Since: "0.1", Page: &autoscaleNotifyPage, OffByDefault: true,
	Guidance: []guidance.ID{guidance.AutoscaleNotify},
	Run:      checkAutoscaleNotify,
}

func checkAutoscaleNotify(p *lint.Pass) {
	for _, s := range settingsOf(p) {
		properties := s.Body.Get("properties")
		if n, ok := s.Notifications.Count(); ok && n == 0 && vmss.Is(s.Enabled, true) {
			p.Reportf(properties, "the autoscale setting sends no notifications").
				Detailf("Add notifications with an email or a webhook, so that failed and skipped scale actions are noticed.")
		}
	}
}
