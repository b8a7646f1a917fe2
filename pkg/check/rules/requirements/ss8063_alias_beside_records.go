package requirements

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss8063_alias_beside_records.md
var aliasBesideRecordsPage string

// aliasBesideRecords reports a CNAME record set whose name has other records.
// https://github.com/kubernetes-sigs/external-dns/issues/5358
var aliasBesideRecords = &lint.Rule{
	Code: "SS8063", Name: "alias-beside-records", Severity: diag.Error, Since: "0.2", Page: &aliasBesideRecordsPage,
	Also: []diag.Level{{Severity: diag.Warning, When: "the zone is private"}},
	Link: "https://learn.microsoft.com/azure/dns/dns-zones-records", Run: checkAliasBesideRecords,
}

// recordTypes are those of record sets that a template can write.
var recordTypes = [...]string{"A", "AAAA", "CAA", "CNAME", "MX", "NS", "PTR", "SRV", "TXT"}

func checkAliasBesideRecords(p *lint.Pass) {
	for _, zones := range [...]string{"Microsoft.Network/dnsZones/", "Microsoft.Network/privateDnsZones/"} {
		aliases := map[string]*expand.Resource{}
		for _, r := range p.Deployment.OfType(zones + "CNAME") {
			if name, ok := recordName(p, r); ok {
				aliases[name] = r
			}
		}
		if len(aliases) == 0 {
			continue
		}
		for _, kind := range recordTypes {
			if kind == "CNAME" {
				continue
			}
			for _, r := range p.Deployment.OfType(zones + kind) {
				name, ok := recordName(p, r)
				alias := aliases[name]
				if !ok || alias == nil {
					continue
				}
				f := p.Reportf(alias.Body.Get("name"), "%s has a CNAME record, and a record of type %s too", alias.Name, kind).
					Relatedf(r.Body.Get("name"), "the other record").
					Detailf("A name with a CNAME record has no other records: Azure answers that another record of the same name exists. Remove one of the two.")
				if zones != "Microsoft.Network/dnsZones/" {
					f.Severity(diag.Warning)
				}
			}
		}
	}
}

// recordName is the zone and the name of a record set that is certainly written.
func recordName(p *lint.Pass, r *expand.Resource) (string, bool) {
	id := p.Deployment.Ref(r.Body.Get("id")).Path()
	if r.Conditional || len(id.Names) < 2 {
		return "", false
	}
	zone, ok := id.Parent()
	return strings.ToLower(zone.String() + "|" + id.Name()), ok
}
