package lint

import (
	"strings"
	"time"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A Suppression silences findings by the file that they are in, from outside
// of it: settings and baselines do.
type Suppression struct {
	At     source.Range // where it is
	Codes  []string     // codes or names of rules
	Match  func(path string) bool
	Reason string
	Until  time.Time // zero: forever
	// Partial reports whether the run saw only some of the files that it may be
	// about, so that nothing follows when it silences nothing.
	Partial bool
}

// SuppressPaths marks the findings that the suppressions silence, and returns
// them with what is to say about the suppressions: unused and expired. Call it
// after [Runner.Suppress].
func (r *Runner) SuppressPaths(all []Suppression, found diag.List) diag.List {
	if len(all) == 0 {
		return found
	}
	by := newPlacesOf(found)
	for _, p := range all {
		s := &suppression{at: p.At, kind: "config", codes: p.Codes, until: p.Until, reason: p.Reason}
		s.used = by.silence(s, p.Match, found, !r.expired(s))
		if d, ok := r.judge(s); ok && (s.used || !p.Partial) {
			found.Add(d)
		}
	}
	return found
}

// placesOf are findings by what suppressions call them and by their file, so that
// each suppression is compared once with each file, and with no finding that another
// one has silenced.
type placesOf map[string]map[string]*samePlace

// samePlace are the findings of one kind in one file.
type samePlace struct {
	found    []int
	silenced bool
}

func newPlacesOf(found diag.List) placesOf {
	by := placesOf{}
	for name, indexes := range newNamesOf(found) {
		files := map[string]*samePlace{}
		for _, i := range indexes {
			if found[i].Subject.File == nil {
				continue
			}
			path := found[i].Subject.File.Path()
			if files[path] == nil {
				files[path] = new(samePlace)
			}
			files[path].found = append(files[path].found, i)
		}
		by[name] = files
	}
	return by
}

// silence marks the findings that a suppression means, if it is to, and
// reports whether there is one.
func (by placesOf) silence(s *suppression, match func(path string) bool, found diag.List, mark bool) (used bool) {
	for _, code := range s.codes {
		for path, same := range by[strings.ToLower(code)] {
			if !match(path) {
				continue
			}
			used = true
			if !mark || same.silenced {
				continue
			}
			same.silenced = true
			for _, i := range same.found {
				if found[i].Suppressed == nil {
					found[i].Suppressed = &diag.Suppression{Kind: s.kind, Reason: s.reason, Range: s.at}
				}
			}
		}
	}
	return used
}

// Selects reports whether a selector means the rule (by code, name, "SS50*" or
// "all"), and whether it is the very name or code.
func Selects(selector string, r *Rule) (selected, named bool) { return selects(selector, r) }
