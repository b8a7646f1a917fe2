package profile

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4106_linux_password_login.md
var linuxPasswordLoginPage string

// linuxPasswordLogin reports Linux sets that let people in by a password, and
// those that allow no login.
var linuxPasswordLogin = &lint.Rule{
	Code: "SS4106", Name: "linux-password-login", Severity: diag.Info, Since: "0.1", Page: &linuxPasswordLoginPage,
	Peers:    []string{"AZR-000288", "CKV_AZURE_49", "CKV_AZURE_149", "CKV_AZURE_178"},
	Also:     []diag.Level{{Severity: diag.Error, When: "password login is disabled and there is no SSH key"}},
	Guidance: []guidance.ID{guidance.AuthenticationMethod}, Run: checkLinuxPasswordLogin,
}

func checkLinuxPasswordLogin(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		disabled, known := set.OS.DisablePassword.Or(false)
		if set.System() != vmss.Linux || !known || set.OS.Linux.State == vmss.Unknown {
			continue
		}
		switch {
		case disabled && noKeys(set.OS.Linux.Node):
			p.Reportf(set.OS.DisablePassword, "password login is disabled and there is no SSH key, so no login is possible").
				Severity(diag.Error). // rejected: https://github.com/Azure/terraform-azurerm-avm-res-compute-virtualmachinescaleset/issues/95
				Detailf("List a key in linuxConfiguration.ssh.publicKeys.")
		case !disabled && set.OS.AdminPassword.IsSet() && set.Era == guidance.Current: // the preview shows nothing else
			at := lint.Placer(set.OS)
			if set.OS.Linux.IsSet() {
				at = set.OS.DisablePassword
			}
			p.Reportf(at, "password login is enabled; require an SSH key").
				Detailf("List a key in linuxConfiguration.ssh.publicKeys, and set disablePasswordAuthentication to true.")
		}
	}
}

// noKeys reports that a Linux configuration certainly lists no SSH key.
func noKeys(linux *expand.Node) bool {
	keys := linux.Get("ssh", "publicKeys")
	if keys == nil {
		return true
	}
	switch v := keys.Value.(type) {
	case value.Array:
		return len(v) == 0
	case value.Null:
		return true
	}
	return false
}
