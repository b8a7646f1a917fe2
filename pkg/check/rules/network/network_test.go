package network_test

import (
	"testing"

	"github.com/scaleset/scaleset/pkg/check/lint/ruletest"
	"github.com/scaleset/scaleset/pkg/check/rules/network"
)

func TestRules(t *testing.T) { ruletest.Run(t, network.Rules()) }

// TestForms: a value is judged however it is written.
func TestForms(t *testing.T) { ruletest.Forms(t, network.Rules(), nil) }

// TestUnknown: who knows less says less.
func TestUnknown(t *testing.T) { ruletest.Unknown(t, network.Rules(), nil) }

// TestBoundaries: the last value that is taken and the first that is not.
func TestBoundaries(t *testing.T) {
	const (
		lb  = "/resources/0/properties/"
		lb2 = "/resources/1/properties/"
	)
	ruletest.Boundaries(t, network.Rules(), []ruletest.Boundary{
		{Rule: "SS6005", Template: "good_ports.json", Pointer: lb + "inboundNatPools/0/properties/frontendPortRangeStart", Good: []string{`1`, `65534`}, Error: []string{`0`, `65535`}},
		{Rule: "SS6005", Template: "good_ports.json", Pointer: lb + "inboundNatPools/0/properties/frontendPortRangeEnd", Good: []string{`1`, `65535`}, Error: []string{`0`, `65536`}},
		{Rule: "SS6005", Template: "good_ports.json", Pointer: lb + "inboundNatPools/0/properties/backendPort", Good: []string{`1`, `65535`}, Error: []string{`0`, `65536`}},
		{Rule: "SS6005", Template: "good_ports.json", Pointer: lb + "loadBalancingRules/0/properties/frontendPort", Good: []string{`0`, `65534`}, Error: []string{`-1`, `65535`}},
		{Rule: "SS6005", Template: "good_ports.json", Pointer: lb + "loadBalancingRules/0/properties/backendPort", Good: []string{`0`, `65535`}, Error: []string{`-1`, `65536`}},
		{Rule: "SS6005", Template: "good_ports.json", Pointer: lb + "probes/0/properties/port", Good: []string{`1`, `65535`}, Error: []string{`0`, `65536`}},
		{Rule: "SS6005", Template: "good_ports.json", Pointer: lb2 + "inboundNatRules/0/properties/frontendPortRangeStart", Good: []string{`1`, `50100`}, Error: []string{`0`, `50101`, `65535`}},
		{Rule: "SS6005", Template: "good_ports.json", Pointer: lb2 + "inboundNatRules/0/properties/frontendPortRangeEnd", Good: []string{`50000`, `65534`}, Error: []string{`49999`, `65535`}},
		{Rule: "SS6005", Template: "good_ports.json", Pointer: lb2 + "inboundNatRules/0/properties/backendPort", Good: []string{`1`, `65535`}, Error: []string{`0`, `65536`}},
		{Rule: "SS6006", Template: "good_minutes.json", Pointer: lb + "loadBalancingRules/0/properties/idleTimeoutInMinutes", Good: []string{`4`, `30`}, Warning: []string{`31`, `100`}, Error: []string{`3`, `101`}},
		{Rule: "SS6001", Template: "good_room.json", Pointer: lb + "inboundNatPools/0/properties/frontendPortRangeEnd", Good: []string{`50039`, `60000`}, Warning: []string{`50038`, `50019`}, Error: []string{`50018`}},
		{Rule: "SS6001", Template: "good_not_overprovisioned.json", Pointer: lb + "inboundNatPools/0/properties/frontendPortRangeEnd", Good: []string{`50019`}, Error: []string{`50018`}},
		{Rule: "SS6061", Template: "good_priorities.json", Pointer: lb + "securityRules/0/properties/priority", Good: []string{`100`, `4095`}, Error: []string{`99`, `4097`}},
		{Rule: "SS6030", Template: "good_prefixes.json", Pointer: lb + "subnets/0/properties/addressPrefix", Good: []string{`"10.0.0.0/29"`}, Error: []string{`"10.0.0.0/30"`, `"10.0.0.8/28"`}},
		{Rule: "SS6031", Template: "good_inside.json", Pointer: lb + "subnets/0/properties/addressPrefix", Good: []string{`"10.0.0.0/16"`, `"10.0.255.0/24"`}, Error: []string{`"10.0.0.0/15"`, `"10.1.0.0/24"`, `"9.255.255.0/24"`}},
		{Rule: "SS6032", Template: "good_apart.json", Pointer: lb + "subnets/0/properties/addressPrefix", Good: []string{`"10.0.0.0/25"`}, Error: []string{`"10.0.0.0/24"`, `"10.0.0.128/26"`}},
		{Rule: "SS6033", Template: "good_room.json", Pointer: "/resources/1/sku/capacity", Good: []string{`11`}, Error: []string{`12`}},
		{Rule: "SS6062", Template: "good_closed.json", Pointer: lb + "securityRules/1/properties/destinationPortRange", Good: []string{`"443"`, `"21"`, `"23-3388"`, `"0-21"`, `"3390-65535"`}, Warning: []string{`"22"`, `"22-30"`, `"20-22"`, `"*"`, `"3389"`, `"3389-3390"`}},
		{Rule: "SS6062", Template: "good_closed.json", Pointer: lb + "securityRules/0/properties/sourceAddressPrefix", Good: []string{`"10.0.0.0/8"`, `"VirtualNetwork"`}, Warning: []string{`"*"`, `"Internet"`, `"any"`, `"0.0.0.0/0"`, `"::/0"`}},
	})
}

// TestFixes: what is offered, and what it writes.
func TestFixes(t *testing.T) { ruletest.Fixes(t, network.Rules()) }
