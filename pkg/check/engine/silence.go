package engine

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
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

// withoutLesser drops findings that a finding of the language about the same
// text includes: that two keys differ in case only, if it says which of the two
// declarations wins, and what the schema of a type says of a value that Azure
// rejects for every type.
func withoutLesser(found diag.List) diag.List {
	var declared, wrong []source.Range
	for _, d := range found {
		switch d.Code {
		case arm.CodeDuplicate:
			declared = append(declared, d.Subject)
		case arm.CodeWrongType, expand.CodeFieldType, expand.CodeCondition:
			if d.Severity == diag.Error {
				wrong = append(wrong, d.Subject)
			}
		}
	}
	if len(declared)+len(wrong) == 0 {
		return found
	}
	return slices.DeleteFunc(found, func(d diag.Diagnostic) bool {
		switch d.Code {
		case jsonc.SimilarKeys.Code:
			return slices.Contains(declared, d.Subject)
		case "SS3002", "SS3003": // type and value in the schema
			return slices.Contains(wrong, d.Subject)
		}
		return false
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
