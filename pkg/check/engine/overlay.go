package engine

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// An Overlay shows texts that are not written yet, over other files: what a
// command is about to write can be checked as if it were there. It is safe for
// concurrent use as long as Texts does not change.
type Overlay struct {
	Base  Files             // nil: only the texts
	Texts map[string][]byte // by clean name
}

// ReadFile implements [Files].
func (o Overlay) ReadFile(name string) ([]byte, error) {
	if text, ok := o.Texts[path.Clean(name)]; ok {
		return text, nil
	}
	if o.Base == nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return o.Base.ReadFile(name)
}

// Abs is the absolute path of the working folder, if the other files lie in one.
func (o Overlay) Abs() (string, error) {
	if base, ok := o.Base.(interface{ Abs() (string, error) }); ok {
		return base.Abs()
	}
	return "", fs.ErrNotExist
}

// Stat implements [Files].
func (o Overlay) Stat(name string) (fs.FileInfo, error) {
	if text, ok := o.Texts[path.Clean(name)]; ok {
		return overlayInfo{path.Base(name), int64(len(text))}, nil
	}
	if o.Base == nil {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
	}
	return o.Base.Stat(name)
}

// ReadDir implements [Files].
func (o Overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	var entries []fs.DirEntry
	if o.Base != nil {
		below, err := o.Base.ReadDir(name)
		if err != nil {
			return nil, err
		}
		entries = below
	}
	for file, text := range o.Texts {
		base := path.Base(file)
		known := slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == base })
		if path.Dir(file) == path.Clean(name) && !known {
			entries = append(entries, fs.FileInfoToDirEntry(overlayInfo{base, int64(len(text))}))
		}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

type overlayInfo struct {
	name string
	size int64
}

func (i overlayInfo) Name() string     { return i.name }
func (i overlayInfo) Size() int64      { return i.size }
func (overlayInfo) Mode() fs.FileMode  { return 0o444 }
func (overlayInfo) ModTime() time.Time { return time.Time{} }
func (overlayInfo) IsDir() bool        { return false }
func (overlayInfo) Sys() any           { return nil }

// Below implements [Files].
func (o Overlay) Below(folder string) fs.FS { return overlayBelow{o, folder} }

// overlayBelow is a folder of an overlay. Names of fs.FS never lead upwards. It
// does not embed the overlay, whose methods take other names: fs.ReadFile would
// call them.
type overlayBelow struct {
	overlay Overlay
	folder  string
}

// Open implements [fs.FS].
func (b overlayBelow) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	if text, ok := b.overlay.Texts[path.Join(b.folder, name)]; ok {
		return overlayFile{overlayInfo{path.Base(name), int64(len(text))}, bytes.NewReader(text)}, nil
	}
	if b.overlay.Base == nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return b.overlay.Base.Below(b.folder).Open(name)
}

type overlayFile struct {
	overlayInfo
	*bytes.Reader
}

func (f overlayFile) Size() int64                { return f.overlayInfo.size }
func (f overlayFile) Stat() (fs.FileInfo, error) { return f.overlayInfo, nil }
func (overlayFile) Close() error                 { return nil }
