package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/fix"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/atomicfile"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// fix makes the mechanical fixes and writes the files.
func (o *lintOptions) fix(ctx context.Context, p lintPlan, paths []string) error {
	result, secrets, err := o.applyFixes(ctx, p, paths)
	if err != nil {
		return err
	}
	var files []atomicfile.File
	for _, f := range result.Files {
		files = append(files, atomicfile.File{Name: o.app.path(f.Path), Text: f.New, Was: f.Before, Within: []string{o.app.treeOf(paths, o.app.path(f.Path))}})
	}
	if err := o.app.save(files...); err != nil {
		return err
	}
	o.tell(result, secrets, "fixed")
	return nil
}

// diff prints what fix would change.
func (o *lintOptions) diff(ctx context.Context, p lintPlan, paths []string) error {
	result, secrets, err := o.applyFixes(ctx, p, paths)
	if err != nil {
		return err
	}
	for _, f := range result.Files {
		// Lines around a change may hold secrets.
		beside := o.app.templatesBeside(f.Path)
		before, after := maskedText(jsonc.Parse(source.NewFile(f.Path, f.Before)), beside), maskedText(jsonc.Parse(source.NewFile(f.Path, f.New)), beside)
		text := string(secrets.Filter(diff.Diff(render.Neutral(f.Path)+".orig", before, render.Neutral(f.Path), after)))
		if _, err := io.WriteString(o.app.Out, text); err != nil {
			return err
		}
	}
	o.tell(result, secrets, "would fix")
	found := slices.Clone(result.Left)
	for _, a := range result.Applied {
		found.Add(a.Finding)
	}
	if !p.never && reaches(found, p.failOn) {
		return errFindings
	}
	return nil
}

// applyFixes finds the fixes, template by template, and keeps those that a
// check approves. A parameter file of several templates is fixed with the first.
func (o *lintOptions) applyFixes(ctx context.Context, p lintPlan, paths []string) (*fix.Result, *secret.Set, error) {
	if slices.Contains(paths, engine.Stdin) {
		return nil, nil, usagef("--fix and --diff cannot change the standard input; name a file")
	}
	f := &folderFixer{ctx: ctx, plan: p, secrets: new(secret.Set), all: new(fix.Result)}
	f.plan.config.Progress = nil
	first, err := f.run(nil, paths)
	if err != nil {
		return nil, nil, err
	}
	if len(first.Templates) == 1 {
		f.first = first
	}
	progress := o.app.progress("templates")
	for i, t := range first.Templates {
		if err := f.template(t.Path); err != nil {
			return nil, nil, err
		}
		if progress != nil {
			progress(i+1, len(first.Templates))
		}
	}
	return f.all, f.secrets, nil
}

// A folderFixer fixes one template after the other.
type folderFixer struct {
	ctx     context.Context
	plan    lintPlan
	secrets *secret.Set
	all     *fix.Result
	first   *engine.Result // what was found before any fix, where it is about one template
}

func (f *folderFixer) template(path string) error {
	done := f.all.Texts()
	result, err := fix.Apply(func(texts map[string][]byte) (diag.List, error) {
		r := f.first
		if len(texts) > 0 || r == nil {
			together := maps.Clone(done)
			maps.Copy(together, texts)
			var err error
			if r, err = f.run(together, []string{path}); err != nil {
				return nil, err
			}
		}
		f.secrets.Merge(r.Secrets)
		return slices.DeleteFunc(slices.Clone(r.Findings), func(d diag.Diagnostic) bool { return d.Severity < f.plan.minSeverity }), nil
	})
	if err == nil {
		f.all.Add(result)
	}
	return err
}

// run checks the paths with texts in the place of files.
func (f *folderFixer) run(texts map[string][]byte, paths []string) (*engine.Result, error) {
	config := f.plan.config
	config.Files = engine.Overlay{Base: config.Files, Texts: texts}
	config.NoFold = true // a fix that fails undoes its own edits alone
	e, err := engine.New(config)
	if err != nil {
		return nil, usagef("%w", err)
	}
	r, err := e.Check(f.ctx, paths)
	if err != nil {
		return nil, err
	}
	return r, errors.Join(r.Failures...)
}

// tell writes to standard error what was fixed, what was undone, and what
// needs a choice by the user.
func (o *lintOptions) tell(r *fix.Result, secrets *secret.Set, verb string) {
	say := func(d diag.Diagnostic, what, message string) {
		at := d.Subject.StartPosition()
		o.app.notice("%s:%d:%d: %s %s [%s %s]", d.Subject.File.Path(), at.Line, at.Column, what, secrets.Redact(message), d.Code, d.Rule)
	}
	for _, a := range r.Applied {
		say(a.Finding, verb+":", a.Fix.Message)
	}
	for _, a := range r.Rejected {
		say(a.Finding, "not fixed:", fmt.Sprintf("%s: %s", a.Fix.Message, a.Reason))
	}
	choices := 0
	for _, d := range r.Left {
		for _, f := range d.Fixes {
			if f.Choice && d.Suppressed == nil && d.Subject.File != nil {
				say(d, "your choice:", f.Message)
				choices++
			}
		}
	}
	if n := len(r.Applied); n > 1 {
		text := fmt.Sprintf("%s %s in %s", verb, lint.Count(n, "finding"), lint.Count(len(r.Files), "file"))
		if n := len(r.Rejected); n > 0 {
			text += fmt.Sprintf("; %d not fixed", n)
		}
		if choices > 0 {
			text += fmt.Sprintf("; %d for you to choose", choices)
		}
		o.app.notice("%s", text)
	}
}
