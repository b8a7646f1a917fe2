package cli

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"github.com/scaleset/scaleset/pkg/app/lsp"
)

const lspLong = `Answer an editor as a language server, on standard input and output: findings
while you type, what a value comes to, what a property may hold, completion,
fixes, formatting, the outline and where a name is declared.

An editor starts it; there is nothing to see on a terminal. The flags say what
templates are thought to be deployed to, as for lint. The settings of the project
hold as they are at each check.`

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
		Short: "Answer an editor as a language server",
		Long:  lspLong,
		Args:  noArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return runF(cmd.Context(), opts) },
	}
	opts.templateOptions.bind(opts.app, cmd)
	cmd.Flags().Bool("stdio", true, "speak on standard input and output, the only way; some editors pass it")
	return cmd
}

func runLSP(ctx context.Context, o *lspOptions) error {
	config, err := o.flagConfig(o.app)
	if err != nil {
		return err
	}
	config.Stdin = nil // the protocol's
	return lsp.Serve(ctx, stdio{o.app.In, o.app.unguarded(o.app.Out)}, lsp.Config{Engine: config, Policy: o.app.loadPolicy, Version: o.app.Version})
}

// stdio is the two standard streams as one.
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
