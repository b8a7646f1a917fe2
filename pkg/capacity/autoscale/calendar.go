package autoscale

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// A Calendar says which profile applies at each moment of a period.
type Calendar struct {
	From, To time.Time
	Spans    []Span // without gaps between them, from From to To
	// Shifts are the changes of the offset of the time zones that the profiles
	// name, in chronological order.
	Shifts []Shift
	// Odd are starts of profiles at a local time that does not exist, or exists
	// twice, on that day.
	Odd []OddStart
	// Never are the profiles that never apply in this period, as indices in the
	// setting.
	Never []int
}

// A Span is a period during which one profile applies, or none.
type Span struct {
	From, To time.Time
	Profile  int // index in the setting; -1 when no profile applies
	// Also are other profiles that match the same period: a second fixed date, or a
	// recurrence that begins at the same moment. It is assumed, and not documented,
	// that the first one in the setting applies.
	Also []int
}

// A Shift is a change of the offset of a time zone, such as the beginning of
// summer time.
type Shift struct {
	At            time.Time
	Location      *time.Location
	Before, After time.Duration // offsets from UTC
}

// An OddStart is a start of a profile at a local time that a change of the offset skips
// or repeats on that day. Which moment Azure uses is not documented; At is the one that
// is assumed.
type OddStart struct {
	Profile      int
	Hour, Minute int // as written
	At           time.Time
	Twice        bool // the local time exists twice; if false, it does not exist
}

// Bounds of a calendar: what a setting may cost. A setting of Azure has at
// most 20 profiles.
const (
	maxCalendarProfiles = 1000
	maxStarts           = 200_000
	maxCalendarDays     = 370
)

// Calendar returns which profile applies from one time to another, at most 370 days
// later. It returns an error for a setting with more profiles or starts than any real
// setting has.
func (s Setting) Calendar(from, to time.Time) (Calendar, error) {
	c := Calendar{From: from, To: to}
	if len(s.Profiles) > maxCalendarProfiles {
		return c, fmt.Errorf("the setting has %d profiles; a calendar shows at most %d", len(s.Profiles), maxCalendarProfiles)
	}
	if to.Sub(from) > maxCalendarDays*24*time.Hour || to.Before(from) {
		return c, fmt.Errorf("a calendar shows at most %d days", maxCalendarDays)
	}
	starts, err := s.starts(from.AddDate(0, 0, -8), to, &c)
	if err != nil {
		return c, err
	}
	bounds := []time.Time{from}
	for _, b := range starts {
		bounds = append(bounds, b.at)
	}
	for _, p := range s.Profiles {
		if p.Fixed != nil {
			bounds = append(bounds, p.Fixed.Start, p.Fixed.End)
		}
	}
	bounds = slices.DeleteFunc(bounds, func(t time.Time) bool { return t.Before(from) || !t.Before(to) })
	slices.SortFunc(bounds, time.Time.Compare)
	bounds = slices.CompactFunc(bounds, time.Time.Equal)
	applies := make([]bool, len(s.Profiles))
	next := 0
	for i, at := range bounds {
		for next < len(starts) && !starts[next].at.After(at) {
			next++
		}
		span := Span{From: at, To: to, Profile: -1}
		if i+1 < len(bounds) {
			span.To = bounds[i+1]
		}
		span.Profile, span.Also = s.winner(at, starts[:next])
		if span.Profile >= 0 {
			applies[span.Profile] = true
		}
		if n := len(c.Spans); n > 0 && c.Spans[n-1].Profile == span.Profile && slices.Equal(c.Spans[n-1].Also, span.Also) {
			c.Spans[n-1].To = span.To
			continue
		}
		c.Spans = append(c.Spans, span)
	}
	for i, is := range applies {
		if !is {
			c.Never = append(c.Never, i)
		}
	}
	c.Odd = slices.DeleteFunc(c.Odd, func(o OddStart) bool { return o.At.Before(from) || !o.At.Before(to) })
	c.Shifts = s.shifts(from, to)
	return c, nil
}

// A start is a beginning of a recurring profile.
type start struct {
	at      time.Time
	profile int
}

// winner returns the profile that applies at a time, as [Setting.Active] finds it, and
// those that it ties with. starts are the beginnings up to that time, in order.
func (s Setting) winner(at time.Time, starts []start) (profile int, also []int) {
	profile = -1
	for i, p := range s.Profiles {
		if p.Fixed != nil && !at.Before(p.Fixed.Start) && at.Before(p.Fixed.End) {
			if profile < 0 {
				profile = i
			} else {
				also = append(also, i)
			}
		}
	}
	if profile >= 0 {
		return profile, also
	}
	if n := len(starts); n > 0 {
		first := n - 1
		for first > 0 && starts[first-1].at.Equal(starts[n-1].at) {
			first--
		}
		for _, b := range starts[first+1:] {
			if b.profile != starts[first].profile && !slices.Contains(also, b.profile) {
				also = append(also, b.profile)
			}
		}
		return starts[first].profile, also
	}
	return slices.IndexFunc(s.Profiles, func(p Profile) bool { return p.Fixed == nil && p.Recurrence == nil }), nil
}

// starts returns all beginnings of recurring profiles in a time, in order of time and
// of the setting; those at odd times are added to the calendar.
func (s Setting) starts(from, to time.Time, c *Calendar) (all []start, err error) {
	for i, p := range s.Profiles {
		r := p.Recurrence
		if r == nil {
			continue
		}
		loc := r.Location
		if loc == nil {
			loc = time.UTC
		}
		days, hours, minutes := sorted(r.Days), sorted(r.Hours), sorted(r.Minutes)
		if len(hours)*len(minutes) > 24*60 {
			return nil, fmt.Errorf("profile %q starts more often than once a minute", p.Name)
		}
		for day := from.In(loc).AddDate(0, 0, -1); !day.After(to.AddDate(0, 0, 1)); day = day.AddDate(0, 0, 1) {
			if !slices.Contains(days, day.Weekday()) {
				continue
			}
			for _, h := range hours {
				for _, m := range minutes {
					at := time.Date(day.Year(), day.Month(), day.Day(), h, m, 0, 0, loc)
					if at.Before(from) || !at.Before(to) {
						continue
					}
					if all = append(all, start{at, i}); len(all) > maxStarts {
						return nil, fmt.Errorf("the schedules start more than %d times, the limit of a calendar", maxStarts)
					}
					if odd, ok := oddStart(at, h, m); ok {
						odd.Profile = i
						c.Odd = append(c.Odd, odd)
					}
				}
			}
		}
	}
	slices.SortFunc(all, func(a, b start) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.profile, b.profile)) })
	return all, nil
}

func sorted[T cmp.Ordered](list []T) []T {
	list = slices.Clone(list)
	slices.Sort(list)
	return slices.Compact(list)
}

// oddStart looks whether the local time that at stands for exists once.
func oddStart(at time.Time, hour, minute int) (OddStart, bool) {
	o := OddStart{Hour: hour, Minute: minute, At: at}
	if hour < 0 || hour > 23 || minute < 0 || minute > 59 {
		return o, false
	}
	if at.Hour() != hour || at.Minute() != minute {
		return o, true
	}
	begin, end := at.ZoneBounds()
	for _, edge := range []time.Time{begin, end} {
		if edge.IsZero() {
			continue
		}
		_, before := edge.Add(-time.Second).Zone()
		_, after := edge.Zone()
		back := time.Duration(before-after) * time.Second // the clock is put back by so much
		if back > 0 && !at.Before(edge.Add(-back)) && at.Before(edge.Add(back)) {
			o.Twice = true
			return o, true
		}
	}
	return o, false
}

// shifts returns the changes of the zones of the profiles in a time.
func (s Setting) shifts(from, to time.Time) (all []Shift) {
	seen := map[string]bool{}
	for _, p := range s.Profiles {
		if p.Recurrence == nil || p.Recurrence.Location == nil || seen[p.Recurrence.Location.String()] {
			continue
		}
		loc := p.Recurrence.Location
		seen[loc.String()] = true
		for at := from.In(loc); ; {
			_, end := at.ZoneBounds()
			if end.IsZero() || !end.Before(to) {
				break
			}
			_, before := end.Add(-time.Second).In(loc).Zone()
			_, after := end.In(loc).Zone()
			if before != after {
				all = append(all, Shift{end, loc, time.Duration(before) * time.Second, time.Duration(after) * time.Second})
			}
			at = end
		}
	}
	slices.SortFunc(all, func(a, b Shift) int { return a.At.Compare(b.At) })
	return all
}

// A Moment says what a setting does at one time.
type Moment struct {
	Time    time.Time
	Profile int   // index in the setting; -1 if no profile applies
	Also    []int // other profiles that match, as in a Span
	// Since and Until bound the time during which the profile applies; zero if that
	// is further away than nine days.
	Since, Until time.Time
	Next         int // the profile after Until; -1 if there is none
	// Current is the number of instances, and Actions lists what the rules of the
	// profile could change. Bound is Current after the bounds of the profile, which
	// apply first.
	Current, Bound int
	Actions        []Action
}

// An Action is the effect of a rule that fires at a number of instances.
type Action struct {
	Rule int // index in the profile
	To   int // the new count; equal to the current one if the bound is reached
	// Held says that a scale-in is prevented unless the value falls to Below,
	// because the smaller count would scale out again.
	Held  bool
	Below float64
}

// At returns what the setting does at a time with a number of instances. It returns an
// error where [Setting.Calendar] does.
func (s Setting) At(at time.Time, current int) (Moment, error) {
	const around = 9 * 24 * time.Hour
	m := Moment{Time: at, Profile: -1, Next: -1, Current: current, Bound: current}
	c, err := s.Calendar(at.Add(-around), at.Add(around))
	if err != nil {
		return m, err
	}
	for i, span := range c.Spans {
		if span.From.After(at) || !span.To.After(at) {
			continue
		}
		m.Profile, m.Also = span.Profile, span.Also
		if i > 0 {
			m.Since = span.From
		}
		if i+1 < len(c.Spans) {
			m.Until, m.Next = span.To, c.Spans[i+1].Profile
		}
	}
	if m.Profile >= 0 {
		p := s.Profiles[m.Profile]
		m.Bound = p.clamp(current)
		m.Actions = p.actions(m.Bound)
	}
	return m, nil
}

// actions returns what each rule does when it fires alone at a count.
func (p Profile) actions(n int) (all []Action) {
	for i, r := range p.Rules {
		a := Action{Rule: i, To: p.clamp(r.Target(n))}
		if r.scales(n) == Decrease && a.To < n && a.To > 0 && r.Operator.Downward() {
			a.Below = r.Threshold
			for _, out := range p.Rules {
				if out.Direction != Increase || !out.Operator.Upward() || out.Key() != r.Key() {
					continue
				}
				if need := out.Threshold * float64(a.To) / float64(n); held(out, r, r.Threshold*float64(n)/float64(a.To)) && need <= a.Below {
					a.Below, a.Held = need, true
				}
			}
		}
		all = append(all, a)
	}
	return all
}
