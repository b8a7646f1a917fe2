package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/scaleset/scaleset/pkg/check/catalog"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
)

const explainLong = `Print the page of a rule: what it reports, a bad and a good example, why, and
how to fix it. RULE is a code (SS4001), a name (capacity-limit), the help link of a
finding, or the id of a check of another tool (CKV_AZURE_97); nothing is downloaded.
Rules that the project declares have a page too.`

type explainOptions struct {
	app  *App
	Rule string
}

func newExplainCmd(app *App, runF func(*explainOptions) error) *cobra.Command {
	opts := &explainOptions{app: app}
	if runF == nil {
		runF = runExplain
	}
	cmd := &cobra.Command{
		Use:     "explain RULE",
		Short:   "Explain a rule, with examples and how to fix it",
		Long:    explainLong,
		Example: "  scaleset explain SS4001\n  scaleset explain storage-account-spread",
		Args:    exactArgs(1, "the code or name of one rule"),
		ValidArgsFunction: func(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return withPrefix(describedNames(catalog.All(app.projectRules()...)), typed), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			opts.Rule = args[0]
			return runF(opts)
		},
	}
	app.takes(cmd, customRules)
	return cmd
}

func runExplain(o *explainOptions) error {
	all := catalog.All(o.app.policy.Custom...)
	found := catalog.Named(all, o.Rule)
	if len(found) == 0 {
		hint := nearest.Hint(o.Rule, catalog.Names(all))
		if hint == "" {
			hint = "; scaleset rules lists the rules"
		}
		return usagef("unknown rule %q%s", o.Rule, hint)
	}
	for i, e := range found {
		if i > 0 {
			fmt.Fprintln(o.app.Out)
		}
		if _, err := io.WriteString(o.app.Out, e.Text()); err != nil {
			return err
		}
	}
	return nil
}
