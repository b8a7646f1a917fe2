package profile_test

import (
	"testing"

	"github.com/scaleset/scaleset/pkg/lint/ruletest"
	"github.com/scaleset/scaleset/pkg/rules/profile"
)

func TestRules(t *testing.T) { ruletest.Run(t, profile.Rules()) }

// TestForms: a value is judged however it is written.
func TestForms(t *testing.T) { ruletest.Forms(t, profile.Rules(), nil) }

// TestUnknown: who knows less says less.
func TestUnknown(t *testing.T) {
	ruletest.Unknown(t, profile.Rules(), map[string]string{
		"SS4105/good_reported_at_its_place.json": "a password that a parameter of type string takes is what the rule is about",
	})
}
