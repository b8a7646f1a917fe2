package template

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

//go:embed ss2303_literal_endpoint.md
var literalEndpointPage string

// literalEndpoint reports host names that environment() knows for the cloud that is deployed to.
// In the preview there was no such function.
var literalEndpoint = &lint.Rule{
	Code: "SS2303", Name: "literal-endpoint", Severity: diag.Info, Since: "0.1", Page: &literalEndpointPage,
	Peers:        []string{"DeploymentTemplate-Must-Not-Contain-Hardcoded-Uri"},
	Link:         "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#urls-cant-be-hard-coded",
	OffByDefault: true,
	Options: []lint.Option{{Name: "allow", Kind: lint.Texts, Default: []string{},
		Doc: "Hosts that may be hard-coded, as the message names them"}},
	Run: checkLiteralEndpoint,
}

func checkLiteralEndpoint(p *lint.Pass) {
	if p.Era() == guidance.Preview {
		return
	}
	reported := map[*jsonc.String]bool{}
	for _, t := range p.Language().Texts {
		if t.Section == arm.InParameters || reported[t.String] || hostIsDue(t) {
			continue
		}
		if host, instead := endpointIn(t.String.Value); host != "" && !p.Lists("allow", host) {
			reported[t.String] = true
			p.ReportAt(t.Template, t.String.At, "host %s exists in the public cloud only", host).In(t.Resource).
				Detailf("Use %s, which returns the host of every cloud.", instead)
		}
	}
}

// hostIsDue reports places where a host is no matter of the cloud: the
// containers of old disks, and the domains of private links, which have a name
// of their own in each cloud.
func hostIsDue(t *arm.Text) bool {
	return keyIs(t, "vhdContainers", "$schema", "contentVersion") || t.Resource != nil && strings.HasPrefix(strings.ToLower(t.Resource.Type), "microsoft.network/privatednszones")
}

// endpointIn finds a host that environment() answers
// (https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-deployment#environment).
func endpointIn(s string) (host, instead string) {
	if !strings.Contains(s, ".") {
		return "", ""
	}
	low := strings.ToLower(s)
	for _, e := range [...][2]string{
		{"management.azure.com", "environment().resourceManager"},
		{"management.core.windows.net", "environment().authentication.audiences"},
		{"login.microsoftonline.com", "environment().authentication.loginEndpoint"},
		{".blob.core.windows.net", "environment().suffixes.storage"},
		{".file.core.windows.net", "environment().suffixes.storage"},
		{".queue.core.windows.net", "environment().suffixes.storage"},
		{".table.core.windows.net", "environment().suffixes.storage"},
		{".database.windows.net", "environment().suffixes.sqlServerHostname"},
		{"vault.azure.net", "environment().suffixes.keyvaultDns"},
		{"gallery.azure.com", "environment().gallery"},
		{"graph.windows.net", "environment().graph"},
	} {
		if i := strings.Index(low, e[0]); i >= 0 && !strings.Contains(low, "schema."+e[0]) && !strings.Contains(low, "privatelink"+e[0]) {
			return strings.TrimPrefix(e[0], "."), e[1]
		}
	}
	return "", ""
}
