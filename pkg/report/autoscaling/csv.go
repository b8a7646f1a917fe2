package autoscaling

import (
	"encoding/csv"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/scaleset/scaleset/pkg/capacity/autoscale"
	"github.com/scaleset/scaleset/pkg/report/render"
)

// CSV writes, for a replay, one row a sample: the metrics, the count
// after it, and what happened; without one, what a scale-in needs at each
// count. A cell that a spreadsheet would take for a formula begins with an
// apostrophe.
type CSV struct{}

// Report implements [Reporter].
func (CSV) Report(w io.Writer, a Analysis) error {
	cw := &autoscaleCSV{csv.NewWriter(w)}
	head := false
	for i := range a.Settings {
		s := &a.Settings[i]
		switch {
		case s.Replay != nil:
			cw.replay(s, s.Replay, !head)
		case s.Calendar != nil:
			cw.calendar(s, !head)
		default:
			cw.ladders(s, !head)
		}
		head = true
	}
	cw.Flush()
	return cw.Error()
}

type autoscaleCSV struct{ *csv.Writer }

// write keeps the first error for [csv.Writer.Error].
func (w *autoscaleCSV) write(cells ...string) {
	_ = w.Write(cells) // Error returns it at the end
}

func (w *autoscaleCSV) replay(s *Setting, r *Replay, head bool) {
	if head {
		row := []string{"setting", "time"}
		for _, m := range r.Series.Metrics {
			row = append(row, render.Cell(m))
		}
		w.write(append(row, "profile", "outcome", "from", "instances", "reason")...)
	}
	next := 0
	count := r.Start
	for i, sample := range r.Series.Samples {
		row := []string{render.Cell(s.Name), sample.Time.Format(time.RFC3339)}
		for _, v := range sample.Values {
			text := ""
			if !math.IsNaN(v) {
				text = strconv.FormatFloat(v, 'g', -1, 64)
			}
			row = append(row, text)
		}
		profile, outcome, reason := "", string(autoscale.Stay), ""
		if at := s.Active(sample.Time); at >= 0 {
			profile = render.Cell(s.Profiles[at].Name)
		}
		if next < len(r.Events) && r.Events[next].Time.Equal(sample.Time) && r.Events[next].From == count {
			outcome, reason = string(r.Events[next].Outcome), render.Cell(s.reason(r.Events[next]))
			next++
		}
		w.write(append(row, profile, outcome, strconv.Itoa(count), strconv.Itoa(r.Counts[i]), reason)...)
		count = r.Counts[i]
	}
}

// calendar has a row for each span.
func (w *autoscaleCSV) calendar(s *Setting, head bool) {
	if head {
		w.write("setting", "from", "to", "profile", "minimum", "maximum", "overlaps")
	}
	for _, span := range s.Calendar.Spans {
		row := []string{render.Cell(s.Name), span.From.UTC().Format(time.RFC3339), span.To.UTC().Format(time.RFC3339), "", "", "", ""}
		if span.Profile >= 0 {
			p := s.Profiles[span.Profile]
			row[3], row[4], row[5] = render.Cell(p.Name), strconv.Itoa(p.Minimum), strconv.Itoa(p.Maximum)
		}
		var also []string
		for _, i := range span.Also {
			also = append(also, s.Profiles[i].Name)
		}
		row[6] = render.Cell(strings.Join(also, " "))
		w.write(row...)
	}
}

func (w *autoscaleCSV) ladders(s *Setting, head bool) {
	if head {
		w.write("setting", "profile", "metric", "from", "to", "below", "held")
	}
	for _, p := range s.Profiles {
		for i, r := range p.Rules {
			for _, rung := range p.Ladder(i, 1000) {
				w.write(render.Cell(s.Name), render.Cell(p.Name), render.Cell(r.Metric), strconv.Itoa(rung.Count), strconv.Itoa(rung.To), decimal(rung.Below), strconv.FormatBool(rung.Held))
			}
		}
	}
}
