package autoscaling

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/scaleset/scaleset/pkg/capacity/autoscale"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/report/render"
)

const dayAndTime = "Mon 2006-01-02 15:04"

// moment returns a time in UTC and, where the profile has a time zone, in that.
func (s *Setting) moment(t time.Time, profile int) string {
	text := t.UTC().Format(dayAndTime) + " UTC"
	if profile >= 0 && s.Profiles[profile].Recurrence != nil {
		if loc := s.Profiles[profile].Recurrence.Location; loc != nil && loc != time.UTC {
			text += t.In(loc).Format(" (15:04 ") + loc.String() + ")"
		}
	}
	return text
}

// profile returns the name of a profile for a sentence.
func (s *Setting) profile(i int) string {
	if i < 0 {
		return "no profile"
	}
	return "profile " + render.Neutral(s.Profiles[i].Name)
}

// momentLines say which profile applies at the moment, until when, and what its
// rules could do next. The lines are neutral.
func (s *Setting) momentLines() (lines []string) {
	m := s.Moment
	if m.Profile < 0 {
		lines = append(lines, "at "+s.moment(m.Time, -1)+" no profile applies, so the number of instances does not change")
	} else {
		p := s.Profiles[m.Profile]
		text := fmt.Sprintf("at %s %s applies: %d to %d instances, default %d", s.moment(m.Time, m.Profile), s.profile(m.Profile), p.Minimum, p.Maximum, p.Default)
		lines = append(lines, text)
	}
	span := ""
	if !m.Since.IsZero() {
		span = "since " + s.moment(m.Since, m.Profile)
	}
	if !m.Until.IsZero() {
		span += ", until " + s.moment(m.Until, m.Profile) + ", then " + s.profile(m.Next)
	}
	if span != "" {
		lines = append(lines, strings.TrimPrefix(span, ", "))
	}
	if len(m.Also) > 0 {
		lines = append(lines, s.overlap(m.Profile, m.Also))
	}
	if m.Profile < 0 {
		return lines
	}
	rules := s.Profiles[m.Profile].Rules
	if m.Bound != m.Current {
		lines = append(lines, fmt.Sprintf("%s are outside the limits, which apply first: %d -> %d", render.Plural(m.Current, "instance"), m.Current, m.Bound))
	}
	if len(rules) == 0 {
		return append(lines, "it has no rules, so within the limits the number of instances does not change")
	}
	lines = append(lines, fmt.Sprintf("possible next actions with %s:", render.Plural(m.Bound, "instance")))
	for _, a := range m.Actions {
		lines = append(lines, "  "+s.possible(m, rules[a.Rule], a))
	}
	return lines
}

// possible returns what a rule could do next.
func (s *Setting) possible(m *autoscale.Moment, r autoscale.Rule, a autoscale.Action) string {
	text := fmt.Sprintf("%d -> %d when %s (%s of %s)", m.Bound, a.To, condition(r), render.Neutral(string(r.Aggregation)), isoSpan(r.Window))
	switch {
	case a.To == m.Bound:
		return fmt.Sprintf("none when %s: the limit is reached", condition(r))
	case a.Held:
		text = fmt.Sprintf("%d -> %d when %s falls to %s (%s of %s): at the threshold of %s it would scale out again", m.Bound, a.To, render.Neutral(r.Metric), decimal(a.Below),
			render.Neutral(string(r.Aggregation)), isoSpan(r.Window), decimal(r.Threshold))
	}
	return text + ", then none for " + isoSpan(r.Cooldown)
}

// overlap says that several profiles match.
func (s *Setting) overlap(profile int, also []int) string {
	var names []string
	for _, i := range also {
		names = append(names, render.Neutral(s.Profiles[i].Name))
	}
	return fmt.Sprintf("%s match at the same time; %s applies, as the first in the setting (assumed)", strings.Join(append([]string{render.Neutral(s.Profiles[profile].Name)}, names...), " and "), render.Neutral(s.Profiles[profile].Name))
}

// A spanRow is one row of the table of a calendar.
type spanRow struct{ From, To, Profile, Instances, Hours string }

// calendarRows returns the spans of the calendar, neutral.
func (s *Setting) calendarRows() (rows []spanRow) {
	for _, span := range s.Calendar.Spans {
		row := spanRow{From: span.From.UTC().Format(dayAndTime), To: span.To.UTC().Format(dayAndTime), Profile: "none", Instances: "unchanged", Hours: decimal(span.To.Sub(span.From).Hours())}
		if span.Profile >= 0 {
			p := s.Profiles[span.Profile]
			row.Profile, row.Instances = render.Neutral(p.Name), bounds(p)
		}
		rows = append(rows, row)
	}
	return rows
}

func bounds(p autoscale.Profile) string {
	if p.Minimum == p.Maximum {
		return strconv.Itoa(p.Minimum)
	}
	return fmt.Sprintf("%d to %d", p.Minimum, p.Maximum)
}

// calendarNotes returns the gaps, the overlaps, the changes of time zones, and the
// profiles that never apply.
func (s *Setting) calendarNotes() (notes []string) {
	c := s.Calendar
	for _, span := range c.Spans {
		when := "from " + s.moment(span.From, -1) + " to " + s.moment(span.To, -1)
		if span.Profile < 0 {
			notes = append(notes, "gap: no profile applies "+when)
		}
		if len(span.Also) > 0 {
			notes = append(notes, "overlap "+when+": "+s.overlap(span.Profile, span.Also))
		}
	}
	for _, sh := range c.Shifts {
		notes = append(notes, fmt.Sprintf("the clock of %s changes from UTC%s to UTC%s at %s: profiles in that time zone start at a different UTC time from then on",
			sh.Location, offset(sh.Before), offset(sh.After), s.moment(sh.At, -1)))
	}
	for _, o := range c.Odd {
		kind := "does not exist"
		if o.Twice {
			kind = "exists twice"
		}
		notes = append(notes, fmt.Sprintf("%s starts at %02d:%02d, which %s on that day; %s is assumed, because Azure does not document it", s.profile(o.Profile), o.Hour, o.Minute, kind, s.moment(o.At, o.Profile)))
	}
	for _, i := range c.Never {
		text := s.profile(i) + " never applies in the calendar"
		if p := s.Profiles[i]; p.Fixed == nil && p.Recurrence == nil {
			text += ": a profile without a schedule applies only before the first recurrence starts"
		}
		notes = append(notes, text)
	}
	return notes
}

// offset returns an offset from UTC as "+02:00".
func offset(d time.Duration) string {
	sign := "+"
	if d < 0 {
		sign, d = "-", -d
	}
	return fmt.Sprintf("%s%02d:%02d", sign, int(d.Hours()), int(d.Minutes())%60)
}

// A placedRow is one change of a replay with the instances behind it.
type placedRow struct {
	Time, Change, Instances, Balance string
	Over                             bool // a limit is exceeded
}

// changes returns the events of a replay that the plan of its placement has a step
// for.
func (r *Replay) changes() (all []autoscale.Event) {
	for _, e := range r.Events {
		if e.To != e.From && len(all) < len(r.Placement.Steps) {
			all = append(all, e)
		}
	}
	return all
}

// placedRows returns the changes of a replay with at most so many names each.
func (r *Replay) placedRows(names int) (rows []placedRow) {
	for i, e := range r.changes() {
		s := &r.Placement.Steps[i]
		moved, sign := s.Added, "+"
		if len(s.Removed) > 0 {
			moved, sign = s.Removed, "-"
		}
		row := placedRow{Time: e.Time.UTC().Format("2006-01-02 15:04"), Change: fmt.Sprintf("%d -> %d", s.From, s.To), Instances: instancesText(r.Placement, moved, sign, names),
			Balance: balance(r.Placement, s), Over: s.Findings.HasErrors()}
		rows = append(rows, row)
	}
	return rows
}

func instancesText(p *whatif.Plan, moved []placement.Instance, sign string, limit int) string {
	var all []string
	for i := range moved[:min(limit, len(moved))] {
		all = append(all, sign+render.Neutral(p.Name(moved[i].ID)))
	}
	if more := len(moved) - limit; more > 0 {
		all = append(all, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(all, " ")
}

// balance returns how the instances are spread after a step: by zone, or by fault
// domain, and what is left when the worst of these fails.
func balance(p *whatif.Plan, s *whatif.Step) string {
	counts := func(list []int) string {
		var all []string
		for _, n := range list {
			all = append(all, strconv.Itoa(n))
		}
		return strings.Join(all, " ")
	}
	switch {
	case len(p.Config.Zones) > 0:
		return fmt.Sprintf("zones %s; %d left if one fails", counts(s.Balance.Zones), s.Survivors.Zone)
	case p.Config.FaultDomains > 1:
		return fmt.Sprintf("fault domains %s; %d left if one fails", counts(s.Balance.FaultDomains), s.Survivors.FaultDomain)
	}
	return "max spreading"
}

// range of counts of a replay: the lowest and the highest.
func (r *Replay) extremes() (least, most int) {
	t := r.tally()
	return t.least, t.most
}
