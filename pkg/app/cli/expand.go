package cli

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/report/expansions"
	"github.com/scaleset/scaleset/pkg/report/findings"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/spf13/cobra"
)

const expandLong = `Show the resources as they would be deployed: every expression resolved, or
what is left of it where only a deployment can answer.

TEMPLATE is a file, or - for the standard input. Parameters come from
--parameters, else from X.parameters.json beside X.json, else from --set and
the defaults. What nobody says about the deployment (its subscription, its
resource group and so on) is made up, and listed as such.

Templates linked by relativePath are read from disk and expanded too. What lies
at a uri only the deployment knows: --link-root FOLDER reads such templates from
a folder.

Formats: json for machines, text for people, template for a plain template
without loops and expressions that can be resolved.`

func expandFormats() []string { return []string{"json", "text", "template"} }

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
	opts.templateOptions.bind(f)
	f.StringVar(&opts.Format, "format", "text", "how to write: json, text or template")
	f.StringVarP(&opts.Output, "output", "o", "", "write the result to `FILE`")
	opts.app.bindForce(f)
	return cmd
}

func runExpand(_ context.Context, o *expandOptions) error {
	outputs, err := parseOutputs([]string{o.Format}, o.Output, expandFormats())
	if err != nil {
		return err
	}
	o.leaveURIs = o.LinkRoot == ""
	o.showDefaults = true
	t, err := o.load(o.app, o.Template)
	if err != nil {
		return err
	}
	run := &engine.Run{Deployment: new(expand.Deployment)} // of a file that is no template: nothing but findings
	if t.ARM != nil {
		run = chooseRun(o.app, t)
	}
	x := newExpansion(t, run)
	if err := o.app.write(outputs[0], func(w io.Writer) error { return o.app.writeExpansion(w, outputs[0], x) }); err != nil {
		return err
	}
	if reaches(x.Findings, diag.Error) {
		return errFindings
	}
	return nil
}

// newExpansion puts together what is known of one run of a template.
func newExpansion(t *engine.Template, run *engine.Run) expansions.Expansion {
	x := expansions.Expansion{Template: t.Path, ParameterFile: run.ParameterFile, Deployment: run.Deployment, Graph: run.Graph, Secrets: t.Secrets}
	x.Findings = slices.Concat(t.Findings, run.Findings, run.Deployment.Diagnostics)
	if run.Graph != nil {
		for _, d := range run.Graph.Findings { // the resources can be shown all the same
			d.Severity = min(d.Severity, diag.Warning)
			x.Findings.Add(d)
		}
	}
	x.Findings.Sort()
	for _, fact := range t.MadeUp {
		x.MadeUp = append(x.MadeUp, expansions.MadeUp{Name: fact.Flag, Value: fact.Value})
	}
	return x
}

// writeExpansion writes in the format of the output. The template format has
// no place for findings: they go to the standard error.
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

// load reads and expands the one template of a command.
func (o *templateOptions) load(app *App, name string) (*engine.Template, error) {
	if len(o.Parameters) > 1 {
		return nil, usagef("--parameters is given %d times, one parameter file is needed here", len(o.Parameters))
	}
	config, err := o.engineConfig(app)
	if err != nil {
		return nil, err
	}
	if config.Files, name, err = app.filesOf(name); err != nil {
		return nil, err
	}
	e, err := engine.New(config)
	if err != nil {
		return nil, usagef("%w", err)
	}
	return e.Load(name), nil
}

// loadOne is load for a command that has nothing to say without a template:
// why there is none goes to the standard error, and the exit code is 1.
func (o *templateOptions) loadOne(app *App, name string) (*engine.Template, *engine.Run, error) {
	t, err := o.load(app, name)
	if err != nil {
		return nil, nil, err
	}
	if t.ARM == nil {
		return nil, nil, app.refuse(t)
	}
	return t, chooseRun(app, t), nil
}

// refuse prints why a file cannot be worked on.
func (app *App) refuse(t *engine.Template) error {
	text := findings.Text{Quiet: true, Width: app.Width, Color: app.ErrIsTerminal && app.useColor()}
	if err := text.Report(app.Err, findings.Result{Findings: t.Findings, Secrets: t.Secrets}); err != nil {
		return err
	}
	return errFindings
}

// chooseRun takes the run of X.parameters.json, or the first.
func chooseRun(app *App, t *engine.Template) *engine.Run {
	chosen := t.Runs[0]
	for _, run := range t.Runs {
		if strings.HasSuffix(strings.ToLower(run.ParameterFile), ".parameters.json") {
			chosen = run
		}
	}
	if len(t.Runs) > 1 {
		app.notice("using %s, one of %d parameter files; --parameters chooses another", chosen.ParameterFile, len(t.Runs))
	}
	return chosen
}
