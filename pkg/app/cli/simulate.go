package cli

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/report/plans"
)

const simulateLong = `Preview a series of capacity changes of a scale set: which instances are added and
removed, in which zone, fault domain and update domain, how the remaining
instances are spread, and which limits the new capacity exceeds.

The scale set is described by a template, by a saved list of its instances, or by
flags alone. A template with a list, or with --current N, previews the deployment
of the template to a scale set that exists.

--needs prints a table of what each capacity needs (cores, addresses, ports,
disks) and how much is available, as far as the template and the saved quota say.
--prices FILE adds the cost of each capacity, from a saved response of the Azure
Retail Prices API; docs/simulate.md shows how to save one.

Azure does not publish how it places instances or which ones it removes. There are
two models, preview (November 2015) and current. The output names the model and
its assumptions; docs/models.md says what is documented and what was recorded.

Exit codes: 0 clean, 1 a step has an error (a limit is exceeded, or protected
instances prevent it), 2 an error in the command line or the list, 3 an internal
error or a failure to read or write.`

const simulateExample = `  scaleset simulate azuredeploy.json --to 15,18
  scaleset simulate --from 20 --to 15,+3,-10%
  scaleset simulate azuredeploy.json --needs --to 10,50,250 --usage usage.json
  scaleset simulate azuredeploy.json --to 10,50 --prices prices.json
  az vmss list-instances -g GROUP -n NAME --expand instanceView -o json > list.json
  scaleset simulate --instances list.json --to 4 --explain 17`

type simulateOptions struct {
	savedFiles
	assumptions
	template templateOptions

	Template string
	From     string
	To       []string
	Current  string
	All      bool // preview all sets of the template
	Explain  []string
	Needs    bool
	Lose     []string

	Format  string
	Output  string
	MaxRows int
}

// assumptions holds the facts about a scale set and its instances that the user
// gives instead of those in the template or the saved files.
type assumptions struct {
	Model         string
	Policy        string
	FaultDomains  int
	UpdateDomains int
	Zones         []string
	ZonesDown     []string
	ZoneBalance   string
	Orchestration string
	Overprovision bool
	// overprovisionSet reports whether the flag was set.
	overprovisionSet bool
	Unhealthy        []string
	Deallocated      []string
	UnhealthyNow     bool
	Mix              string
	NextID           int
	Protect          []string
}

func newSimulateCmd(app *App, runF func(*simulateOptions) error) *cobra.Command {
	o := &simulateOptions{savedFiles: savedFiles{app: app}}
	if runF == nil {
		runF = runSimulate
	}
	cmd := &cobra.Command{
		Use:     "simulate [TEMPLATE]",
		Short:   "Preview which instances are added and removed as capacity changes",
		Long:    simulateLong,
		Example: simulateExample,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("%s takes one template; remove %q", cmd.CommandPath(), args[1])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				o.Template = args[0]
			}
			o.overprovisionSet = cmd.Flags().Changed("overprovision")
			return runF(o)
		},
	}
	o.bind(cmd)
	return cmd
}

func (o *simulateOptions) bind(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&o.From, "from", "", "start with `N` instances instead of the capacity of the template")
	f.StringSliceVar(&o.To, "to", nil, "capacity changes, one after the other, as `N[,N...]`: a number (15), a difference (+5, -3) or a percentage (+10%, -50%)")
	f.StringVar(&o.Current, "current", "", "the scale set has `N` instances now; deploying the template is the first change")
	f.StringVar(&o.Instances, "instances", "", "start with the instances in `FILE`, saved from az vmss list-instances --expand instanceView")
	f.StringVar(&o.Set, "vmss", "", "read the scale-in policy, zones and capacity from `FILE`, saved from az vmss show")
	f.StringVar(&o.Usage, "usage", "", "compare with the quota in `FILE`, saved from az vm list-usage")
	f.StringVar(&o.SKUs, "skus", "", "read the cores of the size from `FILE`, saved from az vm list-skus")
	f.StringVar(&o.Prices, "prices", "", "show what each capacity costs; `FILE` is a saved response of the Azure Retail Prices API")
	f.StringVar(&o.SetName, "set-name", "", "preview the scale set `NAME`; without a template, the name to show")
	f.BoolVar(&o.All, "all", false, "preview all scale sets of the template, each with the same changes")
	wordVar(f, &o.Model, "model", "auto", "`MODEL` to use: %s; auto follows the API version", "auto", "preview", "current")
	azureWordVar(f, &o.Policy, "policy", "scale-in `POLICY`: %s", "Default", "NewestVM", "OldestVM")
	f.IntVar(&o.FaultDomains, "fault-domains", 0, "number `N` of fault domains, 1 to 5 (default: that of the template or the model)")
	f.IntVar(&o.UpdateDomains, "update-domains", 0, "number `N` of update domains (default: that of the model)")
	f.StringSliceVar(&o.Zones, "zones", nil, "availability `ZONES`, such as 1,2,3")
	f.StringSliceVar(&o.ZonesDown, "zones-down", nil, "`ZONES` in which no instance can be created at the moment")
	azureWordVar(f, &o.ZoneBalance, "zone-balance", "zone `BALANCE`: %s", "best-effort", "strict")
	azureWordVar(f, &o.Orchestration, "orchestration", "orchestration `MODE`: %s", "Uniform", "Flexible")
	f.BoolVar(&o.Overprovision, "overprovision", false, "overprovisioning is on, or with =false off (default: as in the template, or off)")
	f.StringSliceVar(&o.Protect, "protect", nil, "the instances `ID,...` are protected from scale-in")
	f.StringSliceVar(&o.Unhealthy, "unhealthy", nil, "the instances `ID,...` are unhealthy")
	f.StringSliceVar(&o.Deallocated, "deallocated", nil, "the instances `ID,...` are deallocated")
	f.BoolVar(&o.UnhealthyNow, "prioritize-unhealthy", false, "remove unhealthy and deallocated instances first (prioritizeUnhealthyVMs)")
	f.StringVar(&o.Mix, "priority-mix", "", "Spot priority mix of a Flexible scale set, as `BASE/PERCENT`: BASE regular instances, then PERCENT of the rest")
	f.IntVar(&o.NextID, "next-id", 0, "the next new instance gets id `N` (default: the highest id plus 1)")
	f.StringSliceVar(&o.Explain, "explain", nil, "explain why the instances `ID,...` are removed or remain")
	f.BoolVar(&o.Needs, "needs", false, "show what each capacity needs: cores, addresses, ports, disks and so on")
	f.StringArrayVar(&o.Lose, "lose", nil, "show how many instances are left after `LOSS`: zone=2, fd=1, ud=3, spot or host; repeatable")
	wordVar(f, &o.Format, "format", "text", "output `FORMAT`: %s", "text", "json", "csv", "markdown", "svg", "html")
	f.StringVarP(&o.Output, "output", "o", "", "write the result to `FILE`")
	o.app.bindForce(f)
	f.IntVar(&o.MaxRows, "max-rows", 0, "limit lines of names in text to `N` (default 4), and rows of tables in markdown and html (default 200)")
	o.template.bind(o.app, cmd)
}

// reporter returns the writer of the format.
func (o *simulateOptions) reporter() plans.Reporter {
	switch o.Format {
	case "json":
		return plans.JSON{}
	case "csv":
		return plans.CSV{}
	case "markdown":
		return plans.Markdown{MaxRows: o.MaxRows}
	case "svg":
		return plans.SVG{}
	case "html":
		return plans.HTML{MaxRows: o.MaxRows}
	}
	return plans.Text{Color: o.Output == "" && o.app.useColor(), Width: o.app.Width, MaxRows: o.MaxRows, Quiet: o.app.common.Quiet}
}

func runSimulate(o *simulateOptions) error {
	reporter := o.reporter()
	if o.MaxRows < 0 {
		return usagef("--max-rows %d is negative; use 1 or more", o.MaxRows)
	}
	switch {
	case o.Needs && o.Format == "svg":
		return usagef("--needs is a table and cannot be drawn as svg; use --format html")
	case o.All && o.SetName != "":
		return usagef("--all and --set-name cannot be combined; use one of them")
	case o.All && o.Template == "":
		return usagef("--all needs a template; add the template to the command")
	case o.Template == "" && o.template.given():
		return usagef("--parameters and --set need a template; add the template to the command")
	}
	preview, err := o.plan()
	if err != nil {
		return mistaken(err, flagsOfSimulate)
	}
	err = o.app.writeMasked(output{o.Format, o.Output}, preview.Secrets, func(w io.Writer) error { return reporter.Report(w, preview) })
	if err != nil {
		return err
	}
	failed := preview.Findings.HasErrors()
	for _, p := range preview.Plans {
		failed = failed || p.HasErrors()
	}
	if failed {
		return errFindings
	}
	return nil
}

// plan returns the preview of each scale set.
func (o *simulateOptions) plan() (plans.Preview, error) {
	preview := plans.Preview{Needs: o.Needs}
	if err := o.checkInput(); err != nil {
		return preview, err
	}
	options, err := o.options()
	if err != nil {
		return preview, err
	}
	changes, err := o.changes()
	if err != nil {
		return preview, err
	}
	sources, err := o.sources(&preview)
	if err != nil {
		return preview, err
	}
	list, err := o.prices()
	if err != nil {
		return preview, err
	}
	for _, s := range sources {
		if err := o.addQuota(s); err != nil {
			return preview, err
		}
		if err := o.nameInstances(s, &options); err != nil {
			return preview, err
		}
		plan, err := whatif.New(s, changes, options)
		if err != nil {
			return preview, err
		}
		preview.Plans = append(preview.Plans, plan)
		if list != nil {
			preview.Costs = append(preview.Costs, plan.Cost(list, o.template.Location))
		}
	}
	return preview, nil
}

// checkInput returns an error if more than one file is the standard input.
func (o *simulateOptions) checkInput() error {
	var from []string
	for _, f := range []struct{ name, value string }{{"TEMPLATE", o.Template}, {"--instances", o.Instances}, {"--vmss", o.Set}, {"--usage", o.Usage}, {"--skus", o.SKUs}, {"--prices", o.Prices}} {
		if f.value == "-" {
			from = append(from, f.name)
		}
	}
	if len(from) > 1 {
		return usagef("%s cannot both be the standard input; save one of them to a file", strings.Join(from, " and "))
	}
	return nil
}

// nameInstances parses the flags that list instances, by the names of this scale set.
func (o *simulateOptions) nameInstances(s *instances.State, w *whatif.Options) error {
	for _, f := range []struct {
		flag  string
		given []string
		into  *[]int
	}{{"protect", o.Protect, &w.Protect}, {"unhealthy", o.Unhealthy, &w.Unhealthy}, {"deallocated", o.Deallocated, &w.Deallocated}, {"explain", o.Explain, &w.Explain}} {
		*f.into = nil
		for _, text := range f.given {
			id, err := s.ParseID(text)
			if err != nil {
				return usagef("--%s: %w", f.flag, err)
			}
			*f.into = append(*f.into, id)
		}
	}
	return nil
}

func (o *simulateOptions) changes() ([]whatif.Change, error) {
	if len(o.To) == 0 {
		if o.Template == "" && o.Instances == "" && o.From == "" && o.Set == "" {
			return nil, usagef("nothing to preview; pass --to N with a template, with --from N, or with --instances FILE")
		}
		return nil, nil
	}
	return whatif.ParseChanges(strings.Join(o.To, ","))
}

// sources returns the scale sets to preview: all of the template or the one that
// --set-name names, that of the saved files, or one described by flags alone.
func (o *simulateOptions) sources(preview *plans.Preview) ([]*instances.State, error) {
	listed, err := o.listed()
	if err != nil {
		return nil, err
	}
	if o.Template == "" {
		if listed == nil {
			listed = instances.New(o.SetName)
		} else if o.SetName != "" && !strings.EqualFold(o.SetName, listed.Name) {
			return nil, usagef("the saved files describe scale set %[2]s, not %[1]s; remove --set-name", o.SetName, listed.Name)
		}
		return []*instances.State{listed}, nil
	}
	sources, err := o.templateSources(preview)
	if err != nil {
		return nil, err
	}
	if listed != nil {
		if len(sources) != 1 {
			return nil, usagef("the template has %d scale sets and the saved files describe one; choose it with --set-name", len(sources))
		}
		if sources[0], err = over(sources[0], listed); err != nil {
			return nil, err
		}
	}
	return sources, nil
}

// over returns the state of a template that is deployed to the scale set of the
// saved files: to the listed instances, or to those that a saved model implies.
func over(template, saved *instances.State) (*instances.State, error) {
	if saved.Instances == nil && saved.Set != nil {
		if s, ok := instances.FromOld(saved.Set, template.Set, -1, guidance.Auto); ok {
			return s, nil
		}
	}
	return template, template.AddInstances(saved)
}

func (o *simulateOptions) options() (w whatif.Options, err error) {
	w = whatif.Options{
		FaultDomains: o.FaultDomains, UpdateDomains: o.UpdateDomains, Zones: o.Zones, ZonesDown: o.ZonesDown,
		NextID: o.NextID,
	}
	if o.overprovisionSet {
		w.Overprovision = &o.Overprovision
	}
	if o.Model != "auto" {
		model := placement.Current
		if o.Model == "preview" {
			model = placement.Preview
		}
		w.Model = &model
	}
	if o.Policy != "" {
		policy, err := placement.ParsePolicy(o.Policy)
		if err != nil {
			return w, usagef("--policy: %w", err)
		}
		w.Policy = &policy
	}
	if w.Lose, err = losses(o.Lose); err != nil {
		return w, err
	}
	if err := o.words(&w); err != nil {
		return w, err
	}
	if w.From, err = capacity("from", o.From); err != nil {
		return w, err
	}
	w.Current, err = capacity("current", o.Current)
	return w, err
}

// words translates the flags that are set only if the state of the scale set is to
// differ from the template.
func (o *simulateOptions) words(w *whatif.Options) error {
	if o.ZoneBalance != "" {
		strict := o.ZoneBalance == "strict"
		w.StrictZones = &strict
	}
	if o.Orchestration != "" {
		flexible := o.Orchestration == "Flexible"
		w.Flexible = &flexible
	}
	if o.UnhealthyNow {
		w.UnhealthyFirst = &o.UnhealthyNow
	}
	if o.Mix == "" {
		return nil
	}
	base, percent, ok := strings.Cut(o.Mix, "/")
	b, err1 := strconv.Atoi(base)
	p, err2 := strconv.Atoi(strings.TrimSuffix(percent, "%"))
	if !ok || err1 != nil || err2 != nil || b < 0 || p < 0 || p > 100 {
		return usagef("--priority-mix %q must be BASE/PERCENT, such as 10/50", o.Mix)
	}
	w.Mix = &placement.PriorityMix{Base: b, RegularPercent: p}
	return nil
}

// losses parses the values of --lose.
func losses(texts []string) (all []placement.Loss, err error) {
	for _, text := range texts {
		l, err := placement.ParseLoss(text)
		if err != nil {
			return nil, usagef("--lose: %w", err)
		}
		all = append(all, l)
	}
	return all, nil
}

// capacity parses the number of instances of a flag. It returns nil for an empty text.
func capacity(flag, text string) (*int, error) {
	if text == "" {
		return nil, nil
	}
	n, err := strconv.Atoi(text)
	switch {
	case err != nil:
		return nil, usagef("--%s %q is not a number of instances; use 0 to %d", flag, text, placement.MaxInstances)
	case n < 0:
		return nil, usagef("--%s %d is negative; use 0 or more", flag, n)
	case n > placement.MaxInstances:
		return nil, usagef("--%s %d is too large; at most %d instances can be simulated", flag, n, placement.MaxInstances)
	}
	return &n, nil
}

// templateSources returns the scale sets of the template, or the one that
// --set-name names.
func (o *simulateOptions) templateSources(preview *plans.Preview) ([]*instances.State, error) {
	exported := &comparedSide{name: o.Template, options: o.template}
	if err := exported.readExport(o.app); err != nil {
		return nil, err
	}
	if exported.side.Exported {
		preview.Secrets = exported.secrets
		return o.chosen(vmss.New(exported.side.Deployment).ScaleSets, instances.FromModel)
	}
	t, run, err := o.template.loadOne(o.app, o.Template)
	if err != nil {
		return nil, err
	}
	preview.Secrets = t.Secrets
	era, err := o.template.era(o.app, o.Template)
	if err != nil {
		return nil, err
	}
	sets := vmss.New(run.Deployment).ScaleSets
	if len(sets) == 0 {
		return nil, o.noScaleSet(t, run)
	}
	return o.chosen(sets, func(set *vmss.ScaleSet) *instances.State { return instances.FromTemplate(set, o.era(era, set)) })
}

// chosen returns the states of the scale sets to preview: the only one, the one
// that --set-name names, or all of them with --all.
func (o *simulateOptions) chosen(sets []*vmss.ScaleSet, state func(*vmss.ScaleSet) *instances.State) ([]*instances.State, error) {
	if len(sets) == 0 {
		return nil, usagef("%s contains no scale set; use a template or a saved model that does, or pass --from N without a template", o.Template)
	}
	var sources []*instances.State
	names := make([]string, len(sets))
	for i, set := range sets {
		s := state(set)
		if len(sets) == 1 && !set.Resource.NameKnown && o.SetName != "" {
			s.Rename(o.SetName)
		}
		if names[i] = s.Name; o.SetName == "" || strings.EqualFold(o.SetName, s.Name) {
			sources = append(sources, s)
		}
	}
	if len(sources) > 1 && !o.All {
		return nil, usagef("%s deploys %d scale sets (%s); choose one with --set-name, or pass --all", o.Template, len(names), strings.Join(names, ", "))
	}
	if len(sources) == 0 {
		return nil, usagef("%s has no scale set %s%s; it deploys %s", o.Template, o.SetName, nearest.Hint(o.SetName, names), strings.Join(names, ", "))
	}
	return sources, nil
}

// era returns the era of a scale set: that of --model, or of --guidance, or that of
// its API version.
func (o *simulateOptions) era(asked guidance.Era, set *vmss.ScaleSet) guidance.Era {
	switch {
	case o.Model == "preview":
		return guidance.Preview
	case o.Model == "current":
		return guidance.Current
	case asked != guidance.Auto:
		return asked
	}
	return guidance.EraOf(set.APIVersion)
}

// noScaleSet reports why there is nothing to preview: the errors that may hide the
// scale set, or that the template has none.
func (o *simulateOptions) noScaleSet(t *engine.Template, run *engine.Run) error {
	t.Findings = slices.Concat(t.Findings, run.Findings, run.Deployment.Diagnostics)
	if t.Findings.HasErrors() {
		t.Findings.Sort()
		return o.app.reject(t)
	}
	return usagef("%s deploys no scale set; use a template that does, or pass --from N without a template", o.Template)
}
