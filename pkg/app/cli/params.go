package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/author/parameters"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/spf13/cobra"
)

const paramsLong = `Write a parameter file for a template, with a comment on each parameter: what it is
for, its type, its constraints and its default.

Values of the parameter file beside the template, or of --parameters, are taken over;
others are the default, the first allowed value, or a placeholder such as <name>.
No secret is written: a secret is a reference to a key vault. A default that is an
expression stays in the template.

--check reports only what is wrong with the parameter files of the template, and
required parameters without a value.`

const paramsExample = `  scaleset params azuredeploy.json
  scaleset params azuredeploy.json --required --output azuredeploy.parameters.prod.json
  scaleset params azuredeploy.json --check --parameters azuredeploy.parameters.prod.json`

type paramsOptions struct {
	app *App
	templateOptions
	Template string
	Output   string
	Required bool
	Plain    bool
	Check    bool
	Force    bool
}

func newParamsCmd(app *App, runF func(context.Context, *paramsOptions) error) *cobra.Command {
	opts := &paramsOptions{app: app}
	if runF == nil {
		runF = runParams
	}
	cmd := &cobra.Command{
		Use:     "params TEMPLATE",
		Short:   "Write or check the parameter file of a template",
		Long:    paramsLong,
		Example: paramsExample,
		Args:    exactArgs(1, "one template"),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.Template = args[0]
			return runF(cmd.Context(), opts)
		},
	}
	opts.templateOptions.bind(opts.app, cmd)
	f := cmd.Flags()
	f.BoolVar(&opts.Required, "required", false, "leave out parameters that have a default")
	f.BoolVar(&opts.Plain, "plain", false, "write no comments")
	f.BoolVar(&opts.Check, "check", false, "check the parameter files and write nothing")
	f.StringVarP(&opts.Output, "output", "o", "", "write the parameter file to `FILE`, which must not exist")
	f.BoolVar(&opts.Force, "force", false, "overwrite an existing file")
	return cmd
}

func runParams(ctx context.Context, o *paramsOptions) error {
	if o.Check {
		return o.check(ctx)
	}
	e, name, err := o.engine(o.app, o.Template)
	if err != nil {
		return err
	}
	t := e.Load(name)
	if t.ARM == nil {
		return o.app.reject(t)
	}
	if t.ARM.Parameters.Len() == 0 {
		return usagef("%s declares no parameters", o.Template)
	}
	text := parameters.File(t.ARM, parameters.Options{Values: theRun(o.app, t).Parameters, Required: o.Required, Plain: o.Plain})
	var b bytes.Buffer
	err = t.Secrets.Filtered(render.NewGuard(&b, render.JSONText), func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
	if err != nil {
		return err
	}
	return o.app.writeNew(o.Output, b.Bytes(), o.Force)
}

// check reports what lint finds about the parameter files of the template.
func (o *paramsOptions) check(ctx context.Context) error {
	config, err := o.engineConfig(o.app)
	if err != nil {
		return err
	}
	var name string
	if config.Files, name, err = o.app.filesOf(o.Template); err != nil {
		return err
	}
	e, err := engine.New(config)
	if err != nil {
		return usagef("%w", err)
	}
	result, err := e.CheckTemplate(ctx, name)
	if err != nil {
		return err
	}
	if len(result.Failures) > 0 {
		return errors.Join(result.Failures...)
	}
	t := result.Templates[0]
	if t.ARM == nil {
		return o.app.reject(t)
	}
	files := parameterFiles(t)
	if len(files) == 0 {
		return usagef("%s has no parameter file; write one with scaleset params %s --output FILE, or name one with --parameters", o.Template, o.Template)
	}
	r := newReport(o.app, result)
	r.Findings = slices.DeleteFunc(r.Findings, func(d diag.Diagnostic) bool {
		return d.Rule != expand.RuleParameter && (d.Subject.File == nil || !slices.Contains(files, d.Subject.File.Path()))
	})
	out := output{Format: "text"}
	err = o.app.write(out, func(w io.Writer) error { return o.app.reporter(out).Report(w, r) })
	if err == nil && reaches(r.Findings, diag.Error) {
		return errFindings
	}
	return err
}

// parameterFiles returns the paths of the parameter files of a template.
func parameterFiles(t *engine.Template) (files []string) {
	for _, run := range t.Runs {
		if run.ParameterFile != "" {
			files = append(files, run.ParameterFile)
		}
	}
	return files
}
