package cli

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/upgrade"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/report/rollouts"
	"github.com/scaleset/scaleset/pkg/review/rollout"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

const planLong = `Show how a change rolls out: which instances it affects, in which batches, how long
it takes, how few instances are running at the worst moment, and what stops it.

OLD and NEW are each a template, a template at a git revision (REV:path), or the
saved output of az vmss show. With --reimage, --os-upgrade or --repairs one
template is enough: they plan a reimage of all instances, an automatic OS image
upgrade, or automatic repairs. --terraform reads both sides from a saved
Terraform plan.

The time is a range. It consists of the work on each instance, as recorded for the
kind of change and the operating system (or --minutes-per-instance), the wait for
health, and the pauses. The output says which of the rules it relies on are
documented, recorded, reported or assumed.

Exit codes: 0 clean, 1 findings at or above --fail-on, or OLD or NEW has errors, 2 an
error in the command line, 3 an internal error or a failure to read or write.`

const planExample = `  scaleset plan old.json new.json
  scaleset plan HEAD:azuredeploy.json azuredeploy.json --min-running 40
  scaleset plan azuredeploy.json --reimage --lose zone=2
  scaleset plan old.json new.json --instances list.json --fail web_3
  scaleset plan azuredeploy.json --repairs --unhealthy 3,17
  terraform show -json tfplan > tfplan.json
  scaleset plan --terraform tfplan.json
  scaleset plan old.json new.json --usage usage.json --prices prices.json`

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
		Use:     "plan OLD NEW",
		Short:   "Preview how a change rolls out: batches, duration, worst moment",
		Long:    planLong,
		Example: planExample,
		Args:    rangeArgs(0, 2, planArguments),
		RunE: func(cmd *cobra.Command, args []string) error {
			if opts.Terraform != "" {
				if len(args) > 0 || opts.alone() > 0 {
					return usagef("--terraform reads both sides from the plan; remove OLD, NEW, --reimage, --os-upgrade and --repairs")
				}
				return runF(cmd.Context(), opts)
			}
			if err := rangeArgs(1, 2, planArguments)(cmd, args); err != nil {
				return err
			}
			opts.Old, opts.New = args[0], args[len(args)-1]
			switch kinds := opts.alone(); {
			case kinds > 1:
				return usagef("--reimage, --os-upgrade and --repairs cannot be combined; use one of them")
			case kinds == 1 && len(args) == 2:
				return usagef("--reimage, --os-upgrade and --repairs take one template; remove %s", args[0])
			case kinds == 0 && len(args) == 1:
				return usagef("scaleset plan needs OLD and NEW, or one template with --reimage, --os-upgrade or --repairs")
			}
			return runF(cmd.Context(), opts)
		},
	}
	f := cmd.Flags()
	opts.templateOptions.bind(opts.app, cmd)
	f.StringArrayVar(&opts.OldParameters, "old-parameters", nil, "parameter `FILE` for OLD (default: the one next to OLD, or --parameters)")
	f.BoolVar(&opts.Reimage, "reimage", false, "plan a reimage of all instances")
	f.BoolVar(&opts.OSUpgrade, "os-upgrade", false, "plan an automatic OS image upgrade")
	f.BoolVar(&opts.Repairs, "repairs", false, "plan the automatic repairs of the unhealthy instances (from --unhealthy or --instances)")
	f.StringVar(&opts.Current, "from", "", "the scale sets have `N` instances now (default: the capacity in OLD)")
	f.StringVar(&opts.Instances, "instances", "", "read the existing instances from `FILE`, saved from az vmss list-instances --expand instanceView")
	f.StringVar(&opts.Usage, "usage", "", "compare with the quota in `FILE`, saved from az vm list-usage")
	f.StringVar(&opts.SKUs, "skus", "", "read the cores of the sizes from `FILE`, saved from az vm list-skus")
	f.StringVar(&opts.Prices, "prices", "", "show the cost before and after; `FILE` is a saved response of the Azure Retail Prices API")
	f.StringVar(&opts.Terraform, "terraform", "", "plan the scale sets in `FILE`, a Terraform plan saved from terraform show -json")
	f.StringVar(&opts.SetName, "set-name", "", "plan only the scale set `NAME`")
	f.StringVar(&opts.PerMinutes, "minutes-per-instance", "", "minutes that one instance takes, as `N` or N-M (default: recorded ranges)")
	f.StringSliceVar(&opts.Unhealthy, "unhealthy", nil, "the instances `ID,...` are unhealthy now")
	f.StringSliceVar(&opts.Fail, "fail", nil, "the instances `ID,...` are unhealthy after they are upgraded")
	f.StringSliceVar(&opts.ByHand, "by-hand", nil, "with upgrade mode Manual, the instances `ID,...` (or all) are upgraded by hand")
	f.StringArrayVar(&opts.Lose, "lose", nil, "show how many instances are left after `LOSS` during the upgrade: zone=2, fd=1, ud=3, spot or host; repeatable")
	f.IntVar(&opts.Cancel, "cancel", 0, "cancel the upgrade during batch `N`")
	f.IntVar(&opts.MinRunning, "min-running", 0, "report an error if fewer than `N` instances are running at any moment")
	failOnVar(f, &opts.FailOn)
	wordVar(f, &opts.Format, "format", "text", "output `FORMAT`: %s", "text", "json", "csv", "markdown", "html")
	f.StringVarP(&opts.Output, "output", "o", "", "write the result to `FILE`")
	opts.app.bindForce(f)
	return cmd
}

const planArguments = "OLD and NEW, or one template with --reimage, --os-upgrade or --repairs"

func runPlan(ctx context.Context, o *planOptions) error {
	out := output{o.Format, o.Output}
	options, err := o.rollout()
	if err != nil {
		return err
	}
	report, err := o.plans(ctx, options)
	if err != nil {
		return mistaken(err, flagsOfPlan)
	}
	err = o.app.writeMasked(out, report.Secrets, func(w io.Writer) error {
		switch out.Format {
		case "json":
			return report.WriteJSON(w)
		case "csv":
			return report.WriteCSV(w)
		case "markdown":
			return report.WriteMarkdown(w)
		case "html":
			return report.WriteHTML(w)
		}
		text := o.app.textFormat(out)
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
		return r, usagef("--min-running %d is negative; use 0 or more", o.MinRunning)
	}
	r.Unhealthy, r.Fail, r.Reimage, r.MinRunning = o.Unhealthy, o.Fail, o.Reimage, o.MinRunning
	if o.Cancel < 0 {
		return r, usagef("--cancel %d is not a batch number; the first batch is 1", o.Cancel)
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
		return m, usagef("--minutes-per-instance %q must be a number such as 6 or a range such as 5-8, up to 1440", text)
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
		c, err := o.compare(o.left(), &comparedSide{name: o.New, options: o.templateOptions})
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
	var planned whatif.Previewed
	for _, p := range pairs {
		of := options
		if of.List != nil && len(pairs) > 1 && !strings.EqualFold(of.List.Name, p.Newer.Name) {
			of.List = nil
		}
		var r *rollout.Rollout
		if planned.Room(mostInstances(p, of)) {
			r, err = rollout.Of(p.Older, p.Newer, p.Changes, of)
		} else {
			err = fmt.Errorf("a plan covers at most %d instances; use --set-name to plan one scale set", whatif.MostPreviewed)
		}
		if err != nil {
			if len(pairs) > 1 || report.Terraform != nil { // the others can be planned anyway
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

// mostInstances is how many instances the upgrade of a scale set has to do with at most,
// as far as is known.
func mostInstances(p rollout.Pair, o rollout.Options) int {
	most := 0
	for _, set := range [...]*vmss.ScaleSet{p.Older, p.Newer} {
		if n, ok := set.Capacity.Known(); ok {
			most = max(most, n)
		}
	}
	if o.Current != nil {
		most = *o.Current
	}
	return most
}

// chosen keeps the scale set that --set-name names.
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
		return nil, usagef("%s and %s have no scale set in common, so nothing is upgraded", o.Old, o.New)
	case o.SetName != "":
		return nil, usagef("OLD and NEW do not both have scale set %q; use one of: %s", o.SetName, strings.Join(names, ", "))
	}
	return pairs, nil
}
