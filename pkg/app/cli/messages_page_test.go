package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// TestMessagesPage: every "after" of docs/style-messages.md is what lint says today of a
// published template, heading and remedy.
func TestMessagesPage(t *testing.T) {
	folders, published := golden.Corpus(t)
	if !published {
		t.Skip("the published templates are not beside the module")
	}
	root := golden.Root(t)
	page, err := os.ReadFile(filepath.Join(root, "docs", "style-messages.md"))
	if err != nil {
		t.Fatal(err)
	}
	app, out, errs := testApp(t)
	app.Dir = root
	if code := Main(t.Context(), app, append([]string{"lint", "--no-settings", "--enable", "all", "--fail-on", "never", "--format", "json"}, folders...)); code != ExitClean {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	var result struct {
		Findings []struct{ Code, Message, Detail string }
	}
	if err := json.Unmarshal(out.Bytes(), &result); err != nil {
		t.Fatal(err)
	}
	words := func(text string) string { return strings.Join(strings.Fields(text), " ") }
	details := map[string][]string{} // by code and heading
	for _, f := range result.Findings {
		key := f.Code + " " + words(f.Message)
		details[key] = append(details[key], words(f.Detail))
	}
	escaped := regexp.MustCompile(`\\([[:punct:]])`)
	rows := 0
	for line := range strings.Lines(string(page)) {
		cells := strings.Split(strings.TrimSpace(strings.ReplaceAll(line, `\|`, "\x00")), "|")
		if len(cells) != 5 || !strings.HasPrefix(strings.TrimSpace(cells[1]), "SS") {
			continue
		}
		rows++
		after := escaped.ReplaceAllString(strings.ReplaceAll(cells[3], "\x00", "|"), "$1")
		heading, remedy, _ := strings.Cut(words(after), " / ")
		key := words(cells[1]) + " " + heading
		found := false
		for _, detail := range details[key] {
			found = found || strings.Contains(detail, remedy)
		}
		switch {
		case len(details[key]) == 0:
			t.Errorf("lint does not say: %s", key)
		case !found:
			t.Errorf("%s: the remedy is %q, not %q", key, details[key][0], remedy)
		}
	}
	if rows != 60 {
		t.Errorf("%d rows, want 60", rows)
	}
}
