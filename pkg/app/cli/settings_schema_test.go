package cli

import (
	"path/filepath"
	"testing"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/check/settings"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:generate go test . -run TestSettingsSchema -update

// TestSettingsSchema compares docs/json with the keys of the settings, the rules
// and their options.
func TestSettingsSchema(t *testing.T) {
	var known []settings.Known
	for _, r := range rules.All() {
		page, err := lint.ParsePage(r.Doc())
		if err != nil {
			t.Fatal(err)
		}
		k := settings.Known{Code: string(r.Code), Name: r.Name, Doc: page.Sentence[:len(page.Sentence)-1], Options: map[string]any{}}
		for _, o := range r.Options {
			k.Options[o.Name] = o.JSONSchema()
		}
		known = append(known, k)
	}
	for _, k := range engine.Kinds() {
		known = append(known, settings.Known{Code: string(k.Code), Name: k.Name, Doc: k.Summary, Stays: k.Severity == diag.Error})
	}
	golden.Equal(t, filepath.Join(golden.Root(t), "docs", "json", "settings.schema.json"), settings.Schema(known))
}
