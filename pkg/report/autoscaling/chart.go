package autoscaling

import (
	_ "embed" // the pictures
	"fmt"
	"html/template"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/scaleset/scaleset/pkg/capacity/autoscale"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/report/needs"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// SVG draws the calendar of a setting, as a band for each day, and its replay: a
// panel for each metric with the thresholds of the rules, and one for the
// instances with the bounds of the profiles. All axes begin at zero. The picture
// is self-contained: no scripts, nothing from outside, light and dark.
type SVG struct{}

// HTML writes one self-contained page, with the pictures of [SVG] and the
// tables of the other formats.
type HTML struct {
	MaxRows int // of each table; 0 means 200
}

// Measures of the pictures, in pixels at 100%.
const (
	chartWidth  = 900
	chartLeft   = 64  // for the numbers of the axis
	chartRight  = 128 // for the names of the thresholds
	panelHeight = 150
	panelGap    = 58
	bandHeight  = 34
	bandGap     = 6
	bandLabel   = 92
	chartMargin = 24
	maxPanels   = 6   // metrics that are drawn
	maxBins     = 708 // points of a line: one for each pixel
	maxBands    = 62  // days that are drawn
	maxMarks    = 200 // marks of what is held back
	letter      = 6.6 // width of a letter of 12 pixels
)

//go:embed chart.html
var chartText string

var chartTemplates = lazy.Value[*template.Template]{Of: func() *template.Template { return render.Templates(chartText) }}

const chartColours = `:root{--bg:#fff;--ink:#1c2430;--soft:#5b6675;--line:#d5dbe3;--cell:#f6f8fa;--load:#0b5cad;--count:#1b7f3b;--bound:#e7f2ea;--limit:#b3261e;--low:#8a5a00;--warn:#8a5a00;--outline:#b3261e;--ha:#dbe7f5;--hb:#fbe8c8;--hc:#dcefdc;--hd:#f0dff0;--he:#f6dcd6;--hf:#e3e3e3}
@media (prefers-color-scheme:dark){:root{--bg:#12161c;--ink:#e6eaf0;--soft:#9aa6b5;--line:#333c48;--cell:#1a2029;--load:#7ab8ff;--count:#6fd694;--bound:#173022;--limit:#ff8f85;--low:#f0b849;--warn:#f0b849;--outline:#ff8f85;--ha:#1f3450;--hb:#4a3816;--hc:#1e3d24;--hd:#42283f;--he:#4a2722;--hf:#383c42}}
`

const chartCSS = `.chart text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;fill:var(--ink)}
.chart .title{font-size:15px;font-weight:600}.chart .soft{fill:var(--soft)}.chart .page{fill:var(--bg)}
.chart .grid{stroke:var(--line)}.chart .axis{stroke:var(--soft)}
.chart .load{fill:none;stroke:var(--load);stroke-width:1.6}.chart .count{fill:none;stroke:var(--count);stroke-width:2}
.chart .bounds{fill:var(--bound)}.chart .out{stroke:var(--limit);stroke-dasharray:6 3}.chart .in{stroke:var(--low);stroke-dasharray:2 3}
.chart text.out{fill:var(--limit);stroke:none}.chart text.in{fill:var(--low);stroke:none}
.chart .held{fill:var(--bg);stroke:var(--low);stroke-width:1.5}
.chart .span{stroke:var(--line)}.chart .p0{fill:var(--ha)}.chart .p1{fill:var(--hb)}.chart .p2{fill:var(--hc)}.chart .p3{fill:var(--hd)}.chart .p4{fill:var(--he)}.chart .p5{fill:var(--hf)}
.chart .none{fill:var(--bg);stroke:var(--limit);stroke-dasharray:4 3}.chart .over{fill:none;stroke:var(--limit);stroke-width:2}.chart .shift{stroke:var(--limit);stroke-width:2}
.chart text.shift,.chart text.none{fill:var(--limit);stroke:none}
`

// A drawing is one picture.
type drawing struct {
	Label         string // for screen readers
	Width, Height float64
	Top           float64 // in a picture of several
	Title         string
	Lines         []line
	Rects         []rect
	Paths         []path
	Dots          []dot
	Words         []word
}

type line struct {
	Class          string
	X1, Y1, X2, Y2 float64
}

type rect struct {
	Class               string
	X, Y, Width, Height float64
	Title               string
}

type path struct{ Class, D string }

type dot struct {
	X, Y  float64
	Title string
}

type word struct {
	Class, Anchor string
	X, Y          float64
	Text          string
}

// An artist draws; text masks secrets and neutralizes.
type artist struct{ text func(string) string }

// calendar draws a band for each day of a calendar, in UTC.
func (a artist) calendar(s *Setting) *drawing {
	c := s.Calendar
	d := &drawing{Title: a.text(s.Name) + ": when each profile applies (UTC)", Width: chartWidth}
	d.Label = d.Title
	first := c.From.UTC().Truncate(24 * time.Hour)
	days := min(maxBands, int(math.Ceil(c.To.Sub(first).Hours()/24)))
	const top = 52.0
	inner := float64(chartWidth - bandLabel - chartMargin)
	x := func(t time.Time, day time.Time) float64 { return bandLabel + t.Sub(day).Hours()/24*inner }
	for h := 0; h <= 24; h += 3 {
		at := bandLabel + float64(h)/24*inner
		d.Words = append(d.Words, word{"soft", "middle", at, top - 8, fmt.Sprintf("%02d:00", h%24)})
	}
	for n := range days {
		day := first.AddDate(0, 0, n)
		y := top + float64(n)*(bandHeight+bandGap)
		d.Words = append(d.Words, word{"", "start", 0, y + bandHeight/2 + 4, day.Format("Mon 2 Jan")})
		for _, span := range c.Spans {
			from, to := later(span.From, day), earlier(span.To, day.AddDate(0, 0, 1))
			if !from.Before(to) {
				continue
			}
			r := rect{Class: "none", X: x(from, day), Y: y, Width: x(to, day) - x(from, day), Height: bandHeight}
			text, numbers, class := "no profile", "", "none"
			if span.Profile >= 0 {
				p := s.Profiles[span.Profile]
				r.Class, class = fmt.Sprintf("span p%d", span.Profile%6), ""
				text, numbers = a.text(p.Name), bounds(p)
			}
			r.Title = text + " " + numbers + ", " + from.UTC().Format("15:04") + " to " + to.UTC().Format("15:04") + " UTC"
			d.Rects = append(d.Rects, r)
			if len(span.Also) > 0 {
				d.Rects = append(d.Rects, rect{Class: "over", X: r.X + 2, Y: y + 2, Width: max(r.Width-4, 1), Height: bandHeight - 4, Title: "overlap: " + a.text(s.overlap(span.Profile, span.Also))})
			}
			a.fit(d, r, class, text, numbers)
		}
		for _, sh := range c.Shifts {
			if !sh.At.Before(day) && sh.At.Before(day.AddDate(0, 0, 1)) {
				at := x(sh.At, day)
				d.Lines = append(d.Lines, line{"shift", at, y - 2, at, y + bandHeight + 2})
			}
		}
	}
	y := top + float64(days)*(bandHeight+bandGap) + 14
	for _, sh := range c.Shifts[:min(len(c.Shifts), 5)] {
		d.Words = append(d.Words, word{"shift", "start", 0, y, fmt.Sprintf("| %s: UTC%s becomes UTC%s at %s UTC", sh.Location, offset(sh.Before), offset(sh.After), sh.At.UTC().Format("Mon 2 Jan 15:04"))})
		y += 18
	}
	if slices.ContainsFunc(c.Spans, func(sp autoscale.Span) bool { return len(sp.Also) > 0 }) {
		d.Words = append(d.Words, word{"none", "start", 0, y, "a frame inside a band: several profiles match"})
		y += 18
	}
	d.Height = y + 4
	return d
}

// fit writes what has room in a band: the name and the numbers, or one of them.
func (a artist) fit(d *drawing, r rect, class, name, numbers string) {
	room := r.Width - 10
	width := func(s string) float64 { return float64(render.Width(s)) * letter }
	middle := r.X + r.Width/2
	switch {
	case width(name) <= room && numbers != "":
		d.Words = append(d.Words, word{class, "middle", middle, r.Y + 15, name}, word{"soft", "middle", middle, r.Y + 28, numbers})
	case width(name) <= room:
		d.Words = append(d.Words, word{class, "middle", middle, r.Y + 21, name})
	case numbers != "" && width(numbers) <= room:
		cut := int(room / letter)
		if cut >= 4 {
			d.Words = append(d.Words, word{class, "middle", middle, r.Y + 15, render.Clip(name, cut)})
		}
		d.Words = append(d.Words, word{"soft", "middle", middle, r.Y + 28, numbers})
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// replay draws the metrics and the instances of a replay.
func (a artist) replay(s *Setting) *drawing {
	r := s.Replay
	d := &drawing{Title: a.text(s.Name) + ": metrics, thresholds and instances", Width: chartWidth}
	d.Label = d.Title
	p := &plot{drawing: d, from: r.Series.Samples[0].Time, to: r.Series.Samples[len(r.Series.Samples)-1].Time, top: 48}
	if !p.from.Before(p.to) {
		p.to = p.from.Add(time.Minute)
	}
	drawn := 0
	for k, name := range r.Series.Metrics {
		if !slices.ContainsFunc(s.Profiles, func(p autoscale.Profile) bool {
			return slices.ContainsFunc(p.Rules, func(rule autoscale.Rule) bool { return r.Columns[rule.Key()] == k })
		}) && len(r.Series.Metrics) > 1 {
			continue
		}
		if drawn++; drawn > maxPanels {
			break
		}
		a.metric(p, s, k, name)
		p.top += panelHeight + panelGap
	}
	a.instances(p, s)
	d.Height = p.top + panelHeight + 44
	return d
}

// A plot draws panels, one below the other, with one axis of time.
type plot struct {
	*drawing
	from, to time.Time
	top      float64 // of the panel that is drawn
	high     float64 // the end of its axis
}

func (p *plot) x(t time.Time) float64 {
	return chartLeft + float64(t.Sub(p.from))/float64(p.to.Sub(p.from))*(chartWidth-chartLeft-chartRight)
}

func (p *plot) y(v float64) float64 {
	return p.top + panelHeight - max(0, min(v, p.high))/p.high*panelHeight
}

// frame draws the axes of a panel whose highest value is given: from zero to a
// round number, with three or four lines.
func (p *plot) frame(title string, highest float64, whole bool) {
	if !(highest > 0) || math.IsInf(highest, 0) {
		highest = 1
	}
	step := roundStep(highest/4, whole)
	p.high = max(step, math.Ceil(highest/step-1e-9)*step)
	p.Words = append(p.Words, word{"", "start", chartLeft, p.top - 8, title})
	for i := range int(math.Round(p.high/step)) + 1 {
		v, class := float64(i)*step, "grid"
		if i == 0 {
			class = "axis"
		}
		p.Lines = append(p.Lines, line{class, chartLeft, p.y(v), chartWidth - chartRight, p.y(v)})
		p.Words = append(p.Words, word{"soft", "end", chartLeft - 8, p.y(v) + 4, short(v)})
	}
}

// roundStep is 1, 2 or 5 times a power of ten that is not less than x.
func roundStep(x float64, whole bool) float64 {
	power := math.Pow(10, math.Floor(math.Log10(x)))
	step := 10 * power
	for _, f := range []float64{1, 2, 5} {
		if f*power >= x-1e-9*power {
			step = f * power
			break
		}
	}
	if whole {
		step = max(1, step)
	}
	return step
}

// short writes a number of an axis: 1500000 as 1.5M.
func short(v float64) string {
	for _, unit := range []struct {
		of   float64
		name string
	}{{1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e4, ""}} {
		if v >= unit.of && unit.name != "" {
			return decimal(v/unit.of) + unit.name
		}
	}
	return decimal(v)
}

// times draws the axis of time below the panel.
func (p *plot) times() {
	span := p.to.Sub(p.from)
	step := time.Minute
	for _, candidate := range []time.Duration{time.Minute, 5 * time.Minute, 10 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour} {
		if step = candidate; span/step <= 8 {
			break
		}
	}
	for span/step > 8 {
		step *= 2
	}
	for t := p.from.UTC().Truncate(step); !t.After(p.to); t = t.Add(step) {
		if t.Before(p.from) {
			continue
		}
		x := p.x(t)
		p.Lines = append(p.Lines, line{"axis", x, p.top + panelHeight, x, p.top + panelHeight + 4})
		text := t.Format("15:04")
		if step >= 24*time.Hour || t.Equal(t.Truncate(24*time.Hour)) {
			text = t.Format("2 Jan")
		}
		p.Words = append(p.Words, word{"soft", "middle", x, p.top + panelHeight + 18, text})
	}
	p.Words = append(p.Words, word{"soft", "start", chartWidth - chartRight + 8, p.top + panelHeight + 18, "UTC"})
}

// metric draws one metric with the thresholds of the rules that watch it.
func (a artist) metric(p *plot, s *Setting, k int, name string) {
	r := s.Replay
	values, shared := r.seen(k)
	highest := 0.0
	for _, v := range values {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			highest = max(highest, v)
		}
	}
	type threshold struct {
		value float64
		class string
		text  string
	}
	var thresholds []threshold
	for _, profile := range s.Profiles {
		for _, rule := range profile.Rules {
			if r.Columns[rule.Key()] != k || rule.PerInstance {
				continue
			}
			class := "out"
			if rule.Direction == autoscale.Decrease {
				class = "in"
			}
			t := threshold{rule.Threshold, class, sign(rule.Operator) + " " + decimal(rule.Threshold) + "  " + action(rule)}
			if !slices.Contains(thresholds, t) && len(thresholds) < 8 {
				thresholds = append(thresholds, t)
				highest = max(highest, rule.Threshold)
			}
		}
	}
	title := a.text(name)
	if shared {
		title += " (the recorded load, spread over the instances of the replay)"
	}
	p.frame(title, highest, false)
	for i, t := range thresholds {
		y := p.y(t.value)
		p.Lines = append(p.Lines, line{t.class, chartLeft, y, chartWidth - chartRight, y})
		at := y + 4
		for _, other := range thresholds[:i] {
			if math.Abs(p.y(other.value)-y) < 13 {
				at += 13
			}
		}
		p.Words = append(p.Words, word{t.class, "start", chartWidth - chartRight + 8, at, a.text(t.text)})
	}
	p.Paths = append(p.Paths, path{"load", p.curve(r.Series.Samples, values)})
	p.times()
}

// seen are the values of a metric as the rules see them: where the series records
// how many instances shared the load, spread over those that the replay has then.
func (r *Replay) seen(k int) (values []float64, shared bool) {
	values = column(r.Series, k)
	count := r.Start
	for i := range values {
		if n := r.Series.Samples[i].Instances; n > 0 {
			values[i] *= float64(n) / float64(max(1, count))
			shared = true
		}
		count = r.Counts[i]
	}
	return values, shared
}

// curve is a line through values, of more than fit the highest of each pixel. A
// time in which nothing was measured is a gap.
func (p *plot) curve(samples []autoscale.Sample, values []float64) string {
	var b strings.Builder
	pen := false
	n := min(len(values), maxBins)
	for bin := range n {
		from, to := bin*len(values)/n, (bin+1)*len(values)/n
		best := math.NaN()
		for i := from; i < to; i++ {
			if v := values[i]; !math.IsNaN(v) && !(best >= v) {
				best = v
			}
		}
		if math.IsNaN(best) {
			pen = false
			continue
		}
		move := "M"
		if pen {
			move = "L"
		}
		fmt.Fprintf(&b, "%s%.1f %.1f", move, p.x(samples[from].Time), p.y(best))
		pen = true
	}
	return b.String()
}

// instances draws the count, with the bounds of the profiles behind it, and a
// mark where an action was held back.
func (a artist) instances(p *plot, s *Setting) {
	r := s.Replay
	highest := float64(max(r.Start, slices.Max(append([]int{1}, r.Counts...))))
	samples := r.Series.Samples
	n := min(len(samples), maxBins)
	type run struct{ from, to, profile int }
	var runs []run
	for bin := range n {
		i := bin * len(samples) / n
		profile := s.Active(samples[i].Time)
		if k := len(runs); k > 0 && runs[k-1].profile == profile {
			runs[k-1].to = i
			continue
		}
		if k := len(runs); k > 0 {
			runs[k-1].to = i
		}
		runs = append(runs, run{i, i, profile})
	}
	for _, u := range runs {
		if u.profile >= 0 && s.Profiles[u.profile].Maximum <= 4*int(highest)+4 {
			highest = max(highest, float64(s.Profiles[u.profile].Maximum))
		}
	}
	p.frame("instances (shaded: the limits of the profile)", highest, true)
	var band []rect
	for k, u := range runs {
		if u.profile < 0 {
			continue
		}
		end := samples[u.to].Time
		if k == len(runs)-1 {
			end = p.to
		}
		profile := s.Profiles[u.profile]
		low, high := p.y(float64(profile.Minimum)), p.y(float64(profile.Maximum))
		from := p.x(samples[u.from].Time)
		band = append(band, rect{"bounds", from, high, max(p.x(end)-from, 0.5), max(low-high, 1), a.text(profile.Name) + ": " + bounds(profile)})
	}
	p.Rects = append(p.Rects, band...)
	var b strings.Builder
	fmt.Fprintf(&b, "M%.1f %.1f", p.x(samples[0].Time), p.y(float64(r.Start)))
	last := r.Start
	for bin := range n {
		from, to := bin*len(samples)/n, (bin+1)*len(samples)/n
		most := r.Counts[from]
		for _, c := range r.Counts[from:to] {
			most = max(most, c)
		}
		if most != last {
			fmt.Fprintf(&b, "H%.1fV%.1f", p.x(samples[from].Time), p.y(float64(most)))
			last = most
		}
	}
	fmt.Fprintf(&b, "H%.1f", p.x(p.to))
	p.Paths = append(p.Paths, path{"count", b.String()})
	held := 0
	for _, e := range episodes(r.Events) {
		if e.Outcome != autoscale.InSkipped && e.Outcome != autoscale.CoolingDown || held == maxMarks {
			continue
		}
		held++
		p.Dots = append(p.Dots, dot{p.x(e.Time), p.y(float64(e.From)), a.text(e.Time.UTC().Format("2006-01-02 15:04 UTC") + ": " + s.reason(e.Event))})
	}
	p.times()
	if held > 0 {
		p.Dots = append(p.Dots, dot{chartLeft + 5, p.top + panelHeight + 34, ""})
		p.Words = append(p.Words, word{"soft", "start", chartLeft + 16, p.top + panelHeight + 38, "an action does not run: it would flap, or the cooldown has not ended"})
	}
}

// pictures are those of all settings.
func (a artist) pictures(s *Setting) (all []*drawing) {
	if s.Calendar != nil {
		all = append(all, a.calendar(s))
	}
	if s.Replay != nil {
		all = append(all, a.replay(s))
	}
	return all
}

func artistOf(secrets *secret.Set) artist {
	return artist{func(s string) string { return render.Neutral(secrets.Redact(s)) }}
}

// Report implements [Reporter].
func (SVG) Report(w io.Writer, a Analysis) error {
	view := struct {
		Width, Height float64
		Title         string
		Style         template.CSS
		Pictures      []*drawing
	}{Width: chartWidth + 2*chartMargin, Height: chartMargin, Title: "Autoscale", Style: chartColours + chartCSS}
	artist := artistOf(a.Secrets)
	for i := range a.Settings {
		for _, d := range artist.pictures(&a.Settings[i]) {
			d.Top = view.Height
			view.Height += d.Height + chartMargin
			view.Pictures = append(view.Pictures, d)
		}
	}
	return render.Execute(w, chartTemplates.Get(), "svg", view)
}

// The views are what the page shows.
type pageView struct {
	Title    string
	CSS      template.CSS
	Settings []settingView
	Findings []findingView
}

type settingView struct {
	Name, Lead string
	Notes      []string // what is not known or assumed
	Moment     []string
	Pictures   []*drawing
	Tables     []tableView
	Remarks    []string
	Profiles   []profileView
}

type profileView struct {
	Name, When string
	Rules      []string
}

type tableView struct {
	Title  string
	Header []string
	Rows   [][]string
	Left   int
}

type findingView struct{ Severity, Summary, Code, Detail string }

// Report implements [Reporter].
func (h HTML) Report(w io.Writer, a Analysis) error {
	if h.MaxRows <= 0 {
		h.MaxRows = render.TableRows
	}
	artist := artistOf(a.Secrets)
	page := pageView{Title: "Autoscale of " + artist.text(a.Template), CSS: chartColours + pageCSS + chartCSS}
	for i := range a.Settings {
		page.Settings = append(page.Settings, h.setting(artist, &a.Settings[i]))
	}
	for i := range a.Findings {
		d := &a.Findings[i]
		page.Findings = append(page.Findings, findingView{d.Severity.String(), artist.text(d.Summary), string(d.Code), artist.text(d.Detail)})
	}
	return render.Execute(w, chartTemplates.Get(), "page", page)
}

func (h HTML) setting(a artist, s *Setting) settingView {
	state := "on"
	if !s.Enabled {
		state = "off"
	}
	v := settingView{Name: a.text(s.Name), Lead: "scales " + a.text(s.Target) + ", " + state, Pictures: a.pictures(s)}
	for _, pointer := range s.Unknown {
		v.Notes = append(v.Notes, "Known only at deployment: "+a.text(pointer))
	}
	for _, text := range s.Assumptions() {
		v.Notes = append(v.Notes, "Assumed: "+text)
	}
	if s.Moment != nil {
		for _, text := range s.momentLines() {
			v.Moment = append(v.Moment, a.text(render.Sentence(strings.TrimSpace(text))))
		}
	}
	for _, p := range s.Profiles {
		view := profileView{Name: a.text(p.Name), When: bounds(p) + " instances, default " + fmt.Sprint(p.Default) + "; " + a.text(when(p))}
		for _, r := range p.Rules {
			view.Rules = append(view.Rules, a.text(action(r)+" when "+condition(r)+" ("+string(r.Aggregation)+" of "+isoSpan(r.Window)+"), cooldown "+isoSpan(r.Cooldown)))
		}
		v.Profiles = append(v.Profiles, view)
	}
	if s.Calendar != nil {
		t := tableView{Title: "When each profile applies", Header: []string{"from (UTC)", "until", "profile", "instances", "hours"}}
		for _, r := range s.calendarRows() {
			t.Rows = append(t.Rows, []string{r.From, r.To, a.text(r.Profile), r.Instances, r.Hours})
		}
		v.Tables = append(v.Tables, h.cut(t))
		for _, note := range s.calendarNotes() {
			if len(v.Remarks) < h.MaxRows {
				v.Remarks = append(v.Remarks, a.text(render.Sentence(note)))
			}
		}
	}
	if s.Replay != nil {
		v.Tables = append(v.Tables, h.replay(a, s)...)
	}
	return v
}

// replay are the tables of what happened, of the instances, and of what they need.
func (h HTML) replay(a artist, s *Setting) (all []tableView) {
	r := s.Replay
	t := tableView{Title: "What happens, and why", Header: []string{"time (UTC)", "from", "to", "why"}}
	for _, e := range episodes(r.Events) {
		text := s.reason(e.Event)
		if e.times > 1 {
			text += fmt.Sprintf(" (%d times until %s)", e.times, clock(e.until, e.Time))
		}
		t.Rows = append(t.Rows, []string{e.Time.UTC().Format("2006-01-02 15:04"), fmt.Sprint(e.From), fmt.Sprint(e.To), a.text(text)})
	}
	all = append(all, h.cut(t))
	if r.Placement == nil {
		return all
	}
	t = tableView{Title: "Instances: " + a.text(r.Placement.Headline()), Header: []string{"time (UTC)", "change", "instances", "spread"}}
	for _, row := range r.placedRows(20) {
		t.Rows = append(t.Rows, []string{row.Time, row.Change, a.text(row.Instances), a.text(row.Balance)})
	}
	all = append(all, h.cut(t))
	least, most := r.extremes()
	view := needs.NewView(r.Placement.NeedsAt(least, most))
	t = tableView{Title: "Needs of the smallest and the largest number", Header: view.Header}
	for _, row := range view.Rows {
		cells := []string{a.text(row.Name), row.Each}
		for _, c := range row.Cells {
			cells = append(cells, c.Text)
		}
		t.Rows = append(t.Rows, append(cells, a.text(row.Available)))
	}
	return append(all, t)
}

func (h HTML) cut(t tableView) tableView {
	if t.Left = len(t.Rows) - h.MaxRows; t.Left > 0 {
		t.Rows = t.Rows[:h.MaxRows]
	}
	return t
}

const pageCSS = `body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
main{max-width:64rem;margin:0 auto;padding:2rem 1.25rem 4rem}
h1{font-size:1.6rem;margin:0 0 .25rem;overflow-wrap:anywhere}h2{font-size:1.2rem;margin:2.5rem 0 .25rem;padding-top:1rem;border-top:1px solid var(--line);overflow-wrap:anywhere}h3{font-size:1rem;margin:1.5rem 0 .25rem}
.soft{color:var(--soft)}.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:.5rem 0;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.3rem .7rem;border-bottom:1px solid var(--line);vertical-align:top}th{color:var(--soft);font-weight:600;white-space:nowrap}
td:first-child{white-space:nowrap}td:last-child{min-width:9rem}
.finding{border-left:4px solid var(--soft);background:var(--cell);padding:.6rem .9rem;margin:.6rem 0;border-radius:0 6px 6px 0;overflow-wrap:anywhere}
.finding.error{border-color:var(--outline)}.finding.warning{border-color:var(--warn)}.finding b{text-transform:capitalize}.finding p{margin:.25rem 0 0}
ul{padding-left:1.2rem}svg{display:block;max-width:100%;height:auto;min-width:38rem;margin:.75rem 0}
@media print{main{max-width:none}.scroll{overflow:visible}svg{min-width:0}}
`
