// Package network holds the rules about virtual networks, load balancers, NAT
// and addresses: codes SS60xx.
package network

import (
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
)

// Rules are the rules of the family, in the order of their codes.
func Rules() []*lint.Rule {
	return []*lint.Rule{
		natPoolRange, natPoolShared, natPoolFlexible, balancerPortConflict, balancerPortRange, idleTimeout, balancerLimits, natBackendPort,
		probeSettings, ruleWithoutProbe, healthProbeInUse, danglingReference,
		basicBalancerOneSet, balancersPerInterface, basicBalancerSet, balancerAddressSKU, basicRetired, balancerFrontend,
		addressPrefixRule, subnetOutsideNetwork, subnetOverlap, subnetSize,
		oneVirtualNetwork, primaryInterface, interfaceCount, instanceAddressVersion, instanceAddressCount, flexibleNetworkAPI, outboundAccess,
		applicationGatewaySubnet, jumpBoxNetwork,
		standardClosed, securityRulePriority, managementPortOpen,
	}
}

// Unchecked are the statements of the family that no rule checks.
func Unchecked() []lint.Unchecked {
	return []lint.Unchecked{
		{ID: guidance.NatPortMapping, Reason: "It tells how ports are given out: scaleset connect shows it."},
		{ID: guidance.NatPortsNotFixed, Reason: "It tells how ports are given out: scaleset connect warns of it."},
		{ID: guidance.NatRangeTooSmall, Reason: "It is the answer to what the rules about NAT ranges report."},
		{ID: guidance.BalancersPerSubscription, Reason: "What else the subscription holds, a template does not show."},
		{ID: guidance.InstanceDNS, Reason: "It tells how names are made: scaleset connect shows it."},
		{ID: guidance.PrivateAddressesDynamic, Reason: "The model of a set has no property for a fixed address: the schema reports one (SS3001)."},
		{ID: guidance.IPConfigurationSubnet, Reason: "The schema of these API versions requires it: SS3004 reports what is missing."},
	}
}
