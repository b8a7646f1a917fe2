package cli

import (
	"github.com/spf13/cobra"
)

const rootLong = `scaleset checks, expands and previews ARM templates of Azure VM scale sets.

It works offline: no login, no network, no cloud call.

  scaleset lint                            check the templates below this folder
  scaleset expand azuredeploy.json         show the resources as they would be deployed
  scaleset simulate azuredeploy.json --to 15,18
                                           show which instances leave and which arrive
  scaleset plan old.json new.json          show how a change rolls out, and what it needs
  scaleset autoscale azuredeploy.json --at 02:00
                                           show what autoscale does at that time

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 a mistake in the
command line or the configuration, 3 the tool failed.`

// commands are those below the root.
var commands = []struct {
	name string
	make func(*App) *cobra.Command
}{
	{"autoscale", func(app *App) *cobra.Command { return newAutoscaleCmd(app, nil) }},
	{"completion", func(app *App) *cobra.Command { return newCompletionCmd(app, nil) }},
	{"config", func(app *App) *cobra.Command { return newConfigCmd(app, nil) }},
	{"connect", func(app *App) *cobra.Command { return newConnectCmd(app, nil) }},
	{"diff", func(app *App) *cobra.Command { return newDiffCmd(app, nil) }},
	{"expand", func(app *App) *cobra.Command { return newExpandCmd(app, nil) }},
	{"explain", func(app *App) *cobra.Command { return newExplainCmd(app, nil) }},
	{"fmt", func(app *App) *cobra.Command { return newFmtCmd(app, nil) }},
	{"graph", func(app *App) *cobra.Command { return newGraphCmd(app, nil) }},
	{"lint", func(app *App) *cobra.Command { return newLintCmd(app, nil) }},
	{"new", func(app *App) *cobra.Command { return newNewCmd(app, nil) }},
	{"plan", func(app *App) *cobra.Command { return newPlanCmd(app, nil) }},
	{"review", func(app *App) *cobra.Command { return newReviewCmd(app, nil) }},
	{"rules", func(app *App) *cobra.Command { return newRulesCmd(app, nil) }},
	{"scale", func(app *App) *cobra.Command { return newScaleCmd(app, nil) }},
	{"schema", func(app *App) *cobra.Command { return newSchemaCmd(app, nil) }},
	{"simulate", func(app *App) *cobra.Command { return newSimulateCmd(app, nil) }},
	{"lsp", func(app *App) *cobra.Command { return newLSPCmd(app, nil) }},
	{"trace", func(app *App) *cobra.Command { return newTraceCmd(app, nil) }},
	{"version", func(app *App) *cobra.Command { return newVersionCmd(app, nil) }},
}

// alone is the command that a command line begins with, when it runs without the
// others: to bind the flags of all would be a quarter of the work of a short run.
// It is "" for what tells of other commands.
func alone(args []string) string {
	if len(args) == 0 || args[0] == "completion" {
		return ""
	}
	for _, c := range commands {
		if c.name == args[0] {
			return c.name
		}
	}
	return ""
}

// newRootCmd makes the tree of commands, or the root with one of them.
func newRootCmd(app *App, only string) *cobra.Command {
	root := &cobra.Command{
		Use:           "scaleset",
		Short:         "Check, expand and preview ARM templates of Azure VM scale sets",
		Long:          rootLong,
		Version:       app.Version,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          noArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.CompletionOptions.DisableDefaultCmd = true // ours names the shells in its mistakes
	root.SetIn(app.In)
	root.SetOut(app.Out)
	root.SetErr(app.Err)
	root.SetFlagErrorFunc(flagError)
	root.SetVersionTemplate("scaleset {{.Version}}\n")
	app.common.bind(root.PersistentFlags())
	for _, c := range commands {
		if only == "" || c.name == only {
			root.AddCommand(c.make(app))
		}
	}
	return root
}
