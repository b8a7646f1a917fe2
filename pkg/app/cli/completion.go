package cli

import (
	"github.com/spf13/cobra"

	"github.com/scaleset/scaleset/pkg/internal/nearest"
)

const completionLong = `Print a script that completes the commands, flags and values of scaleset in a shell.

  bash        source <(scaleset completion bash)
  zsh         scaleset completion zsh > "${fpath[1]}/_scaleset"
  fish        scaleset completion fish > ~/.config/fish/completions/scaleset.fish
  powershell  scaleset completion powershell | Out-String | Invoke-Expression`

type completionOptions struct {
	app   *App
	root  *cobra.Command
	Shell string
}

func shells() []string { return []string{"bash", "zsh", "fish", "powershell"} }

func newCompletionCmd(app *App, runF func(*completionOptions) error) *cobra.Command {
	opts := &completionOptions{app: app}
	if runF == nil {
		runF = runCompletion
	}
	return &cobra.Command{
		Use:       "completion bash|zsh|fish|powershell",
		Short:     "Print the completion script for a shell",
		Long:      completionLong,
		ValidArgs: shells(),
		Args:      exactArgs(1, "the name of one shell"),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.root, opts.Shell = cmd.Root(), args[0]
			return runF(opts)
		},
	}
}

func runCompletion(o *completionOptions) error {
	switch o.Shell {
	case "bash":
		return o.root.GenBashCompletionV2(o.app.unguarded(o.app.Out), true)
	case "zsh":
		return o.root.GenZshCompletion(o.app.unguarded(o.app.Out))
	case "fish":
		return o.root.GenFishCompletion(o.app.unguarded(o.app.Out), true)
	case "powershell":
		return o.root.GenPowerShellCompletionWithDesc(o.app.unguarded(o.app.Out))
	}
	return usagef("unknown shell %q; use one of: bash, zsh, fish, powershell%s", o.Shell, nearest.Hint(o.Shell, shells()))
}
