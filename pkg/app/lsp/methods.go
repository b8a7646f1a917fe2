package lsp

import (
	"context"
	"encoding/json"

	"github.com/sourcegraph/jsonrpc2"
)

// A method answers one kind of message.
type method func(context.Context, *jsonrpc2.Conn, json.RawMessage) (any, error)

// method returns the method with a name, or nil if the server does not have it.
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
		return s.afterCheck(simple(s.hover))
	case "textDocument/completion":
		return simple(s.complete)
	case "textDocument/codeAction":
		return s.afterCheck(simple(s.actions))
	case "textDocument/formatting":
		return simple(s.format)
	case "textDocument/documentSymbol":
		return simple(s.symbols)
	case "textDocument/definition":
		return request(s.definitions)
	case "textDocument/references":
		return request(s.references)
	case "textDocument/documentHighlight":
		return request(s.highlights)
	case "textDocument/prepareRename":
		return request(s.prepareRename)
	case "textDocument/rename":
		return request(s.rename)
	case "workspace/symbol":
		return request(s.workspaceSymbols)
	case "textDocument/documentLink":
		return s.afterCheck(request(s.documentLinks))
	case "textDocument/foldingRange":
		return request(s.foldingRanges)
	case "textDocument/selectionRange":
		return request(s.selectionRanges)
	case "textDocument/signatureHelp":
		return request(s.signatureHelp)
	case "textDocument/inlayHint":
		return s.afterCheck(request(s.inlayHints))
	case "textDocument/codeLens":
		return s.afterCheck(request(s.codeLenses))
	case "textDocument/semanticTokens/full":
		return request(s.allTokens)
	case "textDocument/semanticTokens/full/delta":
		return request(s.tokensSince)
	case "textDocument/semanticTokens/range":
		return request(s.tokensOf)
	case "textDocument/rangeFormatting":
		return request(s.formatRange)
	case "textDocument/onTypeFormatting":
		return request(s.formatOnType)
	case "textDocument/diagnostic":
		return s.afterCheck(request(s.pullDiagnostics))
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

// simple adapts a function with typed parameters that always has a result.
func simple[P, R any](f func(P) R) method {
	return request(func(_ context.Context, params P) (any, error) { return f(params), nil })
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

// request adapts a function with typed parameters that may fail.
func request[P any](f func(context.Context, P) (any, error)) method {
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
