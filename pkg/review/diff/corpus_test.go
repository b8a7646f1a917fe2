package diff_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/review/diff"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// generations are the templates of the corpus by the name of their folder: the
// same quickstart at several times.
func generations(t *testing.T) map[string][]diff.Side {
	t.Helper()
	folders, _ := golden.Corpus(t, "scale-sets")
	all := map[string][]diff.Side{}
	golden.WalkCorpus(t, folders, func(_, path string) {
		if !strings.EqualFold(filepath.Base(path), "azuredeploy.json") {
			return
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		tree := jsonc.Parse(source.NewFile(path, text))
		d := expand.Expand(arm.ParseTemplate(tree), expand.Options{
			Set:     map[string]string{"vmssName": "web", "vmSSName": "web"},
			Context: funcs.Context{TenantID: "t", SubscriptionID: "s", ResourceGroup: "rg", Location: "westus2", DeploymentName: "d"},
		})
		folder := filepath.Base(filepath.Dir(path))
		all[folder] = append(all[folder], diff.Side{Name: path, Deployment: d})
	})
	return all
}

// TestCorpus compares each template with itself, where nothing may change, and
// with its other generations, where each value may be named once.
func TestCorpus(t *testing.T) {
	pairs := 0
	for _, sides := range generations(t) {
		for i, older := range sides {
			if d := diff.Compare(older, older, diff.Options{}); len(d.Resources) > 0 {
				t.Errorf("%s differs from itself: %v", older.Name, lines(d))
			}
			for _, newer := range sides[i+1:] {
				pairs++
				once(t, diff.Compare(older, newer, diff.Options{}))
			}
		}
	}
	if pairs < 5 {
		t.Errorf("%d pairs of generations, the examples alone have more", pairs)
	}
}

func once(t *testing.T, d *diff.Diff) {
	t.Helper()
	for _, r := range d.Resources {
		seen := map[string]bool{}
		for _, c := range r.Changes {
			if seen[c.Path] {
				t.Errorf("%s -> %s: %s %s twice", d.Old.Name, d.New.Name, r.Name, c.Path)
			}
			seen[c.Path] = true
			if c.Old == nil && c.New == nil || c.Reason == "" {
				t.Errorf("%s -> %s: %s %s has no value or no reason", d.Old.Name, d.New.Name, r.Name, c.Path)
			}
		}
	}
}
