package autoscale

import (
	"slices"
	"strings"
	"time"
)

// A Setting is one autoscale setting, with its values as Azure reads them.
type Setting struct {
	Name     string
	Enabled  bool // false if the template does not have it, as in Azure
	Profiles []Profile
}

// A Profile is the bounds and rules that apply at some time.
type Profile struct {
	Name             string
	Minimum, Maximum int // inclusive
	Default          int // used if a metric cannot be read and fewer instances are running
	Rules            []Rule
	Fixed            *FixedDate
	Recurrence       *Recurrence
}

// A Rule is one trigger and its action.
type Rule struct {
	Metric      string        // as written, such as "Percentage CPU"
	Resource    string        // id of the resource that has the metric; "" if unknown
	Grain       time.Duration // PT1M..PT12H
	Window      time.Duration // PT5M..PT12H
	Aggregation Aggregation   // over the window
	Operator    Operator
	Threshold   float64
	PerInstance bool // dividePerInstance: the value is a total, divided by the count

	Direction Direction
	Change    ChangeType
	Value     int           // instances, percent, or the count itself
	Cooldown  time.Duration // PT1M..P7D
}

// Key identifies the metric case-insensitively: two rules with equal keys watch the same one.
func (r Rule) Key() string { return strings.ToLower(r.Metric + "\x00" + r.Resource) }

// Aggregation combines the samples of a window.
type Aggregation string

// The aggregations of metricTrigger.timeAggregation.
const (
	Average Aggregation = "Average"
	Minimum Aggregation = "Minimum"
	Maximum Aggregation = "Maximum"
	Total   Aggregation = "Total"
	Count   Aggregation = "Count"
	Last    Aggregation = "Last"
)

// Operator compares a value with the threshold.
type Operator string

// The operators of metricTrigger.operator.
const (
	Equals             Operator = "Equals"
	NotEquals          Operator = "NotEquals"
	GreaterThan        Operator = "GreaterThan"
	GreaterThanOrEqual Operator = "GreaterThanOrEqual"
	LessThan           Operator = "LessThan"
	LessThanOrEqual    Operator = "LessThanOrEqual"
)

// Holds reports whether the comparison of value with threshold is true.
func (o Operator) Holds(value, threshold float64) bool {
	switch o {
	case Equals:
		return value == threshold
	case NotEquals:
		return value != threshold
	case GreaterThan:
		return value > threshold
	case GreaterThanOrEqual:
		return value >= threshold
	case LessThan:
		return value < threshold
	case LessThanOrEqual:
		return value <= threshold
	}
	return false
}

// Upward reports whether the operator holds for large values.
func (o Operator) Upward() bool { return o == GreaterThan || o == GreaterThanOrEqual }

// Downward reports whether the operator holds for small values.
func (o Operator) Downward() bool { return o == LessThan || o == LessThanOrEqual }

// A Direction says whether a rule adds or removes instances.
type Direction string

// The directions of scaleAction.direction.
const (
	None     Direction = "None"
	Increase Direction = "Increase"
	Decrease Direction = "Decrease"
)

// A ChangeType is the meaning of the value of an action.
type ChangeType string

// The types of scaleAction.type. How many instances ServiceAllowedNextValue adds or
// removes is not documented: one is assumed.
const (
	ChangeCount        ChangeType = "ChangeCount"
	PercentChangeCount ChangeType = "PercentChangeCount"
	ExactCount         ChangeType = "ExactCount"
	ServiceAllowed     ChangeType = "ServiceAllowedNextValue"
)

// Target returns the count that the rule sets at current instances, before the bounds
// of the profile apply.
func (r Rule) Target(current int) int {
	change := r.Value
	switch r.Change {
	case ExactCount:
		return r.Value
	case ServiceAllowed:
		change = 1
	case PercentChangeCount:
		change = PercentOf(current, r.Value)
	}
	switch r.Direction {
	case Increase:
		return current + change
	case Decrease:
		return current - change
	}
	return current
}

// Assumptions returns what a replay of the setting assumes because Azure does not
// document it. Each item is a sentence without a full stop.
func (s *Setting) Assumptions() (all []string) {
	uses := func(change ChangeType) bool {
		return slices.ContainsFunc(s.Profiles, func(p Profile) bool {
			return slices.ContainsFunc(p.Rules, func(r Rule) bool { return r.Change == change })
		})
	}
	if uses(PercentChangeCount) {
		all = append(all, "a change in percent is rounded down to a whole number of instances, but is at least one")
	}
	if uses(ServiceAllowed) {
		all = append(all, "ServiceAllowedNextValue is assumed to be one instance")
	}
	return all
}

// PercentOf returns a percentage of n instances as every command rounds it: down to a
// whole number, but at least one instance for a percentage above 0. Azure does not
// document how autoscale rounds; the batches of rolling upgrades are rounded like this
// (20% of 10 are 2, never less than one).
func PercentOf(n, percent int) int {
	if percent == 0 {
		return 0
	}
	return max(1, n*percent/100)
}

// scales says in which direction the rule moves current instances: an exact
// count is scale-out above and scale-in below it.
func (r Rule) scales(current int) Direction {
	if r.Change != ExactCount || r.Direction == None {
		return r.Direction
	}
	switch {
	case r.Value > current:
		return Increase
	case r.Value < current:
		return Decrease
	}
	return None
}

// clamp pulls a count into the bounds of the profile.
func (p Profile) clamp(n int) int { return min(max(n, p.Minimum), p.Maximum) }
