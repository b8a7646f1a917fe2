package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/scaleset/scaleset/pkg/internal/nearest"
)

// errFindings says that the results, already printed, hold findings at or
// above --fail-on.
var errFindings = errors.New("findings")

// A usageError is a mistake in the command line or in the configuration.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

func usagef(format string, args ...any) error {
	return &usageError{fmt.Errorf(format, args...)}
}

// unknownCommand looks at the first word before the flags are parsed, so that
// a misspelled command is not reported as an unknown flag of the root.
func unknownCommand(root *cobra.Command, args []string) error {
	cmd, rest, err := root.Find(args)
	if err != nil || cmd != root || len(rest) == 0 || strings.HasPrefix(rest[0], "-") {
		return nil
	}
	switch name := rest[0]; name {
	case "help", cobra.ShellCompRequestCmd, cobra.ShellCompNoDescRequestCmd:
		return nil // cobra adds these when it runs
	default:
		hint := nearest.Hint(name, commandNames(root))
		if hint == "" {
			hint = "; scaleset --help lists the commands"
		}
		return usagef("unknown command %q%s", name, hint)
	}
}

func commandNames(root *cobra.Command) []string {
	names := []string{"help"}
	for _, c := range root.Commands() {
		if !c.Hidden {
			names = append(names, c.Name())
		}
	}
	return names
}

// flagError rewords what the flag parser says, and names the nearest flag.
func flagError(cmd *cobra.Command, err error) error {
	var wrong *usageError // a word that the flag does not take
	if errors.As(err, &wrong) {
		return wrong
	}
	var missing *pflag.NotExistError
	var invalid *pflag.InvalidValueError
	if errors.As(err, &invalid) {
		if kind := kindOf(invalid.GetFlag()); kind != "" {
			return usagef("--%s: %q is not %s", invalid.GetFlag().Name, invalid.GetValue(), kind)
		}
	}
	if !errors.As(err, &missing) {
		return usagef("%s: %w", cmd.CommandPath(), err)
	}
	name := missing.GetSpecifiedName()
	if missing.GetSpecifiedShortnames() != "" {
		return usagef("%s: unknown flag -%s; %[3]s --help lists the flags", cmd.CommandPath(), name, cmd.CommandPath())
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
	hint := nearest.Hint("--"+name, names)
	if hint == "" {
		hint = fmt.Sprintf("; %s --help lists the flags", cmd.CommandPath())
	}
	return usagef("%s: unknown flag --%s%s", cmd.CommandPath(), name, hint)
}

// kindOf returns what a flag takes, such as "a whole number"; "" for a type that
// the parser names well.
func kindOf(f *pflag.Flag) string {
	switch f.Value.Type() {
	case "int":
		return "a whole number"
	case "float64":
		return "a number"
	case "bool":
		return "true or false"
	case "duration":
		return "a duration; use one such as 90s or 5m"
	}
	return ""
}

// oneOf checks the value of a flag that takes one of a few words.
func oneOf(flag, value string, allowed ...string) error {
	if slices.Contains(allowed, value) {
		return nil
	}
	return usagef("--%s: unknown value %q; use one of: %s%s", flag, value, strings.Join(allowed, ", "), nearest.Hint(value, allowed))
}

// noArgs and exactArgs are cobra's checks with a message that says what to give.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("%s takes no arguments; remove %q", cmd.CommandPath(), args[0])
	}
	return nil
}

func exactArgs(n int, what string) cobra.PositionalArgs { return rangeArgs(n, n, what) }

// rangeArgs accepts from least to n arguments.
func rangeArgs(least, n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return usagef("%s needs %s: %s", cmd.CommandPath(), what, strings.TrimSuffix(cmd.UseLine(), " [flags]"))
		case len(args) > n:
			return usagef("%s takes %s; remove %q", cmd.CommandPath(), what, args[n])
		}
		return nil
	}
}
