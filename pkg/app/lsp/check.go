package lsp

import (
	"context"
	"slices"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/report/trail"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// checked is what the last check of a document found.
type checked struct {
	template *engine.Template // nil when the document is no template
	findings diag.List
	secrets  *secret.Set
}

// publish checks all open documents, because a template and its parameter file
// speak about each other, and sends the findings of each.
func (s *server) publish(ctx context.Context, conn *jsonrpc2.Conn) error {
	open := s.files.paths()
	slices.Sort(open)
	byFile := map[string]diag.List{}
	for _, name := range open {
		c := s.check(ctx, name)
		s.mu.Lock()
		s.known[name] = c
		s.mu.Unlock()
		for _, d := range c.findings {
			if d.Suppressed == nil && d.Subject.File != nil {
				file := clean(d.Subject.File.Path())
				byFile[file] = append(byFile[file], d)
			}
		}
	}
	for _, name := range open {
		doc, ok := s.files.document(name)
		if !ok {
			continue
		}
		found := byFile[name]
		found.Sort()
		if err := conn.Notify(ctx, "textDocument/publishDiagnostics", publishParams{URI: doc.uri, Version: doc.version, Diagnostics: s.diagnostics(found, s.last(name).secrets)}); err != nil {
			return err
		}
	}
	return nil
}

// check runs the engine over one document. Texts change, so nothing is kept
// between checks but the result.
func (s *server) check(ctx context.Context, name string) checked {
	config := s.config.Engine
	config.Files = s.files
	config.EveryPlace = true
	e, err := engine.New(config)
	if err != nil {
		return checked{}
	}
	r, err := e.Check(ctx, []string{name})
	if err != nil || len(r.Templates) == 0 {
		return checked{}
	}
	c := checked{findings: r.Findings, secrets: r.Secrets}
	switch t := r.Templates[0]; t.Status {
	case engine.Checked:
		c.template = t
	case engine.NotTemplate:
		// A parameter file or another JSON document: what is wrong with it is
		// said through the template that it belongs to.
		c.findings = nil
	}
	return c
}

// last is the last check of a document.
func (s *server) last(name string) checked {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.known[name]
}

func (s *server) diagnostics(found diag.List, secrets *secret.Set) []diagnostic {
	all := make([]diagnostic, 0, len(found))
	for _, d := range found {
		all = append(all, s.diagnostic(d, secrets))
	}
	return all
}

func (s *server) diagnostic(d diag.Diagnostic, secrets *secret.Set) diagnostic {
	message := d.Summary
	if d.Detail != "" {
		message += "\n" + d.Detail
	}
	out := diagnostic{
		Range: rangeOf(d.Subject), Severity: 3 - int(d.Severity), Code: string(d.Code),
		Source: "scaleset", Message: secrets.Redact(message),
	}
	if d.Help != "" {
		out.CodeDescription = &codeLink{d.Help}
	}
	for _, step := range d.Trail {
		out.Related = s.appendRelated(out.Related, diag.Related{Range: step.Place, Message: trail.Sentence(step)}, secrets)
	}
	for _, r := range d.Related {
		out.Related = s.appendRelated(out.Related, r, secrets)
	}
	return out
}

func (s *server) appendRelated(all []relatedNote, r diag.Related, secrets *secret.Set) []relatedNote {
	if r.Range.IsZero() {
		return all
	}
	return append(all, relatedNote{
		Location: location{URI: s.files.uriOf(r.Range.File.Path()), Range: rangeOf(r.Range)},
		Message:  secrets.Redact(r.Message),
	})
}
