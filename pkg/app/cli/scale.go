package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/scaleset/scaleset/pkg/author/scaffold"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/internal/atomicfile"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/report/plans"
)

const scaleLong = `Write the small template that changes the capacity of a scale set and nothing
else: its name, its place, and the SKU with the new capacity.

First a preview on the standard error shows which instances are added or removed,
and what the new capacity needs: cores, addresses, ports, disks and so on. A
capacity for which lint would report an error is refused with exit code 1, and
nothing is written; --force writes it all the same. On a terminal you are asked
before anything is written; in a script give --yes.

What is not known offline, such as a name that is made of the id of the resource
group, stays an expression, with the parameters that it needs. --resource-group,
--location and the like make it known.`

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
		Short:   "Write the small template that carries only the SKU and the new capacity",
		Long:    scaleLong,
		Example: scaleExample,
		Args:    exactArgs(1, "one template"),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.Template = args[0]
			if !cmd.Flags().Changed("capacity") {
				return usagef("scaleset scale needs --capacity N, the number of instances to have")
			}
			return runF(cmd.Context(), opts)
		},
	}
	f := cmd.Flags()
	opts.templateOptions.bind(opts.app, cmd)
	f.IntVar(&opts.Capacity, "capacity", 0, "`NUMBER` of instances to have")
	f.StringVar(&opts.Current, "current", "", "the set has `N` instances now (default: the capacity of the template)")
	f.StringVar(&opts.SetName, "set-name", "", "`NAME` of the set, when the template has several")
	f.StringVar(&opts.Usage, "usage", "", "compare with the quota in this `FILE`, saved from az vm list-usage")
	f.StringVar(&opts.SKUs, "skus", "", "take the cores of the size from this `FILE`, saved from az vm list-skus")
	f.StringVar(&opts.Prices, "prices", "", "say what the set costs before and after, by this `FILE`, a saved answer of the Azure Retail Prices API")
	f.StringVarP(&opts.Output, "output", "o", "", "write to this `FILE` instead of the standard output")
	f.BoolVarP(&opts.Yes, "yes", "y", false, "write without asking")
	f.BoolVar(&opts.Force, "force", false, "write despite errors, and overwrite an existing file")
	return cmd
}

func runScale(ctx context.Context, o *scaleOptions) error {
	if o.Capacity < 0 {
		return usagef("--capacity %d is below zero", o.Capacity)
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
		return usagef("nobody is there to be asked whether %s shall have %d instances; give --yes", sets[i].Name, o.Capacity)
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
	if err := o.write(resize.Template); err != nil {
		return err
	}
	o.hints(resize, set)
	return nil
}

// pickSet is the index of the set of a name, or of the only one.
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
		return 0, usagef("%s deploys %d scale sets: %s; choose one with --set-name", template, len(sets), strings.Join(names, ", "))
	}
	i := slices.IndexFunc(names, func(s string) bool { return strings.EqualFold(s, name) })
	if i < 0 {
		return 0, usagef("%s deploys no scale set %q, but %s%s", template, name, strings.Join(names, ", "), nearest.Hint(name, names))
	}
	return i, nil
}

// preview shows what goes and comes, and refuses what breaks a limit.
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
		return usagef("the capacity of the template is not known offline; give the present one with --current N")
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
		o.app.complain(errors.New(refusedScale))
		return errFindings
	}
	return nil
}

const refusedScale = "refused; nothing is written; --force writes it all the same"

// resize makes the template from an expansion without assumed facts.
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
		return scaffold.Resize{}, nil, usagef("whether %s deploys depends on what is not known offline; give --resource-group, --location and the like", sets[i].Name)
	}
	resize, err := scaffold.NewResize(set, o.Capacity)
	if err != nil {
		return resize, nil, usagef("%s: %w; give --resource-group, --location or the parameters that make it known", sets[i].Name, err)
	}
	return resize, set, nil
}

// check looks at the small template with all rules.
func (o *scaleOptions) check(ctx context.Context, r scaffold.Resize) error {
	era, err := o.era(o.app, o.Template)
	if err != nil {
		return err
	}
	checked, err := o.app.checkTexts(ctx, map[string][]byte{templateName: r.Template}, nil, era)
	if err != nil {
		return err
	}
	err = o.app.speak(checked, refusedScale)
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
	yes, err := i.confirm(fmt.Sprintf("Write the template that sets %s to %d instances?", set.Name, o.Capacity))
	if err == nil && !yes {
		err = errCancelled
	}
	return err
}

func (o *scaleOptions) write(text []byte) error {
	if o.Output == "" {
		return o.app.print(text)
	}
	o.app.force = o.Force
	err := o.app.save(atomicfile.File{Name: o.app.path(o.Output), Text: text, New: !o.Force})
	if errors.Is(err, fs.ErrExist) {
		return usagef("%w; --force overwrites", err)
	}
	if err == nil {
		_, err = io.WriteString(o.app.Out, o.Output+"\n")
	}
	return err
}

// hints say how the template is deployed.
func (o *scaleOptions) hints(r scaffold.Resize, set *vmss.ScaleSet) {
	if len(set.Resource.Nested) > 0 {
		o.app.notice("the set is deployed by %s; deploy to its resource group", strings.Join(set.Resource.Nested, " / "))
	}
	var names []string
	for _, p := range r.Parameters {
		names = append(names, p.Name())
	}
	if len(names) > 0 {
		o.app.notice("the template needs the values of %s: the ones with which the set was deployed", strings.Join(names, ", "))
	}
}
