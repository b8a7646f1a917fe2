package lsp

import (
	"context"
	"path"
	"slices"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/scaleset/scaleset/pkg/check/settings"
)

func (s *server) didOpen(_ context.Context, _ *jsonrpc2.Conn, p openParams) {
	s.files.put(p.TextDocument)
	s.outdated(pathOf(p.TextDocument.URI))
}

func (s *server) didChange(_ context.Context, _ *jsonrpc2.Conn, p changeParams) {
	s.files.change(p)
	s.outdated(pathOf(p.TextDocument.URI))
}

// didSave checks what depends on the document again. Its text is the same, but
// files that are not open may have been saved with it.
func (s *server) didSave(_ context.Context, _ *jsonrpc2.Conn, p openParams) {
	s.outdated(pathOf(p.TextDocument.URI))
}

// didClose forgets the document. What depends on it sees what is on disk again.
func (s *server) didClose(ctx context.Context, conn *jsonrpc2.Conn, p openParams) {
	name := pathOf(p.TextDocument.URI)
	s.files.drop(p.TextDocument.URI)
	s.parsed = nil
	s.mu.Lock()
	last := s.known[name]
	delete(s.known, name)
	delete(s.tokens, name)
	s.mu.Unlock()
	s.outdated(name)
	if !s.client.pulls {
		_ = conn.Notify(ctx, "textDocument/publishDiagnostics", publishParams{URI: p.TextDocument.URI, Diagnostics: []diagnostic{}})
	}
	s.publish(ctx, conn, last.about())
}

// outdated notes that a document has changed: it and those whose last check
// read it are checked again.
func (s *server) outdated(name string) {
	open := s.files.paths()
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.dirty, name)
	for _, other := range open {
		// A settings file may be a new one, which no check has read yet.
		if other == name || path.Base(name) == settings.Name || s.known[other] != nil && s.known[other].files.dependsOn(name) {
			s.dirty[other] = true
			s.elsewhere = s.elsewhere || other != name
		}
	}
	switch {
	case len(s.dirty) == 0:
		s.pause(nil)
	case s.interrupted || s.stopPause != nil:
		s.pause(func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.stopPause = nil
			s.due = true
			s.changed.Broadcast()
		})
	default:
		s.due = true
	}
}

// pause calls f once nothing has changed for a while, in place of what waits
// for that already. The caller holds the lock.
func (s *server) pause(f func()) {
	if s.stopPause != nil {
		s.stopPause()
		s.stopPause = nil
	}
	if f != nil {
		s.stopPause = s.clock.AfterFunc(pause, f)
	}
}

// nextDirty returns a document to check, in the order of their names.
func (s *server) nextDirty() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []string
	for name := range s.dirty {
		all = append(all, name)
	}
	if len(all) == 0 || len(s.queue) > 0 {
		return ""
	}
	return slices.Min(all)
}
