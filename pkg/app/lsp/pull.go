package lsp

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/sourcegraph/jsonrpc2"
)

type pullParams struct {
	TextDocument     document `json:"textDocument"`
	PreviousResultID string   `json:"previousResultId"`
}

type pullReport struct {
	Kind     string        `json:"kind"` // full, unchanged
	ResultID string        `json:"resultId"`
	Items    *[]diagnostic `json:"items,omitempty"`
}

// pullDiagnostics answers the findings of a document, or that they have not
// changed since the last request.
func (s *server) pullDiagnostics(_ context.Context, p pullParams) (any, error) {
	all := []diagnostic{}
	if name := pathOf(p.TextDocument.URI); s.isOpen(name) {
		all = s.diagnosticsOf(name)
	}
	r := pullReport{Kind: "full", ResultID: resultID(all), Items: &all}
	if r.ResultID == p.PreviousResultID {
		r.Kind, r.Items = "unchanged", nil
	}
	return r, nil
}

// resultID returns an id that is equal for equal findings.
func resultID(all []diagnostic) string {
	text, _ := json.Marshal(all) // texts and numbers
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

func (s *server) isOpen(name string) bool {
	_, ok := s.files.document(name)
	return ok
}

// pullAgain tells an editor that pulls findings that those of documents beside the
// requested one may have changed, or those of one because of another file.
func (s *server) pullAgain(conn *jsonrpc2.Conn, names map[string]bool) {
	s.mu.Lock()
	elsewhere := s.elsewhere
	s.elsewhere = false
	s.mu.Unlock()
	if (elsewhere || len(names) > 1) && s.client.refreshes {
		s.ask(conn, "workspace/diagnostic/refresh", nil, nil)
	}
}
