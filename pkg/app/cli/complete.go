package cli

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/scaleset/scaleset/pkg/check/catalog"
)

// completeFlags lets shells complete the values of flags that take one of some
// words, for a command and those below it.
func completeFlags(cmd *cobra.Command) {
	complete := func(f *pflag.Flag) {
		if words := wordsOf(f); len(words) > 0 {
			completeFlag(cmd, f.Name, func(string) []string { return words })
		}
	}
	cmd.Flags().VisitAll(complete)
	cmd.PersistentFlags().VisitAll(complete)
	for _, c := range cmd.Commands() {
		completeFlags(c)
	}
}

// completeFlag lets shells complete the values of one flag. list is given what
// is typed so far. A flag that has a completion keeps it.
func completeFlag(cmd *cobra.Command, flag string, list func(typed string) []string) {
	// The error says that the flag has a completion.
	_ = cmd.RegisterFlagCompletionFunc(flag, func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		return withPrefix(list(typed), typed), cobra.ShellCompDirectiveNoFileComp
	})
}

// ruleList returns the rules for a list whose last item is being typed, each with
// what it reports.
func (app *App) ruleList(typed string) []string {
	before := typed[:strings.LastIndex(typed, ",")+1]
	list := []string{before + "all\tevery rule"}
	for _, e := range catalog.All(app.projectRules()...) {
		if e.Rule {
			list = append(list, before+string(e.Code)+"\t"+e.Summary, before+e.Name+"\t"+e.Summary)
		}
	}
	return list
}

// described names are the codes and names of the entries with what they report.
func describedNames(all []catalog.Entry) []string {
	var names []string
	for _, e := range all {
		names = append(names, string(e.Code)+"\t"+e.Summary, e.Name+"\t"+e.Summary)
	}
	return names
}
