package cli

import (
	"bytes"
	"io"
	"path/filepath"
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/atomicfile"
	"github.com/scaleset/scaleset/pkg/report/findings"
)

// An output is one --format: how results are written, and where.
type output struct {
	Format string
	File   string // "" is the standard output
}

// parseOutputs reads the values of --format, each "FORMAT" or "FORMAT=FILE",
// and --output, which is the file of the only format without one.
func parseOutputs(formats []string, file string, allowed []string) ([]output, error) {
	var outputs []output
	files := map[string]bool{}
	for _, f := range formats {
		name, to, _ := strings.Cut(f, "=")
		if err := oneOf("format", name, allowed...); err != nil {
			return nil, err
		}
		if to == "" {
			to, file = file, ""
		}
		if files[to] {
			return nil, usagef("two formats go to %s; give one of them a file, as in --format %s=FILE", destination(to), name)
		}
		files[to] = true
		outputs = append(outputs, output{name, to})
	}
	if file != "" {
		return nil, usagef("--output %s has no format left to write; every --format has a file of its own", file)
	}
	return outputs, nil
}

func destination(file string) string {
	if file == "" {
		return "the standard output"
	}
	return file
}

// write sends what the function writes to the output. A file is replaced as a
// whole, or stays as it was.
func (app *App) write(o output, write func(io.Writer) error) error {
	if o.File == "" {
		return write(app.Out)
	}
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	return atomicfile.Write(atomicfile.File{Name: app.path(o.File), Text: b.Bytes()})
}

// path makes a name given by the user absolute.
func (app *App) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(app.Dir, name)
}

// textFormat is the format for people, as the terminal wants it. Colours never
// go to a file.
func (app *App) textFormat(o output) findings.Text {
	t := findings.Text{Color: o.File == "" && app.useColor(), Width: app.Width, Quiet: app.common.Quiet}
	if o.File != "" {
		t.Width = 0 // a file has no terminal
	} else if app.useLinks() {
		t.Links = app.Dir
	}
	return t
}
