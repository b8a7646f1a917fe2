package findings

import (
	"cmp"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// A terminal shows the end of what is written. What has to be corrected comes last:
// files with errors behind the others, and in a file errors behind the rest.

// forTerminal are findings in the order in which a terminal shows them.
func forTerminal(l []diag.Diagnostic) []diag.Diagnostic { return bySeverity(l, 1) }

// forPage are findings in the order in which a page shows them, which is read from its
// top: what has to be corrected comes first.
func forPage(l []diag.Diagnostic) []diag.Diagnostic { return bySeverity(l, -1) }

// bySeverity puts files with errors and the errors in them last, or first when the
// direction is -1. Suppressed findings are at the other end.
func bySeverity(l []diag.Diagnostic, direction int) []diag.Diagnostic {
	worst := map[string]diag.Severity{}
	position := map[string]int{}
	for i := range l {
		path := pathOf(&l[i])
		if _, seen := position[path]; !seen {
			position[path] = i
		}
		if l[i].Suppressed == nil {
			worst[path] = max(worst[path], l[i].Severity)
		}
	}
	out := slices.Clone(l)
	slices.SortStableFunc(out, func(a, b diag.Diagnostic) int {
		x, y := pathOf(&a), pathOf(&b)
		return cmp.Or(
			direction*compareBools(worst[x] == diag.Error, worst[y] == diag.Error), cmp.Compare(position[x], position[y]),
			direction*compareBools(a.Suppressed == nil, b.Suppressed == nil), direction*cmp.Compare(a.Severity, b.Severity),
		)
	})
	return out
}

func pathOf(d *diag.Diagnostic) string { return render.NewRange(d.Subject).Path }

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// foldFrom is the number of findings of one rule in one file that are shown as one.
const foldFrom = 3

// mostFolded is how many findings are listed after the first one.
const mostFolded = 20

// A group is findings of one rule in one file, of which the first is shown in full.
type group struct {
	first diag.Diagnostic
	more  []diag.Diagnostic
}

// grouped puts findings together that are shown as one. Those that are suppressed or
// concern other parameters stay alone.
func grouped(l []diag.Diagnostic) (all []group) {
	type kind struct {
		path, code, set string
		severity        diag.Severity
	}
	count := map[kind]int{}
	kindOf := func(d *diag.Diagnostic) kind {
		return kind{pathOf(d), string(d.Code), d.ParameterSet + "\x00" + d.Values, d.Severity}
	}
	for i := range l {
		if l[i].Suppressed == nil {
			count[kindOf(&l[i])]++
		}
	}
	at := map[kind]int{}
	for i := range l {
		k := kindOf(&l[i])
		if l[i].Suppressed != nil || count[k] < foldFrom || k.path == "" {
			all = append(all, group{first: l[i]})
			continue
		}
		if first, seen := at[k]; seen {
			all[first].more = append(all[first].more, l[i])
			continue
		}
		at[k] = len(all)
		all = append(all, group{first: l[i]})
	}
	return all
}

// countsFrom is how many findings need a summary by rule.
const countsFrom = 10

// mostRules is how many rules of a severity are counted one by one.
const mostRules = 12

// A severityCount is the rules of one severity, "12 SS5012 unmanaged-disks", the most
// frequent first.
type severityCount struct {
	Title string
	Rules []string
}

// byRule counts findings by severity and rule; nothing for a few findings.
func (r Result) byRule() []severityCount { return r.ruleCounts(mostRules) }

// ruleCounts is byRule with at most so many rules of a severity.
func (r Result) ruleCounts(most int) (all []severityCount) {
	visible := r.visible()
	if len(visible) < countsFrom {
		return nil
	}
	for _, s := range []diag.Severity{diag.Error, diag.Warning, diag.Info} {
		count := map[string]int{}
		for i := range visible {
			if visible[i].Severity == s {
				count[strings.Trim(CodeLabel(&visible[i]), "[]")]++
			}
		}
		if len(count) == 0 {
			continue
		}
		labels := make([]string, 0, len(count))
		for label := range count {
			labels = append(labels, label)
		}
		slices.SortFunc(labels, func(a, b string) int { return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b)) })
		for i, label := range labels {
			labels[i] = render.Thousands(count[label]) + " " + label
		}
		if n := len(labels) - most; n > 1 {
			labels = append(labels[:most], "and "+render.Plural(n, "more rule"))
		}
		all = append(all, severityCount{map[diag.Severity]string{diag.Error: "errors", diag.Warning: "warnings", diag.Info: "info"}[s], labels})
	}
	return all
}

// fixable returns how many findings lint --fix takes away.
func (r Result) fixable() (n int) {
	for _, d := range r.visible() {
		if slices.ContainsFunc(d.Fixes, func(f diag.Fix) bool { return !f.Choice }) {
			n++
		}
	}
	return n
}
