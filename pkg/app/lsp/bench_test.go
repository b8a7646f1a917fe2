package lsp

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

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
