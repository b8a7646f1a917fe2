package findings

import (
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

func TestAlsoAt(t *testing.T) {
	f := source.NewFile("a.json", []byte(strings.Repeat("x\n", 20)))
	line := func(n int) source.Range { return f.Range(2*(n-1), 2*(n-1)+1) }
	tests := []struct {
		name  string
		lines []int
		want  string
	}{
		{"no other", nil, ""},
		{"one", []int{4}, "the same on line 4"},
		{"three", []int{4, 6, 9}, "the same on lines 4, 6 and 9"},
		{"twice on a line", []int{4, 4}, "the same on line 4"},
		{"on the very line", []int{1}, "the same once more on this line"},
		{"twice on the very line", []int{1, 1}, "the same 2 times more on this line"},
		{"many", []int{2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, "the same on lines 2, 3, 4, 5, 6, 7, 8, 9 and 2 more"},
	}
	for _, tt := range tests {
		d := diag.Diagnostic{Subject: line(1)}
		for _, n := range tt.lines {
			d.Also = append(d.Also, diag.Related{Range: line(n)})
		}
		if got := alsoAt(&d); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestLowerFirst(t *testing.T) {
	for in, want := range map[string]string{"Write true": "write true", "SSH keys": "SSH keys", "insert ','": "insert ','", "": "", "A": "a"} {
		if got := lowerFirst(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
