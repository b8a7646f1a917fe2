package diag

import (
	"slices"
	"strings"
)

// Detach copies the texts of the findings. A name or a value may be a part of the
// text of a file, all of which would be kept in memory for it.
func (l List) Detach() {
	for i := range l {
		d := &l[i]
		for _, text := range [...]*string{&d.Summary, &d.Detail, &d.Pointer, &d.Resource, &d.Symbol, &d.Source, &d.ParameterSet, &d.Values, &d.Many.Name} {
			*text = strings.Clone(*text)
		}
		d.Related = slices.Clone(d.Related)
		for i := range d.Related {
			d.Related[i].Message = strings.Clone(d.Related[i].Message)
		}
		d.Fixes = slices.Clone(d.Fixes)
		for i := range d.Fixes {
			fix := &d.Fixes[i]
			fix.Message, fix.Edits = strings.Clone(fix.Message), slices.Clone(fix.Edits)
			for i := range fix.Edits {
				fix.Edits[i].Text = strings.Clone(fix.Edits[i].Text)
			}
		}
		d.Trail = slices.Clone(d.Trail)
		for i := range d.Trail {
			step := &d.Trail[i]
			step.Name, step.Deployment = strings.Clone(step.Name), strings.Clone(step.Deployment)
		}
	}
}
