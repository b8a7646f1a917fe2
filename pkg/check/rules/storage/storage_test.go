package storage_test

import (
	"testing"

	"github.com/scaleset/scaleset/pkg/check/lint/ruletest"
	"github.com/scaleset/scaleset/pkg/check/rules/storage"
)

func TestRules(t *testing.T) { ruletest.Run(t, storage.Rules()) }

// TestForms: a value is judged however it is written.
func TestForms(t *testing.T) { ruletest.Forms(t, storage.Rules(), nil) }

// TestUnknown: who knows less says less.
func TestUnknown(t *testing.T) { ruletest.Unknown(t, storage.Rules(), nil) }

// TestBoundaries: the last value that is taken and the first that is not.
func TestBoundaries(t *testing.T) {
	const (
		set = "/resources/0/"
	)
	ruletest.Boundaries(t, storage.Rules(), []ruletest.Boundary{
		{Rule: "SS5003", Template: "good_2.json", Pointer: set + "name", Good: []string{`"abc"`, `"az09z"`, `"aaaaaaaaaaaaaaaaaaaaaaaa"`}, Error: []string{`"ab"`, `"aaaaaaaaaaaaaaaaaaaaaaaaa"`, `"aAb"`, `"aZb"`, "\"a`b\"", `"a|b"`, `"a:b"`, `"a-b"`}},
		{Rule: "SS5021", Template: "good_size_1.json", Pointer: set + "properties/virtualMachineProfile/storageProfile/dataDisks/0/diskSizeGB", Good: []string{`1`}, Warning: []string{`0`, `-1`}},
		{Rule: "SS5021", Template: "good_unmanaged_value.json", Pointer: set + "properties/virtualMachineProfile/storageProfile/osDisk/diskSizeGB", Good: []string{`1`, `1023`}, Warning: []string{`0`, `1024`}},
		{Rule: "SS5020", Template: "good_value.json", Pointer: set + "properties/virtualMachineProfile/storageProfile/dataDisks/1/lun", Good: []string{`1`, `63`}, Error: []string{`0`}},
		{Rule: "SS5001", Template: "good_spread.json", Pointer: set + "sku/capacity", Good: []string{`40`}, Error: []string{`41`}},
		{Rule: "SS5001", Template: "good_spread.json", Pointer: "/resources/3/sku/capacity", Good: []string{`40`}, Error: []string{`41`}},
	})
}

// TestFixes: what is offered, and what it writes.
func TestFixes(t *testing.T) { ruletest.Fixes(t, storage.Rules()) }
