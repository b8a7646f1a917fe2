package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"path"
	"time"

	"github.com/sourcegraph/jsonrpc2"
)

// A client is what the editor has said of itself at the start.
type client struct {
	pulls        bool // findings, which are not sent then
	refreshes    bool // findings, when the server requests another pull
	configures   bool // it answers workspace/configuration
	watches      bool // files, once it is asked to
	progresses   bool // it shows the progress of work that the server begins
	refreshLens  bool
	refreshHints bool
	verbose      bool // the trace has the parameters of messages
	trace        bool
}

// Options are the settings of the server that the editor gives, under "scaleset".
type options struct {
	// InlayHints shows the values of expressions, and the names of arguments.
	InlayHints bool `json:"inlayHints"`
	// CodeLens shows uses and capacities; nil: it does.
	CodeLens *bool `json:"codeLens"`
	// ParameterFile is the name of the parameter file whose values are shown; "":
	// that of the first.
	ParameterFile string `json:"parameterFile"`
}

type initializeParams struct {
	RootURI               string            `json:"rootUri"`
	WorkspaceFolders      []workspaceFolder `json:"workspaceFolders"`
	InitializationOptions json.RawMessage   `json:"initializationOptions"`
	Trace                 string            `json:"trace"`
	Capabilities          struct {
		General struct {
			PositionEncodings []string `json:"positionEncodings"`
		} `json:"general"`
		TextDocument struct {
			Diagnostic json.RawMessage `json:"diagnostic"`
		} `json:"textDocument"`
		Workspace struct {
			Configuration bool       `json:"configuration"`
			Diagnostics   refreshing `json:"diagnostics"`
			CodeLens      refreshing `json:"codeLens"`
			InlayHint     refreshing `json:"inlayHint"`
			WatchedFiles  struct {
				DynamicRegistration bool `json:"dynamicRegistration"`
			} `json:"didChangeWatchedFiles"`
		} `json:"workspace"`
		Window struct {
			WorkDoneProgress bool `json:"workDoneProgress"`
		} `json:"window"`
	} `json:"capabilities"`
}

type refreshing struct {
	RefreshSupport bool `json:"refreshSupport"`
}

func (s *server) initialize(_ context.Context, _ *jsonrpc2.Conn, raw json.RawMessage) (any, error) {
	s.editorTakesSnippets = takesSnippets(raw)
	s.begin(raw)
	return initializeResult{Capabilities: s.capabilities(), ServerInfo: map[string]string{"name": "scaleset", "version": s.config.Version}}, nil
}

// begin keeps what the editor says of itself.
func (s *server) begin(raw json.RawMessage) {
	var p initializeParams
	_ = json.Unmarshal(raw, &p) // what cannot be read counts as absent
	workspace := p.Capabilities.Workspace
	s.client = client{
		pulls:     len(p.Capabilities.TextDocument.Diagnostic) > 0 && string(p.Capabilities.TextDocument.Diagnostic) != "null",
		refreshes: workspace.Diagnostics.RefreshSupport, configures: workspace.Configuration,
		watches: workspace.WatchedFiles.DynamicRegistration, refreshLens: workspace.CodeLens.RefreshSupport,
		refreshHints: workspace.InlayHint.RefreshSupport, progresses: p.Capabilities.Window.WorkDoneProgress,
	}
	s.client.setTrace(p.Trace)
	s.files.encoding = encodingOf(p.Capabilities.General.PositionEncodings)
	if p.WorkspaceFolders == nil && p.RootURI != "" {
		p.WorkspaceFolders = []workspaceFolder{{URI: p.RootURI}}
	}
	s.setFolders(p.WorkspaceFolders)
	s.setOptions(p.InitializationOptions)
}

// capabilities returns what the server can do.
func (s *server) capabilities() map[string]any {
	return map[string]any{
		"textDocumentSync":                 map[string]any{"openClose": true, "change": 2, "save": true},
		"hoverProvider":                    true,
		"completionProvider":               map[string]any{"triggerCharacters": []string{"[", "'", "(", "\"", ".", "/"}},
		"codeActionProvider":               map[string]any{"codeActionKinds": actionKinds},
		"documentFormattingProvider":       true,
		"documentSymbolProvider":           true,
		"definitionProvider":               true,
		"positionEncoding":                 s.files.encoding,
		"referencesProvider":               map[string]any{"workDoneProgress": true},
		"documentHighlightProvider":        true,
		"renameProvider":                   map[string]any{"prepareProvider": true, "workDoneProgress": true},
		"workspaceSymbolProvider":          map[string]any{"workDoneProgress": true},
		"documentLinkProvider":             map[string]any{},
		"foldingRangeProvider":             true,
		"selectionRangeProvider":           true,
		"signatureHelpProvider":            map[string]any{"triggerCharacters": []string{"(", ","}},
		"inlayHintProvider":                true,
		"codeLensProvider":                 map[string]any{},
		"documentRangeFormattingProvider":  true,
		"documentOnTypeFormattingProvider": map[string]any{"firstTriggerCharacter": "}", "moreTriggerCharacter": []string{"]", "\n"}},
		"diagnosticProvider":               map[string]any{"identifier": "scaleset", "interFileDependencies": true, "workspaceDiagnostics": true, "workDoneProgress": true},
		"semanticTokensProvider": map[string]any{
			"legend": map[string]any{"tokenTypes": tokenTypes, "tokenModifiers": []string{}},
			"full":   map[string]any{"delta": true}, "range": true,
		},
		"workspace": map[string]any{"workspaceFolders": map[string]any{"supported": true, "changeNotifications": true}},
	}
}

// initialized asks the editor to watch files and for its settings. The answers
// come as messages of their own: the worker does not wait for them.
func (s *server) initialized(_ context.Context, conn *jsonrpc2.Conn, _ struct{}) {
	if s.client.watches {
		watchers := []map[string]any{{"globPattern": "**/*.{json,jsonc}"}, {"globPattern": "**/.scaleset.{yaml,yml}"}}
		s.ask(conn, "client/registerCapability", map[string]any{"registrations": []any{map[string]any{
			"id": "watched-files", "method": "workspace/didChangeWatchedFiles", "registerOptions": map[string]any{"watchers": watchers},
		}}}, nil)
	}
	s.askOptions(conn)
}

// configured is the name under which the settings that the editor has answered
// are handed to the worker. The protocol has no message of this name.
const configured = "scaleset/configured"

func (s *server) askOptions(conn *jsonrpc2.Conn) {
	if !s.client.configures {
		return
	}
	s.ask(conn, "workspace/configuration", map[string]any{"items": []any{map[string]any{"section": "scaleset"}}}, func(answer json.RawMessage) {
		s.Handle(s.ctx, conn, &jsonrpc2.Request{Method: configured, Notif: true, Params: &answer})
	})
}

// ask sends a request to the editor, and hands its answer to then in another
// goroutine. An editor that does not answer costs only that.
func (s *server) ask(conn *jsonrpc2.Conn, name string, params any, then func(json.RawMessage)) {
	ctx, cancel := context.WithTimeout(s.ctx, time.Minute)
	go func() {
		defer cancel()
		var answer json.RawMessage
		if conn.Call(ctx, name, params, &answer) == nil && then != nil {
			then(answer)
		}
	}()
}

// configuration takes the answer of workspace/configuration: an array of one.
func (s *server) configuration(_ context.Context, conn *jsonrpc2.Conn, all []json.RawMessage) {
	if len(all) == 1 && s.setOptions(all[0]) {
		s.refresh(conn)
	}
}

type configurationParams struct {
	Settings json.RawMessage `json:"settings"`
}

// didChangeConfiguration takes new settings: those that it brings, or those that
// the editor answers when it is asked.
func (s *server) didChangeConfiguration(_ context.Context, conn *jsonrpc2.Conn, p configurationParams) {
	if s.client.configures {
		s.askOptions(conn)
		return
	}
	if s.setOptions(p.Settings) {
		s.refresh(conn)
	}
}

// setOptions takes settings, which may be in a member "scaleset", and reports
// whether they are others than before. Settings that cannot be read change nothing.
func (s *server) setOptions(raw json.RawMessage) bool {
	var within struct {
		Scaleset json.RawMessage `json:"scaleset"`
	}
	if json.Unmarshal(raw, &within) == nil && len(within.Scaleset) > 0 {
		raw = within.Scaleset
	}
	var o options
	if len(raw) == 0 || string(raw) == "null" || json.Unmarshal(raw, &o) != nil {
		return false
	}
	before, _ := json.Marshal(s.options)
	now, _ := json.Marshal(o)
	s.options = o
	return string(before) != string(now)
}

// refresh makes the editor request again what the settings change.
func (s *server) refresh(conn *jsonrpc2.Conn) {
	if s.client.refreshHints {
		s.ask(conn, "workspace/inlayHint/refresh", nil, nil)
	}
	if s.client.refreshLens {
		s.ask(conn, "workspace/codeLens/refresh", nil, nil)
	}
}

type traceParams struct {
	Value string `json:"value"`
}

func (s *server) setTrace(_ context.Context, _ *jsonrpc2.Conn, p traceParams) {
	s.client.setTrace(p.Value)
}

func (c *client) setTrace(value string) {
	c.trace, c.verbose = value == "messages" || value == "verbose", value == "verbose"
}

// traced sends how long a message took, if the editor requested a trace. Texts
// and values are never part of it: they may hold secrets.
func (s *server) traced(j *job, since time.Time, err error) {
	if !s.client.trace {
		return
	}
	verbose := "answered"
	if err != nil {
		verbose = "failed"
	}
	s.trace(j.conn, j.r.Method+" took "+rounded(time.Since(since)), verbose)
}

// tracedCheck does the same for a check of a document.
func (s *server) tracedCheck(conn *jsonrpc2.Conn, name string, since time.Time, c *checked) {
	if !s.client.trace {
		return
	}
	verbose := "not a template"
	if t := c.template; t != nil {
		verbose = fmt.Sprintf("%s, %s, %s", counted(t.CheckedSets, "parameter set"), counted(len(c.files.asked), "file looked at", "files looked at"), counted(len(c.findings), "finding"))
	}
	s.trace(conn, "check of "+path.Base(name)+" took "+rounded(time.Since(since)), verbose)
}

func (s *server) trace(conn *jsonrpc2.Conn, message, verbose string) {
	params := map[string]string{"message": message}
	if s.client.verbose {
		params["verbose"] = verbose
	}
	_ = conn.Notify(s.ctx, "$/logTrace", params) // fails only when the editor is gone
}

func rounded(d time.Duration) string { return d.Round(100 * time.Microsecond).String() }
