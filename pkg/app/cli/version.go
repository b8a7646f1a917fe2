package cli

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"
)

type versionOptions struct {
	app *App
}

func newVersionCmd(app *App, runF func(*versionOptions) error) *cobra.Command {
	opts := &versionOptions{app: app}
	if runF == nil {
		runF = runVersion
	}
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  noArgs,
		RunE:  func(*cobra.Command, []string) error { return runF(opts) },
	}
}

func runVersion(o *versionOptions) error {
	_, err := fmt.Fprintf(o.app.Out, "scaleset %s (%s, %s/%s)\n", o.app.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
