package cli

import (
	"bufio"
	"context"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/scaleset/scaleset/pkg/check/policy"
	"github.com/scaleset/scaleset/pkg/check/settings"
	"github.com/scaleset/scaleset/pkg/report/render"
)

const rulesTestLong = `Run the rules of the project (custom-rules in .scaleset.yaml and the files that it
includes) on their examples, each rule alone. The examples of rule ORG001 are in
the folder tests/ORG001 beside the file that declares it:

  good*.json  templates that the rule must accept
  bad*.json   templates that it must report; a comment on the line of the value
              says what: // want ORG001 "regular expression for the message"

PATH is a folder with a .scaleset.yaml, or a file with rules; without it, the
settings of the project are used. The exit code is 1 if an example fails.`

type rulesTestOptions struct {
	app  *App
	Path string
}

func newRulesTestCmd(app *App, runF func(context.Context, *rulesTestOptions) error) *cobra.Command {
	opts := &rulesTestOptions{app: app}
	if runF == nil {
		runF = runRulesTest
	}
	cmd := &cobra.Command{
		Use:     "test [PATH]",
		Short:   "Run the rules of the project on their examples",
		Long:    rulesTestLong,
		Example: "  scaleset rules test\n  scaleset rules test policy/sizes.yaml",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("%s takes one path; remove %q", cmd.CommandPath(), args[1])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				opts.Path = args[0]
			}
			return runF(cmd.Context(), opts)
		},
	}
	app.takes(cmd, customRules)
	return cmd
}

func runRulesTest(ctx context.Context, o *rulesTestOptions) error {
	p, err := o.policy()
	if err != nil {
		return err
	}
	if len(p.Custom) == 0 {
		where := "there are no settings"
		if p.Settings != nil {
			where = p.Settings.Source.Path() + " has no custom-rules"
		}
		return usagef("there is nothing to test: %s", where)
	}
	trials, err := p.Try(ctx, o.app.files())
	if err != nil {
		return err
	}
	w := bufio.NewWriter(o.app.Out)
	failed := writeTrials(w, trials)
	if err := w.Flush(); err != nil {
		return err
	}
	if failed > 0 {
		return errFindings
	}
	return nil
}

// policy has the rules to test: those of the path, or of the project.
func (o *rulesTestOptions) policy() (policy.Policy, error) {
	if o.Path == "" {
		return o.app.policy, nil
	}
	name := o.app.path(filepath.FromSlash(o.Path))
	if info, err := o.app.files().Stat(filepath.ToSlash(o.Path)); err == nil && info.IsDir() {
		name = filepath.Join(name, settings.Name)
	}
	p, err := policy.Load(o.app.Dir, name)
	if err != nil {
		return p, &usageError{err}
	}
	return p, nil
}

// writeTrials writes a line for each rule, with its failures below, and the sum. It
// returns how many rules failed.
func writeTrials(w *bufio.Writer, trials []policy.Trial) (failed int) {
	untested, code, name := 0, 0, 0
	for _, t := range trials {
		code, name = max(code, len(t.Rule.Code)), max(name, len(t.Rule.Name))
	}
	for _, t := range trials {
		state, what := "ok", fmt.Sprintf("%d good, %d bad", t.Good, t.Bad)
		switch {
		case len(t.Failures) > 0:
			state = "FAIL"
			failed++
		case t.Good+t.Bad == 0:
			state, what = "?", "no examples in "+t.Folder
			untested++
		}
		fmt.Fprintf(w, "%-4s  %-*s  %-*s  %s\n", state, code, t.Rule.Code, name, t.Rule.Name, what)
		for _, f := range t.Failures {
			fmt.Fprintf(w, "      %s\n", f)
		}
	}
	all := render.Plural(len(trials), "rule")
	switch {
	case failed > 0:
		fmt.Fprintf(w, "FAIL  %d of %s\n", failed, all)
	case untested > 0:
		fmt.Fprintf(w, "ok    %d of %s; %d without examples\n", len(trials)-untested, all, untested)
	default:
		fmt.Fprintf(w, "ok    %s\n", all)
	}
	return failed
}
