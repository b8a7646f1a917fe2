package diff

import (
	"fmt"

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
		if o.Current != nil && *o.Current != n {
			d.Guards = append(d.Guards, currentGuard(set, n, o, scaled))
		}
		if scaled && (n < low || n > high) {
			d.Guards = append(d.Guards, Guard{ScaleSet: set.Name, Severity: diag.Warning, At: set.Capacity.Place(),
				Text:   fmt.Sprintf("the template sets the capacity to %d, outside of autoscale's %d to %d", n, low, high),
				Advice: "Autoscale brings the set back at its next run; write a capacity within its bounds."})
		}
		if scaled && o.Current == nil && low != high {
			d.Guards = append(d.Guards, Guard{ScaleSet: set.Name, Severity: diag.Info, At: set.Capacity.Place(),
				Text:   fmt.Sprintf("the deployment resets the set to %d, where autoscale may have made it %d to %d", n, low, high),
				Advice: "Read the capacity of the set first (az vmss show --query sku.capacity) and give it with --current to see what would go."})
		}
	}
}

func currentGuard(set *vmss.ScaleSet, n int, o Options, scaled bool) Guard {
	g := Guard{ScaleSet: set.Name, Severity: diag.Info, At: set.Capacity.Place(), Plan: previewOf(set, *o.Current, n, o)}
	verb := fmt.Sprintf("adds %d", n-*o.Current)
	if n < *o.Current {
		g.Severity, verb = diag.Warning, fmt.Sprintf("removes %d", *o.Current-n)
	}
	g.Text = fmt.Sprintf("the deployment takes the set from %d to %d and %s", *o.Current, n, verb)
	g.Advice = fmt.Sprintf("Pass a capacity of %d to keep what runs.", *o.Current)
	if scaled {
		g.Advice = fmt.Sprintf("Pass a capacity of %d to keep what autoscale made of the set.", *o.Current)
	}
	return g
}

// bounds are the widest that the enabled autoscale settings of a set allow; ok
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
func capacityPlan(older, newer *vmss.ScaleSet, o Options) *whatif.Plan {
	if older == nil || newer == nil {
		return nil
	}
	to, ok := newer.Capacity.Known()
	from, known := older.Capacity.Known()
	if o.Current != nil {
		from, known = *o.Current, true
	}
	if !ok || !known || from == to {
		return nil
	}
	model := newer
	if newer.Partial() {
		model = older
	}
	return previewOf(model, from, to, o)
}

// previewOf is the plan of one change; nil when it cannot be simulated.
func previewOf(set *vmss.ScaleSet, from, to int, o Options) *whatif.Plan {
	era := o.Era
	if era == guidance.Auto {
		era = guidance.EraOf(set.APIVersion)
	}
	plan, err := whatif.New(instances.FromTemplate(set, era), []whatif.Change{{Amount: to}}, whatif.Options{From: &from})
	if err != nil {
		return nil
	}
	return plan
}
