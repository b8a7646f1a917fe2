package lsp

import (
	"context"
	"encoding/json"

	"github.com/sourcegraph/jsonrpc2"
)

// A method answers one kind of message.
type method func(context.Context, *jsonrpc2.Conn, json.RawMessage) (any, error)

// method returns what answers to a name; nil when nothing does.
func (s *server) method(name string) method {
	switch name {
	case "initialize":
		return s.initialize
	case "shutdown":
		return func(context.Context, *jsonrpc2.Conn, json.RawMessage) (any, error) { return nil, nil }
	case "textDocument/didOpen":
		return notification(s.didOpen)
	case "textDocument/didChange":
		return notification(s.didChange)
	case "textDocument/didSave":
		return notification(s.didSave)
	case "textDocument/didClose":
		return notification(s.didClose)
	case "textDocument/hover":
		return request(s.checkedFirst, s.hover)
	case "textDocument/completion":
		return request(nil, s.complete)
	case "textDocument/codeAction":
		return request(s.checkedFirst, s.actions)
	case "textDocument/formatting":
		return request(nil, s.format)
	case "textDocument/documentSymbol":
		return request(nil, s.symbols)
	}
	return s.more(name)
}

// more answers the requests and notifications beside those of checks, completion
// and fixes.
func (s *server) more(name string) method {
	switch name {
	case "textDocument/definition":
		return asked(s.definitions)
	case "textDocument/references":
		return asked(s.references)
	case "textDocument/documentHighlight":
		return asked(s.highlights)
	case "textDocument/prepareRename":
		return asked(s.prepareRename)
	case "textDocument/rename":
		return asked(s.rename)
	case "workspace/symbol":
		return asked(s.workspaceSymbols)
	case "textDocument/documentLink":
		return s.afterCheck(asked(s.documentLinks))
	case "textDocument/foldingRange":
		return asked(s.foldingRanges)
	case "textDocument/selectionRange":
		return asked(s.selectionRanges)
	case "textDocument/signatureHelp":
		return asked(s.signatureHelp)
	case "textDocument/inlayHint":
		return s.afterCheck(asked(s.inlayHints))
	case "textDocument/codeLens":
		return s.afterCheck(asked(s.codeLenses))
	case "textDocument/semanticTokens/full":
		return asked(s.allTokens)
	case "textDocument/semanticTokens/full/delta":
		return asked(s.tokensSince)
	case "textDocument/semanticTokens/range":
		return asked(s.tokensOf)
	case "textDocument/rangeFormatting":
		return asked(s.formatRange)
	case "textDocument/onTypeFormatting":
		return asked(s.formatOnType)
	case "textDocument/diagnostic":
		return s.afterCheck(asked(s.pullDiagnostics))
	case "workspace/diagnostic":
		return s.pullWorkspace
	case "initialized":
		return notification(s.initialized)
	case "workspace/didChangeWorkspaceFolders":
		return notification(s.didChangeFolders)
	case "workspace/didChangeWatchedFiles":
		return notification(s.didChangeWatched)
	case "workspace/didChangeConfiguration":
		return notification(s.didChangeConfiguration)
	case "$/setTrace":
		return notification(s.setTrace)
	case configured:
		return notification(s.configuration)
	}
	return nil
}

// request adapts a function with typed parameters and a result; first, if it is
// not nil, is called with its document.
func request[P, R any](first func(ctx context.Context, conn *jsonrpc2.Conn, name string) error, f func(P) R) method {
	return func(ctx context.Context, conn *jsonrpc2.Conn, raw json.RawMessage) (any, error) {
		var params P
		if err := json.Unmarshal(raw, &params); err != nil {
			return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: err.Error()}
		}
		if first != nil {
			var of openParams
			if err := json.Unmarshal(raw, &of); err != nil {
				return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: err.Error()}
			}
			if err := first(ctx, conn, pathOf(of.TextDocument.URI)); err != nil {
				return nil, err
			}
		}
		return f(params), nil
	}
}

// notification adapts a function that answers nothing.
func notification[P any](f func(context.Context, *jsonrpc2.Conn, P)) method {
	return func(ctx context.Context, conn *jsonrpc2.Conn, raw json.RawMessage) (any, error) {
		var params P
		if json.Unmarshal(raw, &params) == nil { // a notification has no response
			f(ctx, conn, params)
		}
		return nil, nil
	}
}

// asked adapts a function with typed parameters that may fail.
func asked[P any](f func(context.Context, P) (any, error)) method {
	return func(ctx context.Context, _ *jsonrpc2.Conn, raw json.RawMessage) (any, error) {
		var params P
		if err := json.Unmarshal(raw, &params); err != nil {
			return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: err.Error()}
		}
		return f(ctx, params)
	}
}

// afterCheck makes sure that what is known of the document of a request is
// about its text as it is now.
func (s *server) afterCheck(f method) method {
	return func(ctx context.Context, conn *jsonrpc2.Conn, raw json.RawMessage) (any, error) {
		var of openParams
		if err := json.Unmarshal(raw, &of); err != nil {
			return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: err.Error()}
		}
		if err := s.checkedFirst(ctx, conn, pathOf(of.TextDocument.URI)); err != nil {
			return nil, err
		}
		return f(ctx, conn, raw)
	}
}
