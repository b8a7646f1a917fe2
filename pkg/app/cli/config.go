package cli

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/settings"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

const configLong = `Show the settings of lint, and where each value comes from: a flag, .scaleset.yaml
or the default. With PATH, show the settings for that template.

The command also has every flag of lint (scaleset lint --help lists them), and shows
what lint would do with it.

Settings are read from .scaleset.yaml in this folder or in a parent folder, up to
the top of the repository. The keys are the flags of lint without --, and rules,
paths and suppress. Flags override settings.`

const configExample = `  scaleset config
  scaleset config legacy/azuredeploy.json
  scaleset config --fail-on warning --as json`

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
				return usagef("%s takes one template; remove %q", cmd.CommandPath(), args[1])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				o.Path = args[0]
			}
			return runF(o)
		},
	}
	o.flags = cmd.Flags()
	o.lint.bind(cmd)
	leaveOut(o.flags)
	wordVar(o.flags, &o.As, "as", "yaml", "print as `FORMAT`: %s", "yaml", "json")
	o.flags.BoolVar(&o.All, "all", false, "list every rule, not only those that are configured")
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
	if s := o.app.policy.Settings; s != nil {
		c.File = s.Source.Path()
	}
	for _, k := range settings.Keys() {
		shown, err := o.setting(k)
		if err != nil {
			return err
		}
		c.Settings = append(c.Settings, shown)
	}
	c.Rules = append(c.Rules, o.rules()...)
	if o.As == "json" {
		return writeIndented(o.app.Out, c)
	}
	return o.writeYAML(c)
}

func (o *configOptions) setting(k settings.Key) (s shownSetting, err error) {
	key := k.Name
	f := o.flags.Lookup(k.FlagName())
	s = shownSetting{Key: key, Origin: "default"}
	if f.Changed {
		s.Origin = "--" + f.Name
	} else if x, ok := o.app.policy.Setting(key, o.Path); ok {
		s.Origin = settings.Place(x.At)
		err = setFlag(f, o.app.policy.Values(x))
	}
	s.Value = valueOf(f)
	if key == "packs" { // settings add to those of the command line
		s.Value = o.lint.packs()
		if x, ok := o.app.policy.Setting(key, o.Path); ok && f.Changed {
			s.Origin += ", " + settings.Place(x.At)
		}
	}
	return s, err
}

// valueOf returns what a flag holds, a list or a text.
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
// the template says of it: a number, true, false or null. For a string it is unknown.
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

// rules returns those that the flags or the settings mention, or all with --all.
func (o *configOptions) rules() []shownRule {
	own := lint.Options{Enable: o.lint.Enable, Disable: o.lint.Disable}
	states, err := o.app.policy.Rules(own, o.Path)
	if err != nil {
		return nil // plan has reported it
	}
	var all []shownRule
	for _, r := range states {
		shown := shownRule{Code: string(r.Code), Name: r.Name, State: r.Severity.String(), Origin: origin(r.By), Options: []shownValue{}}
		if r.Origin != "" && shown.Origin == "default" {
			shown.Origin = r.Origin
		}
		if r.Off {
			shown.State = "off"
		}
		if r.Chosen {
			shown.Origin = "--enable, --disable"
		}
		for _, x := range r.Options {
			if o.All || !x.By.IsZero() {
				shown.Options = append(shown.Options, shownValue{x.Name, x.Value, origin(x.By)})
			}
		}
		if o.All || shown.Origin != "default" || len(shown.Options) > 0 {
			all = append(all, shown)
		}
	}
	return all
}

// origin returns where the settings give a value; zero is for the default.
func origin(by source.Range) string {
	if by.IsZero() {
		return "default"
	}
	return settings.Place(by)
}

// writeYAML prints what could be a file of settings, with the origins beside.
func (o *configOptions) writeYAML(c shownConfig) error {
	var b strings.Builder
	switch {
	case c.File == "":
		b.WriteString("# no " + settings.Name + " in this folder or above\n")
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

// yamlText returns a value on one line; "" for one that says nothing.
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
