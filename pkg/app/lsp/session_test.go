package lsp_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/textproto"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/app/lsp"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/rules"
)

// TestMalformedMessages wants each malformed message to be answered with an
// error, and the session to go on.
func TestMalformedMessages(t *testing.T) {
	raw := func(body string) string { return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body) }
	for _, tt := range []struct {
		name, said string
		want       []string
	}{
		{"broken JSON", raw(`{"jsonrpc": "2.0", "id": 1,`), []string{"null -32700"}},
		{"an empty message", raw(""), []string{"null -32700"}},
		{"a batch", raw(`[{"jsonrpc":"2.0","id":1,"method":"shutdown"}]`), []string{"null -32600"}},
		{"an empty batch", raw(`[]`), []string{"null -32600"}},
		{"null", raw(`null`), []string{"null -32600"}},
		{"a number", raw(`5`), []string{"null -32600"}},
		{"an object without a method", raw(`{"jsonrpc":"2.0","id":5}`), []string{"5 -32600"}},
		{"an id that is an object", raw(`{"jsonrpc":"2.0","id":{},"method":"textDocument/hover"}`), []string{"null -32600"}},
		{"a request and a response in one", raw(`{"jsonrpc":"2.0","id":"a","method":"shutdown","result":1}`), []string{`"a" -32600`}},
		{"many values", raw(`{"jsonrpc":"2.0","id":7,"method":"shutdown","params":[` + strings.Repeat("[],", 500_000) + `1]}`), []string{"7 -32600"}},
		{"deep nesting", raw(strings.Repeat("[", 100_000)), []string{"null -32700"}},
		{"two of them", raw("x") + raw("[1]"), []string{"null -32700", "null -32600"}},
		{"no length", "Content-Type: x\r\n\r\n{}\r\n", []string{"null -32700"}},
		{"a length that is not a number", "Content-Length: x\r\n\r\n", []string{"null -32700"}},
		{"a negative length", "Content-Length: -1\r\n\r\n", []string{"null -32700"}},
		{"a header without an end", strings.Repeat("x", 100_000) + "\r\n\r\n", []string{"null -32700"}},
	} {
		answers, _ := play(t, []byte(tt.said+raw(`{"jsonrpc":"2.0","id":99,"method":"initialize","params":{}}`)))
		var got []string
		for _, m := range answers {
			id := "null"
			if m.ID != nil {
				id = string(*m.ID)
			}
			if m.Error != nil {
				got = append(got, fmt.Sprintf("%s %d", id, m.Error.Code))
			} else {
				got = append(got, id)
			}
		}
		if diff := cmp.Diff(append(tt.want, "99"), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// A manualClock calls what is due when the test says so.
type manualClock struct {
	mu   sync.Mutex
	next int
	due  map[int]waits
}

type waits struct {
	d time.Duration
	f func()
}

func (c *manualClock) AfterFunc(d time.Duration, f func()) func() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.due == nil {
		c.due = map[int]waits{}
	}
	n := c.next
	c.next++
	c.due[n] = waits{d, f}
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.due, n)
	}
}

// fire calls what waits, and says how much that was.
func (c *manualClock) fire() int {
	c.mu.Lock()
	all := c.due
	c.due = nil
	c.mu.Unlock()
	for _, w := range all {
		w.f()
	}
	return len(all)
}

// gate holds every check up where it looks for parameter files, until it is opened.
type gate struct {
	engine.Folder
	reached chan struct{} // a check has come to the gate
	open    chan struct{} // one check may go on
}

func (g gate) ReadDir(name string) ([]fs.DirEntry, error) {
	g.reached <- struct{}{}
	<-g.open
	return g.Folder.ReadDir(name)
}

// wire is a session of which the test sees every message.
type wire struct {
	t     *testing.T
	conn  net.Conn
	heard chan message
	done  chan error
	clock *manualClock
	gate  gate
}

func dial(t *testing.T) *wire {
	t.Helper()
	ours, theirs := net.Pipe()
	w := &wire{t: t, conn: ours, heard: make(chan message, 100), done: make(chan error, 1), clock: &manualClock{},
		gate: gate{engine.Folder(t.TempDir()), make(chan struct{}, 10), make(chan struct{}, 10)}}
	go func() {
		w.done <- lsp.Serve(t.Context(), theirs, lsp.Config{Engine: engine.Config{Files: w.gate, Rules: rules.All()}, Clock: w.clock})
	}()
	go func() {
		in := bufio.NewReader(ours)
		for {
			head, err := textproto.NewReader(in).ReadMIMEHeader()
			if err != nil {
				return
			}
			n, _ := strconv.Atoi(head.Get("Content-Length"))
			body := make([]byte, n)
			if _, err := io.ReadFull(in, body); err != nil {
				return
			}
			var m message
			if err := json.Unmarshal(body, &m); err != nil {
				t.Errorf("%v: %s", err, body)
			}
			w.heard <- m
		}
	}()
	return w
}

func (w *wire) say(body any) {
	w.t.Helper()
	if _, err := w.conn.Write(frame(body)); err != nil {
		w.t.Fatal(err)
	}
}

func (w *wire) notify(method string, params any) {
	w.t.Helper()
	w.say(map[string]any{"jsonrpc": "2.0", "method": method, "params": params})
}

func (w *wire) ask(id int, method string, params any) {
	w.t.Helper()
	w.say(map[string]any{"jsonrpc": "2.0", "id": id, "method": method, "params": params})
}

func (w *wire) hear() message {
	w.t.Helper()
	select {
	case m := <-w.heard:
		return m
	case <-time.After(time.Minute):
		w.t.Fatal("nothing is heard")
		return message{}
	}
}

// received waits until the server has read all that was said: the answer to a
// malformed message does not wait for the work.
func (w *wire) received() {
	w.t.Helper()
	w.say(nil)
	if m := w.hear(); m.Error == nil || m.Error.Code != -32600 {
		w.t.Fatalf("heard %+v", m)
	}
}

func (w *wire) opened(version int) {
	w.t.Helper()
	w.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": uri, "version": version, "text": text}})
	<-w.gate.reached
}

func (w *wire) changed(version int) {
	w.t.Helper()
	w.notify("textDocument/didChange", map[string]any{"textDocument": map[string]any{"uri": uri, "version": version}, "contentChanges": []any{map[string]any{"text": text + " "}}})
}

func versionOf(t *testing.T, m message) (version int) {
	t.Helper()
	var p struct{ Version int }
	if m.Method != "textDocument/publishDiagnostics" || json.Unmarshal(m.Params, &p) != nil {
		t.Fatalf("heard %+v, want findings", m)
	}
	return p.Version
}

// TestChangeCancelsCheck: a change while a check runs cancels it, and the next
// one waits for a pause. A check that nothing interrupts waits for nothing.
func TestChangeCancelsCheck(t *testing.T) {
	w := dial(t)
	w.opened(1)
	w.changed(2)
	w.received()
	w.gate.open <- struct{}{}
	w.ask(1, "textDocument/documentSymbol", map[string]any{"textDocument": map[string]any{"uri": uri}})
	if m := w.hear(); m.ID == nil || string(*m.ID) != "1" {
		t.Fatalf("heard %+v, want the outline: the check of version 1 was cancelled", m)
	}
	w.changed(3)
	w.received()
	w.ask(2, "textDocument/documentSymbol", map[string]any{"textDocument": map[string]any{"uri": uri}})
	w.hear()
	if n := w.clock.fire(); n != 1 {
		t.Fatalf("%d things wait for a pause, want one", n)
	}
	<-w.gate.reached
	w.gate.open <- struct{}{}
	if v := versionOf(t, w.hear()); v != 3 {
		t.Errorf("findings of version %d, want 3", v)
	}
	w.changed(4)
	<-w.gate.reached
	w.gate.open <- struct{}{}
	if v := versionOf(t, w.hear()); v != 4 {
		t.Errorf("findings of version %d, want 4 without a pause", v)
	}
}

// TestCancelRequest: a request that is cancelled is rejected, whether it runs or waits.
func TestCancelRequest(t *testing.T) {
	w := dial(t)
	w.opened(1)
	for id := range 2 {
		w.ask(id, "textDocument/hover", place("concat(", 2))
	}
	w.notify("$/cancelRequest", map[string]any{"id": 1})
	w.notify("$/cancelRequest", map[string]any{"id": 77})
	w.received()
	w.gate.open <- struct{}{}
	rejected := map[string]int{}
	for len(rejected) < 2 {
		if m := w.hear(); m.ID != nil {
			rejected[string(*m.ID)] = 0
			if m.Error != nil {
				rejected[string(*m.ID)] = m.Error.Code
			}
		}
	}
	if diff := cmp.Diff(map[string]int{"0": 0, "1": -32800}, rejected); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestEndDuringCheck: shutdown and exit end the session while a check hangs.
func TestEndDuringCheck(t *testing.T) {
	w := dial(t)
	w.opened(1)
	w.ask(1, "textDocument/hover", place("concat(", 2))
	w.ask(2, "shutdown", nil)
	w.received()
	if w.clock.fire() != 1 {
		t.Fatal("nothing limits how long the session goes on")
	}
	codes := map[string]int{}
	for range 2 {
		m := w.hear()
		codes[string(*m.ID)] = 0
		if m.Error != nil {
			codes[string(*m.ID)] = m.Error.Code
		}
	}
	if diff := cmp.Diff(map[string]int{"1": -32800, "2": 0}, codes); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	w.notify("exit", nil)
	if err := <-w.done; err != nil {
		t.Error(err)
	}
	w.gate.open <- struct{}{}
}
