package names

import (
	"slices"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/lines"
)

// TestPatternsASCII compares the patterns for ASCII names with the full ones.
func TestPatternsASCII(t *testing.T) {
	texts := []string{network.match}
	for _, c := range curated {
		texts = append(texts, c.class.match, c.class.reject)
	}
	for line := range strings.Lines(table) {
		for column := range strings.SplitSeq(strings.TrimSuffix(line, "\n"), "\t") {
			if column[0] == '+' || column[0] == '!' {
				texts = append(texts, column[1:])
			}
		}
	}
	slices.Sort(texts)
	for _, text := range slices.Compact(texts) {
		if strings.Contains(text, `\p`) {
			p := pattern(text)
			for i := range 128 {
				for _, name := range []string{string(rune(i)), "a" + string(rune(i)), string(rune(i)) + "a", "a" + string(rune(i)) + "a"} {
					if p.ascii().MatchString(name) != p.full().MatchString(name) {
						t.Errorf("%s and %s differ for %q", p.ascii(), p.full(), name)
					}
				}
			}
		}
	}
	if p := pattern(network.match); !p.MatchString("größe") || p.MatchString("größe-") {
		t.Errorf("%s does not see letters beyond ASCII", p)
	}
}

// TestTableSorted wants the table to be in the order of its lookup.
func TestTableSorted(t *testing.T) {
	for line := range strings.Lines(table) {
		name, _, _ := strings.Cut(line, "\t")
		if !strings.Contains(lines.Find(table, name), line) {
			t.Errorf("%s is not found", name)
		}
	}
}
