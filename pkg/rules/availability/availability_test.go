package availability_test

import (
	"testing"

	"github.com/scaleset/scaleset/pkg/lint/ruletest"
	"github.com/scaleset/scaleset/pkg/rules/availability"
)

func TestRules(t *testing.T) { ruletest.Run(t, availability.Rules()) }

// TestForms: a value is judged however it is written.
func TestForms(t *testing.T) { ruletest.Forms(t, availability.Rules(), nil) }

// TestUnknown: who knows less says less.
func TestUnknown(t *testing.T) { ruletest.Unknown(t, availability.Rules(), nil) }
