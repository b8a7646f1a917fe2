package whatif

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// An Explanation says what happens to one instance, and why.
type Explanation struct {
	ID    int
	Name  string
	Lines []string // in the order of the steps
}

// An explainer records what each step does to the instances of Options.Explain.
type explainer struct {
	plan  *Plan
	asked []int
	lines map[int][]string
	step  int
	order map[int]int // see removalOrder
}

func newExplainer(asked []int, p *Plan) *explainer {
	return &explainer{plan: p, asked: asked, lines: map[int][]string{}}
}

func (e *explainer) say(id int, format string, args ...any) {
	e.lines[id] = append(e.lines[id], fmt.Sprintf("step %d: ", e.step)+fmt.Sprintf(format, args...))
}

func (e *explainer) removal(r placement.Removal) {
	if slices.Contains(e.asked, r.Instance.ID) {
		e.say(r.Instance.ID, "it is removed, as number %d: %s", r.Order, e.because(r))
	}
}

func (e *explainer) change(c placement.Change) {
	for _, in := range c.Added {
		if slices.Contains(e.asked, in.ID) {
			e.say(in.ID, "it is added%s", e.where(in))
		}
	}
	for _, in := range c.Surplus {
		if slices.Contains(e.asked, in.ID) {
			e.say(in.ID, "overprovisioning creates it and deletes it again; which ids remain is random, and the preview keeps the lowest")
		}
	}
}

// where returns the zone and domains of an instance, as a phrase that follows a verb.
func (e *explainer) where(in placement.Instance) string {
	c := e.plan.Config
	var parts []string
	if in.Zone != "" {
		parts = append(parts, "zone "+in.Zone)
	}
	if !c.MaxSpreading() {
		parts = append(parts, fmt.Sprintf("fault domain %d", in.FaultDomain))
		if in.UpdateDomain != placement.NoDomain {
			parts = append(parts, fmt.Sprintf("update domain %d", in.UpdateDomain))
		}
	}
	if len(parts) == 0 {
		return " on any rack with room (max spreading)"
	}
	return " in " + strings.Join(parts, ", ")
}

// because returns the reasons for a removal, in the order in which they narrowed the
// choice.
func (e *explainer) because(r placement.Removal) string {
	w, c := r.Because, e.plan.Config
	var parts []string
	add := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	if w.Inactive {
		add("unhealthy and deallocated instances are removed first")
	}
	if w.Regional {
		add("regional instances of a zonal scale set are removed before the others")
	}
	if w.Mixed {
		add("the priority mix requires the removal of %s", map[bool]string{true: "a Spot instance", false: "a regular instance"}[w.Spot])
	}
	if w.Zones > 0 && !w.Regional {
		add("zone %s has the most instances, %d%s", r.Instance.Zone, w.ZoneCount, shared(w.Zones, "zone"))
	}
	if w.Faults > 0 && !c.MaxSpreading() {
		add("fault domain %d has the most instances, %d%s", r.Instance.FaultDomain, w.FaultCount, tie(c, w.Faults))
	}
	if w.UpdateCount > 0 && c.UpdateDomains > 1 {
		add("among these, update domain %d has the most instances (%d in the scale set)", r.Instance.UpdateDomain, w.UpdateCount)
	}
	add("of the instances left it is the %s", map[bool]string{true: "oldest", false: "newest"}[c.Policy == placement.OldestVM])
	return strings.Join(parts, "; ")
}

func shared(n int, noun string) string {
	if n < 2 {
		return ""
	}
	return ", as many as " + diag.Count(n-1, "other "+noun)
}

func tie(c placement.Config, n int) string {
	if n < 2 || c.Model == placement.Preview {
		return shared(n, "fault domain")
	}
	return shared(n, "fault domain") + ", and it has the newest instance of these"
}

// finish returns the explanations, with those of instances that remain or that do not
// exist.
func (e *explainer) finish(s *placement.Set) (all []Explanation) {
	for _, id := range e.asked {
		x := Explanation{ID: id, Name: e.plan.Name(id), Lines: e.lines[id]}
		i, there := slices.BinarySearchFunc(s.Instances(), id, func(in placement.Instance, id int) int { return cmp.Compare(in.ID, id) })
		switch {
		case there:
			x.Lines = append(x.Lines, "at the end: it remains"+e.where(s.Instances()[i])+e.reason(s, s.Instances()[i]))
		case len(x.Lines) == 0:
			x.Lines = append(x.Lines, "the scale set has no such instance"+has(s))
		}
		all = append(all, x)
	}
	return all
}

// reason says why an instance remains: it is protected, or others are removed before
// it, down to some capacity.
func (e *explainer) reason(s *placement.Set, in placement.Instance) string {
	if in.Flags.Has(placement.Protected) {
		return "; it is protected from scale-in"
	}
	if e.order == nil {
		e.order = e.removalOrder(s)
	}
	if n, ok := e.order[in.ID]; ok {
		return fmt.Sprintf("; a scale-in to %d or less removes it", n)
	}
	return ""
}

// removalOrder returns, for each instance that a scale-in to 0 would remove, the
// capacity at which it is removed.
func (e *explainer) removalOrder(s *placement.Set) map[int]int {
	order := map[int]int{}
	all, err := placement.Restore(s.Config(), s.Instances())
	if err != nil || s.Len() > MaxWork/100 {
		return order
	}
	change, err := all.Resize(0)
	if err != nil {
		return order
	}
	for i := range change.Removed {
		order[change.Removed[i].ID] = change.From - i - 1
	}
	return order
}
