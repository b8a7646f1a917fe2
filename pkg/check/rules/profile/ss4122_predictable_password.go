package profile

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4122_predictable_password.md
var predictablePasswordPage string

// predictablePassword reports passwords that the template computes: everyone who
// knows the template and the ids in it computes the same.
var predictablePassword = &lint.Rule{
	Code: "SS4122", Name: "predictable-password", Severity: diag.Warning, Since: "0.2", Page: &predictablePasswordPage,
	Peers: []string{"AZR-000316"},
	Link:  "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-string#uniquestring",
	Run:   checkPredictablePassword,
}

func checkPredictablePassword(p *lint.Pass) {
	for _, os := range osProfiles(p) {
		password := os.Get("adminPassword")
		if password.IsMember("adminPassword") && lint.Calls(password, "uniqueString", "guid") && !secretPart(p, password) {
			p.Reportf(password, "the administrator password is computed from values that others can know").
				Detailf("uniqueString and guid always give the same text for the same arguments. Pass the password in a securestring parameter, from a key vault if possible.")
		}
	}
}

// osProfiles are the settings of the operating systems of scale sets and machines.
func osProfiles(p *lint.Pass) (all []*expand.Node) {
	for _, profile := range machineProfiles(p) {
		if os := profile.Get("osProfile"); os.IsMember("osProfile") {
			all = append(all, os)
		}
	}
	return all
}

// machineProfiles are what holds osProfile and its like: of scale sets, and of
// machines outside of them.
func machineProfiles(p *lint.Pass) (all []*expand.Node) {
	for _, r := range p.Deployment.Expanded.Resources {
		switch {
		case strings.EqualFold(r.Type, vmss.Type):
			all = append(all, r.Body.Get("properties", "virtualMachineProfile"))
		case strings.EqualFold(r.Type, "Microsoft.Compute/virtualMachines"):
			all = append(all, r.Body.Get("properties"))
		}
	}
	return all
}

// secretPart reports whether a value is made of a secret parameter.
func secretPart(p *lint.Pass, n *expand.Node) bool {
	v, unknown := n.Value.(value.Unknown)
	return unknown && v.Secret || secretBehind(p, n) != ""
}
