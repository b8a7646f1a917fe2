package capacity_test

import (
	"testing"

	"github.com/scaleset/scaleset/pkg/lint/ruletest"
	"github.com/scaleset/scaleset/pkg/rules/capacity"
)

func TestRules(t *testing.T) { ruletest.Run(t, capacity.Rules()) }

// TestForms: a value is judged however it is written.
func TestForms(t *testing.T) {
	ruletest.Forms(t, capacity.Rules(), map[string]string{
		"SS4069 parameters": "a capacity that a parameter gives can be passed as it is at the redeploy",
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
