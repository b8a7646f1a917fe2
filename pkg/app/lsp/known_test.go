package lsp

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/sourcegraph/jsonrpc2"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/internal/golden"
)

type still struct{}

func (still) AfterFunc(time.Duration, func()) func() { return func() {} }

// serverFor is a server without a stream, for tests that are its worker.
func serverFor(t *testing.T, folder string) (*server, *jsonrpc2.Conn) {
	s := newServer(t.Context(), Config{Engine: engine.Config{Files: engine.Folder(folder)}, Clock: still{}})
	s.editor = jsonrpc2.NewConn(t.Context(), newStream(golden.NewEditor(nil)), s)
	return s, s.editor
}

// TestClosedDocumentsAreForgotten opens, asks about and closes 2,000 documents.
func TestClosedDocumentsAreForgotten(t *testing.T) {
	s, conn := serverFor(t, t.TempDir())
	open := 0
	for i := range 2000 {
		d := openParams{document{URI: fmt.Sprintf("file:///templates/%d.json", i), Text: `{"resources": [{}]}`}}
		s.didOpen(t.Context(), conn, d)
		s.checkDirty()
		open = max(open, len(s.known))
		s.didClose(t.Context(), conn, d)
	}
	if open != 1 {
		t.Errorf("%d documents were known at once, want 1", open)
	}
	if n := len(s.known) + len(s.dirty) + len(s.pending) + len(s.queue) + len(s.files.paths()); n != 0 {
		t.Errorf("%d entries are left: %d known, %d dirty, %d pending, %d queued, %d open", n, len(s.known), len(s.dirty), len(s.pending), len(s.queue), len(s.files.paths()))
	}
}

// TestOnlyDependentsAreChecked: a change checks the document and those that
// depend on it.
func TestOnlyDependentsAreChecked(t *testing.T) {
	folder := t.TempDir()
	const (
		template   = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": []}`
		linking    = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "d", "properties": {"mode": "Incremental", "templateLink": {"relativePath": "c.json"}}}]}`
		parameters = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": {}}`
	)
	s, conn := serverFor(t, folder)
	uriOf := func(name string) string { return "file://" + filepath.ToSlash(filepath.Join(folder, name)) }
	for name, text := range map[string]string{"a.json": template, "a.parameters.json": parameters, "b.json": linking, "c.json": template, "d.json": template} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		s.didOpen(t.Context(), conn, openParams{document{URI: uriOf(name), Text: text}})
	}
	s.checkDirty()
	for _, tt := range []struct{ changed, want string }{
		{"a.json", "a.json a.parameters.json"}, // a parameter file is checked with its template
		{"a.parameters.json", "a.json a.parameters.json"},
		{"b.json", "b.json"},
		{"c.json", "b.json c.json"}, // b links to it
		{"d.json", "d.json"},
	} {
		before := maps.Clone(s.known)
		var p changeParams
		p.TextDocument.URI = uriOf(tt.changed)
		s.didChange(t.Context(), conn, p)
		s.checkDirty()
		var checked []string
		for _, name := range slices.Sorted(maps.Keys(s.known)) {
			if s.known[name] != before[name] {
				checked = append(checked, filepath.Base(name))
			}
		}
		if diff := cmp.Diff(tt.want, strings.Join(checked, " ")); diff != "" {
			t.Errorf("a change of %s checks (-want +got):\n%s", tt.changed, diff)
		}
	}
}
