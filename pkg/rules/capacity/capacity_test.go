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
