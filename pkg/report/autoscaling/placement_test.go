package autoscaling

import (
	"bytes"
	"path/filepath"
	"testing"
	"time"

	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// TestPlacement writes the instances behind a replay, what can happen at a time,
// and the calendar of that day, in each format.
func TestPlacement(t *testing.T) {
	a := analysis(t)
	for i, zones := range [][]string{{"1", "2", "3"}, nil} {
		s := a.Settings[0]
		r := *s.Replay
		var changes []whatif.Change
		for _, e := range r.Events {
			if e.To != e.From {
				changes = append(changes, whatif.Change{Amount: e.To})
			}
		}
		plan, err := whatif.New(instances.New("web"), changes, whatif.Options{From: &r.Start, Zones: zones})
		if err != nil {
			t.Fatal(err)
		}
		r.Placement, s.Replay = plan, &r
		at := time.Date(2026, 3, 1, 2, 0, 0, 0, time.UTC)
		moment, err := s.At(at, 7-6*i)
		if err != nil {
			t.Fatal(err)
		}
		calendar, err := s.Setting.Calendar(at.Truncate(24*time.Hour), at.Truncate(24*time.Hour).AddDate(0, 0, 1))
		if err != nil {
			t.Fatal(err)
		}
		s.Moment, s.Calendar = &moment, &calendar
		one := a
		one.Settings = []Setting{s}
		name := []string{"placement-zonal", "placement-regional"}[i]
		for format, reporter := range map[string]Reporter{".txt": Text{Width: 80}, ".md": Markdown{}, ".csv": CSV{}, ".json": JSON{}} {
			t.Run(name+format, func(t *testing.T) {
				var b bytes.Buffer
				if err := reporter.Report(&b, one); err != nil {
					t.Fatal(err)
				}
				golden.Equal(t, filepath.Join("testdata", name+format), b.Bytes())
			})
		}
	}
}
