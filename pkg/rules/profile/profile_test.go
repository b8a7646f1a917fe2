package profile_test

import (
	"testing"

	"github.com/scaleset/scaleset/pkg/lint/ruletest"
	"github.com/scaleset/scaleset/pkg/rules/profile"
)

func TestRules(t *testing.T) { ruletest.Run(t, profile.Rules()) }

// TestForms: a value is judged however it is written.
func TestForms(t *testing.T) { ruletest.Forms(t, profile.Rules(), nil) }
