package cli

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/scaleset/scaleset/pkg/azure/quota"
	"github.com/scaleset/scaleset/pkg/check/catalog"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/packs"
	"github.com/scaleset/scaleset/pkg/check/settings"
	"github.com/scaleset/scaleset/pkg/internal/glob"
	"github.com/scaleset/scaleset/pkg/report/findings"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/spf13/cobra"
)

const lintLong = `Check templates against the ARM language, the schema of each resource's API
version, and the documented guidance.

PATH is a file, a folder (searched recursively, honoring .gitignore and skipping
hidden folders), a pattern with *, ** and ?, or - for the standard input. The
default is the current folder.

Each template is checked once with each of its parameter files: those given with
--parameters, or X.parameters.json and X.parameters.*.json next to X.json. If PATH
is a parameter file, the template next to it is checked.

--fix applies the fixes that need no decision, in templates and parameter files,
with the smallest edits. Each fix is checked: one that does not remove its
finding, or that causes an error, is undone. Fixes that need a decision are shown.
--diff shows the same edits and writes nothing.`

const lintExample = `  scaleset lint
  scaleset lint azuredeploy.json --parameters prod.json --parameters test.json
  scaleset lint 'templates/**/*.json' --fail-on warning
  scaleset lint --format text --format sarif=findings.sarif
  cat azuredeploy.json | scaleset lint -`

// lintFormats lists the names of the output formats of lint.
func lintFormats() []string {
	return []string{"text", "compact", "json", "junit", "github", "azure-devops", "checkstyle", "gitlab", "sarif", "markdown", "html"}
}

type lintOptions struct {
	app *App
	templateOptions
	Paths           []string
	Formats         []string
	Output          string
	FailOn          string
	MinSeverity     string
	Enable, Disable []string
	Packs           []string
	HonorPeers      bool
	StdinName       string
	AsOf            string // a date, for what is retired or expired by then
	AllValues       bool
	Fix, Diff       bool
	Usage, SKUs     string // saved az vm list-usage and list-skus
	ShowSuppressed  bool
	Baseline        string
	WriteBaseline   string
	Exclude         []string
	MaxFindings     int
	Verbose         bool
}

func newLintCmd(app *App, runF func(context.Context, *lintOptions) error) *cobra.Command {
	opts := &lintOptions{app: app}
	if runF == nil {
		runF = runLint
	}
	cmd := &cobra.Command{
		Use:     "lint [PATH...]",
		Short:   "Check templates for errors and bad practice",
		Long:    lintLong,
		Example: lintExample,
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.Paths = args
			return runF(cmd.Context(), opts)
		},
	}
	opts.bind(cmd)
	return cmd
}

func (o *lintOptions) bind(cmd *cobra.Command) {
	o.templateOptions.bind(o.app, cmd)
	o.app.takes(cmd, lintSettings)
	f := cmd.Flags()
	f.Lookup("parameters").Usage += "; repeatable, one run for each"
	f.StringArrayVar(&o.Formats, "format", []string{"text"}, "output `FORMAT` or FORMAT=FILE, repeatable: "+strings.Join(lintFormats(), ", "))
	f.StringVarP(&o.Output, "output", "o", "", "write the results to `FILE`")
	o.app.bindForce(f)
	failOnVar(f, &o.FailOn)
	wordVar(f, &o.MinSeverity, "min-severity", "info", "report findings of this `SEVERITY` or above: %s", "info", "warning", "error")
	f.StringSliceVar(&o.Enable, "enable", nil, "enable `RULE`: a code, a name, SS50* or all; repeatable")
	f.StringSliceVar(&o.Disable, "disable", nil, "disable `RULE`: a code, a name, SS50* or all; repeatable")
	f.StringSliceVar(&o.Packs, "pack", nil, "turn on the rules of `PACK`, repeatable: "+strings.Join(packs.Names(), ", "))
	f.BoolVar(&o.AllValues, "all-values", false, "also check with the values that parameters can have: allowed values, true and false, the ends of a range")
	f.BoolVar(&o.HonorPeers, "honor-peer-suppressions", false, "let suppressions for Checkov and arm-ttk in a template silence the rules that correspond to their checks")
	f.BoolVar(&o.Fix, "fix", false, "apply the fixes that need no decision, then report what remains")
	f.BoolVar(&o.Diff, "diff", false, "print what --fix would change as a unified diff; write nothing")
	f.StringVar(&o.Usage, "usage", "", "compare with the quota in `FILE`, saved from az vm list-usage")
	f.StringVar(&o.SKUs, "skus", "", "read the capabilities, zones and restrictions of sizes from `FILE`, saved from az vm list-skus")
	f.StringVar(&o.AsOf, "as-of", "", "check retirements and the expiry of suppressions as of `DATE`, such as 2027-01-31 (default: today)")
	f.StringVar(&o.Baseline, "baseline", "", "hide the findings listed in `FILE`, written by --write-baseline")
	f.StringVar(&o.WriteBaseline, "write-baseline", "", "write all findings to `FILE` as a baseline, and exit with 0")
	f.StringArrayVar(&o.Exclude, "exclude", nil, "skip files in folders that match `PATTERN`; repeatable")
	f.IntVar(&o.MaxFindings, "max-findings", 0, "report at most `N` findings, the most severe ones; 0 reports all")
	f.BoolVar(&o.Verbose, "verbose", false, "print how long each rule took to the standard error")
	f.BoolVar(&o.ShowSuppressed, "show-suppressed", false, "also report suppressed findings, marked as suppressed (text, json, sarif, markdown, html)")
	f.StringVar(&o.StdinName, "stdin-name", "", "treat the standard input as the file at `PATH`")
	completeFlag(cmd, "format", func(string) []string { return lintFormats() })
	completeFlag(cmd, "enable", o.app.ruleList)
	completeFlag(cmd, "disable", o.app.ruleList)
	completeFlag(cmd, "pack", func(string) []string { return packs.Names() })
}

// A lintPlan is the validated form of the options of lint.
type lintPlan struct {
	outputs     []output
	failOn      diag.Severity
	never       bool // whatever is found, the exit code is 0
	minSeverity diag.Severity
	config      engine.Config
	narrowing   *findings.Narrowing // nil if the settings hide no findings
}

func (o *lintOptions) plan() (p lintPlan, err error) {
	if p.config, err = o.flagConfig(o.app); err != nil {
		return p, err
	}
	p.config.StdinName, p.config.AllValues = o.StdinName, o.AllValues
	p.config.Lint.Enable, p.config.Lint.Disable = o.Enable, o.Disable
	p.config.Lint.HonorForeign = o.HonorPeers
	if p.config.Lint.Packs, err = packed(o.Packs); err != nil {
		return p, err
	}
	if o.AsOf != "" {
		if p.config.Lint.Today, err = time.Parse(time.DateOnly, o.AsOf); err != nil {
			return p, usagef("--as-of %q is not a date; write it as 2027-01-31", o.AsOf)
		}
	}
	if err := o.readQuota(&p.config.Lint); err != nil {
		return p, err
	}
	p.narrowing = o.app.narrowing(p.config.Lint, true)
	o.app.policy.Apply(&p.config, o.paths()...)
	for _, pattern := range o.Exclude {
		if err := glob.Validate(pattern); err != nil {
			return p, usagef("--exclude: the pattern %q %w", pattern, err)
		}
	}
	p.config.Exclude = o.excludes()
	if o.MaxFindings < 0 {
		return p, usagef("--max-findings %d is negative; use 0 for all", o.MaxFindings)
	}
	p.config.Progress = o.app.progress("templates")
	if p.outputs, err = parseOutputs(o.Formats, o.Output, lintFormats()); err != nil {
		return p, o.app.blame("format", err)
	}
	if p.never = o.FailOn == "never"; !p.never {
		p.failOn, _ = diag.ParseSeverity(o.FailOn)
	}
	p.minSeverity, _ = diag.ParseSeverity(o.MinSeverity)
	return p, nil
}

// paths returns the paths to check: those given, or the working folder.
func (o *lintOptions) paths() []string {
	if len(o.Paths) == 0 {
		return []string{"."}
	}
	return o.Paths
}

// readQuota reads the saved usage and sizes that the rules about quota need.
func (o *lintOptions) readQuota(options *lint.Options) (err error) {
	if o.Usage != "" {
		text, err := o.app.readSaved(o.Usage)
		if err == nil {
			options.Usage, err = quota.ParseUsage(o.Usage, text)
		}
		if err != nil {
			return o.app.blame("usage", usagef("--usage: %w", cause(err, o.Usage)))
		}
	}
	options.Sizes, err = o.app.readSizes(o.SKUs)
	return err
}

// readSizes reads the list of sizes in the file given with --skus. It returns nil
// for an empty name.
func (app *App) readSizes(name string) (sizes *quota.Sizes, err error) {
	if name == "" {
		return nil, nil
	}
	text, err := app.readSaved(name)
	if err == nil {
		sizes, err = quota.ParseSizes(name, text)
	}
	if err != nil {
		return nil, app.blame("skus", usagef("--skus: %w", cause(err, name)))
	}
	return sizes, nil
}

func runLint(ctx context.Context, o *lintOptions) error {
	p, err := o.plan()
	if err != nil {
		return err
	}
	paths := o.paths()
	if err := o.app.checkRevisions("lint", paths); err != nil {
		return err
	}
	if o.Diff || o.Fix {
		if err := o.app.strict(p.narrowing); err != nil {
			return err
		}
	}
	if o.Diff {
		return o.diff(ctx, p, paths)
	}
	if o.Fix {
		if err := o.fix(ctx, p, paths); err != nil {
			return err
		}
	}
	var timing *timing
	if o.Verbose {
		timing = newTiming(o.app.Now)
		p.config = timing.observe(p.config)
	}
	// A baseline lists findings one by one: which finding of a kind comes first in
	// a file changes with every edit above it.
	p.config.NoFold = o.Baseline != "" || o.WriteBaseline != ""
	// A baseline reads the trees again.
	p.config.FindingsOnly = o.Baseline == "" && o.WriteBaseline == ""
	e, err := engine.New(p.config)
	if err != nil {
		return usagef("%w", err)
	}
	result, err := e.Check(ctx, paths)
	if err != nil {
		return err
	}
	if timing != nil {
		timing.tell(o.app.Err, len(result.Templates))
	}
	o.app.ignored = result.Ignored
	o.app.tellOutside(result.Outside)
	if len(result.Templates) == 0 {
		o.app.notice("no templates found in %s", strings.Join(paths, ", "))
	}
	if err := o.baseline(result); err != nil {
		return err
	}
	result.Findings.Fold()
	r := newReport(o.app, result)
	r.ShowSuppressed = o.ShowSuppressed
	r.Narrowed = p.narrowing
	r.Packs = o.packs()
	r.Findings = slices.DeleteFunc(r.Findings, func(d diag.Diagnostic) bool { return d.Severity < p.minSeverity })
	all := r.Findings
	r.Findings, r.Left = most(r.Findings, o.MaxFindings)
	for _, out := range p.outputs {
		if err := o.app.write(out, func(w io.Writer) error { return o.app.reporter(out).Report(w, r) }); err != nil {
			return err
		}
	}
	if len(result.Failures) > 0 {
		return errors.Join(result.Failures...)
	}
	if err := o.app.strict(p.narrowing); err != nil {
		return err
	}
	if !p.never && o.WriteBaseline == "" && reaches(all, p.failOn) {
		return errFindings
	}
	return nil
}

// excludes returns a function that reports whether a path matches a pattern of
// --exclude or of the settings, relative to where the pattern was written. It
// returns nil without patterns.
func (o *lintOptions) excludes() func(path string) bool {
	if len(o.Exclude) == 0 {
		return nil
	}
	from := &settings.Settings{Dir: o.app.Dir}
	if o.app.policy.Settings != nil && !o.app.policy.Overridden("exclude") {
		from = o.app.policy.Settings
	}
	return func(path string) bool { return from.Matches(o.Exclude, o.app.path(path)) }
}

// most returns the n most severe of the findings that are not suppressed, in their
// order, and how many it left out; with n = 0 it returns all.
func most(l diag.List, n int) (kept diag.List, left int) {
	if n == 0 {
		return l, 0
	}
	var count [diag.Error + 1]int // how many of each severity there is room for
	for s := diag.Error; s >= diag.Info; s-- {
		for _, d := range l {
			if d.Suppressed == nil && d.Severity == s && n > 0 {
				count[s]++
				n--
			}
		}
	}
	for _, d := range l {
		switch {
		case d.Suppressed != nil:
		case count[d.Severity] == 0:
			left++
			continue
		default:
			count[d.Severity]--
		}
		kept.Add(d)
	}
	return kept, left
}

// reaches reports whether a finding that is not suppressed has severity s or above.
func reaches(l diag.List, s diag.Severity) bool {
	return slices.ContainsFunc(l, func(d diag.Diagnostic) bool { return d.Suppressed == nil && d.Severity >= s })
}

// reporter returns the writer for an output, whose format is already checked.
func (app *App) reporter(o output) findings.Reporter {
	switch o.Format {
	case "compact":
		return findings.Compact{}
	case "json":
		return findings.JSON{}
	case "junit":
		return findings.JUnit{}
	case "github":
		return findings.GitHub{}
	case "azure-devops":
		return findings.AzureDevOps{}
	case "checkstyle":
		return findings.Checkstyle{}
	case "gitlab":
		return findings.GitLab{}
	case "sarif":
		return findings.SARIF{}
	case "markdown":
		return findings.Markdown{}
	case "html":
		return findings.HTML{}
	}
	return app.textFormat(o)
}

// describe returns a function that looks up the rule of a code; it returns nil for
// an unknown code.
func describe(custom []*lint.Rule) func(diag.Code) *findings.Rule {
	known := map[diag.Code]*findings.Rule{}
	return func(code diag.Code) *findings.Rule {
		rule, ok := known[code]
		if !ok {
			if e, found := catalog.Find(code, custom...); found {
				rule = &findings.Rule{Code: e.Code, Name: e.Name, Severity: e.Severity, Summary: e.Summary, Page: e.Text, Help: e.Help, Peers: e.Peers}
			}
			known[code] = rule
		}
		return rule
	}
}

// newReport converts the result of the engine for the reporters.
func newReport(app *App, r *engine.Result) findings.Result {
	out := findings.Result{Findings: r.Findings, Secrets: r.Secrets, Version: app.Version, Describe: describe(app.policy.Custom)}
	for _, t := range r.Templates {
		out.Files = append(out.Files, findings.File{
			Path: t.Path, Status: reportStatus(t.Status), ParameterSets: t.ParameterSets, CheckedSets: t.CheckedSets,
			Tried: t.Values.Tried, Untried: t.Values.Tried > 0 && !t.Values.Complete,
		})
	}
	return out
}

func reportStatus(s engine.Status) findings.Status {
	switch s {
	case engine.Checked:
		return findings.Checked
	case engine.NotTemplate:
		return findings.NotTemplate
	}
	return findings.Unreadable
}
