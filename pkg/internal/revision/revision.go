// Package revision reads files at a revision of the local git repository. It
// runs the git program, the only program that scaleset ever starts, with fixed
// arguments: nothing is fetched, no pager, filter or hook runs, and a name can
// never become an option.
package revision

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"io/fs"
	"os/exec"
	"path"
	"strings"
	"time"
)

// A Tree gives access to the files at one revision. Names begin with the
// revision and a colon, as in git: HEAD~1:templates/azuredeploy.json. A path
// that starts with "./" is relative to the folder, others to the root of the
// repository.
type Tree struct {
	dir      string
	revision string
	git      string // the program; "" means git
}

// maxFile is the size limit of a file in bytes, as elsewhere.
const maxFile = 32 << 20

// timeout limits one run of git.
const timeout = 30 * time.Second

// Split splits REV:path; ok is false for text of another form. A single letter
// before the colon is a Windows drive.
func Split(name string) (revision, file string, ok bool) {
	revision, file, ok = strings.Cut(name, ":")
	if !ok || len(revision) < 2 || file == "" || strings.HasPrefix(revision, "-") || strings.ContainsAny(name, "\x00\n\r") || strings.Contains(revision, " ") {
		return "", "", false
	}
	return revision, file, true
}

// Open returns the tree of a name of the form REV:path, and the name in the
// tree: relative to the folder if there is such a file, otherwise to the root
// of the repository. The error says what is wrong with the name.
func Open(dir, name string) (*Tree, string, error) {
	revision, file, ok := Split(name)
	if !ok {
		return nil, "", fmt.Errorf("%q is not of the form REVISION:path", name)
	}
	t := &Tree{dir: dir, revision: revision}
	candidates := []string{revision + ":" + file}
	if !strings.HasPrefix(file, "./") && !strings.HasPrefix(file, "../") {
		candidates = []string{revision + ":./" + file, revision + ":" + file}
	}
	var first error
	for _, c := range candidates {
		kind, err := t.ask("cat-file", "-t", c)
		if err == nil && strings.TrimSpace(string(kind)) == "blob" {
			return t, c, nil
		}
		if err == nil {
			err = fmt.Errorf("%s is a folder", c)
		}
		if first == nil {
			first = err
		}
	}
	return nil, "", fmt.Errorf("%s: %w", name, first)
}

// Exists reports whether the name alone is a revision of the repository that
// contains the folder.
func Exists(dir, name string) bool {
	if name == "" || strings.HasPrefix(name, "-") || strings.ContainsAny(name, "\x00\n\r :") {
		return false
	}
	t := &Tree{dir: dir, revision: name}
	_, err := t.ask("rev-parse", "--verify", "--quiet", "--end-of-options", name+"^{commit}")
	return err == nil
}

// ask runs git in the folder and returns its output.
func (t *Tree) ask(args ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	program := t.git
	if program == "" {
		program = "git"
	}
	cmd := exec.CommandContext(ctx, program, append([]string{"--no-pager", "--literal-pathspecs", "-C", t.dir}, args...)...)
	cmd.Env = append(cmd.Environ(), "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0", "GIT_NO_LAZY_FETCH=1", "LC_ALL=C")
	var stderr bytes.Buffer
	stdout := &limited{most: maxFile}
	cmd.Stdout, cmd.Stderr = stdout, &stderr
	err := cmd.Run()
	switch {
	case stdout.full:
		return nil, fmt.Errorf("it has more than %d bytes", maxFile)
	case errors.Is(err, exec.ErrNotFound):
		return nil, errors.New("the git program is needed to read a revision, and is not installed")
	case err != nil && stderr.Len() > 0:
		line, _, _ := strings.Cut(strings.TrimSpace(stderr.String()), "\n")
		return nil, errors.New(strings.TrimPrefix(line, "fatal: "))
	}
	return stdout.buffer.Bytes(), err
}

// limited keeps a limited number of bytes and rejects more. The buffer is not
// embedded, because io.Copy would use its ReadFrom, which writes beyond the
// limit.
type limited struct {
	buffer bytes.Buffer
	most   int
	full   bool
}

var errFull = errors.New("too many bytes")

func (l *limited) Write(p []byte) (int, error) {
	if l.buffer.Len()+len(p) > l.most {
		l.full = true
		return 0, errFull
	}
	return l.buffer.Write(p)
}

// name checks that a name belongs to the tree.
func (t *Tree) name(op, name string) (string, error) {
	if _, _, ok := Split(name); !ok || !strings.HasPrefix(name, t.revision+":") {
		return "", &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
	}
	return name, nil
}

// ReadFile returns the text of a file of the revision.
func (t *Tree) ReadFile(name string) ([]byte, error) {
	object, err := t.name("open", name)
	if err != nil {
		return nil, err
	}
	text, err := t.ask("cat-file", "blob", object)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return text, nil
}

// Stat returns whether a name is a file or a folder, or an error if it does not
// exist.
func (t *Tree) Stat(name string) (fs.FileInfo, error) {
	object, err := t.name("stat", name)
	if err != nil {
		return nil, err
	}
	kind, err := t.ask("cat-file", "-t", object)
	if err != nil {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
	}
	return entry{path.Base(name), strings.TrimSpace(string(kind)) == "tree"}, nil
}

// ReadDir returns the entries of a folder of the revision.
func (t *Tree) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == t.revision+":." {
		name += "/"
	}
	object, err := t.name("readdir", name)
	if err != nil {
		return nil, err
	}
	text, err := t.ask("cat-file", "-p", object)
	if err != nil {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: err}
	}
	var all []fs.DirEntry
	for line := range strings.Lines(string(text)) { // mode kind hash TAB name
		head, file, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		if fields := strings.Fields(head); ok && len(fields) == 3 {
			all = append(all, entry{file, fields[1] == "tree"})
		}
	}
	return all, nil
}

// Below returns a folder of the revision and everything below it as a file
// system.
func (t *Tree) Below(folder string) fs.FS { return below{t, folder} }

type below struct {
	tree   *Tree
	folder string
}

// Open implements [fs.FS].
func (b below) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	text, err := b.tree.ReadFile(b.folder + "/" + name)
	if err != nil {
		return nil, err
	}
	return &file{entry{path.Base(name), false}, bytes.NewReader(text)}, nil
}

type file struct {
	entry
	*bytes.Reader
}

// Stat implements [fs.File].
func (f *file) Stat() (fs.FileInfo, error) { return f.entry, nil }

// Size returns the number of bytes.
func (f *file) Size() int64 { return f.Reader.Size() }

// Close implements [fs.File].
func (*file) Close() error { return nil }

// An entry is a name in a folder; git has no more information.
type entry struct {
	name   string
	folder bool
}

func (e entry) Name() string               { return e.name }
func (e entry) IsDir() bool                { return e.folder }
func (e entry) Size() int64                { return 0 }
func (e entry) ModTime() time.Time         { return time.Time{} }
func (e entry) Sys() any                   { return nil }
func (e entry) Info() (fs.FileInfo, error) { return e, nil }
func (e entry) Type() fs.FileMode          { return e.Mode().Type() }

func (e entry) Mode() fs.FileMode {
	if e.folder {
		return fs.ModeDir | 0o755
	}
	return 0o644
}
