package nearest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/nearest"
)

func TestName(t *testing.T) {
	for _, tt := range []struct {
		typed string
		names string // separated by blanks
		want  string
		alone bool // no other name is equally close
	}{
		{"contact", "format concat", "concat", true},
		{"Capacty", "capacity name", "capacity", true},
		{"VMSIZE", "vmSize", "vmSize", true},
		{"web2", "web1 web3", "web1", false},
		{"web2", "web1 WEB1", "web1", true}, // the same name twice
		{"location", "instanceCount", "", false},
		{"abcde", "abcxy", "", false}, // 0.6 is not enough
		{"abcdef", "abcxef", "abcxef", true},
		{"", "a", "", false},
		{"a", "", "", false},
		{"näme", "name", "name", true},
		{strings.Repeat("a", 129), strings.Repeat("a", 128), "", false},
		{strings.Repeat("a", 128), strings.Repeat("a", 128) + "b " + strings.Repeat("a", 126), strings.Repeat("a", 126), true},
		{"names", "name nam", "name", true},
		{"ssh", "frontend", "", false},
		{"mots", "most", "most", true}, // two edits of four letters, but one slip
		{"zoens", "zones", "zones", true},
		{"tpye", "name type", "type", true},
		{"stmo", "most", "", false},
		{"POOL", "pool-a", "pool-a", true},
	} {
		names := strings.Fields(tt.names)
		if got := nearest.Name(tt.typed, names); got != tt.want {
			t.Errorf("Name(%q, %q) = %q, want %q", tt.typed, names, got, tt.want)
		}
		want := ""
		if tt.alone {
			want = tt.want
		}
		if got := nearest.Unique(tt.typed, names); got != want {
			t.Errorf("Unique(%q, %q) = %q, want %q", tt.typed, names, got, want)
		}
	}
}

// TestMany wants no search among more names than a template can declare.
func TestMany(t *testing.T) {
	var names []string
	for i := range 1001 {
		names = append(names, fmt.Sprintf("name%d", i))
	}
	if got := nearest.Name("nam7", names[:1000]); got != "name7" {
		t.Errorf("among 1,000: %q", got)
	}
	if got := nearest.Name("nam7", names) + nearest.Unique("nam7", names); got != "" {
		t.Errorf("among 1,001: %q", got)
	}
	if got := nearest.InCatalog("nam7", names); got != "name7" {
		t.Errorf("in a catalog of 1,001: %q", got)
	}
}

func TestQuestion(t *testing.T) {
	if got, want := nearest.Question("contact", []string{"concat"}), "Did you mean 'concat'?"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := nearest.Hint("contact", []string{"concat"}), `; did you mean "concat"?`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := nearest.Hint("x", []string{"concat"}); got != "" {
		t.Errorf("got %q, want nothing", got)
	}
	if got := nearest.Question("x", []string{"concat"}); got != "" {
		t.Errorf("got %q, want nothing", got)
	}
}

func BenchmarkName(b *testing.B) {
	var names []string
	for i := range 1000 {
		names = append(names, fmt.Sprintf("name%d", i))
	}
	b.ReportAllocs()
	for b.Loop() {
		nearest.Name("something else", names)
	}
}

func TestLikeness(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want float64
	}{
		{"abcd", "ABCD", 1}, {"abcd", "abc", 0.75}, {"abcd", "wxyz", 0}, {"", "", 1}, {"", "a", 0}, {"abcd", "BACD", 0.75}, {"abcd", "abdc", 0.75}, {"abcd", "badc", 0.25},
		{"äb", "bä", 0.5}, {"abcdefgh", "abcdefhg", 0.875}, {"aa", "aa", 1},
	} {
		if got := nearest.Likeness(tt.a, tt.b); got != tt.want {
			t.Errorf("Likeness(%q, %q) = %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}

func TestSlip(t *testing.T) {
	for _, tt := range []struct {
		typed, name string
		want        bool
	}{
		{"Percentage CPUs", "Percentage CPU", true},
		{"PercentageCPU", "percentage cpu", true},
		{"Percentag CP", "Percentage CPU", true},
		{"Percenta CP", "Percentage CPU", false}, // three edits
		{"Network In", "Network In Total", false},
		{"Network In", "Network Out", false},
		{"name", "game", false}, // too short
		{"names", "games", true},
		{strings.Repeat("a", 129), strings.Repeat("a", 128), false},
	} {
		if got := nearest.Slip(tt.typed, tt.name); got != tt.want {
			t.Errorf("Slip(%q, %q) = %t", tt.typed, tt.name, got)
		}
	}
}
