package network

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6063_open_to_internet.md
var openToInternetPage string

// openToInternet reports every security rule that lets the whole Internet in. It is
// off by default, because web servers are meant to be reached.
var openToInternet = &lint.Rule{
	Code: "SS6063", Name: "open-to-internet", Severity: diag.Info, Since: "0.2", Page: &openToInternetPage, OffByDefault: true,
	Peers: []string{"AZR-000137", "CKV_AZURE_160"},
	Also:  []diag.Level{{Severity: diag.Warning, When: "the rule opens all ports, or a port of the option `ports`"}},
	Link:  "https://learn.microsoft.com/security/benchmark/azure/mcsb-network-security",
	Options: []lint.Option{{Name: "ports", Kind: lint.Numbers, Most: 65535,
		Default: []int{21, 23, 25, 53, 135, 137, 139, 389, 445, 1433, 1521, 2049, 2375, 2376, 3306, 5432, 5900, 5985, 5986, 6379, 9200, 11211, 19000, 19080, 27017},
		Doc:     "Ports of file shares, databases, remote administration and clusters"}},
	Run: checkOpenToInternet,
}

func checkOpenToInternet(p *lint.Pass) {
	ports := p.Numbers("ports")
	for _, g := range p.Deployment.SecurityGroups {
		for _, r := range g.Rules.Items {
			access, _ := r.Access.Known()
			direction, _ := r.Direction.Known()
			source, open := fromInternet(r)
			opened := portsOf(r)
			if !open || !strings.EqualFold(access, "Allow") || !strings.EqualFold(direction, "Inbound") || len(opened) == 0 || managementAlone(opened) {
				continue
			}
			f := p.Reportf(source, "%s opens %s to the whole Internet", named("rule", r.Name), portsName(opened)).
				Relatedf(r.Port, "the ports").
				Detailf("Allow only the addresses, or the service tags, that need access. Let clients of the application in through a load balancer or a gateway.")
			if port, sensitive := opens(r, ports); sensitive || slices.Contains(opened, "*") {
				f.Severity(diag.Warning)
				if !slices.Contains(opened, "*") {
					f.Detailf("Port %d is used by a file share, a database or remote administration. Allow only the addresses, or the service tags, that need access.", port)
				}
			}
		}
	}
}

// portsOf are the ports of a rule as they are written; none when one is not known.
func portsOf(r vmss.SecurityRule) (all []string) {
	for _, f := range append([]vmss.Field[string]{r.Port}, r.Ports.Items...) {
		text, known := f.Known()
		switch {
		case known && text != "":
			all = append(all, text)
		case !f.Absent():
			return nil
		}
	}
	return all
}

// managementAlone reports SSH or remote desktop, which management-port-open reports.
func managementAlone(ports []string) bool {
	return !slices.ContainsFunc(ports, func(port string) bool { return port != "22" && port != "3389" })
}

func portsName(ports []string) string {
	switch {
	case slices.Contains(ports, "*"):
		return "all ports"
	case len(ports) == 1 && !strings.Contains(ports[0], "-"):
		return "port " + ports[0]
	}
	return "ports " + strings.Join(ports, ", ")
}
