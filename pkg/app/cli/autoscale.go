package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/autoscale"
	"github.com/scaleset/scaleset/pkg/capacity/declared"
	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/metrics"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/report/autoscaling"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

const autoscaleLong = `Show what the autoscale settings of a template do: the profiles, their rules, the
metric value that a scale-in needs at each number of instances, and the findings.

--metrics replays recorded metrics through each setting as Azure documents it: one
evaluation for each sample, with windows, cooldowns, profiles and schedules. A
scale-in that would cause an immediate scale-out (flapping) does not run.

The file is the saved output of az monitor metrics list -o json, or CSV with a
column time, columns named like the metrics of the rules, and an optional column
instances with the number of instances that shared the load. With that column, a
value is the average over those instances, and the replay spreads the load over its
own instances; without it, values are used as they are.

  time,Percentage CPU,instances
  2026-01-31T08:00:00Z,82,2
  2026-01-31T08:05:00Z,88,2

--placement adds the instances: which are added and removed, in which zones and
fault domains, and what the smallest and the largest number of them need.

--at shows which profile applies at a time, its limits, and the next possible
action. --calendar shows when each profile applies, with gaps, overlaps and
clock changes. The formats svg and html draw the calendar, and the metrics with
their thresholds and the number of instances.`

const autoscaleExample = `  scaleset autoscale azuredeploy.json
  scaleset autoscale azuredeploy.json --metrics load.csv --start 2
  scaleset autoscale azuredeploy.json --metrics load.csv --format csv --output replay.csv
  scaleset autoscale azuredeploy.json --at "2026-03-29 02:00"
  scaleset autoscale azuredeploy.json --calendar week --format svg --output week.svg
  scaleset autoscale azuredeploy.json --metrics cpu.json --placement --format html --output replay.html`

type autoscaleOptions struct {
	app *App
	templateOptions
	Template string
	Metrics  string
	Start    int
	Setting  string
	Format   string
	Output   string
	MaxRows  int

	At        string
	Calendar  string
	Placement bool
	Instances string
	Usage     string
	SKUs      string

	moment, from, to time.Time // of --at and --calendar
	list             *instances.State
}

func newAutoscaleCmd(app *App, runF func(context.Context, *autoscaleOptions) error) *cobra.Command {
	o := &autoscaleOptions{app: app}
	if runF == nil {
		runF = runAutoscale
	}
	cmd := &cobra.Command{
		Use:     "autoscale TEMPLATE",
		Short:   "Analyze autoscale settings and replay metrics through them",
		Long:    autoscaleLong,
		Example: autoscaleExample,
		Args:    exactArgs(1, "one template"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.Template = args[0]
			return runF(cmd.Context(), o)
		},
	}
	f := cmd.Flags()
	o.templateOptions.bind(o.app, cmd)
	f.StringVar(&o.Metrics, "metrics", "", "replay the metrics in `FILE`, CSV or saved from az monitor metrics list; - is the standard input")
	f.IntVar(&o.Start, "start", -1, "start with `N` instances; -1 is the capacity in the template")
	f.StringVar(&o.At, "at", "", "show which profile applies at `TIME`, such as \"2026-03-29 02:00\" (UTC, or with an offset), or 02:00 for today")
	wordVar(f, &o.Calendar, "calendar", "", "show when each profile applies, for a `SPAN` of %s, starting at --at (default: Monday)", "day", "week", "month")
	f.BoolVar(&o.Placement, "placement", false, "with --metrics: show which instances are added and removed, and what they need")
	f.StringVar(&o.Instances, "instances", "", "start with the instances in `FILE`, saved from az vmss list-instances --expand instanceView")
	f.StringVar(&o.Usage, "usage", "", "with --placement: compare with the quota in `FILE`, saved from az vm list-usage")
	f.StringVar(&o.SKUs, "skus", "", "with --placement: read the cores of the sizes from `FILE`, saved from az vm list-skus")
	f.StringVar(&o.Setting, "setting", "", "show only the autoscale setting `NAME`")
	wordVar(f, &o.Format, "format", "text", "output `FORMAT`: %s", "text", "json", "csv", "markdown", "svg", "html")
	f.StringVarP(&o.Output, "output", "o", "", "write the result to `FILE`")
	o.app.bindForce(f)
	f.IntVar(&o.MaxRows, "max-rows", 0, "limit tables to `N` rows (default 30 in text, 200 in markdown)")
	return cmd
}

func (o *autoscaleOptions) reporter() autoscaling.Reporter {
	switch o.Format {
	case "json":
		return autoscaling.JSON{}
	case "csv":
		return autoscaling.CSV{}
	case "markdown":
		return autoscaling.Markdown{MaxRows: o.MaxRows}
	case "svg":
		return autoscaling.SVG{}
	case "html":
		return autoscaling.HTML{MaxRows: o.MaxRows}
	}
	return autoscaling.Text{Color: o.Output == "" && o.app.useColor(), Width: o.app.Width, MaxRows: o.MaxRows, Quiet: o.app.common.Quiet}
}

func (o *autoscaleOptions) check() error {
	switch {
	case o.Start < -1 || o.Start > placement.MaxInstances:
		return usagef("--start %d is not a number of instances; use 0 to %d", o.Start, placement.MaxInstances)
	case o.Start >= 0 && o.Metrics == "" && o.At == "":
		return usagef("--start needs --metrics FILE or --at TIME")
	case o.Instances != "" && o.Start >= 0:
		return usagef("--start and --instances cannot be combined; use one of them")
	case o.Instances != "" && o.Metrics == "" && o.At == "":
		return usagef("--instances needs --metrics FILE or --at TIME")
	case o.Placement && o.Metrics == "":
		return usagef("--placement needs --metrics FILE")
	case (o.Usage != "" || o.SKUs != "") && !o.Placement:
		return usagef("--usage and --skus need --placement")
	case o.Format == "svg" && o.Metrics == "" && o.Calendar == "":
		return usagef("--format svg draws a calendar or a replay; add --calendar week or --metrics FILE")
	case o.MaxRows < 0:
		return usagef("--max-rows %d is negative; use 1 or more", o.MaxRows)
	}
	return nil
}

func runAutoscale(ctx context.Context, o *autoscaleOptions) error {
	reporter := o.reporter()
	if err := o.check(); err != nil {
		return err
	}
	series, err := o.series()
	if err != nil {
		return err
	}
	if o.Instances != "" {
		saved := &savedFiles{app: o.app, Instances: o.Instances}
		if o.list, err = saved.listed(); err != nil {
			return mistaken(err, flagsOfSimulate)
		}
	}
	t, run, found, err := o.checkOne(ctx, o.app, o.Template)
	if err != nil {
		return err
	}
	analysis, err := o.analyse(t, run, series)
	if err != nil {
		return err
	}
	analysis.Findings = autoscaleFindings(found)
	err = o.app.writeMasked(output{o.Format, o.Output}, analysis.Secrets, func(w io.Writer) error { return reporter.Report(w, analysis) })
	if err != nil {
		return err
	}
	if reaches(analysis.Findings, diag.Error) {
		return errFindings
	}
	return nil
}

// series reads the metrics; nil when none are given.
func (o *autoscaleOptions) series() (*autoscale.Series, error) {
	if o.Metrics == "" {
		return nil, nil
	}
	in, name := o.app.In, "<stdin>"
	if o.Metrics != "-" {
		o.app.readFrom(o.Metrics)
		file, err := os.Open(o.app.path(o.Metrics))
		if err != nil {
			return nil, usagef("--metrics: %w", err)
		}
		defer file.Close()
		in, name = file, o.Metrics
	}
	head := bufio.NewReader(&limited{in: in, left: maxSaved})
	if first, _ := head.Peek(512); metrics.IsJSON(first) {
		size := 0
		if info, err := os.Stat(o.app.path(o.Metrics)); err == nil && o.Metrics != "-" {
			size = int(min(info.Size(), maxSaved))
		}
		text, err := readAtMost(head, size)
		if err != nil {
			return nil, usagef("--metrics %s: %w", name, err)
		}
		series, err := metrics.Parse(name, text)
		if err != nil {
			return nil, usagef("%w", err)
		}
		return &series, nil
	}
	series, err := autoscale.ReadCSV(name, head, 0)
	var mistake *autoscale.CSVError
	if errors.As(err, &mistake) {
		return nil, usagef("%w", err)
	}
	return &series, err
}

// analyse looks at the settings, or at the one that --setting names.
func (o *autoscaleOptions) analyse(t *engine.Template, run *engine.Run, series *autoscale.Series) (a autoscaling.Analysis, err error) {
	if err := o.readTimes(); err != nil {
		return a, err
	}
	deployment := vmss.New(run.Deployment)
	a = autoscaling.Analysis{Template: t.Path, Secrets: t.Secrets}
	var names []string
	for _, s := range deployment.Autoscale {
		names = append(names, s.Resource.Name)
		if o.Setting != "" && !strings.EqualFold(o.Setting, s.Resource.Name) {
			continue
		}
		setting, err := o.setting(deployment, s, series)
		if err != nil {
			return a, err
		}
		a.Settings = append(a.Settings, setting)
	}
	switch {
	case len(names) == 0:
		o.app.notice("%s deploys no autoscale setting", o.Template)
	case len(a.Settings) == 0:
		return a, usagef("%s has no autoscale setting %s%s; it deploys %s", o.Template, o.Setting, nearest.Hint(o.Setting, names), strings.Join(names, ", "))
	}
	return a, nil
}

// autoscaleFindings are the findings about autoscale, and the errors of the
// template itself, which may cost a setting.
func autoscaleFindings(found diag.List) diag.List {
	return slices.DeleteFunc(found, func(d diag.Diagnostic) bool {
		return !strings.HasPrefix(d.Rule, "autoscale-") && !(d.Severity == diag.Error && engine.IsLanguage(d.Code))
	})
}

// setting computes one setting, and its replay.
func (o *autoscaleOptions) setting(d *vmss.Deployment, s *vmss.AutoscaleSetting, series *autoscale.Series) (autoscaling.Setting, error) {
	computed, missing := declared.Setting(s)
	out := autoscaling.Setting{Setting: computed, Target: targetName(s)}
	out.Name = s.Resource.Name
	for _, n := range missing {
		if at := n.Pointer(); !slices.Contains(out.Unknown, at) {
			out.Unknown = append(out.Unknown, at)
		}
	}
	if len(computed.Profiles) == 0 {
		return out, nil
	}
	if err := o.schedule(d, s, computed, &out); err != nil {
		return out, err
	}
	if series == nil {
		return out, nil
	}
	if !computed.Enabled {
		o.app.notice("%s is disabled; the replay assumes that it is enabled", s.Resource.Name)
	}
	replay := &autoscaling.Replay{Series: *series, Start: o.start(d, s, computed)}
	running := computed
	running.Enabled = true
	columns, guessed := columnsOf(computed, series.Metrics)
	if guessed != "" {
		o.app.notice("no column is named like a metric; using the only column, %s, for %s, the only metric of %s", series.Metrics[0], guessed, s.Resource.Name)
	}
	replay.Missing, replay.Columns = missingMetrics(computed, columns), columns
	var err error
	replay.Events, replay.Counts, err = running.Replay(*series, autoscale.ReplayOptions{
		Start:  replay.Start,
		Column: func(r autoscale.Rule) int { return columns[r.Key()] },
	})
	if err != nil {
		return out, fmt.Errorf("replaying %s: %w", o.Metrics, err)
	}
	out.Replay = replay
	if o.Placement {
		replay.Placement, err = o.place(d, s, replay)
	}
	return out, err
}

// readTimes reads --at and --calendar.
func (o *autoscaleOptions) readTimes() (err error) {
	now := o.app.Now().UTC()
	if o.At != "" {
		if o.moment, err = momentOf(o.At, now); err != nil {
			return err
		}
	}
	if o.Calendar == "" {
		return nil
	}
	days := map[string]int{"day": 1, "week": 7, "month": 31}[o.Calendar]
	o.from = now.Truncate(24 * time.Hour)
	switch {
	case o.At != "":
		o.from = o.moment.UTC().Truncate(24 * time.Hour)
	case days > 1:
		o.from = o.from.AddDate(0, 0, -(int(now.Weekday())+6)%7)
	}
	o.to = o.from.AddDate(0, 0, days)
	return nil
}

// momentOf reads a time of --at: with a date, or the time of the present day.
func momentOf(text string, now time.Time) (time.Time, error) {
	if t, ok := autoscale.ParseTime(text); ok {
		if t.Year() < 1970 || t.Year() > 9000 {
			return t, usagef("--at %q is out of range; use a year from 1970 to 9000", text)
		}
		return t, nil
	}
	if clock, err := time.Parse("15:04", text); err == nil {
		return now.Truncate(24 * time.Hour).Add(time.Duration(clock.Hour())*time.Hour + time.Duration(clock.Minute())*time.Minute), nil
	}
	return now, usagef("--at %q is not a time; write it as 2026-03-29T02:00Z, as \"2026-03-29 02:00\" in UTC, or as 02:00 for today", text)
}

// schedule works out what --at and --calendar ask for.
func (o *autoscaleOptions) schedule(d *vmss.Deployment, s *vmss.AutoscaleSetting, computed autoscale.Setting, out *autoscaling.Setting) error {
	if o.At != "" {
		m, err := computed.At(o.moment, o.start(d, s, computed))
		if err != nil {
			return usagef("%s: %w", s.Resource.Name, err)
		}
		out.Moment = &m
	}
	if o.Calendar != "" {
		c, err := computed.Calendar(o.from, o.to)
		if err != nil {
			return usagef("%s: %w", s.Resource.Name, err)
		}
		out.Calendar = &c
	}
	return nil
}

// place plans the changes of a replay: the instances behind its counts.
func (o *autoscaleOptions) place(d *vmss.Deployment, s *vmss.AutoscaleSetting, replay *autoscaling.Replay) (*whatif.Plan, error) {
	at := slices.IndexFunc(d.ScaleSets, func(set *vmss.ScaleSet) bool { return slices.Contains(set.Autoscale, s) })
	if at < 0 {
		o.app.notice("%s: the template does not deploy the scale set that it scales, so no instances are shown", s.Resource.Name)
		return nil, nil
	}
	era, err := guidance.ParseEra(o.Guidance)
	if err != nil {
		return nil, usagef("--guidance: %w", err)
	}
	state := instances.FromTemplate(d.ScaleSets[at], era)
	saved := &savedFiles{app: o.app, Usage: o.Usage, SKUs: o.SKUs}
	if err := saved.addQuota(state); err != nil {
		return nil, err
	}
	options := whatif.Options{From: &replay.Start}
	if list := o.listOf(d, d.ScaleSets[at]); list != nil {
		options.From = nil
		if err := state.AddInstances(list); err != nil {
			return nil, mistaken(err, flagsOfSimulate)
		}
	}
	var changes []whatif.Change
	work := replay.Start
	for _, e := range replay.Events {
		if e.To == e.From {
			continue
		}
		if work += max(e.From, e.To); len(changes) == whatif.MaxSteps || work > whatif.MaxWork {
			o.app.notice("%s: only the instances of the first %d changes are shown; use a shorter time to see the others", s.Resource.Name, len(changes))
			break
		}
		changes = append(changes, whatif.Change{Amount: e.To})
	}
	plan, err := whatif.New(state, changes, options)
	if err != nil {
		return nil, mistaken(err, map[instances.Field]string{instances.FieldFrom: "--start"})
	}
	return plan, nil
}

// targetName is the name of the set that a setting scales, "" when not known.
func targetName(s *vmss.AutoscaleSetting) string {
	if s.Target.Parsed.Type != "" {
		return s.Target.Parsed.Name()
	}
	id, _ := s.Target.ID.Known()
	return id
}

// listOf is the saved list of the instances of a set, nil for another set.
func (o *autoscaleOptions) listOf(d *vmss.Deployment, set *vmss.ScaleSet) *instances.State {
	if o.list != nil && (len(d.ScaleSets) == 1 || strings.EqualFold(o.list.Name, set.Name)) {
		return o.list
	}
	return nil
}

// start is where a replay begins: where --start says, with the instances of the
// list, else at the capacity of the set, else at the default of the first profile.
func (o *autoscaleOptions) start(d *vmss.Deployment, s *vmss.AutoscaleSetting, computed autoscale.Setting) int {
	if o.Start >= 0 {
		return o.Start
	}
	for _, set := range d.ScaleSets {
		if list := o.listOf(d, set); list != nil && slices.Contains(set.Autoscale, s) {
			return len(list.Instances)
		}
		if n, ok := set.Capacity.Known(); ok && n >= 0 && slices.Contains(set.Autoscale, s) {
			return n
		}
	}
	return computed.Profiles[0].Default
}

// columnsOf finds the column of each metric that a rule watches, by its name
// ignoring case, or by the end of it; -1 when the series lacks it. When there is
// one column and one metric they belong together; guessed is then its name, if
// it is another.
func columnsOf(s autoscale.Setting, metrics []string) (columns map[string]int, guessed string) {
	columns = map[string]int{}
	last := ""
	for _, p := range s.Profiles {
		for _, r := range p.Rules {
			columns[r.Key()] = slices.IndexFunc(metrics, func(m string) bool { return strings.EqualFold(m, r.Metric) })
			if columns[r.Key()] < 0 {
				end := r.Metric[strings.LastIndexAny(r.Metric, `\/`)+1:]
				columns[r.Key()] = slices.IndexFunc(metrics, func(m string) bool { return strings.EqualFold(m, end) })
			}
			last = r.Metric
		}
	}
	for key, at := range columns {
		if at < 0 && len(columns) == 1 && len(metrics) == 1 {
			columns[key], guessed = 0, last
		}
	}
	return columns, guessed
}

func missingMetrics(s autoscale.Setting, columns map[string]int) []string {
	var missing []string
	for _, p := range s.Profiles {
		for _, r := range p.Rules {
			if columns[r.Key()] < 0 && !slices.Contains(missing, r.Metric) {
				missing = append(missing, r.Metric)
			}
		}
	}
	return missing
}
