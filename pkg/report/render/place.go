package render

import (
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A Range is a place in the JSON of all commands: a path with lines and columns
// from 1 and byte offsets from 0.
type Range struct {
	Path  string          `json:"path"`
	Start source.Position `json:"start"`
	End   source.Position `json:"end"`
}

// A Note is a sentence about a place.
type Note struct {
	Message string `json:"message"`
	Range
}

// NewRange gives a place; no place, or one in a file without text, is its
// first line and column.
func NewRange(r source.Range) Range {
	if r.IsZero() {
		first := source.Position{Line: 1, Column: 1}
		return Range{Start: first, End: first}
	}
	return Range{r.File.Path(), r.StartPosition(), r.EndPosition()}
}

// RangeOrNil gives a place, nil for no place.
func RangeOrNil(r source.Range) *Range {
	if r.IsZero() {
		return nil
	}
	j := NewRange(r)
	return &j
}

// NewNote gives a sentence and its place as JSON has them.
func NewNote(message string, at source.Range) Note {
	return Note{message, NewRange(at)}
}

// Place returns "path:line:col" of the start of a range, or the path alone when
// the file has no text to point into.
func Place(r source.Range) string {
	if r.IsZero() {
		return "scaleset"
	}
	name := Neutral(shownPath(r.File.Path()))
	if r.File.Len() == 0 {
		return name
	}
	p := r.StartPosition()
	return name + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
}

// shownPath returns a path as people write it: a file at a git revision without "./".
func shownPath(name string) string {
	if revision, file, ok := strings.Cut(name, ":./"); ok && !strings.Contains(revision, "/") {
		return revision + ":" + file
	}
	return name
}
