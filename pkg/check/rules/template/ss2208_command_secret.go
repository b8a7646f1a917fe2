package template

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss2208_command_secret.md
var commandSecretPage string

// commandSecret reports commands with secrets in the settings of extensions of machines. Those
// of scale sets are a matter of the rules about profiles.
var commandSecret = &lint.Rule{
	Code: "SS2208", Name: "command-secret", Severity: diag.Warning, Since: "0.1", Page: &commandSecretPage,
	Peers: []string{"CommandToExecute-Must-Use-ProtectedSettings-For-Secrets", "AZR-000332", "AZR-000333"},
	Link:  "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#protectedsettings-must-be-used-for-secrets-in-commandtoexecute",
	Run:   checkCommandSecret,
}

func checkCommandSecret(p *lint.Pass) {
	lang := p.Language()
	for _, t := range lang.Texts {
		if t.Resource == nil || t.Protected || !keyIs(t, "commandToExecute") || isScaleSet(t.Resource) {
			continue
		}
		if secret := lang.Secret(t); secret != "" {
			p.ReportAt(t.Template, t.String.At, "the command contains %s, and anyone with read access can read settings", secret).In(t.Resource).
				Detailf("Move commandToExecute to protectedSettings, which only the machine can read.")
		}
	}
}

// isScaleSet reports scale sets and the extensions that belong to them.
func isScaleSet(r *arm.Resource) bool {
	const set = "microsoft.compute/virtualmachinescalesets"
	for ; r != nil; r = r.Parent {
		if strings.HasPrefix(strings.ToLower(r.Type), set) {
			return true
		}
	}
	return false
}
