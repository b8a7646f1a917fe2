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
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"

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
		if err := jobs[i].unchanged(files[i].Was); err != nil {
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

// A job is a file whose text is complete under another name. All is done through
// a root, so a link that appears between the check and the write leads nowhere else.
type job struct {
	root   *os.Root
	target string // in root
	ready  string // in root; "" when there is nothing to clean up
	direct []byte // text for a target that cannot be replaced
}

func prepare(f File) (j job, err error) {
	if _, err := os.Lstat(f.Name); err == nil && f.New {
		return job{}, fs.ErrExist
	}
	if j.root, j.target, err = open(f); err != nil {
		return job{}, err
	}
	defer func() {
		if err != nil {
			j.cleanUp()
		}
	}()
	mode := newMode
	switch info, err := j.root.Stat(j.target); {
	case err == nil:
		mode = info.Mode()
	case !errors.Is(err, fs.ErrNotExist):
		return j, err
	}
	if !mode.IsRegular() {
		if mode.IsDir() {
			return j, errors.New("it is a folder")
		}
		if f.Was != nil {
			return j, errors.New("it is a pipe or a device, which cannot be written back")
		}
		j.direct = f.Text
		return j, nil
	}
	old, err := j.existing()
	if err != nil {
		return j, err
	}
	if err := j.unchanged(f.Was); err != nil {
		return j, err
	}
	if err := j.writeBeside(f.Text, mode.Perm(), old); err != nil {
		return j, err
	}
	if old != nil && names(old) > 1 {
		j.direct = f.Text
	}
	return j, nil
}

// open returns the folder that a file must stay in, or that it is in, and the path
// of the file there.
func open(f File) (root *os.Root, path string, err error) {
	if len(f.Within) > 0 {
		return confine.Open(f.Name, f.Within...)
	}
	target := f.Name
	if _, err := os.Lstat(target); err == nil {
		if target, err = filepath.EvalSymlinks(target); err != nil {
			return nil, "", err
		}
	}
	root, err = os.OpenRoot(filepath.Dir(target))
	return root, filepath.Base(target), err
}

// existing returns the file that is replaced, nil if there is none, or an error
// if it has no write permission, which a rename would not check.
func (j *job) existing() (fs.FileInfo, error) {
	f, err := j.root.OpenFile(j.target, os.O_WRONLY, 0)
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
func (j *job) unchanged(was []byte) error {
	if was == nil {
		return nil
	}
	info, err := j.root.Stat(j.target) // a pipe in its place would block
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() || info.Size() != int64(len(was)) {
		return ErrChanged
	}
	f, err := j.root.Open(j.target)
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

// writeBeside writes the text to a new file in the folder of the target, with the
// mode and, if there is an old file, its owner.
func (j *job) writeBeside(text []byte, mode fs.FileMode, old fs.FileInfo) error {
	var f *os.File
	for {
		var err error
		name := filepath.Join(filepath.Dir(j.target), "."+filepath.Base(j.target)+"."+strconv.FormatUint(rand.Uint64(), 36))
		if f, err = j.root.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600); err == nil {
			j.ready = name
			break
		}
		if !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	_, err := f.Write(text)
	if err == nil {
		err = f.Chmod(mode)
	}
	if err == nil && old != nil {
		keepOwner(f, old)
	}
	return cmp.Or(err, f.Close())
}

func (j *job) commit() error {
	switch {
	case j.ready == "":
		f, err := j.root.OpenFile(j.target, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, newMode)
		if err != nil {
			return err
		}
		_, err = f.Write(j.direct)
		return errors.Join(err, f.Close())
	case j.direct != nil:
		if err := j.overwrite(); err == nil {
			return nil
		} // one name that refers to another file is better than a partly written file
	}
	if err := j.root.Rename(j.ready, j.target); err != nil {
		return err
	}
	j.ready = ""
	return nil
}

// overwrite writes the text to an existing file. The file always has at least
// the length of the text: the rest of the old text is truncated at the end.
func (j *job) overwrite() error {
	f, err := j.root.OpenFile(j.target, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(j.direct)
	if err == nil {
		err = f.Truncate(int64(len(j.direct)))
	}
	return errors.Join(err, f.Close())
}

func (j *job) cleanUp() {
	if j.ready != "" {
		j.root.Remove(j.ready) // a leftover file is the worst case
	}
	j.root.Close()
}
