package plans

import (
	"io"

	"github.com/scaleset/scaleset/pkg/capacity/cost"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// A Preview is the plans of a simulation, one for each scale set.
type Preview struct {
	Plans []*whatif.Plan
	// Needs adds what the scale sets need at each capacity: text and CSV then hold
	// nothing else, the other formats hold it too.
	Needs bool
	// Costs are what the sets cost, in the order of Plans; nil without prices.
	Costs []*cost.Table
	// Findings concern no step: the template, for instance.
	Findings diag.List
	// Secrets are masked in messages.
	Secrets *secret.Set
}

// cost returns what the i-th set costs; nil without prices.
func (p Preview) cost(i int) *cost.Table {
	if i < len(p.Costs) {
		return p.Costs[i]
	}
	return nil
}

// A Reporter writes a Preview in one format. Values of the input (names,
// zones) are made harmless for the format: terminal controls, markup and
// formulas of spreadsheets are text in all of them.
type Reporter interface {
	Report(w io.Writer, p Preview) error
}

// A span is a run of ids that follow each other, up or down.
type span struct{ first, last int }

// spans joins neighbouring ids of a list into runs, keeping its order.
func spans(instances []placement.Instance) []span {
	var all []span
	direction := 0
	for i := range instances {
		id := instances[i].ID
		if n := len(all); n > 0 {
			last := &all[n-1]
			step := id - last.last
			if (step == 1 || step == -1) && (direction == 0 || direction == step) {
				last.last, direction = id, step
				continue
			}
		}
		all, direction = append(all, span{id, id}), 0
	}
	return all
}

// verb returns what a step does, in a word.
func verb(s *whatif.Step) string {
	switch {
	case len(s.Removed) > 0:
		return "removes"
	case len(s.Added) > 0:
		return "adds"
	}
	return "changes nothing"
}

// moved returns the instances that a step adds or removes.
func moved(s *whatif.Step) []placement.Instance {
	if len(s.Removed) > 0 {
		return s.Removed
	}
	return s.Added
}

// each says "5 in each fault domain" or "5 or 6 in each", or counts them all.
func each(counts []int, noun string) string {
	low, high := counts[0], counts[0]
	for _, n := range counts {
		low, high = min(low, n), max(high, n)
	}
	text := render.Thousands(low)
	switch {
	case high == low+1:
		text += " or " + render.Thousands(high)
	case high > low:
		text += " to " + render.Thousands(high)
	}
	return text + " in each " + noun
}
