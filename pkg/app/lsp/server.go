package lsp

import (
	"context"
	"encoding/json"
	"io"
	"sync"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/scaleset/scaleset/pkg/check/engine"
)

// Config is what a server works with.
type Config struct {
	// Engine is how templates are checked; its Files are what is on disk.
	Engine  engine.Config
	Version string
}

// Serve answers one editor on a stream until the stream ends, the editor says
// exit, or the context is done.
func Serve(ctx context.Context, stream io.ReadWriteCloser, config Config) error {
	if config.Engine.Files == nil {
		config.Engine.Files = engine.Folder("")
	}
	s := &server{config: config, files: newWorkspace(config.Engine.Files), known: map[string]checked{}}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	handler := jsonrpc2.HandlerWithError(s.handle).SuppressErrClosed()
	conn := jsonrpc2.NewConn(ctx, jsonrpc2.NewBufferedStream(stream, jsonrpc2.VSCodeObjectCodec{}), handler)
	select {
	case <-ctx.Done():
		_ = conn.Close()
	case <-conn.DisconnectNotify():
	}
	return nil
}

// A server is one session with an editor. Messages are handled one at a time.
type server struct {
	config Config
	files  *workspace

	mu    sync.Mutex
	known map[string]checked // by path: the last check of each open document
}

// methods are what the server answers to.
func (s *server) method(name string) func(context.Context, *jsonrpc2.Conn, json.RawMessage) (any, error) {
	switch name {
	case "initialize":
		return s.initialize
	case "shutdown":
		return func(context.Context, *jsonrpc2.Conn, json.RawMessage) (any, error) { return nil, nil }
	case "exit":
		return func(_ context.Context, conn *jsonrpc2.Conn, _ json.RawMessage) (any, error) { return nil, conn.Close() }
	case "textDocument/didOpen":
		return notification(s.didOpen)
	case "textDocument/didChange":
		return notification(s.didChange)
	case "textDocument/didSave":
		return notification(s.didSave)
	case "textDocument/didClose":
		return notification(s.didClose)
	case "textDocument/hover":
		return request(s.hover)
	case "textDocument/completion":
		return request(s.complete)
	case "textDocument/codeAction":
		return request(s.actions)
	case "textDocument/formatting":
		return request(s.format)
	case "textDocument/documentSymbol":
		return request(s.symbols)
	case "textDocument/definition":
		return request(s.definition)
	}
	return nil
}

// handle answers one message. A defect of the tool costs this message alone.
func (s *server) handle(ctx context.Context, conn *jsonrpc2.Conn, r *jsonrpc2.Request) (answer any, err error) {
	defer func() {
		if failed := recover(); failed != nil {
			answer, err = nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInternalError, Message: engine.NewDefect(failed).Error()}
		}
	}()
	f := s.method(r.Method)
	if f == nil {
		if r.Notif { // unknown notifications are to be ignored
			return nil, nil
		}
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeMethodNotFound, Message: "scaleset does not answer " + r.Method}
	}
	var params json.RawMessage
	if r.Params != nil {
		params = *r.Params
	}
	return f(ctx, conn, params)
}

// request adapts a function with typed parameters and a result.
func request[P, R any](f func(P) R) func(context.Context, *jsonrpc2.Conn, json.RawMessage) (any, error) {
	return func(_ context.Context, _ *jsonrpc2.Conn, raw json.RawMessage) (any, error) {
		var params P
		if err := json.Unmarshal(raw, &params); err != nil {
			return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: err.Error()}
		}
		return f(params), nil
	}
}

// notification adapts a function that sends findings and answers nothing.
func notification[P any](f func(context.Context, *jsonrpc2.Conn, P) error) func(context.Context, *jsonrpc2.Conn, json.RawMessage) (any, error) {
	return func(ctx context.Context, conn *jsonrpc2.Conn, raw json.RawMessage) (any, error) {
		var params P
		if err := json.Unmarshal(raw, &params); err != nil {
			return nil, nil // nobody waits for an answer
		}
		return nil, f(ctx, conn, params)
	}
}

func (s *server) initialize(context.Context, *jsonrpc2.Conn, json.RawMessage) (any, error) {
	return initializeResult{
		Capabilities: map[string]any{
			"textDocumentSync":           map[string]any{"openClose": true, "change": 2, "save": true},
			"hoverProvider":              true,
			"completionProvider":         map[string]any{"triggerCharacters": []string{"[", "'", "(", "\"", "."}},
			"codeActionProvider":         map[string]any{"codeActionKinds": []string{"quickfix"}},
			"documentFormattingProvider": true,
			"documentSymbolProvider":     true,
			"definitionProvider":         true,
		},
		ServerInfo: map[string]string{"name": "scaleset", "version": s.config.Version},
	}, nil
}

func (s *server) didOpen(ctx context.Context, conn *jsonrpc2.Conn, p openParams) error {
	s.files.put(p.TextDocument)
	return s.publish(ctx, conn)
}

func (s *server) didChange(ctx context.Context, conn *jsonrpc2.Conn, p changeParams) error {
	s.files.change(p)
	return s.publish(ctx, conn)
}

func (s *server) didSave(ctx context.Context, conn *jsonrpc2.Conn, _ openParams) error {
	return s.publish(ctx, conn)
}

func (s *server) didClose(ctx context.Context, conn *jsonrpc2.Conn, p openParams) error {
	s.files.drop(p.TextDocument.URI)
	return conn.Notify(ctx, "textDocument/publishDiagnostics", publishParams{URI: p.TextDocument.URI, Diagnostics: []diagnostic{}})
}
