package whatif

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/azure/prices"
	"github.com/scaleset/scaleset/pkg/capacity/cost"
	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/need"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// MaxWork limits the number of instances in all steps of a plan together.
const MaxWork = 20_000_000

// KeptMax is the largest number of instances for which Step.Kept is filled in: a
// picture has no room for more.
const KeptMax = 5000

// A Plan is the result of a series of capacity changes of one scale set.
type Plan struct {
	ScaleSet string
	Config   placement.Config // with its defaults filled in
	Start    placement.Balance
	// Lost is what the failures of Options.Lose leave before the first step.
	Lost  instances.Aftermath
	Steps []Step
	Final []placement.Instance // by id
	// Limits are all limits that are known, the tightest first.
	Limits []Limit
	// PlacedBy says how instances were placed whose domains the list does not have:
	// "id" or "rank"; "" if it has them.
	PlacedBy string
	// Grounds are the rules that the plan follows, for this scale set and its policy.
	Grounds []Ground
	// Notes name the model and say what was assumed.
	Notes        []string
	Explanations []Explanation

	source *Source
	slots  *slots
}

// A Step is one change of the series.
type Step struct {
	Written string // the change as it is written: "15", "+5", "-10%"
	From    int
	To      int // requested
	Reached int // the result
	Added   []placement.Instance
	Removed []placement.Instance // in the order in which they are removed
	Surplus []placement.Instance // created temporarily by overprovisioning
	// Kept are the instances that remain, by id; nil above KeptMax.
	Kept            []placement.Instance
	Before, Balance placement.Balance
	Survivors       Survivors
	// Lost is what the failures of Options.Lose leave after the step.
	Lost     instances.Aftermath
	Notes    []string
	Findings diag.List
}

// IDs returns the lowest and the highest id that the step creates, including the
// surplus of overprovisioning, whose survivors are random. Both are -1 if it creates
// none.
func (s *Step) IDs() (first, last int) {
	first, last = -1, -1
	for _, list := range [...][]placement.Instance{s.Added, s.Surplus} {
		for i := range list {
			if id := list[i].ID; first < 0 || id < first {
				first = id
			}
			last = max(last, list[i].ID)
		}
	}
	return first, last
}

// Survivors are the numbers of running instances that are left if the worst domain of
// a kind fails; -1 if the scale set has no such domains.
type Survivors struct{ FaultDomain, UpdateDomain, Zone int }

// New plans a series of changes. It returns a [*Mistake] for an input that contradicts
// itself. What Azure rejects or advises against is a finding of its step, and the
// series continues from the capacity that is reached.
func New(src *Source, changes []Change, o Options) (*Plan, error) {
	from, changes, err := start(src, changes, o)
	if err != nil {
		return nil, err
	}
	if err := checkSeries(from, changes); err != nil {
		return nil, err
	}
	c, err := o.config(src)
	if err != nil {
		return nil, err
	}
	basis, open := src.Basis(c)
	plan, err := build(src, c, from, basis, changes, o)
	if err != nil {
		return nil, err
	}
	if len(src.Unplaced) > 0 && len(src.Unplaced) == len(src.Instances) {
		plan.PlacedBy = basis.String()
	}
	if open {
		if err := plan.compareBases(src, c, from, changes, o, basis); err != nil {
			return nil, err
		}
	}
	return plan, nil
}

// build makes the plan, with instances of unknown domains placed on a basis.
func build(src *Source, c placement.Config, from int, basis placement.Basis, changes []Change, o Options) (*Plan, error) {
	b := &builder{source: src, options: o, existing: existing(src, changes, o, from)}
	var err error
	if b.set, err = open(src, c, from, basis); err != nil {
		return nil, &instances.Mistake{Text: err.Error()}
	}
	if err := b.mark(); err != nil {
		return nil, err
	}
	if err := instances.CheckLosses(src.Name, b.set.Config(), o.Lose); err != nil {
		return nil, err
	}
	b.begin()
	for _, change := range changes {
		if err := b.step(change); err != nil {
			return nil, err
		}
	}
	b.finish()
	return b.plan, nil
}

// compareBases says which basis the plan uses, and what the other one would give if it
// differs.
func (p *Plan) compareBases(src *Source, c placement.Config, from int, changes []Change, o Options, basis placement.Basis) error {
	other := placement.ByID
	if basis == placement.ByID {
		other = placement.ByRank
	}
	o.Explain = nil
	alternative, err := build(src, c, from, other, changes, o)
	if err != nil {
		return err
	}
	same := "; by rank, the result is the same"
	text := "the list has no domains, so instances are placed by id, as in a scale set that was only scaled in since it was created (recorded)"
	when := "if the scale set was restarted or scaled out since then"
	if basis == placement.ByRank {
		same = "; by id, the result is the same"
		text = "the list has no domains, so instances are placed by rank, because the ids are too high for a scale set that was only scaled in since it was created (recorded)"
		when = "if it was only scaled in"
	}
	for i := range p.Steps {
		mine, theirs := idsOf(p.Steps[i].Removed), idsOf(alternative.Steps[i].Removed)
		if !slices.Equal(mine, theirs) {
			same = fmt.Sprintf("; %s, step %d removes %s instead", when, i+1, alternative.namesOf(alternative.Steps[i].Removed))
			break
		}
	}
	p.Notes = append(p.Notes, text+same)
	return nil
}

// idsOf returns the ids of instances in ascending order.
func idsOf(all []placement.Instance) []int {
	ids := make([]int, len(all))
	for i := range all {
		ids[i] = all[i].ID
	}
	slices.Sort(ids)
	return ids
}

// namesOf names a few instances for a sentence.
func (p *Plan) namesOf(all []placement.Instance) string {
	const few = 8
	var names []string
	for _, id := range idsOf(all) {
		if len(names) == few {
			names = append(names, fmt.Sprintf("and %d more", len(all)-few))
			break
		}
		names = append(names, p.Name(id))
	}
	return strings.Join(names, " ")
}

// start returns the capacity at the start, and the changes, preceded by that of the
// template if it counts as one.
func start(s *Source, changes []Change, o Options) (int, []Change, error) {
	switch {
	case o.From != nil && o.Current != nil:
		return 0, nil, instances.Mistakef("%s and %s cannot be combined, because both set the present number of instances; use one of them", instances.FieldFrom, instances.FieldCurrent)
	case o.Current != nil && s.Set == nil:
		return 0, nil, instances.Mistakef("%s needs a template; add the template, or use %s %d", instances.FieldCurrent, instances.FieldFrom, *o.Current)
	case s.Instances != nil && (o.From != nil || o.Current != nil):
		return 0, nil, instances.Mistakef("the list has %s; remove %s and %s", diag.Count(len(s.Instances), "instance"), instances.FieldFrom, instances.FieldCurrent)
	}
	from := s.Capacity
	switch {
	case o.From != nil:
		from = *o.From
	case o.Current != nil:
		from = *o.Current
	case s.Instances != nil:
		from = len(s.Instances)
	}
	if from < 0 && o.From == nil && o.Current == nil {
		if s.Set == nil {
			return 0, nil, instances.Mistakef("the present number of instances was not given; pass %s N, a template, or %s", instances.FieldFrom, instances.FieldList)
		}
		if n, ok := s.Set.Capacity.Known(); ok {
			return 0, nil, instances.Mistakef("the template has a capacity of %d, and a capacity cannot be negative; change it, or pass %s N", n, instances.FieldFrom)
		}
		return 0, nil, instances.UnknownCapacity(s.Name, s.Set, instances.FieldFrom)
	}
	if from < 0 || from > placement.MaxInstances {
		return 0, nil, instances.Mistakef("a capacity of %d cannot be simulated; use 0 to %d", from, placement.MaxInstances)
	}
	if wanted := s.Capacity; s.Set != nil && wanted >= 0 && len(changes) == 0 && (o.Current != nil || s.Instances != nil) {
		changes = []Change{{Amount: wanted}}
	}
	return from, changes, nil
}

// existing returns the number of instances before the changes, or nil if nothing says
// that the scale set exists, as for a template alone.
func existing(s *Source, changes []Change, o Options, from int) *int {
	if s.Set != nil && !s.Saved && s.Instances == nil && o.From == nil && o.Current == nil && len(changes) == 0 {
		return nil
	}
	return &from
}

func open(s *Source, c placement.Config, from int, basis placement.Basis) (*placement.Set, error) {
	if s.Instances != nil {
		return placement.RestoreBy(c, s.Instances, basis)
	}
	return placement.New(c, from)
}

type builder struct {
	source  *Source
	options Options
	// existing is the number of instances before the changes; nil if the scale set
	// may not exist yet.
	existing *int
	// random says that the ids are those of one of many outcomes: which
	// instances survive overprovisioning is random.
	random bool
	set    *placement.Set
	plan   *Plan
	why    *explainer
	work   int
}

func (b *builder) mark() error {
	b.set.Raise(max(b.options.NextID, b.source.NextID(b.set.Len(), b.set.Config().Overprovision)))
	for _, m := range []struct {
		flag  placement.Flags
		ids   []int
		named instances.Field
	}{{placement.Protected, b.options.Protect, instances.FieldProtect}, {placement.Unhealthy, b.options.Unhealthy, instances.FieldUnhealthy}, {placement.Deallocated, b.options.Deallocated, instances.FieldDeallocated}} {
		if len(m.ids) == 0 {
			continue
		}
		if missing := b.set.Mark(m.flag, m.ids...); len(missing) > 0 {
			return instances.Mistakef("%s %s: the scale set has no instance %s", m.named, numbers(m.ids), numbers(missing)+has(b.set))
		}
	}
	return nil
}

func numbers(ids []int) string {
	return strings.Trim(strings.Join(strings.Fields(fmt.Sprint(ids)), ","), "[]")
}

// has says which instances exist.
func has(s *placement.Set) string {
	in := s.Instances()
	if len(in) == 0 {
		return "; it is empty"
	}
	return fmt.Sprintf("; its %s are %d to %d", diag.Count(len(in), "instance"), in[0].ID, in[len(in)-1].ID)
}

func (b *builder) begin() {
	s := b.source
	b.plan = &Plan{ScaleSet: s.Name, Config: b.set.Config(), Start: b.set.Balance(), source: s}
	b.plan.Lost = s.After(b.set, b.options.Lose)
	b.plan.slots = newSlots(b.plan.Config.Model, s.Pools, b.set.Instances())
	b.plan.Limits = s.Limits(b.plan.Config.Model, b.existing)
	b.plan.Grounds = grounds(b.plan.Config, s)
	for _, g := range b.plan.Grounds {
		b.plan.Notes = append(b.plan.Notes, g.String())
	}
	b.plan.Notes = append(b.plan.Notes, s.Notes...)
	if b.random = b.plan.Config.Overprovision && (s.Instances == nil || s.Assumed) && b.set.Len() > 0 && b.plan.Config.Model == placement.Current; b.random {
		n := b.set.Len()
		b.plan.Notes = append(b.plan.Notes, fmt.Sprintf("overprovisioning is on: the ids of a new scale set of %s are random, from 0 to %d; the preview shows the lowest",
			diag.Count(n, "instance"), n+placement.Surplus(n, n)-1))
	}
	b.why = newExplainer(b.options.Explain, b.plan)
	if len(b.options.Explain) > 0 {
		b.set.Trace(b.why.removal)
	}
}

func (b *builder) step(change Change) error {
	from := b.set.Len()
	to, err := apply(change, from, &b.work)
	if err != nil {
		return err
	}
	before, balance := b.set.Instances(), b.set.Balance()
	b.why.step++
	done, err := b.set.Resize(to)
	var blocked *placement.BlockedError
	if err != nil && !errors.As(err, &blocked) {
		return &instances.Mistake{Text: err.Error()}
	}
	s := Step{
		Written: change.String(), From: from, To: to, Reached: done.Reached,
		Added: done.Added, Removed: done.Removed, Surplus: done.Surplus,
		Before: balance, Balance: b.set.Balance(),
	}
	if len(before) <= KeptMax {
		s.Kept = kept(before, done.Removed)
	}
	b.plan.slots.change(done)
	b.why.change(done)
	s.Survivors = SurvivorsOf(b.plan.Config, s.Balance)
	s.Lost = b.source.After(b.set, b.options.Lose)
	s.Notes = stepNotes(b.plan, &s, b.random)
	b.random = b.random || len(s.Surplus) > 0
	s.Findings = b.findings(&s, blocked)
	b.plan.Steps = append(b.plan.Steps, s)
	return nil
}

// apply returns the capacity after a change, or an error if it cannot be simulated.
func apply(change Change, from int, work *int) (to int, err error) {
	to = change.Apply(from)
	switch *work += max(from, to); {
	case to < 0:
		return 0, instances.Mistakef("%s from %d gives %d, and a capacity cannot be negative", change, from, to)
	case to > placement.MaxInstances:
		return 0, instances.Mistakef("%s from %d gives %d; at most %d instances can be simulated", change, from, to, placement.MaxInstances)
	case *work > MaxWork:
		return 0, instances.Mistakef("the series is too long for a scale set of this size (more than %d instances in all steps); use fewer steps", MaxWork)
	}
	return to, nil
}

// checkSeries rejects what cannot be simulated before anything is; what is
// reached may differ later, and is checked again.
func checkSeries(from int, changes []Change) (err error) {
	work := 0
	for _, c := range changes {
		if from, err = apply(c, from, &work); err != nil {
			return err
		}
	}
	return nil
}

func kept(before, removed []placement.Instance) []placement.Instance {
	gone := make(map[int]bool, len(removed))
	for i := range removed {
		gone[removed[i].ID] = true
	}
	stay := make([]placement.Instance, 0, len(before)-len(removed))
	for i := range before {
		if !gone[before[i].ID] {
			stay = append(stay, before[i])
		}
	}
	return stay
}

// SurvivorsOf returns how many of the running instances are left if the worst domain
// of each kind fails.
func SurvivorsOf(c placement.Config, b placement.Balance) Survivors {
	s := Survivors{FaultDomain: b.Running - b.LargestFault, UpdateDomain: b.Running - b.LargestUpdate, Zone: -1}
	if c.FaultDomains == 1 {
		s.FaultDomain = -1 // with max spreading, it is unknown which instances share a rack
	}
	if c.UpdateDomains <= 1 {
		s.UpdateDomain = -1
	}
	if len(b.Zones) > 0 {
		s.Zone = b.Running - b.LargestZone
	}
	return s
}

func (b *builder) findings(s *Step, blocked *placement.BlockedError) (all diag.List) {
	for _, l := range limits.Exceeded(b.plan.Limits, s.To) {
		d := finding(b.source, l, s.To)
		if s.To <= s.From && b.source.Instances != nil && !b.source.Assumed {
			// The list shows that the scale set has more, so Azure allows it.
			d.Severity = min(d.Severity, diag.Warning)
			d.Detail = fmt.Sprintf("The scale set already exceeds it, with %d instances in the list. %s", s.From, l.Remedy)
		}
		all.Add(d)
	}
	at := b.source.Place.At()
	switch {
	case blocked != nil:
		d := all.Errorf(codeZones, "simulate-zones", at, "the capacity stays at %d: %v", s.Reached, blocked)
		d.Detail = "Wait for the zones, or set zoneBalance to false so that instances are created in the other zones."
		if !blocked.Strict {
			d.Detail = "Wait for the zones to come back."
		}
	case s.Reached > s.To:
		d := all.Errorf(codeProtected, "simulate-protected", at, "%s", protectedText(s))
		d.Detail = "Remove the protection (az vmss update --protect-from-scale-in false --instance-id ID), or scale in less."
	}
	return all
}

func protectedText(s *Step) string {
	wanted, gone := s.From-s.To, len(s.Removed)
	if gone == 0 {
		return fmt.Sprintf("none of %s can be removed, because all are protected from scale-in", diag.Count(s.From, "instance"))
	}
	return fmt.Sprintf("only %d of %d instances can be removed, because the other %d are protected from scale-in", gone, wanted, s.Reached)
}

func (b *builder) finish() {
	b.plan.Final = b.set.Instances()
	b.plan.Explanations = b.why.finish(b.set)
}

// Needs returns what the scale set needs at the start and at the requested capacity of
// each step.
func (p *Plan) Needs() need.Table {
	start := need.Moment{Label: "now", Instances: p.Start.Total, Regular: p.Start.Total, Spot: p.Start.Total, Groups: len(p.Start.Groups)}
	mixed := p.Config.Mix != nil
	if mixed {
		start.Regular, start.Spot = p.Start.Total-p.Start.Spot, p.Start.Spot
	}
	if len(p.Steps) == 0 {
		start.Label = ""
	}
	moments := []need.Moment{start}
	for i := range p.Steps {
		s := &p.Steps[i]
		m := need.Moment{Instances: s.To, Regular: s.To, Spot: s.To, Surplus: len(s.Surplus), Groups: len(s.Balance.Groups)}
		if mixed {
			m.Regular, m.Spot = s.Balance.Total-s.Balance.Spot, s.Balance.Spot
		}
		moments = append(moments, m)
	}
	return need.Of(p.source.Demands(p.Config.Model), p.Limits, moments)
}

// Cost returns what the scale set costs at the start and at the capacity that each
// step reaches. region is used if the template does not have it.
func (p *Plan) Cost(list *prices.List, region string) *cost.Table {
	t := &cost.Table{Currency: list.Currency}
	if p.source.Set == nil || p.source.Set.Partial() {
		t.Missing = "no price, because the size, operating system and priority of the instances are unknown"
		return t
	}
	e, err := cost.Of(p.source.Set, list, region)
	if err != nil {
		t.Missing = err.Error()
		return t
	}
	label := "now"
	if len(p.Steps) == 0 {
		label = ""
	}
	t.Rows = []cost.Row{e.Row(label, p.Start.Total)}
	for i := range p.Steps {
		t.Rows = append(t.Rows, e.Row("", p.Steps[i].Reached))
	}
	return t
}

// NeedsAt returns what the scale set needs with each of some numbers of instances.
func (p *Plan) NeedsAt(counts ...int) need.Table {
	moments := make([]need.Moment, len(counts))
	for i, n := range counts {
		moments[i] = need.At(p.Config.Mix, n)
	}
	return need.Of(p.source.Demands(p.Config.Model), p.Limits, moments)
}

// HasErrors reports whether a step has a finding that is an error.
func (p *Plan) HasErrors() bool {
	return slices.ContainsFunc(p.Steps, func(s Step) bool { return s.Findings.HasErrors() })
}

// Findings returns those of all steps, in order.
func (p *Plan) Findings() (all diag.List) {
	for i := range p.Steps {
		all = append(all, p.Steps[i].Findings...)
	}
	return all
}
