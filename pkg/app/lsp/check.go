package lsp

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/policy"
	"github.com/scaleset/scaleset/pkg/report/trail"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// checked is the last check of a document.
type checked struct {
	template *engine.Template // nil when the document is not a template
	findings diag.List
	byFile   map[string]diag.List // findings that are shown, by the file that they are about
	secrets  *secret.Set
	files    *watched // that the check read
}

// about returns the files that have findings.
func (c *checked) about() map[string]bool {
	files := map[string]bool{}
	if c != nil {
		for name := range c.byFile {
			files[name] = true
		}
	}
	return files
}

// largestTwice is the size in bytes of a template above which its last check is
// released before the next one begins, so that a session never holds both. The
// public templates are smaller.
const largestTwice = 1 << 20

// release drops all but the findings of the check of a large template.
func (c *checked) release() {
	if c != nil && c.template != nil && c.template.Tree != nil && c.template.Tree.File.Len() > largestTwice {
		c.template = nil
	}
}

// checking is a check that runs.
type checking struct {
	name     string
	files    *watched
	cancel   context.CancelFunc
	onItsOwn bool // no request waits for it
}

// checkDirty checks the documents that are out of date, until a message arrives.
func (s *server) checkDirty() {
	s.mu.Lock()
	conn := s.editor
	s.mu.Unlock()
	// A defect of the tool costs only the check that meets it: the worker continues.
	defer func() { _ = recover() }()
	for name := s.nextDirty(); name != ""; name = s.nextDirty() {
		if !s.check(s.ctx, conn, name, true) {
			return // a change or the end of the session is waiting
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.due = len(s.dirty) > 0
}

// checkedFirst makes sure that what is known of a document is about its text as
// it is now.
func (s *server) checkedFirst(ctx context.Context, conn *jsonrpc2.Conn, name string) error {
	s.mu.Lock()
	outdated := s.dirty[name]
	s.mu.Unlock()
	if outdated && !s.check(ctx, conn, name, false) && ctx.Err() == nil {
		return &jsonrpc2.Error{Code: codeContentModified, Message: "the document has changed"}
	}
	return nil
}

// check checks one document and sends the findings of all documents that it is
// about. It reports whether it has come to its end.
func (s *server) check(ctx context.Context, conn *jsonrpc2.Conn, name string, onItsOwn bool) bool {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	files := newWatched(s.files)
	s.mu.Lock()
	s.running = &checking{name, files, cancel, onItsOwn}
	delete(s.dirty, name) // now, so that a defect of the tool is not met again and again
	before := s.known[name].about()
	s.known[name].release()
	s.mu.Unlock()
	s.parsed = nil // the check parses the text itself
	defer func() {
		s.mu.Lock()
		s.running = nil
		s.mu.Unlock()
	}()
	if p := s.progressOfCheck(conn, name, onItsOwn, cancel); p != nil {
		defer p.end()
		defer s.clock.AfterFunc(s.patience, p.start)()
	}
	since := time.Now()
	now := s.look(ctx, name, files)
	s.mu.Lock()
	s.running = nil // from here on nothing can be cancelled any more
	if ctx.Err() != nil {
		s.dirty[name] = true
		s.mu.Unlock()
		return false
	}
	s.known[name] = now
	s.interrupted = false
	s.mu.Unlock()
	s.tracedCheck(conn, name, since, now)
	about := now.about()
	maps.Copy(about, before)
	about[name] = true
	s.publish(ctx, conn, about)
	return true
}

// look runs the engine over one document. Texts change, so only the result and
// what follows from single resources is kept between checks.
func (s *server) look(ctx context.Context, name string, files *watched) *checked {
	c := &checked{files: files, byFile: map[string]diag.List{}}
	config := s.config.Engine
	config.Files = files
	config.NoFold = true
	config.Schemas = &s.schemas
	config.Lint.Memory = &s.memory
	if p := s.policyOf(name); p.Settings != nil {
		files.note(p.Settings.File())
		p.Apply(&config)
	}
	e, err := engine.New(config)
	if err != nil {
		return c
	}
	r, err := e.Check(ctx, []string{name})
	if err != nil || len(r.Templates) == 0 {
		return c
	}
	c.secrets = r.Secrets
	switch t := r.Templates[0]; t.Status {
	case engine.Checked:
		c.template = t
	case engine.NotTemplate:
		// A parameter file or another JSON document: what is wrong with it is
		// said through the template that it belongs to.
		return c
	}
	c.findings = r.Findings
	for _, d := range c.findings {
		if d.Suppressed == nil && d.Subject.File != nil {
			file := clean(d.Subject.File.Path())
			c.byFile[file] = append(c.byFile[file], d)
		}
	}
	return c
}

// policyOf returns the settings that hold for a document: those of its folder of the
// workspace. While they cannot be read, the last that could be read hold.
func (s *server) policyOf(name string) policy.Policy {
	folder, load := "", s.config.Policy
	if root, ok := s.folderOf(name); ok && s.config.PolicyIn != nil {
		folder, load = root, func() (policy.Policy, error) { return s.config.PolicyIn(root) }
	}
	if load != nil {
		if p, err := load(); err == nil {
			s.policies[folder] = p
		}
	}
	return s.policies[folder]
}

// last returns the last check of a document.
func (s *server) last(name string) checked {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.known[name]; c != nil {
		return *c
	}
	return checked{}
}

// publish sends the findings of those open documents that are among names: those
// of their own check, and those of templates that they belong to.
func (s *server) publish(ctx context.Context, conn *jsonrpc2.Conn, names map[string]bool) {
	if s.client.pulls {
		s.pullAgain(conn, names)
		return
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		doc, ok := s.files.document(name)
		if !ok {
			continue
		}
		params := s.files.encoding.answer(publishParams{URI: doc.uri, Version: doc.version, Diagnostics: s.diagnosticsOf(name)})
		if conn.Notify(ctx, "textDocument/publishDiagnostics", params) != nil {
			return // the editor is gone
		}
	}
}

// A found is a finding, with the secrets that it must not show.
type found struct {
	diag.Diagnostic
	secrets *secret.Set
}

// diagnosticsOf returns the findings about one file, each once.
func (s *server) diagnosticsOf(name string) []diagnostic {
	s.mu.Lock()
	own := s.known[name]
	var all []found
	for _, by := range slices.Sorted(maps.Keys(s.known)) {
		for _, d := range s.known[by].byFile[name] {
			all = append(all, found{d, s.known[by].secrets})
		}
	}
	s.mu.Unlock()
	if own == nil {
		return s.shown(all, nil)
	}
	return s.shown(all, own.secrets)
}

// shown returns findings about one file for the editor, each once, without further
// secrets.
func (s *server) shown(all []found, secrets *secret.Set) []diagnostic {
	type key struct {
		code       diag.Code
		start, end int
		summary    string
	}
	slices.SortStableFunc(all, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.Subject.Start, b.Subject.Start), cmp.Compare(a.Subject.End, b.Subject.End), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Summary, b.Summary))
	})
	seen := map[key]bool{}
	out := make([]diagnostic, 0, len(all))
	for _, f := range all {
		k := key{f.Code, f.Subject.Start, f.Subject.End, f.Summary}
		if seen[k] {
			continue
		}
		seen[k] = true
		shown := s.diagnostic(f.Diagnostic, f.secrets)
		shown.Message = secrets.Redact(shown.Message)
		out = append(out, shown)
	}
	return out
}

// Tags of findings: editors fade what is unnecessary and strike out what is
// deprecated.
var (
	unnecessary = []int{1}
	deprecated  = []int{2}
)

// tagsOf has the findings with tags: about names that nothing uses, and about what is
// or will be retired.
var tagsOf = map[diag.Code][]int{
	"SS2101": unnecessary, "SS2102": unnecessary, "SS2103": unnecessary, "SS2104": unnecessary, "SS2705": unnecessary,
	"SS4208": deprecated, "SS4320": deprecated, "SS4321": deprecated, "SS4322": deprecated, "SS5012": deprecated, "SS6024": deprecated,
}

func (s *server) diagnostic(d diag.Diagnostic, secrets *secret.Set) diagnostic {
	message := d.Summary
	if d.Detail != "" {
		message += "\n" + d.Detail
	}
	out := diagnostic{
		Range: rangeOf(d.Subject), Severity: 3 - int(d.Severity), Code: string(d.Code),
		Source: "scaleset", Message: secrets.Redact(message), Tags: tagsOf[d.Code],
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
