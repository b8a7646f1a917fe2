package requirements

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/check/lint/ruletest"
	"github.com/scaleset/scaleset/pkg/internal/golden"
)

func TestRules(t *testing.T) { ruletest.Run(t, Rules()) }

// TestForms: a value is judged however it is written.
func TestForms(t *testing.T) { ruletest.Forms(t, Rules(), nil) }

// TestUnknown: who knows less says less.
func TestUnknown(t *testing.T) { ruletest.Unknown(t, Rules(), nil) }

// TestPages keeps the section Why of each page equal to the rows of its family.
// It comes after TestRules, which writes the Output of the pages.
func TestPages(t *testing.T) {
	for _, f := range slices.Concat(families, advice) {
		f := &f
		text, err := os.ReadFile(pageName(f))
		if err != nil {
			t.Fatal(err)
		}
		before, rest, ok := strings.Cut(string(text), "## Why\n")
		_, after, ok2 := strings.Cut(rest, "## How to fix\n")
		if !ok || !ok2 {
			t.Fatalf("%s: the page has no section Why before How to fix", pageName(f))
		}
		golden.Equal(t, pageName(f), []byte(before+"## Why\n\n"+why(f)+"\n## How to fix\n"+after))
	}
}

// why lists the rows of a family.
func why(f *Family) string {
	var b strings.Builder
	if f.advises() {
		for _, r := range f.Rows {
			fmt.Fprintf(&b, "- `%s`: %s ([source](%s))\n", r.ID, r.Why, r.Source)
		}
		return b.String()
	}
	fmt.Fprintf(&b, "The rule checks these requirements. A finding is an error if the rejection by Azure is recorded,\n"+
		"documented or reported, a warning if it is inferred, and info if Azure accepts the value without\n"+
		"effect.\n\n")
	for _, r := range f.Rows {
		fmt.Fprintf(&b, "- `%s`: %s ([%s](%s))\n", r.ID, r.Why, r.Sure, r.Source)
	}
	return b.String()
}
