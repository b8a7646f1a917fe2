// Package rollout joins what a comparison says about a scale set (package diff),
// the instances that exist (package instances) and the upgrade policy into a plan
// of the upgrade (package upgrade): which instances a change touches, in which
// batches, and what that needs.
//
// It prints nothing and reads no files.
package rollout

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/azure/prices"
	"github.com/scaleset/scaleset/pkg/azure/quota"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/cost"
	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/need"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/capacity/upgrade"
	"github.com/scaleset/scaleset/pkg/review/diff"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// Options say what is known beside the two models. The zero value works, except
// for MinRunning.
type Options struct {
	// Current is the number of instances now; nil: that of the old side.
	Current *int
	// List is the saved list of the instances; nil without one.
	List *instances.State
	Era  guidance.Era
	// Work is how long one instance takes; the zero value takes the recorded
	// range.
	Work upgrade.Minutes
	// Unhealthy, Fail and ByHand name instances, by id or by name.
	Unhealthy, Fail, ByHand []string
	// All upgrades all instances by hand.
	All bool
	// Cancel is the batch during which the upgrade is cancelled; 0: it is not.
	Cancel int
	Lose   []placement.Loss
	// MinRunning is how many instances must be running at every moment; 0: any
	// number.
	MinRunning int
	// Usage is the saved quota of the region and Sizes the saved sizes; nil
	// without them.
	Usage *quota.Usage
	Sizes *quota.Sizes
	// Prices is the saved list of prices; nil without one, and then no cost is
	// given. Region is used if the template does not have it.
	Prices *prices.List
	Region string
	// Reimage plans a reimage of all instances that no change of the model asks
	// for, such as a new version of the image.
	Reimage bool
	// OSUpgrade plans an automatic upgrade of the OS image, and Repairs the
	// automatic repairs of the instances that are unhealthy. Either leaves the
	// changes of the model aside, as Reimage does.
	OSUpgrade, Repairs bool
}

// alone reports whether the plan is about the instances as they are, and not
// about a change of the model.
func (o Options) alone() bool { return o.Reimage || o.OSUpgrade || o.Repairs }

// A Rollout is how a change reaches the instances of one scale set.
type Rollout struct {
	Name     string
	State    *instances.State
	From, To int // capacity
	// Class is the worst class of the changes that reach instances, and Paths
	// are the properties that make it.
	Class diff.Class
	Paths []string
	// ModelOnly are the properties that changed and that concern the scale set
	// alone: no instance is touched because of them.
	ModelOnly []string
	Plan      upgrade.Plan
	// Removed are the instances that a lower capacity removes.
	Removed []placement.Instance
	// Needs is what the set needs now and at the moment with the most instances.
	Needs need.Table
	Cost  *cost.Table // nil without prices
	// Lost is what the failures of Options.Lose leave of the set as it is before
	// the upgrade.
	Lost     instances.Aftermath
	Findings diag.List
	Notes    []upgrade.Note
}

// Of plans the upgrade of one scale set. changes are those of the comparison.
// older and newer are the same for a reimage. The error says why nothing can be
// planned: the number of instances is not known, an instance does not exist, or
// Azure rejects the change.
func Of(older, newer *vmss.ScaleSet, changes []diff.Change, o Options) (*Rollout, error) {
	model := newer
	if newer.Partial() {
		model = older
	}
	r := &Rollout{Name: newer.Name}
	if err := r.open(older, model, newer, o); err != nil {
		return nil, err
	}
	change, err := r.change(changes, o)
	if err != nil {
		return nil, err
	}
	change.OS = system(model)
	change.Work = o.Work
	if d, ok := vmss.ParseDuration(known(model.TerminateAfter)); ok {
		change.TerminateNotice = d
	}
	policy, err := r.policy(model)
	if err != nil {
		return nil, err
	}
	switch {
	case o.OSUpgrade:
		r.osUpgrade(model, &policy, &change)
	case o.Repairs:
		r.repairs(model, &policy, &change)
	}
	in := upgrade.Input{Policy: policy, Health: health(model), Change: change, All: o.All, Lose: o.Lose, Cancel: o.Cancel}
	if err := r.state(model, &in, o); err != nil {
		return nil, err
	}
	in.Room = r.room(model, o)
	r.Plan = upgrade.New(in)
	r.needs(older, model, o)
	r.Cost = r.cost(older, model, o)
	r.findings(model, o)
	return r, nil
}

// open finds the instances that exist.
func (r *Rollout) open(older, model, newer *vmss.ScaleSet, o Options) error {
	era := limits.Judge(model, o.Era).Era
	from, ok := older.Capacity.Known()
	if o.Current != nil {
		from, ok = *o.Current, true
	}
	r.State = instances.FromTemplate(model, era)
	if o.List != nil {
		if err := r.State.AddInstances(o.List); err != nil {
			return err
		}
	} else {
		if !ok {
			return instances.UnknownCapacity(r.State.Name, older, instances.FieldFrom)
		}
		if old, known := instances.FromOld(older, model, from, era); known {
			r.State = old
		} else {
			r.State.Capacity = from
		}
	}
	if strings.HasPrefix(r.Name, "[") { // only the deployment knows it
		r.Name = instances.DefaultName
		r.State.Rename(r.Name)
	}
	set, err := r.State.Open()
	if err != nil {
		return err
	}
	r.From = set.Len()
	r.To = r.From
	if to, ok := newer.Capacity.Known(); ok && !o.alone() {
		r.To = to
	} else if newer.Capacity.State == vmss.Unknown && !o.alone() {
		r.note(fmt.Sprintf("The new capacity is known only at deployment; the plan assumes that it stays %d.", r.From), "", upgrade.Assumed)
	}
	return nil
}

// known returns the value of a field, "" when it is absent or not known.
func known(f vmss.Field[string]) string {
	text, _ := f.Known()
	return text
}

// change returns what the changes of a set do to its instances.
func (r *Rollout) change(changes []diff.Change, o Options) (c upgrade.Change, err error) {
	if o.alone() {
		r.Class = diff.Reimage
		return upgrade.Change{Action: upgrade.Reimage}, nil
	}
	for i := range changes {
		one := &changes[i]
		if strings.EqualFold(one.Path, "sku.capacity") {
			continue // that is no change of the instances that exist
		}
		class := one.Class
		if class == diff.Unknown && one.Depends {
			class = one.May
			r.note(fmt.Sprintf("%s depends on the deployment; the plan assumes that it changes.", one.Path), "", upgrade.Assumed)
		}
		if class == diff.Refused {
			return c, instances.Mistakef("Azure rejects the change of %s, so nothing rolls out", one.Path)
		}
		if class < diff.SetOnly {
			continue
		}
		if class == diff.SetOnly {
			r.ModelOnly = append(r.ModelOnly, one.Path)
			r.Class = max(r.Class, class)
			continue
		}
		r.Paths = append(r.Paths, one.Path)
		if one.Rule != nil && one.Rule.ByHand {
			c.Reimages = true
			continue
		}
		if class == diff.Unknown {
			r.note(fmt.Sprintf("How Azure applies a change of %s is not known; the plan leaves it out.", one.Path), "", upgrade.Assumed)
			continue
		}
		r.Class = max(r.Class, class)
		c.Action = max(c.Action, actionOf(class, one.Path))
	}
	return c, nil
}

// actionOf returns what a change of a class does to an instance. A new size stops the
// instance and starts it on another host.
func actionOf(class diff.Class, path string) upgrade.Action {
	switch {
	case class == diff.Restart && strings.EqualFold(path, "sku.name"):
		return upgrade.Redeploy
	case class == diff.Restart:
		return upgrade.Restart
	case class == diff.Reimage:
		return upgrade.Reimage
	case class == diff.Instances:
		return upgrade.InPlace
	}
	return upgrade.Nothing
}

func system(set *vmss.ScaleSet) upgrade.OS {
	switch set.System() {
	case vmss.Linux:
		return upgrade.Linux
	case vmss.Windows:
		return upgrade.Windows
	}
	return upgrade.UnknownOS
}

// policy reads the upgrade policy. what is known only at deployment takes the
// default of Azure, and a note says so.
func (r *Rollout) policy(set *vmss.ScaleSet) (p upgrade.Policy, err error) {
	mode := set.UpgradePolicy.Mode
	name, ok := mode.Known()
	switch {
	case ok:
		if p.Mode, err = upgrade.ParseMode(name); err != nil {
			return p, instances.Mistakef("%s: %v", r.Name, err)
		}
	case mode.Absent():
		r.note("The template has no upgrade mode, so the plan assumes Manual: an instance keeps its model until you upgrade it.", "", upgrade.Assumed)
	default:
		r.note("The upgrade mode is known only at deployment; the plan assumes Manual.", "", upgrade.Assumed)
	}
	rolling := set.UpgradePolicy.Rolling
	percent := func(f vmss.Field[int], name string, id guidance.ID) int {
		n, ok := f.Or(upgrade.DefaultPercent)
		if !ok {
			r.note(fmt.Sprintf("%s is known only at deployment; the plan assumes %d%%.", name, upgrade.DefaultPercent), "", upgrade.Assumed)
			return upgrade.DefaultPercent
		}
		if n < 0 || n > 100 || n < 5 && id != guidance.RollingUnhealthyUpgraded {
			says := guidance.Get(id)
			r.note(fmt.Sprintf("%s is %d, which Azure rejects; the plan shows the effect it would have. %s", name, n, says.Text), says.Link(), upgrade.Documented)
		}
		return max(0, min(100, n))
	}
	p.MaxBatchPercent = percent(rolling.MaxBatchPercent, "maxBatchInstancePercent", guidance.RollingBatch)
	p.MaxUnhealthyPercent = percent(rolling.MaxUnhealthyPercent, "maxUnhealthyInstancePercent", guidance.RollingUnhealthy)
	p.MaxUnhealthyUpgradedPercent = percent(rolling.MaxUnhealthyUpgradedPercent, "maxUnhealthyUpgradedInstancePercent", guidance.RollingUnhealthyUpgraded)
	if text := known(rolling.Pause); text != "" {
		var valid bool
		if p.Pause, valid = vmss.ParseDuration(text); !valid {
			r.note(fmt.Sprintf("pauseTimeBetweenBatches %q is not an ISO 8601 duration such as PT5M; the plan has no pause.", text), "", upgrade.Assumed)
		}
	}
	p.CrossZone, _ = rolling.CrossZone.Or(false)
	p.MaxSurge, _ = rolling.MaxSurge.Or(false)
	p.UnhealthyFirst, _ = rolling.PrioritizeUnhealthy.Or(false)
	p.Rollback, _ = rolling.Rollback.Or(false)
	r.contradictions(set, p)
	return p, nil
}

// contradictions notes what of the policy Azure does not accept together.
func (r *Rollout) contradictions(set *vmss.ScaleSet, p upgrade.Policy) {
	if p.Mode != upgrade.Rolling {
		return
	}
	if p.MaxUnhealthyPercent < p.MaxBatchPercent {
		says := guidance.Get(guidance.RollingUnhealthy)
		r.note(fmt.Sprintf("maxUnhealthyInstancePercent (%d) is below maxBatchInstancePercent (%d); Azure requires at least the same value.", p.MaxUnhealthyPercent, p.MaxBatchPercent), says.Link(), upgrade.Documented)
	}
	if health(set).Source == upgrade.NoHealth && !set.ServiceFabric() {
		r.note("Azure rejects mode Rolling without a load balancer probe or the application health extension; the plan shows the effect it would have.",
			"https://github.com/Azure/azure-myriad/issues/30", upgrade.Recorded)
	}
	if over, ok := set.Overprovisions(r.State.Era()); p.MaxSurge && over && ok {
		r.note("maxSurge needs overprovision to be false; the plan shows the effect it would have.", surgePage, upgrade.Reported)
	}
}

// Defaults of the application health extension
// (virtual-machine-scale-sets-health-extension).
const (
	extensionInterval = 5 * time.Second
	extensionProbes   = 1
)

// Defaults of a load balancer probe (load-balancer-custom-probe-overview).
const (
	probeInterval = 15 * time.Second
	probeCount    = 2
)

// health finds the health source of a set.
func health(set *vmss.ScaleSet) upgrade.Health {
	if e, ok := set.HealthExtension(); ok {
		settings := e.Settings.Node
		h := upgrade.Health{
			Source: upgrade.Extension, Interval: seconds(settings.Get("intervalInSeconds"), extensionInterval),
			Probes: count(settings.Get("numberOfProbes"), extensionProbes),
		}
		h.Grace = seconds(settings.Get("gracePeriod"), h.Interval*time.Duration(h.Probes))
		return h
	}
	if set.Network.HealthProbe.ID.IsSet() {
		probe := set.Network.HealthProbe.Target.Get("properties")
		return upgrade.Health{
			Source: upgrade.Probe, Interval: seconds(probe.Get("intervalInSeconds"), probeInterval), Probes: count(probe.Get("numberOfProbes"), probeCount),
		}
	}
	return upgrade.Health{}
}

// seconds reads a number of seconds, at most a day.
func seconds(n *expand.Node, absent time.Duration) time.Duration {
	if s, ok := n.Int(); ok && s > 0 && s <= 86_400 {
		return time.Duration(s) * time.Second
	}
	return absent
}

func count(n *expand.Node, absent int) int {
	if c, ok := n.Int(); ok && c > 0 && c <= 1000 {
		return int(c)
	}
	return absent
}

// state fills in the instances: those that exist, with what is said of them, and
// those that a new capacity adds or removes before the upgrade begins.
func (r *Rollout) state(model *vmss.ScaleSet, in *upgrade.Input, o Options) error {
	set, err := r.State.Open()
	if err != nil {
		return err
	}
	ids := func(names []string) (all []int, err error) {
		for _, name := range names {
			id, err := r.State.ParseID(name)
			if err != nil {
				return nil, err
			}
			if !slices.ContainsFunc(set.Instances(), func(i placement.Instance) bool { return i.ID == id }) {
				return nil, instances.Mistakef("%s has no instance %s", r.Name, name)
			}
			all = append(all, id)
		}
		return all, nil
	}
	unhealthy, err := ids(o.Unhealthy)
	if err != nil {
		return err
	}
	set.Mark(placement.Unhealthy, unhealthy...)
	if err := instances.CheckLosses(r.Name, set.Config(), o.Lose); err != nil {
		return err
	}
	r.Lost = r.State.After(set, o.Lose)
	if in.Fail, err = ids(o.Fail); err != nil {
		return err
	}
	if in.ByHand, err = ids(o.ByHand); err != nil {
		return err
	}
	added := map[int]bool{}
	if r.To != r.From {
		change, err := set.Resize(r.To)
		if err != nil {
			return err
		}
		for _, i := range change.Added {
			added[i.ID] = true
		}
		r.Removed = change.Removed
		if r.To > r.From {
			r.note("New instances get the newest model at once and count in the percentages; they are created before the first batch.",
				"https://github.com/opencb/opencga/issues/987", upgrade.Reported)
		} else {
			r.note("Whether instances are removed before the upgrade begins is not documented; the plan assumes so.", "", upgrade.Assumed)
		}
	}
	for _, i := range set.Instances() {
		in.State.Instances = append(in.State.Instances, upgrade.Instance{Instance: i, Latest: added[i.ID], Pinned: i.Flags.Has(placement.Pinned)})
	}
	c := set.Config()
	in.State.Zones, in.State.Flexible, in.State.ServiceFabric = c.Zones, c.Flexible, model.ServiceFabric()
	return nil
}

// room returns how many instances can be created beyond those of the set, given the
// limits that Azure enforces; -1 without such a limit.
func (r *Rollout) room(model *vmss.ScaleSet, o Options) int {
	n := max(r.From, r.To)
	most := -1
	for _, l := range limits.Of(limits.Judge(model, o.Era), limits.Options{Existing: &n, Usage: o.Usage, Sizes: o.Sizes, UsageOfSet: true}) {
		if l.Severity == diag.Error && l.Name != limits.CreatedAtOnce && (most < 0 || l.Max < most) {
			most = l.Max
		}
	}
	if most < 0 {
		return -1
	}
	return max(0, most-r.To)
}

// needs counts what the set needs now and at its peak. A change of the size is
// counted with both sizes: the cores of the old one until the last instance has
// the new one, and of the cores of the region the more that one instance takes.
func (r *Rollout) needs(older, model *vmss.ScaleSet, o Options) {
	options := limits.Options{Existing: &r.From, Usage: o.Usage, Sizes: o.Sizes, UsageOfSet: true}
	set := limits.Judge(model, o.Era)
	demands := limits.Demands(set, options)
	var before []limits.Demand // the cores of the old size
	added := map[string]bool{} // rows of the old size alone
	if model.SKUName.State == vmss.Unknown && !model.Partial() {
		r.note("The size is known only at deployment, so cores are not counted.", "", upgrade.Assumed)
	} else if !older.Partial() && older != model {
		for _, d := range limits.Demands(limits.Judge(older, o.Era), options) {
			if d.Kind != limits.DemandCores && d.Kind != limits.DemandSpotCores {
				continue
			}
			before = append(before, d)
			at := slices.IndexFunc(demands, func(n limits.Demand) bool { return sameDemand(n, d) })
			switch {
			case at >= 0:
				demands[at].Each = max(demands[at].Each, d.Each)
			default:
				first := slices.IndexFunc(demands, func(n limits.Demand) bool { return n.Kind == d.Kind })
				if first < 0 {
					first = min(1, len(demands)) // after the instances
				}
				demands, added[d.About] = slices.Insert(demands, first, d), true
			}
		}
	}
	now := need.At(r.State.Mix, r.From)
	now.Label = "now"
	peak := need.At(r.State.Mix, max(r.Plan.Peak, r.From, r.To))
	peak.Label = "at most"
	if r.To > r.From && r.State.Overprovisions && !r.State.Flexible {
		peak.Surplus = placement.Surplus(r.To-r.From, r.To)
	}
	r.Needs = need.Of(demands, limits.Of(set, options), []need.Moment{now, peak})
	if before != nil {
		r.needsBefore(before, added, now)
	}
}

// needsBefore corrects the rows of cores where the size changes: what the old
// size takes now, and no more of it later.
func (r *Rollout) needsBefore(before []limits.Demand, added map[string]bool, now need.Moment) {
	for i := range r.Needs.Rows {
		row := &r.Needs.Rows[i]
		if row.Kind != limits.DemandCores && row.Kind != limits.DemandSpotCores {
			continue
		}
		old := need.Cell{}
		if at := slices.IndexFunc(before, func(d limits.Demand) bool { return sameDemand(d, row.Demand) }); at >= 0 {
			old = need.Of(before[at:at+1], nil, []need.Moment{now}).Rows[0].Cells[0]
		}
		row.Cells[0].Amount, row.Cells[0].Peak = old.Amount, old.Peak
		if added[row.About] {
			row.Cells[1] = old
		}
	}
}

// sameDemand reports whether two demands are of the same thing.
func sameDemand(a, b limits.Demand) bool {
	return a.Kind == b.Kind && strings.EqualFold(a.About, b.About)
}

// cost adds up what the set costs before and after, and what the surge does.
func (r *Rollout) cost(older, model *vmss.ScaleSet, o Options) *cost.Table {
	if o.Prices == nil {
		return nil
	}
	if older.Partial() {
		older = model
	}
	t := cost.Between(older, model, r.From, r.To, o.Prices, o.Region)
	if t.Missing != "" {
		return t
	}
	after := t.Rows[1].Estimate
	var surge cost.Range
	for _, b := range r.Plan.Batches {
		if n := len(b.Surge); n > 0 {
			surge.Least += after.Hour(n) * b.Took.Least / 60
			surge.Most += after.Hour(n) * b.Took.Most / 60
		}
	}
	if surge.Most > 0 {
		t.Surge = &surge
	}
	return t
}

func (r *Rollout) note(text, source string, sure upgrade.Sureness) {
	r.Notes = append(r.Notes, upgrade.Note{Text: text, Source: source, Sureness: sure})
}
