package lsp

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/check/engine"
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
		{0, 0, 0}, {0, 1, 1}, {0, 3, 5}, {0, 99, 7}, {1, 0, 8}, {1, 4, 12}, {2, 0, 13}, {9, 9, 13},
	}
	for _, tt := range tests {
		if got := offsetOf(text, position{Line: tt.line, Character: tt.character}); got != tt.want {
			t.Errorf("%d:%d is offset %d, want %d", tt.line, tt.character, got, tt.want)
		}
	}
}

func FuzzChange(f *testing.F) {
	f.Add("{\n}", 0, 1, 1, 0, "x")
	f.Add("😀\r\n", 0, 1, 7, 7, "")
	f.Fuzz(func(t *testing.T, text string, line, character, endLine, endCharacter int, insert string) {
		w := newWorkspace(engine.Folder(""))
		w.put(document{URI: "file:///a.json", Text: text})
		p := changeParams{TextDocument: document{URI: "file:///a.json"}}
		p.ContentChanges = append(p.ContentChanges, struct {
			Range *textRange `json:"range"`
			Text  string     `json:"text"`
		}{&textRange{position{Line: line, Character: character}, position{Line: endLine, Character: endCharacter}}, insert})
		w.change(p)
		d, ok := w.document("/a.json")
		if !ok || len(d.text) > len(text)+len(insert) {
			t.Errorf("%q with %q becomes %q", text, insert, d.text)
		}
	})
}
