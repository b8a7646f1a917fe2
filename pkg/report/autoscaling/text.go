package autoscaling

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/scaleset/scaleset/pkg/capacity/autoscale"
	"github.com/scaleset/scaleset/pkg/report/findings"
	"github.com/scaleset/scaleset/pkg/report/needs"
	"github.com/scaleset/scaleset/pkg/report/render"
)

// Text writes an analysis for people, in Width columns: the profiles
// and their rules, what a scale-in needs at each count, the findings, and for a
// replay a line of blocks for the instances and for each metric, and a table of
// what happened.
type Text struct {
	Color bool
	Width int // 0 means 80
	// MaxRows bounds the rows of each table; 0 means 30.
	MaxRows int
	Quiet   bool
}

type autoscaleText struct {
	*render.Writer
	rows int
}

// Report implements [Reporter].
func (t Text) Report(w io.Writer, a Analysis) error {
	if t.Width <= 0 {
		t.Width = 80
	}
	if t.MaxRows <= 0 {
		t.MaxRows = 30
	}
	aw := &autoscaleText{render.NewWriter(w, t.Color, t.Width, a.Secrets), t.MaxRows}
	for i := range a.Settings {
		aw.setting(&a.Settings[i])
	}
	if err := aw.Flush(); err != nil || len(a.Findings) == 0 {
		return err
	}
	return findings.Text{Color: t.Color, Width: t.Width, Quiet: true}.Report(w, findings.Result{Findings: a.Findings, Secrets: a.Secrets})
}

// row writes a line, broken at spaces where it is wider than the output.
func (w *autoscaleText) row(format string, args ...any) {
	line := strings.TrimRight(w.Redact(render.Sprintf(format, args...)), " ")
	indent := strings.Repeat(" ", min(w.Width/2, len(line)-len(strings.TrimLeft(line, " "))+2))
	for utf8.RuneCountInString(line) > w.Width {
		head := string([]rune(line)[:w.Width+1])
		at := strings.LastIndexByte(head, ' ')
		if at <= len(indent) {
			break // a long name; terminals break it
		}
		w.WriteString(strings.TrimRight(line[:at], " "))
		w.WriteByte('\n')
		line = indent + strings.TrimLeft(line[at:], " ")
	}
	w.WriteString(line)
	w.WriteByte('\n')
}

func (w *autoscaleText) setting(s *Setting) {
	state := "on"
	if !s.Enabled {
		state = "off"
	}
	target := s.Target
	if target == "" {
		target = "an unknown scale set"
	}
	w.row("%s   scales %s, %s", render.Neutral(s.Name), render.Neutral(target), state)
	for _, pointer := range s.Unknown {
		w.row("  known only at deployment: %s", pointer)
	}
	for _, text := range s.Assumptions() {
		w.row("  assumed: %s", text)
	}
	if !s.brief() {
		for _, p := range s.Profiles {
			w.profile(p)
		}
	}
	if s.Moment != nil {
		w.row("")
		for _, line := range s.momentLines() {
			w.row("  %s", line)
		}
	}
	if s.Calendar != nil {
		w.calendar(s)
	}
	if s.Replay != nil {
		w.replay(s, s.Replay)
	}
	w.WriteByte('\n')
}

// calendar is the table of the profiles, and what is remarkable about it.
func (w *autoscaleText) calendar(s *Setting) {
	w.row("")
	rows := append([]spanRow{{"from (UTC)", "", "profile", "instances", "hours"}}, s.calendarRows()...)
	var widths [3]int
	for _, r := range rows {
		widths[0], widths[1], widths[2] = max(widths[0], render.Width(r.From)), max(widths[1], render.Width(r.Profile)), max(widths[2], render.Width(r.Instances))
	}
	widths[1] = min(widths[1], max(10, w.Width-widths[0]-widths[2]-13))
	for i, r := range rows {
		if i > w.rows {
			w.row("  and %d more; the CSV format lists all", len(rows)-i)
			break
		}
		name := render.Clip(r.Profile, widths[1])
		pad := strings.Repeat(" ", widths[1]-render.Width(name))
		w.row("  %-*s  %s%s  %-*s  %5s", widths[0], r.From, name, pad, widths[2], r.Instances, r.Hours)
	}
	if notes := s.calendarNotes(); len(notes) > 0 {
		w.row("")
		for i, note := range notes {
			if i == w.rows {
				w.row("  and %d more", len(notes)-i)
				break
			}
			w.row("  %s", note)
		}
	}
}

// placement are the instances behind the counts of a replay, and what the fewest
// and the most of them need.
func (w *autoscaleText) placement(r *Replay) {
	p := r.Placement
	w.row("")
	w.row("  instances: %s", p.Headline())
	rows := r.placedRows(4)
	widest := 0
	for _, row := range rows {
		widest = max(widest, len(row.Change))
	}
	for i, row := range rows {
		if i == w.rows {
			w.row("  and %d more; the JSON format lists all", len(rows)-i)
			break
		}
		mark := ""
		if row.Over {
			mark = "; exceeds a limit"
		}
		w.row("  %s  %-*s  %s; %s%s", row.Time, widest, row.Change, row.Instances, row.Balance, mark)
	}
	if len(rows) == 0 {
		w.row("  the number of instances never changes")
	}
	least, most := r.extremes()
	w.row("")
	table := p.NeedsAt(least, most)
	for _, line := range needs.Lines(table, w.Width-2) {
		w.row("  %s", line)
	}
	if legend := needs.NewView(table).Legend; legend != "" {
		w.row("  %s", legend)
	}
}

func (w *autoscaleText) profile(p autoscale.Profile) {
	w.row("")
	w.row("  %s   %d to %d instances, default %d; %s", render.Neutral(p.Name), p.Minimum, p.Maximum, p.Default, when(p))
	for _, r := range p.Rules {
		w.row("    %-4s %s   %s of %s, cooldown %s", action(r), condition(r), r.Aggregation, isoSpan(r.Window), isoSpan(r.Cooldown))
	}
	for i, r := range p.Rules {
		if rungs := p.Ladder(i, 1000); len(rungs) > 0 {
			w.ladder(r, rungs)
		}
	}
}

// ladder is a table in one or more lines: from the highest count, what the
// metric has to fall below for each next.
func (w *autoscaleText) ladder(r autoscale.Rule, rungs []autoscale.Rung) {
	line := "    scale-in"
	rows := 0
	for _, rung := range rungs {
		cell := fmt.Sprintf("  %d->%d %s%s", rung.Count, rung.To, sign(r.Operator), decimal(rung.Below))
		if rung.Held {
			cell = fmt.Sprintf("  %d->%d <%s*", rung.Count, rung.To, decimal(rung.Below))
		}
		if utf8.RuneCountInString(line)+len(cell) > w.Width {
			w.row("%s", line)
			if rows++; rows >= w.rows {
				w.row("              and so on")
				return
			}
			line = "            "
		}
		line += cell
	}
	w.row("%s", line)
	for _, rung := range rungs {
		if rung.Held {
			w.row("    * does not run above that value: the load on fewer instances would cause a scale-out")
			break
		}
	}
}

const labelWidth = 16

func (w *autoscaleText) replay(s *Setting, r *Replay) {
	first, last := r.Series.Samples[0].Time, r.Series.Samples[len(r.Series.Samples)-1].Time
	w.row("")
	w.row("  replay of %s from %s to %s, starting with %s", render.Plural(len(r.Series.Samples), "sample"), first.Format("2006-01-02 15:04"), last.Format("2006-01-02 15:04 MST"), render.Plural(r.Start, "instance"))
	for _, m := range r.Missing {
		w.row("  there is no column %s, so its rules cannot be evaluated", render.Neutral(m))
	}
	w.row("")
	w.chart("instances", floats(r.Counts))
	for k, name := range r.Series.Metrics {
		w.chart(name, column(r.Series, k))
	}
	w.row("")
	w.events(s, r)
	if r.Placement != nil {
		w.placement(r)
	}
	t := r.tally()
	w.row("")
	w.row("  %d out, %d in, %d prevented; %d to %s, %s instance hours", t.out, t.in, t.held, t.least, render.Plural(t.most, "instance"), decimal(t.hours))
}

func (w *autoscaleText) chart(name string, values []float64) {
	name = render.Neutral(name)
	if r := []rune(name); len(r) > labelWidth {
		name = string(r[:labelWidth-1]) + "…"
	}
	line, low, high := chart(values, max(10, w.Width-labelWidth-22))
	if low > high {
		w.row("  %-*s  no values", labelWidth, name)
		return
	}
	w.row("  %-*s %8s %s %s", labelWidth, name, decimal(low), line, decimal(high))
}

func (w *autoscaleText) events(s *Setting, r *Replay) {
	all := episodes(r.Events)
	for i, e := range all {
		if i == w.rows {
			w.row("  and %d more; the CSV format lists all", len(all)-w.rows)
			return
		}
		times := ""
		if e.times > 1 {
			times = fmt.Sprintf(", %d times until %s", e.times, e.until.Format("15:04"))
		}
		w.row("  %s  %3d -> %-3d  %s%s", e.Time.Format("01-02 15:04"), e.From, e.To, s.reason(e.Event), times)
	}
	if len(all) == 0 {
		w.row("  nothing happens")
	}
}
