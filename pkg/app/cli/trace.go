package cli

import (
	"context"
	"io"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/trace"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/report/traces"
	"github.com/spf13/cobra"
)

const traceLong = `Show where a value comes from: where it is written, each parameter, variable,
output, copy loop and nested deployment that it passes through, and what it depends
on that is known only at deployment. --who-uses shows the opposite: what uses a
parameter, variable or function.

POINTER is the JSON pointer of the resource in the template, followed by the path
inside the expanded resource. FILE:LINE:COL is a position in a file.`

const traceExample = `  scaleset trace azuredeploy.json /resources/6/sku/capacity
  scaleset trace azuredeploy.json azuredeploy.json:142:15
  scaleset trace azuredeploy.json --who-uses instanceCount`

type traceOptions struct {
	app *App
	templateOptions
	Template, Where string
	WhoUses         string
	Format          string
	Output          string
}

func newTraceCmd(app *App, runF func(context.Context, *traceOptions) error) *cobra.Command {
	opts := &traceOptions{app: app}
	if runF == nil {
		runF = runTrace
	}
	cmd := &cobra.Command{
		Use:     "trace TEMPLATE [POINTER|FILE:LINE:COL]",
		Short:   "Show where a value comes from, or what uses a name",
		Long:    traceLong,
		Example: traceExample,
		Args: func(cmd *cobra.Command, args []string) error {
			if opts.WhoUses != "" {
				return exactArgs(1, "one template with --who-uses")(cmd, args)
			}
			return exactArgs(2, "a template, and a JSON pointer or FILE:LINE:COL")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.Template = args[0]
			if len(args) > 1 {
				opts.Where = args[1]
			}
			return runF(cmd.Context(), opts)
		},
	}
	f := cmd.Flags()
	opts.templateOptions.bind(opts.app, cmd)
	f.StringVar(&opts.WhoUses, "who-uses", "", "list the uses of the parameter, variable or function `NAME`")
	wordVar(f, &opts.Format, "format", "text", "output `FORMAT`: %s", "text", "json")
	f.StringVarP(&opts.Output, "output", "o", "", "write the result to `FILE`")
	opts.app.bindForce(f)
	return cmd
}

func runTrace(_ context.Context, o *traceOptions) error {
	out := output{o.Format, o.Output}
	t, run, err := o.loadOne(o.app, o.Template)
	if err != nil {
		return err
	}
	r := traces.Traces{Template: t.Path, Asked: o.Where, Secrets: t.Secrets}
	if o.WhoUses != "" {
		r.Asked = o.WhoUses
		uses, ok := trace.UsesOf(run.Deployment, o.WhoUses)
		if !ok {
			return usagef("%s declares no parameter, variable or function %q%s", o.Template, o.WhoUses, nearest.Hint(o.WhoUses, namesIn(t)))
		}
		r.Uses = &uses
	} else if r.Traces, err = o.traces(run); err != nil {
		return err
	}
	return o.app.writeMasked(out, r.Secrets, func(w io.Writer) error {
		if o.Format == "json" {
			return r.WriteJSON(w)
		}
		return r.WriteText(w, o.app.textFormat(out))
	})
}

func (o *traceOptions) traces(run *engine.Run) ([]trace.Trace, error) {
	if strings.HasPrefix(o.Where, "/") {
		if found := trace.ByPointer(run.Deployment, strings.TrimSuffix(o.Where, "/")); len(found) > 0 {
			return found, nil
		}
		if _, ok := trace.ParsePlace(o.Where); !ok {
			return nil, usagef("%s has no value at %s%s; run scaleset expand to see all values", o.Template, o.Where, nearPointer(run, o.Where))
		}
	}
	place, ok := trace.ParsePlace(o.Where)
	if !ok {
		return nil, usagef("%q must be a JSON pointer such as /resources/0/sku/capacity, or a position such as %s:12:3", o.Where, o.Template)
	}
	if found := trace.ByPlace(run.Deployment, place); len(found) > 0 {
		return found, nil
	}
	return nil, usagef("%s deploys no value that is written at %s or passes through it", o.Template, o.Where)
}

// nearPointer describes the deepest value on the path of a pointer that exists.
func nearPointer(run *engine.Run, pointer string) string {
	for at := strings.LastIndexByte(pointer, '/'); at > 0; at = strings.LastIndexByte(pointer[:at], '/') {
		if found := trace.ByPointer(run.Deployment, pointer[:at]); len(found) > 0 {
			var names []string
			for _, m := range found[0].Node.Members {
				names = append(names, m.Name)
			}
			if len(names) == 0 {
				return "; " + pointer[:at] + " has no properties"
			}
			return "; " + pointer[:at] + " has " + strings.Join(names, ", ")
		}
	}
	return ""
}

// namesIn returns the names of all parameters, variables and functions of a template.
func namesIn(t *engine.Template) (names []string) {
	for name := range t.ARM.Parameters.All() {
		names = append(names, name)
	}
	for name := range t.ARM.Variables.All() {
		names = append(names, name)
	}
	for name := range t.ARM.Functions.All() {
		names = append(names, name)
	}
	return names
}
