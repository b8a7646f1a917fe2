package rollouts

import (
	"math"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/capacity/upgrade"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/review/rollout"
)

// Measures of the timeline, in its own units (pixels at 100%).
const (
	timeWidth  = 960
	timeLeft   = 88  // labels of the lanes and of the axis
	timeRight  = 24  // room for the last label of the axis
	timeTop    = 28  // room for the label of the worst moment
	timeChart  = 170 // height of the line of capacity
	timeLane   = 22
	timeLanes  = 20 // more places than that share one lane
	timeNumber = 20 // narrowest bar that shows its number
)

// A timeline draws the batches of a plan over time, in the slowest case, and
// above them how many instances are running.
type timeline struct {
	Width   int
	Height  float64
	Label   string // for screen readers
	Caption string
	Grid    []lineView
	Texts   []textView
	Serving string   // points of the line of serving instances
	Lost    []string // the same after each failure of the options
	Exists  string   // the line of all instances, where a surge makes more of them
	Bars    []barView
	Mark    *pointView // the worst moment
}

type lineView struct{ X1, Y1, X2, Y2 float64 }

type pointView struct{ X, Y float64 }

type textView struct {
	Class, Anchor, Text string
	X, Y                float64
}

type barView struct {
	Class, Title       string
	X, Y, Width, Least float64
	Number             *textView
}

// newTimeline draws a plan; nil when no time passes.
func newTimeline(r *rollout.Rollout, text func(string) string) *timeline {
	p := r.Plan
	if len(p.Batches) == 0 || p.Minutes.Most <= 0 {
		return nil
	}
	most := max(p.Before, p.After, 1)
	for _, b := range p.Batches {
		most = max(most, b.Running)
		if len(b.Surge) > 0 {
			most = max(most, b.Exists)
		}
	}
	x := func(minute float64) float64 {
		return timeLeft + (timeWidth-timeLeft-timeRight)*minute/p.Minutes.Most
	}
	y := func(n int) float64 { return timeTop + timeChart*(1-float64(n)/float64(most)) }
	t := &timeline{Width: timeWidth}
	for _, n := range counts(most) {
		at := y(n)
		t.Grid = append(t.Grid, lineView{timeLeft, at, timeWidth - timeRight, at})
		t.Texts = append(t.Texts, textView{"", "end", render.Thousands(n), timeLeft - 8, at + 4})
	}
	t.Texts = append(t.Texts, textView{"", "", "running instances", 0, 14})
	lanes := lanesOf(p.Batches)
	bottom := timeTop + timeChart + 12 + float64(len(lanes))*timeLane
	for i, l := range lanes {
		t.Texts = append(t.Texts, textView{"lane", "", text(l), 0, timeTop + timeChart + 12 + float64(i)*timeLane + 13})
	}
	for _, m := range times(p.Minutes.Most) {
		t.Grid = append(t.Grid, lineView{x(m), timeTop, x(m), bottom + 4})
		t.Texts = append(t.Texts, textView{"", "middle", clock(m), x(m), bottom + 18})
	}
	t.Height = bottom + 26
	t.Serving = t.line(p, x, y, p.Before, func(b upgrade.Batch) int { return b.Running }, func(b upgrade.Batch) int { return b.Then })
	for n := range p.Batches[0].Lost {
		at := func(b upgrade.Batch) int { return b.Lost[n].Running }
		t.Lost = append(t.Lost, t.line(p, x, y, at(p.Batches[0]), at, at))
	}
	if p.Peak > max(p.Before, p.After) {
		t.Exists = t.line(p, x, y, p.Before, func(b upgrade.Batch) int { return b.Exists }, func(b upgrade.Batch) int { return b.Exists - len(b.Surge) })
	}
	for _, b := range p.Batches {
		lane := 0
		for i, l := range lanes {
			if l == where(b) {
				lane = i
			}
		}
		from, to := x(b.Start.Most), x(b.Start.Most+b.Took.Most)
		bar := barView{Class: "batch", Title: text(batchTitle(b)), X: from, Y: timeTop + timeChart + 12 + float64(lane)*timeLane, Width: max(to-from-1, 1)}
		bar.Least = min(bar.Width, max(x(b.Took.Least)-x(0), 0))
		if to-from >= timeNumber {
			bar.Number = &textView{Text: strconv.Itoa(b.Number), X: (from + to) / 2, Y: bar.Y + 12}
		}
		t.Bars = append(t.Bars, bar)
	}
	t.mark(p, x, y)
	t.Label = text(render.Sentence(verdict(r)))
	t.Caption = "The slowest case, " + span(upgrade.Minutes{Least: p.Minutes.Most, Most: p.Minutes.Most}) + "; the framed part of each bar is the shortest time of its batch."
	if len(t.Lost) > 0 {
		var all []string
		for _, l := range p.Batches[0].Lost {
			all = append(all, l.Loss.Event())
		}
		t.Caption += " Dashed: running instances if " + strings.Join(all, ", or if ") + "."
	}
	if t.Exists != "" {
		t.Caption += " Dotted: all instances, including the new ones of the surge."
	}
	t.Caption = text(t.Caption)
	return t
}

// mark puts a point on the worst moment, and says what it is.
func (t *timeline) mark(p upgrade.Plan, x func(float64) float64, y func(int) float64) {
	if p.Worst.Batch == 0 {
		return
	}
	b := p.Batches[p.Worst.Batch-1]
	at := pointView{x(b.Start.Most + b.Took.Most/2), y(p.Worst.Running)}
	t.Mark = &at
	label := textView{"strong", "", render.Thousands(p.Worst.Running) + " running in batch " + strconv.Itoa(b.Number), at.X + 9, at.Y + 18}
	if label.Y > timeTop+timeChart-4 { // below the chart
		label.Y = at.Y - 10
	}
	if at.X > timeWidth*2/3 {
		label.Anchor, label.X = "end", at.X-9
	}
	t.Texts = append(t.Texts, label)
}

// line returns the points of a line of steps: during each batch, and between two of
// them when there is a pause.
func (t *timeline) line(p upgrade.Plan, x func(float64) float64, y func(int) float64, first int, during, then func(upgrade.Batch) int) string {
	var points []string
	point := func(minute float64, n int) {
		points = append(points, strconv.FormatFloat(x(minute), 'f', 1, 64)+","+strconv.FormatFloat(y(n), 'f', 1, 64))
	}
	point(0, first)
	for n, b := range p.Batches {
		end := b.Start.Most + b.Took.Most
		point(b.Start.Most, during(b))
		point(end, during(b))
		if last := n == len(p.Batches)-1; last || p.Batches[n+1].Start.Most > end+0.05 {
			point(end, then(b))
			if !last {
				point(p.Batches[n+1].Start.Most, then(b))
			}
		}
	}
	return strings.Join(points, " ")
}

// lanesOf returns the places of the batches, each once; one lane for too many.
func lanesOf(all []upgrade.Batch) (lanes []string) {
	seen := map[string]bool{}
	for _, b := range all {
		if w := where(b); !seen[w] {
			seen[w] = true
			lanes = append(lanes, w)
		}
	}
	if len(lanes) > timeLanes {
		return []string{"batches"}
	}
	if len(lanes) == 1 && lanes[0] == "" {
		return lanes
	}
	return lanes
}

// times are round times from 0 to most minutes, at most eight of them.
func times(most float64) (all []float64) {
	step := 1.0
	for _, s := range []float64{1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440} {
		if step = s; most/s < 8 {
			break
		}
	}
	for most/step >= 8 {
		step *= 2
	}
	for m := 0.0; m <= most; m += step {
		all = append(all, m)
	}
	return all
}

// counts are round numbers from 0 to most, four of them or so, and most itself.
func counts(most int) (all []int) {
	step := 1
	for scale := 1; most/step > 4; scale *= 10 {
		for _, s := range []int{1, 2, 5} {
			if step = s * scale; most/step <= 4 {
				break
			}
		}
	}
	for n := 0; n < most; n += step {
		if (most-n)*2 >= step { // not on the label of the last one
			all = append(all, n)
		}
	}
	return append(all, most)
}

// clock prints minutes on the axis: "0", "30 min", "2 h", "1 h 30".
func clock(m float64) string {
	switch {
	case m == 0:
		return "0"
	case m < 60:
		return number(m) + " min"
	case math.Mod(m, 60) == 0:
		return strconv.Itoa(int(m)/60) + " h"
	}
	return strconv.Itoa(int(m)/60) + " h " + strconv.Itoa(int(math.Mod(m, 60)))
}
