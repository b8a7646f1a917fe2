package cli

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/catalog"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/check/settings"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// configure reads the settings, for commands that expand templates, and gives
// their values to the flags that are not on the command line.
func (app *App) configure(cmd *cobra.Command, args []string) error {
	flags := cmd.Flags()
	app.given = flags.Changed
	if flags.Lookup("link-root") == nil {
		return nil
	}
	name := app.settingsFile(flags.Changed("config"))
	if name == "" {
		return nil
	}
	app.readFrom(name)
	s, err := settings.Load(name, app.relative(name), settings.Checks{Rule: knownRule, Option: readOption})
	var mistakes settings.Mistakes
	switch {
	case errors.As(err, &mistakes):
		return &usageError{err}
	case err != nil:
		return usagef("%w", err)
	}
	app.settings = s
	for _, setting := range s.Top.Settings {
		if err := app.setFlag(cmd, args, setting); err != nil {
			return usagef("%s: %w", settings.Place(setting.At), err)
		}
	}
	if lints(cmd) {
		return nil // lint reports its findings first, and config only shows the settings
	}
	return app.strict(app.narrowing(lint.Options{}, false))
}

// blame adds to a mistake in the value of a flag where the settings give it, if
// they do and the command line does not.
func (app *App) blame(flag string, err error) error {
	if err == nil || app.settings == nil || app.given(flag) {
		return err
	}
	for _, s := range app.settings.Top.Settings {
		if s.Key.Name == flag {
			message := strings.ReplaceAll(err.Error(), "--"+flag, flag)
			return usagef("%s: %s", settings.Place(s.At), message)
		}
	}
	return err
}

// settingsFile is the absolute path of the file to read; "" for none.
func (app *App) settingsFile(given bool) string {
	switch {
	case app.common.NoSettings:
		return ""
	case app.common.Config != "":
		return app.path(app.common.Config)
	case given:
		return ""
	}
	name := settings.Find(app.Dir)
	if name == "" {
		other := filepath.Join(app.Dir, strings.TrimSuffix(settings.Name, ".yaml")+".yml")
		if _, err := os.Stat(other); err == nil {
			app.notice("%s is not read; the settings are called %s", filepath.Base(other), settings.Name)
		}
	}
	return name
}

// relative is an absolute path as the user would write it.
func (app *App) relative(name string) string {
	if rel, err := filepath.Rel(app.Dir, name); err == nil {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(name)
}

// setFlag gives the value of a setting to its flag, if the command has it and
// the command line is silent.
func (app *App) setFlag(cmd *cobra.Command, args []string, s settings.Setting) error {
	f := cmd.Flags().Lookup(s.Key.Name)
	switch {
	case f == nil || f.Changed || s.Key.Lint && !lints(cmd):
		return nil
	case cmd.Name() == "simulate" && len(args) == 0 && (s.Key.Name == "parameters" || s.Key.Name == "set"):
		return nil // no template, so nobody to give them to
	}
	if list, ok := f.Value.(pflag.SliceValue); ok {
		return list.Replace(app.values(s))
	}
	return f.Value.Set(app.values(s)[0])
}

// lints reports whether a command takes the settings of lint.
func lints(cmd *cobra.Command) bool { return cmd.Name() == "lint" || cmd.Name() == "config" }

// values are those of a setting as a flag would have them: files relative to
// the working folder.
func (app *App) values(s settings.Setting) []string {
	values := slices.Clone(s.Values)
	for i, v := range values {
		if s.Key.Kind == settings.File || s.Key.Kind == settings.Files {
			values[i] = app.fromSettings(v)
		}
	}
	return values
}

func (app *App) fromSettings(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return app.relative(filepath.Join(app.settings.Dir, filepath.FromSlash(name)))
}

// settle adds to a configuration what the settings say of rules, paths and
// suppressions. args are the arguments of the command.
func (app *App) settle(c *engine.Config, args []string) {
	s := app.settings
	if s == nil {
		return
	}
	flags := c.Lint
	c.Lint, c.Other = judge(flags, app.given, s.Top)
	c.For = app.locals(flags)
	for _, suppression := range s.Suppressions {
		c.Suppressions = append(c.Suppressions, lint.Suppression{
			At: suppression.At, Codes: codesOf(suppression.Rules), Reason: suppression.Reason, Until: suppression.Until,
			Match: func(path string) bool {
				return len(suppression.Paths) == 0 || s.Matches(suppression.Paths, app.path(path))
			},
			Partial: !app.covers(args),
		})
	}
}

// covers reports whether a run sees all that is below the settings.
func (app *App) covers(args []string) bool {
	if len(args) == 0 {
		args = []string{"."}
	}
	return slices.ContainsFunc(args, func(arg string) bool {
		rel, err := filepath.Rel(app.path(arg), app.settings.Dir)
		return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
	})
}

// locals gives what holds for a template, by the blocks that match it.
func (app *App) locals(flags lint.Options) func(path string) engine.Local {
	if len(app.settings.Blocks) == 0 {
		return nil
	}
	var mu sync.Mutex
	known := map[string]engine.Local{} // by path
	return func(path string) engine.Local {
		mu.Lock()
		defer mu.Unlock()
		l, ok := known[path]
		if !ok {
			l = app.localOf(flags, path)
			known[path] = l
		}
		return l
	}
}

func (app *App) localOf(flags lint.Options, path string) engine.Local {
	key, blocks := app.blocksFor(path)
	if key == "" {
		return engine.Local{}
	}
	l := engine.Local{Key: key}
	l.Lint, l.Other = judge(flags, app.given, append([]settings.Block{app.settings.Top}, blocks...)...)
	for _, b := range blocks {
		for _, s := range b.Settings {
			if s.Key.Name == "parameters" && !app.given("parameters") {
				l.Parameters = app.values(s)
			}
		}
	}
	return l
}

// blocksFor are the blocks that match a template, and a name for them together.
func (app *App) blocksFor(path string) (key string, blocks []settings.Block) {
	for i, b := range app.settings.Blocks {
		if app.settings.Matches(b.Match, app.path(path)) {
			key += fmt.Sprintf("%d ", i)
			blocks = append(blocks, b)
		}
	}
	return key, blocks
}

// judge is what flags and blocks say together: the flags count most, then
// later blocks; in one block a name counts more than a pattern.
func judge(flags lint.Options, given func(string) bool, blocks ...settings.Block) (lint.Options, map[diag.Code]engine.Verdict) {
	o := flags
	o.Enable, o.Disable = slices.Clone(flags.Enable), slices.Clone(flags.Disable)
	o.Severity = maps.Clone(flags.Severity)
	for _, r := range rules.All() {
		if state, _ := stateOf(r, blocks); state != "" && !chosen(flags, r) {
			apply(&o, r, state)
		}
		for _, option := range r.Options {
			if value, _, ok := optionIn(r, option.Name, blocks); ok {
				if o.Values == nil {
					o.Values = map[diag.Code]map[string]any{}
				}
				if o.Values[r.Code] == nil {
					o.Values[r.Code] = map[string]any{}
				}
				o.Values[r.Code][option.Name] = value
			}
		}
	}
	for _, b := range blocks {
		for _, s := range b.Settings {
			if s.Key.Name == "guidance" && !given("guidance") {
				o.Era, _ = guidance.ParseEra(s.Values[0]) // checked when it was read
			}
		}
	}
	return o, verdicts(blocks)
}

// chosen reports whether flags say whether the rule runs.
func chosen(flags lint.Options, r *lint.Rule) bool {
	return slices.ContainsFunc(slices.Concat(flags.Enable, flags.Disable), func(s string) bool {
		selected, _ := lint.Selects(s, r)
		return selected
	})
}

func apply(o *lint.Options, r *lint.Rule, state string) {
	if state == "off" {
		o.Disable = append(o.Disable, string(r.Code))
		return
	}
	o.Enable = append(o.Enable, string(r.Code))
	if severity, err := diag.ParseSeverity(state); err == nil {
		if o.Severity == nil {
			o.Severity = map[string]diag.Severity{}
		}
		o.Severity[string(r.Code)] = severity
	}
}

// stateOf is what the blocks say of a rule, and where; "" when nothing.
func stateOf(r *lint.Rule, blocks []settings.Block) (state string, by settings.Rule) {
	for _, b := range blocks {
		for _, wantName := range []bool{false, true} {
			for _, x := range b.Rules {
				if selected, named := lint.Selects(x.Selector, r); selected && named == wantName && x.State != "" {
					state, by = x.State, x
				}
			}
		}
	}
	return state, by
}

// optionIn is the value that the blocks give an option of a rule, the last of
// them, and where.
func optionIn(r *lint.Rule, name string, blocks []settings.Block) (value any, by settings.Option, ok bool) {
	for _, b := range blocks {
		for _, x := range b.Rules {
			if _, named := lint.Selects(x.Selector, r); !named {
				continue
			}
			for _, o := range x.Options {
				if o.Name == name {
					value, by, ok = o.Value, o, true
				}
			}
		}
	}
	return value, by, ok
}

// readOption reads the value of an option; see [settings.Checks].
func readOption(selector, name string, value any) (any, error) {
	for _, r := range rules.All() {
		if _, named := lint.Selects(selector, r); named {
			option, err := r.Option(name)
			if err != nil {
				return nil, &settings.OptionNameError{Err: err}
			}
			return option.Read(value)
		}
	}
	return nil, &settings.OptionNameError{Err: fmt.Errorf("options are those of one rule; %q names none", selector)}
}

// verdicts is what the blocks say of codes that are not rules. "all" means the
// rules; a pattern switches nothing off that is an error.
func verdicts(blocks []settings.Block) map[diag.Code]engine.Verdict {
	var all map[diag.Code]engine.Verdict
	for _, k := range engine.Kinds() {
		if v, _, ok := verdictOf(k, blocks); ok {
			if all == nil {
				all = map[diag.Code]engine.Verdict{}
			}
			all[k.Code] = v
		}
	}
	return all
}

// verdictOf is what the blocks say of a kind of finding, and where.
func verdictOf(k diag.Kind, blocks []settings.Block) (v engine.Verdict, by settings.Rule, ok bool) {
	for _, b := range blocks {
		for _, wantName := range []bool{false, true} {
			for _, x := range b.Rules {
				named, matched := means(x.Selector, k)
				if !matched || named != wantName || x.State == "" || x.State == "off" && k.Severity == diag.Error && !named {
					continue
				}
				v, by, ok = engine.Verdict{Off: x.State == "off", Severity: k.Severity}, x, true
				if severity, err := diag.ParseSeverity(x.State); err == nil {
					v.Severity = severity
				}
			}
		}
	}
	return v, by, ok
}

// means reports whether a selector names or matches a kind of finding.
func means(selector string, k diag.Kind) (named, matched bool) {
	if strings.EqualFold(selector, string(k.Code)) || strings.EqualFold(selector, k.Name) {
		return true, true
	}
	prefix, ok := strings.CutSuffix(selector, "*")
	return false, ok && len(prefix) >= 2 && strings.HasPrefix(string(k.Code), strings.ToUpper(prefix))
}

// knownRule says what is wrong with a rule that settings name, or with its
// state; "" when nothing is.
func knownRule(selector, state string) string {
	for _, r := range rules.All() {
		if selected, _ := lint.Selects(selector, r); selected {
			return ""
		}
	}
	known := false
	for _, k := range engine.Kinds() {
		named, matched := means(selector, k)
		if named && state == "off" && k.Severity == diag.Error {
			return fmt.Sprintf("%s %s is an error that no deployment survives; it cannot be off", k.Code, k.Name)
		}
		known = known || matched
	}
	if known {
		return ""
	}
	hint := nearest.Hint(selector, catalog.Names(catalog.All()))
	if hint == "" {
		hint = "; scaleset rules --all lists them"
	}
	return fmt.Sprintf("no rule is called %q%s", selector, hint)
}

// codesOf are the codes that selectors mean.
func codesOf(selectors []string) []string {
	var codes []string
	for _, s := range selectors {
		for _, r := range rules.All() {
			if selected, _ := lint.Selects(s, r); selected {
				codes = append(codes, string(r.Code))
			}
		}
		for _, k := range engine.Kinds() {
			if _, matched := means(s, k); matched {
				codes = append(codes, string(k.Code))
			}
		}
	}
	return codes
}
