package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/internal/atomicfile"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/editorconfig"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
	"github.com/spf13/cobra"
)

const fmtLong = `Format templates and parameter files. Comments, values, the order of keys and
multi-line strings do not change; formatting a file twice changes nothing more.

PATH is a file, a folder (searched recursively for templates and parameter files),
a pattern with *, ** and ?, or - to read the standard input and write the standard
output. The default is the current folder.

The indentation is that of --indent, or of .editorconfig, or two spaces. The names
of the changed files are printed. A file with a JSON syntax error is reported and
not changed, and the exit code is 1.`

const fmtExample = `  scaleset fmt
  scaleset fmt --check
  scaleset fmt azuredeploy.json --diff
  scaleset fmt - --indent 4 --order < old.json > new.json`

type fmtOptions struct {
	app         *App
	Paths       []string
	Check, Diff bool
	Order       bool
	Indent      string
}

func newFmtCmd(app *App, runF func(context.Context, *fmtOptions) error) *cobra.Command {
	opts := &fmtOptions{app: app}
	if runF == nil {
		runF = runFmt
	}
	cmd := &cobra.Command{
		Use:     "fmt [PATH...]",
		Short:   "Format templates, keeping comments and key order",
		Long:    fmtLong,
		Example: fmtExample,
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.Paths = args
			return runF(cmd.Context(), opts)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&opts.Check, "check", false, "write nothing; list the files that are not formatted, and exit with 1 if there are any")
	f.BoolVar(&opts.Diff, "diff", false, "write nothing; print the changes as a unified diff")
	f.BoolVar(&opts.Order, "order", false, "sort the top-level keys as in the documentation")
	wordVar(f, &opts.Indent, "indent", "", "indent by `WIDTH`: %s (default: .editorconfig, else 2)", "2", "4", "tab", "keep")
	return cmd
}

// A formatter is one run of fmt.
type formatter struct {
	*fmtOptions
	styles *editorconfig.Reader
	files  engine.Files
	broken bool // a file could not be read or parsed
	dirty  bool // a file was not formatted
}

func runFmt(ctx context.Context, o *fmtOptions) error {
	f := &formatter{fmtOptions: o, styles: editorconfig.NewReader(), files: engine.Folder(o.app.Dir)}
	paths := o.Paths
	if len(paths) == 0 {
		paths = []string{"."}
	}
	if err := o.app.checkRevisions("fmt", paths); err != nil {
		return err
	}
	targets, outside := engine.Discover(f.files, paths)
	o.app.tellOutside(outside)
	for _, found := range targets {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := f.file(found); err != nil {
			return err
		}
	}
	if f.broken || f.dirty && o.Check {
		return errFindings
	}
	return nil
}

// file formats one file. The error is a failure of the tool.
func (f *formatter) file(found engine.Found) error {
	text, err := f.read(found)
	if err != nil {
		f.broken = true
		var at *fs.PathError // which names the path a second time
		if errors.As(err, &at) {
			err = at.Err
		}
		f.app.complain(fmt.Errorf("%s: %w", found.Path, err))
		return nil
	}
	name := found.Path
	if name == engine.Stdin {
		name = "<stdin>"
	}
	tree := jsonc.Parse(source.NewFile(name, text))
	if !found.Named && !arm.IsTemplate(tree) && !arm.IsParameterFile(tree) {
		return nil
	}
	if tree.Diagnostics.HasErrors() {
		f.broken = true
		tree = jsonc.ParseQuietly(tree.File) // it may hold secrets, anywhere
		if engine.IsBicep(tree.File) {
			f.app.complain(fmt.Errorf("%s is not JSON. %s", name, engine.BuildBicep(tree.File)))
		} else {
			f.app.complain(notFormatted(tree.Diagnostics))
		}
		if found.Path == engine.Stdin && !f.Check && !f.Diff {
			return f.app.print(text) // a filter in an editor must not lose the text
		}
		return nil
	}
	options, err := f.layout(found.Path, tree)
	if err != nil {
		return usagef("%w", err)
	}
	return f.result(found.Path, name, tree, jsonc.Format(tree, options))
}

func (f *formatter) read(found engine.Found) ([]byte, error) {
	switch {
	case found.Err != nil:
		return nil, found.Err
	case found.Path == engine.Stdin:
		text, err := io.ReadAll(io.LimitReader(f.app.In, engine.MaxFileSize+1))
		if err == nil && len(text) > engine.MaxFileSize {
			// A part of it, formatted, would be taken for the whole.
			err = fmt.Errorf("it has more than %d bytes, the limit of fmt", engine.MaxFileSize)
		}
		return text, err
	}
	return f.files.ReadFile(found.Path)
}

// notFormatted names the first mistake of a text.
func notFormatted(l diag.List) error {
	for _, d := range l {
		if d.Severity == diag.Error {
			at := d.Subject.StartPosition()
			return fmt.Errorf("%s:%d:%d: %s; the file is not formatted", d.Subject.File.Path(), at.Line, at.Column, d.Summary)
		}
	}
	return nil
}

// layout returns how the file is to look.
func (f *formatter) layout(path string, tree *jsonc.Tree) (jsonc.Options, error) {
	name := path
	if path == engine.Stdin {
		name = "azuredeploy.json" // .editorconfig of the working folder, for JSON
	}
	o, err := f.styles.Of(filepath.Clean(f.app.path(name)))
	if err != nil {
		return o, err
	}
	switch f.Indent {
	case "2":
		o.Indent = "  "
	case "4":
		o.Indent = "    "
	case "tab":
		o.Indent = "\t"
	case "keep":
		o.Indent = tree.Indent()
	}
	if f.Order {
		o.RootKeys = jsonc.TemplateKeys()
	}
	return o, nil
}

// result writes, compares or prints the formatted text, as the flags say.
func (f *formatter) result(path, name string, tree *jsonc.Tree, formatted []byte) error {
	old := tree.File.Original()
	changed := !bytes.Equal(old, formatted)
	f.dirty = f.dirty || changed
	switch {
	case f.Diff:
		// Lines around a change may hold secrets.
		beside := f.app.templatesBeside(path)
		before, after := maskedText(tree, beside), maskedText(jsonc.Parse(source.NewFile(name, formatted)), beside)
		return f.print(diff.Diff(render.Neutral(name)+".orig", before, render.Neutral(name), after))
	case f.Check && changed:
		return f.print([]byte(render.Neutral(name) + "\n"))
	case f.Check:
		return nil
	case path == engine.Stdin:
		return f.app.print(formatted)
	case !changed:
		return nil
	}
	to := f.app.path(path)
	if err := f.app.save(atomicfile.File{Name: to, Text: formatted, Was: old, Within: []string{f.app.treeOf(f.Paths, to)}}); err != nil {
		return err
	}
	return f.print([]byte(render.Neutral(name) + "\n"))
}

// maskedText returns the text of a file with its secrets masked; templates are those
// that a parameter file is for.
func maskedText(tree *jsonc.Tree, templates []*jsonc.Tree) []byte {
	secrets := engine.SecretsOf(tree, templates...)
	text := tree.File.Bytes()
	var out []byte
	at := 0
	for _, hit := range secrets.Within(tree.File.Range(0, tree.File.Len())) {
		out = append(append(out, text[at:hit.Start]...), render.MaskFor(hit.Text())...)
		at = hit.End
	}
	return append(out, text[at:]...)
}

// templatesBeside returns the templates that a parameter file may be for: they say
// which of its values are secret. X.parameters.prod.json is for X.json.
func (app *App) templatesBeside(name string) (templates []*jsonc.Tree) {
	base, _, found := strings.Cut(filepath.Base(name), ".parameters")
	if !found || name == engine.Stdin {
		return nil
	}
	for _, extension := range []string{".json", ".jsonc"} {
		path := filepath.ToSlash(filepath.Join(filepath.Dir(name), base+extension))
		if text, err := app.files().Files.ReadFile(path); err == nil {
			templates = append(templates, jsonc.Parse(source.NewFile(path, text)))
		}
	}
	return templates
}

func (f *formatter) print(text []byte) error {
	_, err := f.app.Out.Write(text)
	return err
}
