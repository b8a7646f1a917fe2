package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// mostNames bounds the names in the summary of a folded finding.
const mostNames = 8

// Fold replaces findings of one kind in one file by the first of them, which
// keeps the other places in Also, and the edits of all in its fix. Of one kind
// are hints of one code, findings of one code and severity with the same
// summary, and those with the same format in Many. What is suppressed stays as
// it is. The list is sorted before; the order of what is left stays.
func (l *List) Fold() {
	type kind struct {
		code     Code
		severity Severity
		file     *source.File
		set      string
		words    string // "" for hints
	}
	first := map[kind]int{} // index in kept
	names := map[int][]string{}
	kept := (*l)[:0:0]
	for _, d := range *l {
		k := kind{code: d.Code, severity: d.Severity, file: d.Subject.File, set: d.ParameterSet}
		if d.Suppressed != nil || k.file == nil {
			kept = append(kept, d)
			continue
		}
		switch {
		case d.Many.Format != "":
			k.words = d.Many.Format
		case d.Severity != Info:
			k.words = d.Summary
		}
		i, ok := first[k]
		if !ok {
			first[k] = len(kept)
			names[len(kept)] = []string{d.Many.Name}
			kept = append(kept, d)
			continue
		}
		kept[i].Also = append(kept[i].Also, Related{Range: d.Subject, Message: d.Summary})
		kept[i].Also = append(kept[i].Also, d.Also...)
		kept[i].Fixes = together(kept[i].Fixes, d.Fixes)
		names[i] = append(names[i], d.Many.Name)
	}
	for i := range kept {
		if d := &kept[i]; d.Many.Format != "" && len(d.Also) > 0 && len(names[i]) > 1 {
			d.Summary = fmt.Sprintf(d.Many.Format, len(d.Also)+1, list(names[i]))
			d.Many = Many{} // the summary is complete: folding again keeps it
		}
	}
	*l = kept
}

// list names each once, in the order given: "a, b and 3 more".
func list(names []string) string {
	var each []string
	for _, n := range names {
		if !slices.Contains(each, n) {
			each = append(each, n)
		}
	}
	if n := len(each) - mostNames; n > 1 {
		return fmt.Sprintf("%s and %d more", strings.Join(each[:mostNames], ", "), n)
	}
	return strings.Join(each, ", ")
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
