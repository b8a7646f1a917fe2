package lsp

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/sourcegraph/jsonrpc2"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// recorded are files that note what is read of which of them: contents, not whether
// they exist.
type recorded struct {
	engine.Files
	mu   sync.Mutex
	read map[string]bool
}

func (r *recorded) note(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.read[clean(name)] = true
}

func (r *recorded) ReadFile(name string) ([]byte, error) {
	text, err := r.Files.ReadFile(name)
	if err == nil {
		r.note(name)
	}
	return text, err
}

func (r *recorded) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := r.Files.ReadDir(name)
	if err == nil {
		r.note(name)
	}
	return entries, err
}

func (r *recorded) Below(folder string) fs.FS { return recordedBelow{r.Files.Below(folder), r, folder} }

type recordedBelow struct {
	fs.FS
	files  *recorded
	folder string
}

func (b recordedBelow) Open(name string) (fs.File, error) {
	f, err := b.FS.Open(name)
	if err == nil {
		b.files.note(path.Join(b.folder, name))
	}
	return f, err
}

// TestOnlyTheWorkspaceIsRead asks everything about a workspace whose files lead out
// of it in every way, and wants nothing to be written anywhere, and nothing to be
// read outside: not by a path, a link or a setting of a file.
func TestOnlyTheWorkspaceIsRead(t *testing.T) {
	top := t.TempDir()
	root := filepath.Join(top, "w")
	outside := filepath.ToSlash(filepath.Join(top, "outside"))
	for _, folder := range []string{root, filepath.FromSlash(outside)} {
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	write(t, top, ".gitignore", "*.json\n") // there is no repository around
	const secret = "outsideWord"
	foreign := `{` + head + `, "parameters": {"` + secret + `": {"type": "int", "defaultValue": 4}}, "resources": [], "outputs": {"x": {"type": "int", "value": "[parameters('` + secret + `s')]"}}}`
	write(t, filepath.FromSlash(outside), "t.json", foreign)
	write(t, filepath.FromSlash(outside), "t.parameters.json", `{`+headFile+`, "parameters": {"`+secret+`": {"value": "x"}}}`)
	write(t, filepath.FromSlash(outside), ".scaleset.yaml", "rules: { SS2001: off }\n")
	link := func(target string) string {
		return `{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "n` + fmt.Sprintf("%x", sha256.Sum256([]byte(target)))[:6] + `", "properties": {"mode": "Incremental",
      "templateLink": {` + target + `}, "parameters": {"` + "a" + `": {"value": 3}}}}`
	}
	write(t, root, "main.json", `{`+head+`, "parameters": {"size": {"type": "int"}}, "resources": [
  `+strings.Join([]string{
		link(`"relativePath": "../outside/t.json"`),
		link(`"relativePath": "` + outside + `/t.json"`),
		link(`"relativePath": "..\\outside\\t.json"`),
		link(`"uri": "file://` + outside + `/t.json"`),
		link(`"uri": "[uri(deployment().properties.templateLink.uri, '../outside/t.json')]"`),
		link(`"relativePath": "linked.json"`),
		link(`"relativePath": "sub/../../outside/t.json"`),
	}, ",\n  ")+`], "outputs": {"n": {"type": "int", "value": "[parameters('size')]"}}}`)
	write(t, root, "main.parameters.json", `{`+headFile+`, "parameters": {"size": {"value": 3}}}`)
	for name, target := range map[string]string{
		"linked.json": "t.json", "main.parameters.dev.json": "t.parameters.json", "also.json": "t.json", ".scaleset.yaml": ".scaleset.yaml", ".gitignore": "t.json",
	} {
		if err := os.Symlink(filepath.Join(filepath.FromSlash(outside), target), filepath.Join(root, name)); err != nil {
			t.Skip(err)
		}
	}
	if err := os.Symlink(filepath.FromSlash(outside), filepath.Join(root, "sub")); err != nil {
		t.Fatal(err)
	}
	before := snapshot(t, top)
	files := &recorded{Files: engine.Folder(""), read: map[string]bool{}}
	s := newServer(t.Context(), Config{Engine: engine.Config{Files: files, Rules: rules.All()}, Clock: still{}})
	s.editor = jsonrpc2.NewConn(t.Context(), newStream(golden.NewEditor(nil)), s)
	s.setFolders([]workspaceFolder{{URI: uriOfPath(root)}})
	s.options.InlayHints = true
	var answers strings.Builder
	for _, name := range []string{"main.json", "main.parameters.json"} {
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		uri := uriOfPath(filepath.Join(root, name))
		s.didOpen(t.Context(), s.editor, openParams{document{URI: uri, Text: string(text)}})
		s.checkDirty()
		file := source.NewFile(name, text)
		for offset := 0; offset < len(text); offset += 11 {
			at := rangeOf(file.Range(offset, offset)).Start
			for _, r := range positionRequests {
				if perDocument[r.method] && offset%143 != 0 {
					continue
				}
				params := map[string]any{"textDocument": map[string]any{"uri": uri}, "position": at, "positions": []position{at}, "range": textRange{at, at}}
				for k, v := range r.more {
					params[k] = v
				}
				answer, err := answerTo(t, s, s.editor, r.method, params)
				raw, _ := json.Marshal(answer)
				fmt.Fprintf(&answers, "%s %s %v\n", r.method, raw, err)
			}
		}
	}
	answer, err := answerTo(t, s, s.editor, "workspace/diagnostic", map[string]any{"previousResultIds": []any{}})
	if err != nil {
		t.Fatal(err)
	}
	step := answer.(later).step
	for done := false; !done; {
		answer, done = step(t.Context(), nil)
	}
	raw, _ := json.Marshal(answer)
	answers.Write(raw)
	if !strings.Contains(string(raw), "main.json") {
		t.Errorf("the workspace is %s", raw)
	}
	if at := strings.Index(answers.String(), secret); at >= 0 {
		t.Errorf("a word from outside is in an answer: %s", answers.String()[max(0, at-300):at+50])
	}
	for _, name := range slices.Sorted(maps.Keys(files.read)) {
		if name != filepath.ToSlash(root) && !strings.HasPrefix(name, filepath.ToSlash(root)+"/") {
			t.Errorf("%s is read", name)
		}
	}
	if diff := cmp.Diff(before, snapshot(t, top)); diff != "" {
		t.Errorf("files have changed:\n%s", diff)
	}
}

// snapshot are the files below a folder with their contents and times.
func snapshot(t *testing.T, folder string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(folder, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		text := []byte{}
		if info.Mode().IsRegular() {
			if text, err = os.ReadFile(name); err != nil {
				return err
			}
		}
		all[name] = fmt.Sprintf("%s %s %x", info.Mode(), info.ModTime(), sha256.Sum256(text))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
