// Package fix applies the mechanical fixes of findings to the texts they are
// about. Every round applies what does not overlap, and checks the result
// before it is kept: a fix that does not take its finding away, or that brings
// an error along, is undone. Fixes that need a choice are never applied.
//
// It reads and writes no files: the caller checks texts and gets texts.
package fix

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A Check returns the findings while the given texts, by path, take
// the place of the files. The ranges of its findings are of those texts.
type Check func(texts map[string][]byte) (diag.List, error)

// A Result is what came of fixing.
type Result struct {
	// Files are those that change, in the order of their paths.
	Files []File
	// Applied and Rejected are the fixes that were kept and undone.
	Applied, Rejected []Attempt
	// Left are the findings that the fixed texts have.
	Left diag.List
}

// A File is one file that changes.
type File struct {
	Path   string
	Before []byte // as it was read, in its own encoding
	New    []byte // in UTF-8
}

// An Attempt is a finding with the fix that was tried.
type Attempt struct {
	Finding diag.Diagnostic
	Fix     diag.Fix
	Reason  string // why it was undone
}

// maxRounds bounds how often fixes uncover more to fix (templates need two or
// three) and how many are rejected one by one.
const maxRounds = 60

// maxTried bounds the text that is checked again, in bytes: a template of 40 KB,
// which is large, fifty times, and a hostile one of megabytes a few times.
const maxTried = 2 << 20

const tooLarge = "too much text to try it; when the other fixes are written, run it again"

// Apply fixes what check finds until nothing mechanical is left.
func Apply(check Check) (*Result, error) {
	found, err := check(nil)
	if err != nil {
		return nil, err
	}
	f := &fixer{check: check, found: found, texts: map[string][]byte{}, before: map[string][]byte{}, undone: map[key]bool{}}
	for range maxRounds {
		attempts := f.next()
		if len(attempts) == 0 {
			break
		}
		if f.tried+size(attempts) > maxTried {
			f.reject(attempts[0], tooLarge) // one represents all: there may be thousands
			break
		}
		if err := f.round(attempts); err != nil {
			return nil, err
		}
	}
	return f.result(), nil
}

// size is that of the texts that attempts are about, in bytes.
func size(attempts []Attempt) (n int) {
	seen := map[string]bool{}
	for _, a := range attempts {
		for _, e := range a.Fix.Edits {
			if path := e.Range.File.Path(); !seen[path] {
				seen[path] = true
				n += len(e.Range.File.Bytes())
			}
		}
	}
	return n
}

type fixer struct {
	check         Check
	found         diag.List
	texts, before map[string][]byte // by path; only of files that change
	undone        map[key]bool      // what is not tried again
	tried         int               // bytes that were checked
	out           Result
}

// A key is what stays of a finding when the text around it moves.
type key struct {
	path    string
	code    diag.Code
	summary string
}

func keyOf(d *diag.Diagnostic) key {
	k := key{code: d.Code, summary: d.Summary}
	if d.Subject.File != nil {
		k.path = d.Subject.File.Path()
	}
	return k
}

// next returns the fixes to try: the first mechanical one of each finding, as far
// as they do not overlap.
func (f *fixer) next() []Attempt {
	var attempts []Attempt
	var taken []diag.Edit
	for i := range f.found {
		d := &f.found[i]
		fix, ok := mechanical(d)
		if !ok || f.undone[keyOf(d)] || overlaps(fix.Edits, taken) {
			continue
		}
		taken = append(taken, fix.Edits...)
		attempts = append(attempts, Attempt{Finding: *d, Fix: fix})
	}
	return attempts
}

// mechanical returns the first fix of a finding that can be applied unseen.
func mechanical(d *diag.Diagnostic) (diag.Fix, bool) {
	if d.Suppressed != nil {
		return diag.Fix{}, false
	}
	i := slices.IndexFunc(d.Fixes, func(x diag.Fix) bool { return !x.Choice && len(x.Edits) > 0 && inFiles(x.Edits) })
	if i < 0 {
		return diag.Fix{}, false
	}
	return d.Fixes[i], true
}

func inFiles(edits []diag.Edit) bool {
	return !slices.ContainsFunc(edits, func(e diag.Edit) bool { return e.Range.File == nil })
}

func overlaps(edits, taken []diag.Edit) bool {
	for _, a := range edits {
		for _, b := range taken {
			if touches(a.Range, b.Range) {
				return true
			}
		}
	}
	return false
}

// touches reports whether two edits cannot be made together. Insertions at one
// place can be meant to exclude each other, so they count too.
func touches(a, b source.Range) bool {
	return a.File.Path() == b.File.Path() && a.Start <= b.End && b.Start <= a.End
}

// round tries all attempts together and, as long as that goes wrong, the first
// half of them: in the end some are kept or one is rejected. The places of the
// others are of the old text then; they come again in the next round.
func (f *fixer) round(attempts []Attempt) error {
	for {
		kept, reason, err := f.try(attempts)
		switch {
		case err != nil || kept:
			return err
		case len(attempts) == 1:
			f.reject(attempts[0], reason)
			return nil
		case f.tried > maxTried:
			return nil
		}
		attempts = attempts[:len(attempts)/2]
	}
}

func (f *fixer) reject(a Attempt, reason string) {
	a.Reason = reason
	f.undone[keyOf(&a.Finding)] = true
	f.out.Rejected = append(f.out.Rejected, a)
}

// try applies the attempts together and keeps them if each takes its finding
// away and no error comes along.
func (f *fixer) try(attempts []Attempt) (kept bool, reason string, err error) {
	texts, ok := f.edited(attempts)
	if !ok {
		return false, "its edits do not fit the text", nil
	}
	for _, text := range texts {
		f.tried += len(text)
	}
	found, err := f.check(texts)
	if err != nil {
		return false, "", err
	}
	if reason := verdict(attempts, f.found, found); reason != "" {
		return false, reason, nil
	}
	f.texts, f.found = texts, found
	f.out.Applied = append(f.out.Applied, attempts...)
	return true, "", nil
}

// verdict is why the attempts are to be undone; "" when they are fine.
func verdict(attempts []Attempt, before, after diag.List) string {
	had, has := tally(before), tally(after)
	for i := range attempts {
		had[keyOf(&attempts[i].Finding)]--
	}
	for i := range attempts {
		if k := keyOf(&attempts[i].Finding); has[k] > had[k] {
			return "the finding would stay"
		}
	}
	errorsBefore := errorsByCode(before)
	for code, n := range errorsByCode(after) {
		if n > errorsBefore[code] {
			return "it would bring an error: " + firstError(after, code.code)
		}
	}
	return ""
}

func tally(l diag.List) map[key]int {
	counts := map[key]int{}
	for i := range l {
		counts[keyOf(&l[i])]++
	}
	return counts
}

func errorsByCode(l diag.List) map[key]int {
	counts := map[key]int{}
	for i := range l {
		if l[i].Severity == diag.Error {
			k := keyOf(&l[i])
			k.summary = "" // numbers in it may change
			counts[k]++
		}
	}
	return counts
}

func firstError(l diag.List, code diag.Code) string {
	i := slices.IndexFunc(l, func(d diag.Diagnostic) bool { return d.Severity == diag.Error && d.Code == code })
	return l[i].Summary
}

// edited returns the texts with the attempts applied; ok is false when edits
// contradict each other.
func (f *fixer) edited(attempts []Attempt) (texts map[string][]byte, ok bool) {
	edits := map[string][]diag.Edit{}
	files := map[string]*source.File{}
	for _, a := range attempts {
		for _, e := range a.Fix.Edits {
			path := e.Range.File.Path()
			if files[path] == nil {
				files[path] = e.Range.File
			}
			if !bytes.Equal(files[path].Bytes(), e.Range.File.Bytes()) {
				return nil, false
			}
			e.Range.File = files[path] // a file that was read twice
			edits[path] = append(edits[path], e)
		}
	}
	texts = map[string][]byte{}
	for path, text := range f.texts {
		texts[path] = text
	}
	for path, list := range edits {
		text, err := jsonc.Apply(files[path], list)
		if err != nil {
			return nil, false
		}
		if f.before[path] == nil {
			f.before[path] = files[path].Original()
		}
		texts[path] = text
	}
	return texts, true
}

func (f *fixer) result() *Result {
	for path, text := range f.texts {
		if !bytes.Equal(text, f.before[path]) {
			f.out.Files = append(f.out.Files, File{path, f.before[path], text})
		}
	}
	slices.SortFunc(f.out.Files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	f.out.Left = f.found
	return &f.out
}

// Add takes over what came of fixing more, over the texts of r.
func (r *Result) Add(more *Result) {
	for _, f := range more.Files {
		i, found := slices.BinarySearchFunc(r.Files, f.Path, func(f File, path string) int { return cmp.Compare(f.Path, path) })
		if found {
			r.Files[i].New = f.New
			continue
		}
		r.Files = slices.Insert(r.Files, i, f)
	}
	r.Applied = append(r.Applied, more.Applied...)
	r.Rejected = append(r.Rejected, more.Rejected...)
	r.Left = append(r.Left, more.Left...)
}

// Texts returns the new texts by path.
func (r *Result) Texts() map[string][]byte {
	texts := make(map[string][]byte, len(r.Files))
	for _, f := range r.Files {
		texts[f.Path] = f.New
	}
	return texts
}
