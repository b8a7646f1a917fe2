package whatif

import (
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// A Limit is the largest capacity that something allows, as [limits.Of] returns it.
type Limit = limits.Limit

// finding reports that the capacity of a step exceeds a limit.
func finding(s *Source, l Limit, to int) diag.Diagnostic {
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
