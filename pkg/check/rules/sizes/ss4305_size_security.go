package sizes

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/sizes"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4305_size_security.md
var sizeSecurityPage string

// sizeSecurity reports security types that the size does not have.
var sizeSecurity = &lint.Rule{
	Code: "SS4305", Name: "size-security", Severity: diag.Error, Since: "0.2", Page: &sizeSecurityPage,
	Also: []diag.Level{{Severity: diag.Warning, When: "the documentation lists the series of the size as not supported, or the image is not for confidential VMs"}},
	Link: "https://learn.microsoft.com/azure/virtual-machines/trusted-launch",
	Run:  checkSizeSecurity,
}

func checkSizeSecurity(p *lint.Pass) {
	seen := once{}
	for _, m := range named(p) {
		checkSecureImage(p, m, seen)
	}
	for _, m := range machines(p) {
		security := m.profile.Get("securityProfile")
		kind := security.Get("securityType")
		switch {
		case is(kind, "ConfidentialVM") && m.size.Confidential == sizes.No && seen.first(kind):
			p.Reportf(kind, "size %s does not support confidential VMs", m.size.Name).Relatedf(m.at, "the size").
				Detailf("Choose a size of the DCas, ECas, DCes or ECes series, such as Standard_DC2as_v5, or another security type. %s", said)
		case is(kind, "TrustedLaunch") && m.size.Generation2 == sizes.No && seen.first(kind):
			p.Reportf(kind, "size %s does not support generation 2 images, which Trusted Launch needs", m.size.Name).Relatedf(m.at, "the size").
				Detailf("Choose a newer size, or remove securityType. %s", said)
		case is(kind, "TrustedLaunch") && m.size.TrustedLaunch == sizes.No && seen.first(kind):
			p.Reportf(kind, "size %s does not support Trusted Launch", m.size.Name).Severity(diag.Warning).Relatedf(m.at, "the size").
				Detailf("The documentation of April 2025 lists its series as not supported. Choose another size, or remove securityType.")
		}
		if m.size.Confidential == sizes.Yes && m.size.TrustedLaunch == sizes.No && m.profile.Known() && m.image() != nil && m.image().Known() &&
			(security == nil || security.Known() && (kind == nil || is(kind, "Standard"))) && seen.first(m.at) {
			// https://github.com/skyplane-project/skyplane/issues/755
			p.Reportf(m.at, "the size %s is for confidential VMs only", m.size.Name).
				Detailf("Without a security type Azure rejects it. Set securityProfile.securityType to ConfidentialVM, or choose another size, such as Standard_D2as_v5. %s", said)
		}
		if on := security.Get("encryptionAtHost"); isTrue(on) && m.size.EncryptionAtHost == sizes.No && seen.first(on) {
			p.Reportf(on, "size %s does not support encryption at host", m.size.Name).Relatedf(m.at, "the size").
				Detailf("Choose another size, or set encryptionAtHost to false. %s", said)
		}
	}
}

// checkSecureImage reports Trusted Launch with an image of generation 1. Azure
// answers that the image does not support it:
// https://github.com/Azure/azure-cli/issues/27975
func checkSecureImage(p *lint.Pass, m machine, seen once) {
	kind := m.profile.Get("securityProfile", "securityType")
	image := m.image()
	generation := generationOf(image)
	if g := text(definition(p, image), "hyperVGeneration"); g != "" {
		generation = g
	}
	if is(kind, "TrustedLaunch") && strings.EqualFold(generation, "V1") && seen.first(kind) {
		p.Reportf(kind, "Trusted Launch needs a generation 2 image, but the image is generation 1").Relatedf(image, "the image").
			Detailf("Use a generation 2 image (publishers mark it with gen2, g2 or gensecond in the SKU), or remove securityType.")
	}
	if is(kind, "ConfidentialVM") && strings.EqualFold(text(image, "publisher"), "Canonical") &&
		!strings.Contains(strings.ToLower(text(image, "sku")+text(image, "offer")), "cvm") && text(image, "sku") != "" &&
		!strings.Contains(strings.ToLower(text(image, "offer")), "confidential") && seen.first(kind) {
		p.Reportf(kind, "the image is not for confidential VMs").Severity(diag.Warning).Relatedf(image, "the image").
			Detailf("Use an image for confidential VMs, such as the SKU 22_04-lts-cvm of 0001-com-ubuntu-confidential-vm-jammy.")
	}
}
