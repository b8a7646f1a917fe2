package golden

import (
	"os"
	"strings"
	"testing"
)

// Section is the text of the only fenced block in a section of a page, such as
// "Bad".
func Section(t testing.TB, page, name string) string {
	t.Helper()
	_, _, body, _, ok := cut(page, name)
	if !ok {
		t.Fatalf("the page has no block in section %q", name)
	}
	return body
}

// SetSection rewrites that block in the page at path.
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

// cut takes a page apart around the block: what comes before it, the line that
// opens it, its body, the rest.
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
