// Package declared converts the autoscale settings that a template declares to those
// that package autoscale computes with.
package declared

import (
	"strconv"
	"strings"
	"time"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/autoscale"
)

// Setting returns a declared setting for package autoscale, without the profiles that
// need a missing or unknown value; missing lists the places of these values.
func Setting(a *vmss.AutoscaleSetting) (s autoscale.Setting, missing []*expand.Node) {
	s.Name, _ = a.Resource.Body.Get("name").Text()
	s.Enabled, _ = a.Enabled.Or(false)
	if a.Profiles.State == vmss.Unknown {
		return s, []*expand.Node{a.Profiles.Place()}
	}
	for _, p := range a.Profiles.Items {
		profile, lacks := Profile(p)
		missing = append(missing, lacks...)
		if len(lacks) == 0 {
			s.Profiles = append(s.Profiles, profile)
		}
	}
	return s, missing
}

// Profile returns a declared profile for package autoscale; missing lists the places of
// values that are missing or unknown.
func Profile(p vmss.AutoscaleProfile) (out autoscale.Profile, missing []*expand.Node) {
	c := collector{}
	out.Name, _ = p.Name.Or("")
	out.Minimum = need(&c, p.Minimum)
	out.Maximum = need(&c, p.Maximum)
	out.Default, _ = p.Default.Or(out.Minimum)
	if p.Rules.State == vmss.Unknown {
		c.lack(p.Rules.Place())
	}
	for _, r := range p.Rules.Items {
		out.Rules = append(out.Rules, rule(&c, r))
	}
	out.Fixed, out.Recurrence = fixedDate(&c, p), recurrence(&c, p)
	return out, c.missing
}

// collector remembers what could not be read.
type collector struct{ missing []*expand.Node }

func (c *collector) lack(n *expand.Node) { c.missing = append(c.missing, n) }

// need reads a value that must be known.
func need[T any](c *collector, f vmss.Field[T]) T {
	v, ok := f.Known()
	if !ok {
		c.lack(f.Place())
	}
	return v
}

func rule(c *collector, r vmss.AutoscaleRule) autoscale.Rule {
	out := autoscale.Rule{
		Metric:    need(c, r.Metric),
		Operator:  autoscale.Operator(canonical(need(c, r.Operator), "Equals", "NotEquals", "GreaterThan", "GreaterThanOrEqual", "LessThan", "LessThanOrEqual")),
		Threshold: need(c, r.Threshold),
		Direction: autoscale.Direction(canonical(need(c, r.Direction), "None", "Increase", "Decrease")),
		Change:    autoscale.ChangeType(canonical(need(c, r.ActionType), "ChangeCount", "PercentChangeCount", "ExactCount", "ServiceAllowedNextValue")),
		Grain:     span(c, r.TimeGrain),
		Window:    span(c, r.TimeWindow),
		Cooldown:  span(c, r.Cooldown),
	}
	aggregation, _ := r.TimeAggregation.Or(string(autoscale.Average))
	out.Aggregation = autoscale.Aggregation(canonical(aggregation, "Average", "Minimum", "Maximum", "Total", "Count", "Last"))
	out.PerInstance, _ = r.DividePerInstance.Or(false)
	if id, ok := r.Source.ID.Known(); ok {
		out.Resource = strings.ToLower(id)
	}
	change, _ := r.ActionValue.Or("1") // Azure's default
	n, err := strconv.Atoi(strings.TrimSpace(change))
	if err != nil {
		c.lack(r.ActionValue.Place())
	}
	out.Value = n
	return out
}

// canonical spells a value as the documentation does; Azure reads enums
// ignoring case.
func canonical(value string, names ...string) string {
	for _, n := range names {
		if strings.EqualFold(n, value) {
			return n
		}
	}
	return value
}

func span(c *collector, f vmss.Field[string]) time.Duration {
	text := need(c, f)
	d, ok := vmss.ParseDuration(text)
	if !ok && text != "" {
		c.lack(f.Place())
	}
	return d
}

func fixedDate(c *collector, p vmss.AutoscaleProfile) *autoscale.FixedDate {
	n := p.FixedDate.Node
	if n == nil {
		return nil
	}
	zone := zoneOf(c, n)
	return &autoscale.FixedDate{Start: moment(c, n, "start", zone), End: moment(c, n, "end", zone)}
}

func zoneOf(c *collector, n *expand.Node) *time.Location {
	name, ok := n.Get("timeZone").Text()
	if !ok && n.Get("timeZone").Exists() {
		c.lack(n.Get("timeZone"))
	}
	zone, ok := autoscale.Zone(name)
	if !ok {
		c.lack(n.Get("timeZone"))
		return time.UTC
	}
	return zone
}

// moment reads a date with an offset, or without one in the zone of the profile.
func moment(c *collector, n *expand.Node, name string, zone *time.Location) time.Time {
	text, _ := n.Get(name).Text()
	if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return t
	}
	for _, layout := range []string{"2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			return t
		}
	}
	if at := n.Get(name); at.Exists() {
		c.lack(at)
	} else {
		c.lack(n)
	}
	return time.Time{}
}

func recurrence(c *collector, p vmss.AutoscaleProfile) *autoscale.Recurrence {
	n := p.Recurrence.Node.Get("schedule")
	if p.Recurrence.Node == nil {
		return nil
	}
	if n == nil {
		c.lack(p.Recurrence.Node)
		return &autoscale.Recurrence{}
	}
	r := &autoscale.Recurrence{Location: zoneOf(c, n), Hours: numbers(c, n, "hours"), Minutes: numbers(c, n, "minutes")}
	for _, day := range items(n, "days") {
		name, _ := day.Text()
		if d, ok := weekday(name); ok {
			r.Days = append(r.Days, d)
		} else {
			c.lack(day)
		}
	}
	return r
}

func numbers(c *collector, n *expand.Node, name string) (out []int) {
	for _, item := range items(n, name) {
		number, ok := item.Int()
		if !ok {
			c.lack(item)
		}
		out = append(out, int(number))
	}
	return out
}

// items returns those of an array; none when it is absent, unknown or something else.
func items(n *expand.Node, name string) []*expand.Node {
	if list := n.Get(name); list.Exists() {
		return list.Items
	}
	return nil
}

func weekday(name string) (time.Weekday, bool) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.EqualFold(d.String(), name) {
			return d, true
		}
	}
	return 0, false
}
