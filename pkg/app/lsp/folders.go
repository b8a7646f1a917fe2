package lsp

import (
	"context"
	"path"
	"slices"
	"strings"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/scaleset/scaleset/pkg/check/engine"
)

type workspaceFolder struct {
	URI  string `json:"uri"`
	Name string `json:"name"`
}

// setFolders takes the folders of the workspace.
func (s *server) setFolders(all []workspaceFolder) {
	for _, f := range all {
		if name := pathOf(f.URI); name != f.URI && !slices.Contains(s.folders, name) {
			s.folders = append(s.folders, name)
		}
	}
}

type foldersParams struct {
	Event struct {
		Added   []workspaceFolder `json:"added"`
		Removed []workspaceFolder `json:"removed"`
	} `json:"event"`
}

func (s *server) didChangeFolders(_ context.Context, _ *jsonrpc2.Conn, p foldersParams) {
	for _, f := range p.Event.Removed {
		s.folders = slices.DeleteFunc(s.folders, func(name string) bool { return name == pathOf(f.URI) })
	}
	s.setFolders(p.Event.Added)
}

// root returns the folder of the workspace that holds a file, and the path below it:
// else the folder of an open document. ok is false for a file outside of both,
// which is not to be read.
func (s *server) root(name string) (root, rel string, ok bool) {
	name = clean(name)
	candidates := slices.Clone(s.folders)
	for _, open := range s.files.paths() {
		candidates = append(candidates, path.Dir(open))
	}
	for _, folder := range candidates {
		below, isBelow := strings.CutPrefix(name, strings.TrimSuffix(folder, "/")+"/")
		if isBelow && (!ok || len(folder) < len(root)) {
			root, rel, ok = folder, below, true
		}
	}
	return root, rel, ok
}

// folderOf returns the innermost folder of the workspace that holds a file.
func (s *server) folderOf(name string) (folder string, ok bool) {
	for _, f := range s.folders {
		if strings.HasPrefix(clean(name), strings.TrimSuffix(f, "/")+"/") && len(f) >= len(folder) {
			folder, ok = f, true
		}
	}
	return folder, ok
}

type watchedParams struct {
	Changes []struct {
		URI string `json:"uri"`
	} `json:"changes"`
}

// didChangeWatched checks what depends on files that have changed on disk.
func (s *server) didChangeWatched(_ context.Context, _ *jsonrpc2.Conn, p watchedParams) {
	for _, c := range p.Changes {
		if name := pathOf(c.URI); name != c.URI {
			if s.isOpen(name) { // its text counts, not what is on disk
				continue
			}
			s.outdated(name)
			for _, template := range engine.TemplatesOf(name) { // which did not look for a file that is new
				s.outdated(template)
			}
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.elsewhere = s.elsewhere || len(s.dirty) > 0
}
