package naming

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss3103_reserved_word.md
var reservedWordPage string

// reservedWord reports reserved words in names that become part of a host name.
var reservedWord = &lint.Rule{
	Code: "SS3103", Name: "reserved-word", Severity: diag.Error, Since: "0.2", Page: &reservedWordPage,
	Also: []diag.Level{{Severity: diag.Warning, When: "the DNS label of a public IP address is or begins with the word"}},
	Link: "https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-reserved-resource-name",
	Run:  checkReservedWord,
}

// Words that the documentation of ReservedResourceName lists: as a whole name,
// anywhere in a name, and at its beginning.
const (
	reservedWhole = `access azure bing bizspark biztalk cortana directx dotnet dynamics excel exchange forefront groove hololens hyperv kinect lync msdn
		o365 office office365 onedrive onenote outlook powerpoint sharepoint skype visio visualstudio`
	reservedPart  = `microsoft windows`
	reservedStart = `login`
)

// exposed are the types whose name is part of a host name.
var exposed = lazy.Value[[]string]{Of: func() []string {
	return strings.Fields(`microsoft.storage/storageaccounts microsoft.keyvault/vaults microsoft.web/sites microsoft.sql/servers
	microsoft.network/trafficmanagerprofiles microsoft.cdn/profiles/endpoints microsoft.documentdb/databaseaccounts microsoft.servicebus/namespaces
	microsoft.eventhub/namespaces microsoft.cache/redis microsoft.containerregistry/registries microsoft.servicefabric/clusters
	microsoft.dashboard/grafana microsoft.batch/batchaccounts microsoft.search/searchservices microsoft.apimanagement/service`)
}}

func checkReservedWord(p *lint.Pass) {
	j := newJudge(p)
	for _, r := range p.Deployment.Expanded.Resources {
		at, severity := r.Body.Get("name"), diag.Error
		if is(r.Type, "Microsoft.Network/publicIPAddresses") {
			// The list is of names of resources, and a label is none. Of its words,
			// Azure has rejected those that are reserved anywhere in a name:
			// DomainNameLabelReserved, https://github.com/Azure/terraform-azurerm-compute/pull/4
			at, severity = r.Body.Get("properties", "dnsSettings", "domainNameLabel"), diag.Warning
		} else if !slices.ContainsFunc(exposed.Get(), func(t string) bool { return is(r.Type, t) }) {
			continue
		}
		name, ok := text(p, at)
		if !ok || p.Assumed(name) || j.seen[at.At()] {
			continue
		}
		if word := reserved(lastSegment(name)); word != "" {
			j.seen[at.At()] = true
			if slices.Contains(strings.Fields(reservedPart), word) {
				severity = diag.Error
			}
			p.Reportf(at, "the name %s of %s contains the reserved word %s", quote(name), r.Type, word).Severity(severity).
				Detailf("Choose another name: it becomes part of a host name, and Azure reserves the names of its products there.")
		}
	}
}

// reserved is the reserved word of a name; "" when it has none.
func reserved(name string) string {
	name = strings.ToLower(name)
	for word := range strings.FieldsSeq(reservedWhole) {
		if name == word {
			return word
		}
	}
	for word := range strings.FieldsSeq(reservedPart) {
		if strings.Contains(name, word) {
			return word
		}
	}
	if strings.HasPrefix(name, reservedStart) {
		return reservedStart
	}
	return ""
}
