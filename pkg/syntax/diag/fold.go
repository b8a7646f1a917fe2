package diag

import (
	"cmp"
	"slices"

	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// Fold makes one finding of all hints of one code in one file: the first one,
// which keeps the other places in Also, and the edits of all in its fix. What
// is converted a hundred times says no more than what is converted once, and
// hides what matters. Errors, warnings and what is suppressed stay as they are.
// The list is sorted before; the order of what is left stays.
func (l *List) Fold() {
	type kind struct {
		code Code
		file *source.File
		set  string
	}
	first := map[kind]int{} // index in kept
	kept := (*l)[:0:0]
	for _, d := range *l {
		k := kind{d.Code, d.Subject.File, d.ParameterSet}
		if d.Severity != Info || d.Suppressed != nil || k.file == nil {
			kept = append(kept, d)
			continue
		}
		i, ok := first[k]
		if !ok {
			first[k] = len(kept)
			kept = append(kept, d)
			continue
		}
		kept[i].Also = append(kept[i].Also, Related{Range: d.Subject, Message: d.Summary})
		kept[i].Fixes = together(kept[i].Fixes, d.Fixes)
	}
	*l = kept
}

// together is one fix that does what two do, when both are one mechanical fix;
// else those of the first.
func together(a, b []Fix) []Fix {
	if len(a) != 1 || len(b) != 1 || a[0].Choice || b[0].Choice {
		return a
	}
	edits := slices.Clone(a[0].Edits)
	for _, e := range b[0].Edits {
		if !slices.ContainsFunc(edits, func(o Edit) bool { return overlaps(o.Range, e.Range) }) {
			edits = append(edits, e)
		}
	}
	slices.SortFunc(edits, func(x, y Edit) int { return cmp.Compare(x.Range.Start, y.Range.Start) })
	return []Fix{{Message: a[0].Message, Edits: edits}}
}

// overlaps reports whether two edits touch the same text, or stand at the same place.
func overlaps(a, b source.Range) bool {
	return a.File == b.File && (a.Start < b.End && b.Start < a.End || a.Start == b.Start)
}
