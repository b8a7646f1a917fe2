package cli

import (
	"github.com/spf13/cobra"
)

// completeFlags lets shells complete the values of flags that take one of some
// words, for a command and those below it.
func completeFlags(cmd *cobra.Command) {
	words := map[string]func() []string{
		"guidance":     func() []string { return []string{"auto", "preview", "current"} },
		"color":        func() []string { return []string{"auto", "always", "never"} },
		"fail-on":      func() []string { return []string{"info", "warning", "error", "never"} },
		"min-severity": func() []string { return []string{"info", "warning", "error"} },
		"enable":       ruleNames,
		"disable":      ruleNames,
	}
	if cmd.Name() == "lint" {
		words["format"] = lintFormats
	} else {
		delete(words, "fail-on") // of other commands it has other words
	}
	for name, list := range words {
		if cmd.Flags().Lookup(name) == nil && cmd.PersistentFlags().Lookup(name) == nil {
			continue
		}
		// An error says that somebody has registered the flag, which is as well.
		_ = cmd.RegisterFlagCompletionFunc(name, func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
			return withPrefix(list(), typed), cobra.ShellCompDirectiveNoFileComp
		})
	}
	for _, c := range cmd.Commands() {
		completeFlags(c)
	}
}

// ruleNames are the codes and names of the rules, which can be switched.
func ruleNames() []string {
	names := []string{"all"}
	for _, e := range catalog() {
		if e.Rule {
			names = append(names, string(e.Code), e.Name)
		}
	}
	return names
}
