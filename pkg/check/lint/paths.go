package lint

import (
	"time"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A Suppression silences findings by the file that they are in, from outside
// of it: settings and baselines do.
type Suppression struct {
	At     source.Range // where it stands
	Codes  []string     // codes or names of rules
	Match  func(path string) bool
	Reason string
	Until  time.Time // zero: for ever
	// Partial says that the run saw only some of the files that it may be
	// about, so that nothing follows when it silences nothing.
	Partial bool
}

// SuppressPaths marks the findings that the suppressions silence, and returns
// them with what is to say about the suppressions: unused and expired. Call it
// after [Runner.Suppress].
func (r *Runner) SuppressPaths(all []Suppression, found diag.List) diag.List {
	for _, p := range all {
		s := &suppression{at: p.At, kind: "config", codes: p.Codes, until: p.Until, reason: p.Reason}
		s.used = silence(s, p.Match, found, !r.expired(s))
		if d, ok := r.judge(s); ok && (s.used || !p.Partial) {
			found.Add(d)
		}
	}
	return found
}

// silence marks the findings that a suppression means, if it is to, and
// reports whether there is one.
func silence(s *suppression, match func(path string) bool, found diag.List, mark bool) (used bool) {
	for i := range found {
		d := &found[i]
		if d.Subject.File == nil || !s.names(d) || !match(d.Subject.File.Path()) {
			continue
		}
		used = true
		if mark && d.Suppressed == nil {
			d.Suppressed = &diag.Suppression{Kind: s.kind, Reason: s.reason, Range: s.at}
		}
	}
	return used
}

// Selects reports whether a selector means the rule (by code, name, "SS50*" or
// "all"), and whether it is the very name or code.
func Selects(selector string, r *Rule) (selected, named bool) { return selects(selector, r) }
