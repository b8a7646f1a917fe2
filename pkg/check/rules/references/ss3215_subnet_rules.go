package references

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss3215_subnet_rules.md
var subnetRulesPage string

// subnetRules reports security groups that block what Azure Bastion or an
// application gateway needs on the subnet that it is in.
var subnetRules = &lint.Rule{
	Code: "SS3215", Name: "subnet-rules", Severity: diag.Error, Since: "0.2", Page: &subnetRulesPage,
	Link: "https://learn.microsoft.com/azure/bastion/bastion-nsg",
	Run:  checkSubnetRules,
}

// A need is traffic that must be allowed in.
type need struct {
	source string // a service tag
	port   string // a port or a range
	// internet says that a rule for the tag Internet is about it as well.
	internet bool
}

var (
	// https://learn.microsoft.com/azure/bastion/bastion-nsg#apply
	bastionNeeds = []need{{"GatewayManager", "443", false}}
	// https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure#network-security-groups
	gatewayNeeds = []need{{"GatewayManager", "65200-65535", true}}
)

func checkSubnetRules(p *lint.Pass) {
	seen := once{}
	each(p, func(u use) {
		if !limits.Certain(u.by) {
			return
		}
		switch {
		case equal(u.name(), "networkSecurityGroup.id") && equal(u.refersTo(), "Microsoft.Network/networkSecurityGroups") && isBastionSubnet(u):
			checkNeeds(p, u, u.ref, "Azure Bastion", bastionNeeds, seen)
		case equal(u.by.Type, "Microsoft.Network/applicationGateways") && equal(u.name(), "subnet.id") && slices.Contains(u.path, "gatewayIPConfigurations[]") && isVersion2(u):
			if group := u.ref.Target.Get("properties", "networkSecurityGroup", "id"); group != nil {
				checkNeeds(p, u, p.Deployment.Ref(group), "the application gateway "+u.by.Name, gatewayNeeds, seen)
			}
		}
	})
}

// isBastionSubnet reports the security group of a subnet for Bastion, which may
// be written in its network or on its own.
func isBastionSubnet(u use) bool {
	const name = "AzureBastionSubnet"
	if equal(u.by.Type, subnetType) {
		return strings.HasSuffix(strings.ToLower(u.by.Name), "/"+strings.ToLower(name))
	}
	subnet, _ := u.at.Parent().Parent().Parent().Get("name").Text() // id, networkSecurityGroup, properties
	return equal(u.by.Type, "Microsoft.Network/virtualNetworks") && equal(subnet, name)
}

func isVersion2(u use) bool {
	tier, _ := u.by.Body.Get("properties", "sku", "tier").Text()
	return strings.HasSuffix(strings.ToLower(tier), "_v2")
}

func checkNeeds(p *lint.Pass, u use, ref vmss.Ref, what string, needs []need, seen once) {
	group := p.Deployment.SecurityGroup(ref)
	if group == nil || !limits.Certain(group.Resource) || group.Rules.State == vmss.Unknown {
		return
	}
	for _, n := range needs {
		if rule, blocked := blocks(group, n); blocked && seen.first(u.at) {
			f := p.Reportf(u.at, "security group %s blocks what %s needs: port %s from %s", group.Resource.Name, what, n.port, n.source).
				Detailf("Add an inbound rule that allows TCP to port %s from the service tag %s, with a lower priority number than the rules that deny it.", n.port, n.source)
			if rule != nil {
				f.Relatedf(rule.Priority, "the rule that denies it")
			} else {
				f.Relatedf(group.Body.Get("name"), "the security group")
			}
		}
	}
}

// blocks reports that a security group certainly does not let some traffic in:
// by a rule that denies it, or because none allows it. A rule that may allow it
// is enough for doubt.
func blocks(group *vmss.SecurityGroup, n need) (by *vmss.SecurityRule, blocked bool) {
	rules := slices.Clone(group.Rules.Items)
	for _, r := range rules {
		if _, ok := r.Priority.Known(); !ok {
			return nil, false
		}
	}
	slices.SortStableFunc(rules, func(a, b vmss.SecurityRule) int {
		first, _ := a.Priority.Known()
		second, _ := b.Priority.Known()
		return first - second
	})
	for i, r := range rules {
		direction, known := r.Direction.Known()
		if known && !equal(direction, "Inbound") {
			continue
		}
		access, sure := r.Access.Known()
		match, certain := n.matches(r)
		switch {
		case !known || !sure || !certain:
			return nil, false
		case match && equal(access, "Deny"):
			return &rules[i], everywhere(r)
		case match:
			return nil, false
		}
	}
	return nil, true // the default rules let in the network itself and load balancers only
}

// everywhere reports a rule for every destination.
func everywhere(r vmss.SecurityRule) bool {
	to, _ := r.Priority.Place().Parent().Get("destinationAddressPrefix").Text()
	return to == "*"
}

// matches reports whether a rule is about the traffic; certain is false when
// that is not known.
func (n need) matches(r vmss.SecurityRule) (match, certain bool) {
	protocol, ok := r.Protocol.Known()
	sources, knownSources := known(r.Source, r.Sources)
	ports, knownPorts := known(r.Port, r.Ports)
	if !ok || !knownSources || !knownPorts {
		return false, false
	}
	if !equal(protocol, "*") && !equal(protocol, "Tcp") {
		return false, true
	}
	low, high := portsOf(n.port)
	to := false
	for _, text := range ports {
		first, last := portsOf(text)
		switch {
		case first <= low && high <= last:
			to = true
		case first <= high && low <= last:
			return false, false // a part of them
		}
	}
	if !to {
		return false, true
	}
	from := false
	for _, s := range sources {
		switch {
		case s == "*" || s == "0.0.0.0/0" || equal(s, n.source) || n.internet && equal(s, "Internet"):
			from = true
		case strings.HasPrefix(strings.ToLower(s), "azurecloud"):
			return false, false // the tag may hold the addresses of the other
		}
	}
	return from, true
}

// known are the values of a property that may be one or a list.
func known(one vmss.Field[string], list vmss.List[vmss.Field[string]]) (all []string, ok bool) {
	if list.State == vmss.Unknown || one.State == vmss.Unknown {
		return nil, false
	}
	for _, f := range append([]vmss.Field[string]{one}, list.Items...) {
		switch text, ok := f.Known(); {
		case ok:
			all = append(all, text)
		case f.IsSet():
			return nil, false
		}
	}
	return all, true
}

// portsOf is the first and the last port of a range; none for other text.
func portsOf(text string) (first, last int) {
	if text == "*" {
		return 0, 65535
	}
	from, to, isRange := strings.Cut(text, "-")
	first, err := strconv.Atoi(strings.TrimSpace(from))
	if err != nil {
		return 1, 0
	}
	if !isRange {
		return first, first
	}
	if last, err = strconv.Atoi(strings.TrimSpace(to)); err != nil {
		return 1, 0
	}
	return first, last
}
