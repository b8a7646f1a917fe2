package lsp

import (
	"context"
	"encoding/json"
	"io"
	"sync"
	"time"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/scaleset/scaleset/pkg/azure/schema"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/policy"
)

// Config is what a server works with.
type Config struct {
	// Engine is how templates are checked; its Files are what is on disk.
	Engine engine.Config
	// Policy returns the settings of the project as they are now, which complete
	// Engine; nil: there are none. Every check asks. When it fails, as while the
	// settings are being edited, the last that it returned hold.
	Policy func() (policy.Policy, error)
	// PolicyIn returns the settings that hold below a folder of the workspace, in
	// the place of Policy; nil: Policy holds everywhere.
	PolicyIn func(folder string) (policy.Policy, error)
	// Requirements returns what Azure requires of a property, for its hover; nil: nothing.
	// path leads from the resource to the property, with dots and without the items of
	// arrays.
	Requirements func(resourceType, path string) []Requirement
	Version      string
	Clock        Clock // nil: that of the machine
}

// A Requirement is one sentence about what Azure requires of a property.
type Requirement struct {
	Text     string
	Evidence string // such as "documented"
	Source   string // URL
	Code     string // of the rule that checks it
}

// Serve answers one editor on a stream until the stream ends, the editor says
// exit, or the context is done. Work that goes on then is abandoned: Serve does
// not wait for it longer than half a second.
func Serve(ctx context.Context, rw io.ReadWriteCloser, config Config) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s := newServer(ctx, config)
	messages := newStream(rw)
	messages.atEnd = s.finish
	conn := jsonrpc2.NewConn(ctx, messages, s)
	go s.work()
	select {
	case <-ctx.Done():
		_ = conn.Close()
	case <-conn.DisconnectNotify():
	}
	s.stop()
	return nil
}

// A server is one session with an editor. Messages are received as they come,
// so that a newer one can cancel what is no longer needed, and handled in their
// order by one worker. Checks run between them.
type server struct {
	config   Config
	clock    Clock
	files    *workspace               // only the worker changes it
	policies map[string]policy.Policy // by folder, the last that could be read; only the worker uses it
	schemas  schema.Checker           // decodes and compiles each schema once in a session
	memory   lint.Memory              // of what is known of resources that have not changed

	// What the editor says of itself and of its settings; only the worker uses it.
	client  client
	options options
	folders []string                  // of the workspace
	tokens  map[string]semanticTokens // of open documents, as they were answered last
	answers int                       // with tokens
	parsed  *parsed                   // the document of the last request; nil if there is none

	pulled   map[string]*pulled // by path: the last checks for the whole workspace
	patience time.Duration      // see the constant

	mu         sync.Mutex
	changed    *sync.Cond // queue, due, background, stopped
	queue      []*job
	background []*job               // requests that are answered step by step
	cancels    map[string]func()    // by token of a progress: what ends the work
	tokensMade int                  // for progresses
	pending    map[jsonrpc2.ID]*job // requests without an answer
	working    bool                 // the worker has something in hand
	stopped    bool
	ending     bool // the editor said shutdown

	editor *jsonrpc2.Conn // once it has said something
	// editorTakesSnippets says that completions can have places to fill in.
	editorTakesSnippets bool
	ctx                 context.Context    // of all work
	abandon             context.CancelFunc // ends ctx

	known       map[string]*checked // by path: the last check of each open document
	dirty       map[string]bool     // open documents whose last check is out of date
	due         bool                // the dirty ones are to be checked now
	running     *checking           // nil: no check runs
	interrupted bool                // a change has cancelled a check since the last one that ended
	elsewhere   bool                // a document is dirty because of another file than its own
	stopPause   func()              // nil: nothing waits for a pause
}

func newServer(ctx context.Context, config Config) *server {
	if config.Engine.Files == nil {
		config.Engine.Files = engine.Folder("")
	}
	if config.Clock == nil {
		config.Clock = machineClock{}
	}
	s := &server{
		config: config, clock: config.Clock, files: newWorkspace(config.Engine.Files),
		policies: map[string]policy.Policy{}, pending: map[jsonrpc2.ID]*job{}, known: map[string]*checked{}, dirty: map[string]bool{}, tokens: map[string]semanticTokens{}, pulled: map[string]*pulled{}, cancels: map[string]func(){}, patience: patience,
	}
	s.schemas.Remember = true
	s.changed = sync.NewCond(&s.mu)
	s.ctx, s.abandon = context.WithCancel(ctx)
	return s
}

// A job is one message that waits for the worker.
type job struct {
	conn     *jsonrpc2.Conn
	r        *jsonrpc2.Request
	ctx      context.Context
	cancel   context.CancelFunc
	since    time.Time // when its work began
	later    *later    // nil: it is answered at once
	progress *progress // of what is answered later
}

// Codes of errors of the protocol, see
// https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#errorCodes.
const (
	codeRequestCancelled = -32800
	codeContentModified  = -32801
)

// Handle implements [jsonrpc2.Handler]. It returns at once: while it runs, no
// other message is read.
func (s *server) Handle(_ context.Context, conn *jsonrpc2.Conn, r *jsonrpc2.Request) {
	switch {
	case r.Method == "exit":
		_ = conn.Close()
		return
	case r.Method == "$/cancelRequest":
		s.cancelRequest(r)
		return
	case r.Method == "window/workDoneProgress/cancel":
		s.cancelProgress(r)
		return
	}
	j := &job{conn: conn, r: r}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.editor = conn
	j.ctx, j.cancel = context.WithCancel(s.ctx)
	if !r.Notif {
		s.pending[r.ID] = j
	}
	switch r.Method {
	case "textDocument/didChange", "textDocument/didClose":
		s.interrupt(r)
	case "shutdown":
		s.ending = true
		if s.running != nil && s.running.onItsOwn {
			s.running.cancel()
		}
		s.clock.AfterFunc(grace, s.giveUp)
	}
	s.queue = append(s.queue, j)
	s.changed.Broadcast()
}

func (s *server) cancelRequest(r *jsonrpc2.Request) {
	var p struct{ ID jsonrpc2.ID }
	if r.Params == nil || json.Unmarshal(*r.Params, &p) != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if j := s.pending[p.ID]; j != nil {
		j.cancel()
	}
}

// interrupt cancels a running check that depends on the document of a change.
func (s *server) interrupt(r *jsonrpc2.Request) {
	var p openParams
	if s.running == nil || r.Params == nil || json.Unmarshal(*r.Params, &p) != nil {
		return
	}
	if name := pathOf(p.TextDocument.URI); s.running.name == name || s.running.files.dependsOn(name) {
		s.running.cancel()
		s.interrupted = true
	}
}

// work handles the messages, and checks documents while there are none.
func (s *server) work() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for !s.stopped {
		switch {
		case len(s.queue) > 0:
			j := s.queue[0]
			s.queue = s.queue[1:]
			s.doing(func() { s.handle(j) })
		case s.due && !s.ending:
			s.due = false
			s.doing(s.checkDirty)
		case len(s.background) > 0:
			s.doing(s.advance)
		default:
			s.changed.Wait()
		}
	}
}

// doing calls f without the lock that the caller holds.
func (s *server) doing(f func()) {
	s.working = true
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		s.working = false
		s.changed.Broadcast()
	}()
	f()
}

// finish waits until all messages are handled, for as long as grace allows.
func (s *server) finish() {
	defer s.clock.AfterFunc(grace, s.giveUp)()
	s.mu.Lock()
	defer s.mu.Unlock()
	for !s.stopped && s.ctx.Err() == nil && (len(s.queue) > 0 || len(s.background) > 0 || s.working || s.due && !s.ending) {
		s.changed.Wait()
	}
}

// giveUp abandons all work and rejects the requests that are not answered yet.
func (s *server) giveUp() {
	s.abandon()
	s.mu.Lock()
	var left []*job
	for _, j := range s.pending {
		left = append(left, j)
	}
	s.queue, s.background = nil, nil
	s.changed.Broadcast()
	s.mu.Unlock()
	for _, j := range left {
		if j.r.Method == "shutdown" {
			s.reply(j, nil, nil)
		} else {
			s.reply(j, nil, &jsonrpc2.Error{Code: codeRequestCancelled, Message: "the session ends"})
		}
	}
}

// stop ends the worker.
func (s *server) stop() {
	s.abandon()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopped, s.queue, s.background = true, nil, nil
	s.pause(nil)
	s.changed.Broadcast()
}

// reply answers a request that has no answer yet.
func (s *server) reply(j *job, result any, err error) {
	if j.r.Notif {
		return
	}
	s.mu.Lock()
	waits := s.pending[j.r.ID] == j
	if waits {
		delete(s.pending, j.r.ID)
	}
	s.mu.Unlock()
	if !waits {
		return
	}
	answer := &jsonrpc2.Response{ID: j.r.ID}
	if err == nil {
		err = answer.SetResult(result)
	}
	if err != nil {
		e, ok := err.(*jsonrpc2.Error)
		if !ok {
			e = &jsonrpc2.Error{Code: jsonrpc2.CodeInternalError, Message: err.Error()}
		}
		answer.Error = e
	}
	_ = j.conn.SendResponse(s.ctx, answer) // fails only when the editor is gone
}

// handle answers one message. A defect of the tool costs this message alone.
func (s *server) handle(j *job) {
	defer func() {
		if j.later == nil {
			j.cancel()
		}
	}()
	defer func() {
		if failed := recover(); failed != nil {
			s.reply(j, nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInternalError, Message: engine.NewDefect(failed).Error()})
		}
	}()
	f := s.method(j.r.Method)
	if f == nil { // unknown notifications are to be ignored
		s.reply(j, nil, &jsonrpc2.Error{Code: jsonrpc2.CodeMethodNotFound, Message: "scaleset does not answer " + j.r.Method})
		return
	}
	var params json.RawMessage
	if j.r.Params != nil {
		params = *j.r.Params
	}
	if s.files.encoding != utf16Units && j.r.Method != "textDocument/didChange" {
		params = s.inUnits(params)
	}
	var answer any
	j.since = time.Now()
	err := j.ctx.Err()
	if err == nil {
		answer, err = s.begun(j, f, params)
	}
	if j.later != nil {
		s.mu.Lock()
		s.background = append(s.background, j)
		s.mu.Unlock()
		return
	}
	answer = s.files.encoding.answer(answer)
	if j.ctx.Err() != nil {
		answer, err = nil, errCancelled
	}
	s.reply(j, answer, err)
	s.traced(j, j.since, err)
}

// begun calls the method of a message, with the progress that the editor requested for
// it. A request that is answered later has its later then.
func (s *server) begun(j *job, f method, params json.RawMessage) (any, error) {
	p := s.progressOf(j, params)
	if p != nil {
		defer s.clock.AfterFunc(s.patience, p.start)()
	}
	answer, err := f(j.ctx, j.conn, params)
	if more, ok := answer.(later); ok && err == nil {
		if j.later, j.progress = &more, p; p == nil {
			j.progress = s.newProgress(j.conn, nil, titles[j.r.Method], j.cancel)
		}
		return nil, nil
	}
	p.end()
	return answer, err
}
