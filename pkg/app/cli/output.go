package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"github.com/scaleset/scaleset/pkg/internal/atomicfile"
	"github.com/scaleset/scaleset/pkg/internal/confine"
	"github.com/scaleset/scaleset/pkg/internal/glob"
	"github.com/scaleset/scaleset/pkg/report/findings"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
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
			return nil, usagef("two formats are written to %s; pass a file for one of them, as in --format %s=FILE", destination(to), name)
		}
		files[to] = true
		outputs = append(outputs, output{name, to})
	}
	if file != "" {
		return nil, usagef("--output %s is not used, because every --format names a file; remove --output", file)
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
		return app.stream(app.kindOf(o), write)
	}
	var b bytes.Buffer
	if err := render.Guarded(&b, app.kindOf(o), write); err != nil {
		return err
	}
	return app.save(atomicfile.File{Name: app.path(o.File), Text: b.Bytes()})
}

// writeMasked is write for what shows values of templates: whatever the secrets
// are still part of, they are masked in the text that is written.
func (app *App) writeMasked(o output, secrets *secret.Set, write func(io.Writer) error) error {
	return app.write(o, func(w io.Writer) error { return secrets.Filtered(w, write) })
}

// bindForce is the flag of commands that write what they found to a file.
func (app *App) bindForce(f *pflag.FlagSet) {
	f.BoolVar(&app.force, "force", false, "overwrite the output file even if it was an input")
}

// writeNew writes a text to the file of that name, which must not exist unless
// force is given, and prints the name; "" is the standard output.
func (app *App) writeNew(name string, text []byte, force bool) error {
	if name == "" {
		return app.print(text)
	}
	app.force = force
	err := app.save(atomicfile.File{Name: app.path(name), Text: text, New: !force})
	if errors.Is(err, fs.ErrExist) {
		return usagef("%w; pass --force to overwrite it", err)
	}
	if err == nil {
		_, err = io.WriteString(app.Out, name+"\n")
	}
	return err
}

// save writes files: the only way for a command to do so. No link leads the text
// out of the working folder or out of the folder that the name says, and no file
// that this run has read is overwritten unless --force is given. Files that were
// made from what they held ([atomicfile.File.Was]) are meant to be.
func (app *App) save(files ...atomicfile.File) error {
	if app.written != nil {
		for _, f := range files {
			app.written[filepath.Base(f.Name)] = f.Text
		}
		return nil
	}
	for i, f := range files {
		files[i].Within = append(files[i].Within, app.bounds(f.Name)...)
		if f.Was != nil || app.force {
			continue
		}
		if name := app.inputLike(f.Name); name != "" {
			return usagef("%s is an input of this run and is not overwritten; write to another file, or pass --force", app.relative(f.Name))
		}
	}
	err := atomicfile.Write(files...)
	var outside *confine.OutsideError
	if errors.As(err, &outside) {
		return app.outside(outside)
	}
	return err
}

// outside returns the mistake of a name that a link leads out of a folder.
func (app *App) outside(err *confine.OutsideError) error {
	return usagef("%s is a link, or is reached through one, that leads out of %s; nothing was written. Name the file that it leads to", app.relative(err.Name), app.relative(err.Folder))
}

// makeFolder makes a folder for files, unless a link leads it elsewhere.
func (app *App) makeFolder(dir string) error {
	if app.written != nil {
		return nil
	}
	folders := app.bounds(filepath.Join(dir, "file"))
	for _, folder := range folders {
		_, err := confine.Below(folder, dir)
		var outside *confine.OutsideError
		if errors.As(err, &outside) {
			return app.outside(outside)
		}
	}
	if err := app.makeAll(dir, len(folders) > 1); err != nil {
		return fmt.Errorf("making %s: %w", app.relative(dir), err)
	}
	return nil
}

// makeAll makes a folder and those above it; no link leads one that is inside of the
// working folder out of it.
func (app *App) makeAll(dir string, inside bool) error {
	if !inside {
		return os.MkdirAll(dir, 0o755)
	}
	root, path, err := confine.Open(dir, app.Dir)
	if err != nil {
		return err
	}
	defer root.Close()
	return root.MkdirAll(path, 0o755)
}

// bounds returns the folders that a file to write must lie in: its own and, when it
// is below the working folder, those up to that. So a link that is part of the
// tree leads nowhere else. What is in /dev belongs to the system, and /dev/stdout is
// a link everywhere.
func (app *App) bounds(name string) (folders []string) {
	if confine.Contains("/dev", name) {
		return nil
	}
	folder := filepath.Dir(name)
	for confine.Contains(app.Dir, folder) && folder != filepath.Clean(app.Dir) && len(folders) < maxBounds {
		folders = append(folders, folder)
		folder = filepath.Dir(folder)
	}
	return append(folders, folder)
}

// maxBounds limits the folders that are checked; no path is so deep.
const maxBounds = 256

// treeOf returns the folder that a file which is to be changed must stay in: that of
// the argument it was found by. A file that no argument means, such as a
// parameter file beside a template, must stay in its own.
func (app *App) treeOf(args []string, name string) string {
	tree := filepath.Dir(name)
	for _, arg := range args {
		at := app.path(filepath.FromSlash(arg))
		if info, err := os.Stat(at); err != nil {
			at = app.path(filepath.FromSlash(glob.Base(filepath.ToSlash(arg))))
		} else if !info.IsDir() {
			continue
		}
		if confine.Contains(at, name) && confine.Contains(at, tree) {
			tree = at
		}
	}
	return tree
}

// readFrom notes that a run has read a file.
func (app *App) readFrom(names ...string) {
	for _, name := range names {
		app.inputs[app.path(filepath.FromSlash(name))] = true
	}
}

// tellOutside says which files a search did not read.
func (app *App) tellOutside(files []string) {
	if len(files) > 0 {
		app.notice("%s not read, because a link leads out of the folder that is searched (%s); name a file to read it", howMany(len(files), "file was", "files were"), files[0])
	}
}

func howMany(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// inputLike returns a file that the run has read and that is the same as the one
// with the name, whatever either is called; "" when there is none.
func (app *App) inputLike(name string) string {
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() {
		return "" // nothing is lost
	}
	if app.streams != nil {
		ignored := map[string]bool{}
		for _, name := range app.ignored {
			ignored[name] = true
		}
		for _, read := range app.streams.Read() {
			if !ignored[path.Clean(read)] {
				app.readFrom(read)
			}
		}
	}
	for _, input := range slices.Sorted(maps.Keys(app.inputs)) {
		if other, err := os.Stat(input); err == nil && os.SameFile(info, other) {
			return input
		}
	}
	return ""
}

// kindOf returns what the text of an output is.
func (app *App) kindOf(o output) render.Kind {
	switch o.Format {
	case "json", "sarif", "gitlab", "template":
		return render.JSONText
	case "junit", "checkstyle":
		return render.XMLText
	case "html", "svg", "markdown":
		return render.MarkupText
	case "github", "azure-devops":
		return render.CommandLines
	case "text":
		if o.File == "" && app.useColor() {
			return render.ColoredText
		}
	}
	return render.PlainText
}

// path makes a name given by the user absolute.
func (app *App) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(app.Dir, name)
}

// relative returns an absolute path as the user would write it.
func (app *App) relative(name string) string {
	if rel, err := filepath.Rel(app.Dir, name); err == nil {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(name)
}

// textFormat returns the text format for the terminal. Colours never
// go to a file.
func (app *App) textFormat(o output) findings.Text {
	t := findings.Text{Color: o.File == "" && app.useColor(), Width: app.Width, Quiet: app.common.Quiet, FixWith: "scaleset lint --fix"}
	if o.File != "" {
		t.Width = 0 // a file has no terminal
	} else if app.useLinks() {
		t.Links = app.Dir
	}
	return t
}
