package sizes

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/sizes"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4305_size_security.md
var sizeSecurityPage string

// sizeSecurity reports security types that the size does not have.
var sizeSecurity = &lint.Rule{
	Code: "SS4305", Name: "size-security", Severity: diag.Error, Since: "0.2", Doc: sizeSecurityPage,
	Also: []diag.Level{{Severity: diag.Warning, When: "Trusted Launch is documented as not supported for the size"}},
	Link: "https://learn.microsoft.com/azure/virtual-machines/trusted-launch",
	Run:  checkSizeSecurity,
}

func checkSizeSecurity(p *lint.Pass) {
	seen := once{}
	for _, m := range machines(p) {
		security := m.profile.Get("securityProfile")
		kind := security.Get("securityType")
		switch {
		case is(kind, "ConfidentialVM") && m.size.Confidential == sizes.No && seen.first(kind):
			p.Reportf(kind, "a confidential VM with the size %s, which is not for confidential VMs", m.size.Name).Relatedf(m.at, "the size").
				Detailf("Choose a size of the DCas, ECas, DCes or ECes series, such as Standard_DC2as_v5, or another security type. %s", said)
		case is(kind, "TrustedLaunch") && m.size.Generation2 == sizes.No && seen.first(kind):
			p.Reportf(kind, "Trusted Launch with the size %s, which does not start images of generation 2", m.size.Name).Relatedf(m.at, "the size").
				Detailf("Choose a newer size, or take securityType away. %s", said)
		case is(kind, "TrustedLaunch") && m.size.TrustedLaunch == sizes.No && seen.first(kind):
			p.Reportf(kind, "Trusted Launch with the size %s, which does not have it", m.size.Name).Severity(diag.Warning).Relatedf(m.at, "the size").
				Detailf("The documentation of April 2025 lists its series as not supported. Choose another size, or take securityType away.")
		}
		if on := security.Get("encryptionAtHost"); isTrue(on) && m.size.EncryptionAtHost == sizes.No && seen.first(on) {
			p.Reportf(on, "encryption at host with the size %s, which does not have it", m.size.Name).Relatedf(m.at, "the size").
				Detailf("Choose another size, or write false. %s", said)
		}
	}
}
