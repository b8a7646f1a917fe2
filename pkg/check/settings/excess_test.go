package settings

import (
	"errors"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// TestExcess wants what costs the parser gigabytes to be rejected at its place,
// and as much as anybody writes to be read.
func TestExcess(t *testing.T) {
	times := strings.Repeat
	const deep, empty, tags = "lists and mappings are nested more than 100 deep", "there are more than 1000 empty lists and mappings", "there are more than 1000 exclamation marks"
	for _, tt := range []struct {
		text, want string
		column     int // counts from 1
	}{
		{times("[", 60000), deep, 101},
		{times("{a: ", 60000), deep, 401},
		{times("[\n", 60000), deep, 1},
		{times("- ", 60000), deep, 201},
		{times("- - [", 60000), deep, 0},
		{times("? ", 60000), deep, 201},
		{times("[]", 30000), empty, 2001},
		{times("{ }", 30000), empty, 3001},
		{times("- !a ", 12000), tags, 0},
		{times("[", 100) + times("]", 100), "", 0},
		{"# " + times("-", 200) + " - -\n" + times("- a\n", 300), "", 0},
		{times("[] ", 1000), "", 0},
		{"[" + times("a,", 60000), "there are more than 5000 commas", 10003},
		{"[" + times("a,", 5000), "", 0},
	} {
		at, what := excess([]byte(tt.text))
		if what != tt.want {
			t.Errorf("%.20s: %q, want %q", tt.text, what, tt.want)
		}
		if column := source.NewFile("f", []byte(tt.text)).Range(at, at).StartPosition().Column; tt.column > 0 && column != tt.column {
			t.Errorf("%.20s: column %d, want %d", tt.text, column, tt.column)
		}
	}
	var mistakes Mistakes
	_, err := parse(source.NewFile("f", []byte("rules:\n  SS4001: "+times("[", 1000))), Checks{}, nil)
	if !errors.As(err, &mistakes) || len(mistakes) != 1 || mistakes[0].At.StartPosition().Line != 2 || mistakes[0].Message != deep {
		t.Errorf("got %v", err)
	}
}
