package cli

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/policy"
	"github.com/scaleset/scaleset/pkg/check/settings"
)

// A settingsUse says what a command takes from the settings.
type settingsUse int

const (
	// noSettings is for a command that evaluates no template.
	noSettings settingsUse = iota
	// templateSettings are what holds for every command that evaluates templates.
	templateSettings
	// lintSettings are all keys, [settings.Key.Lint] too.
	lintSettings
	// customRules are the rules of the project alone: the command evaluates no
	// template.
	customRules
)

// takes notes what a command takes from the settings.
func (app *App) takes(cmd *cobra.Command, use settingsUse) {
	if app.uses == nil {
		app.uses = map[*cobra.Command]settingsUse{}
	}
	app.uses[cmd] = use
}

// configure reads the settings for a command, and gives the values of the keys
// that are for lint alone to the flags that are not on the command line. The
// other values are applied by the policy, see [templateOptions.engineConfig].
func (app *App) configure(cmd *cobra.Command) error {
	flags, use := cmd.Flags(), app.uses[cmd]
	if use == noSettings {
		return nil
	}
	name := app.settingsFile(flags.Changed("config"))
	app.loadPolicy = func() (policy.Policy, error) {
		p := policy.Policy{Dir: app.Dir}
		var err error
		if name != "" {
			p, err = policy.Load(app.Dir, name)
		}
		p.Overridden = flags.Changed
		return p, err
	}
	var err error
	if app.policy, err = app.loadPolicy(); err != nil {
		return &usageError{err}
	}
	if name == "" || use == customRules {
		return nil
	}
	app.readFrom(name)
	for _, included := range app.policy.Settings.Included {
		app.readFrom(included.Path())
	}
	if use != lintSettings {
		return app.strict(app.narrowing(lint.Options{}, false))
	}
	for _, s := range app.policy.Settings.Top.Settings {
		if s.Key.Lint && !flags.Changed(s.Key.Name) {
			if err := setFlag(flags.Lookup(s.Key.Name), app.policy.Values(s)); err != nil {
				return usagef("%s: %w", settings.Place(s.At), err)
			}
		}
	}
	return nil // what narrows the run is printed after its findings
}

// projectRules returns the rules of the project for a completion, for which nothing
// was configured; none if the settings cannot be read.
func (app *App) projectRules() []*lint.Rule {
	if app.policy.Settings == nil {
		if name := settings.Find(app.Dir); name != "" && !app.common.NoSettings {
			if p, err := policy.Load(app.Dir, name); err == nil {
				return p.Custom
			}
		}
	}
	return app.policy.Custom
}

func setFlag(f *pflag.Flag, values []string) error {
	if list, ok := f.Value.(pflag.SliceValue); ok {
		return list.Replace(values)
	}
	return f.Value.Set(values[0])
}

// blame adds to a mistake in the value of a flag where the settings give it, if
// they do and the command line does not.
func (app *App) blame(flag string, err error) error {
	if err == nil || app.policy.Settings == nil || app.policy.Overridden(flag) {
		return err
	}
	for _, s := range app.policy.Settings.Top.Settings {
		if s.Key.Name == flag {
			message := strings.ReplaceAll(err.Error(), "--"+flag, flag)
			return usagef("%s: %s", settings.Place(s.At), message)
		}
	}
	return err
}

// settingsFile returns the absolute path of the file to read; "" for none.
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
			app.notice("%s is not read; rename it to %s", filepath.Base(other), settings.Name)
		}
	}
	return name
}
