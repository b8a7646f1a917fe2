package lsp

import (
	"io/fs"
	"net/url"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A workspace is the files as the editor sees them: open documents before what
// is on disk. It is safe for concurrent use.
type workspace struct {
	engine.Files // what is on disk
	mu           sync.RWMutex
	open         map[string]openDocument // by path
	encoding     encoding                // of the positions of the editor
}

type openDocument struct {
	uri     string
	text    string
	version *int
}

func newWorkspace(disk engine.Files) *workspace {
	return &workspace{Files: disk, open: map[string]openDocument{}, encoding: utf16Units}
}

// Abs returns the absolute path of the working folder, if what is on disk has one.
func (w *workspace) Abs() (string, error) {
	if rooted, ok := w.Files.(interface{ Abs() (string, error) }); ok {
		return rooted.Abs()
	}
	return "", fs.ErrNotExist
}

// ReadFile implements [engine.Files].
func (w *workspace) ReadFile(name string) ([]byte, error) {
	w.mu.RLock()
	d, ok := w.open[clean(name)]
	w.mu.RUnlock()
	if ok {
		return []byte(d.text), nil
	}
	return w.Files.ReadFile(name)
}

// Stat implements [engine.Files]; a document that was never saved exists too.
func (w *workspace) Stat(name string) (fs.FileInfo, error) {
	info, err := w.Files.Stat(name)
	if _, ok := w.document(name); err != nil && ok {
		return unsaved(path.Base(clean(name))), nil
	}
	return info, err
}

// Below implements [engine.Files]: linked templates are read as the editor
// shows them, too.
func (w *workspace) Below(folder string) fs.FS {
	w.mu.RLock()
	defer w.mu.RUnlock()
	texts := make(map[string][]byte, len(w.open))
	for name, d := range w.open {
		texts[name] = []byte(d.text)
	}
	return engine.Overlay{Base: w.Files, Texts: texts}.Below(folder)
}

func (w *workspace) document(name string) (openDocument, bool) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	d, ok := w.open[clean(name)]
	return d, ok
}

func (w *workspace) put(d document) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.open[pathOf(d.URI)] = openDocument{uri: d.URI, text: d.Text, version: d.Version}
}

func (w *workspace) drop(uri string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.open, pathOf(uri))
}

// paths returns the open documents.
func (w *workspace) paths() []string {
	w.mu.RLock()
	defer w.mu.RUnlock()
	var all []string
	for p := range w.open {
		all = append(all, p)
	}
	return all
}

// change applies edits in their order; a change without a range is the whole text.
func (w *workspace) change(p changeParams) {
	w.mu.Lock()
	defer w.mu.Unlock()
	name := pathOf(p.TextDocument.URI)
	d, ok := w.open[name]
	if !ok {
		return
	}
	b := newBuffer(d.text, w.encoding)
	for _, c := range p.ContentChanges {
		if c.Range == nil {
			b = newBuffer(c.Text, w.encoding)
			continue
		}
		b.replace(*c.Range, c.Text)
	}
	d.text = b.String()
	d.version = p.TextDocument.Version
	w.open[name] = d
}

// clean returns the one spelling of a path.
func clean(name string) string { return path.Clean(strings.ReplaceAll(name, `\`, "/")) }

// pathOf returns the path of a file URI, with '/' as separator; another URI is kept
// as it is, and reads nothing from disk.
func pathOf(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "file" {
		return uri
	}
	p := u.Path
	if len(p) > 2 && p[0] == '/' && p[2] == ':' { // /C:/folder
		p = p[1:]
	}
	return clean(p)
}

// uriOf returns the URI of a path, in the spelling of the editor when it is open.
func (w *workspace) uriOf(name string) string {
	if d, ok := w.document(name); ok {
		return d.uri
	}
	p := filepath.ToSlash(name)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p
	}
	return (&url.URL{Scheme: "file", Path: p}).String()
}

// offsetOf converts a position to a byte offset, clamped to the line.
func offsetOf(text string, p position) int {
	offset, _ := ahead(text, utf16Units, position{}, p)
	return offset
}

// positionOf returns the position of a byte offset.
func positionOf(text string, offset int) position {
	before := text[:offset]
	line := before[strings.LastIndexAny(before, "\r\n")+1:]
	ends := strings.Count(before, "\n") + strings.Count(before, "\r") - strings.Count(before, "\r\n")
	return position{Line: ends, Character: utf16Length(line), bytes: len(line), runes: utf8.RuneCountInString(line)}
}

// rangeOf converts a range of a file for the editor.
func rangeOf(r source.Range) textRange {
	if r.File == nil {
		return textRange{}
	}
	at := func(offset int) position {
		p := r.File.Position(offset)
		_, line := r.File.Line(p.Line)
		return position{Line: p.Line - 1, Character: r.File.UTF16Column(offset) - 1, bytes: offset - line.Start, runes: p.Column - 1}
	}
	return textRange{Start: at(r.Start), End: at(r.End)}
}

// unsaved is the file information of a document without a file.
type unsaved string

// Name implements [fs.FileInfo].
func (u unsaved) Name() string { return string(u) }

// Size implements [fs.FileInfo].
func (u unsaved) Size() int64 { return 0 }

// Mode implements [fs.FileInfo].
func (u unsaved) Mode() fs.FileMode { return 0o644 }

// ModTime implements [fs.FileInfo].
func (u unsaved) ModTime() time.Time { return time.Time{} }

// IsDir implements [fs.FileInfo].
func (u unsaved) IsDir() bool { return false }

// Sys implements [fs.FileInfo].
func (u unsaved) Sys() any { return nil }
