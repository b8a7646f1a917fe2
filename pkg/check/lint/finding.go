package lint

import (
	"fmt"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A Finding is being made by a rule. Its methods return it, for chaining.
type Finding struct {
	pass    *Pass
	d       diag.Diagnostic
	era     guidance.Era
	version string
}

// place fills in all that follows from the node.
func (f *Finding) place(n *expand.Node) {
	if n == nil {
		f.d.Subject = f.pass.Template.Tree.File.Range(0, 0)
		f.era, f.version = f.pass.shared.judge(nil)
		f.d.Guidance = f.era.String()
		return
	}
	body := top(n)
	f.era, f.version = f.pass.shared.judge(body)
	f.d.Guidance = f.era.String()
	f.d.Subject = Range(n)
	if n.Written != f.d.Subject && !n.Written.Contains(f.d.Subject) {
		f.d.Context = n.Written
	}
	f.d.Pointer = n.Pointer()
	f.d.Trail = n.Trail()
	if r := f.pass.shared.owners[body]; r != nil {
		f.d.Resource = r.Type + "/" + r.Name
	}
}

// Range returns the tight range to point at for a value: the text to change or, for
// an object or array, which may be long, its key, its name, its first character.
func Range(n *expand.Node) source.Range {
	at := n.At()
	switch n.Value.(type) {
	case *value.Object, value.Array:
	default:
		return at
	}
	if key := n.KeyAt(); key != at && !key.IsZero() {
		return key
	}
	if name := n.Get("name"); name != nil && at.Contains(name.At()) {
		return name.At()
	}
	if at.File != nil {
		return at.File.Range(at.Start, min(at.Start+1, at.End))
	}
	return at
}

// A Spot is a place that a finding may be made about when the template is
// released: it holds what findings say of a place.
type Spot struct {
	subject, context source.Range
	pointer, about   string // about is the resource
	trail            []diag.Step
	era              guidance.Era
	version          string
	none             bool // the value is not there
}

// Spot returns the place of a value.
func (p *Pass) Spot(at Placer) Spot {
	f := Finding{pass: p}
	n := at.Place()
	f.place(n)
	return Spot{f.d.Subject, f.d.Context, f.d.Pointer, f.d.Resource, f.d.Trail, f.era, f.version, n == nil}
}

// ReportSpotf is [Pass.Reportf] about a spot of the template.
func (p *Pass) ReportSpotf(at Spot, format string, args ...any) *Finding {
	f := p.finding(fmt.Sprintf(format, args...))
	f.d.Subject, f.d.Context, f.d.Pointer, f.d.Resource, f.d.Trail = at.subject, at.context, at.pointer, at.about, at.trail
	f.era, f.version, f.d.Guidance = at.era, at.version, at.era.String()
	return f.citeFirst()
}

// RelatedSpotf is [Finding.Relatedf] about a spot of some template.
func (f *Finding) RelatedSpotf(at Spot, format string, args ...any) *Finding {
	if at.none {
		return f
	}
	return f.Related(at.subject, format, args...)
}

// In sets the declared resource of a finding about the text of a template.
func (f *Finding) In(r *arm.Resource) *Finding {
	if r == nil {
		return f
	}
	for _, e := range f.pass.Deployment.Expanded.Resources {
		if e.Source == r {
			f.d.Resource = e.Type + "/" + e.Name
			f.era, f.version = f.pass.shared.judge(e.Body)
			f.d.Guidance = f.era.String()
			break
		}
	}
	return f
}

// Around sets the part of the template that leads to a place in another file.
func (f *Finding) Around(at source.Range) *Finding {
	f.d.Context = at
	return f
}

// Related names another written place that belongs to the finding.
func (f *Finding) Related(at source.Range, format string, args ...any) *Finding {
	f.d.Related = append(f.d.Related, diag.Related{Range: at, Message: fmt.Sprintf(format, args...)})
	return f
}

// Many describes several findings of the rule in one file as one, with %d for
// their number and %s for their names; name is that of this one. See [diag.Many].
func (f *Finding) Many(format, name string) *Finding {
	f.d.Many = diag.Many{Format: format, Name: name}
	return f
}

// Severity sets another severity than that of the rule.
func (f *Finding) Severity(s diag.Severity) *Finding {
	f.d.Severity = s
	return f
}

// Detailf sets the detail: the reason and the remedy, in whole sentences.
func (f *Finding) Detailf(format string, args ...any) *Finding {
	f.d.Detail = fmt.Sprintf(format, args...)
	return f
}

// Cite sets the statement that the finding is based on.
func (f *Finding) Cite(id guidance.ID) *Finding {
	s, ok := guidance.Find(id)
	if !ok {
		return f
	}
	f.d.Source = s.Citation(f.era)
	f.d.Help = s.Link()
	return f
}

// Because sets the source of the finding and its link, for a rule
// whose facts are a table of their own instead of statements of the guidance.
func (f *Finding) Because(source, link string) *Finding {
	f.d.Source = source
	f.d.Help = link
	return f
}

// Relatedf names another place that belongs to the finding.
func (f *Finding) Relatedf(at Placer, format string, args ...any) *Finding {
	if n := at.Place(); n != nil {
		f.d.Related = append(f.d.Related, diag.Related{Range: Range(n), Message: fmt.Sprintf(format, args...)})
	}
	return f
}

// Fix attaches edits that fix the finding and can be applied without review.
func (f *Finding) Fix(message string, edits ...diag.Edit) *Finding {
	f.d.Fixes = append(f.d.Fixes, diag.Fix{Message: message, Edits: edits})
	return f
}

// Choice attaches edits that fix the finding in a way that the author has to
// choose; they are shown and never applied unseen.
func (f *Finding) Choice(message string, edits ...diag.Edit) *Finding {
	f.d.Fixes = append(f.d.Fixes, diag.Fix{Message: message, Edits: edits, Choice: true})
	return f
}

// Replace returns the edit that writes text (JSON) in place of a value.
func Replace(at Placer, text string) diag.Edit {
	return diag.Edit{Range: at.Place().At(), Text: text}
}

// Count returns a number with its noun, "1 data disk" or "2 data disks".
func Count(n int, noun string) string {
	return diag.Count(n, noun)
}
