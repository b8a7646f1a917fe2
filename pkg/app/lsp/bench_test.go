package lsp

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// BenchmarkComplete completes the name of a member of a scale set, a value in it,
// and a function, in a template of about 150 KB.
func BenchmarkComplete(b *testing.B) {
	text, err := os.ReadFile(filepath.Join(golden.Root(b), "examples", "linux-nat", "azuredeploy.json"))
	if err != nil {
		b.Fatal(err)
	}
	long := strings.Replace(string(text), `"variables": {`, `"variables": { "long": "`+strings.Repeat("x", 150_000)+`",`, 1)
	for _, bb := range []struct{ name, before, after string }{
		{"member", `"virtualMachineProfile": {`, ` "": {},`},
		{"value", `"createOption": "`, ``},
		{"expression", `"[`, ``},
	} {
		b.Run(bb.name, func(b *testing.B) {
			i := strings.LastIndex(long, bb.before)
			if i < 0 {
				b.Fatal(bb.before)
			}
			i += len(bb.before)
			s := newServer(b.Context(), Config{Clock: still{}})
			s.files.put(document{URI: "file:///a.json", Text: long[:i] + bb.after + long[i:]})
			p := positionParams{document{URI: "file:///a.json"}, positionOf(long, i+min(len(bb.after), 2))}
			for b.Loop() {
				if len(s.complete(p)) == 0 {
					b.Fatal("nothing is offered")
				}
			}
		})
	}
}

// BenchmarkEdit edits templates of about 2 KB and 150 KB, with 1 and 80 scale sets and
// their networks, until the findings are sent.
func BenchmarkEdit(b *testing.B) {
	for _, sets := range []int{1, 80} {
		b.Run(fmt.Sprintf("%d-sets", sets), func(b *testing.B) { edit(b, sets) })
	}
}

func edit(b *testing.B, sets int) {
	text := golden.LargeTemplate(sets)
	s := newServer(b.Context(), Config{Engine: engine.Config{Files: engine.Folder(b.TempDir()), Rules: rules.All()}, Clock: still{}})
	s.editor = jsonrpc2.NewConn(b.Context(), newStream(golden.NewEditor(nil)), s)
	s.didOpen(b.Context(), s.editor, openParams{document{URI: "file:///t.json", Text: text}})
	s.checkDirty()
	if len(s.known) != 1 {
		b.Fatal("the template is not checked")
	}
	b.SetBytes(int64(len(text)))
	for n := 0; b.Loop(); n++ {
		at := golden.LargeTemplateCapacity(text, n%sets)
		var p changeParams
		p.TextDocument.URI = "file:///t.json"
		p.ContentChanges = append(p.ContentChanges, struct {
			Range *textRange `json:"range"`
			Text  string     `json:"text"`
		}{Text: text[:at] + strconv.Itoa(1+n/sets%9) + text[at+1:]})
		s.didChange(b.Context(), s.editor, p)
		s.checkDirty()
	}
}
