package engine

import (
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// maxFindings is how many findings of one code are listed for a template. No
// person reads more, and a hostile template of 4 MB has 100,000 places to
// complain about, each with its trail and its fix.
const maxFindings = 1000

// bounded keeps the first findings of each code, and says of which codes there
// are more.
func bounded(found diag.List) diag.List {
	if len(found) <= maxFindings {
		return found
	}
	count := map[diag.Code]int{}
	last := map[diag.Code]source.Range{}
	var order []diag.Code
	kept := found[:0]
	for _, d := range found {
		count[d.Code]++
		switch n := count[d.Code]; {
		case n <= maxFindings:
			kept = append(kept, d)
			last[d.Code] = d.Subject
		case n == maxFindings+1:
			order = append(order, d.Code)
		}
	}
	for _, code := range order {
		d := kept.Warningf(expand.CodeLimit, expand.RuleLimit, last[code], "there are more than %d findings %s in one template; the first are listed", maxFindings, code)
		d.Detail = "Fix those, then check again; or disable the rule if it does not concern you."
	}
	return kept
}
