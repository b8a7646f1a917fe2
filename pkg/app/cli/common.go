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

// commonOptions holds the flags that every command has.
type commonOptions struct {
	Color  string
	Config string
	Quiet  bool
	Jobs   int
	// NoSettings ignores every settings file; StrictSettings fails a run whose
	// findings a settings file reduces.
	NoSettings, StrictSettings bool
}

func (o *commonOptions) bind(f *pflag.FlagSet) {
	wordVar(f, &o.Color, "color", "auto", "`WHEN` to color the results: %s; auto honors NO_COLOR", "auto", "always", "never")
	f.StringVar(&o.Config, "config", "", "read settings from `FILE`; \"\" reads none (default: .scaleset.yaml in this folder or above)")
	f.BoolVar(&o.NoSettings, "no-settings", false, "do not read settings from .scaleset.yaml")
	f.BoolVar(&o.StrictSettings, "strict-settings", false, "exit with 1 if the settings hide findings: exclude, suppress, baseline, lower severities, fail-on never")
	f.BoolVarP(&o.Quiet, "quiet", "q", false, "print only results, no notices and no summary")
	f.IntVar(&o.Jobs, "jobs", 0, "process `N` files at the same time (default: one per processor)")
}

func (o *commonOptions) check() error {
	if o.Jobs < 0 {
		return usagef("--jobs %d is negative; use 1 or more, or 0 for one job per processor", o.Jobs)
	}
	if o.NoSettings && o.Config != "" {
		return usagef("--no-settings and --config %s cannot be combined; use one of them", o.Config)
	}
	return nil
}

// templateOptions holds the flags of every command that expands a template: its
// parameters and facts about the deployment.
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

	asSent     bool   // expand as Azure does, see engine.Config, and read no file for a template at a uri
	savedSizes string // a file saved from az vm list-skus, for the rules about sizes
}

func (o *templateOptions) bind(app *App, cmd *cobra.Command) {
	app.takes(cmd, templateSettings)
	f := cmd.Flags()
	f.StringArrayVarP(&o.Parameters, "parameters", "p", nil, "parameter `FILE` (default: X.parameters.json next to X.json)")
	f.StringArrayVar(&o.Set, "set", nil, "set one parameter, as `NAME=VALUE`; VALUE is JSON or plain text; repeatable")
	f.StringVar(&o.ResourceGroup, "resource-group", "", "`NAME` of the resource group, for resourceGroup()")
	f.StringVar(&o.Location, "location", "", "`REGION` of the resource group or of the deployment")
	f.StringVar(&o.SubscriptionID, "subscription-id", "", "`ID` of the subscription, for subscription()")
	f.StringVar(&o.TenantID, "tenant-id", "", "`ID` of the tenant, for tenant()")
	f.StringVar(&o.ManagementGroup, "management-group", "", "`NAME` of the management group of the deployment")
	f.StringVar(&o.DeploymentName, "deployment-name", "", "`NAME` of the deployment, for deployment()")
	f.StringVar(&o.LinkRoot, "link-root", "", "read linked templates from `FOLDER` (default: the folder of the template)")
	wordVar(f, &o.Guidance, "guidance", "auto", "`ERA` of the guidance to apply: %s; auto follows the API version", "auto", "preview", "current")
}

// given reports whether a flag was set that only applies to a template.
func (o *templateOptions) given() bool { return len(o.Parameters)+len(o.Set) > 0 }

// assignments returns the values of --set by parameter name.
func (o *templateOptions) assignments() (map[string]string, error) {
	if len(o.Set) == 0 {
		return nil, nil
	}
	values := make(map[string]string, len(o.Set))
	for _, s := range o.Set {
		name, text, ok := strings.Cut(s, "=")
		if !ok || name == "" {
			return nil, usagef("--set needs NAME=VALUE; the value given is not shown because it may be a secret")
		}
		values[name] = text
	}
	return values, nil
}

// engineConfig returns the configuration of the engine for the flags and settings.
func (o *templateOptions) engineConfig(app *App) (engine.Config, error) {
	config, err := o.flagConfig(app)
	if err == nil {
		app.policy.Apply(&config)
		config.LeaveURIs = o.asSent && config.LinkRoot == ""
	}
	return config, err
}

// ownEra returns the era of the command line.
func (o *templateOptions) ownEra() (guidance.Era, error) {
	return guidance.ParseEra(o.Guidance)
}

// era returns the era that a template is judged by, "" for none: that of the command
// line, or of the settings for it.
func (o *templateOptions) era(app *App, template string) (guidance.Era, error) {
	own, err := o.ownEra()
	return app.policy.Era(own, template), err
}

// flagConfig returns what the flags mean.
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
