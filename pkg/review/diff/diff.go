package diff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
)

// A Side is one of the two things that are compared.
type Side struct {
	Name       string // as the user gave it
	Deployment *expand.Deployment
	// Exported says that the resources were read from a service. What the other
	// side does not mention is then left to the service, and no change.
	Exported bool
}

// Options say how to compare. The zero value works.
type Options struct {
	// Complete says that the deployment is in complete mode, which deletes what
	// the template does not have.
	Complete bool
	// Current is the capacity that the scale sets have now; nil when it is
	// that of the old side.
	Current *int
	// List is the saved list of the instances of one scale set; nil without one.
	List *instances.State
	// Era is the guidance to judge by.
	Era guidance.Era
}

// A Diff is the outcome of a comparison.
type Diff struct {
	Old, New Side
	Complete bool
	// Resources are those that differ, in the order of the new side, then what
	// only the old side has.
	Resources []Resource
	// Same counts the resources without a change that has an effect.
	Same int
	// LeftToService counts the values of an exported resource that the template
	// does not mention and that Azure keeps.
	LeftToService int
	Guards        []Guard

	pairs       []pair
	left, right *vmss.Deployment
	previewed   whatif.Previewed
	used        map[string][2]map[string]bool // see inUse
	olders      map[*expand.Resource]*vmss.ScaleSet
}

// A Resource is one resource with its changes.
type Resource struct {
	Type, Name string
	Old, New   *expand.Resource // nil where there is none
	// Class is the worst of the changes, or Created, Removed and so on.
	Class Class
	Rule  *Rule // for the resource as a whole; nil if its changes have the rules
	// Note says more about the resource as a whole: what it was called, how
	// changes reach the instances.
	Note    string
	Changes []Change
	// Plan previews the change of the capacity; nil without one.
	Plan *whatif.Plan
}

// A Change is one value that differs.
type Change struct {
	// Pointer is the JSON pointer of the value, on the new side where it is
	// there; Path the same for people, list items by name.
	Pointer, Path string
	Old, New      *expand.Node // nil where absent
	// Default is the value that Azure uses if one side is absent;
	// nil when that is not known.
	Default value.Value
	Class   Class
	// May is the class that the change may be of, when Class is Unknown: where
	// Depends is set the class that it has if there is a change at all, which the
	// deployment decides; otherwise Refused.
	May     Class
	Depends bool
	Rule    *Rule
	Reason  string // of the rule, for this change
}

// Compare compares two sides. It never fails: what is not known is a change
// of class Unknown.
func Compare(older, newer Side, o Options) *Diff {
	d := &Diff{Old: older, New: newer, Complete: o.Complete}
	left, right := vmss.New(older.Deployment), vmss.New(newer.Deployment)
	d.pairs, d.left, d.right = match(older, newer, o.Complete), left, right
	for _, p := range d.pairs {
		d.add(p, o, left, right)
	}
	d.guard(right, o)
	return d
}

func (d *Diff) add(p pair, o Options, left, right *vmss.Deployment) {
	switch {
	case p.old == nil:
		d.Resources = append(d.Resources, Resource{Type: p.new.Type, Name: p.new.Name, New: p.new, Class: Created})
		return
	case p.new == nil:
		if !d.New.Exported {
			d.Resources = append(d.Resources, gone(p, o))
		}
		return
	}
	if p.replaced {
		d.Resources = append(d.Resources, Resource{Type: p.new.Type, Name: p.new.Name, Old: p.old, New: p.new, Class: Replaced,
			Rule: completeRule(), Note: "takes the place of " + p.old.Name})
		return
	}
	w := newWalk(d, p)
	w.resource()
	d.LeftToService += w.left
	r := Resource{Type: p.new.Type, Name: p.new.Name, Old: p.old, New: p.new, Changes: w.changes}
	for _, c := range r.Changes {
		r.Class = max(r.Class, c.Class)
	}
	if len(r.Changes) == 0 {
		d.Same++
		return
	}
	if set := findSet(right, p.new); set != nil {
		r.Note = rollout(r.Changes, set)
		r.Plan = d.capacityPlan(findSet(left, p.old), set, o, &r.Note)
	}
	if r.Class == NoEffect {
		d.Same++
	}
	d.Resources = append(d.Resources, r)
}

func gone(p pair, o Options) Resource {
	r := Resource{Type: p.old.Type, Name: p.old.Name, Old: p.old, Class: LeftBehind, Rule: incrementalRule()}
	if o.Complete {
		r.Class, r.Rule = Removed, completeRule()
	}
	return r
}

func findSet(d *vmss.Deployment, r *expand.Resource) *vmss.ScaleSet {
	i := slices.IndexFunc(d.ScaleSets, func(s *vmss.ScaleSet) bool { return s.Resource == r })
	if i < 0 {
		return nil
	}
	return d.ScaleSets[i]
}

// Worst returns the worst class of all resources.
func (d *Diff) Worst() Class {
	worst := NoEffect
	for _, r := range d.Resources {
		worst = max(worst, r.Class)
	}
	return worst
}

// reaches reports whether a change, or a resource, is at or above a threshold.
func (d *Diff) Reaches(t Threshold) bool {
	for _, r := range d.Resources {
		if t.reaches(r.Class) || slices.ContainsFunc(r.Changes, func(c Change) bool { return t.reaches(c.Class) }) {
			return true
		}
	}
	return false
}

// Counts returns how many changes, and resources as a whole, are of each class.
func (d *Diff) Counts() map[Class]int {
	counts := map[Class]int{}
	for _, r := range d.Resources {
		if len(r.Changes) == 0 {
			counts[r.Class]++
		}
		for _, c := range r.Changes {
			counts[c.Class]++
		}
	}
	return counts
}

// rollout says how changes reach the instances of a set that exist: what follows
// the upgrade policy, and what only a reimage by hand brings to them.
func rollout(changes []Change, set *vmss.ScaleSet) string {
	follow, byHand := false, 0
	for i := range changes {
		switch c := &changes[i]; {
		case c.Class == Reimage && c.Rule.ByHand:
			byHand++
		case c.Class == Instances || c.Class == Restart || c.Class == Reimage:
			follow = true
		}
	}
	var parts []string
	if follow {
		parts = append(parts, policyNote(set))
	}
	if byHand > 0 {
		what := "1 change does"
		if byHand > 1 {
			what = fmt.Sprintf("%d changes do", byHand)
		}
		parts = append(parts, what+" not follow the upgrade policy: each existing instance keeps the old value until you reimage it (az vmss reimage)")
	}
	return strings.Join(parts, "; ")
}

// policyNote says how the upgrade policy brings a change to the instances.
func policyNote(set *vmss.ScaleSet) string {
	mode, ok := set.UpgradePolicy.Mode.Or("Manual")
	switch {
	case !ok:
		return "how this reaches the instances depends on the upgrade policy, which is not known offline"
	case strings.EqualFold(mode, "Automatic"):
		return "upgrade policy Automatic: it may reach all instances at once, in no order"
	case strings.EqualFold(mode, "Rolling") && surge(set):
		return "upgrade policy Rolling with maxSurge: each instance is replaced by a new one, with a new id, name and address, batch by batch"
	case strings.EqualFold(mode, "Rolling"):
		return "upgrade policy Rolling: it reaches the instances batch by batch"
	}
	return "upgrade policy Manual: each instance keeps the old model until it is updated (az vmss update-instances)"
}

// surge reports whether rolling upgrades create new instances before they remove
// old ones.
func surge(set *vmss.ScaleSet) bool {
	on, ok := set.Properties.Get("upgradePolicy", "rollingUpgradePolicy", "maxSurge").Bool()
	return ok && on
}
