package engine

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// Files is the part of the file system that a run may see. Names are as the
// user gave them, with '/' as separator, relative to the working folder or
// absolute. Implementations are safe for concurrent use.
type Files interface {
	ReadFile(name string) ([]byte, error)
	Stat(name string) (fs.FileInfo, error)
	ReadDir(name string) ([]fs.DirEntry, error)
	// Below is a folder and what is below it. Opening a file in it never
	// leads out of it, not by a symbolic link either.
	Below(folder string) fs.FS
}

// listings remembers what is in a folder: the search for templates and that for
// the parameter files of each of them ask the same.
type listings struct {
	Files
	mu    sync.Mutex
	known map[string]func() ([]fs.DirEntry, error)
}

func newListings(files Files) *listings {
	return &listings{Files: files, known: map[string]func() ([]fs.DirEntry, error){}}
}

// Abs is the absolute path of the working folder, if the files lie in one.
func (l *listings) Abs() (string, error) {
	if rooted, ok := l.Files.(interface{ Abs() (string, error) }); ok {
		return rooted.Abs()
	}
	return "", fs.ErrNotExist
}

// ReadDir implements [Files].
func (l *listings) ReadDir(name string) ([]fs.DirEntry, error) {
	l.mu.Lock()
	list, ok := l.known[name]
	if !ok {
		list = sync.OnceValues(func() ([]fs.DirEntry, error) { return l.Files.ReadDir(name) })
		l.known[name] = list
	}
	l.mu.Unlock()
	return list()
}

// MaxFileSize is the size in bytes above which a file is not read. Resource
// Manager takes templates of 4 MB; the rest is room for exports and bundles.
const MaxFileSize = 32 << 20

// Folder is the Files of a folder of this machine; "" is the working folder of
// the process.
type Folder string

func (f Folder) path(name string) string {
	name = filepath.FromSlash(name)
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(string(f), name)
}

// reading bounds how many files are open at once, whatever --jobs is: a system
// that allows few must not make a template unreadable.
var reading = make(chan struct{}, 4)

// Stat implements [Files].
func (f Folder) Stat(name string) (fs.FileInfo, error) { return os.Stat(f.path(name)) }

// ReadDir implements [Files].
func (f Folder) ReadDir(name string) ([]fs.DirEntry, error) {
	reading <- struct{}{}
	defer func() { <-reading }()
	return os.ReadDir(f.path(name))
}

// Abs is the absolute path of the folder.
func (f Folder) Abs() (string, error) { return filepath.Abs(string(f)) }

// Below implements [Files].
func (f Folder) Below(folder string) fs.FS { return confined(f.path(folder)) }

// confined is a folder that nothing leads out of. It holds no handle.
type confined string

// Open implements [fs.FS].
func (c confined) Open(name string) (fs.File, error) {
	root, err := os.OpenRoot(string(c))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	// Opening a pipe blocks until a writer appears, and a device may never end.
	info, err := root.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() && !info.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errNoRegularFile}
	}
	return root.FS().Open(name)
}

// ReadFile implements [Files]. It reads regular files and pipes of at most
// [MaxFileSize] bytes.
func (f Folder) ReadFile(name string) ([]byte, error) {
	if info, err := f.Stat(name); err == nil && info.Mode().IsRegular() { // a pipe may wait for another one
		reading <- struct{}{}
		defer func() { <-reading }()
	}
	file, err := os.Open(f.path(name))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, errFolder
	case info.Size() > MaxFileSize:
		return nil, tooLarge(info.Size())
	}
	return readLimited(file, int(info.Size()))
}

var (
	errFolder        = errors.New("it is a folder")
	errNoRegularFile = fmt.Errorf("%w: it is a pipe or a device", fs.ErrInvalid)
)

func tooLarge(size int64) error {
	return fmt.Errorf("it has %d bytes; the limit is %d", size, MaxFileSize)
}

// readLimited reads a stream to its end, of which size is what it is expected
// to have: it is 0 for pipes, and a file may grow meanwhile.
func readLimited(r io.Reader, size int) ([]byte, error) {
	if size > 0 {
		// Nothing more than the text is kept, for as long as its findings.
		text := make([]byte, size+1) // room to see the end
		n, err := io.ReadFull(r, text)
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return text[:n:n], nil
		}
		if err != nil {
			return nil, err
		}
		r = io.MultiReader(bytes.NewReader(text), r) // it has grown
	}
	var text bytes.Buffer
	_, err := text.ReadFrom(io.LimitReader(r, MaxFileSize+1))
	if err == nil && text.Len() > MaxFileSize {
		err = fmt.Errorf("it has more than %d bytes", MaxFileSize)
	}
	return text.Bytes(), err
}

// trees reads and parses each file once: templates,
// parameter files that several templates share, linked templates.
type trees struct {
	files Files
	stdin func() ([]byte, error)

	mu      sync.Mutex
	parsed  map[string]func() (*jsonc.Tree, error)
	dropped map[string]bool

	released []*source.File // and not packed
	held     int            // the bytes of all that were released
}

func newTrees(files Files, stdin io.Reader) *trees {
	return &trees{
		files: files,
		stdin: sync.OnceValues(func() ([]byte, error) {
			if stdin == nil {
				return nil, io.ErrUnexpectedEOF
			}
			return readLimited(stdin, 0)
		}),
		parsed: map[string]func() (*jsonc.Tree, error){},
	}
}

// get gives the tree of a file. The tree is shared and never changed.
func (t *trees) get(name string) (*jsonc.Tree, error) {
	key := path.Clean(name)
	t.mu.Lock()
	parse, ok := t.parsed[key]
	if !ok {
		parse = sync.OnceValues(func() (*jsonc.Tree, error) {
			text, err := t.files.ReadFile(name)
			if err != nil {
				return nil, err
			}
			return jsonc.Parse(source.NewFile(key, text)), nil
		})
		t.parsed[key] = parse
	}
	t.mu.Unlock()
	return parse()
}

// linked returns the tree of a linked template that was already read,
// within the folder that it may be read from. The text decides: what a link
// leads to may not be what the same name means here.
func (t *trees) linked(name string, text []byte) *jsonc.Tree {
	key := path.Clean(name)
	t.mu.Lock()
	parse, ok := t.parsed[key]
	if !ok {
		parse = sync.OnceValues(func() (*jsonc.Tree, error) { return jsonc.Parse(source.NewFile(key, text)), nil })
		t.parsed[key] = parse
	}
	t.mu.Unlock()
	if tree, err := parse(); err == nil && bytes.Equal(tree.File.Original(), text) {
		return tree
	}
	return jsonc.Parse(source.NewFile(key, text))
}

// release drops a tree. A later request gets another one of the same file.
func (t *trees) release(tree *jsonc.Tree) {
	file := tree.File
	t.mu.Lock()
	if _, ok := t.parsed[file.Path()]; ok {
		t.parsed[file.Path()] = sync.OnceValues(func() (*jsonc.Tree, error) { return jsonc.Parse(file), nil })
	}
	t.released = append(t.released, file)
	t.held += file.Len()
	var pack []*source.File
	if t.held > maxHeld {
		pack, t.released = t.released, nil
	}
	t.mu.Unlock()
	for _, f := range pack {
		f.Pack()
	}
}

// maxHeld is how many bytes the texts of released trees may take before they are
// packed. All public templates take 13 MB.
const maxHeld = 32 << 20

// input returns the tree of the standard input, under the path name.
func (t *trees) input(name string) (*jsonc.Tree, error) {
	text, err := t.stdin()
	if err != nil {
		return nil, err
	}
	return jsonc.Parse(source.NewFile(name, text)), nil
}

// forget drops a file that is not a template, so that a large folder does not
// fill the memory.
func (t *trees) forget(name string) {
	t.mu.Lock()
	delete(t.parsed, path.Clean(name))
	if t.dropped == nil {
		t.dropped = map[string]bool{}
	}
	t.dropped[path.Clean(name)] = true
	t.mu.Unlock()
}

// forgotten are the files that were dropped, sorted.
func (t *trees) forgotten() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Sorted(maps.Keys(t.dropped))
}

// inside reports whether a file is in a folder, or below it, once all links
// are followed. A link has to be relative.
func inside(files Files, folder, name string) bool {
	rel, ok := below(folder, name)
	if !ok {
		return false
	}
	file, err := files.Below(folder).Open(rel)
	if err != nil {
		return false
	}
	return file.Close() == nil
}

// reason is why a file could not be read, without the name that the operating
// system repeats.
func reason(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return strings.TrimSpace(err.Error())
}

// A folderError says that a folder, and so all that it holds, cannot be read.
type folderError struct{ err error }

func (e *folderError) Error() string { return reason(e.err) }

func (e *folderError) Unwrap() error { return e.err }
