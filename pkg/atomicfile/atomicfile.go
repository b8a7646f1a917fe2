// Package atomicfile writes files so that nobody ever reads half of one: the
// text goes into a new file in the same folder, which then takes the place of
// the old one by its name. Several files are all written before the first is
// renamed, so that a full disk or a missing right changes none of them.
package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// A File is one file to write.
type File struct {
	Name string
	Text []byte
	// New says that nothing may be overwritten: an existing file of the name
	// is an error that wraps [fs.ErrExist].
	New bool
}

// newMode is the mode of a file that did not exist; the mask of the process applies.
const newMode fs.FileMode = 0o644

// Write writes the files. An existing file keeps its mode; a symbolic link
// stays one, and the file it leads to is replaced. A pipe or a device, which
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
	direct []byte // what goes into a target that is no regular file
}

func prepare(f File) (job, error) {
	target, mode, err := place(f)
	if err != nil {
		return job{}, err
	}
	if !mode.IsRegular() {
		if mode.IsDir() {
			return job{}, errors.New("it is a folder")
		}
		return job{target: target, direct: f.Text}, nil
	}
	ready, err := writeBeside(target, f.Text, mode.Perm())
	return job{target: target, ready: ready}, err
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
	if j.ready == "" {
		return os.WriteFile(j.target, j.direct, newMode)
	}
	if err := os.Rename(j.ready, j.target); err != nil {
		return err
	}
	j.ready = ""
	return nil
}

func (j *job) cleanUp() {
	if j.ready != "" {
		os.Remove(j.ready) // a leftover is the worst that can happen
	}
}
