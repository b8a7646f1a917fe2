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

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 a mistake in the
command line or the configuration, 3 the tool failed.`

func newRootCmd(app *App) *cobra.Command {
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
	root.AddCommand(
		newAutoscaleCmd(app, nil),
		newCompletionCmd(app, nil),
		newConfigCmd(app, nil),
		newConnectCmd(app, nil),
		newDiffCmd(app, nil),
		newExpandCmd(app, nil),
		newExplainCmd(app, nil),
		newFmtCmd(app, nil),
		newGraphCmd(app, nil),
		newLintCmd(app, nil),
		newNewCmd(app, nil),
		newPlanCmd(app, nil),
		newReviewCmd(app, nil),
		newRulesCmd(app, nil),
		newScaleCmd(app, nil),
		newSchemaCmd(app, nil),
		newSimulateCmd(app, nil),
		newLSPCmd(app, nil),
		newTraceCmd(app, nil),
		newVersionCmd(app, nil),
	)
	return root
}
