package storage_test

import (
	"testing"

	"github.com/scaleset/scaleset/pkg/lint/ruletest"
	"github.com/scaleset/scaleset/pkg/rules/storage"
)

func TestRules(t *testing.T) { ruletest.Run(t, storage.Rules()) }
