package golden

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A Page is the page of one kind of finding: a title with the sections Bad,
// Output and Good.
type Page struct {
	Path string // of its file, relative to the package under test
	Text string // as the package embeds it
	// Start is the required beginning: its title, and optionally more.
	Start string
	// Code is the code that the Bad block must report.
	Code string
	// Run returns the findings for a block.
	Run func(block string) string
}

// Test executes the page: its Bad block must give exactly its Output, its Good
// block nothing.
func (p Page) Test(t *testing.T) {
	t.Helper()
	p.TestGood(t)
	got := p.Run(Section(t, p.Text, "Bad"))
	if Update() {
		SetSection(t, p.Path, "Output", got)
	} else if diff := cmp.Diff(Section(t, p.Text, "Output"), got); diff != "" {
		t.Errorf("Output of the page (-page +found):\n%s", diff)
	}
	if !strings.Contains(got, p.Code) {
		t.Error("the Bad block does not show the kind")
	}
}

// TestGood is [Page.Test] for a page whose Bad block only outlines an input.
func (p Page) TestGood(t *testing.T) {
	t.Helper()
	if !strings.HasPrefix(p.Text, p.Start) {
		t.Fatalf("the page of %s is missing, or does not begin with %q", p.Code, p.Start)
	}
	if got := p.Run(Section(t, p.Text, "Good")); got != "" {
		t.Errorf("the Good block gives a finding:\n%s", got)
	}
}

// Section returns the text of the only fenced block in a section of a page,
// such as "Bad".
func Section(t testing.TB, page, name string) string {
	t.Helper()
	_, _, body, _, ok := cut(page, name)
	if !ok {
		t.Fatalf("the page has no block in section %q", name)
	}
	return body
}

// SetSection replaces that block in the page at path.
func SetSection(t testing.TB, path, name, body string) {
	t.Helper()
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, fence, _, after, ok := cut(string(page), name)
	if !ok {
		t.Fatalf("%s has no block in section %q", path, name)
	}
	if err := os.WriteFile(path, []byte(before+fence+body+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

// cut splits a page at the block: the text before it, its opening line, its
// body, and the rest.
func cut(page, name string) (before, fence, body, after string, ok bool) {
	heading := strings.Index(page, "\n## "+name+"\n")
	if heading < 0 {
		return "", "", "", "", false
	}
	open := strings.Index(page[heading:], "```")
	if open < 0 {
		return "", "", "", "", false
	}
	open += heading
	start := open + strings.Index(page[open:], "\n") + 1
	end := strings.Index(page[start:], "```")
	if end < 0 {
		return "", "", "", "", false
	}
	return page[:open], page[open:start], page[start : start+end], page[start+end:], true
}
