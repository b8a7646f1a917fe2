package diff

import (
	"fmt"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// A Guard is a warning about deploying the new side to a set that runs: the
// capacity that the template writes takes the place of the one that autoscale,
// or a person, gave it since.
type Guard struct {
	ScaleSet string
	Severity diag.Severity
	Text     string // one sentence without a full stop
	Advice   string
	At       *expand.Node // the capacity
	// Plan previews what the deployment does to the set; nil when nothing is
	// known of what it has.
	Plan *whatif.Plan
}

// guard compares the capacity of each set of the new side with the bounds of
// its autoscale settings and with what the set has now.
func (d *Diff) guard(right *vmss.Deployment, o Options) {
	for _, set := range right.ScaleSets {
		n, ok := set.Capacity.Known()
		if !ok || d.New.Exported {
			continue
		}
		low, high, scaled := bounds(set)
		if current := currentOf(set, o); current >= 0 && current != n {
			d.Guards = append(d.Guards, d.currentGuard(d.olderOf(set), set, n, current, o, scaled))
		}
		if scaled && (n < low || n > high) {
			d.Guards = append(d.Guards, Guard{ScaleSet: set.Name, Severity: diag.Warning, At: set.Capacity.Place(),
				Text:   fmt.Sprintf("the template sets the capacity to %d, outside the autoscale limits of %d to %d", n, low, high),
				Advice: "Autoscale changes it back at its next run; use a capacity within the limits."})
		}
		if scaled && currentOf(set, o) < 0 && low != high {
			d.Guards = append(d.Guards, Guard{ScaleSet: set.Name, Severity: diag.Info, At: set.Capacity.Place(),
				Text:   fmt.Sprintf("the deployment resets the capacity to %d; autoscale may have set it to %d to %d", n, low, high),
				Advice: "Read the present capacity first (az vmss show), and compare with it to see which instances are removed."})
		}
	}
}

// currentOf returns how many instances a set has now, by the list or by the number
// that was given; -1 if unknown.
func currentOf(set *vmss.ScaleSet, o Options) int {
	if list := listed(set, o); list != nil {
		return len(list.Instances)
	}
	if o.Current != nil {
		return *o.Current
	}
	return -1
}

// olderOf returns the set of the old side that a set of the new side updates; nil
// without one.
func (d *Diff) olderOf(set *vmss.ScaleSet) *vmss.ScaleSet {
	if d.olders == nil {
		d.olders = map[*expand.Resource]*vmss.ScaleSet{}
		sets := map[*expand.Resource]*vmss.ScaleSet{}
		for _, s := range d.left.ScaleSets {
			sets[s.Resource] = s
		}
		for _, p := range d.pairs {
			if p.new != nil && p.old != nil {
				d.olders[p.new] = sets[p.old]
			}
		}
	}
	return d.olders[set.Resource]
}

func (d *Diff) currentGuard(older, set *vmss.ScaleSet, n, current int, o Options, scaled bool) Guard {
	g := Guard{ScaleSet: set.Name, Severity: diag.Info, At: set.Capacity.Place()}
	if d.previewed.Room(max(current, n)) {
		g.Plan = previewOf(older, set, current, n, o)
	}
	verb := fmt.Sprintf("adds %d", n-current)
	if n < current {
		g.Severity, verb = diag.Warning, fmt.Sprintf("removes %d", current-n)
	}
	g.Text = fmt.Sprintf("the deployment changes the capacity from %d to %d and %s", current, n, verb)
	g.Advice = fmt.Sprintf("Deploy a capacity of %d to keep all instances.", current)
	if scaled {
		g.Advice = fmt.Sprintf("Deploy a capacity of %d to keep what autoscale has set.", current)
	}
	return g
}

// bounds returns the widest that the enabled autoscale settings of a set allow; ok
// is false when there are none, or one is not known.
func bounds(set *vmss.ScaleSet) (low, high int, ok bool) {
	for _, a := range set.Autoscale {
		if on, known := a.Enabled.Or(true); !known || !on {
			continue
		}
		for _, p := range a.Profiles.Items {
			minimum, ok1 := p.Minimum.Known()
			maximum, ok2 := p.Maximum.Known()
			if !ok1 || !ok2 {
				return 0, 0, false
			}
			if !ok {
				low, high, ok = minimum, maximum, true
			}
			low, high = min(low, minimum), max(high, maximum)
		}
	}
	return low, high, ok
}

// capacityPlan previews the change from the capacity of one side, or the given
// one, to that of the other; nil when there is none, or one is not known.
func (d *Diff) capacityPlan(older, newer *vmss.ScaleSet, o Options, note *string) *whatif.Plan {
	if older == nil || newer == nil {
		return nil
	}
	to, ok := newer.Capacity.Known()
	from, known := older.Capacity.Known()
	if current := currentOf(newer, o); current >= 0 {
		from, known = current, true
	}
	if !ok || !known || from == to {
		return nil
	}
	model := newer
	if newer.Partial() {
		model = older
	}
	if !d.previewed.Room(max(from, to)) {
		why := fmt.Sprintf("the capacity is not previewed: a comparison previews at most %d instances", whatif.MostPreviewed)
		*note = strings.TrimPrefix(*note+"; "+why, "; ")
		return nil
	}
	return previewOf(older, model, from, to, o)
}

// previewOf returns the plan of one change, from the instances that exist: those of
// the list, else those that the old side would have; nil when it cannot be
// simulated.
func previewOf(older, set *vmss.ScaleSet, from, to int, o Options) *whatif.Plan {
	era := o.Era
	if era == guidance.Auto {
		era = guidance.EraOf(set.APIVersion)
	}
	state, options := instances.FromTemplate(set, era), whatif.Options{From: &from}
	if of := listed(set, o); of != nil {
		if state.AddInstances(of) != nil {
			return nil
		}
		options.From = nil
	} else if older != nil && older != set && !older.Partial() {
		if old, ok := instances.FromOld(older, set, from, era); ok {
			state, options.From = old, nil
		}
	}
	plan, err := whatif.New(state, []whatif.Change{{Amount: to}}, options)
	if err != nil {
		return nil
	}
	return plan
}

// listed returns the saved list of instances when it is of the set: by name, or
// because the deployment has no other.
func listed(set *vmss.ScaleSet, o Options) *instances.State {
	if o.List == nil || !strings.EqualFold(o.List.Name, set.Name) && len(set.Deployment.ScaleSets) > 1 {
		return nil
	}
	return o.List
}
