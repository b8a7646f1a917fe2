package cli

import (
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/rules"
)

// commonOptions are the flags that every command has.
type commonOptions struct {
	Color  string
	Config string
	Quiet  bool
	Jobs   int
	// NoSettings ignores every file of settings; StrictSettings fails a run that
	// one narrows.
	NoSettings, StrictSettings bool
}

func (o *commonOptions) bind(f *pflag.FlagSet) {
	f.StringVar(&o.Color, "color", "auto", "colour the results: auto, always or never; NO_COLOR is honoured")
	f.StringVar(&o.Config, "config", "", "read the settings from this `FILE`, or from none when empty (default: .scaleset.yaml here or above)")
	f.BoolVar(&o.NoSettings, "no-settings", false, "ignore all settings: read no .scaleset.yaml")
	f.BoolVar(&o.StrictSettings, "strict-settings", false, "exit with 1 when the settings narrow the run: exclude, suppress, baseline, weaker rules, fail-on never")
	f.BoolVarP(&o.Quiet, "quiet", "q", false, "print results only, no notices and no summary")
	f.IntVar(&o.Jobs, "jobs", 0, "work on this many files at once (default: one for each processor)")
}

func (o *commonOptions) check() error {
	if o.Jobs < 0 {
		return usagef("--jobs %d is negative; give 1 or more, or 0 for one job for each processor", o.Jobs)
	}
	if o.NoSettings && o.Config != "" {
		return usagef("--no-settings and --config %s contradict each other; give one of them", o.Config)
	}
	return oneOf("color", o.Color, "auto", "always", "never")
}

// templateOptions are the flags of every command that expands a template: its
// parameters and the deployment it is thought to be part of.
type templateOptions struct {
	Parameters      []string
	Set             []string
	ResourceGroup   string
	Location        string
	SubscriptionID  string
	TenantID        string
	ManagementGroup string
	DeploymentName  string
	Guidance        string
	LinkRoot        string

	asSent     bool   // expand as Azure does, see engine.Config, and take no file for what lies at a uri
	savedSizes string // a file saved from az vm list-skus, for the rules about sizes
}

func (o *templateOptions) bind(app *App, cmd *cobra.Command) {
	app.takes(cmd, templateSettings)
	f := cmd.Flags()
	f.StringArrayVarP(&o.Parameters, "parameters", "p", nil, "parameter `FILE`, repeatable, each a run of its own (default: X.parameters.json beside X.json)")
	f.StringArrayVar(&o.Set, "set", nil, "give one parameter a value, as `NAME=VALUE`; the value is JSON or else text; repeatable")
	f.StringVar(&o.ResourceGroup, "resource-group", "", "`NAME` of the resource group that resourceGroup() answers with")
	f.StringVar(&o.Location, "location", "", "`REGION` of the resource group or of the deployment")
	f.StringVar(&o.SubscriptionID, "subscription-id", "", "`ID` that subscription() answers with")
	f.StringVar(&o.TenantID, "tenant-id", "", "`ID` that tenant() answers with")
	f.StringVar(&o.ManagementGroup, "management-group", "", "`NAME` of the management group of the deployment")
	f.StringVar(&o.DeploymentName, "deployment-name", "", "`NAME` that deployment() answers with")
	f.StringVar(&o.LinkRoot, "link-root", "", "read linked templates below this `FOLDER` (default: the folder of the template)")
	f.StringVar(&o.Guidance, "guidance", "auto", "judge by the guidance of one era: auto, preview or current")
}

// given reports whether something was said that only a template can use.
func (o *templateOptions) given() bool { return len(o.Parameters)+len(o.Set) > 0 }

// assignments are the values of --set by name.
func (o *templateOptions) assignments() (map[string]string, error) {
	if len(o.Set) == 0 {
		return nil, nil
	}
	values := make(map[string]string, len(o.Set))
	for _, s := range o.Set {
		name, text, ok := strings.Cut(s, "=")
		if !ok || name == "" {
			return nil, usagef("a value of --set is not of the form NAME=VALUE, and is not shown, since it may be a secret")
		}
		values[name] = text
	}
	return values, nil
}

// engineConfig is what the flags and the settings mean for the engine.
func (o *templateOptions) engineConfig(app *App) (engine.Config, error) {
	config, err := o.flagConfig(app)
	if err == nil {
		app.policy.Apply(&config)
		config.LeaveURIs = o.asSent && config.LinkRoot == ""
	}
	return config, err
}

// ownEra is the era of the command line.
func (o *templateOptions) ownEra() (guidance.Era, error) {
	if err := oneOf("guidance", o.Guidance, "auto", "preview", "current"); err != nil {
		return guidance.Auto, err
	}
	return guidance.ParseEra(o.Guidance)
}

// era is the era that a template is judged by, "" for none: that of the command
// line, or of the settings for it.
func (o *templateOptions) era(app *App, template string) (guidance.Era, error) {
	own, err := o.ownEra()
	return app.policy.Era(own, template), err
}

// flagConfig is what the flags mean.
func (o *templateOptions) flagConfig(app *App) (engine.Config, error) {
	set, err := o.assignments()
	if err != nil {
		return engine.Config{}, err
	}
	era, err := o.ownEra()
	if err != nil {
		return engine.Config{}, err
	}
	sizes, err := app.readSizes(o.savedSizes)
	return engine.Config{
		Files: app.files(), Stdin: app.In, Jobs: app.common.Jobs,
		Context: funcs.Context{
			TenantID: o.TenantID, SubscriptionID: o.SubscriptionID, ManagementGroup: o.ManagementGroup,
			ResourceGroup: o.ResourceGroup, Location: o.Location, DeploymentName: o.DeploymentName,
		},
		Parameters: o.Parameters, Set: set, LinkRoot: filepath.ToSlash(o.LinkRoot), AsSent: o.asSent,
		Rules: rules.All(), Lint: lint.Options{Era: era, Today: app.Now(), Sizes: sizes},
	}, err
}
