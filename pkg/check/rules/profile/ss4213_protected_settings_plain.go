package profile

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4213_protected_settings_plain.md
var protectedSettingsPlainPage string

// protectedPlain reports secrets in protectedSettings that are no secret before they
// get there: written out in the template, or the value of a plain parameter.
var protectedPlain = &lint.Rule{
	Code: "SS4213", Name: "protected-settings-plain", Severity: diag.Warning, Since: "0.2", Page: &protectedSettingsPlainPage,
	Peers:    []string{"AZR-000316"},
	Link:     "https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#security-recommendations-for-parameters",
	Replaces: []diag.Code{"SS2207"}, // literal-password: the same, of any resource
	Run:      checkProtectedPlain,
}

func checkProtectedPlain(p *lint.Pass) {
	const summary = "%s in protectedSettings is readable in the template or in its deployments"
	var all []vmss.Extension
	for _, set := range p.ScaleSets {
		all = append(all, set.Extensions.Items...)
	}
	for _, e := range append(append(all, p.Deployment.Extensions...), p.Deployment.MachineExtensions()...) {
		if !e.Protected.IsSet() {
			continue
		}
		walkSettings(e.Protected.Node, "protectedSettings", func(n *expand.Node, name string) {
			text, known := n.Text()
			if !namesProtected(name) || known && text == "" || refersToProtected(text) || generated(n) {
				return
			}
			parameter := parameterBehind(p, n)
			switch {
			case parameter == nil && known && !n.NeedsValue() && (isWritten(n) || variableBehind(n) != ""):
				p.Reportf(n, summary, name).
					Detailf("It is written in the template: protectedSettings are encrypted on the instance only. Pass it in a securestring parameter.")
			case parameter != nil && !parameter.Secret && parameter.Declared.Kind == arm.StringKind && !arm.NamesSecret(parameter.Declared.Name()):
				// A parameter whose name says that it is a secret is reported for itself.
				f := p.Reportf(n, summary, name).
					Detailf("Parameter %s has the type string, whose values are stored with the deployment in clear. Use the type securestring.", parameter.Declared.Name())
				if kind := parameter.Declared.KindNode; kind != nil {
					f.Fix("make the parameter a securestring", diag.Edit{Range: kind.Range(), Text: `"securestring"`})
				}
			}
		})
	}
}

// namesProtected reports whether a member of protectedSettings holds a secret by its
// name; commandToExecute and fileUris are there for what their texts contain.
func namesProtected(name string) bool {
	return arm.NamesSecret(name) || strings.EqualFold(name, "storageAccountKey") || strings.EqualFold(name, "workspaceKey")
}
