package lsp

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/sourcegraph/jsonrpc2"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// withRules is [serverFor] with all rules.
func withRules(t *testing.T, folder string) (*server, *jsonrpc2.Conn) {
	s := newServer(t.Context(), Config{Engine: engine.Config{Files: engine.Folder(folder), Rules: rules.All()}, Clock: still{}})
	s.editor = jsonrpc2.NewConn(t.Context(), newStream(golden.NewEditor(nil)), s)
	return s, s.editor
}

// TestEditsEqualAFreshOpen edits published templates and their parameter files at
// random, and wants the findings after each edit to be those of a session that
// opens the texts as they are then: what a session remembers of an earlier text
// must never show.
func TestEditsEqualAFreshOpen(t *testing.T) {
	folders, _ := golden.Corpus(t, "scale-sets")
	var paths []string
	golden.WalkCorpus(t, folders, func(_, path string) {
		if info, err := os.Stat(path); err == nil && info.Size() < 60_000 && !strings.Contains(filepath.Base(path), "parameters") {
			paths = append(paths, path)
		}
	})
	draw := rand.New(rand.NewPCG(25, 8))
	draw.Shuffle(len(paths), func(i, j int) { paths[i], paths[j] = paths[j], paths[i] })
	files, edits := 40, 30
	if testing.Short() {
		files, edits = 8, 15
	}
	s, conn := withRules(t, string(filepath.Separator)) // one session for all, so that it remembers much
	withFindings := 0
	for _, path := range paths[:min(files, len(paths))] {
		names := []string{path}
		if beside := strings.TrimSuffix(path, ".json") + ".parameters.json"; exists(beside) {
			names = append(names, beside)
		}
		texts := map[string][]string{} // of each document, the newest last
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			texts[name] = []string{string(text)}
			s.didOpen(t.Context(), conn, openParams{document{URI: uriOfPath(name), Text: string(text)}})
		}
		for range edits {
			name := names[0]
			if draw.IntN(4) == 0 {
				name = names[len(names)-1]
			}
			text := edited(draw, texts[name])
			texts[name] = append(texts[name], text)
			var p changeParams
			p.TextDocument.URI = uriOfPath(name)
			p.ContentChanges = append(p.ContentChanges, struct {
				Range *textRange `json:"range"`
				Text  string     `json:"text"`
			}{Text: text})
			s.didChange(t.Context(), conn, p)
			s.checkDirty()
			fresh, freshConn := withRules(t, string(filepath.Separator))
			for _, name := range names {
				fresh.didOpen(t.Context(), freshConn, openParams{document{URI: uriOfPath(name), Text: texts[name][len(texts[name])-1]}})
			}
			fresh.checkDirty()
			for _, name := range names {
				want, got := shownOf(t, fresh, name), shownOf(t, s, name)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Fatalf("%s after an edit of %s (-fresh +edited):\n%s\n%s", name, p.TextDocument.URI, diff, text)
				}
				if strings.Contains(got, `"code"`) {
					withFindings++
				}
			}
		}
		for _, name := range names {
			s.didClose(t.Context(), conn, openParams{document{URI: uriOfPath(name)}})
		}
	}
	if withFindings < files {
		t.Errorf("%d comparisons have findings, want more", withFindings)
	}
}

func exists(path string) bool { _, err := os.Stat(path); return err == nil }

func uriOfPath(path string) string {
	absolute, _ := filepath.Abs(path)
	return "file://" + filepath.ToSlash(absolute)
}

func shownOf(t *testing.T, s *server, path string) string {
	t.Helper()
	shown, err := json.MarshalIndent(s.diagnosticsOf(pathOf(uriOfPath(path))), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(shown)
}

// edited returns the newest text with a change as one makes while typing, or an
// earlier text, as undo does.
func edited(draw *rand.Rand, versions []string) string {
	text := versions[len(versions)-1]
	if len(text) == 0 || draw.IntN(4) == 0 {
		return versions[draw.IntN(len(versions))]
	}
	at := draw.IntN(len(text))
	lines := strings.SplitAfter(text, "\n")
	line := draw.IntN(len(lines))
	switch draw.IntN(8) {
	case 0: // a letter or digit is replaced
		for at < len(text)-1 && !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789", rune(text[at])) {
			at++
		}
		return text[:at] + string("abkxyz0159"[draw.IntN(10)]) + text[at+1:]
	case 1: // something is typed
		typed := []string{"x", "\"", ",", "{", "}", "[", "parameters('x')", "null", "\n", "false", "ä", "'"}
		return text[:at] + typed[draw.IntN(len(typed))] + text[at:]
	case 2: // a span is deleted
		return text[:at] + text[min(len(text), at+1+draw.IntN(12)):]
	case 3: // a line is deleted
		return strings.Join(append(append([]string{}, lines[:line]...), lines[line+1:]...), "")
	case 4: // a line is written twice
		return strings.Join(lines[:line], "") + lines[line] + strings.Join(lines[line:], "")
	case 5: // a number is changed
		for _, number := range []string{"2023", "2019", "2018", "2017", "true", "false", ": 3", ": 1", ": 0"} {
			if i := strings.Index(text[at:], number); i >= 0 {
				return text[:at+i] + []string{"2024", "false", "true", ": 7", ": \"\""}[draw.IntN(5)] + text[at+i+len(number):]
			}
		}
		return text
	case 6: // an empty default, on which values may depend
		if i := strings.Index(text, `"defaultValue": "`); i >= 0 {
			start := i + len(`"defaultValue": "`)
			if end := strings.IndexByte(text[start:], '"'); end >= 0 {
				return text[:start] + text[start+end:]
			}
		}
		return text
	}
	// the document gets longer at its beginning: all places move
	return "\n\n" + text
}

// TestManyEdits edits a template of 150 KB as fast as the stream takes it, far more
// than 1,000 times a second, and asks in between: the session keeps up, nothing piles
// up in it, and the last findings are those of the last text.
func TestManyEdits(t *testing.T) {
	edits := 5000
	if testing.Short() {
		edits = 1000
	}
	s := newServer(t.Context(), Config{Engine: engine.Config{Files: engine.Folder(t.TempDir()), Rules: rules.All()}})
	c := wire(t, s, map[string]any{})
	const uri, sets = "file:///t.json", 80
	text := strings.Replace(golden.LargeTemplate(sets), `"Manual"`, `"Manuel"`, 1) // which is reported
	c.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": uri, "version": 0, "text": text}})
	draw := rand.New(rand.NewPCG(1, 1000))
	began := time.Now()
	var waiting sync.WaitGroup
	for version := 1; version <= edits; version++ {
		at := golden.LargeTemplateCapacity(text, draw.IntN(sets))
		start, digit := positionOf(text, at), string(rune('1'+draw.IntN(9)))
		end := start
		end.Character++
		text = text[:at] + digit + text[at+1:]
		c.notify("textDocument/didChange", map[string]any{"textDocument": map[string]any{"uri": uri, "version": version},
			"contentChanges": []any{map[string]any{"range": textRange{start, end}, "text": digit}}})
		if version%100 == 0 {
			waiting.Go(func() { // refused when an edit comes in between
				var answer any
				err := c.conn.Call(t.Context(), "textDocument/hover", map[string]any{"textDocument": map[string]any{"uri": uri}, "position": start}, &answer)
				if rejected := (*jsonrpc2.Error)(nil); err != nil && (!errors.As(err, &rejected) || rejected.Code != codeContentModified) {
					t.Error(err)
				}
			})
		}
	}
	t.Logf("%d edits in %s", edits, time.Since(began))
	waiting.Wait()
	last := c.await("textDocument/publishDiagnostics", fmt.Sprintf(`"version":%d}`, edits))
	if n := len(c.heard("textDocument/publishDiagnostics")); n > edits/4 {
		t.Errorf("findings are sent %d times for %d edits", n, edits)
	}
	if got := s.last("/t.json"); got.template == nil || got.template.Tree.File.Text() != text {
		t.Error("the text that is checked last is not that of the editor")
	}
	fresh, conn := withRules(t, t.TempDir())
	fresh.didOpen(t.Context(), conn, openParams{document{URI: uri, Text: text}})
	fresh.checkDirty()
	var p struct{ Diagnostics []diagnostic }
	if err := json.Unmarshal([]byte(last), &p); err != nil {
		t.Fatal(err)
	}
	got, _ := json.Marshal(p.Diagnostics)
	want, err := json.Marshal(fresh.diagnosticsOf("/t.json"))
	if err != nil || string(want) != string(got) || !strings.Contains(string(want), "Manuel") {
		t.Errorf("%v: the last findings are %.500s, want %.500s", err, got, want)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.queue) + len(s.pending) + len(s.background) + len(s.cancels) + len(s.known) - 1; n != 0 {
		t.Errorf("%d things are left", n)
	}
}
