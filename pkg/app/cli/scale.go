package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/scaleset/scaleset/pkg/author/scaffold"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/report/plans"
)

const scaleLong = `Write a small template that changes only the capacity of a scale set. It contains
the name, the location, and the SKU with the new capacity.

A preview on the standard error first shows which instances are added or removed
and what the new capacity needs: cores, addresses, ports, disks and so on. If lint
would report an error for the new capacity, nothing is written and the exit code
is 1; --force writes the template anyway. On a terminal you are asked before
anything is written; in a script, pass --yes.

A value that is not known offline, such as a name built from the id of the
resource group, stays an expression, with the parameters that it uses. Pass
--resource-group, --location and similar flags to make such values known.`

const scaleExample = `  scaleset scale azuredeploy.json --capacity 15
  scaleset scale azuredeploy.json --capacity 15 --yes > scale.json
  scaleset scale azuredeploy.json --set-name web --capacity 40 --current 20 --output scale.json`

type scaleOptions struct {
	app *App
	templateOptions
	Template string
	Capacity int
	Current  string
	SetName  string
	Usage    string
	SKUs     string
	Prices   string
	Output   string
	Yes      bool
	Force    bool
}

func newScaleCmd(app *App, runF func(context.Context, *scaleOptions) error) *cobra.Command {
	opts := &scaleOptions{app: app}
	if runF == nil {
		runF = runScale
	}
	cmd := &cobra.Command{
		Use:     "scale TEMPLATE --capacity N",
		Short:   "Write a small template that changes only the capacity",
		Long:    scaleLong,
		Example: scaleExample,
		Args:    exactArgs(1, "one template"),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.Template = args[0]
			if !cmd.Flags().Changed("capacity") {
				return usagef("scaleset scale needs --capacity N, the new number of instances")
			}
			return runF(cmd.Context(), opts)
		},
	}
	f := cmd.Flags()
	opts.templateOptions.bind(opts.app, cmd)
	f.IntVar(&opts.Capacity, "capacity", 0, "new capacity: `N` instances")
	f.StringVar(&opts.Current, "current", "", "the scale set has `N` instances now (default: the capacity in the template)")
	f.StringVar(&opts.SetName, "set-name", "", "scale the scale set `NAME`, if the template has several")
	f.StringVar(&opts.Usage, "usage", "", "compare with the quota in `FILE`, saved from az vm list-usage")
	f.StringVar(&opts.SKUs, "skus", "", "read the cores of the size from `FILE`, saved from az vm list-skus")
	f.StringVar(&opts.Prices, "prices", "", "show the cost before and after; `FILE` is a saved response of the Azure Retail Prices API")
	f.StringVarP(&opts.Output, "output", "o", "", "write the template to `FILE`")
	f.BoolVarP(&opts.Yes, "yes", "y", false, "write the template without asking")
	f.BoolVar(&opts.Force, "force", false, "write the template despite errors, and overwrite an existing file")
	return cmd
}

func runScale(ctx context.Context, o *scaleOptions) error {
	if o.Capacity < 0 {
		return usagef("--capacity %d is negative; use 0 or more", o.Capacity)
	}
	t, run, err := o.loadOne(o.app, o.Template)
	if err != nil {
		return err
	}
	sets := vmss.New(run.Deployment).ScaleSets
	i, err := pickSet(sets, o.SetName, o.Template)
	if err != nil {
		return err
	}
	if !o.Yes && !o.app.canAsk() {
		return usagef("standard input is not a terminal; pass --yes to write the template without asking")
	}
	if err := o.preview(sets[i], t); err != nil {
		return err
	}
	resize, set, err := o.resize(t, run, sets, i)
	if err != nil {
		return err
	}
	if err := o.check(ctx, resize); err != nil {
		return err
	}
	if err := o.confirm(sets[i]); err != nil {
		return err
	}
	if err := o.app.writeNew(o.Output, resize.Template, o.Force); err != nil {
		return err
	}
	o.hints(resize, set)
	return nil
}

// pickSet returns the index of the scale set with the name, or of the only one.
func pickSet(sets []*vmss.ScaleSet, name, template string) (int, error) {
	var names []string
	for _, s := range sets {
		names = append(names, s.Name)
	}
	switch {
	case len(sets) == 0:
		return 0, usagef("%s deploys no scale set", template)
	case name == "" && len(sets) == 1:
		return 0, nil
	case name == "":
		return 0, usagef("%s deploys %d scale sets (%s); choose one with --set-name", template, len(sets), strings.Join(names, ", "))
	}
	i := slices.IndexFunc(names, func(s string) bool { return strings.EqualFold(s, name) })
	if i < 0 {
		return 0, usagef("%s deploys no scale set %q%[4]s; it deploys %[3]s", template, name, strings.Join(names, ", "), nearest.Hint(name, names))
	}
	return i, nil
}

// preview prints which instances are added or removed. It returns an error if the
// new capacity exceeds a limit.
func (o *scaleOptions) preview(set *vmss.ScaleSet, t *engine.Template) error {
	era, err := o.era(o.app, o.Template)
	if err != nil {
		return err
	}
	var options whatif.Options
	if options.From, err = capacity("current", o.Current); err != nil {
		return err
	}
	src := instances.FromTemplate(set, era)
	if src.Capacity < 0 && options.From == nil {
		return mistaken(instances.UnknownCapacity(src.Name, set, instances.FieldCurrent), flagsOfScale)
	}
	saved := &savedFiles{app: o.app, Usage: o.Usage, SKUs: o.SKUs, Prices: o.Prices}
	if err := saved.addQuota(src); err != nil {
		return mistaken(err, nil)
	}
	changes, err := whatif.ParseChanges(strconv.Itoa(o.Capacity))
	if err != nil {
		return mistaken(err, flagsOfScale)
	}
	plan, err := whatif.New(src, changes, options)
	if err != nil {
		return mistaken(err, flagsOfScale)
	}
	writer := plans.Text{Color: o.app.ErrIsTerminal && o.app.useColor(), Width: o.app.Width, Quiet: o.app.common.Quiet, Needs: true}
	preview := plans.Preview{Plans: []*whatif.Plan{plan}, Secrets: t.Secrets}
	list, err := saved.prices()
	if err != nil {
		return err
	}
	if list != nil {
		preview.Costs = append(preview.Costs, plan.Cost(list, o.Location))
	}
	if !o.app.common.Quiet || plan.HasErrors() {
		var b bytes.Buffer
		err := writer.Report(&b, preview)
		if err == nil {
			_, err = o.app.Err.Write(t.Secrets.Filter(b.Bytes()))
		}
		if err != nil {
			return err
		}
	}
	if plan.HasErrors() && !o.Force {
		o.app.complain(errors.New(rejectedScale))
		return errFindings
	}
	return nil
}

const rejectedScale = "the template has errors, so nothing was written; pass --force to write it anyway"

// resize returns the template, built from an expansion without assumed facts.
func (o *scaleOptions) resize(t *engine.Template, run *engine.Run, sets []*vmss.ScaleSet, i int) (scaffold.Resize, *vmss.ScaleSet, error) {
	known, err := o.loadKnown(o.app, o.Template, t)
	if err != nil {
		return scaffold.Resize{}, nil, err
	}
	var set *vmss.ScaleSet
	wanted := counterpart(known.Resources, run.Deployment.Resources, sets[i].Resource)
	for _, s := range vmss.New(known).ScaleSets {
		if s.Resource == wanted {
			set = s
		}
	}
	if set == nil {
		return scaffold.Resize{}, nil, usagef("the condition of %s is not known offline; pass --resource-group, --location or the parameters that it uses", sets[i].Name)
	}
	resize, err := scaffold.NewResize(set, o.Capacity)
	if err != nil {
		return resize, nil, usagef("%s: %w; pass --resource-group, --location or the parameters that it uses", sets[i].Name, err)
	}
	return resize, set, nil
}

// check checks the small template with all rules.
func (o *scaleOptions) check(ctx context.Context, r scaffold.Resize) error {
	era, err := o.era(o.app, o.Template)
	if err != nil {
		return err
	}
	checked, err := o.app.checkTexts(ctx, map[string][]byte{templateName: r.Template}, nil, era)
	if err != nil {
		return err
	}
	err = o.app.speak(checked, rejectedScale)
	if o.Force && errors.Is(err, errFindings) {
		return nil
	}
	return err
}

func (o *scaleOptions) confirm(set *vmss.ScaleSet) error {
	if o.Yes {
		return nil
	}
	i, err := o.app.interview()
	if err != nil {
		return err
	}
	defer i.end()
	yes, err := i.confirm(fmt.Sprintf("Write the template that sets the capacity of %s to %d?", set.Name, o.Capacity))
	if err == nil && !yes {
		err = errCancelled
	}
	return err
}

// hints prints how to deploy the template.
func (o *scaleOptions) hints(r scaffold.Resize, set *vmss.ScaleSet) {
	if len(set.Resource.Nested) > 0 {
		o.app.notice("the scale set is deployed by %s; deploy this template to the resource group of that deployment", strings.Join(set.Resource.Nested, " / "))
	}
	var names []string
	for _, p := range r.Parameters {
		names = append(names, p.Name())
	}
	if len(names) > 0 {
		o.app.notice("deploy the template with the values of %s that the scale set was deployed with", strings.Join(names, ", "))
	}
}
