package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/scaleset/scaleset/pkg/check/catalog"
	"github.com/scaleset/scaleset/pkg/check/packs"
)

const rulesLong = `List the rules of lint. --all also lists the codes of the JSON parser, the template
language and the schemas, which cannot be disabled, only suppressed in place.

FILTER is part of a code, a name or a summary; with it, all codes are searched.

--pack lists the rules of a pack, which lint --pack turns on. For a pack that
corresponds to another tool, it lists the checks of that tool: the rules that
correspond to each, or why there is none.`

type rulesOptions struct {
	app    *App
	Filter string
	All    bool
	Format string
	Pack   string
}

func newRulesCmd(app *App, runF func(*rulesOptions) error) *cobra.Command {
	opts := &rulesOptions{app: app}
	if runF == nil {
		runF = runRules
	}
	cmd := &cobra.Command{
		Use:     "rules [FILTER]",
		Short:   "List the rules",
		Long:    rulesLong,
		Example: "  scaleset rules\n  scaleset rules storage\n  scaleset rules --all --format json\n  scaleset rules --pack security\n  scaleset rules --pack arm-ttk --format markdown",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("%s takes one filter; remove %q", cmd.CommandPath(), args[1])
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				opts.Filter = args[0]
			}
			return runF(opts)
		},
	}
	app.takes(cmd, customRules)
	cmd.AddCommand(newRulesTestCmd(app, nil))
	cmd.Flags().BoolVar(&opts.All, "all", false, "list all codes, not only the rules")
	cmd.Flags().StringVar(&opts.Pack, "pack", "", "list the rules of `PACK`: "+strings.Join(packs.Names(), ", "))
	completeFlag(cmd, "pack", func(string) []string { return packs.Names() })
	wordVar(cmd.Flags(), &opts.Format, "format", "text", "output `FORMAT`: %s", "text", "json", "markdown")
	return cmd
}

func runRules(o *rulesOptions) error {
	if o.Pack != "" {
		return o.pack()
	}
	all := o.All || o.Filter != "" // a search for SS3010 must find it
	list := slices.DeleteFunc(catalog.All(o.app.policy.Custom...), func(e catalog.Entry) bool { return !e.Rule && !all || !contains(e, o.Filter) })
	if len(list) == 0 {
		o.app.notice("no code, name or summary contains %q; scaleset rules --all lists all", o.Filter)
	}
	switch o.Format {
	case "json":
		return writeIndented(o.app.Out, rulesDocument{Version: "1", Rules: append([]catalog.Entry{}, list...)})
	case "markdown":
		return writeRulesMarkdown(o.app.Out, list)
	}
	return writeRulesText(o.app.Out, list)
}

type rulesDocument struct {
	Version string          `json:"version"`
	Rules   []catalog.Entry `json:"rules"`
	Checks  []parityCheck   `json:"checks,omitempty"` // of another tool
}

// writeIndented writes JSON for machines that people can read too.
func writeIndented(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

func contains(e catalog.Entry, filter string) bool {
	filter = strings.ToLower(filter)
	return strings.Contains(strings.ToLower(string(e.Code)+" "+e.Name+" "+e.Summary+" "+strings.Join(e.Peers, " ")), filter)
}

func defaultOf(e catalog.Entry) string {
	if e.Default {
		return "on"
	}
	return "off"
}

// severitiesOf returns those that an entry is reported with, each once.
func severitiesOf(e catalog.Entry) string {
	var names []string
	for _, l := range e.Severities {
		if name := l.Severity.String(); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

func writeRulesText(w io.Writer, list []catalog.Entry) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, e := range list {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", e.Code, e.Name, severitiesOf(e), defaultOf(e), e.Summary)
	}
	return t.Flush()
}

func writeRulesMarkdown(w io.Writer, list []catalog.Entry) error {
	var b strings.Builder
	b.WriteString("| code | name | severity | default | what it reports |\n| --- | --- | --- | --- | --- |\n")
	for _, e := range list {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", e.Code, e.Name, severitiesOf(e), defaultOf(e), strings.ReplaceAll(e.Summary, "|", `\|`))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
