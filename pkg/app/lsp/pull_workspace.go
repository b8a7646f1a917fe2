package lsp

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"hash/maphash"
	"maps"
	"path"
	"slices"
	"time"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/settings"
)

type workspacePullParams struct {
	PreviousResultIDs []struct {
		URI   string `json:"uri"`
		Value string `json:"value"`
	} `json:"previousResultIds"`
	PartialResultToken json.RawMessage `json:"partialResultToken"`
}

type workspaceReport struct {
	Items []documentReport `json:"items"`
}

type documentReport struct {
	URI     string `json:"uri"`
	Version *int   `json:"version"` // null for a document that is not open
	pullReport
}

// A workspacePull is the check of all templates of the workspace for one request,
// one file at each step.
type workspacePull struct {
	s        *server
	conn     *jsonrpc2.Conn
	partial  json.RawMessage
	previous map[string]string // result ids by path
	names    []string          // files that may be templates
	next     int
	bytes    int64
	since    time.Time

	found  map[string]map[string][]found // findings by the file that they are about, then by template
	linked map[string]bool               // files that a template links to: checked there
	sent   map[string]string             // result ids of what was reported
	all    []documentReport              // without a token for partial results
}

// A pulled is what the last check of a template for the workspace has found.
type pulled struct {
	asked  map[string]bool // files that the check read
	stamp  uint64          // of these
	ids    map[string]string
	linked []string
}

// pullWorkspace answers the findings of all templates of the workspace and of their
// parameter files, or that they have not changed since the last request. It
// checks a template again only if a file that its last check read has changed.
// The limits are those of a search of the workspace.
func (s *server) pullWorkspace(_ context.Context, conn *jsonrpc2.Conn, raw json.RawMessage) (any, error) {
	var p workspacePullParams
	if err := json.Unmarshal(raw, &p); err != nil {
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: err.Error()}
	}
	w := &workspacePull{
		s: s, conn: conn, partial: p.PartialResultToken, previous: map[string]string{}, names: s.searched(), since: time.Now(),
		found: map[string]map[string][]found{}, linked: map[string]bool{}, sent: map[string]string{}, all: []documentReport{},
	}
	for _, id := range p.PreviousResultIDs {
		w.previous[pathOf(id.URI)] = id.Value
	}
	if left := len(w.names) - mostSearched; left > 0 {
		w.names = w.names[:mostSearched]
		s.log(conn, fmt.Sprintf("%d JSON files of the workspace are not checked: the limit is %d. Open one to check it.", left, mostSearched))
	}
	return later{w.step}, nil
}

// step checks one file, or answers once all are checked.
func (w *workspacePull) step(ctx context.Context, p *progress) (answer any, done bool) {
	if w.next == len(w.names) {
		return w.finish(), true
	}
	name := w.names[w.next]
	w.next++
	p.report(w.next, len(w.names))
	if time.Since(w.since) > w.s.patience {
		p.start()
	}
	if w.bytes > mostSearchedBytes || w.isExcluded(name) {
		return nil, false
	}
	if last := w.s.pulled[name]; last != nil && last.stamp == w.s.stampOf(last.asked) && w.unchanged(last) {
		for file, id := range last.ids {
			w.report(file, pullReport{Kind: "unchanged", ResultID: id})
		}
		for _, file := range last.linked {
			w.linked[file] = true
		}
		return nil, false
	}
	files := newWatched(w.s.files)
	files.note(name)
	c := w.s.look(ctx, name, files)
	if ctx.Err() != nil {
		return nil, false // the next step answers that it is cancelled
	}
	now := &pulled{asked: files.asked, stamp: w.s.stampOf(files.asked), ids: map[string]string{}}
	defer func() { w.s.pulled[name] = now }()
	if c.template == nil {
		return nil, false // not a template
	}
	w.bytes += int64(c.template.Tree.File.Len())
	for _, run := range c.template.Runs {
		for _, n := range run.Deployment.Nested {
			if n.Template != nil && clean(n.Template.File.Path()) != name {
				w.linked[clean(n.Template.File.Path())] = true
				now.linked = append(now.linked, clean(n.Template.File.Path()))
			}
		}
	}
	c.byFile[name] = c.byFile[name][:len(c.byFile[name]):len(c.byFile[name])] // also without findings
	for _, file := range slices.Sorted(maps.Keys(c.byFile)) {
		if w.found[file] == nil {
			w.found[file] = map[string][]found{}
		}
		for _, d := range c.byFile[file] {
			w.found[file][name] = append(w.found[file][name], found{d, c.secrets})
		}
		w.send(file)
		now.ids[file] = w.sent[file]
	}
	return nil, false
}

// unchanged reports whether the editor still has all that the last check found.
func (w *workspacePull) unchanged(last *pulled) bool {
	for file, id := range last.ids {
		if w.previous[file] != id {
			return false
		}
	}
	return true
}

// send reports the findings about a file so far.
func (w *workspacePull) send(file string) {
	var all []found
	for _, by := range slices.Sorted(maps.Keys(w.found[file])) {
		if by != file || !w.linked[file] { // a linked template is checked where it is linked
			all = append(all, w.found[file][by]...)
		}
	}
	shown := w.s.shown(all, nil)
	r := pullReport{Kind: "full", ResultID: resultID(shown), Items: &shown}
	if r.ResultID == w.sent[file] {
		return
	}
	if w.previous[file] == r.ResultID {
		r.Kind, r.Items = "unchanged", nil
	}
	w.report(file, r)
}

func (w *workspacePull) report(file string, r pullReport) {
	w.sent[file] = r.ResultID
	d := documentReport{w.s.files.uriOf(file), nil, r}
	if open, ok := w.s.files.document(file); ok {
		d.Version = open.version
	}
	if w.s.partly(w.conn, w.partial, workspaceReport{[]documentReport{d}}) {
		return
	}
	w.all = slices.DeleteFunc(w.all, func(before documentReport) bool { return before.URI == d.URI })
	w.all = append(w.all, d)
}

// finish reports linked templates without the findings of a check alone, and no
// findings for files that had some and are gone.
func (w *workspacePull) finish() any {
	for _, file := range slices.Sorted(maps.Keys(w.found)) {
		if w.linked[file] && w.found[file][file] != nil {
			w.send(file)
			if last := w.s.pulled[file]; last != nil {
				last.ids[file] = w.sent[file]
			}
		}
	}
	for _, file := range slices.Sorted(maps.Keys(w.previous)) {
		if w.sent[file] == "" {
			none := []diagnostic{}
			if id := resultID(none); w.previous[file] != id {
				w.report(file, pullReport{Kind: "full", ResultID: id, Items: &none})
			}
		}
	}
	names := map[string]bool{}
	for _, name := range w.names {
		names[name] = true
	}
	maps.DeleteFunc(w.s.pulled, func(name string, _ *pulled) bool { return !names[name] })
	return workspaceReport{w.all}
}

// isExcluded reports a file that the settings exclude from checks of folders.
func (w *workspacePull) isExcluded(name string) bool {
	config := engine.Config{}
	w.s.policyOf(name).Apply(&config)
	return config.Exclude != nil && config.Exclude(name)
}

var stampSeed = maphash.MakeSeed()

// stampOf returns a number that changes when one of the files does, or the settings above
// them, or the day, on which suppressions may end.
func (s *server) stampOf(asked map[string]bool) uint64 {
	var h maphash.Hash
	h.SetSeed(stampSeed)
	add := func(name string) {
		if d, ok := s.files.document(name); ok {
			_, _ = h.WriteString(name + d.text)
			return
		}
		if info, err := s.config.Engine.Files.Stat(name); err == nil && !info.IsDir() {
			fmt.Fprintf(&h, "%s %d %d\n", name, info.Size(), info.ModTime().UnixNano())
		}
	}
	for _, name := range slices.Sorted(maps.Keys(asked)) {
		add(name)
	}
	for _, folder := range s.folders {
		add(path.Join(folder, settings.Name))
	}
	_, _ = h.WriteString(cmp.Or(s.config.Engine.Lint.Today, time.Now()).Format(time.DateOnly))
	return h.Sum64()
}

type logParams struct {
	Type    int    `json:"type"` // 3 information
	Message string `json:"message"`
}

// log writes a line to the log of the server that editors show.
func (s *server) log(conn *jsonrpc2.Conn, text string) {
	_ = conn.Notify(s.ctx, "window/logMessage", logParams{3, text})
}
