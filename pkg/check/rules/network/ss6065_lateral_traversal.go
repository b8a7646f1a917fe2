package network

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6065_lateral_traversal.md
var lateralTraversalPage string

// lateralTraversal reports security groups that let a machine that was broken into
// sign in to its neighbours. It is off by default, because some machines manage others.
var lateralTraversal = &lint.Rule{
	Code: "SS6065", Name: "lateral-traversal", Severity: diag.Info, Since: "0.2", Page: &lateralTraversalPage, OffByDefault: true,
	Peers: []string{"AZR-000139"},
	Link:  "https://learn.microsoft.com/azure/well-architected/security/networking",
	Run:   checkLateralTraversal,
}

func checkLateralTraversal(p *lint.Pass) {
	for _, g := range p.Deployment.SecurityGroups {
		if g.Rules.State == vmss.Unknown || deniesManagement(g) {
			continue
		}
		p.Reportf(g.Body, "no rule denies outbound connections to ports 22 and 3389 of other machines").
			Detailf("Add a rule with direction Outbound, access Deny and the ports 22 and 3389, unless machines of this group manage others.")
	}
}

// deniesManagement reports whether a rule denies, or may deny, outbound SSH or
// remote desktop.
func deniesManagement(g *vmss.SecurityGroup) bool {
	for _, r := range g.Rules.Items {
		if _, known := r.Access.Known(); !known {
			return true
		}
		if _, known := r.Direction.Known(); !known {
			return true
		}
		if !isRule(r, "Deny", "Outbound") {
			continue
		}
		_, denies := opens(r, []int{22, 3389})
		if denies || len(portsOf(r)) == 0 {
			return true
		}
	}
	return false
}
