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
		standardClosed, securityRulePriority, managementPortOpen, openToInternet, probeBlocked, lateralTraversal,
	}
}

// Unchecked are the statements of the family that no rule checks.
func Unchecked() []lint.Unchecked {
	return []lint.Unchecked{
		{ID: guidance.NatPortMapping, Reason: "It describes how ports are assigned: scaleset connect shows it."},
		{ID: guidance.NatPortsNotFixed, Reason: "It describes how ports are assigned: scaleset connect warns about it."},
		{ID: guidance.NatRangeTooSmall, Reason: "It is the error that the rules about NAT port ranges prevent."},
		{ID: guidance.BalancersPerSubscription, Reason: "A template does not show what else is in the subscription."},
		{ID: guidance.InstanceDNS, Reason: "It describes how names are built: scaleset connect shows it."},
		{ID: guidance.PrivateAddressesDynamic, Reason: "The model of a scale set has no property for a fixed address: the schema check reports one (SS3001)."},
		{ID: guidance.IPConfigurationSubnet, Reason: "The schema of these API versions requires it: SS3004 reports missing properties."},
	}
}
