package profile

import (
	_ "embed"
	"strings"
	"time"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/retirements"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4208_retired_extension.md
var retiredExtensionPage string

// retiredExtension reports extensions that are retired, or will be within a year.
var retiredExtension = &lint.Rule{
	Code: "SS4208", Name: "retired-extension", Severity: diag.Warning, Since: "0.1", Page: &retiredExtensionPage,
	Peers:    []string{"ManagedIdentityExtension-must-not-be-used", "AZR-000317", "AZR-000318"},
	Also:     []diag.Level{{Severity: diag.Info, When: "the retirement is more than a year away, but within the option `months`"}},
	Guidance: []guidance.ID{guidance.RetiredExtensions}, Run: checkRetiredExtension,
	Options: []lint.Option{{Name: "months", Kind: lint.Number, Default: 12, Most: 240,
		Doc: "How many months ahead a retirement is reported; 0 reports only what is retired"}},
}

func checkRetiredExtension(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		if !set.Says(guidance.RetiredExtensions) {
			continue
		}
		for _, e := range set.Extensions.Items {
			reportRetired(p, e)
		}
	}
	for _, e := range append(p.Deployment.MachineExtensions(), p.Deployment.Extensions...) {
		reportRetired(p, e)
	}
}

func reportRetired(p *lint.Pass, e vmss.Extension) {
	publisher, ok := e.Publisher.Known()
	kind, known := e.Kind.Known()
	if !ok || !known {
		return
	}
	r, dated := retirements.OfExtension(publisher, kind)
	advice := retired(strings.ToLower(publisher), strings.ToLower(kind))
	switch {
	case dated && !r.Within(p.Options.Today, p.Number("months")):
	case dated:
		if advice == "" {
			advice = "The list of retirements is of " + retirements.AsOf + "."
			if r.Replacement != "" {
				advice = "Use " + r.Replacement + " instead. " + advice
			}
		}
		f := p.Reportf(e.Kind, "extension %s %s", kind, r.When(p.Options.Today)).
			Many("%d extensions are retired, or will be: %s", kind+" ("+r.Date.Format(time.DateOnly)+")").Detailf("%s", advice)
		if !r.Within(p.Options.Today, 12) {
			f.Severity(diag.Info)
		}
	case advice != "":
		p.Reportf(e.Kind, "extension %s is retired", kind).Detailf("%s", advice)
	}
}

// retired says what to use instead of a retired extension; "" of one that is not.
func retired(publisher, kind string) string {
	switch publisher + "/" + kind {
	case "microsoft.enterprisecloud.monitoring/microsoftmonitoringagent":
		return "Use the Azure Monitor Agent: publisher Microsoft.Azure.Monitor, type AzureMonitorWindowsAgent, and a data collection rule."
	case "microsoft.enterprisecloud.monitoring/omsagentforlinux":
		return "Use the Azure Monitor Agent: publisher Microsoft.Azure.Monitor, type AzureMonitorLinuxAgent, and a data collection rule."
	case "microsoft.managedidentity/managedidentityextensionforlinux", "microsoft.managedidentity/managedidentityextensionforwindows":
		return "Get tokens from the instance metadata service (169.254.169.254), which needs no extension."
	}
	return ""
}
