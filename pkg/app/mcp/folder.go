package mcp

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/internal/confine"
)

// A folder is the absolute path of a folder that a session may read. It is an
// [engine.Files] that nothing leads out of: no name, and no link.
type folder string

// fs is the folder as the engine confines it; name is the path within it.
func (f folder) at(op, name string) (fs.FS, string, error) {
	name = path.Clean(name)
	if !fs.ValidPath(name) {
		return nil, "", &fs.PathError{Op: op, Path: name, Err: errOutside}
	}
	return engine.Folder(f).Below("."), name, nil
}

var errOutside = errors.New("it is not below the folder of this session")

// ReadFile implements [engine.Files].
func (f folder) ReadFile(name string) ([]byte, error) {
	in, name, err := f.at("open", name)
	if err != nil {
		return nil, err
	}
	file, err := in.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if info, err := file.Stat(); err == nil && info.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("it is a folder")}
	}
	text, err := io.ReadAll(io.LimitReader(file, engine.MaxFileSize+1))
	if err == nil && len(text) > engine.MaxFileSize {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fmt.Errorf("it has more than %d bytes", engine.MaxFileSize)}
	}
	return text, err
}

// Stat implements [engine.Files].
func (f folder) Stat(name string) (fs.FileInfo, error) {
	in, name, err := f.at("stat", name)
	if err != nil {
		return nil, err
	}
	return fs.Stat(in, name)
}

// ReadDir implements [engine.Files].
func (f folder) ReadDir(name string) ([]fs.DirEntry, error) {
	in, name, err := f.at("open", name)
	if err != nil {
		return nil, err
	}
	return fs.ReadDir(in, name)
}

// Below implements [engine.Files].
func (f folder) Below(name string) fs.FS {
	if !fs.ValidPath(path.Clean(name)) {
		return engine.Overlay{}.Below(".") // it is empty
	}
	return engine.Folder(f).Below(name)
}

// localPath returns the path that a file URI names.
func localPath(uri string) (string, bool) {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "file" || u.Path == "" || u.Host != "" && u.Host != "localhost" {
		return "", false
	}
	name := u.Path
	if runtime.GOOS == "windows" { // file:///C:/templates
		name = strings.TrimPrefix(name, "/")
	}
	name = filepath.Clean(filepath.FromSlash(name))
	return name, filepath.IsAbs(name)
}

// find returns the folder that a path of the client is in, and its name there. A
// relative path is looked for in each folder.
func find(folders []folder, given string) (folder, string, error) {
	if len(folders) == 0 {
		return "", "", mistakef("there is no folder to read %s from: the client gives no roots; pass the text of the file instead, or start the server as: scaleset mcp FOLDER", shortened(given))
	}
	name := given
	if strings.HasPrefix(given, "file:") {
		local, ok := localPath(given)
		if !ok {
			return "", "", mistakef("%s is not the URI of a local file", shortened(given))
		}
		name = local
	}
	if name = filepath.FromSlash(name); filepath.IsAbs(name) {
		for _, f := range folders {
			if rel, err := filepath.Rel(string(f), name); err == nil && confine.Contains(string(f), name) {
				return f, filepath.ToSlash(rel), nil
			}
		}
		return "", "", mistakef("%s is not below a folder of this session; use a path below %s", shortened(given), listed(folders))
	}
	name = path.Clean(filepath.ToSlash(name))
	if !fs.ValidPath(name) {
		return "", "", mistakef("%s is not below a folder of this session; use a path below %s", shortened(given), listed(folders))
	}
	for _, f := range folders {
		if _, err := f.Stat(name); err == nil {
			return f, name, nil
		}
	}
	return "", "", mistakef("%s cannot be read: there is no such file below %s, or a link leads out of it", shortened(given), listed(folders))
}

func listed(folders []folder) string {
	names := make([]string, len(folders))
	for i, f := range folders {
		names[i] = filepath.ToSlash(string(f))
	}
	return strings.Join(names, " or ")
}

// namesFiles reports whether arguments name a file by its path.
func (t Tool) namesFiles(given map[string]json.RawMessage) bool {
	return slices.ContainsFunc(t.Inputs, func(in Input) bool { return in.Kind == File && given[in.Name+pathSuffix] != nil })
}

// call reads the arguments of a call.
func (t Tool) call(given map[string]json.RawMessage, folders []folder) (Call, error) {
	c := Call{Values: map[string]any{}}
	texts := map[string][]byte{}
	for _, in := range t.Inputs {
		text, at := given[in.Name], given[in.Name+pathSuffix]
		if in.Kind != File {
			if text != nil {
				value, err := in.value(text)
				if err != nil {
					return c, err
				}
				c.Values[in.Name] = value
			} else if in.Required {
				return c, mistakef("%s needs %s", t.Name, in.Name)
			}
			continue
		}
		switch {
		case text != nil && at != nil:
			return c, mistakef("%s and %s cannot be combined; use one of them", in.Name, in.Name+pathSuffix)
		case at != nil:
			var name string
			if json.Unmarshal(at, &name) != nil || name == "" {
				return c, mistakef("%s must be the path of a file", in.Name+pathSuffix)
			}
			f, name, err := find(folders, name)
			if err != nil {
				return c, err
			}
			if c.Folder != "" && c.Folder != string(f) {
				return c, mistakef("the files of one call must be below the same folder; pass the text of one of them instead")
			}
			c.Folder, c.Values[in.Name] = string(f), name
		case text != nil:
			var written string
			if json.Unmarshal(text, &written) != nil {
				written = string(text) // an object is sent as it is
			}
			texts[in.Name] = []byte(written)
		case in.Required:
			return c, mistakef("%s needs %s, or %s", t.Name, in.Name, in.Name+pathSuffix)
		}
	}
	overlay := engine.Overlay{Texts: map[string][]byte{}}
	prefix := ""
	if c.Folder != "" {
		overlay.Base, prefix = folder(c.Folder), "text/" // where no file of the folder is beside it
	}
	for _, in := range t.Inputs {
		if text, ok := texts[in.Name]; ok {
			name := prefix + in.FileName
			overlay.Texts[name], c.Values[in.Name] = text, name
		}
	}
	c.Files = overlay
	return c, nil
}
