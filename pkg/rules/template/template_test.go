package template_test

import (
	"testing"

	"github.com/scaleset/scaleset/pkg/lint/ruletest"
	"github.com/scaleset/scaleset/pkg/rules/template"
)

func TestRules(t *testing.T) { ruletest.Run(t, template.Rules()) }

// TestUnknown: who knows less says less.
func TestUnknown(t *testing.T) { ruletest.Unknown(t, template.Rules(), nil) }

// TestFixes: what is offered, and what it writes.
func TestFixes(t *testing.T) { ruletest.Fixes(t, template.Rules()) }
