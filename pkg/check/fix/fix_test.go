package fix_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/check/fix"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A world is a few files, and a check that finds letters in them: each letter
// is a finding, with the replacement as its fix.
type world struct {
	files  map[string]string
	fixes  map[string]string // by letter
	errors string            // letters that are errors
	choice string            // letters whose fix needs a choice
	checks int
}

func (w *world) check(texts map[string][]byte) (diag.List, error) {
	w.checks++
	var found diag.List
	for _, path := range []string{"a", "b"} {
		text, ok := texts[path]
		if !ok {
			text = []byte(w.files[path])
		}
		file := source.NewFile(path, text)
		for i, c := range string(text) {
			replacement, ok := w.fixes[string(c)]
			if !ok && !strings.ContainsRune(w.errors, c) {
				continue
			}
			d := found.Warningf("SS9999", "letter", file.Range(i, i+1), "the letter %c", c)
			if strings.ContainsRune(w.errors, c) {
				d.Severity = diag.Error
			}
			if ok {
				d.Fixes = []diag.Fix{{Message: "write " + replacement, Choice: strings.ContainsRune(w.choice, c),
					Edits: []diag.Edit{{Range: file.Range(i, i+1), Text: replacement}}}}
			}
		}
	}
	return found, nil
}

func TestApply(t *testing.T) {
	tests := []struct {
		name     string
		world    world
		want     map[string]string // files that change
		applied  int
		rejected []string
		left     int
	}{
		{"all at once", world{files: map[string]string{"a": "x.y.x", "b": "..y"}, fixes: map[string]string{"x": "1", "y": "2"}},
			map[string]string{"a": "1.2.1", "b": "..2"}, 4, nil, 0},
		{"what a fix uncovers", world{files: map[string]string{"a": "x"}, fixes: map[string]string{"x": "y", "y": "1"}},
			map[string]string{"a": "1"}, 2, nil, 0},
		{"neighbours in rounds", world{files: map[string]string{"a": "xx"}, fixes: map[string]string{"x": "1"}},
			map[string]string{"a": "11"}, 2, nil, 0},
		{"no fix that leaves its finding", world{files: map[string]string{"a": "x.y"}, fixes: map[string]string{"x": "x+", "y": "1"}},
			map[string]string{"a": "x.1"}, 1, []string{"write x+: the finding would stay"}, 1},
		{"no fix that brings an error", world{files: map[string]string{"a": "x.y"}, fixes: map[string]string{"x": "e", "y": "1"}, errors: "e"},
			map[string]string{"a": "x.1"}, 1, []string{"write e: it would bring an error: the letter e"}, 1},
		{"an error that was there before", world{files: map[string]string{"a": "x.e"}, fixes: map[string]string{"x": "1"}, errors: "e"},
			map[string]string{"a": "1.e"}, 1, nil, 1},
		{"one error more of a kind", world{files: map[string]string{"a": "x.e"}, fixes: map[string]string{"x": "e"}, errors: "e"},
			nil, 0, []string{"write e: it would bring an error: the letter e"}, 2},
		{"no choice", world{files: map[string]string{"a": "x.y"}, fixes: map[string]string{"x": "1", "y": "1"}, choice: "x"},
			map[string]string{"a": "x.1"}, 1, nil, 1},
		{"an endless one ends", world{files: map[string]string{"a": "x"}, fixes: map[string]string{"x": "y", "y": "x"}}, nil, 60, nil, 1},
		{"nothing to do", world{files: map[string]string{"a": "..."}}, nil, 0, nil, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := fix.Apply(tt.world.check)
			if err != nil {
				t.Fatal(err)
			}
			var got map[string]string
			for _, f := range r.Files {
				if got == nil {
					got = map[string]string{}
				}
				got[f.Path] = string(f.New)
				if string(f.Before) != tt.world.files[f.Path] {
					t.Errorf("%s was %q before", f.Path, f.Before)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("files (-want +got):\n%s", diff)
			}
			var rejected []string
			for _, a := range r.Rejected {
				rejected = append(rejected, a.Fix.Message+": "+a.Reason)
			}
			if diff := cmp.Diff(tt.rejected, rejected); diff != "" {
				t.Errorf("rejected (-want +got):\n%s", diff)
			}
			if len(r.Applied) != tt.applied || len(r.Left) != tt.left {
				t.Errorf("%d applied, %d left; want %d and %d", len(r.Applied), len(r.Left), tt.applied, tt.left)
			}
		})
	}
}

// Many fixes of which one is bad cost few checks.
func TestApplyIsFrugal(t *testing.T) {
	w := world{files: map[string]string{"a": strings.Repeat("x.", 500)}, fixes: map[string]string{"x": "1"}}
	r, err := fix.Apply(w.check)
	if err != nil || !bytes.Equal(r.Files[0].New, []byte(strings.Repeat("1.", 500))) {
		t.Fatal(err, r)
	}
	if w.checks != 2 {
		t.Errorf("%d checks, want 2", w.checks)
	}
}

// One bad fix among many is found by halves.
func TestApplyFindsTheBadOne(t *testing.T) {
	w := world{files: map[string]string{"a": strings.Repeat("x.", 499) + "b"}, fixes: map[string]string{"x": "1", "b": "b+"}}
	r, err := fix.Apply(w.check)
	if err != nil || len(r.Files) != 1 || !bytes.Equal(r.Files[0].New, []byte(strings.Repeat("1.", 499)+"b")) {
		t.Fatal(err, r)
	}
	if len(r.Rejected) != 1 || w.checks > 50 {
		t.Errorf("%d checks, %d rejected", w.checks, len(r.Rejected))
	}
}

func TestApplyPassesFailuresOn(t *testing.T) {
	failure := errors.New("no check")
	if _, err := fix.Apply(func(map[string][]byte) (diag.List, error) { return nil, failure }); !errors.Is(err, failure) {
		t.Errorf("got %v", err)
	}
}

// A check that fails later is passed on too, whatever was kept before it.
func TestApplyPassesLaterFailuresOn(t *testing.T) {
	failure := errors.New("no check")
	w := world{files: map[string]string{"a": "x"}, fixes: map[string]string{"x": "1"}}
	_, err := fix.Apply(func(texts map[string][]byte) (diag.List, error) {
		if w.checks > 0 {
			return nil, failure
		}
		return w.check(texts)
	})
	if !errors.Is(err, failure) {
		t.Errorf("got %v", err)
	}
}

// TestApplyGivesUpOnLargeText wants few checks of a text of megabytes, and
// one word about the rest.
func TestApplyGivesUpOnLargeText(t *testing.T) {
	w := world{
		files: map[string]string{"a": strings.Repeat(".", 1<<20) + "x.y.z.u.v.w"},
		fixes: map[string]string{"x": "1", "y": "y+", "z": "z+", "u": "u+", "v": "v+", "w": "w+"},
	}
	r, err := fix.Apply(w.check)
	if err != nil {
		t.Fatal(err)
	}
	if w.checks > 5 {
		t.Errorf("%d checks of a text of a megabyte", w.checks)
	}
	w.files["a"] += strings.Repeat(".", 1<<20)
	if more, err := fix.Apply(w.check); err != nil || len(more.Files) != 0 || len(more.Rejected) != 1 {
		t.Errorf("of a text of two megabytes %d files change, %d fixes are left out, %v", len(more.Files), len(more.Rejected), err)
	}
	last := r.Rejected[len(r.Rejected)-1].Reason
	if !strings.HasPrefix(last, "too much text to try it") {
		t.Errorf("the last fix that is left out: %q", last)
	}
	if len(r.Left) == 0 {
		t.Error("nothing is left")
	}
}
