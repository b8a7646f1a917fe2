package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/scaleset/scaleset/pkg/author/scaffold"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/internal/atomicfile"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/report/findings"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/spf13/cobra"
)

const newLong = `Write a template for a scenario, and its parameter file: azuredeploy.json and
azuredeploy.parameters.json. scaleset new --list shows the scenarios.

The ranges of ports and addresses and the number of storage accounts are sized for
--max instances. The template is checked before it is written, as scaleset lint
does: if the options exceed a limit, the finding is printed and nothing is written.

On a terminal you are asked for options that are not given. In a pipe, or with
--yes, the scenario's defaults are used. Existing files are not overwritten unless
you pass --force.`

const newExample = `  scaleset new --list
  scaleset new linux-nat --capacity 20 --max 60 --output web
  scaleset new load-balanced --zones 1,2,3 --vnet hub --subnet web --vnet-group network
  scaleset new windows-nat --guidance preview
  scaleset new load-balanced --output - | scaleset lint -`

type newOptions struct {
	app *App
	scaffold.Options
	Scenario string
	Guidance string
	Output   string
	List     bool
	Force    bool
	Yes      bool
	Readme   bool
	given    func(flag string) bool
}

func newNewCmd(app *App, runF func(context.Context, *newOptions) error) *cobra.Command {
	opts := &newOptions{app: app}
	if runF == nil {
		runF = runNew
	}
	cmd := &cobra.Command{
		Use:     "new [SCENARIO]",
		Short:   "Write a new template for a scenario, with a parameter file",
		Long:    newLong,
		Example: newExample,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("%s takes one scenario; remove %q", cmd.CommandPath(), args[1])
			}
			return nil
		},
		ValidArgs: scenarioNames(),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				opts.Scenario = args[0]
			}
			opts.given = cmd.Flags().Changed
			return runF(cmd.Context(), opts)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&opts.List, "list", false, "list the scenarios")
	f.StringVarP(&opts.Output, "output", "o", ".", "write the files to `FOLDER`, which is created if needed; - prints only the template")
	f.BoolVar(&opts.Force, "force", false, "overwrite existing files")
	f.BoolVarP(&opts.Yes, "yes", "y", false, "do not ask; use the defaults")
	f.BoolVar(&opts.Readme, "readme", false, "also write README.md, with a picture of the resources")
	f.StringVar(&opts.Name, "name", "", "`NAME` of the scale set, and prefix of the names of its resources (default web)")
	f.IntVar(&opts.Capacity, "capacity", 0, "initial capacity: `N` instances")
	f.IntVar(&opts.Maximum, "max", 0, "size ports, addresses and accounts for up to `N` instances")
	f.IntVar(&opts.Sets, "sets", 0, "number `N` of scale sets, for the scenario multi-set")
	f.StringVar(&opts.Size, "size", "", "`SIZE` of the instances, such as Standard_D2s_v5")
	f.StringVar(&opts.Image, "image", "", "`IMAGE`: ubuntu, debian, windows, publisher:offer:sku:version, a resource id, or, in the preview, the URI of a VHD")
	wordVar(f, &opts.OS, "os", "", "operating `SYSTEM` of a custom image: %s", "linux", "windows")
	f.StringSliceVar(&opts.Zones, "zones", nil, "availability `ZONES`, such as 1,2,3")
	f.StringVar(&opts.Network.Name, "vnet", "", "use the existing virtual network `NAME`")
	f.StringVar(&opts.Network.Subnet, "subnet", "", "`NAME` of the subnet of that network")
	f.StringVar(&opts.Network.ResourceGroup, "vnet-group", "", "resource `GROUP` of that network (default: the one of the deployment)")
	f.BoolVar(&opts.Minimal, "minimal", false, "leave out what a scale set works without: tags, identity, health checks, repairs, boot diagnostics")
	f.BoolVar(&opts.Hardened, "hardened", false, "add what a security and resilience review asks for: encryption at host, zones, a web application firewall")
	f.BoolVar(&opts.Flexible, "flexible", false, "use Flexible orchestration")
	wordVar(f, &opts.Identity, "identity", "", "`KIND` of managed identity of the instances: %s (default: system)", "system", "user", "none")
	f.BoolVar(&opts.Bastion, "bastion", false, "add an Azure Bastion to the new network")
	f.BoolVar(&opts.AppGateway, "app-gateway", false, "use an application gateway in place of the load balancer of a web front end")
	wordVar(f, &opts.Guidance, "guidance", "auto", "`ERA` to write for: %s; auto follows --api-version", "auto", "preview", "current")
	f.StringVar(&opts.APIVersion, "api-version", "", "API `VERSION` of Microsoft.Compute, such as 2025-04-01")
	return cmd
}

func scenarioNames() []string {
	var names []string
	for _, s := range scaffold.Scenarios() {
		names = append(names, s.Name)
	}
	return names
}

func runNew(ctx context.Context, o *newOptions) error {
	if o.List {
		return o.list()
	}
	era, err := guidance.ParseEra(o.Guidance)
	if err != nil {
		return usagef("%w", err)
	}
	o.Era = era
	if o.app.canAsk() && !o.Yes {
		if err := o.ask(); err != nil {
			return err
		}
	}
	scenario, err := o.scenario()
	if err != nil {
		return err
	}
	files, err := scenario.Write(o.Options)
	var rejected *scaffold.OptionError
	switch {
	case errors.As(err, &rejected):
		return usagef("--%s: %s", rejected.Option, rejected.Problem) // options are called as their flags
	case err != nil:
		return usagef("%w", err)
	}
	texts := map[string][]byte{templateName: files.Template, parametersName: files.Parameters}
	checked, err := o.check(ctx, scenario, texts)
	if err != nil {
		return err
	}
	if o.Readme {
		texts[readmeName] = scenario.Readme(o.Options, checked.Templates[0].Runs[0].Deployment)
	}
	return o.write(texts)
}

// The names of the files of a scenario, which az and the portal look for.
const (
	templateName   = "azuredeploy.json"
	parametersName = "azuredeploy.parameters.json"
	readmeName     = "README.md"
)

func (o *newOptions) list() error {
	w := tabwriter.NewWriter(o.app.Out, 0, 0, 2, ' ', 0)
	for _, s := range scaffold.Scenarios() {
		fmt.Fprintf(w, "%s\t%s\t%s\n", s.Name, erasOf(s), s.Summary)
	}
	return w.Flush()
}

func erasOf(s scaffold.Scenario) string {
	if s.Eras == guidance.Both {
		return "preview, current"
	}
	return s.Eras.String()
}

func (o *newOptions) scenario() (scaffold.Scenario, error) {
	if o.Scenario == "" {
		return scaffold.Scenario{}, usagef("scaleset new needs a scenario; scaleset new --list shows them")
	}
	s, ok := scaffold.Find(o.Scenario)
	if !ok {
		hint := nearest.Hint(o.Scenario, scenarioNames())
		if hint == "" {
			hint = "; scaleset new --list shows them"
		}
		return s, usagef("unknown scenario %q%s", o.Scenario, hint)
	}
	return s, nil
}

// ask asks for the options that were not given. Every question has a default, which
// the enter key accepts.
func (o *newOptions) ask() error {
	i, err := o.app.interview()
	if err != nil {
		return err
	}
	defer i.end()
	if o.Scenario == "" {
		var choices []choice
		for _, s := range scaffold.Scenarios() {
			choices = append(choices, choice{s.Name, s.Summary})
		}
		if o.Scenario, err = i.choose("Scenario", choices); err != nil {
			return err
		}
	}
	scenario, err := o.scenario()
	if err != nil {
		return err
	}
	usual := scenario.Defaults(o.Options)
	if !o.given("name") {
		if o.Name, err = i.line("Name of the scale set", usual.Name, scenario.CheckName(o.Options)); err != nil {
			return err
		}
	}
	if !o.given("capacity") {
		if o.Capacity, err = i.number("Initial number of instances", usual.Capacity, 1); err != nil {
			return err
		}
	}
	if !o.given("max") {
		if o.Maximum, err = i.number("Largest number of instances", max(o.Capacity, usual.Maximum), o.Capacity); err != nil {
			return err
		}
	}
	if !o.given("size") {
		if o.Size, err = i.line("Size of an instance", usual.Size, func(string) error { return nil }); err != nil {
			return err
		}
	}
	return nil
}

// write writes the files, or prints the template when the folder is "-".
func (o *newOptions) write(texts map[string][]byte) error {
	if o.Output == "-" {
		return o.app.print(texts[templateName])
	}
	dir := o.app.path(o.Output)
	var files []atomicfile.File
	var existing []string
	for _, name := range []string{templateName, parametersName, readmeName} {
		if texts[name] == nil {
			continue
		}
		file := filepath.Join(dir, name)
		if _, err := os.Lstat(file); err == nil && o.app.written == nil {
			existing = append(existing, path.Join(filepath.ToSlash(o.Output), name))
		}
		files = append(files, atomicfile.File{Name: file, Text: texts[name], New: !o.Force})
	}
	if len(existing) > 0 && !o.Force {
		return usagef("already there: %s; pass --force to overwrite, or --output FOLDER to write elsewhere", strings.Join(existing, ", "))
	}
	if err := o.app.makeFolder(dir); err != nil {
		return err
	}
	if err := o.app.save(files...); errors.Is(err, fs.ErrExist) {
		return usagef("%w; pass --force to overwrite it", err)
	} else if err != nil {
		return err
	}
	for _, f := range files {
		fmt.Fprintln(o.app.Out, path.Join(filepath.ToSlash(o.Output), filepath.Base(f.Name)))
	}
	o.app.notice("edit the values in %s before you deploy", parametersName)
	return nil
}

// check checks the template before it is written: as it is, and with the largest
// number of instances.
func (o *newOptions) check(ctx context.Context, s scaffold.Scenario, texts map[string][]byte) (*engine.Result, error) {
	checked, err := o.app.checkTexts(ctx, texts, nil, o.Era)
	if err != nil {
		return nil, err
	}
	if err := o.app.speak(checked, "nothing was written"); err != nil {
		return nil, err
	}
	most := strconv.Itoa(s.Defaults(o.Options).Maximum)
	full, err := o.app.checkTexts(ctx, texts, map[string]string{"instanceCount": most}, o.Era)
	if err != nil || !full.Findings.HasErrors() {
		return checked, err
	}
	return nil, o.app.speak(full, "the template has errors with the "+most+" instances of --max; nothing was written")
}

// checkTexts checks a template that is not written yet, and its parameter file, with
// all rules.
func (app *App) checkTexts(ctx context.Context, texts map[string][]byte, set map[string]string, era guidance.Era) (*engine.Result, error) {
	e, err := engine.New(engine.Config{
		Files: engine.Overlay{Texts: texts}, Set: set, Rules: rules.All(), Lint: lint.Options{Era: era, Today: app.Now()},
	})
	if err != nil {
		return nil, err
	}
	result, err := e.Check(ctx, []string{templateName})
	if err == nil {
		err = errors.Join(result.Failures...)
	}
	return result, err
}

// speak prints the findings about a template before it is written, to standard
// error. It returns errFindings if one of them is an error.
func (app *App) speak(r *engine.Result, rejection string) error {
	found := slices.DeleteFunc(slices.Clone(r.Findings), func(d diag.Diagnostic) bool { return d.Suppressed != nil })
	if len(found) == 0 {
		return nil
	}
	text := findings.Text{Quiet: true, Width: app.Width, Color: app.ErrIsTerminal && app.useColor()}
	if err := text.Report(app.Err, findings.Result{Findings: found, Secrets: r.Secrets}); err != nil {
		return err
	}
	if found.HasErrors() {
		app.complain(errors.New(rejection))
		return errFindings
	}
	return nil
}
