package instances

import (
	"slices"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
)

// Limits returns what the scale set may have, the tightest first; of a set of
// which only numbers are known, what any set may have. existing is the number of
// instances that it certainly has, nil when that is not known.
func (s *State) Limits(m placement.Model, existing *int) []limits.Limit {
	o := limits.Options{Usage: s.usage, Sizes: s.sizes, Existing: existing, UsageOfSet: true}
	if s.Set == nil {
		era := guidance.Current
		if m == placement.Preview {
			era = guidance.Preview
		}
		all := append([]limits.Limit{limits.OfEra(era)}, s.quotaLimits(o)...)
		slices.SortStableFunc(all, func(a, b limits.Limit) int { return a.Max - b.Max })
		return all
	}
	return limits.Of(limits.ScaleSet{ScaleSet: s.Set, Era: s.era}, o)
}

// Demands returns what the instances take, as [limits.Demands] counts it; of a
// set of which only numbers are known, the instances, and the cores where the
// size is known.
func (s *State) Demands(m placement.Model) []limits.Demand {
	o := limits.Options{Usage: s.usage, Sizes: s.sizes, UsageOfSet: true}
	if s.Set != nil {
		return limits.Demands(limits.ScaleSet{ScaleSet: s.Set, Era: s.era}, o)
	}
	era := guidance.Current
	if m == placement.Preview {
		era = guidance.Preview
	}
	all := []limits.Demand{{Kind: limits.DemandInstances, Each: 1, Per: 1, Total: limits.OfEra(era).Max, Limits: []string{limits.Capacity}}}
	if size, ok := s.sizes.Find(s.Size()); ok {
		all = append(all, limits.CoreDemands(size, o)...)
	}
	return all
}
