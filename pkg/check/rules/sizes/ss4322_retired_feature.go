package sizes

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/retirements"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4322_retired_feature.md
var retiredFeaturePage string

// retiredFeature reports features of Azure that have a retirement date and no rule
// of their own. It is off by default, because the features work until then.
var retiredFeature = &lint.Rule{
	Code: "SS4322", Name: "retired-feature", Severity: diag.Warning, Since: "0.2", Page: &retiredFeaturePage,
	Also:         []diag.Level{{Severity: diag.Info, When: "the feature is retired in more than a year, but within the option `months`"}},
	Link:         "https://learn.microsoft.com/azure/load-balancer/inbound-nat-rules",
	OffByDefault: true,
	Options:      []lint.Option{monthsAhead},
	Run:          checkRetiredFeature,
}

func checkRetiredFeature(p *lint.Pass) {
	seen := once{}
	for _, r := range p.Deployment.Expanded.Resources {
		for _, use := range featuresOf(r) {
			if retired, ok := retirements.OfFeature(use.feature); ok && use.at.Exists() {
				report(p, retired, use.at, seen, "%s %s", use.what, retired.When(p.Options.Today))
			}
		}
	}
}

// A use is a place where a resource uses a feature with a retirement date.
type use struct {
	feature string // its name in the list of retirements
	what    string // for the message, such as "Application Gateway v1"
	at      *expand.Node
}

func featuresOf(r *expand.Resource) (all []use) {
	properties := r.Body.Get("properties")
	switch strings.ToLower(r.Type) {
	case "microsoft.network/loadbalancers":
		if pools := properties.Get("inboundNatPools"); pools != nil && len(pools.Items) > 0 {
			all = append(all, use{retirements.NatPools, "the property inboundNatPools", pools})
		}
	case "microsoft.network/applicationgateways":
		if tier := properties.Get("sku", "tier"); strings.EqualFold(text(tier), "Standard") || strings.EqualFold(text(tier), "WAF") {
			all = append(all, use{retirements.GatewayV1, "Application Gateway v1", tier})
		}
	case "microsoft.network/networkwatchers/flowlogs":
		if target := properties.Get("targetResourceId"); strings.Contains(strings.ToLower(text(target)), "/networksecuritygroups/") {
			all = append(all, use{retirements.GroupFlowLogs, "the flow log of a network security group", target})
		}
	case strings.ToLower(vmss.Type):
		properties = properties.Get("virtualMachineProfile")
		fallthrough
	case "microsoft.compute/virtualmachines":
		if disk := properties.Get("storageProfile", "osDisk", "managedDisk", "storageAccountType"); strings.EqualFold(text(disk), "Standard_LRS") {
			all = append(all, use{retirements.HardDiskSystem, "Standard HDD as OS disk", disk})
		}
	}
	return all
}
