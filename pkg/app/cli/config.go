package cli

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/check/settings"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

const configLong = `Show the settings that lint works with, and where each value comes from: a flag,
.scaleset.yaml or the default. With PATH, those for that template.

The settings are found in .scaleset.yaml in this folder or in one above, up to
the top of the repository. Their keys are the flags of lint without --, and
rules, paths and suppress; what is on the command line counts more.`

const configExample = `  scaleset config
  scaleset config legacy/azuredeploy.json
  scaleset config --fail-on warning --format json`

type configOptions struct {
	app   *App
	flags *pflag.FlagSet
	lint  *lintOptions
	Path  string
	As    string
	All   bool
}

func newConfigCmd(app *App, runF func(*configOptions) error) *cobra.Command {
	o := &configOptions{app: app, lint: &lintOptions{app: app}}
	if runF == nil {
		runF = runConfig
	}
	cmd := &cobra.Command{
		Use:     "config [PATH]",
		Short:   "Show the settings and where they come from",
		Long:    configLong,
		Example: configExample,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("%s takes one template, but %q was given too", cmd.CommandPath(), args[1])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				o.Path = args[0]
			}
			if err := oneOf("as", o.As, "yaml", "json"); err != nil {
				return err
			}
			return runF(o)
		},
	}
	o.flags = cmd.Flags()
	o.lint.bind(o.flags)
	o.flags.StringVar(&o.As, "as", "yaml", "print as yaml or json")
	o.flags.BoolVar(&o.All, "all", false, "list every rule, not only those that the settings speak of")
	return cmd
}

// A shownSetting is one line of what config prints.
type shownSetting struct {
	Key    string `json:"key"`
	Value  any    `json:"value"`
	Origin string `json:"origin"` // "default", "--flag" or "file:line:column"
}

type shownRule struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	State  string `json:"state"` // off, info, warning or error
	Origin string `json:"origin"`
	// Options are those that the settings give; with --all every one.
	Options []shownValue `json:"options"`
}

// A shownValue is the value of an option of a rule.
type shownValue struct {
	Name   string `json:"name"`
	Value  any    `json:"value"` // a number, a list of numbers or of texts
	Origin string `json:"origin"`
}

type shownConfig struct {
	Version  string         `json:"version"`
	File     string         `json:"file"` // "" when there is none
	Path     string         `json:"path,omitempty"`
	Settings []shownSetting `json:"settings"`
	Rules    []shownRule    `json:"rules"`
}

func runConfig(o *configOptions) error {
	if _, err := o.lint.plan(); err != nil { // the mistakes that lint would name
		return err
	}
	c := shownConfig{Version: "1", Path: o.Path, Rules: []shownRule{}}
	var blocks []settings.Block
	if s := o.app.settings; s != nil {
		c.File = s.Source.Path()
		blocks = append(blocks, s.Top)
		if o.Path != "" {
			_, local := o.app.blocksFor(o.Path)
			blocks = append(blocks, local...)
		}
	}
	for _, k := range settings.Keys() {
		c.Settings = append(c.Settings, o.setting(k, blocks))
	}
	c.Rules = append(c.Rules, o.rules(blocks)...)
	if o.As == "json" {
		return writeIndented(o.app.Out, c)
	}
	return o.writeYAML(c)
}

func (o *configOptions) setting(k settings.Key, blocks []settings.Block) shownSetting {
	f := o.flags.Lookup(k.Name)
	s := shownSetting{Key: k.Name, Origin: "default", Value: valueOf(f)}
	if f.Changed {
		s.Origin = "--" + k.Name
		return s
	}
	for i, b := range blocks {
		for _, x := range b.Settings {
			if x.Key.Name != k.Name {
				continue
			}
			s.Origin = settings.Place(x.At)
			if i > 0 { // not among the flags, since it holds for some paths alone
				s.Value = o.app.values(x)
				if k.Kind == settings.Word {
					s.Value = x.Values[0]
				}
			}
		}
	}
	return s
}

// valueOf is what a flag holds, a list or a text.
func valueOf(f *pflag.Flag) any {
	if list, ok := f.Value.(pflag.SliceValue); ok {
		values := append([]string{}, list.GetSlice()...)
		for i, v := range values {
			if name, text, _ := strings.Cut(v, "="); f.Name == "set" && !tellsNothing(name, text) {
				values[i] = name + "=" + secret.Mask
			}
		}
		return values
	}
	if f.Value.Type() == "int" {
		return yamlNumber(f.Value.String())
	}
	return f.Value.String()
}

// tellsNothing reports the value of a parameter that cannot be a secret, whatever
// the template says of it: a number, true, false or null. Of a text nobody knows.
func tellsNothing(name, text string) bool {
	var v any
	if arm.MayNameSecret(name) || json.Unmarshal([]byte(text), &v) != nil {
		return false
	}
	switch v.(type) {
	case float64, bool, nil:
		return true
	}
	return false
}

// yamlNumber prints as the number that it is.
type yamlNumber string

func (n yamlNumber) MarshalJSON() ([]byte, error) { return []byte(n), nil }

func (o *configOptions) rules(blocks []settings.Block) []shownRule {
	flags := lint.Options{Enable: o.lint.Enable, Disable: o.lint.Disable}
	era, _ := guidance.ParseEra(o.lint.Guidance) // plan has checked it
	flags.Era = era
	effective := flags
	if len(blocks) > 0 {
		effective, _ = judge(flags, o.app.given, blocks...)
	}
	runner, err := lint.NewRunner(rules.All(), effective)
	if err != nil {
		return nil // plan has told
	}
	var all []shownRule
	for _, r := range rules.All() {
		shown := shownRule{Code: string(r.Code), Name: r.Name, State: "off", Origin: "default", Options: o.options(r, blocks)}
		if slices.Contains(runner.Rules(), r) {
			shown.State = effective.SeverityOf(r).String()
		}
		if state, by := stateOf(r, blocks); state != "" {
			shown.Origin = settings.Place(by.At)
		}
		if chosen(flags, r) {
			shown.Origin = "--enable, --disable"
		}
		if o.All || shown.Origin != "default" || len(shown.Options) > 0 {
			all = append(all, shown)
		}
	}
	for _, k := range engine.Kinds() {
		v, by, ok := verdictOf(k, blocks)
		if !ok {
			continue
		}
		shown := shownRule{Code: string(k.Code), Name: k.Name, State: v.Severity.String(), Origin: settings.Place(by.At), Options: []shownValue{}}
		if v.Off {
			shown.State = "off"
		}
		all = append(all, shown)
	}
	slices.SortStableFunc(all, func(a, b shownRule) int { return strings.Compare(a.Code, b.Code) })
	return all
}

// options are the values of the options of a rule.
func (o *configOptions) options(r *lint.Rule, blocks []settings.Block) []shownValue {
	all := []shownValue{}
	for _, option := range r.Options {
		if value, by, ok := optionIn(r, option.Name, blocks); ok {
			all = append(all, shownValue{option.Name, value, settings.Place(by.At)})
		} else if o.All {
			all = append(all, shownValue{option.Name, option.Default, "default"})
		}
	}
	return all
}

// writeYAML prints what could be a file of settings, with the origins beside.
func (o *configOptions) writeYAML(c shownConfig) error {
	var b strings.Builder
	switch {
	case c.File == "":
		b.WriteString("# there is no " + settings.Name + " here or above\n")
	case c.Path != "":
		fmt.Fprintf(&b, "# %s, for %s\n", render.Neutral(c.File), render.Neutral(c.Path))
	default:
		fmt.Fprintf(&b, "# %s\n", render.Neutral(c.File))
	}
	for _, s := range c.Settings {
		if text := yamlText(s.Value); text != "" {
			fmt.Fprintf(&b, "%-30s # %s\n", s.Key+": "+text, render.Neutral(s.Origin))
		}
	}
	if len(c.Rules) > 0 {
		b.WriteString("rules:\n")
	}
	for _, r := range c.Rules {
		if len(r.Options) == 0 {
			fmt.Fprintf(&b, "  %-28s # %s, %s\n", r.Code+": "+r.State, r.Name, render.Neutral(r.Origin))
			continue
		}
		fmt.Fprintf(&b, "  %-28s # %s\n    %-26s # %s\n    options:\n", r.Code+":", r.Name, "severity: "+r.State, render.Neutral(r.Origin))
		for _, v := range r.Options {
			fmt.Fprintf(&b, "      %-24s # %s\n", v.Name+": "+lint.OptionText(v.Value), render.Neutral(v.Origin))
		}
	}
	_, err := o.app.Out.Write([]byte(b.String()))
	return err
}

// yamlText is a value on one line; "" for one that says nothing.
func yamlText(v any) string {
	switch v := v.(type) {
	case string:
		if v == "" {
			return ""
		}
		return yamlScalar(v)
	case []string:
		if len(v) == 0 {
			return ""
		}
		items := make([]string, len(v))
		for i, x := range v {
			items[i] = yamlScalar(x)
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	return fmt.Sprint(v)
}

func yamlScalar(s string) string {
	text, err := yaml.Marshal(s)
	if err != nil || strings.ContainsAny(s, ",[]{}\n") {
		return fmt.Sprintf("%q", s)
	}
	return strings.TrimSpace(string(text))
}
