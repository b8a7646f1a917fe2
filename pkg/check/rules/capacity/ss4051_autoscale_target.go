package capacity

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4051_autoscale_target.md
var autoscaleTargetPage string

// autoscaleTarget reports a setting whose target is not a scale set, or a set that
// looks like one of the template and is not.
var autoscaleTarget = &lint.Rule{
	Code: "SS4051", Name: "autoscale-target", Severity: diag.Warning, Since: "0.1", Page: &autoscaleTargetPage,
	Also:     []diag.Level{{Severity: diag.Error, When: "autoscale cannot scale resources of the type"}},
	Guidance: []guidance.ID{guidance.AutoscaleTarget},
	Run:      checkAutoscaleTarget,
}

func checkAutoscaleTarget(p *lint.Pass) {
	for _, s := range p.Deployment.Autoscale {
		id, ok := s.Target.ID.Known()
		switch parsed := s.Target.Parsed; {
		case !ok:
		case parsed.Type == "" || parsed.Scope == "":
			p.Reportf(s.Target, "the target %q is not a resource id", id).
				Detailf("Use the full id: [resourceId('Microsoft.Compute/virtualMachineScaleSets', 'NAME')].")
		case strings.EqualFold(parsed.Type, vmss.Type):
			reportMissingTarget(p, s)
		case cannotScale(parsed.Type): // rejected: https://github.com/Azure/azure-quickstart-templates/issues/434
			p.Reportf(s.Target, "the target is a %s, which autoscale cannot scale", parsed.Type).Severity(diag.Error).
				Detailf("Refer to the scale set: [resourceId('Microsoft.Compute/virtualMachineScaleSets', 'NAME')].")
		}
	}
}

// cannotScale are types that occur beside scale sets in templates and have
// no number of instances. Others are left alone: more services than ours scale.
func cannotScale(resourceType string) bool {
	namespace, kind, _ := strings.Cut(strings.ToLower(resourceType), "/")
	switch namespace {
	case "microsoft.storage":
		return true
	case "microsoft.compute":
		return kind != "cloudservices" && !strings.HasPrefix(kind, "cloudservices/")
	case "microsoft.network":
		switch kind {
		case "loadbalancers", "virtualnetworks", "publicipaddresses", "networkinterfaces", "networksecuritygroups":
			return true
		}
	}
	return false
}

// reportMissingTarget reports a set that the template does not make, when it
// makes one of nearly that name in the same resource group that nothing scales,
// or just one set.
func reportMissingTarget(p *lint.Pass, s *vmss.AutoscaleSetting) {
	if s.Target.Resource != nil {
		return
	}
	for _, set := range p.AllScaleSets {
		own, ok := vmss.ParseID(set.Resource.ID)
		if !ok || !set.Resource.NameKnown || len(set.Autoscale) > 0 || own.Scope != s.Target.Parsed.Scope {
			continue
		}
		wanted := s.Target.Parsed.Name()
		if len(p.AllScaleSets) > 1 && nearest.Name(wanted, []string{own.Name()}) == "" {
			continue // the other set may exist already
		}
		p.Reportf(s.Target, "the template has no scale set %s, the target of the setting; it has %s", wanted, own.Name()).
			Relatedf(set, "scale set %s", own.Name()).
			Detailf("If %s is meant, use the same variable for both names.", own.Name())
		return
	}
}
