// Package editorconfig returns the layout options of a file from the
// .editorconfig files above it; see https://spec.editorconfig.org.
package editorconfig

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	core "github.com/editorconfig/editorconfig-core-go/v2"

	"github.com/scaleset/scaleset/pkg/internal/confine"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// A Reader reads .editorconfig files, each once. It is not safe for concurrent
// use.
type Reader struct{ config core.Config }

// NewReader returns a Reader.
func NewReader() *Reader {
	return &Reader{core.Config{Parser: parser{core.NewCachedParser()}}}
}

// Of returns the layout of the file at an absolute path. A field that no
// .editorconfig sets is zero, which leaves it to [jsonc.Format]. The error
// names the broken .editorconfig file.
func (r *Reader) Of(path string) (jsonc.Options, error) {
	d, err := r.config.Load(path)
	if err != nil {
		return jsonc.Options{}, fmt.Errorf(".editorconfig above %s: %w", path, err)
	}
	return options(d), nil
}

const (
	// maxSize is the size in bytes above which a .editorconfig is not read: the
	// work of the library grows with the square of the number of keys.
	maxSize = 64 << 10
	// maxNumbers limits the numbers in the ranges of all sections, such as
	// {1..9}: the library writes out each of them.
	maxNumbers = 10_000
	// maxStars limits the asterisks of all sections: the library makes a regular
	// expression of each, which takes time for each of them and each character of a path.
	maxStars = 1000
)

// A parser skips anything that is not a regular file of this folder: a pipe
// would block, a device never ends, and a link leads elsewhere. Its errors do
// not quote the file, which may be any file.
type parser struct{ *core.CachedParser }

// ParseIniGraceful implements [core.Parser].
func (p parser) ParseIniGraceful(name string) (e *core.Editorconfig, warning, err error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, nil, err
	case !info.Mode().IsRegular():
		return nil, nil, fmt.Errorf("%s is not a regular file: %w", name, fs.ErrNotExist)
	case leadsOut(name):
		return nil, nil, fmt.Errorf("%s is a link that leads out of its folder: %w", name, fs.ErrNotExist)
	case info.Size() > maxSize:
		return nil, nil, fmt.Errorf("it has %d bytes; the limit is %d", info.Size(), maxSize)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, nil, err
	}
	if numbers(text) > maxNumbers {
		return nil, nil, fmt.Errorf("the ranges of its sections have more than %d numbers", maxNumbers)
	}
	if stars(text) > maxStars {
		return nil, nil, fmt.Errorf("the patterns of its sections have more than %d asterisks", maxStars)
	}
	e, warning, err = p.CachedParser.ParseIniGraceful(name)
	if err != nil {
		return nil, nil, fmt.Errorf("%s is not a valid .editorconfig file", name)
	}
	return e, warning, nil
}

func leadsOut(name string) bool {
	_, err := confine.Below(filepath.Dir(name), name)
	return err != nil
}

// stars counts the asterisks in the headers of sections.
func stars(text []byte) (n int) {
	for line := range bytes.Lines(text) {
		if line = bytes.TrimLeft(line, " \t\ufeff"); bytes.HasPrefix(line, []byte("[")) {
			n += bytes.Count(line, []byte("*"))
		}
	}
	return n
}

var numericRange = lazy.Regexp{Text: `\{([+-]?[0-9]+)\.\.([+-]?[0-9]+)\}`}

// numbers counts the numbers in the numeric ranges of a text. It stops above
// maxNumbers.
func numbers(text []byte) (n int) {
	for _, m := range numericRange.Get().FindAllSubmatch(text, -1) {
		from, err1 := strconv.Atoi(string(m[1]))
		to, err2 := strconv.Atoi(string(m[2]))
		if err1 != nil || err2 != nil || max(-from, from, -to, to) > maxNumbers {
			return maxNumbers + 1
		}
		if n += max(from-to, to-from) + 1; n > maxNumbers {
			break
		}
	}
	return n
}

// maxWidth limits the line length that max_line_length can set.
const maxWidth = 1000

func options(d *core.Definition) jsonc.Options {
	o := jsonc.Options{Indent: indent(d)}
	switch strings.ToLower(d.EndOfLine) {
	case core.EndOfLineLf:
		o.LineEnd = "\n"
	case core.EndOfLineCrLf:
		o.LineEnd = "\r\n"
	}
	o.DropMark = strings.EqualFold(d.Charset, core.CharsetUTF8)
	if n, err := strconv.Atoi(d.Raw["max_line_length"]); err == nil && n > 0 {
		o.Width = min(n, maxWidth)
	}
	return o
}

// indent returns one level of indentation. A size without a style means spaces,
// as in most editors.
func indent(d *core.Definition) string {
	if strings.EqualFold(d.IndentStyle, core.IndentStyleTab) {
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
