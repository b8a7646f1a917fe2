package lsp_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/textproto"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/app/lsp"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// stillClock never calls anything: no machine is too slow for these tests.
type stillClock struct{}

func (stillClock) AfterFunc(time.Duration, func()) func() { return func() {} }

func frame(message any) []byte {
	body, err := json.Marshal(message)
	if err != nil {
		panic(err)
	}
	return append(fmt.Appendf(nil, "Content-Length: %d\r\n\r\n", len(body)), body...)
}

type message struct {
	ID     *json.RawMessage `json:"id"`
	Method string           `json:"method"`
	Params json.RawMessage  `json:"params"`
	Result json.RawMessage  `json:"result"`
	Error  *struct {
		Code    int
		Message string
	} `json:"error"`
}

// play gives the server a stream of bytes, and reads what it answers: frames
// that hold JSON, nothing between them.
func play(t *testing.T, said []byte) (answers []message, text string) {
	t.Helper()
	return playWith(t, said, engine.Folder(t.TempDir()))
}

func playWith(t *testing.T, said []byte, files engine.Files) (answers []message, text string) {
	t.Helper()
	r := golden.NewEditor(said)
	if err := lsp.Serve(t.Context(), r, lsp.Config{Engine: engine.Config{Files: files, Rules: rules.All()}, Version: "test", Clock: stillClock{}}); err != nil {
		t.Fatal(err)
	}
	text = r.String()
	in := bufio.NewReader(strings.NewReader(text))
	for {
		if _, err := in.Peek(1); err == io.EOF {
			return answers, text
		}
		head, err := textproto.NewReader(in).ReadMIMEHeader()
		if err != nil {
			t.Fatalf("no header: %v", err)
		}
		n, err := strconv.Atoi(head.Get("Content-Length"))
		if err != nil {
			t.Fatal(err)
		}
		body := make([]byte, n)
		if _, err := io.ReadFull(in, body); err != nil {
			t.Fatal(err)
		}
		var m message
		if err := json.Unmarshal(body, &m); err != nil {
			t.Fatalf("%v: %.300s", err, body)
		}
		answers = append(answers, m)
	}
}

// FuzzStream sends bytes as they come: the server ends with the stream, without a panic.
func FuzzStream(f *testing.F) {
	initialize := frame(map[string]any{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": map[string]any{}})
	f.Add(initialize)
	f.Add(append(initialize, frame(map[string]any{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": map[string]any{"textDocument": map[string]any{"uri": uri, "text": "{"}}})...))
	for _, s := range []string{
		"Content-Length: 99999999999999999\r\n\r\n{}", "Content-Length: -1\r\n\r\n{}", "Content-Length: 2\r\n\r\n[]", "Content-Length: 4\r\n\r\nnull", "\r\n\r\n", "Content-Length: 5\n\n{", strings.Repeat("x", 1<<16),
		`Content-Length: 52` + "\r\n\r\n" + `{"jsonrpc":"2.0","id":{},"method":"textDocument/hover"}`,
		string(frame(map[string]any{"jsonrpc": "2.0", "id": "a", "method": "textDocument/hover", "params": []any{1}})), string(frame(map[string]any{"jsonrpc": "2.0", "id": 1, "method": "shutdown"})) + string(frame(map[string]any{"method": "exit"})),
		string(frame(map[string]any{"jsonrpc": "2.0", "method": "textDocument/didChange", "params": map[string]any{"textDocument": map[string]any{"uri": "x:y"}, "contentChanges": []any{map[string]any{"range": map[string]any{"start": map[string]any{"line": -1, "character": 1 << 40}}, "text": "a"}}}})),
		string(frame(map[string]any{"jsonrpc": "2.0", "id": 5, "result": 1})), string(frame(map[string]any{"jsonrpc": "2.0", "id": 5, "method": "textDocument/completion", "params": map[string]any{"textDocument": map[string]any{"uri": "file:///../../etc/passwd"}, "position": map[string]any{"line": 1 << 30}}})),
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, said []byte) { play(t, said) })
}

// asked are the requests that concern a place.
var asked = []string{"textDocument/hover", "textDocument/completion", "textDocument/definition", "textDocument/codeAction", "textDocument/documentSymbol", "textDocument/formatting"}

// FuzzSession opens a document, changes it and asks everything at a place of
// it. Each request has one answer and no failure; two sessions say the same;
// an edit that is offered leaves JSON as JSON.
func FuzzSession(f *testing.F) {
	for i := range 20 {
		f.Add(text, i, i*3, i+1, 2, "x")
	}
	f.Add(text, 17, 30, 17, 40, `"[concat(variables('`)
	f.Add(strings.ReplaceAll(text, "\n", "\r\n"), 3, 4, 9, 1, "\U0001f600")
	f.Add("{", 0, 1, 0, 1, "")
	f.Add("", 99, 99, -1, -5, "[")
	f.Fuzz(func(t *testing.T, text string, line, character, endLine, endCharacter int, insert string) {
		at := map[string]any{"line": line, "character": character}
		here := map[string]any{"start": at, "end": map[string]any{"line": endLine, "character": endCharacter}}
		doc := map[string]any{"uri": uri, "version": 1}
		notify := func(method string, params map[string]any) []byte {
			return frame(map[string]any{"jsonrpc": "2.0", "method": method, "params": params})
		}
		said := notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": uri, "version": 1, "text": text}})
		id := 0
		ask := func() {
			for _, method := range asked {
				id++
				said = append(said, frame(map[string]any{"jsonrpc": "2.0", "id": id, "method": method, "params": map[string]any{"textDocument": doc, "position": at, "range": here, "options": map[string]any{"tabSize": endCharacter, "insertSpaces": true}}})...)
			}
		}
		ask()
		said = append(said, notify("textDocument/didChange", map[string]any{"textDocument": doc, "contentChanges": []any{map[string]any{"range": here, "text": insert}}})...)
		ask()
		said = append(said, notify("textDocument/didClose", map[string]any{"textDocument": doc})...)
		ask()
		answers, _ := play(t, said)
		seen := map[string]bool{}
		for _, m := range answers {
			if m.ID == nil {
				continue
			}
			if seen[string(*m.ID)] || m.Error != nil && m.Error.Code == -32603 {
				t.Errorf("the answer %s: %+v", *m.ID, m.Error)
			}
			seen[string(*m.ID)] = true
		}
		if len(seen) != id {
			t.Errorf("%d answers to %d requests", len(seen), id)
		}
		again, _ := play(t, said)
		if diff := cmp.Diff(responses(answers), responses(again)); diff != "" {
			t.Errorf("another session answers otherwise:\n%s", diff)
		}
		checkActions(t, text, answers)
	})
}

// responses are the answers to requests, by id: when findings are sent depends
// on what else is to be done.
func responses(all []message) map[string]string {
	by := map[string]string{}
	for _, m := range all {
		if m.ID != nil {
			by[string(*m.ID)] = string(m.Result)
		}
	}
	return by
}

// checkActions applies each edit that is offered for the document as it was opened.
func checkActions(t *testing.T, text string, answers []message) {
	before := jsonc.Parse(source.NewFile("t.json", []byte(text)))
	if before.Diagnostics.HasErrors() || !json.Valid([]byte(jsonText(text))) {
		return
	}
	for _, m := range answers {
		if m.ID == nil || string(*m.ID) != "4" { // the first codeAction
			continue
		}
		var actions []struct {
			Title string
			Edit  struct {
				Changes map[string][]struct {
					Range   struct{ Start, End struct{ Line, Character int } }
					NewText string
				}
			}
		}
		if err := json.Unmarshal(m.Result, &actions); err != nil {
			t.Fatal(err)
		}
		for _, a := range actions {
			edits := a.Edit.Changes[uri]
			changed := text
			for i := len(edits) - 1; i >= 0; i-- { // they come in the order of the text
				e := edits[i]
				start, end := byteAt(text, e.Range.Start.Line, e.Range.Start.Character), byteAt(text, e.Range.End.Line, e.Range.End.Character)
				if start > end || end > len(changed) {
					t.Fatalf("%s: an edit from %d to %d of %d bytes", a.Title, start, end, len(changed))
				}
				changed = changed[:start] + e.NewText + changed[end:]
			}
			if jsonc.Parse(source.NewFile("t.json", []byte(changed))).Diagnostics.HasErrors() {
				t.Errorf("%s: the edit breaks the JSON:\n%s", a.Title, changed)
			}
		}
	}
}

// byteAt is the offset of a position in UTF-16 units.
func byteAt(text string, line, character int) int {
	at := 0
	for ; line > 0; line-- {
		n := strings.IndexByte(text[at:], '\n')
		if n < 0 {
			return len(text)
		}
		at += n + 1
	}
	for _, r := range text[at:] {
		if character <= 0 {
			break
		}
		at += len(string(r))
		character--
		if r > 0xffff {
			character--
		}
	}
	return min(at, len(text))
}

// brokenFiles panic, as a defect of the tool does.
type brokenFiles struct{ engine.Folder }

func (brokenFiles) Stat(string) (fs.FileInfo, error)      { panic("a broken invariant") }
func (brokenFiles) ReadDir(string) ([]fs.DirEntry, error) { panic("a broken invariant") }
func (brokenFiles) ReadFile(string) ([]byte, error)       { panic("a broken invariant") }

// TestDefect wants a defect to cost one message: the next one is answered.
func TestDefect(t *testing.T) {
	var said []byte
	for i, method := range []string{"textDocument/definition", "initialize"} {
		said = append(said, frame(map[string]any{"jsonrpc": "2.0", "id": i, "method": method, "params": map[string]any{"textDocument": map[string]any{"uri": uri}}})...)
		said = append(said, frame(map[string]any{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": map[string]any{"textDocument": map[string]any{"uri": uri, "text": text}}})...)
	}
	answers, all := playWith(t, said, brokenFiles{})
	if n := strings.Count(all, `"id":1`); n != 1 || len(answers) < 2 {
		t.Errorf("the message after a defect is not answered: %s", all)
	}
}
