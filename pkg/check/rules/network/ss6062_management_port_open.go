package network

import (
	_ "embed"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6062_management_port_open.md
var managementPortOpenPage string

// managementPortOpen reports security rules that open ports for management, SSH and RDP unless
// others are named, to the whole Internet.
var managementPortOpen = &lint.Rule{
	Code: "SS6062", Name: "management-port-open", Severity: diag.Warning, Since: "0.1", Page: &managementPortOpenPage,
	Peers:    []string{"AZR-000137", "CKV_AZURE_9", "CKV_AZURE_10"},
	Guidance: []guidance.ID{guidance.ManagementPorts},
	Options: []lint.Option{{Name: "ports", Kind: lint.Numbers, Default: []int{22, 3389}, Most: 65535,
		Doc: "TCP ports that must not be open to the whole Internet"}},
	Run: checkManagementPortOpen,
}

func checkManagementPortOpen(p *lint.Pass) {
	ports := p.Numbers("ports")
	for _, g := range p.Deployment.SecurityGroups {
		for _, r := range g.Rules.Items {
			source, open := fromInternet(r)
			port, exposes := opens(r, ports)
			if open && exposes && allowsIn(r) {
				p.Reportf(source, "%s opens port %s to the whole Internet", named("rule", r.Name), portName(port)).
					Relatedf(r.Port, "the ports").
					Detailf("Allow only the addresses from which you manage the instances, or use a jump box, a VPN or Azure Bastion.")
			}
		}
	}
}

func allowsIn(r vmss.SecurityRule) bool {
	access, _ := r.Access.Known()
	direction, _ := r.Direction.Known()
	protocol, _ := r.Protocol.Known()
	return strings.EqualFold(access, "Allow") && strings.EqualFold(direction, "Inbound") &&
		(protocol == "*" || strings.EqualFold(protocol, "Tcp"))
}

// fromInternet reports whether the source of a rule is every address.
func fromInternet(r vmss.SecurityRule) (source vmss.Field[string], ok bool) {
	for _, f := range append([]vmss.Field[string]{r.Source}, r.Sources.Items...) {
		if text, ok := f.Known(); ok && vmss.IsInternet(text) {
			return f, true
		}
	}
	return source, false
}

// opens is the first of the ports that a rule is about.
func opens(r vmss.SecurityRule, ports []int) (port int, ok bool) {
	for _, f := range append([]vmss.Field[string]{r.Port}, r.Ports.Items...) {
		text, _ := f.Known()
		for _, port := range ports {
			if vmss.PortsContain(text, port) {
				return port, true
			}
		}
	}
	return 0, false
}

// portName is a port with the service that it is known for.
func portName(port int) string {
	switch port {
	case 22:
		return "22 (SSH)"
	case 3389:
		return "3389 (RDP)"
	case 5985, 5986:
		return strconv.Itoa(port) + " (WinRM)"
	}
	return strconv.Itoa(port)
}
