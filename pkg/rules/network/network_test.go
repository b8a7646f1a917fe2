package network_test

import (
	"testing"

	"github.com/scaleset/scaleset/pkg/lint/ruletest"
	"github.com/scaleset/scaleset/pkg/rules/network"
)

func TestRules(t *testing.T) { ruletest.Run(t, network.Rules()) }

// TestForms: a value is judged however it is written.
func TestForms(t *testing.T) { ruletest.Forms(t, network.Rules(), nil) }

// TestUnknown: who knows less says less.
func TestUnknown(t *testing.T) { ruletest.Unknown(t, network.Rules(), nil) }
