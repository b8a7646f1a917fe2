package autoscale

import (
	"slices"
	"time"
)

// A FixedDate is the one period in which a profile applies.
type FixedDate struct {
	Start, End time.Time // End is not part of it
}

// A Recurrence starts a profile every week, on some days at some hours and minutes. It
// has no end: the profile applies until the next recurrence starts (U).
type Recurrence struct {
	Location *time.Location // nil: UTC
	Days     []time.Weekday
	Hours    []int
	Minutes  []int
}

// Active returns the index of the profile that applies at a time, or -1 if none does: a
// fixed date before recurrences, and those before the default (U).
//
// Azure ends a recurring profile with a second recurrence whose name is JSON of the
// form {"name":"...","for":"<profile>"}. "The default" after it is that second profile,
// so this case needs no code.
func (s Setting) Active(at time.Time) int {
	for i, p := range s.Profiles {
		if p.Fixed != nil && !at.Before(p.Fixed.Start) && at.Before(p.Fixed.End) {
			return i
		}
	}
	best, latest := -1, time.Time{}
	for i, p := range s.Profiles {
		if p.Recurrence == nil {
			continue
		}
		if began, ok := p.Recurrence.lastStart(at); ok && (best < 0 || began.After(latest)) {
			best, latest = i, began
		}
	}
	if best >= 0 {
		return best
	}
	return slices.IndexFunc(s.Profiles, func(p Profile) bool { return p.Fixed == nil && p.Recurrence == nil })
}

// lastStart returns the last beginning at or before at; within eight days there is
// one, unless a list is empty.
func (r *Recurrence) lastStart(at time.Time) (time.Time, bool) {
	loc := r.Location
	if loc == nil {
		loc = time.UTC
	}
	local := at.In(loc)
	for back := range 8 {
		day := local.AddDate(0, 0, -back)
		if !slices.Contains(r.Days, day.Weekday()) {
			continue
		}
		var last time.Time
		for _, h := range r.Hours {
			for _, m := range r.Minutes {
				t := time.Date(day.Year(), day.Month(), day.Day(), h, m, 0, 0, loc)
				if !t.After(at) && t.After(last) {
					last = t
				}
			}
		}
		if !last.IsZero() {
			return last, true
		}
	}
	return time.Time{}, false
}
