package lsp

import (
	"io/fs"
	"path"
	"sync"

	"github.com/scaleset/scaleset/pkg/check/engine"
)

// watched are files that record which of them a check reads, whether they
// exist or not: the check depends on these.
type watched struct {
	engine.Files
	mu    sync.Mutex
	asked map[string]bool // by clean name
}

func newWatched(files engine.Files) *watched {
	return &watched{Files: files, asked: map[string]bool{}}
}

func (w *watched) note(name string) {
	w.mu.Lock()
	w.asked[clean(name)] = true
	w.mu.Unlock()
}

// dependsOn reports whether the check read a file, or looked for it.
func (w *watched) dependsOn(name string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.asked[name]
}

// Abs returns the absolute path of the working folder, if the files have one.
func (w *watched) Abs() (string, error) {
	if rooted, ok := w.Files.(interface{ Abs() (string, error) }); ok {
		return rooted.Abs()
	}
	return "", fs.ErrNotExist
}

// ReadFile implements [engine.Files].
func (w *watched) ReadFile(name string) ([]byte, error) {
	w.note(name)
	return w.Files.ReadFile(name)
}

// Stat implements [engine.Files].
func (w *watched) Stat(name string) (fs.FileInfo, error) {
	w.note(name)
	return w.Files.Stat(name)
}

// Below implements [engine.Files].
func (w *watched) Below(folder string) fs.FS { return watchedBelow{w.Files.Below(folder), w, folder} }

type watchedBelow struct {
	fs.FS
	watched *watched
	folder  string
}

// Open implements [fs.FS].
func (b watchedBelow) Open(name string) (fs.File, error) {
	b.watched.note(path.Join(b.folder, name))
	return b.FS.Open(name)
}
