package cli

import (
	"context"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/check/baseline"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/report/comparisons"
	"github.com/scaleset/scaleset/pkg/report/expansions"
	"github.com/scaleset/scaleset/pkg/report/reviews"
	"github.com/scaleset/scaleset/pkg/review"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

const reviewLong = `Write one document for the review of a template before its deployment. It contains
the verdict; with --against, the changes and what Azure does with them; the
findings, with --against the new ones first; a picture of the deployment; the scale
sets with their sizes, cores, images, disks, network and effective defaults; the
ports that are open to the Internet; the parameters; the capacity with its limits and
what is left after a failure; and what is not known offline.

The HTML page is one file without scripts, external content or secrets.

Exit codes: 0 clean, 1 a finding at or above --fail-on or a change that Azure
rejects, 2 an error in the command line, 3 an internal error or a failure to read
or write.`

const reviewExample = `  scaleset review azuredeploy.json --format html --output review.html
  scaleset review azuredeploy.json --against HEAD~1:azuredeploy.json --current 12 --to 20
  az vm list-usage -l westus2 -o json > usage.json
  scaleset review azuredeploy.json --usage usage.json`

type reviewOptions struct {
	app *App
	templateOptions
	Template      string
	Against       string
	Instances     string
	OldParameters []string
	Current       string
	To            []string
	Usage, SKUs   string
	FailOn        string
	Format        string
	Output        string
}

func newReviewCmd(app *App, runF func(context.Context, *reviewOptions) error) *cobra.Command {
	opts := &reviewOptions{app: app}
	if runF == nil {
		runF = runReview
	}
	cmd := &cobra.Command{
		Use:     "review TEMPLATE",
		Short:   "Write one document for the review of a deployment",
		Long:    reviewLong,
		Example: reviewExample,
		Args:    exactArgs(1, "one template"),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.Template = args[0]
			return runF(cmd.Context(), opts)
		},
	}
	f := cmd.Flags()
	opts.templateOptions.bind(opts.app, cmd)
	f.StringVar(&opts.Instances, "instances", "", "read the existing instances from `FILE`, saved from az vmss list-instances --expand instanceView")
	f.StringVar(&opts.Against, "against", "", "compare with `OLD`: a template, a template at a git revision (REV:path), or an exported resource")
	f.StringArrayVar(&opts.OldParameters, "old-parameters", nil, "parameter `FILE` for OLD (default: the one next to OLD, or --parameters)")
	f.StringVar(&opts.Current, "current", "", "the scale sets have `N` instances now (default: the capacity in OLD or in the template)")
	f.StringSliceVar(&opts.To, "to", nil, "also preview the capacities `N[,N...]`, as simulate does")
	f.StringVar(&opts.Usage, "usage", "", "compare with the quota in `FILE`, saved from az vm list-usage")
	f.StringVar(&opts.SKUs, "skus", "", "read the cores of the sizes from `FILE`, saved from az vm list-skus")
	failOnVar(f, &opts.FailOn)
	wordVar(f, &opts.Format, "format", "markdown", "output `FORMAT`: %s", "markdown", "html", "json")
	f.StringVarP(&opts.Output, "output", "o", "", "write the document to `FILE`")
	opts.app.bindForce(f)
	return cmd
}

func runReview(ctx context.Context, o *reviewOptions) error {
	out := output{o.Format, o.Output}
	if o.Template == engine.Stdin {
		return usagef("review cannot read the template from the standard input; save it to a file")
	}
	doc, err := o.document(ctx)
	if err != nil {
		return mistaken(err, flagsOfScale)
	}
	err = o.app.writeMasked(out, doc.Secrets, func(w io.Writer) error {
		switch o.Format {
		case "html":
			return doc.WriteHTML(w)
		case "json":
			return doc.WriteJSON(w)
		}
		return doc.WriteMarkdown(w)
	})
	if err != nil {
		return err
	}
	if o.FailOn == "never" {
		return nil
	}
	severity, _ := diag.ParseSeverity(o.FailOn) // checked above
	if reaches(doc.Review.Findings, severity) || doc.Review.Refused() > 0 || doc.Review.Blocked() {
		return errFindings
	}
	return nil
}

// document puts the review together.
func (o *reviewOptions) document(ctx context.Context) (doc reviews.Document, err error) {
	o.savedSizes = o.SKUs
	result, err := o.check(ctx, o.app, o.Template)
	if err != nil {
		return doc, err
	}
	t := result.Templates[0]
	if t.ARM == nil {
		return doc, o.app.reject(t)
	}
	run, found := theRun(o.app, t), notSuppressed(result.Findings)
	doc = reviews.Document{Secrets: new(secret.Set), Version: o.app.Version}
	doc.Secrets.Merge(t.Secrets)
	options, err := o.reviewOptions(t, run)
	if err != nil {
		return doc, err
	}
	known, compared, err := o.against(ctx, t, run)
	if err != nil {
		return doc, err
	}
	if compared != nil {
		options.Older, options.Diff = compared.Diff.Old.Deployment, compared.Diff
		doc.Secrets.Merge(compared.Secrets)
	}
	if sets := vmss.New(run.Deployment).ScaleSets; len(sets) > 1 && (len(o.To) > 0 || o.Current != "") {
		return doc, usagef("%s deploys %d scale sets, and --to and --current apply to one; run scaleset simulate --set-name NAME", o.Template, len(sets))
	}
	if doc.Review, err = review.New(run.Deployment, options); err != nil {
		return doc, err
	}
	doc.Review.Template, doc.Review.ParameterFile = t.Path, run.ParameterFile
	for _, fact := range t.Assumed {
		doc.Assumed = append(doc.Assumed, expansions.Assumed{Name: fact.Flag, Value: fact.Value})
	}
	if t.ParameterSets > 1 {
		doc.Review.Assume("the template has %d parameter files, this document is about %s", t.ParameterSets, run.ParameterFile)
	}
	doc.Review.Findings = found
	if known != nil {
		doc.Review.Existing = existing(known, result, found)
	}
	return doc, nil
}

// existing says for each finding whether it is known: the template of --against has
// it too.
func existing(known *baseline.Baseline, newer *engine.Result, found diag.List) []bool {
	marked := slices.Clone(found)
	known.Apply(marked, besideTemplate(newer))
	existing := make([]bool, len(found))
	for i := range marked {
		existing[i] = marked[i].Suppressed != nil
	}
	return existing
}

// besideTemplate knows files by their places beside the template, so that a revision
// or a copy under another name compares.
func besideTemplate(r *engine.Result) *baseline.Maker {
	template := filepath.ToSlash(r.Templates[0].Path)
	folder := template[:strings.LastIndexAny(template, "/:")+1] // or the revision
	return &baseline.Maker{Trees: r.Trees(), Secrets: r.Secrets, Path: func(name string) string {
		if name = filepath.ToSlash(name); name == template {
			return templateName
		}
		return strings.TrimPrefix(name, folder)
	}}
}

func (o *reviewOptions) reviewOptions(t *engine.Template, run *engine.Run) (review.Options, error) {
	options := review.Options{Waits: run.Graph}
	var err error
	if options.Era, err = o.era(o.app, o.Template); err != nil {
		return options, err
	}
	if options.Current, err = capacity("current", o.Current); err != nil {
		return options, err
	}
	if o.Instances != "" {
		saved := &savedFiles{app: o.app, Instances: o.Instances}
		if options.List, err = saved.listed(); err != nil {
			return options, err
		}
	}
	if len(o.To) > 0 {
		if options.Changes, err = whatif.ParseChanges(strings.Join(o.To, ",")); err != nil {
			return options, err
		}
	}
	// Only what is about connections uses them, and what could go wrong would have
	// gone wrong when the template was loaded.
	known := sync.OnceValues(func() (*expand.Deployment, error) { return o.loadKnown(o.app, o.Template, t) })
	options.Known = func(r *expand.Resource) *expand.Resource {
		d, err := known()
		if err != nil {
			return nil
		}
		return counterpart(d.Resources, run.Deployment.Resources, r)
	}
	quota := &savedFiles{app: o.app, Usage: o.Usage, SKUs: o.SKUs}
	options.Quota = quota.addQuota
	return options, nil
}

// against compares with OLD, and returns the findings of OLD, if it is a template;
// nil without --against.
func (o *reviewOptions) against(ctx context.Context, t *engine.Template, run *engine.Run) (*baseline.Baseline, *comparisons.Comparison, error) {
	if o.Against == "" {
		return nil, nil, nil
	}
	d := &diffOptions{app: o.app, templateOptions: o.templateOptions, Old: o.Against, New: o.Template, OldParameters: o.OldParameters,
		Mode: "incremental", Current: o.Current, Instances: o.Instances}
	left := d.left()
	if err := left.readExport(o.app); err != nil {
		return nil, nil, err
	}
	var known *baseline.Baseline
	if !left.side.Exported {
		older, err := left.options.check(ctx, o.app, o.Against)
		if err != nil {
			return nil, nil, err
		}
		if left.template, left.run, err = usable(o.app, o.Against, older.Templates[0]); err != nil {
			return nil, nil, err
		}
		known = baseline.New(older.Findings, besideTemplate(older))
	}
	c, err := d.compare(left, &comparedSide{name: d.New, options: d.templateOptions, template: t, run: run})
	return known, &c, err
}
