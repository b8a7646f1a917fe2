// Package confine checks whether a file is below a folder after all symbolic
// links are followed. It works the same on all systems, and also for files that
// do not exist yet.
//
// It assumes that the tree does not change during the check: a process that can
// rename files during a run has the permissions of the user who runs it.
package confine

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
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
