package cli

import (
	"path/filepath"
	"testing"

	"github.com/scaleset/scaleset/pkg/config"
	"github.com/scaleset/scaleset/pkg/diag"
	"github.com/scaleset/scaleset/pkg/engine"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/lint"
	"github.com/scaleset/scaleset/pkg/rules"
)

//go:generate go test . -run TestSettingsSchema -update

// TestSettingsSchema compares docs/json with the keys of the settings, the rules
// and their options.
func TestSettingsSchema(t *testing.T) {
	var known []config.Known
	for _, r := range rules.All() {
		page, err := lint.ParsePage(r.Doc)
		if err != nil {
			t.Fatal(err)
		}
		k := config.Known{Code: string(r.Code), Name: r.Name, Doc: page.Sentence[:len(page.Sentence)-1], Options: map[string]any{}}
		for _, o := range r.Options {
			k.Options[o.Name] = o.JSONSchema()
		}
		known = append(known, k)
	}
	for _, k := range engine.Kinds() {
		known = append(known, config.Known{Code: string(k.Code), Name: k.Name, Doc: k.Summary, Stays: k.Severity == diag.Error})
	}
	golden.Equal(t, filepath.Join(golden.Root(t), "docs", "json", "settings.schema.json"), config.Schema(known))
}
