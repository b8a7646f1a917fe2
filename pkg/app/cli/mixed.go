package cli

import (
	"io/fs"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/internal/revision"
)

// mixed reads names with the prefix of a revision there, all others (parameter
// files that the user named) in the folder.
type mixed struct {
	*engine.Streams
	tree   *revision.Tree
	prefix string
}

func (m mixed) atRevision(name string) bool { return strings.HasPrefix(name, m.prefix) }

// ReadFile implements [engine.Files].
func (m mixed) ReadFile(name string) ([]byte, error) {
	if m.atRevision(name) {
		return m.tree.ReadFile(name)
	}
	return m.Streams.ReadFile(name)
}

// Stat implements [engine.Files].
func (m mixed) Stat(name string) (fs.FileInfo, error) {
	if m.atRevision(name) {
		return m.tree.Stat(name)
	}
	return m.Streams.Stat(name)
}

// ReadDir implements [engine.Files].
func (m mixed) ReadDir(name string) ([]fs.DirEntry, error) {
	if m.atRevision(name) {
		return m.tree.ReadDir(name)
	}
	return m.Streams.ReadDir(name)
}

// Below implements [engine.Files].
func (m mixed) Below(folder string) fs.FS {
	if m.atRevision(folder) {
		return m.tree.Below(folder)
	}
	return m.Streams.Below(folder)
}
