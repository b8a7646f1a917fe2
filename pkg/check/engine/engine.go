package engine

import (
	"context"
	"fmt"
	"io"
	"maps"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/azure/schema"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// Config configures an engine. The zero Config reads files of the
// working folder and checks them with the schemas alone. Its fields come in four
// groups: what is read, how a template is evaluated, how it is checked, and how the
// result is made.
type Config struct {
	Files Files // nil: the working folder
	// Stdin is the text for the argument "-". With StdinName it is the text of
	// the file at that path, whatever is there: with its parameter files, what
	// holds for it, and the templates beside it. When empty it is not a file, and
	// reports itself as "<stdin>".
	Stdin     io.Reader
	StdinName string
	// Exclude reports which files of folders to skip; nil skips none.
	Exclude func(path string) bool
	// LinkRoot is the folder below which linked templates are read; "" is the
	// folder of each template.
	LinkRoot string
	// LeaveURIs takes no file for a template that is linked by its uri.
	LeaveURIs bool

	// Context has the facts about the deployment; missing ones are assumed.
	Context funcs.Context
	// KnownOnly assumes nothing: what Context lacks stays unknown, and what
	// depends on it an expression.
	KnownOnly bool
	// Parameters are the parameter files, each a run of its own; none: those
	// beside the template.
	Parameters []string
	// OneSet evaluates each template with one of its parameter files: the one
	// named X.parameters.json, else the first that can be read.
	OneSet bool
	// Set gives single parameters a value in all runs.
	Set map[string]string
	// AllValues also checks each template with the values that the declarations
	// of its parameters list: allowed values, booleans, the ends of a range. See
	// [Values].
	AllValues bool
	// AllowUndeclaredSet ignores entries of Set for parameters that a template does not
	// declare; otherwise they are errors.
	AllowUndeclaredSet bool
	// AsSent also expands each template as the engine of Azure does once all
	// values are sent, see [Run.AsSent].
	AsSent bool

	// Rules are the rules, Lint chooses among them, and Other says what becomes
	// of findings of no rule.
	Rules []*lint.Rule
	Lint  lint.Options
	Other map[diag.Code]Verdict
	// For gives what is different for one template; nil: nothing is.
	For func(path string) Local
	// Suppressions lists the suppressions from outside the templates.
	Suppressions []lint.Suppression

	// Schemas are shared by engines that check texts of one kind again and again, as an
	// editor does; nil: the engine has its own.
	Schemas *schema.Checker

	// NoFold keeps findings of one kind apart, place by place, as an editor and
	// fixes need it; otherwise those of one file are one finding.
	NoFold bool
	// FindingsOnly releases what the findings of a template were made from as soon
	// as they are made, so that the memory of a run does not grow with all that it
	// reads: of the templates of a result, Tree, ARM and Runs are nil.
	FindingsOnly bool
	// Jobs is how many templates are worked on at once; 0 is one for each processor.
	Jobs int
	// Progress is called with the number of files that are done. It may be called by
	// several goroutines; nil is fine.
	Progress func(done, total int)
}

// An Engine checks and expands templates. It is safe for concurrent use.
type Engine struct {
	config Config
	trees  *trees
	runner *lint.Runner
	locals locals
	schema *schema.Checker
}

// New makes an engine. The error is for the user: the configuration names a
// rule that does not exist.
func New(config Config) (*Engine, error) {
	if config.Files == nil {
		config.Files = Folder("")
	}
	config.Files = newListings(config.Files)
	if config.StdinName != "" {
		config.StdinName = path.Clean(filepath.ToSlash(config.StdinName))
	}
	if config.Jobs <= 0 {
		config.Jobs = runtime.GOMAXPROCS(0)
	}
	config.Lint.Others = others.Get
	runner, err := lint.NewRunner(config.Rules, config.Lint)
	if err != nil {
		return nil, err
	}
	e := &Engine{config: config, trees: newTrees(config.Files, config.Stdin), runner: runner, schema: config.Schemas}
	if e.schema == nil {
		e.schema = new(schema.Checker)
	}
	e.locals.runners = map[string]*lint.Runner{"": runner}
	return e, nil
}

// A Result is what a run over many files found.
type Result struct {
	// Templates are the files of the run, in order. Files of a folder
	// that are not templates are not among them.
	Templates []*Template
	Findings  diag.List // sorted, merged over the parameter sets
	Secrets   *secret.Set
	// Ignored are the JSON files of folders that were read and are not templates.
	Ignored []string
	// Outside are the files of folders that were not read, since a link leads out
	// of the folder that was searched.
	Outside []string
	// Failures are defects of the tool that cost a template; the others went on.
	Failures []error
}

// Check expands and checks every template that the arguments mean: files,
// folders, patterns, "-". The error is that of the context; the result holds
// then what was done.
func (e *Engine) Check(ctx context.Context, args []string) (*Result, error) {
	targets, outside := e.targets(args)
	return e.checkTargets(ctx, targets, outside)
}

// CheckTemplate evaluates and checks the one file at name ("-" is the standard
// input), as [Engine.Check] does. The result has exactly one Template unless
// the context has ended or the tool failed on it, see Result.Failures.
func (e *Engine) CheckTemplate(ctx context.Context, name string) (*Result, error) {
	return e.checkTargets(ctx, []target{named(name)}, nil)
}

// targets are the templates that the arguments mean, and the links that lead
// out of a folder, which are not followed.
func (e *Engine) targets(args []string) (targets []target, outside []string) {
	targets, outside = discover(e.config.Files, args)
	if e.config.Exclude != nil {
		targets = slices.DeleteFunc(targets, func(t target) bool { return !t.named && e.config.Exclude(t.path) })
	}
	return e.templatesOf(targets), outside
}

func (e *Engine) checkTargets(ctx context.Context, targets []target, outside []string) (*Result, error) {
	for i := range targets {
		targets[i].several = len(targets) > 1
	}
	done := make([]outcome, len(targets))
	shared, ofRules := newSteps(len(targets), sharedSteps), newSteps(len(targets), sharedRuleSteps)
	e.each(ctx, len(targets), func(i int) {
		defer shared.end(i)
		defer ofRules.end(i)
		targets[i].steps, targets[i].ruleSteps = shared.of(i), ofRules.of(i)
		done[i] = e.check(ctx, targets[i])
	})
	e.passOverLinked(targets, done)
	r := e.collect(done)
	r.Ignored = e.trees.forgotten()
	r.Outside = outside
	return r, ctx.Err()
}

// An outcome is what became of one target.
type outcome struct {
	template *Template // nil: skipped
	found    diag.List
	views    []*lint.Template
	failure  error
}

// each calls work for 0 to n-1, as many at a time as there are jobs. One worker alone
// needs no goroutine: it has no new stack that grows, and no other thread wakes up.
func (e *Engine) each(ctx context.Context, n int, work func(i int)) {
	var next, done atomic.Int64
	worker := func() {
		for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
			work(i)
			if e.config.Progress != nil {
				e.config.Progress(int(done.Add(1)), n)
			}
		}
	}
	if min(e.config.Jobs, n) == 1 {
		worker()
		return
	}
	var workers sync.WaitGroup
	for range min(e.config.Jobs, n) {
		workers.Go(worker)
	}
	workers.Wait()
}

// check works on one target. A defect of the tool costs this target alone.
// Once the context is done, the outcome is incomplete.
func (e *Engine) check(ctx context.Context, t target) (o outcome) {
	defer func() {
		if failed := recover(); failed != nil {
			o = outcome{failure: fmt.Errorf("%s: %w", t.path, NewDefect(failed))}
		}
	}()
	o.template = e.load(ctx, t)
	if o.template == nil {
		return o
	}
	o.template.ruleSteps = t.ruleSteps
	runner, err := e.runnerFor(e.pathOf(t))
	if err != nil {
		return outcome{failure: err}
	}
	ofLanguage := e.schema.CheckTemplate(o.template.ARM)
	runs := make([]diag.List, 0, len(o.template.Runs))
	for _, run := range o.template.Runs {
		if ctx.Err() != nil {
			return outcome{}
		}
		t.ruleSteps.next()
		view := o.template.view(run)
		runs = append(runs, slices.Concat(run.Findings, run.Deployment.Diagnostics, run.Graph.Findings,
			e.schema.CheckWithout(run.Deployment, e.dropped), e.checkFiles(o.template.ARM, run), runner.CheckContext(ctx, view)))
		o.views = append(o.views, view)
	}
	ofRuns := withoutEchoes(merge(o.template.Runs, runs), treesOf([]*Template{o.template}))
	o.found = slices.Concat(o.template.Findings, ofLanguage, ofRuns)
	o.found = bounded(withoutLesser(o.found))
	o.template.locate(o.found)
	if e.config.AllValues {
		o.found.Add(e.checkValues(ctx, o.template, runner, o.found)...)
	}
	if e.config.FindingsOnly {
		e.release(&o)
	}
	return o
}

// checkFiles checks the files of one run against the schemas of the
// language: its parameter file, and the templates it links to.
func (e *Engine) checkFiles(root *arm.Template, run *Run) diag.List {
	var found diag.List
	if run.tree != nil {
		found.Add(e.schema.CheckParameters(run.tree, run.Findings)...)
	}
	seen := map[*arm.Template]bool{}
	for _, n := range run.Deployment.Nested {
		if t := n.Template; t != nil && t.File != root.File && t.Pointer == "" && !seen[t] {
			seen[t] = true
			found.Add(e.schema.CheckTemplate(t)...)
		}
	}
	return found
}

// collect puts the outcomes together, in the order of the targets.
func (e *Engine) collect(done []outcome) *Result {
	r := &Result{Secrets: new(secret.Set)}
	var views []*lint.Template
	n := 0
	for _, o := range done {
		n += len(o.found)
	}
	r.Findings = slices.Grow(r.Findings, n)
	for _, o := range done {
		if o.failure != nil {
			r.Failures = append(r.Failures, o.failure)
		}
		if o.template == nil {
			continue
		}
		r.Templates = append(r.Templates, o.template)
		r.Findings.Add(o.found...)
		r.Secrets.Merge(o.template.Secrets)
		views = append(views, o.views...)
	}
	r.Findings.Add(e.together(views)...)
	r.Findings.Add(e.surplusSet(r.Templates)...)
	r.Findings = e.verdicts(r.Findings)
	r.Findings = e.suppress(r.Templates, r.Findings)
	r.Findings.Sort()
	if !e.config.NoFold {
		r.Findings.Fold()
	}
	return r
}

// surplusSet reports values for single parameters that no template of a run
// over several declares; one template alone has reported it itself.
func (e *Engine) surplusSet(templates []*Template) (found diag.List) {
	if e.config.AllowUndeclaredSet {
		return nil
	}
	var names []string
	var first *arm.Template
	for _, t := range templates {
		if t.ARM == nil {
			continue
		}
		if !t.several {
			return nil
		}
		if first == nil {
			first = t.ARM
		}
		for name := range t.ARM.Parameters.All() {
			names = append(names, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(e.config.Set)) {
		if first != nil && !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) }) {
			found.Errorf(expand.CodeSurplusValue, expand.RuleParameter, first.File.Range(0, 0), "no template has a parameter '%s', for which a value is set", name).
				Detail = nearest.Question(name, names)
		}
	}
	return found
}

// Trees returns the trees of the files that the run read: templates, parameter files,
// linked templates.
func (r *Result) Trees() []*jsonc.Tree { return treesOf(r.Templates) }

// treesOf are the trees of the templates and of their parameter files, each once.
func treesOf(templates []*Template) []*jsonc.Tree {
	var all []*jsonc.Tree
	seen := map[*jsonc.Tree]bool{}
	add := func(t *jsonc.Tree) {
		if t != nil && !seen[t] {
			seen[t] = true
			all = append(all, t)
		}
	}
	for _, t := range templates {
		add(t.Tree)
		for _, tree := range t.files {
			add(tree)
		}
		for _, tree := range t.linked {
			add(tree)
		}
	}
	return all
}
