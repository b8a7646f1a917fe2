package cli

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/upgrade"
	"github.com/scaleset/scaleset/pkg/report/rollouts"
	"github.com/scaleset/scaleset/pkg/review/rollout"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

const planLong = `Show how a change rolls out: which instances are touched, in which batches, how
long it takes, how few serve at the worst moment, and where it stops.

OLD and NEW are what diff takes: templates, a template at a revision
(REV:path), or the saved output of az vmss show as OLD. With --reimage, one
template is enough: every instance is reimaged once. --os-upgrade plans an
automatic OS image upgrade, and --repairs the automatic repairs. --terraform
takes both sides from a saved Terraform plan.

  scaleset plan old.json new.json
  scaleset plan HEAD:azuredeploy.json azuredeploy.json --min-running 40
  scaleset plan azuredeploy.json --reimage --lose zone=2
  scaleset plan old.json new.json --instances list.json --fail web_3
  scaleset plan azuredeploy.json --repairs --unhealthy 3,17
  terraform show -json tfplan > tfplan.json
  scaleset plan --terraform tfplan.json
  scaleset plan old.json new.json --usage usage.json --prices prices.json

The minutes are a range: the work on an instance as recorded for its kind of
change and operating system (or --minutes-per-instance), the wait for health,
and the pauses. Each rule that the plan rests on is documented, recorded,
reported or assumed, and the output says which.

Exit codes: 0 nothing at or above --fail-on, 1 there is, or a side cannot be
read, 2 a mistake in the command line, 3 the tool failed.`

type planOptions struct {
	diffOptions
	Reimage    bool
	OSUpgrade  bool
	Repairs    bool
	PerMinutes string
	Unhealthy  []string
	Fail       []string
	ByHand     []string
	Lose       []string
	MinRunning int
	Cancel     int
	SetName    string
	Usage      string
	SKUs       string
	Terraform  string
}

func newPlanCmd(app *App, runF func(context.Context, *planOptions) error) *cobra.Command {
	opts := &planOptions{diffOptions: diffOptions{app: app, Mode: "incremental"}}
	if runF == nil {
		runF = runPlan
	}
	cmd := &cobra.Command{
		Use:   "plan OLD NEW",
		Short: "Show how a change rolls out: batches, times, the worst moment",
		Long:  planLong,
		Args:  rangeArgs(0, 2, planArguments),
		RunE: func(cmd *cobra.Command, args []string) error {
			if opts.Terraform != "" {
				if len(args) > 0 || opts.alone() > 0 {
					return usagef("--terraform has the old and the new side; leave OLD, NEW, --reimage, --os-upgrade and --repairs out")
				}
				return runF(cmd.Context(), opts)
			}
			if err := rangeArgs(1, 2, planArguments)(cmd, args); err != nil {
				return err
			}
			opts.Old, opts.New = args[0], args[len(args)-1]
			switch kinds := opts.alone(); {
			case kinds > 1:
				return usagef("--reimage, --os-upgrade and --repairs are plans of their own; give one of them")
			case kinds == 1 && len(args) == 2:
				return usagef("--reimage, --os-upgrade and --repairs are about one template; leave %s out", args[0])
			case kinds == 0 && len(args) == 1:
				return usagef("plan compares two sides; give OLD and NEW, or --reimage, --os-upgrade or --repairs for one template")
			}
			return runF(cmd.Context(), opts)
		},
	}
	f := cmd.Flags()
	opts.templateOptions.bind(opts.app, cmd)
	f.StringArrayVar(&opts.OldParameters, "old-parameters", nil, "parameter `FILE` for OLD (default: that beside OLD, or --parameters)")
	f.BoolVar(&opts.Reimage, "reimage", false, "reimage every instance, whatever the model says")
	f.BoolVar(&opts.OSUpgrade, "os-upgrade", false, "plan an automatic upgrade of the OS image of one template")
	f.BoolVar(&opts.Repairs, "repairs", false, "plan the automatic repairs of the instances that are unhealthy (--unhealthy, or in the list)")
	f.StringVar(&opts.Current, "from", "", "the scale sets have `N` instances now (default: the capacity of OLD)")
	f.StringVar(&opts.Instances, "instances", "", "the instances that exist, from this `FILE`, saved from az vmss list-instances --expand instanceView")
	f.StringVar(&opts.Usage, "usage", "", "compare with the quota in this `FILE`, saved from az vm list-usage")
	f.StringVar(&opts.SKUs, "skus", "", "take the cores of the sizes from this `FILE`, saved from az vm list-skus")
	f.StringVar(&opts.Prices, "prices", "", "say what the sets cost before and after, by this `FILE`, a saved answer of the Azure Retail Prices API")
	f.StringVar(&opts.Terraform, "terraform", "", "plan the scale sets of this `FILE`, a Terraform plan saved from terraform show -json")
	f.StringVar(&opts.SetName, "set-name", "", "plan only the scale set of this `NAME`")
	f.StringVar(&opts.PerMinutes, "minutes-per-instance", "", "how long one instance takes, as `N` or N-M (default: recorded ranges)")
	f.StringSliceVar(&opts.Unhealthy, "unhealthy", nil, "instances that are unhealthy now, as `ID`,...")
	f.StringSliceVar(&opts.Fail, "fail", nil, "instances that are unhealthy after their upgrade, as `ID`,...")
	f.StringSliceVar(&opts.ByHand, "by-hand", nil, "under mode Manual, instances that somebody upgrades, as `ID`,... or all")
	f.StringArrayVar(&opts.Lose, "lose", nil, "what fails meanwhile: zone=2, fd=1, ud=3, spot or host; repeatable `LOSS`")
	f.IntVar(&opts.Cancel, "cancel", 0, "somebody cancels the upgrade during batch `N`")
	f.IntVar(&opts.MinRunning, "min-running", 0, "report an error if fewer than `N` instances serve at some moment")
	f.StringVar(&opts.FailOn, "fail-on", "error", "exit with 1 for findings from here on: info, warning, error or never")
	f.StringVar(&opts.Format, "format", "text", "how to write: text, json, csv, markdown or html")
	f.StringVarP(&opts.Output, "output", "o", "", "write the result to `FILE`")
	opts.app.bindForce(f)
	return cmd
}

const planArguments = "what to compare, the old and the new, or one template with --reimage, --os-upgrade or --repairs"

func runPlan(ctx context.Context, o *planOptions) error {
	outputs, err := parseOutputs([]string{o.Format}, o.Output, []string{"text", "json", "csv", "markdown", "html"})
	if err != nil {
		return err
	}
	if err := oneOf("fail-on", o.FailOn, "info", "warning", "error", "never"); err != nil {
		return err
	}
	options, err := o.rollout()
	if err != nil {
		return err
	}
	report, err := o.plans(ctx, options)
	if err != nil {
		return mistaken(err, flagsOfPlan)
	}
	err = o.app.writeMasked(outputs[0], report.Secrets, func(w io.Writer) error {
		switch outputs[0].Format {
		case "json":
			return report.WriteJSON(w)
		case "csv":
			return report.WriteCSV(w)
		case "markdown":
			return report.WriteMarkdown(w)
		case "html":
			return report.WriteHTML(w)
		}
		text := o.app.textFormat(outputs[0])
		return report.WriteText(w, text.Color, text.Width, o.app.common.Quiet)
	})
	if err != nil || o.FailOn == "never" {
		return err
	}
	least, err := diag.ParseSeverity(o.FailOn)
	if err != nil {
		return err
	}
	if report.Terraform != nil && reaches(report.Terraform.Guidance, least) {
		return errFindings
	}
	for _, r := range report.Rollouts {
		if reaches(r.Findings, least) {
			return errFindings
		}
	}
	return nil
}

// alone counts the flags that plan one template as it is.
func (o *planOptions) alone() (n int) {
	for _, given := range []bool{o.Reimage, o.OSUpgrade, o.Repairs} {
		if given {
			n++
		}
	}
	return n
}

// rollout reads the flags that are the same for all scale sets.
func (o *planOptions) rollout() (r rollout.Options, err error) {
	if r.Current, err = capacity("from", o.Current); err != nil {
		return r, err
	}
	if r.Era, err = o.era(o.app, o.New); err != nil {
		return r, err
	}
	if o.Instances != "" {
		saved := &savedFiles{app: o.app, Instances: o.Instances}
		if r.List, err = saved.listed(); err != nil {
			return r, mistaken(err, flagsOfPlan)
		}
	}
	saved := &savedFiles{app: o.app, Usage: o.Usage, SKUs: o.SKUs, Prices: o.Prices}
	if r.Usage, r.Sizes, err = saved.quota(); err != nil {
		return r, err
	}
	if r.Prices, err = saved.prices(); err != nil {
		return r, err
	}
	r.Region = o.Location
	if r.Lose, err = losses(o.Lose); err != nil {
		return r, err
	}
	if r.Work, err = minutesPerInstance(o.PerMinutes); err != nil {
		return r, err
	}
	if o.MinRunning < 0 {
		return r, usagef("--min-running %d is below 0", o.MinRunning)
	}
	r.Unhealthy, r.Fail, r.Reimage, r.MinRunning = o.Unhealthy, o.Fail, o.Reimage, o.MinRunning
	if o.Cancel < 0 {
		return r, usagef("--cancel %d is not a batch; the first one is 1", o.Cancel)
	}
	r.Cancel = o.Cancel
	r.OSUpgrade, r.Repairs = o.OSUpgrade, o.Repairs
	if len(o.ByHand) == 1 && strings.EqualFold(o.ByHand[0], "all") {
		r.All = true
	} else {
		r.ByHand = o.ByHand
	}
	return r, nil
}

// minutesPerInstance reads "6" or "5-8".
func minutesPerInstance(text string) (m upgrade.Minutes, err error) {
	if text == "" {
		return m, nil
	}
	least, most, ranged := strings.Cut(text, "-")
	if !ranged {
		most = least
	}
	var err1, err2 error
	m.Least, err1 = strconv.ParseFloat(least, 64)
	m.Most, err2 = strconv.ParseFloat(most, 64)
	if err1 != nil || err2 != nil || !(m.Least >= 0 && m.Least <= m.Most && m.Most > 0 && m.Most <= 1440) {
		return m, usagef("invalid --minutes-per-instance %q; give minutes such as 6, or a range such as 5-8, up to 1440", text)
	}
	return m, nil
}

// plans compares the sides and plans the upgrade of each scale set that both have.
func (o *planOptions) plans(ctx context.Context, options rollout.Options) (report rollouts.Report, err error) {
	var pairs []rollout.Pair
	if o.Terraform != "" {
		if pairs, report.Terraform, report.Secrets, err = o.terraformPlan(ctx, options.Era); err != nil {
			return report, err
		}
		if len(pairs) == 0 {
			return report, nil
		}
	} else if o.alone() == 1 {
		side := &comparedSide{name: o.New, options: o.templateOptions}
		if err := readSides(o.app, side); err != nil {
			return report, err
		}
		report.Secrets = side.secrets
		for _, s := range vmss.New(side.side.Deployment).ScaleSets {
			pairs = append(pairs, rollout.Pair{Older: s, Newer: s})
		}
	} else {
		c, err := o.compare(&comparedSide{name: o.New, options: o.templateOptions})
		if err != nil {
			return report, err
		}
		report.Secrets = c.Secrets
		pairs = rollout.Pairs(c.Diff)
	}
	pairs, err = o.chosen(pairs)
	if err != nil {
		return report, err
	}
	var first error
	for _, p := range pairs {
		of := options
		if of.List != nil && len(pairs) > 1 && !strings.EqualFold(of.List.Name, p.Newer.Name) {
			of.List = nil
		}
		r, err := rollout.Of(p.Older, p.Newer, p.Changes, of)
		if err != nil {
			if len(pairs) > 1 || report.Terraform != nil { // the others can be planned all the same
				o.app.notice("%s: %v", p.Newer.Name, err)
			}
			if first == nil {
				first = err
			}
			continue
		}
		report.Rollouts = append(report.Rollouts, r)
	}
	if len(report.Rollouts) == 0 && report.Terraform == nil {
		return report, first
	}
	return report, nil
}

// chosen keeps the scale set that was asked for.
func (o *planOptions) chosen(pairs []rollout.Pair) ([]rollout.Pair, error) {
	var names []string
	for _, p := range pairs {
		if o.SetName != "" && strings.EqualFold(p.Newer.Name, o.SetName) {
			return []rollout.Pair{p}, nil
		}
		names = append(names, p.Newer.Name)
	}
	switch {
	case len(pairs) == 0 && o.Old == o.New:
		return nil, usagef("%s deploys no scale set", o.New)
	case len(pairs) == 0:
		return nil, usagef("no scale set is in both %s and %s; a new one has nothing to upgrade", o.Old, o.New)
	case o.SetName != "":
		return nil, usagef("scale set %q is not on both sides; use one of: %s", o.SetName, strings.Join(names, ", "))
	}
	return pairs, nil
}
