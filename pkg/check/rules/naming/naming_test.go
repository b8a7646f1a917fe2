package naming_test

import (
	"testing"

	"github.com/scaleset/scaleset/pkg/check/lint/ruletest"
	"github.com/scaleset/scaleset/pkg/check/rules/naming"
)

func TestRules(t *testing.T) { ruletest.Run(t, naming.Rules()) }

// TestForms: a value is judged however it is written.
func TestForms(t *testing.T) { ruletest.Forms(t, naming.Rules(), nil) }

// TestUnknown: who knows less says less.
func TestUnknown(t *testing.T) { ruletest.Unknown(t, naming.Rules(), nil) }
