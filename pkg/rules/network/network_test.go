package network_test

import (
	"testing"

	"github.com/scaleset/scaleset/pkg/lint/ruletest"
	"github.com/scaleset/scaleset/pkg/rules/network"
)

func TestRules(t *testing.T) { ruletest.Run(t, network.Rules()) }
