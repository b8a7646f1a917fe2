package autoscaling

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/scaleset/scaleset/pkg/capacity/autoscale"
	"github.com/scaleset/scaleset/pkg/report/needs"
	"github.com/scaleset/scaleset/pkg/report/render"
)

// Markdown writes an analysis for a pull request.
type Markdown struct {
	MaxRows int // of each table; 0 means 200
}

// Report implements [Reporter].
func (m Markdown) Report(w io.Writer, a Analysis) error {
	if m.MaxRows <= 0 {
		m.MaxRows = render.TableRows
	}
	mw := &autoscaleMarkdown{bufio.NewWriter(w), a, m.MaxRows}
	for i := range a.Settings {
		mw.setting(&a.Settings[i])
	}
	for i := range a.Findings {
		f := &a.Findings[i]
		mw.printf("- **%s** %s (line %d, %s)\n", f.Severity, render.Markdown(a.Secrets.Redact(f.Summary)), f.Subject.StartPosition().Line, f.Code)
	}
	return mw.Flush()
}

type autoscaleMarkdown struct {
	*bufio.Writer
	a    Analysis
	rows int
}

func (w *autoscaleMarkdown) printf(format string, args ...any) {
	fmt.Fprintf(w.Writer, format, args...) // Flush returns the error
}

func (w *autoscaleMarkdown) text(s string) string { return render.Markdown(w.a.Secrets.Redact(s)) }

func (w *autoscaleMarkdown) setting(s *Setting) {
	state := "on"
	if !s.Enabled {
		state = "off"
	}
	w.printf("### %s scales %s (%s)\n\n", w.text(s.Name), w.text(s.Target), state)
	for _, p := range s.Profiles {
		if s.brief() {
			break
		}
		w.printf("**%s**: %d to %d instances, default %d; %s\n\n", w.text(p.Name), p.Minimum, p.Maximum, p.Default, w.text(when(p)))
		w.rules(p)
	}
	if s.Moment != nil {
		for _, line := range s.momentLines() {
			if rest, ok := strings.CutPrefix(line, "  "); ok {
				w.printf("- %s\n", w.text(rest))
			} else {
				w.printf("%s\n\n", w.text(render.Sentence(line)))
			}
		}
		w.printf("\n")
	}
	if s.Calendar != nil {
		w.calendar(s)
	}
	if s.Replay != nil {
		w.replay(s, s.Replay)
		if s.Replay.Placement != nil {
			w.placement(s.Replay)
		}
	}
}

func (w *autoscaleMarkdown) calendar(s *Setting) {
	w.printf("| from (UTC) | until | profile | instances | hours |\n| --- | --- | --- | --- | ---: |\n")
	rows := s.calendarRows()
	for _, r := range rows[:min(w.rows, len(rows))] {
		w.printf("| %s | %s | %s | %s | %s |\n", r.From, r.To, w.text(r.Profile), r.Instances, r.Hours)
	}
	if more := len(rows) - w.rows; more > 0 {
		w.printf("\n%d more.\n", more)
	}
	w.printf("\n")
	notes := s.calendarNotes()
	for _, note := range notes[:min(w.rows, len(notes))] {
		w.printf("- %s\n", w.text(note))
	}
	w.printf("\n")
}

// placement are the instances behind the counts.
func (w *autoscaleMarkdown) placement(r *Replay) {
	w.printf("| time (UTC) | change | instances | spread |\n| --- | --- | --- | --- |\n")
	rows := r.placedRows(20)
	for _, row := range rows[:min(w.rows, len(rows))] {
		w.printf("| %s | %s | %s | %s |\n", row.Time, row.Change, w.text(row.Instances), w.text(row.Balance))
	}
	if more := len(rows) - w.rows; more > 0 {
		w.printf("\n%d more.\n", more)
	}
	least, most := r.extremes()
	v := needs.NewView(r.Placement.NeedsAt(least, most))
	w.printf("\n| %s |\n| --- |%s --- |\n", strings.Join(v.Header, " | "), strings.Repeat(" ---: |", len(v.Header)-2))
	for _, row := range v.Rows {
		w.printf("| %s | %s |", w.text(row.Name), row.Each)
		for _, c := range row.Cells {
			w.printf(" %s |", c.Text)
		}
		w.printf(" %s |\n", w.text(row.Available))
	}
	w.printf("\n")
}

func (w *autoscaleMarkdown) rules(p autoscale.Profile) {
	if len(p.Rules) == 0 {
		return
	}
	w.printf("| rule | action | over | cooldown |\n| --- | --- | --- | --- |\n")
	for _, r := range p.Rules {
		w.printf("| %s | %s | %s of %s | %s |\n", w.text(condition(r)), action(r), w.text(string(r.Aggregation)), isoSpan(r.Window), isoSpan(r.Cooldown))
	}
	w.printf("\n")
	for i, r := range p.Rules {
		rungs := p.Ladder(i, w.rows)
		if len(rungs) == 0 {
			continue
		}
		w.printf("| instances | scale in to | when %s is below |\n| --- | --- | --- |\n", w.text(r.Metric))
		for _, rung := range rungs {
			held := ""
			if rung.Held {
				held = " (does not run above)"
			}
			w.printf("| %d | %d | %s%s |\n", rung.Count, rung.To, decimal(rung.Below), held)
		}
		w.printf("\n")
	}
}

func (w *autoscaleMarkdown) replay(s *Setting, r *Replay) {
	t := r.tally()
	w.printf("Replay of %d samples from %s: %d out, %d in, %d prevented; %d to %s, %s instance hours.\n\n",
		len(r.Series.Samples), render.Plural(r.Start, "instance"), t.out, t.in, t.held, t.least, render.Plural(t.most, "instance"), decimal(t.hours))
	line, low, high := chart(floats(r.Counts), 60)
	w.printf("```text\n%8s %s %s  instances\n", decimal(low), line, decimal(high))
	for k, name := range r.Series.Metrics {
		if line, low, high := chart(column(r.Series, k), 60); low <= high {
			w.printf("%8s %s %s  %s\n", decimal(low), line, decimal(high), render.Neutral(name))
		}
	}
	w.printf("```\n\n")
	all := episodes(r.Events)
	if len(all) == 0 {
		return
	}
	w.printf("| time | from | to | why |\n| --- | --- | --- | --- |\n")
	for i, e := range all {
		if i == w.rows {
			w.printf("\n%d more.\n", len(all)-i)
			break
		}
		w.printf("| %s | %d | %d | %s |\n", e.Time.Format("2006-01-02 15:04 MST"), e.From, e.To, w.text(s.reason(e.Event)))
	}
	w.printf("\n")
}
