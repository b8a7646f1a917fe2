package cli

import (
	"context"
	"io"

	"github.com/scaleset/scaleset/pkg/report/graphs"
	"github.com/scaleset/scaleset/pkg/review/graph"
	"github.com/spf13/cobra"
)

const graphLong = `Draw the resources that a template deploys and the references between them. Solid
lines are references, dotted lines are dependsOn without a reference. Dashed boxes
are resources that exist already or that are deployed only under a condition.`

const graphExample = `  scaleset graph azuredeploy.json --output deployment.svg
  scaleset graph azuredeploy.json --format mermaid`

type graphOptions struct {
	app *App
	templateOptions
	Template string
	Format   string
	Output   string
	Copies   int
}

func newGraphCmd(app *App, runF func(context.Context, *graphOptions) error) *cobra.Command {
	opts := &graphOptions{app: app}
	if runF == nil {
		runF = runGraph
	}
	cmd := &cobra.Command{
		Use:     "graph TEMPLATE",
		Short:   "Draw the resources of a template and their references",
		Long:    graphLong,
		Example: graphExample,
		Args:    exactArgs(1, "one template"),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.Template = args[0]
			return runF(cmd.Context(), opts)
		},
	}
	f := cmd.Flags()
	opts.templateOptions.bind(opts.app, cmd)
	wordVar(f, &opts.Format, "format", "svg", "output `FORMAT`: %s", "svg", "dot", "mermaid")
	f.StringVarP(&opts.Output, "output", "o", "", "write the picture to `FILE`")
	opts.app.bindForce(f)
	f.IntVar(&opts.Copies, "copies", 3, "draw the copies of a loop as one box if there are more than `N`")
	return cmd
}

func runGraph(_ context.Context, o *graphOptions) error {
	out := output{o.Format, o.Output}
	if o.Copies < 1 {
		return usagef("--copies %d is too small; use 1 or more", o.Copies)
	}
	t, run, err := o.loadOne(o.app, o.Template)
	if err != nil {
		return err
	}
	g := graphs.Masked(graph.New(run.Deployment, graph.Options{Copies: o.Copies, Waits: run.Graph}), t.Secrets)
	return o.app.writeMasked(out, t.Secrets, func(w io.Writer) error {
		switch o.Format {
		case "dot":
			return graphs.WriteDOT(w, g)
		case "mermaid":
			return graphs.WriteMermaid(w, g, graphs.Mermaid{Details: true})
		}
		return graphs.WriteSVG(w, g, graphs.SVG{})
	})
}
