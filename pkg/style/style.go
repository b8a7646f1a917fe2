// Package style finds how a file is to be laid out: by the .editorconfig files
// above it, see https://spec.editorconfig.org.
package style

import (
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"github.com/editorconfig/editorconfig-core-go/v2"

	"github.com/scaleset/scaleset/pkg/jsonc"
)

// A Reader reads .editorconfig files, each once. It is for one goroutine.
type Reader struct{ config editorconfig.Config }

// NewReader returns a Reader.
func NewReader() *Reader {
	return &Reader{editorconfig.Config{Parser: parser{editorconfig.NewCachedParser()}}}
}

// Of is the layout of the file at an absolute path. What no .editorconfig says
// is left to [jsonc.Format]. The error tells which file is broken.
func (r *Reader) Of(path string) (jsonc.Options, error) {
	d, err := r.config.Load(path)
	if err != nil {
		return jsonc.Options{}, fmt.Errorf(".editorconfig above %s: %w", path, err)
	}
	return options(d), nil
}

// maxSize is the size in bytes above which a .editorconfig is not read.
const maxSize = 1 << 20

// A parser passes over what is no file that somebody wrote: a pipe, on which it
// would wait, a device, which never ends.
type parser struct{ *editorconfig.CachedParser }

// ParseIniGraceful implements [editorconfig.Parser].
func (p parser) ParseIniGraceful(name string) (e *editorconfig.Editorconfig, warning, err error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, nil, err
	case !info.Mode().IsRegular():
		return nil, nil, fmt.Errorf("%s is no regular file: %w", name, fs.ErrNotExist)
	case info.Size() > maxSize:
		return nil, nil, fmt.Errorf("it has %d bytes, at most %d are read", info.Size(), maxSize)
	}
	return p.CachedParser.ParseIniGraceful(name)
}

// maxWidth is the longest line that max_line_length may ask for.
const maxWidth = 1000

func options(d *editorconfig.Definition) jsonc.Options {
	o := jsonc.Options{Indent: indent(d)}
	switch strings.ToLower(d.EndOfLine) {
	case editorconfig.EndOfLineLf:
		o.LineEnd = "\n"
	case editorconfig.EndOfLineCrLf:
		o.LineEnd = "\r\n"
	}
	o.DropMark = strings.EqualFold(d.Charset, editorconfig.CharsetUTF8)
	if n, err := strconv.Atoi(d.Raw["max_line_length"]); err == nil && n > 0 {
		o.Width = min(n, maxWidth)
	}
	return o
}

// indent is one level. A size without a style means spaces, as in most editors.
func indent(d *editorconfig.Definition) string {
	if strings.EqualFold(d.IndentStyle, editorconfig.IndentStyleTab) {
		return "\t"
	}
	size, err := strconv.Atoi(d.IndentSize)
	if err != nil && strings.EqualFold(d.IndentSize, "tab") {
		size = d.TabWidth
	}
	if size < 1 || size > 8 {
		return ""
	}
	return strings.Repeat(" ", size)
}
