package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// layouts write the same template in another way.
var layouts = []struct {
	name  string
	write func(text []byte, root jsonc.Node) []byte
}{
	{"line ends of Windows and a mark", func(text []byte, _ jsonc.Node) []byte {
		return append([]byte("\ufeff"), bytes.ReplaceAll(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), []byte("\n"), []byte("\r\n"))...)
	}},
	{"one line", func(_ []byte, root jsonc.Node) []byte { return compactNode(nil, root, false) }},
	{"keys in reverse", func(_ []byte, root jsonc.Node) []byte { return compactNode(nil, root, true) }},
	{"resources in reverse", func(text []byte, root jsonc.Node) []byte {
		o, ok := root.(*jsonc.Object)
		if !ok || o.Get("resources") == nil {
			return text
		}
		list, ok := o.Get("resources").Value.(*jsonc.Array)
		if !ok {
			return text
		}
		out := []byte("[")
		for i := len(list.Elements) - 1; i >= 0; i-- {
			out = append(append(out, list.Elements[i].Range().Text()...), ',')
		}
		return slices.Concat(text[:list.At.Start], bytes.TrimSuffix(out, []byte(",")), []byte("]"), text[list.At.End:])
	}},
}

// compactNode writes a value on one line, with the members of objects in their
// order or in reverse.
func compactNode(out []byte, n jsonc.Node, reverse bool) []byte {
	switch n := n.(type) {
	case *jsonc.Object:
		out = append(out, '{')
		members := slices.Clone(n.Members)
		if reverse {
			slices.Reverse(members)
		}
		for i, m := range members {
			if i > 0 {
				out = append(out, ',')
			}
			out = append(append(out, jsonc.Quote(m.Key.Value)...), ':')
			out = compactNode(out, m.Value, reverse)
		}
		return append(out, '}')
	case *jsonc.Array:
		out = append(out, '[')
		for i, e := range n.Elements {
			if i > 0 {
				out = append(out, ',')
			}
			out = compactNode(out, e, reverse)
		}
		return append(out, ']')
	case *jsonc.String:
		return append(out, jsonc.Quote(n.Value)...)
	}
	return append(out, n.Range().Text()...)
}

// codesOf are the codes of all findings, counted, without those that are about
// the layout.
func (b bench) codesOf(name string) map[string]int {
	b.t.Helper()
	_, out := b.run("lint --format json --no-settings " + name)
	var result struct {
		Findings []struct{ Code, Severity string }
	}
	if err := json.Unmarshal([]byte(out), &result); err != nil {
		b.t.Fatal(err)
	}
	codes := map[string]int{}
	for _, f := range result.Findings {
		if f.Severity != "info" { // hints of one kind are folded by place
			codes[f.Code]++
		}
	}
	return codes
}

// TestLayoutDoesNotMatter wants the same findings of a template however it is
// written, and no difference between the two.
func TestLayoutDoesNotMatter(t *testing.T) {
	seeds := seedTemplates(t)
	checked := 0
	for i := 0; i < len(seeds); i += 61 {
		text := seeds[i]
		tree := jsonc.Parse(source.NewFile("t.json", text))
		if tree.Diagnostics.HasErrors() || len(tree.Diagnostics) > 0 || bytes.Contains(text, []byte("scaleset:ignore")) {
			continue // what is wrong with the layout itself
		}
		checked++
		b := newBench(t, map[string][]byte{"a.json": text})
		want := b.codesOf("a.json")
		for _, l := range layouts {
			if err := os.WriteFile(filepath.Join(b.folder, "a.json"), l.write(text, tree.Root), 0o644); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, b.codesOf("a.json")); diff != "" {
				t.Errorf("seed %d, %s (-want +got):\n%s\n%s", i, l.name, diff, text[:min(len(text), 300)])
			}
		}
		if err := os.WriteFile(filepath.Join(b.folder, "b.json"), text, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, out := b.run("diff a.json b.json"); out != "" && !strings.Contains(out, "no change") { // "" for what has no resources to compare
			t.Errorf("seed %d: the same template in another layout differs: %s", i, out)
		}
	}
	if checked < 5 {
		t.Errorf("only %d templates were checked", checked)
	}
}

// FuzzSettingsFile wants a run with any settings to end with findings or with
// mistakes that have a place, to write nothing, and to say when it is narrowed.
func FuzzSettingsFile(f *testing.F) {
	for _, seed := range []string{
		"rules: {all: off}\n", "format: [text, text=../x]\n", "parameters: [../p.json, t.json]\n", "exclude: '**'\nfail-on: never\n", "paths: [{match: '*', rules: {SS2101: off}, parameters: /etc/passwd}]\n",
		"suppress: [{rules: all, reason: x}]\n", "usage: .\nskus: t.json\nbaseline: t.json\nlink-root: ..\n", "set: {opener: 'Zq7CanaryX9'}\n", "guidance: preview\nmin-severity: error\nmax-findings: 1\n",
	} {
		f.Add([]byte(seed))
	}
	template := []byte(vectorTemplate(`"opener": {"type": "securestring"}, "unused": {"type": "string"}`, "", vectorSet("", "", "")))
	f.Fuzz(func(t *testing.T, text []byte) {
		b := newBench(t, map[string][]byte{"t.json": template, ".scaleset.yaml": text})
		before := snapshot(t, b.folder)
		code, out := b.run("lint --format json --strict-settings t.json")
		if diff := cmp.Diff(before, snapshot(t, b.folder)); diff != "" {
			t.Errorf("settings write files:\n%s", diff)
		}
		if code == ExitUsage {
			return
		}
		if narrowed := strings.Contains(out, `"narrowed"`); narrowed && code != ExitFindings {
			t.Errorf("exit code %d of settings that narrow the run", code)
		}
		if strings.Contains(out, bird) {
			t.Error("a secret comes out")
		}
	})
}
