package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/scaleset/scaleset/pkg/check/baseline"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/internal/atomicfile"
)

// baseline marks what the baseline knows as suppressed, and writes a new one
// if a flag says so. The new one contains what the old one knows.
func (o *lintOptions) baseline(r *engine.Result) error {
	if o.WriteBaseline != "" {
		return o.writeBaseline(r)
	}
	if o.Baseline == "" {
		return nil
	}
	text, err := o.app.readSaved(o.Baseline)
	if err != nil {
		return o.app.blame("baseline", usagef("--baseline: %w; lint --write-baseline FILE writes one", cause(err, o.Baseline)))
	}
	known, err := baseline.Read(text)
	if err != nil {
		return o.app.blame("baseline", usagef("--baseline %s: %w", o.Baseline, err))
	}
	gone := known.Apply(r.Findings, o.maker(r, o.Baseline))
	if gone > 0 && len(o.Paths) == 0 { // else they may be in files that were not checked
		o.app.notice("%d of the findings in %s are gone; --write-baseline writes a new one", gone, o.Baseline)
	}
	return nil
}

func (o *lintOptions) writeBaseline(r *engine.Result) error {
	b := baseline.New(r.Findings, o.maker(r, o.WriteBaseline))
	var text bytes.Buffer
	if err := b.Write(&text); err != nil {
		return err
	}
	if o.Baseline != "" && o.app.path(o.Baseline) == o.app.path(o.WriteBaseline) {
		delete(o.app.inputs, o.app.path(o.Baseline)) // it is overwritten on purpose
	}
	if err := o.app.save(atomicfile.File{Name: o.app.path(o.WriteBaseline), Text: text.Bytes()}); err != nil {
		return err
	}
	n := 0
	for _, f := range b.Findings {
		n += f.Count
	}
	o.app.notice("%d findings are written to %s", n, o.WriteBaseline)
	return nil
}

// maker makes keys whose paths are relative to the folder of a baseline.
func (o *lintOptions) maker(r *engine.Result, file string) *baseline.Maker {
	folder := filepath.Dir(o.app.path(file))
	return &baseline.Maker{
		Trees: r.Trees(), Secrets: r.Secrets,
		Path: func(name string) string {
			if rel, err := filepath.Rel(folder, o.app.path(name)); err == nil {
				return filepath.ToSlash(rel)
			}
			return filepath.ToSlash(name)
		},
	}
}

// cause is why a file cannot be read, with its name as the user gave it.
func cause(err error, name string) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return fmt.Errorf("%s cannot be read: %w", name, path.Err)
	}
	return err
}
