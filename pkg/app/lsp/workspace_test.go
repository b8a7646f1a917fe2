package lsp

import (
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

func TestPathOf(t *testing.T) {
	tests := []struct{ uri, want string }{
		{"file:///home/a/azuredeploy.json", "/home/a/azuredeploy.json"},
		{"file:///home/a%20b/x.json", "/home/a b/x.json"},
		{"file:///c%3A/templates/x.json", "c:/templates/x.json"},
		{"untitled:Untitled-1", "untitled:Untitled-1"},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, pathOf(tt.uri)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.uri, diff)
		}
	}
}

func TestOffsetOf(t *testing.T) {
	const text = "a😀b\r\nzwei\n"
	tests := []struct {
		line, character, want int
	}{
		{0, 0, 0}, {0, 1, 1}, {0, 3, 5}, {0, 99, 6}, {1, 0, 8}, {1, 4, 12}, {2, 0, 13}, {9, 9, 13}, {-1, 1, 1},
	}
	for _, tt := range tests {
		if got := offsetOf(text, position{Line: tt.line, Character: tt.character}); got != tt.want {
			t.Errorf("%d:%d is offset %d, want %d", tt.line, tt.character, got, tt.want)
		}
	}
}

// FuzzChange makes several edits in one message, and compares the text with what
// the edits say one by one.
func FuzzChange(f *testing.F) {
	f.Add("{\n}", "utf-16", []byte{0, 1, 1, 0, 1}, "x")
	f.Add("😀\r\n", "utf-8", []byte{0, 1, 7, 7, 0, 0, 1, 0, 3, 1, 1, 0, 1, 0, 0}, "")
	f.Add("a\rb\nc\r\nd", "utf-32", []byte{3, 1, 3, 1, 1, 2, 0, 2, 1, 1, 0, 0, 2, 0, 1, 1, 0, 1, 0, 1}, "\n")
	f.Add("a\rb\nc\r\nd", "utf-16", []byte{1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0, 1, 1, 0, 1, 0, 0, 9, 9, 1, 0, 0, 0, 0, 1}, "\né\r")
	f.Fuzz(func(t *testing.T, text, units string, numbers []byte, insert string) {
		text, insert = strings.ToValidUTF8(text, "?"), strings.ToValidUTF8(insert, "?") // as in JSON
		e := encodingOf([]string{units})
		w := newWorkspace(engine.Folder(""))
		w.encoding = e
		w.put(document{URI: "file:///a.json", Text: text})
		p := changeParams{TextDocument: document{URI: "file:///a.json"}}
		want := text
		for ; len(numbers) >= 5; numbers = numbers[5:] {
			at := func(i int) position { return position{Line: int(int8(numbers[i])), Character: int(int8(numbers[i+1]))} }
			r := textRange{at(0), at(2)}
			put := insert
			if numbers[4] == 0 {
				put = ""
			}
			p.ContentChanges = append(p.ContentChanges, struct {
				Range *textRange `json:"range"`
				Text  string     `json:"text"`
			}{&r, put})
			start, _ := ahead(want, e, position{}, r.Start)
			end, _ := ahead(want, e, position{}, r.End)
			want = want[:start] + put + want[max(start, end):]
		}
		w.change(p)
		if d, ok := w.document("/a.json"); !ok || d.text != want {
			t.Errorf("%q with %v becomes %q, want %q", text, p.ContentChanges, d.text, want)
		}
	})
}

// TestOffsetsArePositions compares the two conversions at each character.
func TestOffsetsArePositions(t *testing.T) {
	const text = "a😀b\r\nzwei\n\r\r\né\n"
	for offset := range text {
		if !utf8.RuneStart(text[offset]) || text[offset] == '\n' && offset > 0 && text[offset-1] == '\r' {
			continue
		}
		p := positionOf(text, offset)
		if got := offsetOf(text, p); got != offset {
			t.Errorf("offset %d is at %v, which is offset %d", offset, p, got)
		}
		file := source.NewFile("a.json", []byte(text))
		if got := rangeOf(file.Range(offset, offset)).Start; got != p {
			t.Errorf("offset %d is at %+v of the file, and at %+v of the text", offset, got, p)
		}
	}
}

// TestManyChangesInOneMessage replaces 20,000 words in a text of a megabyte, as an
// editor does: the last one first. One copy of the text for each was 20 GB.
func TestManyChangesInOneMessage(t *testing.T) {
	const words = 20_000
	for name, end := range map[string]string{"lines": "\n", "one line": " "} {
		w := newWorkspace(engine.Folder(""))
		w.put(document{URI: "file:///a.json", Text: strings.Repeat(strings.Repeat("é", 25)+"old"+end, words)})
		var p changeParams
		p.TextDocument.URI = "file:///a.json"
		p.ContentChanges = slices.Grow(p.ContentChanges, words)[:words]
		for i := range words {
			at := position{Line: words - 1 - i, Character: 25}
			if end == " " {
				at = position{Character: (words-1-i)*29 + 25}
			}
			p.ContentChanges[i].Range = &textRange{at, position{Line: at.Line, Character: at.Character + 3}}
			p.ContentChanges[i].Text = "newer"
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		w.change(p)
		runtime.ReadMemStats(&after)
		if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 50 {
			t.Errorf("%s: took %d MB", name, mb)
		}
		if d, _ := w.document("/a.json"); d.text != strings.Repeat(strings.Repeat("é", 25)+"newer"+end, words) {
			t.Errorf("%s: the text is another one", name)
		}
	}
}
