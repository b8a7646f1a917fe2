package capacity_test

import (
	"testing"

	"github.com/scaleset/scaleset/pkg/lint/ruletest"
	"github.com/scaleset/scaleset/pkg/rules/capacity"
)

func TestRules(t *testing.T) { ruletest.Run(t, capacity.Rules()) }
