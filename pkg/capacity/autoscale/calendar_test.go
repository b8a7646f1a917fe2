package autoscale_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/scaleset/scaleset/pkg/capacity/autoscale"
)

func berlin(t testing.TB) *time.Location {
	t.Helper()
	loc, ok := autoscale.Zone("W. Europe Standard Time")
	if !ok {
		t.Fatal("the time zone is not known")
	}
	return loc
}

var everyDay = []time.Weekday{0, 1, 2, 3, 4, 5, 6}

// nightly is a setting with a day and a night in Berlin and a default.
func nightly(t testing.TB) autoscale.Setting {
	loc := berlin(t)
	at := func(hour, minute int) *autoscale.Recurrence {
		return &autoscale.Recurrence{Location: loc, Days: everyDay, Hours: []int{hour}, Minutes: []int{minute}}
	}
	return autoscale.Setting{Enabled: true, Profiles: []autoscale.Profile{
		{Name: "default", Minimum: 1, Maximum: 3}, {Name: "day", Minimum: 3, Maximum: 10, Recurrence: at(7, 0)}, {Name: "night", Minimum: 2, Maximum: 5, Recurrence: at(20, 0)},
	}}
}

func utc(text string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		panic(err)
	}
	return t
}

// TestCalendar: the week in which Berlin puts the clock forward, at 01:00 UTC on
// 29 March 2026: the night begins at 19:00 UTC before and at 18:00 UTC after it.
func TestCalendar(t *testing.T) {
	s := nightly(t)
	c, err := s.Calendar(utc("2026-03-28 00:00"), utc("2026-03-30 00:00"))
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		from    string
		profile int
	}{{"2026-03-28 00:00", 2}, {"2026-03-28 06:00", 1}, {"2026-03-28 19:00", 2}, {"2026-03-29 05:00", 1}, {"2026-03-29 18:00", 2}}
	if len(c.Spans) != len(want) {
		t.Fatalf("%d spans: %v", len(c.Spans), c.Spans)
	}
	for i, w := range want {
		if !c.Spans[i].From.Equal(utc(w.from)) || c.Spans[i].Profile != w.profile {
			t.Errorf("span %d: profile %d from %v, want %d from %s", i, c.Spans[i].Profile, c.Spans[i].From.UTC(), w.profile, w.from)
		}
	}
	if len(c.Shifts) != 1 || !c.Shifts[0].At.Equal(utc("2026-03-29 01:00")) || c.Shifts[0].Before != time.Hour || c.Shifts[0].After != 2*time.Hour {
		t.Errorf("shifts: %+v", c.Shifts)
	}
	if len(c.Never) != 1 || c.Never[0] != 0 {
		t.Errorf("profiles that never apply: %v; the default never does once there are recurrences", c.Never)
	}
}

// TestOddStarts: 02:30 does not exist on the day on which the clock is put
// forward, and exists twice on the day on which it is put back.
func TestOddStarts(t *testing.T) {
	s := nightly(t)
	s.Profiles[2].Recurrence.Hours, s.Profiles[2].Recurrence.Minutes = []int{2}, []int{30}
	for day, twice := range map[string]bool{"2026-03-29 00:00": false, "2026-10-25 00:00": true} {
		c, err := s.Calendar(utc(day), utc(day).Add(24*time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		if len(c.Odd) != 1 || c.Odd[0].Twice != twice || c.Odd[0].Profile != 2 {
			t.Errorf("%s: %+v", day, c.Odd)
		}
	}
	c, err := s.Calendar(utc("2026-06-01 00:00"), utc("2026-06-08 00:00"))
	if err != nil || len(c.Odd) != 0 || len(c.Shifts) != 0 {
		t.Errorf("in June: %+v, %v", c, err)
	}
}

// TestCalendarGapsAndOverlaps: fixed dates alone leave gaps, and two at once
// overlap.
func TestCalendarGapsAndOverlaps(t *testing.T) {
	fixed := func(from, to string) *autoscale.FixedDate {
		return &autoscale.FixedDate{Start: utc(from), End: utc(to)}
	}
	s := autoscale.Setting{Profiles: []autoscale.Profile{
		{Name: "a", Fixed: fixed("2026-01-01 06:00", "2026-01-01 12:00")}, {Name: "b", Fixed: fixed("2026-01-01 10:00", "2026-01-01 14:00")},
	}}
	c, err := s.Calendar(utc("2026-01-01 00:00"), utc("2026-01-02 00:00"))
	if err != nil {
		t.Fatal(err)
	}
	want := []struct{ profile, also int }{{-1, 0}, {0, 0}, {0, 1}, {1, 0}, {-1, 0}}
	if len(c.Spans) != len(want) {
		t.Fatalf("%d spans: %+v", len(c.Spans), c.Spans)
	}
	for i, w := range want {
		if c.Spans[i].Profile != w.profile || len(c.Spans[i].Also) != w.also {
			t.Errorf("span %d: %+v, want %+v", i, c.Spans[i], w)
		}
	}
}

// TestCalendarAgrees: at every moment the calendar shows the profile that the
// replay would take.
func TestCalendarAgrees(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	zones := []*time.Location{nil, time.UTC, berlin(t)}
	for range 200 {
		var s autoscale.Setting
		base := utc("2026-03-20 00:00").Add(time.Duration(r.IntN(300*24)) * time.Hour)
		for range 1 + r.IntN(5) {
			p := autoscale.Profile{Name: "p", Minimum: 1, Maximum: 2}
			switch r.IntN(3) {
			case 0:
				start := base.Add(time.Duration(r.IntN(14*24*60)) * time.Minute)
				p.Fixed = &autoscale.FixedDate{Start: start, End: start.Add(time.Duration(r.IntN(3*24*60)) * time.Minute)}
			case 1:
				p.Recurrence = &autoscale.Recurrence{Location: zones[r.IntN(3)], Hours: []int{r.IntN(24), r.IntN(24)}, Minutes: []int{r.IntN(60)}}
				for _, d := range everyDay {
					if r.IntN(2) == 0 {
						p.Recurrence.Days = append(p.Recurrence.Days, d)
					}
				}
			}
			s.Profiles = append(s.Profiles, p)
		}
		c, err := s.Calendar(base, base.Add(10*24*time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		for _, span := range c.Spans {
			for _, at := range []time.Time{span.From, span.To.Add(-time.Second), span.From.Add(span.To.Sub(span.From) / 2)} {
				if got := s.Active(at); got != span.Profile {
					t.Fatalf("%v: the calendar has profile %d, the replay %d, of %+v", at, span.Profile, got, s.Profiles)
				}
			}
		}
		if n := len(c.Spans); n == 0 || !c.Spans[0].From.Equal(c.From) || !c.Spans[n-1].To.Equal(c.To) {
			t.Fatalf("the spans do not fill the calendar: %+v", c)
		}
	}
}

// TestAt: the profile, its bounds, and what its rules could do.
func TestAt(t *testing.T) {
	s := nightly(t)
	s.Profiles[2].Rules = []autoscale.Rule{
		{Metric: "Percentage CPU", Operator: autoscale.GreaterThan, Threshold: 80, Direction: autoscale.Increase, Change: autoscale.ChangeCount, Value: 1},
		{Metric: "Percentage CPU", Operator: autoscale.LessThan, Threshold: 60, Direction: autoscale.Decrease, Change: autoscale.ChangeCount, Value: 1},
	}
	m, err := s.At(utc("2026-03-29 02:00"), 3)
	if err != nil {
		t.Fatal(err)
	}
	if m.Profile != 2 || !m.Since.Equal(utc("2026-03-28 19:00")) || !m.Until.Equal(utc("2026-03-29 05:00")) || m.Next != 1 || m.Bound != 3 {
		t.Errorf("%+v", m)
	}
	// 60 on 3 instances would be 90 on 2, and scale out: it waits for 80 x 2/3.
	if len(m.Actions) != 2 || m.Actions[0].To != 4 || m.Actions[1].To != 2 || !m.Actions[1].Held || m.Actions[1].Below < 53.3 || m.Actions[1].Below > 53.4 {
		t.Errorf("actions: %+v", m.Actions)
	}
	if m, _ = s.At(utc("2026-03-29 02:00"), 9); m.Bound != 5 || m.Actions[0].To != 5 {
		t.Errorf("9 instances: %+v", m)
	}
}

// TestCalendarBounds: what no real setting has is rejected, and quickly.
func TestCalendarBounds(t *testing.T) {
	all := func(n int) (list []int) {
		for i := range n {
			list = append(list, i)
		}
		return list
	}
	s := autoscale.Setting{}
	for range 900 {
		s.Profiles = append(s.Profiles, autoscale.Profile{Recurrence: &autoscale.Recurrence{Days: everyDay, Hours: all(24), Minutes: all(60)}})
	}
	if _, err := s.Calendar(utc("2026-01-01 00:00"), utc("2026-01-08 00:00")); err == nil {
		t.Error("the calendar takes a million beginnings")
	}
	s.Profiles = s.Profiles[:1]
	s.Profiles[0].Recurrence.Hours = all(10_000)
	if _, err := s.Calendar(utc("2026-01-01 00:00"), utc("2026-01-08 00:00")); err == nil {
		t.Error("the calendar takes ten thousand hours")
	}
}
