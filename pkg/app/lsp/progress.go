package lsp

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path"
	"sync"
	"time"

	"github.com/sourcegraph/jsonrpc2"
)

// patience is how long work runs before its progress is reported to the editor.
const patience = 500 * time.Millisecond

// A progress tells the editor how far some work is, from the moment that this is
// worth it. Its methods do nothing on a nil pointer: the editor shows no progress.
type progress struct {
	s     *server
	conn  *jsonrpc2.Conn
	token json.RawMessage
	own   bool // the editor has not given the token, so it must be created first
	title string

	mu                   sync.Mutex
	begun, ended, asking bool
	percent              int
}

type progressValue struct {
	Kind        string `json:"kind"` // begin, report, end
	Title       string `json:"title,omitempty"`
	Cancellable bool   `json:"cancellable,omitempty"`
	Message     string `json:"message,omitempty"`
	Percentage  *int   `json:"percentage,omitempty"`
}

// newProgress returns the progress of work that cancel ends. token is the one that the
// editor gives with a request, or nil.
func (s *server) newProgress(conn *jsonrpc2.Conn, token json.RawMessage, title string, cancel func()) *progress {
	p := &progress{s: s, conn: conn, token: token, title: title}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(token) == 0 || bytes.Equal(token, []byte("null")) {
		if !s.client.progresses {
			return nil
		}
		s.tokensMade++
		p.own, p.token = true, json.RawMessage(fmt.Sprintf(`"scaleset-%d"`, s.tokensMade))
	}
	s.cancels[string(p.token)] = cancel
	return p
}

// start tells the editor, unless the work is done before. It may be called from any
// goroutine, and again.
func (p *progress) start() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.begun || p.ended || p.asking:
	case p.own:
		p.asking = true
		go p.create()
	default:
		p.begin()
	}
}

// create requests the editor to show the progress, and begins it if the editor agrees
// before the work is done.
func (p *progress) create() {
	ctx, cancel := context.WithTimeout(p.s.ctx, time.Minute)
	defer cancel()
	if p.conn.Call(ctx, "window/workDoneProgress/create", map[string]any{"token": p.token}, nil) != nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.ended {
		p.begin()
	}
}

// begin, report and end send with the lock held, in this order.
func (p *progress) begin() {
	p.begun = true
	p.send(progressValue{Kind: "begin", Title: p.title, Cancellable: true})
}

// report says how many of several steps are done.
func (p *progress) report(done, total int) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	percent := 100 * done / max(total, 1)
	if p.begun && !p.ended && percent != p.percent {
		p.percent = percent
		p.send(progressValue{Kind: "report", Message: fmt.Sprintf("%d of %d files", done, total), Percentage: &percent})
	}
}

func (p *progress) end() {
	if p == nil {
		return
	}
	p.s.mu.Lock()
	delete(p.s.cancels, string(p.token))
	p.s.mu.Unlock()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.begun && !p.ended {
		p.send(progressValue{Kind: "end"})
	}
	p.ended = true
}

func (p *progress) send(value progressValue) {
	p.s.notifyProgress(p.conn, p.token, value)
}

func (s *server) notifyProgress(conn *jsonrpc2.Conn, token json.RawMessage, value any) {
	_ = conn.Notify(s.ctx, "$/progress", map[string]any{"token": token, "value": value}) // fails only when the editor is gone
}

// cancelProgress cancels the work of a progress for the user. It is called
// while the worker is busy.
func (s *server) cancelProgress(r *jsonrpc2.Request) {
	var p struct{ Token json.RawMessage }
	if r.Params == nil || json.Unmarshal(*r.Params, &p) != nil {
		return
	}
	s.mu.Lock()
	cancel := s.cancels[string(p.Token)]
	s.mu.Unlock()
	if cancel != nil {
		cancel()
	}
}

// progressOfCheck returns the progress of a check that no request waits for.
func (s *server) progressOfCheck(conn *jsonrpc2.Conn, name string, onItsOwn bool, cancel func()) *progress {
	if !onItsOwn {
		return nil
	}
	return s.newProgress(conn, nil, "Checking "+path.Base(name), cancel)
}

// titles are what the editor shows for requests that can take long.
var titles = map[string]string{
	"workspace/diagnostic":    "Checking the templates of the workspace",
	"workspace/symbol":        "Searching the templates of the workspace",
	"textDocument/diagnostic": "Checking the template",
	"textDocument/references": "Searching references",
	"textDocument/rename":     "Renaming",
}

// progressOf returns the progress of a request that has a token for it.
func (s *server) progressOf(j *job, params json.RawMessage) *progress {
	title, ok := titles[j.r.Method]
	var p struct {
		WorkDoneToken json.RawMessage `json:"workDoneToken"`
	}
	if !ok || json.Unmarshal(params, &p) != nil || len(p.WorkDoneToken) == 0 {
		return nil
	}
	return s.newProgress(j.conn, p.WorkDoneToken, title, j.cancel)
}
