// Package confine checks whether a file is below a folder after all symbolic
// links are followed. It works the same on all systems, and also for files that
// do not exist yet.
//
// A check holds for the moment: what is written goes through the root that [Open]
// gives, which no link leads out of that appears later.
package confine

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// An OutsideError is the error for a name that leads out of a folder.
type OutsideError struct {
	Name   string // as given
	Folder string // as given
	// Link is set if a symbolic link leads out, and not the name itself.
	Link bool
}

func (e *OutsideError) Error() string {
	if e.Link {
		return fmt.Sprintf("%s is a link, or is reached through one, that leads out of %s", e.Name, e.Folder)
	}
	return fmt.Sprintf("%s is not below %s", e.Name, e.Folder)
}

// errNotRegular is the error for a pipe, a device or a socket, on which a
// reader may block forever.
var errNotRegular = errors.New("it is a pipe or a device")

// Below returns the path of name with all links followed. It returns an
// [OutsideError] if that path is not folder or below it. A file that does not
// exist counts as being in the folder in which it would be created; a dangling
// link is an OutsideError.
func Below(folder, name string) (string, error) {
	if !lexically(folder, name) {
		return "", &OutsideError{Name: name, Folder: folder}
	}
	root, err := filepath.EvalSymlinks(folder)
	if err != nil {
		return "", err
	}
	if root, err = filepath.Abs(root); err != nil {
		return "", err
	}
	real, err := resolve(name)
	if err != nil {
		return "", err
	}
	if real, err = filepath.Abs(real); err != nil {
		return "", err
	}
	if !lexically(root, real) {
		return "", &OutsideError{Name: name, Folder: folder, Link: true}
	}
	return real, nil
}

// Open opens the outermost of folders as a root, and returns the path of name in
// it with all links followed. [Below] must accept name for each folder; the errors
// are the same. The caller closes the root.
func Open(name string, folders ...string) (root *os.Root, path string, err error) {
	outer := slices.MinFunc(folders, func(a, b string) int { return len(filepath.Clean(a)) - len(filepath.Clean(b)) })
	if root, err = os.OpenRoot(outer); err != nil {
		return nil, "", err
	}
	if path, err = pathIn(outer, name, folders); err != nil {
		root.Close()
		return nil, "", err
	}
	return root, path, nil
}

func pathIn(outer, name string, folders []string) (path string, err error) {
	var real string
	for _, folder := range folders {
		if real, err = Below(folder, name); err != nil {
			return "", err
		}
	}
	at, err := filepath.EvalSymlinks(outer)
	if err != nil {
		return "", err
	}
	if at, err = filepath.Abs(at); err != nil {
		return "", err
	}
	return filepath.Rel(at, real)
}

// Contains reports whether name, without following links, is folder or below
// it.
func Contains(folder, name string) bool { return lexically(folder, name) }

func lexically(folder, name string) bool {
	rel, err := filepath.Rel(folder, name)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// resolve follows the links of a name, whose last part need not exist.
func resolve(name string) (string, error) {
	switch info, err := os.Lstat(name); {
	case err == nil && info.Mode()&fs.ModeSymlink != 0:
		real, err := filepath.EvalSymlinks(name)
		if errors.Is(err, fs.ErrNotExist) { // a file that is written there is created at the target of the link
			return "", &OutsideError{Name: name, Folder: filepath.Dir(name), Link: true}
		}
		return real, err
	case err == nil:
		return filepath.EvalSymlinks(name)
	case !errors.Is(err, fs.ErrNotExist):
		return "", err
	}
	parent, err := filepath.EvalSymlinks(filepath.Dir(name))
	if errors.Is(err, fs.ErrNotExist) && filepath.Dir(name) != name {
		parent, err = resolve(filepath.Dir(name)) // a missing folder contains no links
	}
	if err != nil {
		return "", err
	}
	return filepath.Join(parent, filepath.Base(name)), nil
}

// Regular returns an error for a name that exists and is neither a regular file
// nor a folder.
func Regular(name string) error {
	info, err := os.Stat(name)
	if err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		return errNotRegular
	}
	return nil
}
