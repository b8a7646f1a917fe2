package rollouts_test

import (
	"bytes"
	"encoding/csv"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/capacity/upgrade"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/report/rollouts"
	"github.com/scaleset/scaleset/pkg/review/diff"
	"github.com/scaleset/scaleset/pkg/review/rollout"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// planned is the plan of a reimage of a new set of n instances.
func planned(t testing.TB, name string, c placement.Config, n int, change func(*upgrade.Input)) *rollout.Rollout {
	t.Helper()
	set, err := placement.New(c, n)
	if err != nil {
		t.Fatal(err)
	}
	in := upgrade.Input{
		Policy: upgrade.Policy{Mode: upgrade.Rolling, MaxBatchPercent: 20, MaxUnhealthyPercent: 20, MaxUnhealthyUpgradedPercent: 20, Pause: 2 * time.Minute},
		Health: upgrade.Health{Source: upgrade.Probe, Interval: 15 * time.Second, Probes: 2},
		Change: upgrade.Change{Action: upgrade.Reimage, OS: upgrade.Linux}, Room: -1,
	}
	in.State.Zones = c.Zones
	for _, i := range set.Instances() {
		in.State.Instances = append(in.State.Instances, upgrade.Instance{Instance: i})
	}
	if change != nil {
		change(&in)
	}
	state := instances.New(name)
	state.Names = map[int]string{}
	return &rollout.Rollout{
		Name: name, State: state, From: n, To: n, Class: diff.Reimage, Paths: []string{"properties.virtualMachineProfile.storageProfile.imageReference.version"},
		Plan: upgrade.New(in), Lost: state.After(set, in.Lose),
	}
}

// zonal loses zone 2 meanwhile; stopping has a protected, a deallocated and three
// failing instances; surging replaces its instances.
func zonal(t testing.TB) *rollout.Rollout {
	return planned(t, "web", placement.Config{Zones: []string{"1", "2", "3"}}, 12, func(in *upgrade.Input) {
		in.Lose = []placement.Loss{{Kind: placement.LoseZone, Zone: "2"}, {Kind: placement.LoseHost}}
	})
}

func stopping(t testing.TB) *rollout.Rollout {
	return planned(t, "web", placement.Config{}, 20, func(in *upgrade.Input) {
		in.State.Instances[4].Pinned, in.State.Instances[4].Flags = true, placement.Pinned
		in.State.Instances[9].Flags = placement.Deallocated
		in.Fail = []int{1, 5, 14}
	})
}

func surging(t testing.TB) *rollout.Rollout {
	return planned(t, "web", placement.Config{FaultDomains: 1}, 10, func(in *upgrade.Input) { in.Policy.MaxSurge = true })
}

var formats = map[string]func(rollouts.Report, io.Writer) error{
	"txt":  func(r rollouts.Report, w io.Writer) error { return r.WriteText(w, false, 80, false) },
	"json": rollouts.Report.WriteJSON, "md": rollouts.Report.WriteMarkdown, "csv": rollouts.Report.WriteCSV, "html": rollouts.Report.WriteHTML,
}

func written(t testing.TB, format string, all ...*rollout.Rollout) string {
	t.Helper()
	var b bytes.Buffer
	if err := formats[format](rollouts.Report{Rollouts: all, Secrets: new(secret.Set)}, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestGolden: each format of each of the plans.
func TestGolden(t *testing.T) {
	for name, r := range map[string]*rollout.Rollout{"zonal": zonal(t), "stop": stopping(t), "surge": surging(t)} {
		for format := range formats {
			golden.Equal(t, filepath.Join("testdata", name+"."+format), []byte(written(t, format, r)))
		}
	}
}

// TestPageStandsAlone: no script, nothing from outside, whatever the names are.
func TestPageStandsAlone(t *testing.T) {
	hostile := planned(t, `"><script>alert(1)</script>`, placement.Config{Zones: []string{`<img src=x>`, "2"}}, 6, nil)
	hostile.State.Names[0] = `</title><iframe onload=x>`
	for _, r := range []*rollout.Rollout{zonal(t), stopping(t), surging(t), hostile} {
		page := written(t, "html", r)
		for _, bad := range []string{"<script", "<img", "<iframe", "src=\"", "@import", "url(", "<link"} {
			if strings.Contains(page, bad) {
				t.Errorf("the page of %s has %s", r.Name, bad)
			}
		}
		if !strings.Contains(page, `content="default-src 'none'; style-src 'unsafe-inline'`) || !strings.Contains(page, "prefers-color-scheme:dark") {
			t.Errorf("the page of %s has no policy, or no dark colours", r.Name)
		}
	}
}

// TestTables: the CSV has every instance once, and no formula.
func TestTables(t *testing.T) {
	r := stopping(t)
	r.State.Names[0] = "=1+1"
	rows, err := csv.NewReader(strings.NewReader(written(t, "csv", r))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, row := range rows[1:] {
		if seen[row[3]] {
			t.Errorf("instance %s is there twice", row[3])
		}
		seen[row[3]] = true
		if strings.HasPrefix(row[4], "=") {
			t.Errorf("%q is a formula", row[4])
		}
	}
	if len(seen) != 20 {
		t.Errorf("%d instances, want 20", len(seen))
	}
}

// TestSizes: a plan of many instances and batches has a page that can be read.
func TestSizes(t *testing.T) {
	r := planned(t, "big", placement.Config{Zones: []string{"1", "2", "3"}}, 10_000, func(in *upgrade.Input) { in.Policy.MaxBatchPercent = 1 })
	for _, format := range []string{"html", "md", "txt"} {
		if n := len(written(t, format, r)); n > 200_000 {
			t.Errorf("%s has %d bytes", format, n)
		}
	}
}

// A plan of 100,000 instances; a whole run of the command may take 2 seconds.
func BenchmarkJSON(b *testing.B) {
	r := planned(b, "web", placement.Config{Zones: []string{"1", "2", "3"}}, 100_000, nil)
	for b.Loop() {
		if err := (rollouts.Report{Rollouts: []*rollout.Rollout{r}, Secrets: new(secret.Set)}).WriteJSON(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
