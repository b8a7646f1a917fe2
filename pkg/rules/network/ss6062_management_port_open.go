package network

import (
	_ "embed"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/diag"
	"github.com/scaleset/scaleset/pkg/guidance"
	"github.com/scaleset/scaleset/pkg/lint"
	"github.com/scaleset/scaleset/pkg/vmss"
)

//go:embed ss6062_management_port_open.md
var managementPortOpenPage string

// ManagementPortOpen reports security rules that open SSH or RDP to the whole Internet.
var ManagementPortOpen = &lint.Rule{
	Code: "SS6062", Name: "management-port-open", Severity: diag.Warning, Since: "0.1", Doc: managementPortOpenPage,
	Guidance: []guidance.ID{guidance.ManagementPorts},
	Run:      checkManagementPortOpen,
}

func checkManagementPortOpen(p *lint.Pass) {
	for _, g := range p.Deployment.SecurityGroups {
		for _, r := range g.Rules.Items {
			source, open := fromInternet(r)
			port, service, exposes := opens(r)
			if open && exposes && allowsIn(r) {
				p.Reportf(source, "%s opens port %d (%s) to the whole Internet", named("rule", r.Name), port, service).
					Relatedf(r.Port, "the ports").
					Detailf("Name the addresses from which you manage the instances, or reach them through a jump box, a VPN or a bastion host.")
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

// fromInternet is the source of a rule that stands for every address.
func fromInternet(r vmss.SecurityRule) (source vmss.Field[string], ok bool) {
	for _, f := range append([]vmss.Field[string]{r.Source}, r.Sources.Items...) {
		switch text, _ := f.Known(); strings.ToLower(text) {
		case "*", "internet", "any", "0.0.0.0/0", "::/0":
			return f, true
		}
	}
	return source, false
}

// opens is the management port that a rule is about.
func opens(r vmss.SecurityRule) (port int, service string, ok bool) {
	for _, f := range append([]vmss.Field[string]{r.Port}, r.Ports.Items...) {
		text, _ := f.Known()
		if covered(text, 22) {
			return 22, "SSH", true
		}
		if covered(text, 3389) {
			return 3389, "RDP", true
		}
	}
	return 0, "", false
}

// covered reports whether ports, such as "*", "22" or "20-30", hold a port.
func covered(ports string, port int) bool {
	if ports == "*" {
		return true
	}
	first, last, ranged := strings.Cut(ports, "-")
	from, err := strconv.Atoi(strings.TrimSpace(first))
	if !ranged {
		return err == nil && from == port
	}
	to, bad := strconv.Atoi(strings.TrimSpace(last))
	return err == nil && bad == nil && from <= port && port <= to
}
