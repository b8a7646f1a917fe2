package profile

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4113_terminate_notification.md
var terminateNotificationPage string

// terminateNotification reports terminate notifications that the service
// rejects or never sends.
var terminateNotification = &lint.Rule{
	Code: "SS4113", Name: "terminate-notification", Severity: diag.Error, Since: "0.1", Page: &terminateNotificationPage,
	Guidance: []guidance.ID{guidance.TerminateNotification}, Run: checkTerminateNotification,
}

func checkTerminateNotification(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		checkSpan(p, set.TerminateAfter, "notBeforeTimeout", "PT5M", "PT15M")
		priority, ok := set.Priority.Known()
		if spot := strings.EqualFold(priority, "Spot") || strings.EqualFold(priority, "Low"); ok && spot && set.TerminateAfter.State == vmss.Known {
			// Refused: https://github.com/MicrosoftDocs/azure-docs/issues/66962
			p.Reportf(set.TerminateAfter, "%s instances get no terminate notification", priority).
				Relatedf(set.Priority, "priority").
				Detailf("Use the Preempt event of Scheduled Events, which Spot instances get 30 seconds before their eviction.")
		}
	}
}

// checkSpan reports a duration that is none, or outside its bounds.
func checkSpan(p *lint.Pass, f vmss.Field[string], name, least, most string) {
	text, ok := f.Known()
	if !ok {
		return
	}
	d, ok := vmss.ParseDuration(text)
	low, _ := vmss.ParseDuration(least)
	high, _ := vmss.ParseDuration(most)
	bounds := least + " to " + most
	if least == most {
		bounds = least + " and nothing else"
	}
	switch {
	case !ok:
		p.Reportf(f, "%s %q is not a duration; use %s", name, text, bounds)
	case d < low || d > high:
		p.Reportf(f, "%s is %s; the range is %s", name, text, bounds)
	}
}
