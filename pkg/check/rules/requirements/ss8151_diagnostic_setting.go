package requirements

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss8151_diagnostic_setting.md
var diagnosticSettingDoc string

// diagnosticSetting reports resources whose logs are not kept. It is off
// by default, because a policy can add the settings.
var diagnosticSetting = &lint.Rule{
	Code: "SS8151", Name: "diagnostic-setting", Severity: diag.Info, Since: "0.2", Page: &diagnosticSettingDoc, OffByDefault: true,
	Peers: []string{"AZR-000119", "96cb8331-6b06-8242-8ce8-4e2f665dc679", "d2976d3e-294b-4b49-a1f0-c42566a3758f", "1dc0821d-4f14-7644-bab4-ba208ff5f7fa"},
	Link:  "https://learn.microsoft.com/azure/azure-monitor/platform/diagnostic-settings",
	Run:   checkDiagnosticSetting,
}

// logged are the types of resources whose logs show who used them and what was
// blocked, and what their logs show.
var logged = lazy.Value[map[string]string]{Of: func() map[string]string {
	return map[string]string{
		"microsoft.keyvault/vaults":               "who read which secret",
		"microsoft.network/networksecuritygroups": "which rules were used",
		"microsoft.network/applicationgateways":   "which requests were blocked",
		"microsoft.storage/storageaccounts":       "who read and wrote what",
	}
}}

func checkDiagnosticSetting(p *lint.Pass) {
	var targets []string
	for _, r := range p.Deployment.Expanded.Resources {
		if kind := strings.ToLower(r.Type); !strings.HasSuffix(kind, "/diagnosticsettings") {
			continue
		}
		if !knownID(r.ID) {
			return // it may be about any resource
		}
		targets = append(targets, strings.ToLower(r.ID))
	}
	for _, r := range p.Deployment.Expanded.Resources {
		what, ok := logged.Get()[strings.ToLower(r.Type)]
		if !ok {
			continue
		}
		if !knownID(r.ID) || about(targets, strings.ToLower(r.ID)) {
			continue
		}
		p.Reportf(r.Body, "%s has no diagnostic setting", r.Name).
			Detailf("Without one, no log shows %s. Add a Microsoft.Insights/diagnosticSettings that sends the logs to a workspace or a storage account.", what)
	}
}

// knownID reports whether an id is known: it is an expression in brackets otherwise.
func knownID(id string) bool { return id != "" && id[0] != '[' }

// about reports whether one of the ids of settings is that of a setting of the
// resource, or of a part of it such as the blob service.
func about(settings []string, id string) bool {
	for _, s := range settings {
		if strings.HasPrefix(s, id+"/") {
			return true
		}
	}
	return false
}
