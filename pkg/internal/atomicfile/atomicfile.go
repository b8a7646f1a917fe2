// Package atomicfile replaces files atomically: the text is written to a new
// file in the same folder, which is then renamed to the old name. Several files
// are all written before the first is renamed, so that a full disk or a missing
// permission changes none of them.
//
// A file keeps its mode and, as far as the system allows, its owner. A file
// with several hard links is written in place instead, so that all links keep
// referring to the same file; a copy of the text is beside it until that is
// done. A file without write permission is not replaced either.
package atomicfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/scaleset/scaleset/pkg/internal/confine"
)

// A File is a file to write.
type File struct {
	Name string
	Text []byte
	// New forbids overwriting: an existing file with the name is an error that
	// wraps [fs.ErrExist].
	New bool
	// Within are folders that must all contain the file once all links are
	// followed. Otherwise the error is a [confine.OutsideError] and nothing is
	// written.
	Within []string
	// Was, unless nil, is the text that Text was made from. A file with any
	// other text is not written: see [ErrChanged].
	Was []byte
}

// ErrChanged is the error for a file that has changed since it was read.
var ErrChanged = errors.New("the file was changed in the meantime; nothing is written")

// newMode is the mode of a new file; the umask of the process applies.
const newMode fs.FileMode = 0o644

// Write writes the files. An existing file keeps its mode; a symbolic link is
// kept, and the file that it refers to is replaced if it is within the allowed
// folders. A pipe or a device, which cannot be replaced, is written to. If
// Write returns an error before the first rename, nothing has changed;
// otherwise the error says how many files were written.
func Write(files ...File) error {
	jobs := make([]job, 0, len(files))
	defer func() {
		for _, j := range jobs {
			j.cleanUp()
		}
	}()
	for _, f := range files {
		j, err := prepare(f)
		if err != nil {
			return fmt.Errorf("writing %s: %w", f.Name, withoutPath(err))
		}
		jobs = append(jobs, j)
	}
	for i := range jobs { // as late as possible
		if err := unchanged(files[i].Was, jobs[i].target); err != nil {
			return fmt.Errorf("writing %s: %w", files[i].Name, withoutPath(err))
		}
	}
	for i := range jobs {
		if err := jobs[i].commit(); err != nil {
			return fmt.Errorf("writing %s: %w%s", files[i].Name, withoutPath(err), already(i))
		}
	}
	return nil
}

func already(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" (%d of the files are written)", n)
}

// withoutPath returns the error without the name and the operation that the operating
// system repeats.
func withoutPath(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		return link.Err
	}
	return err
}

// A job is a file whose text is complete under another name.
type job struct {
	target string
	ready  string // "" when there is nothing to clean up
	direct []byte // text for a target that cannot be replaced
}

func prepare(f File) (job, error) {
	for _, folder := range f.Within {
		if _, err := confine.Below(folder, f.Name); err != nil {
			return job{}, err
		}
	}
	target, mode, err := place(f)
	if err != nil {
		return job{}, err
	}
	if !mode.IsRegular() {
		if mode.IsDir() {
			return job{}, errors.New("it is a folder")
		}
		if f.Was != nil {
			return job{}, errors.New("it is a pipe or a device, which cannot be written back")
		}
		return job{target: target, direct: f.Text}, nil
	}
	old, err := existing(target)
	if err != nil {
		return job{}, err
	}
	if err := unchanged(f.Was, target); err != nil {
		return job{}, err
	}
	ready, err := writeBeside(target, f.Text, mode.Perm())
	if err != nil {
		return job{}, err
	}
	j := job{target: target, ready: ready}
	if old != nil {
		if names(old) > 1 {
			j.direct = f.Text
		}
		keepOwner(ready, old)
	}
	return j, nil
}

// existing returns the file that is replaced, nil if there is none, or an error
// if it has no write permission, which a rename would not check.
func existing(target string) (fs.FileInfo, error) {
	f, err := os.OpenFile(target, os.O_WRONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.Stat()
}

// unchanged returns [ErrChanged] for a file whose text is not was.
func unchanged(was []byte, target string) error {
	if was == nil {
		return nil
	}
	info, err := os.Stat(target) // a pipe in its place would block
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() || info.Size() != int64(len(was)) {
		return ErrChanged
	}
	f, err := os.Open(target)
	if err != nil {
		return err
	}
	defer f.Close()
	now, err := io.ReadAll(io.LimitReader(f, int64(len(was))+1))
	if err != nil {
		return err
	}
	if !bytes.Equal(now, was) {
		return ErrChanged
	}
	return nil
}

// place returns the path and the mode of the file to write.
func place(f File) (target string, mode fs.FileMode, err error) {
	if _, err := os.Lstat(f.Name); errors.Is(err, fs.ErrNotExist) {
		return f.Name, newMode, nil
	} else if err == nil && f.New {
		return "", 0, fs.ErrExist
	}
	target, err = filepath.EvalSymlinks(f.Name)
	if err != nil {
		return "", 0, err
	}
	info, err := os.Stat(target)
	if err != nil {
		return "", 0, err
	}
	return target, info.Mode(), nil
}

// writeBeside writes the text to a new file in the folder of target.
func writeBeside(target string, text []byte, mode fs.FileMode) (name string, err error) {
	f, err := os.CreateTemp(filepath.Dir(target), "."+filepath.Base(target)+".*")
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	if _, err = f.Write(text); err != nil {
		f.Close()
		return "", err
	}
	if err = f.Close(); err != nil {
		return "", err
	}
	return f.Name(), os.Chmod(f.Name(), mode)
}

func (j *job) commit() error {
	switch {
	case j.ready == "":
		return os.WriteFile(j.target, j.direct, newMode)
	case j.direct != nil:
		if err := overwrite(j.target, j.direct); err == nil {
			return nil
		} // one name that refers to another file is better than a partly written file
	}
	if err := os.Rename(j.ready, j.target); err != nil {
		return err
	}
	j.ready = ""
	return nil
}

// overwrite writes the text to an existing file. The file always has at least
// the length of the text: the rest of the old text is truncated at the end.
func overwrite(target string, text []byte) error {
	f, err := os.OpenFile(target, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err == nil {
		err = f.Truncate(int64(len(text)))
	}
	return errors.Join(err, f.Close())
}

func (j *job) cleanUp() {
	if j.ready != "" {
		os.Remove(j.ready) // a leftover file is the worst case
	}
}
