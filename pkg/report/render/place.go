package render

import (
	"strconv"

	"github.com/scaleset/scaleset/pkg/syntax/source"
)

type Range struct {
	Path  string          `json:"path"`
	Start source.Position `json:"start"`
	End   source.Position `json:"end"`
}

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

func NewNote(message string, at source.Range) Note {
	return Note{message, NewRange(at)}
}

// Place is "path:line:col" of the start of a range, or the path alone when
// the file has no text to point into.
func Place(r source.Range) string {
	if r.IsZero() {
		return "scaleset"
	}
	if r.File.Len() == 0 {
		return Neutral(r.File.Path())
	}
	p := r.StartPosition()
	return Neutral(r.File.Path()) + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
}
