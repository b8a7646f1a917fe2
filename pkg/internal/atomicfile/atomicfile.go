// Package atomicfile writes files so that nobody ever reads half of one: the
// text goes into a new file in the same folder, which then takes the place of
// the old one by its name. Several files are all written before the first is
// renamed, so that a full disk or a missing right changes none of them.
//
// A file keeps its mode and, as far as the system lets us, its owner. One that
// has several names is written in place instead, so that all of them go on
// meaning the same file; the text stands beside it until that is done. What may
// not be written is not replaced either.
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

// A File is one file to write.
type File struct {
	Name string
	Text []byte
	// New says that nothing may be overwritten: an existing file of the name
	// is an error that wraps [fs.ErrExist].
	New bool
	// Within are folders that the file must lie in once all links are followed,
	// each. Otherwise the error is a [confine.OutsideError] and nothing is written.
	Within []string
	// Was, unless it is nil, is the text that Text was made from. A file that
	// holds anything else by now is left alone: see [ErrChanged].
	Was []byte
}

// ErrChanged says that somebody else has changed a file since it was read.
var ErrChanged = errors.New("somebody has changed it meanwhile; nothing is written")

// newMode is the mode of a file that did not exist; the mask of the process applies.
const newMode fs.FileMode = 0o644

// Write writes the files. An existing file keeps its mode; a symbolic link
// stays one, and the file it leads to is replaced, if it lies where it may. A pipe or a device, which
// cannot be replaced, is written to. When Write fails before the first rename,
// nothing has changed; the error says so otherwise.
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
			return fmt.Errorf("writing %s: %w", f.Name, bare(err))
		}
		jobs = append(jobs, j)
	}
	for i := range jobs { // as late as can be
		if err := unchanged(files[i].Was, jobs[i].target); err != nil {
			return fmt.Errorf("writing %s: %w", files[i].Name, bare(err))
		}
	}
	for i := range jobs {
		if err := jobs[i].commit(); err != nil {
			return fmt.Errorf("writing %s: %w%s", files[i].Name, bare(err), already(i))
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

// bare is the error without the name and the operation that the operating
// system repeats.
func bare(err error) error {
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

// A job is a file whose text stands ready under another name.
type job struct {
	target string
	ready  string // "" when there is nothing to clean up
	direct []byte // what goes into a target that cannot be replaced
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

// existing is the file in whose place the text goes, nil when there is none,
// and an error when it may not be written: a rename would not ask.
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

// unchanged reports a file that does not hold the text any more.
func unchanged(was []byte, target string) error {
	if was == nil {
		return nil
	}
	info, err := os.Stat(target) // before a pipe in its place makes us wait
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

// place is where the text goes, and the mode it has there.
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

// writeBeside writes the text into a new file in the folder of target.
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
		} // better one name that means another file than half a file
	}
	if err := os.Rename(j.ready, j.target); err != nil {
		return err
	}
	j.ready = ""
	return nil
}

// overwrite puts the text into a file that stays the same file. It has at no
// time less than the text: what is left of the old one is cut off at the end.
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
		os.Remove(j.ready) // a leftover is the worst that can happen
	}
}
