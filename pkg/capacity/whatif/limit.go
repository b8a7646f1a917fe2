package whatif

import (
	"fmt"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// A Limit is the highest capacity that something allows, as [limits.Of] knows
// it.
type Limit = limits.Limit

// limitsOf returns what the scale set of the source may have; of a set of which
// only numbers are known, what any set may have.
func (s *Source) limitsOf(m placement.Model, o limits.Options) []Limit {
	if s.Set == nil {
		era := guidance.Current
		if m == placement.Preview {
			era = guidance.Preview
		}
		return append([]Limit{limits.OfEra(era)}, s.quotaLimits(o)...)
	}
	return limits.Of(limits.ScaleSet{ScaleSet: s.Set, Era: s.era}, o)
}

// finding says that the capacity that a step asks for exceeds a limit.
func (s *Source) finding(l Limit, to int) diag.Diagnostic {
	d := diag.Diagnostic{
		Code: l.Code, Rule: l.Rule, Severity: l.Severity,
		Summary: l.Summary(to), Detail: l.Remedy, Guidance: s.Model.String(),
	}
	if l.Says.ID != "" {
		d.Source, d.Help = l.Says.Source.Title()+": "+l.Says.Text, l.Says.Link()
	}
	place := l.Place
	if place == nil {
		place = s.Place
	}
	d.Subject, d.Pointer, d.Trail = place.At(), place.Pointer(), place.Trail()
	if s.Set != nil {
		d.Resource = s.Set.Resource.Type + "/" + s.Set.Name
	}
	return d
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
