package rollout_test

import (
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/capacity/upgrade"
	"github.com/scaleset/scaleset/pkg/review/diff"
	"github.com/scaleset/scaleset/pkg/review/rollout"
)

// TestChanges: what single changes do, what is left out of a plan and why, and what
// cannot be rolled out.
func TestChanges(t *testing.T) {
	const manual = `"mode": "Manual"`
	base := template("", manual, version("1"))
	nine := 9
	for _, tt := range []struct {
		name    string
		newer   string // of sku, policy and profile, parted by |
		options rollout.Options
		action  upgrade.Action
		from    int
	}{
		{"another size", `, "name": "Standard_D4s_v5"|` + manual + `|` + version("1"), rollout.Options{}, upgrade.Redeploy, 10},
		{"another image", `|` + manual + `|` + version("2"), rollout.Options{}, upgrade.Reimage, 10},
		{"from what runs now", `|` + manual + `|` + version("2"), rollout.Options{Current: &nine}, upgrade.Reimage, 9},
		{"custom data follows no upgrade policy", `|` + manual + `|` + version("1") + `, "osProfile": {"customData": "eA==", "linuxConfiguration": {}}`, rollout.Options{}, upgrade.Nothing, 10},
	} {
		parts := strings.Split(tt.newer, "|")
		newer := template(parts[0], parts[1], parts[2])
		r, err := plan(t, base, newer, tt.options)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if r.Plan.Change.Action != tt.action || r.From != tt.from {
			t.Errorf("%s: %v from %d, want %v from %d", tt.name, r.Plan.Change.Action, r.From, tt.action, tt.from)
		}
	}
	rejected := []diff.Change{{Path: "location", Class: diff.Refused}}
	pair := func(changes []diff.Change) (*rollout.Rollout, error) {
		d := diff.Compare(diff.Side{Name: "old", Deployment: base}, diff.Side{Name: "new", Deployment: base}, diff.Options{})
		p := rollout.Pairs(d)
		if len(p) != 1 || len(p[0].Changes) != 0 {
			t.Fatalf("pairs: %+v", p)
		}
		return rollout.Of(p[0].Older, p[0].Newer, changes, rollout.Options{})
	}
	if _, err := pair(rejected); err == nil || err.Error() != "Azure rejects the change of location, so nothing rolls out" {
		t.Errorf("a refused change: %v", err)
	}
	for _, tt := range []struct {
		change     diff.Change
		action     upgrade.Action
		note       string
		paths, own int
	}{
		{diff.Change{Path: "a", Class: diff.Unknown}, upgrade.Nothing, "How Azure applies a change of a is not known; the plan leaves it out.", 1, 0},
		{diff.Change{Path: "a", Class: diff.Unknown, Depends: true, May: diff.Reimage}, upgrade.Reimage, "a depends on the deployment; the plan assumes that it changes.", 1, 0},
		{diff.Change{Path: "a", Class: diff.SetOnly}, upgrade.Nothing, "", 0, 1},
		{diff.Change{Path: "a", Class: diff.Restart}, upgrade.Restart, "", 1, 0},
		{diff.Change{Path: "sku.name", Class: diff.Restart}, upgrade.Redeploy, "", 1, 0},
		{diff.Change{Path: "a", Class: diff.Instances}, upgrade.InPlace, "", 1, 0},
		{diff.Change{Path: "sku.capacity", Class: diff.SetOnly}, upgrade.Nothing, "", 0, 0},
		{diff.Change{Path: "a", Class: diff.NoEffect}, upgrade.Nothing, "", 0, 0},
	} {
		r, err := pair([]diff.Change{tt.change})
		if err != nil {
			t.Errorf("%+v: %v", tt.change, err)
			continue
		}
		said := tt.note == ""
		for _, n := range r.Notes {
			said = said || n.Text == tt.note
		}
		if r.Plan.Change.Action != tt.action || len(r.Paths) != tt.paths || len(r.ModelOnly) != tt.own || !said {
			t.Errorf("%s, %s: %v, paths %q, of the model %q, notes %v", tt.change.Path, tt.change.Class, r.Plan.Change.Action, r.Paths, r.ModelOnly, r.Notes)
		}
	}
}
