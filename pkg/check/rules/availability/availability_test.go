package availability_test

import (
	"testing"

	"github.com/scaleset/scaleset/pkg/check/lint/ruletest"
	"github.com/scaleset/scaleset/pkg/check/rules/availability"
)

func TestRules(t *testing.T) { ruletest.Run(t, availability.Rules()) }

// TestForms: a value is judged however it is written.
func TestForms(t *testing.T) { ruletest.Forms(t, availability.Rules(), nil) }

// TestUnknown: who knows less says less.
func TestUnknown(t *testing.T) { ruletest.Unknown(t, availability.Rules(), nil) }

// TestBoundaries: the last value that is taken and the first that is not.
func TestBoundaries(t *testing.T) {
	const (
		set = "/resources/0/"
	)
	ruletest.Boundaries(t, availability.Rules(), []ruletest.Boundary{
		{Rule: "SS7051", Template: "good_edges.json", Pointer: set + "properties/upgradePolicy/rollingUpgradePolicy/maxBatchInstancePercent", Good: []string{`5`, `100`}, Error: []string{`4`, `101`}},
		{Rule: "SS7051", Template: "good_edges.json", Pointer: set + "properties/upgradePolicy/rollingUpgradePolicy/maxUnhealthyInstancePercent", Good: []string{`5`, `100`}, Error: []string{`4`, `101`}},
		{Rule: "SS7051", Template: "good_edges.json", Pointer: set + "properties/upgradePolicy/rollingUpgradePolicy/maxUnhealthyUpgradedInstancePercent", Good: []string{`0`, `100`}, Error: []string{`-1`, `101`}},
		{Rule: "SS7051", Template: "good_edges.json", Pointer: set + "properties/upgradePolicy/rollingUpgradePolicy/pauseTimeBetweenBatches", Good: []string{`"PT0S"`, `"P1DT2H"`}, Error: []string{`"5M"`, `"PT"`}},
		{Rule: "SS7052", Template: "good_equal.json", Pointer: set + "properties/upgradePolicy/rollingUpgradePolicy/maxUnhealthyInstancePercent", Good: []string{`30`, `31`}, Warning: []string{`29`}},
		{Rule: "SS7061", Template: "good_http.json", Pointer: set + "properties/virtualMachineProfile/extensionProfile/extensions/0/properties/settings/intervalInSeconds", Good: []string{`5`, `60`}, Warning: []string{`4`, `61`}},
		{Rule: "SS7061", Template: "good_http.json", Pointer: set + "properties/virtualMachineProfile/extensionProfile/extensions/0/properties/settings/numberOfProbes", Good: []string{`1`, `24`}, Warning: []string{`0`, `25`}},
		{Rule: "SS7061", Template: "good_http.json", Pointer: set + "properties/virtualMachineProfile/extensionProfile/extensions/0/properties/settings/gracePeriod", Good: []string{`1`, `14400`}, Warning: []string{`0`, `14401`}},
		{Rule: "SS7065", Template: "good_edges.json", Pointer: set + "properties/automaticRepairsPolicy/gracePeriod", Good: []string{`"PT10M"`, `"PT90M"`}, Error: []string{`"PT9M59S"`, `"PT90M1S"`, `"10"`}},
		{Rule: "SS7002", Template: "good_counts.json", Pointer: set + "properties/platformFaultDomainCount", Good: []string{`1`, `2`, `3`, `4`, `5`}, Error: []string{`0`, `6`}},
		{Rule: "SS7002", Template: "good_counts.json", Pointer: "/resources/1/properties/platformFaultDomainCount", Good: []string{`1`, `5`}, Error: []string{`0`, `2`, `4`, `6`}},
		{Rule: "SS7002", Template: "good_counts.json", Pointer: "/resources/2/properties/platformFaultDomainCount", Good: []string{`1`, `2`, `3`}, Error: []string{`0`, `4`, `5`}},
		{Rule: "SS7002", Template: "good_counts.json", Pointer: "/resources/3/properties/platformFaultDomainCount", Good: []string{`1`}, Error: []string{`0`, `2`, `5`}},
	})
}

// TestFixes: what is offered, and what it writes.
func TestFixes(t *testing.T) { ruletest.Fixes(t, availability.Rules()) }
