package cli

import (
	"context"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/scaleset/scaleset/pkg/app/lsp"
	"github.com/scaleset/scaleset/pkg/check/policy"
	"github.com/scaleset/scaleset/pkg/check/rules/requirements"
)

const lspLong = `Run a language server on the standard input and output. It gives an editor findings
while you type, hover texts with values and properties, completion, quick fixes,
formatting, an outline and go to definition.

An editor starts it; it prints nothing on a terminal. The flags set facts about the
deployment, as for lint. Changes of .scaleset.yaml apply at the next check.`

type lspOptions struct {
	app *App
	templateOptions
}

func newLSPCmd(app *App, runF func(context.Context, *lspOptions) error) *cobra.Command {
	opts := &lspOptions{app: app}
	if runF == nil {
		runF = runLSP
	}
	cmd := &cobra.Command{
		Use:   "lsp",
		Short: "Run a language server for editors",
		Long:  lspLong,
		Args:  noArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return runF(cmd.Context(), opts) },
	}
	opts.templateOptions.bind(opts.app, cmd)
	cmd.Flags().Bool("stdio", true, "use the standard input and output, the only transport; some editors pass this flag")
	return cmd
}

func runLSP(ctx context.Context, o *lspOptions) error {
	config, err := o.flagConfig(o.app)
	if err != nil {
		return err
	}
	config.Stdin = nil // the protocol's
	return lsp.Serve(ctx, stdio{o.app.In, o.app.unguarded(o.app.Out)}, lsp.Config{
		Engine: config, Policy: o.app.loadPolicy, PolicyIn: o.policyIn, Requirements: requirementsOf, Version: o.app.Version,
	})
}

// requirementsOf returns the requirements of a property for its hover.
func requirementsOf(resourceType, path string) (all []lsp.Requirement) {
	for _, s := range requirements.About(resourceType, path) {
		all = append(all, lsp.Requirement{Text: s.Text, Evidence: s.Sure.String(), Source: s.Source, Code: string(s.Code)})
	}
	return all
}

// policyIn returns the settings that hold in a folder of the workspace: those
// found from there, unless a file of settings was given or none is to be read.
func (o *lspOptions) policyIn(folder string) (policy.Policy, error) {
	given, err := o.app.loadPolicy()
	if o.app.common.NoSettings || given.Overridden != nil && given.Overridden("config") {
		return given, err
	}
	p, err := policy.Load(filepath.FromSlash(folder), "")
	p.Overridden = given.Overridden
	return p, err
}

// stdio combines the two standard streams.
type stdio struct {
	io.Reader
	io.Writer
}

// Close closes the input, if it can be, so that a waiting read ends.
func (s stdio) Close() error {
	if c, ok := s.Reader.(io.Closer); ok {
		return c.Close()
	}
	return nil
}
