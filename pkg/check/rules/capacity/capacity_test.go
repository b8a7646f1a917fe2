package capacity_test

import (
	"testing"

	"github.com/scaleset/scaleset/pkg/check/lint/ruletest"
	"github.com/scaleset/scaleset/pkg/check/rules/capacity"
)

func TestRules(t *testing.T) { ruletest.Run(t, capacity.Rules()) }

// TestForms: a value is judged however it is written.
func TestForms(t *testing.T) {
	ruletest.Forms(t, capacity.Rules(), map[string]string{
		"SS4069 parameters":       "a capacity that a parameter gives can be passed as it is at the redeploy",
		"SS4069 a parameter file": "a capacity that a parameter gives can be passed as it is at the redeploy",
	})
}

// TestUnknown: who knows less says less.
func TestUnknown(t *testing.T) {
	ruletest.Unknown(t, capacity.Rules(), map[string]string{
		"SS4007/bad_sets.json":           "the sets that are left are too many still, and another one is the last",
		"SS4055/bad_copy.json":           "the default below the minimum is said where the maximum below it is not",
		"SS4055/bad_parameter_file.json": "as above",
		"SS4055/bad_ways.json":           "as above",
	})
}

// TestBoundaries: the last value that is taken and the first that is not.
func TestBoundaries(t *testing.T) {
	ruletest.Boundaries(t, capacity.Rules(), []ruletest.Boundary{
		{Rule: "SS4001", Template: "good_at_the_limit.json", Pointer: "/resources/0/sku/capacity", Good: []string{`0`, `100`}, Error: []string{`101`}},
		{Rule: "SS4001", Template: "good_at_the_limit.json", Pointer: "/resources/1/sku/capacity", Good: []string{`0`, `40`}, Error: []string{`41`}},
		{Rule: "SS4001", Template: "good_at_the_limit.json", Pointer: "/resources/2/sku/capacity", Good: []string{`0`, `20`}, Warning: []string{`21`}},
		{Rule: "SS4001", Template: "good_at_the_limit.json", Pointer: "/resources/3/sku/capacity", Good: []string{`0`, `40`}, Error: []string{`41`}},
		{Rule: "SS4001", Template: "good_at_the_limit.json", Pointer: "/resources/4/sku/capacity", Good: []string{`0`, `100`}, Error: []string{`101`}},
		{Rule: "SS4001", Template: "good_at_the_limit.json", Pointer: "/resources/5/sku/capacity", Good: []string{`0`, `100`}, Error: []string{`101`}},
		{Rule: "SS4001", Template: "good_at_the_limit.json", Pointer: "/resources/6/sku/capacity", Good: []string{`0`, `1000`}, Error: []string{`1001`}},
		{Rule: "SS4001", Template: "good_at_the_limit.json", Pointer: "/resources/7/sku/capacity", Good: []string{`0`, `1000`}, Error: []string{`1001`}},
		{Rule: "SS4001", Template: "good_at_the_limit.json", Pointer: "/resources/8/sku/capacity", Good: []string{`0`, `1000`}, Error: []string{`1001`}},
		{Rule: "SS4001", Template: "bad_current_managed_image.json", Pointer: "/resources/0/sku/capacity", Good: []string{`600`}, Error: []string{`601`}},
		{Rule: "SS4001", Template: "bad_current_zonal_one_group.json", Pointer: "/resources/0/sku/capacity", Good: []string{`300`}, Error: []string{`301`}},
		{Rule: "SS4002", Template: "good_at_the_limit.json", Pointer: "/resources/1/properties/profiles/0/capacity/maximum", Good: []string{`"100"`}, Warning: []string{`"101"`}},
		{Rule: "SS4002", Template: "good_at_the_limit.json", Pointer: "/resources/3/properties/enabled", Good: []string{`false`}, Warning: []string{`true`}},
		{Rule: "SS4002", Template: "good_at_the_limit.json", Pointer: "/resources/5/properties/profiles/0/capacity/maximum", Good: []string{`"1000"`}, Warning: []string{`"1001"`}},
		{Rule: "SS4060", Template: "good_ranges.json", Pointer: "/resources/0/properties/profiles/0/rules/1/metricTrigger/timeGrain", Good: []string{`"PT1M"`, `"PT12H"`}, Error: []string{`"PT59S"`, `"PT12H1S"`}},
		{Rule: "SS4060", Template: "good_ranges.json", Pointer: "/resources/0/properties/profiles/0/rules/0/metricTrigger/timeWindow", Good: []string{`"PT5M"`, `"PT12H"`}, Warning: []string{`"PT4M59S"`}, Error: []string{`"PT12H1S"`}},
		{Rule: "SS4060", Template: "good_ranges.json", Pointer: "/resources/0/properties/profiles/0/rules/0/metricTrigger/timeGrain", Good: []string{`"PT5M"`}},
		{Rule: "SS4060", Template: "good_ranges.json", Pointer: "/resources/0/properties/profiles/0/rules/0/scaleAction/cooldown", Good: []string{`"PT1M"`, `"P7D"`}, Error: []string{`"PT59S"`, `"P7DT1S"`}},
		{Rule: "SS4008", Template: "good_spread.json", Pointer: "/resources/0/properties/platformFaultDomainCount", Good: []string{`1`}, Warning: []string{`2`}},
		{Rule: "SS4008", Template: "good_spread.json", Pointer: "/resources/1/sku/capacity", Good: []string{`200`}, Warning: []string{`201`}},
	})
}

// TestFixes: what is offered, and what it writes.
func TestFixes(t *testing.T) { ruletest.Fixes(t, capacity.Rules()) }
