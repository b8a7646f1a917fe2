package cli

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/check/catalog"
	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// TestPagesOfPreviews runs the commands of the pages of findings that only a
// command shows: the one under Bad shows the code, the one under Good does not.
func TestPagesOfPreviews(t *testing.T) {
	ran := 0
	for _, e := range catalog.All() {
		page := e.Text()
		bad := golden.Section(t, page, "Bad")
		if !strings.HasPrefix(bad, "$ scaleset ") {
			continue
		}
		ran++
		if out := runLine(t, bad); !strings.Contains(out, string(e.Code)) {
			t.Errorf("%s: the command under Bad does not show it:\n%s", e.Code, out)
		}
		if out := runLine(t, golden.Section(t, page, "Good")); strings.Contains(out, string(e.Code)) {
			t.Errorf("%s: the command under Good shows it:\n%s", e.Code, out)
		}
	}
	if ran < 5 {
		t.Errorf("only %d pages have commands", ran)
	}
}

// TestPagesAreComplete: every code has a page with an example, a reason and a fix.
func TestPagesAreComplete(t *testing.T) {
	for _, e := range catalog.All() {
		for _, section := range []string{"\n## Bad\n", "\n## Good\n", "\n## Why\n", "\n## How to fix\n"} {
			_, rest, ok := strings.Cut(e.Text(), section)
			text, _, _ := strings.Cut(rest, "\n## ")
			if !ok || len(strings.Fields(text)) < 2 {
				t.Errorf("%s %s: the page has no text under %q", e.Code, e.Name, strings.TrimSpace(section))
			}
		}
	}
}

// runLine runs a command line among the examples.
func runLine(t *testing.T, line string) string {
	t.Helper()
	app, out, errs := testApp(t)
	app.Dir = filepath.Join(golden.Root(t), "examples", "current")
	if strings.Contains(line, " web.json") {
		app.Dir = filepath.Join(golden.Root(t), "cmd", "scaleset", "testdata", "questions")
	}
	Main(context.Background(), app, strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "$ scaleset ")))
	return out.String() + errs.String()
}
