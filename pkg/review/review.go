package review

import (
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/deploy"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/review/connect"
	"github.com/scaleset/scaleset/pkg/review/diff"
	"github.com/scaleset/scaleset/pkg/review/graph"
	"github.com/scaleset/scaleset/pkg/review/rollout"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// A Review is all facts of one document.
type Review struct {
	Template      string
	ParameterFile string // "" when there is none
	Deployment    *expand.Deployment
	Graph         *graph.Graph
	Sets          []Set
	Findings      diag.List // those that are not suppressed, sorted
	// Existing says for each finding whether the older template has it too; nil without
	// a comparison of templates. See [Review.New].
	Existing []bool
	// Diff compares with the older deployment; nil without a comparison.
	Diff *diff.Diff
	// Exposure lists the ports that are reachable from the Internet.
	Exposure []connect.Opening
	// Unknown are the values that are known only at deployment.
	Unknown []Unknown
	// Assumptions are what the document rests on, each a sentence.
	Assumptions []string
}

// An Unknown is a value that is known only at deployment.
type Unknown struct {
	Resource   string `json:"resource"` // type and name, or the output
	Pointer    string `json:"pointer"`
	Expression string `json:"expression"`
	Reason     string `json:"reason"`
	Count      int    `json:"count"` // values of the same expression
}

// A Set is one scale set.
type Set struct {
	Set   *vmss.ScaleSet
	Name  string
	Facts []Group
	// Footprint is what the cost of the set depends on.
	Footprint Footprint
	// Before is the footprint of what was there before; nil without a comparison, and
	// for a new scale set.
	Before *Footprint
	// Reach is how the instances are reached; nil for a set without a profile.
	Reach *connect.Set
	// Plan previews the requested changes of the capacity, or shows the set as it is;
	// nil when its capacity is not known, and WhyNot says why.
	Plan   *whatif.Plan
	WhyNot string
	// Bars are the limits, the tightest first.
	Bars []Bar
	// Rollout is how the changes reach the instances; nil without a comparison, and
	// WhyNoRollout says why there is no plan.
	Rollout      *rollout.Rollout
	WhyNoRollout string
	// Losses are what is left when one domain of a kind fails.
	Losses []Loss
}

// A Bar is a limit and how far the set is to it.
type Bar struct {
	Limit whatif.Limit
	// Now is the capacity of the template, or the last of the changes; Most is the
	// largest capacity that autoscale can set, 0 without autoscale.
	Now, Most int
}

// Share is how much of the limit is used, 1 for all of it.
func (b Bar) Share() float64 {
	if b.Limit.Max <= 0 {
		return 1
	}
	return float64(b.Now) / float64(b.Limit.Max)
}

// A Loss is how many instances are left if the domain with the most instances fails.
type Loss struct {
	Domain string `json:"domain"` // such as "fault domain"
	Of     int    `json:"of"`
	Leaves int    `json:"leaves"`
}

// Options say what the review contains.
type Options struct {
	Era     guidance.Era
	Current *int
	Changes []whatif.Change
	// Quota adds limits of a quota to the state of a set; nil adds none.
	Quota func(*instances.State) error
	// Older is the existing deployment, for the instances that a change starts from;
	// nil when nothing is known. List is the saved list of the instances of one set.
	Older *expand.Deployment
	List  *instances.State
	// Diff compares with Older, for the rollout of the changes; nil without one.
	Diff *diff.Diff
	// Known is as in [connect.Options].
	Known func(*expand.Resource) *expand.Resource
	// Waits is the graph of dependencies; nil computes it.
	Waits *deploy.Graph
}

// maxUnknown bounds the list of unknown values.
const maxUnknown = 200

// mostPreviews limits the scale sets whose capacity is previewed: Azure accepts 800
// resources in a template.
const mostPreviews = 800

// New puts a review together. The error is a [*instances.Mistake] when the changes
// make no sense for a set, or that of Quota.
func New(d *expand.Deployment, o Options) (*Review, error) {
	typed := vmss.New(d)
	older := map[string]*vmss.ScaleSet{}
	if o.Older != nil {
		for _, set := range vmss.New(o.Older).ScaleSets {
			older[strings.ToLower(set.Name)] = set
		}
	}
	pairs := map[string]rollout.Pair{}
	if o.Diff != nil {
		for _, p := range rollout.Pairs(o.Diff) {
			pairs[strings.ToLower(p.Newer.Name)] = p
		}
	}
	r := &Review{Deployment: d, Diff: o.Diff, Graph: graph.New(d, graph.Options{Waits: o.Waits})}
	how := connect.Options{Known: o.Known, List: o.List}
	reach := connect.New(typed, how)
	r.Exposure = connect.Openings(typed, how)
	reached := map[string]*connect.Set{}
	for i := range slices.Backward(reach) { // the first of a name counts
		reached[reach[i].Name] = &reach[i]
	}
	var previewed whatif.Previewed
	for i, set := range typed.ScaleSets {
		s := Set{Set: set, Name: set.Name, Facts: facts(set)}
		if !set.Partial() {
			s.Reach = reached[set.Name]
		}
		if i >= mostPreviews {
			s.WhyNot = fmt.Sprintf("only the first %d scale sets of a deployment are previewed", mostPreviews)
		}
		if err := s.plan(o, older[strings.ToLower(set.Name)], &previewed); err != nil {
			return nil, err
		}
		if p, ok := pairs[strings.ToLower(set.Name)]; ok {
			s.rollOut(p, o)
		}
		r.Sets = append(r.Sets, s)
	}
	r.unknown()
	r.assume()
	return r, nil
}

// rollOut plans how the changes of a set reach its instances.
func (s *Set) rollOut(p rollout.Pair, o Options) {
	if s.Plan == nil { // how many instances there are is not known
		s.WhyNoRollout = s.WhyNot
		return
	}
	of := rollout.Options{Current: o.Current, Era: o.Era}
	if o.List != nil && (strings.EqualFold(o.List.Name, s.Set.Name) || len(s.Set.Deployment.ScaleSets) == 1) {
		of.List, of.Current = o.List, nil
	}
	var err error
	if s.Rollout, err = rollout.Of(p.Older, p.Newer, p.Changes, of); err != nil {
		s.Rollout, s.WhyNoRollout = nil, err.Error()
	}
}

// plan previews the changes, measures the limits and the losses.
func (s *Set) plan(o Options, older *vmss.ScaleSet, previewed *whatif.Previewed) error {
	era := o.Era
	if era == guidance.Auto {
		era = guidance.EraOf(s.Set.APIVersion)
	}
	src, options, changes, err := s.start(era, o, older)
	if err != nil {
		return err
	}
	if o.Quota != nil {
		if err := o.Quota(src); err != nil {
			return err
		}
	}
	s.Footprint = footprint(s.Set, src)
	if older != nil {
		was := instances.FromTemplate(older, era)
		if o.Quota != nil {
			if err := o.Quota(was); err != nil {
				return err
			}
		}
		before := footprint(older, was)
		if o.Current != nil {
			before.Instances, before.Largest = *o.Current, max(before.Largest, *o.Current)
		}
		s.Before = &before
	}
	if s.WhyNot != "" {
		return nil
	}
	if src.Capacity < 0 && o.Current == nil && src.Instances == nil {
		s.WhyNot = "the capacity is known only at deployment; pass a value for its parameter"
		return nil
	}
	size := max(src.Capacity, len(src.Instances))
	if o.Current != nil {
		size = max(size, *o.Current)
	}
	if !previewed.Room(size) {
		s.WhyNot = fmt.Sprintf("a review previews at most %d instances", whatif.MostPreviewed)
		return nil
	}
	plan, err := whatif.New(src, changes, options)
	if err != nil {
		return err
	}
	s.Plan = plan
	balance := plan.Start
	if n := len(plan.Steps); n > 0 {
		balance = plan.Steps[n-1].Balance
	}
	most := 0
	if highest, ok := s.Set.MaxCapacity(); ok {
		most, _ = highest.Known()
	}
	if len(s.Set.Autoscale) == 0 {
		most = 0
	}
	for _, l := range plan.Limits {
		s.Bars = append(s.Bars, Bar{Limit: l, Now: balance.Total, Most: most})
	}
	survivors := whatif.SurvivorsOf(plan.Config, balance)
	for _, l := range []Loss{{"zone", balance.Total, survivors.Zone}, {"fault domain", balance.Total, survivors.FaultDomain}, {"update domain", balance.Total, survivors.UpdateDomain}} {
		if l.Leaves >= 0 && l.Of > 0 {
			s.Losses = append(s.Losses, l)
		}
	}
	return nil
}

// start is the state that the plan starts from: the saved list, the instances of the
// older deployment, or those of the template. If instances exist, the capacity of the
// template is the first change.
func (s *Set) start(era guidance.Era, o Options, older *vmss.ScaleSet) (src *instances.State, options whatif.Options, changes []whatif.Change, err error) {
	src, options, changes = instances.FromTemplate(s.Set, era), whatif.Options{Current: o.Current}, o.Changes
	switch {
	case o.List != nil && (strings.EqualFold(o.List.Name, s.Set.Name) || len(s.Set.Deployment.ScaleSets) == 1):
		if err := src.AddInstances(o.List); err != nil {
			return nil, options, nil, err
		}
		options.Current = nil
	case older != nil && !older.Partial():
		from := -1
		if o.Current != nil {
			from = *o.Current
		}
		if old, ok := instances.FromOld(older, s.Set, from, era); ok {
			src, options.Current = old, nil
		}
	}
	exists := options.Current != nil || src.Instances != nil && src.Capacity != len(src.Instances)
	if exists && src.Capacity >= 0 {
		changes = append([]whatif.Change{{Amount: src.Capacity}}, changes...)
	}
	return src, options, changes, nil
}

// unknown collects the values that are known only at deployment, each expression once.
func (r *Review) unknown() {
	seen := map[string]int{}
	visit := func(of string, n *expand.Node) {
		eachUnknown(n, func(at *expand.Node, u value.Unknown) {
			if i, ok := seen[u.Residual]; ok {
				r.Unknown[i].Count++
				return
			}
			if len(r.Unknown) < maxUnknown {
				seen[u.Residual] = len(r.Unknown)
				r.Unknown = append(r.Unknown, Unknown{of, at.Pointer(), u.Residual, u.Reason, 1})
			}
		})
	}
	for _, resource := range r.Deployment.Resources {
		visit(resource.Type+" "+resource.Name, resource.Body)
	}
	for _, out := range r.Deployment.Outputs {
		visit("output "+out.Name, out.Node)
	}
}

func eachUnknown(n *expand.Node, visit func(*expand.Node, value.Unknown)) {
	if n == nil {
		return
	}
	if u, ok := n.Value.(value.Unknown); ok {
		visit(n, u)
		return
	}
	for _, m := range n.Members {
		eachUnknown(m.Node, visit)
	}
	for _, i := range n.Items {
		eachUnknown(i, visit)
	}
}

// assume lists what the plans rest on, each once.
func (r *Review) assume() {
	add := func(text string) {
		if !slices.Contains(r.Assumptions, text) {
			r.Assumptions = append(r.Assumptions, text)
		}
	}
	for _, s := range r.Sets {
		if s.Plan != nil {
			for _, n := range s.Plan.Notes {
				add(n)
			}
		}
	}
	for _, n := range r.Deployment.Nested {
		if !n.Expanded {
			add(fmt.Sprintf("the resources of nested deployment %s are missing from this document: %s", n.Name, strings.TrimSuffix(n.Reason, ".")))
		}
	}
}

// Assume adds a sentence about what the document rests on.
func (r *Review) Assume(format string, args ...any) {
	r.Assumptions = append(r.Assumptions, fmt.Sprintf(format, args...))
}

// New reports whether the change brought the i-th finding: there is a comparison, and
// the older template does not have the finding.
func (r *Review) New(i int) bool { return i < len(r.Existing) && !r.Existing[i] }

// NewFindings is how many findings the change brought; ok is false without a comparison
// of templates.
func (r *Review) NewFindings() (n int, ok bool) {
	for i := range r.Findings {
		if r.New(i) {
			n++
		}
	}
	return n, r.Existing != nil
}

// Counts are the findings by severity.
func (r *Review) Counts() (errors, warnings, infos int) {
	for i := range r.Findings {
		switch r.Findings[i].Severity {
		case diag.Error:
			errors++
		case diag.Warning:
			warnings++
		default:
			infos++
		}
	}
	return errors, warnings, infos
}

// Refused counts the changes that Azure rejects.
func (r *Review) Refused() int {
	if r.Diff == nil {
		return 0
	}
	return r.Diff.Counts()[diff.Refused]
}

// Blocked reports whether a preview has an error.
func (r *Review) Blocked() bool {
	return slices.ContainsFunc(r.Sets, func(s Set) bool { return s.Plan != nil && s.Plan.HasErrors() })
}
