package cli

import (
	"context"
	"io"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/capacity/cost"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/internal/revision"
	"github.com/scaleset/scaleset/pkg/report/comparisons"
	"github.com/scaleset/scaleset/pkg/review/diff"
	"github.com/scaleset/scaleset/pkg/review/rollout"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
	"github.com/scaleset/scaleset/pkg/syntax/source"
	"github.com/spf13/cobra"
)

const diffLong = `Compare what two templates deploy, or what a template deploys with an exported
resource: an offline what-if.

OLD and NEW are each a template, a template at a revision of the local git
repository (REV:path), or the saved output of az vmss show or of another resource.
They are compared after expansion, with Azure's defaults filled in. Elements of
lists are matched by name, and case is ignored where Azure ignores it.

For each change the output says what Azure does with it, and why: model only (no
instance is touched), updated in place on each instance, instances restart,
instances are reimaged, or the deployment is rejected.

If the capacity changes, the output shows which instances are added or removed.
With --current N the scale sets have N instances before the change.

Exit codes: 0 clean, 1 changes at or above --fail-on, or OLD or NEW has errors, 2 an
error in the command line, 3 an internal error or a failure to read or write.`

const diffExample = `  scaleset diff old.json new.json
  scaleset diff HEAD~1:azuredeploy.json azuredeploy.json --fail-on reimage
  az vmss show -g GROUP -n NAME -o json > now.json
  scaleset diff now.json azuredeploy.json --fail-on any`

type diffOptions struct {
	app *App
	templateOptions
	Old, New string
	// OldParameters are for OLD, the common ones for NEW and, when these are not
	// given, for both.
	OldParameters []string
	Mode          string
	Current       string
	Instances     string
	Prices        string
	FailOn        string
	Format        string
	Output        string
}

func newDiffCmd(app *App, runF func(context.Context, *diffOptions) error) *cobra.Command {
	opts := &diffOptions{app: app}
	if runF == nil {
		runF = runDiff
	}
	cmd := &cobra.Command{
		Use:     "diff OLD NEW",
		Short:   "Preview what a change of a template does, offline",
		Long:    diffLong,
		Example: diffExample,
		Args:    exactArgs(2, "OLD and NEW"),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.Old, opts.New = args[0], args[1]
			return runF(cmd.Context(), opts)
		},
	}
	f := cmd.Flags()
	opts.templateOptions.bind(opts.app, cmd)
	f.StringArrayVar(&opts.OldParameters, "old-parameters", nil, "parameter `FILE` for OLD (default: the one next to OLD, or --parameters)")
	wordVar(f, &opts.Mode, "mode", "incremental", "deployment `MODE`: %s; complete deletes resources that are not in NEW", "incremental", "complete")
	f.StringVar(&opts.Current, "current", "", "the scale sets have `N` instances now (default: the capacity in OLD)")
	f.StringVar(&opts.Instances, "instances", "", "read the existing instances from `FILE`, saved from az vmss list-instances --expand instanceView")
	f.StringVar(&opts.Prices, "prices", "", "show the cost before and after; `FILE` is a saved response of the Azure Retail Prices API")
	wordVar(f, &opts.FailOn, "fail-on", "refused", "exit with 1 for changes of this `CLASS` or worse: %s", "refused", "reimage", "any", "never")
	wordVar(f, &opts.Format, "format", "text", "output `FORMAT`: %s", "text", "json", "markdown")
	f.StringVarP(&opts.Output, "output", "o", "", "write the result to `FILE`")
	opts.app.bindForce(f)
	return cmd
}

func runDiff(_ context.Context, o *diffOptions) error {
	out := output{o.Format, o.Output}
	failOn, err := diff.ParseThreshold(o.FailOn)
	if err != nil {
		return err
	}
	c, err := o.compare(o.left(), &comparedSide{name: o.New, options: o.templateOptions})
	if err != nil {
		return err
	}
	if err := o.addCosts(&c); err != nil {
		return err
	}
	if err := o.app.writeMasked(out, c.Secrets, func(w io.Writer) error { return o.app.writeComparison(w, out, c) }); err != nil {
		return err
	}
	if c.Diff.Reaches(failOn) {
		return errFindings
	}
	return nil
}

// addCosts adds what the scale sets of both sides cost, where there are prices.
func (o *diffOptions) addCosts(c *comparisons.Comparison) error {
	saved := &savedFiles{app: o.app, Prices: o.Prices}
	list, err := saved.prices()
	if err != nil || list == nil {
		return err
	}
	for _, p := range rollout.Pairs(c.Diff) {
		newer := p.Newer
		if newer.Partial() {
			newer = p.Older
		}
		from, to := -1, -1
		if n, ok := p.Older.Capacity.Known(); ok {
			from = n
		}
		if n, err := capacity("current", o.Current); err == nil && n != nil {
			from = *n
		}
		if n, ok := p.Newer.Capacity.Known(); ok {
			to = n
		}
		c.Costs = append(c.Costs, comparisons.SetCost{Name: p.Newer.Name, Cost: cost.Between(p.Older, newer, from, to, list, o.Location)})
	}
	return nil
}

func (app *App) writeComparison(w io.Writer, o output, c comparisons.Comparison) error {
	switch o.Format {
	case "json":
		return c.WriteJSON(w)
	case "markdown":
		return c.WriteMarkdown(w)
	}
	return c.WriteText(w, app.textFormat(o))
}

// left returns the side of OLD, which is not read yet.
func (o *diffOptions) left() *comparedSide {
	return &comparedSide{name: o.Old, options: o.older(o.OldParameters, o.New)}
}

// compare reads both sides, as far as they are not read, and compares them.
func (o *diffOptions) compare(left, right *comparedSide) (c comparisons.Comparison, err error) {
	options := diff.Options{Complete: o.Mode == "complete"}
	if options.Current, err = capacity("current", o.Current); err != nil {
		return c, err
	}
	if options.Era, err = o.era(o.app, o.New); err != nil {
		return c, err
	}
	if o.Instances != "" {
		saved := &savedFiles{app: o.app, Instances: o.Instances}
		if options.List, err = saved.listed(); err != nil {
			return c, mistaken(err, flagsOfSimulate)
		}
	}
	if o.Old == engine.Stdin && o.New == engine.Stdin {
		return c, usagef("OLD and NEW cannot both be the standard input; save one of them to a file")
	}
	c.Secrets = new(secret.Set)
	if err := readSides(o.app, left, right); err != nil {
		return c, err
	}
	c.Secrets.Merge(left.secrets)
	c.Secrets.Merge(right.secrets)
	c.Diff = diff.Compare(left.side, right.side, options)
	return c, nil
}

// older returns the options for OLD: its parameters, and the deployment name of NEW,
// because a template under another path is not another deployment.
func (o *templateOptions) older(parameters []string, newer string) templateOptions {
	older := *o
	if len(parameters) > 0 {
		older.Parameters = parameters
	}
	if older.DeploymentName == "" {
		older.DeploymentName = engine.DeploymentName(newer)
	}
	return older
}

// A comparedSide is one side as it is read.
type comparedSide struct {
	name    string
	options templateOptions
	side    diff.Side
	secrets *secret.Set
	context funcs.Context // of an exported resource

	// template and run are set if the side is loaded already, with
	// the options.
	template *engine.Template
	run      *engine.Run
}

// readSides reads an exported side first: its ids show where the other deploys.
func readSides(app *App, sides ...*comparedSide) error {
	var where funcs.Context
	for _, s := range sides {
		if err := s.readExport(app); err != nil {
			return err
		}
		if s.side.Exported {
			where = s.context
		}
	}
	for _, s := range sides {
		if s.side.Exported {
			continue
		}
		s.fill(&s.options.SubscriptionID, where.SubscriptionID)
		s.fill(&s.options.ResourceGroup, where.ResourceGroup)
		s.fill(&s.options.Location, where.Location)
		if err := s.readTemplate(app); err != nil {
			return err
		}
	}
	return nil
}

// fill sets an option that was not given, and loads again what was loaded without it.
func (s *comparedSide) fill(field *string, value string) {
	if *field == "" && value != "" {
		*field, s.template = value, nil
	}
}

// readExport reads a file that holds exported resources; it does nothing for
// others, a template among them.
func (s *comparedSide) readExport(app *App) error {
	if s.template != nil || s.side.Exported {
		return nil
	}
	files, name, err := app.filesOf(s.name)
	if err != nil || s.name == engine.Stdin {
		return err
	}
	text, err := files.ReadFile(name)
	if err != nil {
		return nil //nolint:nilerr // the engine reports it as it reports all files
	}
	tree := jsonc.Parse(source.NewFile(name, text))
	if arm.IsTemplate(tree) || !diff.IsExport(tree) {
		return nil
	}
	e, err := diff.ReadExport(tree)
	if err != nil {
		return err
	}
	s.side = diff.Side{Name: s.name, Deployment: e.Deployment, Exported: true}
	s.secrets, s.context = engine.SecretsOf(tree), e.Context
	return nil
}

func (s *comparedSide) readTemplate(app *App) error {
	t, run := s.template, s.run
	if t == nil {
		var err error
		if t, run, err = s.options.loadOne(app, s.name); err != nil {
			return err
		}
	}
	s.side = diff.Side{Name: s.name, Deployment: run.Deployment}
	s.secrets = t.Secrets
	return nil
}

// filesOf returns the files to read a name from, and the name within them: a
// revision of the repository if the name has the form REV:path with an existing REV,
// or the folder. A file that is called like that can come from a stranger who wants
// to be compared with it; ./REV:path names it. For a revision without a path it
// returns a usage error.
func (app *App) filesOf(name string) (engine.Files, string, error) {
	folder := app.files()
	if name == engine.Stdin || app.Files != nil { // which have no repository
		return folder, name, nil
	}
	rev, _, ok := revision.Split(name)
	_, err := folder.Stat(name)
	switch {
	case ok && (err != nil || revision.Exists(app.Dir, rev)):
		tree, found, err := revision.Open(app.Dir, name)
		if err != nil {
			return nil, "", usagef("%w", err)
		}
		return mixed{folder, tree, strings.SplitN(found, ":", 2)[0] + ":"}, found, nil
	case err == nil:
		return folder, name, nil
	}
	if rev := strings.TrimSuffix(name, ":"); revision.Exists(app.Dir, rev) {
		return nil, "", usagef("%s is a git revision, not a file; add the path of the template, such as %s:%s", rev, rev, templateName)
	}
	return folder, name, nil
}

// checkRevisions returns a usage error if one of the paths is not a file and names a git
// revision: the command reads files.
func (app *App) checkRevisions(command string, paths []string) error {
	for _, name := range paths {
		if name == engine.Stdin {
			continue
		}
		if _, err := app.files().Stat(name); err == nil {
			continue
		}
		rev, _, ok := revision.Split(name)
		switch {
		case ok && revision.Exists(app.Dir, rev):
			return usagef("%s is a file at a git revision; pass it on the standard input: git show %s | scaleset %s -", name, name, command)
		case !ok && revision.Exists(app.Dir, strings.TrimSuffix(name, ":")):
			rev = strings.TrimSuffix(name, ":")
			return usagef("%s is a git revision, not a file; pass a template of it on the standard input: git show %s:%s | scaleset %s -", rev, rev, templateName, command)
		}
	}
	return nil
}
