package upgrade

import (
	"cmp"
	"slices"

	"github.com/scaleset/scaleset/pkg/capacity/placement"
)

// An Input is the input of a plan.
type Input struct {
	State  State
	Policy Policy
	Health Health
	Change Change
	// ByHand are the ids that are upgraded by hand in mode Manual; nil for none. All
	// says that they are upgraded together (update-instances '*').
	ByHand []int
	All    bool
	// Fail are the ids that are unhealthy after they are upgraded.
	Fail []int
	// Cancel is the number of the batch during which a rolling
	// upgrade is canceled; 0 for none.
	Cancel int
	// Lose are failures that happen during the upgrade, for [Moment.Lost].
	Lose []placement.Loss
	// Room is the number of instances that addresses, quota and limits allow in
	// addition to the existing ones; negative if it is unknown, which counts as
	// enough. With MaxSurge, a batch that does not fit is upgraded in place.
	Room int
}

// A Batch is one step of an upgrade.
type Batch struct {
	Number int    // from 1
	Zone   string // "" if the batch is not limited to one zone
	// UpdateDomain is -1 if the batch is not limited to one update domain.
	UpdateDomain int
	Action       Action
	Instances    []Instance // in the order of the upgrade
	// Surge are the instances that replace those of the batch: with MaxSurge they
	// are created first, by repairs afterwards. Empty otherwise.
	Surge []Instance
	// InPlace reports that there was no room for the surge of this batch.
	InPlace bool
	// Running is the number of running instances while the batch is upgraded.
	Running int
	// Then is the number of running instances when the batch is done.
	Then int
	// Lost is what is running in this batch after each failure of Input.Lose.
	Lost []placement.Remainder
	// Exists is the number of all instances at that moment, including the surge.
	Exists int
	Start  Minutes // when it begins, from the start of the upgrade
	Took   Minutes // how long it takes, its pause not included
}

// A Moment is the worst moment of an upgrade, with the fewest running instances.
type Moment struct {
	Batch   int // 0: no batch, the state before
	Running int
	// Lost is what is left if one more domain fails at that moment, or if the failures
	// of Input.Lose happen.
	Lost []placement.Remainder
	// LostAt is, for each item of Lost, the batch in which that failure leaves the
	// fewest instances.
	LostAt []int
	// Together is the number of running instances if all failures of Input.Lose
	// happen in batch TogetherAt, the worst one for that; both are 0 without two
	// failures.
	Together, TogetherAt int
}

// A Plan says how a change reaches the instances of a scale set.
type Plan struct {
	Policy  Policy
	Change  Change
	Batches []Batch
	// Worst is the moment with the fewest running instances.
	Worst Moment
	// Before and After are the numbers of running instances before and after the
	// upgrade.
	Before, After int
	// ByHand are the instances that get the whole change only when they are reimaged
	// or upgraded by hand.
	ByHand []Instance
	// Untouched are the instances that no batch upgrades.
	Untouched []Instance
	// Minutes is how long all batches take, including pauses.
	Minutes Minutes
	// Peak is the largest number of instances that exist at the same time.
	Peak  int
	Stop  *Stop // nil: the upgrade runs to its end
	Notes []Note
	// Final are the instances after the upgrade, by id.
	Final []Instance
}

// New plans an upgrade.
func New(in Input) Plan {
	p := &planner{Input: in, serving: placement.NewServing(in.State.Zones, nil), failing: map[int]bool{}, became: map[int]Instance{}}
	p.plan = Plan{Policy: in.Policy, Change: in.Change}
	for _, id := range in.Fail {
		p.failing[id] = true
	}
	p.next = in.State.NextID
	for _, i := range in.State.Instances {
		p.next = max(p.next, i.ID+1)
		p.serving.Add(&i.Instance, 1)
		if i.Flags.Has(placement.Unhealthy) {
			p.unhealthy++
		}
	}
	p.total = len(in.State.Instances)
	p.plan.Before, p.plan.Peak = p.serving.Running(), p.total
	p.look(0, nil)
	touched := p.divide()
	if len(touched) > 0 {
		p.roll(p.batches(touched))
	}
	p.finish()
	return p.plan
}

// A planner makes one plan.
type planner struct {
	Input
	plan      Plan
	serving   *placement.Serving
	total     int // instances of the scale set
	unhealthy int // instances that are unhealthy now
	upgraded  []Instance
	failed    int // of the upgraded ones, unhealthy
	failing   map[int]bool
	next      int              // the next new id
	became    map[int]Instance // the instance after its upgrade, by its old id
	clock     Minutes
}

// divide returns the instances that the upgrade reaches, and lists the others.
func (p *planner) divide() (touched []Instance) {
	changes := p.Change.Action != Nothing || p.Change.Walk
	byHand := map[int]bool{}
	for _, id := range p.ByHand {
		byHand[id] = true
	}
	for _, i := range p.State.Instances {
		reached := p.Policy.Mode != Manual || p.All || byHand[i.ID]
		if p.Policy.Mode == Repair {
			// Both kinds of protection keep an instance from repairs.
			reached = i.Flags.Has(placement.Unhealthy) && !i.Flags.Has(placement.Protected)
		}
		switch {
		case p.Policy.Mode == Repair && !reached:
			p.plan.Untouched = append(p.plan.Untouched, i)
			continue
		case i.Latest:
			p.plan.Untouched = append(p.plan.Untouched, i)
			continue
		case p.Change.Reimages && !i.Pinned, !reached && changes && !i.Pinned:
			p.plan.ByHand = append(p.plan.ByHand, i)
		}
		if reached && !i.Pinned && changes {
			touched = append(touched, i)
		} else {
			p.plan.Untouched = append(p.plan.Untouched, i)
		}
	}
	byID(p.plan.ByHand)
	byID(p.plan.Untouched)
	return touched
}

func byID(list []Instance) {
	slices.SortFunc(list, func(a, b Instance) int { return cmp.Compare(a.ID, b.ID) })
}

// batches divides the instances of an upgrade into batches.
func (p *planner) batches(touched []Instance) []Batch {
	switch p.Policy.Mode {
	case Manual, Automatic:
		byID(touched)
		return []Batch{{UpdateDomain: -1, Instances: touched}}
	case Repair:
		byID(touched)
		var all []Batch
		for chunk := range slices.Chunk(touched, BatchSize(repairPercent, p.total)) {
			all = append(all, Batch{UpdateDomain: -1, Instances: chunk})
		}
		return all
	}
	zone := map[string]int{}
	for n, z := range p.State.Zones {
		zone[z] = n + 1 // regional instances of a zonal set come first
	}
	crossZone := p.Policy.CrossZone || len(p.State.Zones) < 2
	domains := map[int16]bool{}
	for _, i := range touched {
		domains[i.UpdateDomain] = true
	}
	border := func(i Instance) (first bool, z int, domain int16) {
		first = p.Policy.UnhealthyFirst && i.Flags.Has(placement.Unhealthy)
		if !crossZone {
			z = zone[i.Zone]
		}
		domain = placement.NoDomain
		if len(domains) > 1 && !p.State.Flexible {
			domain = i.UpdateDomain
		}
		return first, z, domain
	}
	slices.SortFunc(touched, func(a, b Instance) int {
		af, az, ad := border(a)
		bf, bz, bd := border(b)
		switch {
		case af != bf:
			return cmp.Compare(btoi(bf), btoi(af))
		case az != bz:
			return cmp.Compare(az, bz)
		case ad != bd:
			return cmp.Compare(ad, bd)
		}
		return cmp.Compare(a.ID, b.ID)
	})
	limit := BatchSize(p.Policy.MaxBatchPercent, p.total)
	if p.State.ServiceFabric {
		limit = p.total // a batch is one update domain, however large
	}
	var all []Batch
	for len(touched) > 0 {
		_, z, domain := border(touched[0])
		first, _, _ := border(touched[0])
		n := 1
		for n < min(limit, len(touched)) {
			f, nz, nd := border(touched[n])
			if f != first || nz != z || nd != domain {
				break
			}
			n++
		}
		b := Batch{UpdateDomain: int(domain), Instances: touched[:n:n]}
		if !crossZone {
			b.Zone = touched[0].Zone
		}
		all = append(all, b)
		touched = touched[n:]
	}
	return all
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// BatchSize returns the number of instances in the largest batch of a scale set of n:
// the percentage of all instances, rounded down, and at least one. The documentation
// gives 2 of 10 at 20%, and one at a time up to 5 instances; that the rest is rounded
// down follows from "maximum" (virtual-machine-scale-sets-automatic-upgrade,
// virtual-machine-scale-sets-configure-rolling-upgrades).
func BatchSize(percent, n int) int { return max(1, percent*n/100) }

// roll goes through the batches until one stops the upgrade.
func (p *planner) roll(batches []Batch) {
	rolling := p.Policy.Mode == Rolling
	if p.Policy.Mode == Repair {
		grace := minutes(p.Policy.Grace)
		p.clock = Minutes{grace, grace}
	}
	for n, b := range batches {
		if rolling && p.stopsBefore(n, batches[n:]) {
			return
		}
		if n > 0 {
			pause := minutes(p.Policy.Pause)
			p.clock = p.clock.plus(Minutes{pause, pause})
		}
		b.Number, b.Action, b.Start = n+1, p.Change.Action, p.clock
		p.run(&b)
		b.Took = p.took(b).rounded()
		p.clock = p.clock.plus(p.took(b))
		b.Start = b.Start.rounded()
		p.plan.Batches = append(p.plan.Batches, b)
		if rolling && p.Cancel == b.Number {
			p.cancel(b, batches[n+1:])
			return
		}
		if rolling && p.stopsAfter(n+1, batches[n+1:]) {
			return
		}
	}
}

// took returns how long a batch takes.
func (p *planner) took(b Batch) Minutes {
	m := p.Change.work(b.Action)
	if b.Action == Replace {
		notice := minutes(p.Change.TerminateNotice)
		m.Most += notice
	}
	if p.Policy.Mode == Rolling || p.Policy.Mode == Repair {
		m = m.plus(p.Health.wait(p.Change.Action != Nothing))
	}
	return m
}

// run upgrades the instances of a batch.
func (p *planner) run(b *Batch) {
	surge := p.Policy.Mode == Rolling && p.Policy.MaxSurge
	if surge && p.Room >= 0 && len(b.Instances) > p.Room {
		surge, b.InPlace = false, true
	}
	b.Exists = p.total
	replaces := surge || p.Policy.Mode == Repair && b.Action == Replace
	if surge {
		b.Action, b.Exists = Replace, p.total+len(b.Instances)
		p.plan.Peak = max(p.plan.Peak, b.Exists)
	}
	if replaces {
		for _, old := range b.Instances {
			i := old
			i.ID, i.Flags = p.next, old.Flags&placement.Spot
			p.next++
			b.Surge = append(b.Surge, i)
		}
	}
	interrupted := !surge && b.Action > InPlace // the instances are not running meanwhile
	if interrupted {
		for _, i := range b.Instances {
			p.leave(i)
		}
	}
	b.Running = p.serving.Running()
	for _, l := range p.Lose {
		b.Lost = append(b.Lost, placement.Remainder{Loss: l, Running: b.Running - p.serving.Taken(l)})
	}
	away := b.Instances
	if !interrupted {
		away = nil
	}
	p.look(b.Number, away)
	for n, old := range b.Instances {
		i := old
		if !interrupted {
			p.leave(old)
		}
		if replaces {
			i = b.Surge[n]
		}
		p.arrive(old, i, b.Action)
	}
	b.Then = p.serving.Running()
}

// leave subtracts an instance from the running ones.
func (p *planner) leave(i Instance) { p.serving.Add(&i.Instance, -1) }

// arrive counts i, which replaces old or is old after its upgrade.
func (p *planner) arrive(old, i Instance, action Action) {
	i.Latest = true
	if old.Flags.Has(placement.Unhealthy) {
		p.unhealthy--
		if action >= Reimage { // a new disk or a new machine is assumed to heal
			i.Flags &^= placement.Unhealthy
		}
	}
	if p.failing[old.ID] {
		i.Flags |= placement.Unhealthy
	}
	if i.Flags.Has(placement.Unhealthy) {
		p.unhealthy++
		p.failed++
	}
	p.serving.Add(&i.Instance, 1)
	p.upgraded = append(p.upgraded, i)
	p.became[old.ID] = i
}

// look compares the present state with the worst moment so far. away are the
// instances that are not running because they are upgraded.
func (p *planner) look(batch int, away []Instance) {
	w := &p.plan.Worst
	lose := p.Lose
	if len(lose) == 0 {
		lose = p.serving.Worst(p.State.Zones)
	}
	for _, l := range lose {
		left := p.serving.Running() - p.serving.Taken(l)
		at := slices.IndexFunc(w.Lost, func(r placement.Remainder) bool {
			return r.Loss.Kind == l.Kind && (len(p.Lose) == 0 || r.Loss == l)
		})
		switch {
		case at < 0:
			w.Lost, w.LostAt = append(w.Lost, placement.Remainder{Loss: l, Running: left}), append(w.LostAt, batch)
		case left < w.Lost[at].Running:
			w.Lost[at], w.LostAt[at] = placement.Remainder{Loss: l, Running: left}, batch
		}
	}
	if len(p.Lose) > 1 {
		if left := p.together(away); batch == 0 || left < w.Together {
			w.Together, w.TogetherAt = left, batch
		}
	}
	if batch == 0 || p.serving.Running() < w.Running {
		w.Batch, w.Running = batch, p.serving.Running()
	}
}

// together returns what is running now if all failures happen together.
func (p *planner) together(away []Instance) int {
	gone := make(map[int]bool, len(away))
	for _, i := range away {
		gone[i.ID] = true
	}
	now := make([]placement.Instance, 0, p.total)
	for _, i := range p.State.Instances {
		if gone[i.ID] {
			continue
		}
		if new, ok := p.became[i.ID]; ok {
			i = new
		}
		now = append(now, i.Instance)
	}
	_, left := placement.After(now, p.State.Zones, nil, p.Lose)
	return left
}

// finish fills in the end of the plan.
func (p *planner) finish() {
	p.plan.After = p.serving.Running()
	p.plan.Minutes = p.clock.rounded()
	p.plan.Final = make([]Instance, 0, p.total)
	for _, i := range p.State.Instances {
		if now, ok := p.became[i.ID]; ok {
			i = now
		}
		p.plan.Final = append(p.plan.Final, i)
	}
	byID(p.plan.Final)
	p.notes()
}
