package cli

import (
	"context"
	"errors"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/report/expansions"
	"github.com/scaleset/scaleset/pkg/report/findings"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

const expandLong = `Show the resources as they would be deployed, with every expression evaluated. An
expression that only a deployment can evaluate is simplified as far as possible.

TEMPLATE is a file, or - for the standard input. Parameters come from --set, from
--parameters or X.parameters.json next to X.json, and from the defaults. Facts about
the deployment that are not given, such as the subscription and the resource group,
are assumed, and the output lists them.

Templates linked by relativePath are read from disk and expanded too. Templates
linked by uri are known only at deployment; --link-root FOLDER reads them from a
folder.

The format template writes a template without loops, and without the expressions
that can be evaluated.`

type expandOptions struct {
	app *App
	templateOptions
	Template string
	Format   string
	Output   string
}

func newExpandCmd(app *App, runF func(context.Context, *expandOptions) error) *cobra.Command {
	opts := &expandOptions{app: app}
	if runF == nil {
		runF = runExpand
	}
	cmd := &cobra.Command{
		Use:     "expand TEMPLATE",
		Short:   "Show the resources as they would be deployed",
		Long:    expandLong,
		Example: "  scaleset expand azuredeploy.json --set instanceCount=40\n  scaleset expand azuredeploy.json --format json | jq '.resources[].name'",
		Args:    exactArgs(1, "one template"),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.Template = args[0]
			return runF(cmd.Context(), opts)
		},
	}
	f := cmd.Flags()
	opts.templateOptions.bind(opts.app, cmd)
	wordVar(f, &opts.Format, "format", "text", "output `FORMAT`: %s", "text", "json", "template")
	f.StringVarP(&opts.Output, "output", "o", "", "write the result to `FILE`")
	opts.app.bindForce(f)
	return cmd
}

func runExpand(ctx context.Context, o *expandOptions) error {
	out := output{o.Format, o.Output}
	o.asSent = true
	result, err := o.check(ctx, o.app, o.Template)
	if err != nil {
		return err
	}
	if t := result.Templates[0]; t.ARM == nil && o.Format != "json" {
		return o.app.reject(t)
	}
	x := newExpansion(o.app, result)
	if err := o.app.write(out, func(w io.Writer) error { return o.app.writeExpansion(w, out, x) }); err != nil {
		return err
	}
	if reaches(x.Findings, diag.Error) || result.Templates[0].ARM == nil {
		return errFindings
	}
	return nil
}

// newExpansion returns the expansion of one run of a template. Of the findings of
// lint it keeps those about the expansion: a template that a schema, a rule or the
// validation of Azure rejects can still be expanded.
func newExpansion(app *App, r *engine.Result) expansions.Expansion {
	t := r.Templates[0]
	x := expansions.Expansion{Template: t.Path, Deployment: new(expand.Deployment), Secrets: r.Secrets}
	if t.ARM != nil { // else it is not a template: there are only findings
		run := theRun(app, t)
		x.ParameterFile, x.Deployment, x.Graph = run.ParameterFile, run.AsSent, run.GraphAsSent
	}
	x.Findings = slices.DeleteFunc(r.Findings, func(d diag.Diagnostic) bool { return d.Suppressed != nil || d.Expands || !engine.IsLanguage(d.Code) })
	for _, fact := range t.Assumed {
		x.Assumed = append(x.Assumed, expansions.Assumed{Name: fact.Flag, Value: fact.Value})
	}
	return x
}

// writeExpansion writes the expansion in the format of the output. In the template
// format the findings go to the standard error.
func (app *App) writeExpansion(w io.Writer, o output, x expansions.Expansion) error {
	switch o.Format {
	case "json":
		return x.WriteJSON(w)
	case "template":
		if len(x.Findings) > 0 {
			if err := (findings.Text{Quiet: true}).Report(app.Err, findings.Result{Findings: x.Findings, Secrets: x.Secrets}); err != nil {
				return err
			}
		}
		return x.WriteTemplate(w)
	}
	return x.WriteText(w, app.textFormat(o))
}

// engine returns the engine for the template of a command, and the name of the
// template within the files of that engine.
func (o *templateOptions) engine(app *App, template string) (e *engine.Engine, name string, err error) {
	if len(o.Parameters) > 1 {
		return nil, "", usagef("--parameters was given %d times; this command takes one parameter file", len(o.Parameters))
	}
	config, err := o.engineConfig(app)
	if err != nil {
		return nil, "", err
	}
	config.OneSet, config.NoFold = true, o.asSent
	if config.Files, name, err = app.filesOf(template); err != nil {
		return nil, "", err
	}
	if e, err = engine.New(config); err != nil {
		return nil, "", usagef("%w", err)
	}
	return e, name, nil
}

// check evaluates and checks the template of a command, as lint does.
func (o *templateOptions) check(ctx context.Context, app *App, template string) (*engine.Result, error) {
	e, name, err := o.engine(app, template)
	if err != nil {
		return nil, err
	}
	r, err := e.CheckTemplate(ctx, name)
	if err == nil {
		err = errors.Join(r.Failures...)
	}
	return r, err
}

// checkOne is check for a command that needs a template, see loadOne. It returns the
// findings that are not suppressed.
func (o *templateOptions) checkOne(ctx context.Context, app *App, template string) (*engine.Template, *engine.Run, diag.List, error) {
	r, err := o.check(ctx, app, template)
	if err != nil {
		return nil, nil, nil, err
	}
	t := r.Templates[0]
	if t.ARM == nil {
		return nil, nil, nil, app.reject(t)
	}
	return t, theRun(app, t), notSuppressed(r.Findings), nil
}

func notSuppressed(l diag.List) diag.List {
	return slices.DeleteFunc(l, func(d diag.Diagnostic) bool { return d.Suppressed != nil })
}

// loadOne evaluates the template of a command without checking it. If the file is not
// a template, it prints why to the standard error, and returns errFindings.
func (o *templateOptions) loadOne(app *App, template string) (*engine.Template, *engine.Run, error) {
	e, name, err := o.engine(app, template)
	if err != nil {
		return nil, nil, err
	}
	return usable(app, template, e.Load(name))
}

// usable returns a template that was loaded with its run, or what loadOne says of it.
func usable(app *App, name string, t *engine.Template) (*engine.Template, *engine.Run, error) {
	if t.ARM == nil {
		return nil, nil, app.reject(t)
	}
	run := theRun(app, t)
	if run.Deployment.Diagnostics.HasErrors() || t.Findings.HasErrors() {
		app.notice("%s has errors, so the output may be incomplete; run scaleset lint", name)
	}
	return t, run, nil
}

// reject prints why a file cannot be processed.
func (app *App) reject(t *engine.Template) error {
	found := slices.Clone(t.Findings)
	if !found.HasErrors() { // advice of lint is what stops this command
		for i := range found {
			found[i].Severity = diag.Error
		}
	}
	text := findings.Text{Quiet: true, Width: app.Width, Color: app.ErrIsTerminal && app.useColor()}
	if err := text.Report(app.Err, findings.Result{Findings: found, Secrets: t.Secrets}); err != nil {
		return err
	}
	return errFindings
}

// theRun returns the only run of a template. It prints a notice if there are more
// parameter files.
func theRun(app *App, t *engine.Template) *engine.Run {
	run := t.Runs[0]
	if t.ParameterSets > 1 && run.ParameterFile != "" {
		app.notice("using %s, one of %d parameter files; choose another with --parameters", run.ParameterFile, t.ParameterSets)
	}
	return run
}
