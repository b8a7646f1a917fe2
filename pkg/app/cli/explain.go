package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

const explainLong = `Print the page of a rule: what it reports, a bad and a good example, why, and
how to fix it. RULE is a code (SS4001), a name (capacity-limit) or the link that
a finding gives as its help; nothing is fetched.`

type explainOptions struct {
	app  *App
	Rule string
}

func newExplainCmd(app *App, runF func(*explainOptions) error) *cobra.Command {
	opts := &explainOptions{app: app}
	if runF == nil {
		runF = runExplain
	}
	return &cobra.Command{
		Use:     "explain RULE",
		Short:   "Print the page of a rule",
		Long:    explainLong,
		Example: "  scaleset explain SS4001\n  scaleset explain storage-account-spread",
		Args:    exactArgs(1, "the code or name of one rule"),
		ValidArgsFunction: func(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return withPrefix(describedNames(catalog()), typed), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			opts.Rule = args[0]
			return runF(opts)
		},
	}
}

func runExplain(o *explainOptions) error {
	all := catalog()
	found := named(all, o.Rule)
	if len(found) == 0 {
		hint := nearest.Hint(o.Rule, namesOf(all))
		if hint == "" {
			hint = "; scaleset rules lists them"
		}
		return usagef("no rule is called %q%s", o.Rule, hint)
	}
	for i, e := range found {
		if i > 0 {
			fmt.Fprintln(o.app.Out)
		}
		if _, err := io.WriteString(o.app.Out, e.text()); err != nil {
			return err
		}
	}
	return nil
}

// text is the page, or what there is to say without one.
func (e entry) text() string {
	switch {
	case e.page == nil:
		return fmt.Sprintf("# %s %s\n\n%s.\n\nSeverity: %s. %s\n", e.Code, e.Name, e.Summary, e.levels(), e.family())
	case e.Rule: // its page has a table about the rule
		return strings.TrimRight(e.page(), "\n") + "\n"
	}
	return strings.TrimRight(e.page(), "\n") + "\n\n## Severity\n\n" + sentence(e.levels()) + ".\n"
}

// levels are the severities, and when findings have them.
func (e entry) levels() string { return lint.LevelsText(e.Severities) }

func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// family says what findings of the first digits have in common.
func (e entry) family() string {
	switch {
	case strings.HasPrefix(string(e.Code), "SS00"):
		return "It concerns the run of the tool, not a resource."
	case strings.HasPrefix(string(e.Code), "SS49"), strings.HasPrefix(string(e.Code), "SS79"):
		return "It concerns a change that is planned, so previews report it and lint does not."
	case strings.HasPrefix(string(e.Code), "SS10") && e.Severity == diag.Error:
		return "The template language refuses it, so nothing of the value can be deployed."
	case e.Severity == diag.Error:
		return "Azure Resource Manager refuses such a template before it asks any provider."
	}
	return "Azure Resource Manager takes it; other tools may not."
}
