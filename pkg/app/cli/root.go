package cli

import (
	"github.com/spf13/cobra"
)

const rootLong = `scaleset writes, checks and previews ARM templates of Azure VM scale sets.

It works offline: it needs no login and sends nothing over the network.

  scaleset lint                            check the templates in this folder and below
  scaleset expand azuredeploy.json         show the resources as they would be deployed
  scaleset simulate azuredeploy.json --to 15,18
                                           show which instances are added and removed
  scaleset plan old.json new.json          show how a change rolls out, batch by batch
  scaleset autoscale azuredeploy.json --at 02:00
                                           show what autoscale does at that time

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 an error in the command
line or in the settings, 3 an internal error or a failure to read or write.`

// A subcommand is a command of the root, with its group in the help.
type subcommand struct {
	name  string
	group string
	make  func(*App) *cobra.Command
}

// commands lists the subcommands. It is a function because one of them, mcp, runs the
// others.
func commands() []subcommand {
	return append(servers(), []subcommand{
		{"autoscale", groupPreview, func(app *App) *cobra.Command { return newAutoscaleCmd(app, nil) }},
		{"completion", groupTool, func(app *App) *cobra.Command { return newCompletionCmd(app, nil) }},
		{"config", groupTool, func(app *App) *cobra.Command { return newConfigCmd(app, nil) }},
		{"connect", groupRead, func(app *App) *cobra.Command { return newConnectCmd(app, nil) }},
		{"diff", groupPreview, func(app *App) *cobra.Command { return newDiffCmd(app, nil) }},
		{"expand", groupRead, func(app *App) *cobra.Command { return newExpandCmd(app, nil) }},
		{"explain", groupCheck, func(app *App) *cobra.Command { return newExplainCmd(app, nil) }},
		{"fmt", groupAuthor, func(app *App) *cobra.Command { return newFmtCmd(app, nil) }},
		{"graph", groupRead, func(app *App) *cobra.Command { return newGraphCmd(app, nil) }},
		{"lint", groupCheck, func(app *App) *cobra.Command { return newLintCmd(app, nil) }},
		{"new", groupAuthor, func(app *App) *cobra.Command { return newNewCmd(app, nil) }},
		{"params", groupAuthor, func(app *App) *cobra.Command { return newParamsCmd(app, nil) }},
		{"plan", groupPreview, func(app *App) *cobra.Command { return newPlanCmd(app, nil) }},
		{"review", groupRead, func(app *App) *cobra.Command { return newReviewCmd(app, nil) }},
		{"rules", groupCheck, func(app *App) *cobra.Command { return newRulesCmd(app, nil) }},
		{"scale", groupAuthor, func(app *App) *cobra.Command { return newScaleCmd(app, nil) }},
		{"schema", groupRead, func(app *App) *cobra.Command { return newSchemaCmd(app, nil) }},
		{"simulate", groupPreview, func(app *App) *cobra.Command { return newSimulateCmd(app, nil) }},
		{"lsp", groupTool, func(app *App) *cobra.Command { return newLSPCmd(app, nil) }},
		{"trace", groupRead, func(app *App) *cobra.Command { return newTraceCmd(app, nil) }},
		{"version", groupTool, func(app *App) *cobra.Command { return newVersionCmd(app, nil) }},
	}...)
}

// The groups of commands in the help of the root.
const (
	groupCheck   = "check"
	groupRead    = "read"
	groupPreview = "preview"
	groupAuthor  = "author"
	groupTool    = "tool"
)

// alone returns the name of the command that the command line starts with, if that
// command runs without the others: binding the flags of all commands would be a
// quarter of the work of a short run. It returns "" for a command that needs them.
func alone(args []string) string {
	if len(args) == 0 || args[0] == "completion" {
		return ""
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return c.name
		}
	}
	return ""
}

// newRootCmd returns the root command with all subcommands, or only with the one
// named by only.
func newRootCmd(app *App, only string) *cobra.Command {
	root := &cobra.Command{
		Use:           "scaleset",
		Short:         "Write, check and preview ARM templates of Azure VM scale sets",
		Long:          rootLong,
		Version:       app.Version,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          noArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.CompletionOptions.DisableDefaultCmd = true // ours names the shells in its errors
	root.SetIn(app.In)
	root.SetOut(app.Out)
	root.SetErr(app.Err)
	root.SetFlagErrorFunc(flagError)
	root.SetVersionTemplate("scaleset {{.Version}}\n")
	app.common.bind(root.PersistentFlags())
	root.AddGroup(
		&cobra.Group{ID: groupCheck, Title: "Check:"},
		&cobra.Group{ID: groupRead, Title: "Read and review:"},
		&cobra.Group{ID: groupPreview, Title: "Preview changes and capacity:"},
		&cobra.Group{ID: groupAuthor, Title: "Write and format:"},
		&cobra.Group{ID: groupTool, Title: "Editors, shells and settings:"},
	)
	root.SetHelpCommandGroupID(groupTool)
	for _, c := range commands() {
		if only == "" || c.name == only {
			cmd := c.make(app)
			cmd.GroupID = c.group
			root.AddCommand(cmd)
		}
	}
	groupFlags(root)
	return root
}
