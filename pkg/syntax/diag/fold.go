package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// mostNames limits the names in the summary of a folded finding.
const mostNames = 8

// Fold merges findings of one kind in one file into the first of them, which
// lists the other places in Also and collects the edits of all in its fix.
// Findings are of one kind if they are infos with the same code, if they have
// the same code, severity and summary, or if they have the same Many.Format.
// Suppressed findings are not folded. The list must be sorted; the order of the
// remaining findings does not change.
func (l *List) Fold() {
	type kind struct {
		code     Code
		severity Severity
		file     *source.File
		set      string
		words    string // "" for infos
	}
	first := map[kind]int{} // index in kept
	names := map[int][]string{}
	kept := (*l)[:0]
	for _, d := range *l {
		k := kind{code: d.Code, severity: d.Severity, file: d.Subject.File, set: d.ParameterSet + "\x00" + d.Values}
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
			d.Many = Many{} // the summary is complete: folding again does not change it
		}
	}
	clear((*l)[len(kept):])
	*l = kept
}

// list joins names without duplicates, in the order given: "a, b and 3 more".
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

// together returns one fix with the edits of both if each list is a single fix
// without a choice; otherwise it returns a.
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

// overlaps reports whether two edits touch the same text or are at the same
// offset.
func overlaps(a, b source.Range) bool {
	return a.File == b.File && (a.Start < b.End && b.Start < a.End || a.Start == b.Start)
}
