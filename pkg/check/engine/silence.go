package engine

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// withoutEchoes drops findings that only repeat that the text of a file is
// broken. Where a bracket or a quote is not closed, nothing holds about what
// stands where, and only what was read of the text itself is said; where a
// mistake cost its own value alone, only what touches that value, or misses it,
// is an echo.
func withoutEchoes(found diag.List, trees []*jsonc.Tree) diag.List {
	for _, tree := range trees {
		var broken []source.Range
		shifted := false
		for _, d := range tree.Diagnostics {
			if d.Severity == diag.Error {
				broken = append(broken, d.Subject)
				shifted = shifted || d.Code == jsonc.Unclosed.Code || d.Code == jsonc.Limit.Code
			}
		}
		if len(broken) > 0 {
			found = slices.DeleteFunc(found, func(d diag.Diagnostic) bool {
				return d.Subject.File == tree.File && !slices.Contains(broken, d.Subject) && isEcho(d, broken, shifted)
			})
		}
	}
	return found
}

// withoutLesser drops what reading the text says of two keys that differ in
// case only where the language says which of the two declarations wins.
func withoutLesser(found diag.List) diag.List {
	var declared []source.Range
	for _, d := range found {
		if d.Code == arm.CodeDuplicate {
			declared = append(declared, d.Subject)
		}
	}
	if len(declared) == 0 {
		return found
	}
	return slices.DeleteFunc(found, func(d diag.Diagnostic) bool {
		return d.Code == jsonc.SimilarKeys.Code && slices.Contains(declared, d.Subject)
	})
}

func isEcho(d diag.Diagnostic, broken []source.Range, shifted bool) bool {
	if strings.HasPrefix(string(d.Code), "SS100") || d.Code == codeUnreadable {
		return false // a syntax error is reported in any case
	}
	if shifted || d.Code == arm.CodeMissing {
		return true
	}
	return slices.ContainsFunc(broken, func(b source.Range) bool {
		return d.Subject.Start <= b.End && b.Start <= d.Subject.End
	})
}
