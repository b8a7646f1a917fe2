package profile_test

import (
	"testing"

	"github.com/scaleset/scaleset/pkg/check/lint/ruletest"
	"github.com/scaleset/scaleset/pkg/check/rules/profile"
)

func TestRules(t *testing.T) { ruletest.Run(t, profile.Rules()) }

// TestForms: a value is judged however it is written.
func TestForms(t *testing.T) {
	const names = "the message names what carries the password"
	ruletest.Forms(t, profile.Rules(), map[string]string{
		"SS4105 variables": names, "SS4105 parameters": names, "SS4105 a parameter file": names,
	})
}

// TestUnknown: who knows less says less.
func TestUnknown(t *testing.T) {
	ruletest.Unknown(t, profile.Rules(), nil)
}

// TestBoundaries: the last value that is taken and the first that is not.
func TestBoundaries(t *testing.T) {
	const (
		set = "/resources/0/"
	)
	ruletest.Boundaries(t, profile.Rules(), []ruletest.Boundary{
		{Rule: "SS4101", Template: "good_linux_1.json", Pointer: set + "properties/virtualMachineProfile/osProfile/computerNamePrefix", Good: []string{`"wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"`}, Warning: []string{`"wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"`}},
		{Rule: "SS4101", Template: "good_windows_1.json", Pointer: set + "properties/virtualMachineProfile/osProfile/computerNamePrefix", Good: []string{`"wwwwwwwww"`}, Error: []string{`"wwwwwwwwww"`}},
		{Rule: "SS4103", Template: "good_1.json", Pointer: set + "properties/virtualMachineProfile/osProfile/adminUsername", Good: []string{`"wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"`, `"w"`}, Error: []string{`""`, `"wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"`}},
		{Rule: "SS4104", Template: "good_strong.json", Pointer: set + "properties/virtualMachineProfile/osProfile/adminPassword", Good: []string{`"aA1-bbbb"`, `"aA1-bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"`}, Error: []string{`"aA1-bbb"`, `"aA1-bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"`}},
		{Rule: "SS4104", Template: "good_strong.json", Pointer: set + "properties/virtualMachineProfile/osProfile/adminPassword", Good: []string{`"abcdefG1"`, `"abcdef-1"`, `"ABCDEF-1"`, `"abcdeF-G"`, `"ÄBCDEF-1"`}, Error: []string{`"abcdefgh"`, `"abcdefGH"`, `"abcdef12"`, `"abcdef--"`, `"12345--6"`}},
		{Rule: "SS4109", Template: "good_sku_1.json", Pointer: set + "properties/virtualMachineProfile/storageProfile/imageReference/sku", Good: []string{`"previews"`, `"apreview"`, `"zpreview"`, `"previewa"`, `"previewz"`}, Warning: []string{`"preview"`, `"a-Preview-z"`, `"preview0"`, `"preview9"`, `"9preview"`}},
		{Rule: "SS4112", Template: "good_percent_1.json", Pointer: set + "properties/priorityMixPolicy/regularPriorityPercentageAboveBase", Good: []string{`0`, `100`}, Error: []string{`-1`, `101`}},
		{Rule: "SS4119", Template: "good_uniform.json", Pointer: set + "sku/capacity", Good: []string{`0`, `1`, `10`}, Warning: []string{`11`, `100`, `101`}},
	})
}

// TestFixes: what is offered, and what it writes.
func TestFixes(t *testing.T) { ruletest.Fixes(t, profile.Rules()) }
