package findings

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// alsoShown is how many of the other places of a finding are listed. The JSON
// has all of them.
const alsoShown = 8

// alsoAt lists the other places of a folded finding by their lines:
// "the same on lines 12, 15, 18 and 20 more"; "" if there are none.
func alsoAt(d *diag.Diagnostic) string {
	if len(d.Also) == 0 {
		return ""
	}
	lines := make([]int, len(d.Also))
	for i, r := range d.Also {
		lines[i] = r.Range.StartPosition().Line
	}
	lines = slices.DeleteFunc(slices.Compact(lines), func(n int) bool { return n == d.Subject.StartPosition().Line })
	switch {
	case len(lines) == 0:
		return fmt.Sprintf("the same %s more on this line", times(len(d.Also)))
	case len(lines) == 1:
		return "the same on line " + strconv.Itoa(lines[0])
	}
	more := ""
	if len(lines) > alsoShown {
		more = fmt.Sprintf(" and %d more", len(lines)-alsoShown)
		lines = lines[:alsoShown]
	}
	texts := make([]string, len(lines))
	for i, n := range lines {
		texts[i] = strconv.Itoa(n)
	}
	if more == "" {
		last := len(texts) - 1
		return "the same on lines " + strings.Join(texts[:last], ", ") + " and " + texts[last]
	}
	return "the same on lines " + strings.Join(texts, ", ") + more
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return strconv.Itoa(n) + " times"
}
