package engine

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/deploy"
	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A file that cannot be read is reported under this code and rule.
const (
	codeUnreadable diag.Code = "SS0001"
	ruleUnreadable string    = "unreadable-file"
)

// Status is the result of reading a file.
type Status int

// The statuses.
const (
	Checked     Status = iota
	NotTemplate        // it holds something else
	Unreadable         // nothing is known about it
)

// A Template is one file of the run, with its expansions.
type Template struct {
	Path   string
	Status Status
	// Tree and ARM are nil when the file is unreadable or no template.
	Tree *jsonc.Tree
	ARM  *arm.Template
	// Runs has one run for each parameter set that could be read, or one
	// without any.
	Runs []*Run
	// ParameterSets is how many there are; CheckedSets how many were read.
	ParameterSets, CheckedSets int
	// Findings lists the findings about the files and the text of the template.
	// What expansion finds is in the runs.
	Findings diag.List
	// Secrets are all that its files spell out.
	Secrets *secret.Set
	several bool // it is one of several of a run
	// location is the region that was given for the deployment; "" for none.
	location string
	// ruleSteps are the steps of the rules of the project.
	ruleSteps *allowance
	// linked are the trees of the templates that its runs link to, each once.
	linked []*jsonc.Tree
	// linksTo are the paths of linked, once those are released.
	linksTo []string
	// Assumed are the facts about the deployment that were not given.
	Assumed []Fact

	// Values are the combinations of parameter values that were checked.
	Values Values

	base  *expand.Options              // of its first run, see checkValues
	texts []string                     // pieces of secrets in its files, see hideReached
	files []*jsonc.Tree                // parameter files, those included that cannot be used
	trees map[*source.File]*jsonc.Tree // of its files, see pointerAt
	names map[*arm.Resource]string     // of its resources, see resourceAt
}

// A Run is a template with one parameter set.
type Run struct {
	ParameterFile string // "" when there is none
	Parameters    *arm.ParameterFile
	Deployment    *expand.Deployment
	// Graph has the dependencies of the resources, with those that Azure rejects.
	Graph *deploy.Graph
	// AsSent is the deployment with placeholders of the parameter file as the
	// texts that they are and with the defaults of secrets, as the engine of
	// Azure would expand it. It is the same as Deployment where that makes no
	// difference, where it adds an error, and without Config.AsSent. It is for
	// showing: only Deployment is checked.
	AsSent      *expand.Deployment
	GraphAsSent *deploy.Graph
	// Findings lists the findings about the parameter file.
	Findings diag.List
	tree     *jsonc.Tree
	context  funcs.Context // of the expansion
}

// Load reads and evaluates the one template at name ("-" is the standard input)
// with its parameter sets, as a check does, without checking it further. The
// result is never nil; its Status says whether there is a template.
func (e *Engine) Load(name string) *Template { return e.load(context.Background(), named(name)) }

func named(name string) target {
	if name != Stdin {
		name = path.Clean(strings.ReplaceAll(name, `\`, "/"))
	}
	return target{path: name, named: true}
}

// load returns nil for a file that is not a template and was not named by the user.
func (e *Engine) load(ctx context.Context, t target) *Template {
	tree, err := e.read(t)
	switch {
	case err != nil:
		return unreadable(t.path, err)
	case arm.IsTemplate(tree):
		return e.expand(ctx, t, tree)
	case t.named:
		return e.foreign(t, tree)
	}
	e.trees.forget(t.path)
	return nil
}

func (e *Engine) read(t target) (*jsonc.Tree, error) {
	switch {
	case t.err != nil:
		return nil, t.err
	case t.path == Stdin:
		return e.trees.input(cmp.Or(e.config.StdinName, "<stdin>"))
	}
	return e.trees.get(t.path)
}

// pathOf returns the path of a target; [Stdin] for a text without a file.
func (e *Engine) pathOf(t target) string {
	if t.path == Stdin && e.config.StdinName != "" {
		return e.config.StdinName
	}
	return t.path
}

func unreadable(name string, err error) *Template {
	t := &Template{Path: name, Status: Unreadable, Secrets: new(secret.Set)}
	t.Findings.Add(unreadableFinding(name, err))
	return t
}

func unreadableFinding(name string, err error) diag.Diagnostic {
	at := source.NewFile(name, nil).Range(0, 0)
	var l diag.List
	what := "file"
	var folder *folderError
	if errors.As(err, &folder) {
		what = "folder"
	}
	l.Errorf(codeUnreadable, ruleUnreadable, at, "the %s cannot be read: %s", what, reason(err))
	return l[0]
}

// foreign is a file that the user named and that is not a template: broken beyond
// recognition, a parameter file, or something else.
func (e *Engine) foreign(t target, tree *jsonc.Tree) *Template {
	f := &Template{Path: tree.File.Path(), Status: NotTemplate, Tree: tree, Secrets: new(secret.Set)}
	if !recognizable(tree.File) && len(bytes.TrimSpace(tree.File.Bytes())) > 0 {
		f.Secrets.AddRange(tree.File.Range(0, tree.File.Len())) // it may be anything
		f.Findings.Add(slices.DeleteFunc(slices.Clone(tree.Diagnostics), func(d diag.Diagnostic) bool { return d.Code != jsonc.Limit.Code })...)
		f.Findings.Add(notTemplate(tree))
		return f
	}
	if arm.IsParameterFile(tree) {
		tree = hideParameterFile(tree, nil, f.Secrets)
	}
	collectSecrets(tree, nil, f.Secrets)
	f.Findings.Add(tree.Diagnostics...)
	if arm.IsParameterFile(tree) {
		parsed := arm.ParseParameters(tree).Diagnostics
		f.Findings.Add(parsed...)
		f.Findings.Add(e.schema.CheckParameters(tree, parsed)...)
	}
	f.locate(f.Findings)
	if tree.Diagnostics.HasErrors() {
		f.Status = Checked // its mistakes were found, and nothing more can be said
		return f
	}
	at := tree.Root.Range()
	at.End = min(at.End, at.Start+1)
	if arm.IsParameterFile(tree) {
		f.Findings.Infof(arm.CodeNotTemplate, arm.Rule, at, "this is a parameter file, not a template").
			Detail = "Its form was checked. To check its values, name the template, and pass this file with --parameters."
		return f
	}
	if m := requestTemplate(tree); m != nil {
		f.Findings.Infof(arm.CodeNotTemplate, arm.Rule, m.Key.At, "this is the body of a REST request, not a template").
			Detail = "Write the value of properties.template to a file of its own to check it."
		return f
	}
	f.Findings.Add(notTemplate(tree))
	return f
}

// requestTemplate is the template in the body of a request that deploys one
// (https://learn.microsoft.com/rest/api/resources/deployments/create-or-update);
// nil in any other file.
func requestTemplate(tree *jsonc.Tree) *jsonc.Member {
	root, ok := tree.Root.(*jsonc.Object)
	if !ok {
		return nil
	}
	properties := root.Get("properties")
	if properties == nil {
		return nil
	}
	o, ok := properties.Value.(*jsonc.Object)
	if !ok {
		return nil
	}
	for _, name := range []string{"template", "templateLink"} {
		if m := o.Get(name); m != nil {
			if _, ok := m.Value.(*jsonc.Object); ok && root.Get("type") == nil {
				return m
			}
		}
	}
	return nil
}

func notTemplate(tree *jsonc.Tree) diag.Diagnostic {
	if d := tree.WrongEncoding(); d != nil {
		return *d
	}
	at := tree.Root.Range()
	if tree.Diagnostics.HasErrors() {
		at = tree.File.Range(0, tree.File.Len())
	}
	at.End = min(at.End, at.Start+1)
	var l diag.List
	d := l.Errorf(arm.CodeNotTemplate, arm.Rule, at, "this is not a deployment template")
	d.Detail = `A template is a JSON object with a "$schema" that ends in deploymentTemplate.json#, and "resources".`
	if IsBicep(tree.File) {
		d.Detail = BuildBicep(tree.File)
	}
	return l[0]
}

// signs are what a text has that is meant as a template or as a parameter file,
// however broken it is.
var signs = [...]string{`"$schema"`, `"contentversion"`, `"resources"`, `"parameters"`}

// recognizable reports whether a text is meant as a template or as a parameter
// file. One that is not may be anything, such as a file of passwords that a link
// leads to, so that no word of it may be shown.
func recognizable(f *source.File) bool {
	text := bytes.ToLower(f.Bytes()[:min(f.Len(), recognizedIn)])
	return slices.ContainsFunc(signs[:], func(sign string) bool { return bytes.Contains(text, []byte(sign)) })
}

// recognizedIn is how much of a file is read to recognize its kind, in bytes.
const recognizedIn = 64 << 10

// BuildBicep says how to make a template of a Bicep file.
func BuildBicep(f *source.File) string {
	command := "bicep build"
	if strings.HasSuffix(strings.ToLower(f.Path()), ".bicepparam") {
		command = "bicep build-params"
	}
	name := f.Path()
	if strings.HasPrefix(name, "<") {
		name = "main.bicep"
	}
	return "It looks like a Bicep file. Build it, and use the JSON file that is written: " + command + " " + name
}

// IsBicep reports whether the first word of a text is one that Bicep files begin with.
func IsBicep(f *source.File) bool {
	for line := range bytes.Lines(f.Bytes()[:min(f.Len(), recognizedIn)]) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 || bytes.HasPrefix(line, []byte("//")) {
			continue
		}
		word, _, more := bytes.Cut(line, []byte(" "))
		switch string(word) {
		case "param", "var", "resource", "module", "targetScope", "output", "metadata", "using", "import":
			return more
		}
		return bytes.HasPrefix(line, []byte("@description(")) || bytes.HasPrefix(line, []byte("@secure("))
	}
	return false
}

// expand parses and evaluates a template with each of its parameter sets. It is
// the one place where templates are evaluated, so that no two commands disagree.
func (e *Engine) expand(ctx context.Context, t target, tree *jsonc.Tree) *Template {
	template := &Template{Path: tree.File.Path(), Tree: tree, ARM: arm.ParseTemplate(tree), Secrets: new(secret.Set), several: t.several, location: e.config.Context.Location}
	template.Findings.Add(tree.Diagnostics...)
	secure := secureParameters(template.ARM)
	template.Secrets.About(tree.File)
	pieces := collectSecrets(tree, secure, template.Secrets)
	hideDeclared(template.ARM, template.Secrets)
	for name, text := range e.config.Set {
		hideGiven(name, text, template.ARM, template.Secrets)
	}
	options := expand.Options{Set: maps.Clone(e.config.Set), AllowUndeclaredSet: e.config.AllowUndeclaredSet || t.several, HideDefaults: true, Done: ctx.Done(), DrawSteps: t.steps.draw}
	if options.Links = e.links(t); options.Links != nil {
		options.Links.Parse = func(path string, text []byte) *jsonc.Tree {
			linked := e.trees.linked(e.shown(path), text)
			if !slices.Contains(template.linked, linked) {
				template.linked = append(template.linked, linked)
			}
			return linked
		}
	}
	options.Context, options.GroupKnown = e.config.Context, e.config.Context.ResourceGroup != ""
	if !e.config.KnownOnly {
		options.Context, template.Assumed = completeContext(e.config.Context, template.ARM.Scope, template.Path)
	}
	at := e.pathOf(t)
	left := 0 // parameter files that are not read
	files := e.local(at).Parameters
	if len(files) > 0 {
		options.MissingParameters = expand.Error
	} else if at != Stdin {
		tree := cmp.Or(t.tree, path.Dir(at))
		var outside []string
		files, outside = parameterFilesOf(e.config.Files, at, tree)
		for _, file := range outside {
			template.Findings.Add(unreadableFinding(file, fmt.Errorf("it is a link that leads out of the folder %s; to read it, give it as a parameter file", tree)))
		}
		left = len(outside)
	}
	if e.config.OneSet {
		files = mainFirst(files)
	}
	expanded := 0 // resources of all parameter sets
	for i, file := range files {
		if ctx.Err() != nil {
			break
		}
		if i == maxSets || expanded > maxSetResources {
			notChecked(template, files, i)
			left += len(files) - i
			files = files[:i]
			break
		}
		run, ok := e.parameters(file, secure, template)
		if ok {
			t.steps.next()
			options.Parameters = []*arm.ParameterFile{run.Parameters}
			e.keep(template, options)
			e.evaluate(template, run, options)
			expanded += len(run.Deployment.Resources)
			run.Findings.Add(placeholders(run.Deployment)...)
			if options.MissingParameters == expand.Unknown {
				run.Findings.Add(missing(run)...)
			}
		}
		if ok && e.config.OneSet {
			break
		}
	}
	template.CheckedSets, template.ParameterSets = len(template.Runs), max(1, len(files)+left)
	if len(template.Runs) == 0 {
		t.steps.next()
		options.Parameters, options.MissingParameters = nil, expand.Unknown
		e.keep(template, options)
		e.evaluate(template, new(Run), options)
		if len(files)+left == 0 {
			template.CheckedSets = 1
		}
	}
	template.Assumed = slices.DeleteFunc(template.Assumed, func(f Fact) bool { // left open by all runs
		return !slices.ContainsFunc(template.Runs, func(r *Run) bool { return *field(&r.context, f.Flag) != "" })
	})
	for _, linked := range template.linked {
		template.Secrets.About(linked.File)
		pieces = append(pieces, collectSecrets(linked, secureParameters(arm.ParseTemplate(linked)), template.Secrets)...)
	}
	deployments := make([]*expand.Deployment, len(template.Runs))
	for i, run := range template.Runs {
		run.Graph = deploy.New(run.Deployment, template.graphOptions())
		if run.GraphAsSent = run.Graph; run.AsSent != run.Deployment {
			run.GraphAsSent = deploy.New(run.AsSent, template.graphOptions())
		}
		hide(run.Deployment.Secrets, template.Secrets)
		hide(run.AsSent.Secrets, template.Secrets)
		deployments[i] = run.AsSent
	}
	hideReached(deployments, pieces, template.Secrets)
	template.texts = pieces
	for _, run := range template.Runs {
		template.locate(run.Findings)
		template.locate(run.Deployment.Diagnostics)
		template.locate(run.Graph.Findings)
	}
	template.locate(template.Findings)
	return template
}

// try evaluates a template for a run that is not one of its parameter sets.
func (t *Template) try(run *Run, options expand.Options) {
	run.Deployment = expand.Expand(t.ARM, options)
	run.AsSent = run.Deployment
	run.Graph = deploy.New(run.Deployment, t.graphOptions())
	hide(run.Deployment.Secrets, t.Secrets)
	hideReached([]*expand.Deployment{run.Deployment}, t.texts, t.Secrets)
}

// keep keeps the options of the first run, with which other values are tried.
func (e *Engine) keep(t *Template, options expand.Options) {
	if e.config.AllValues && t.base == nil {
		t.base = &options
	}
}

// maxSets is how many parameter files are checked with one template: each takes
// as long as the template itself.
const maxSets = 200

// maxSetResources is how many resources all parameter sets of a template have
// before no further one is checked: all are kept until the rules have seen them.
const maxSetResources = 10_000

// notChecked returns the finding that some parameter files were not checked.
func notChecked(t *Template, files []string, from int) {
	t.Findings.Errorf(expand.CodeLimit, expand.RuleLimit, t.Tree.File.Range(0, 0), "this template has %d parameter files; the first %d are checked, the limit of this tool", len(files), from).
		Detail = "Name the others with --parameters in runs of their own. Not checked: " + strings.Join(files[from:min(len(files), from+5)], ", ") + more(len(files)-from-5)
}

// more returns how many are not listed; "" for none.
func more(n int) string {
	if n <= 0 {
		return ""
	}
	return fmt.Sprintf(" and %d more", n)
}

// graphOptions say which facts about the deployment were not given.
func (t *Template) graphOptions() deploy.Options {
	o := deploy.Options{Tree: t.Tree}
	for _, f := range t.Assumed {
		switch f.Flag {
		case "subscription-id":
			o.AssumedSubscription = f.Value
		case "resource-group":
			o.AssumedGroup = f.Value
		case "deployment-name":
			o.AssumedName = true
		}
	}
	return o
}

// evaluate expands a template for one run.
func (e *Engine) evaluate(t *Template, run *Run, options expand.Options) {
	run.Deployment, options.Context = t.expand(options)
	run.context = options.Context
	run.AsSent = run.Deployment
	t.Runs = append(t.Runs, run)
	// A file that was found by its name may be filled in before it is sent.
	options.Literal = options.MissingParameters == expand.Error
	if !e.config.AsSent || !options.Literal && !hidesDefault(run.Deployment) {
		return
	}
	options.HideDefaults = false
	if sent := expand.Expand(t.ARM, options); countErrors(sent) <= countErrors(run.Deployment) {
		run.AsSent = sent
	}
}

// mostExplained is the most errors for which a template is expanded again. A
// template with more has mistakes of its own, and expanding it again takes long.
const mostExplained = 100

// expand expands a template. Where an assumed fact leads to an error, such as a
// region that a table of the template does not have, the fact is unknown: the
// region first, which tables are mostly about, then all that is assumed.
func (t *Template) expand(options expand.Options) (*expand.Deployment, funcs.Context) {
	d := expand.Expand(t.ARM, options)
	for _, flag := range [...]string{"location", ""} {
		errors := countValueErrors(d)
		if errors == 0 || errors > mostExplained {
			break
		}
		open, assumed := withoutFacts(options.Context, t.Assumed, flag)
		if !assumed {
			continue
		}
		less := options
		less.Context = open
		if again := expand.Expand(t.ARM, less); countValueErrors(again) < errors {
			d, options = again, less
		}
	}
	return d, options.Context
}

// countValueErrors counts the errors about what the values of expressions are.
func countValueErrors(d *expand.Deployment) (n int) {
	for i := range d.Diagnostics {
		if d.Diagnostics[i].Severity != diag.Error {
			continue
		}
		switch d.Diagnostics[i].Code {
		case eval.CodeArgument, eval.CodeProperty, eval.CodeIndex, eval.CodeFailed, expand.CodeParameterType, expand.CodeConstraint, expand.CodeMissingValue:
			n++
		}
	}
	return n
}

// hidesDefault reports a secret parameter whose value is its default.
func hidesDefault(d *expand.Deployment) bool {
	hides := func(p *expand.Parameter) bool { return p.Secret && p.Source == expand.FromDefault }
	return slices.ContainsFunc(d.Parameters, hides) ||
		slices.ContainsFunc(d.Nested, func(n *expand.Nested) bool { return slices.ContainsFunc(n.Parameters, hides) })
}

func countErrors(d *expand.Deployment) (n int) {
	for i := range d.Diagnostics {
		if d.Diagnostics[i].Severity == diag.Error {
			n++
		}
	}
	return n
}

// links is where the linked templates of a template are read; nil when that
// has no folder: the template is the standard input, or outside the root.
func (e *Engine) links(t target) *expand.Links {
	at, root := e.pathOf(t), e.config.LinkRoot
	switch {
	case at == Stdin && root == "":
		return nil
	case at == Stdin:
		return &expand.Links{FS: e.config.Files.Below(root), Root: root, Template: "stdin.json", LeaveURIs: e.config.LeaveURIs}
	case root == "":
		root = path.Dir(at)
	}
	root = path.Clean(root)
	name, ok := e.relative(root, at)
	if !ok {
		return nil
	}
	if root == "." {
		return &expand.Links{FS: e.config.Files.Below(root), Template: name, LeaveURIs: e.config.LeaveURIs}
	}
	return &expand.Links{FS: e.config.Files.Below(root), Root: root, Template: name, LeaveURIs: e.config.LeaveURIs}
}

// relative is the path of a file in a folder; false when it is not below it.
// Both may be relative to the working folder and lead upwards.
func (e *Engine) relative(folder, name string) (string, bool) {
	if rel, ok := below(folder, name); ok {
		return rel, true
	}
	cwd, ok := e.workingFolder()
	if !ok {
		return "", false
	}
	return below(absolute(cwd, folder), absolute(cwd, name))
}

// shown is a path as one would write it in the working folder: t.json, not
// ../here/t.json.
func (e *Engine) shown(name string) string {
	cwd, ok := e.workingFolder()
	if !ok || !strings.HasPrefix(name, "../") {
		return name
	}
	if rel, err := filepath.Rel(filepath.FromSlash(cwd), filepath.FromSlash(absolute(cwd, name))); err == nil {
		return filepath.ToSlash(rel)
	}
	return name
}

// workingFolder is the absolute path of the folder that names are relative to.
func (e *Engine) workingFolder() (string, bool) {
	rooted, ok := e.config.Files.(interface{ Abs() (string, error) })
	if !ok {
		return "", false
	}
	cwd, err := rooted.Abs()
	return filepath.ToSlash(cwd), err == nil
}

func absolute(cwd, name string) string {
	if path.IsAbs(name) || filepath.IsAbs(filepath.FromSlash(name)) {
		return name
	}
	return path.Join(cwd, name)
}

// hideDeclared hides what defaults and allowed values of parameters hold for
// members and items of secure types.
func hideDeclared(t *arm.Template, into *secret.Set) {
	for _, p := range t.Parameters.All() {
		for _, held := range []jsonc.Node{p.Default, listOf(p)} {
			p.SecretParts(held, func(n jsonc.Node) { hideNode(n, into) })
		}
		if list := p.AllowedValues; list != nil {
			for _, allowed := range list.Elements {
				p.SecretParts(allowed, func(n jsonc.Node) { hideNode(n, into) })
			}
		}
	}
}

// listOf are the allowed values of a parameter; nil for none.
func listOf(p *arm.Parameter) jsonc.Node {
	if p.AllowedValues == nil {
		return nil
	}
	return p.AllowedValues
}

// hideNode hides all texts in a value of a template.
func hideNode(n jsonc.Node, into *secret.Set) {
	(&secretCollector{into: into, seen: map[jsonc.Node]bool{}}).hide(n, maxSecretDepth)
}

// hide adds the secrets that expansion met.
func hide(secrets []expand.Secret, into *secret.Set) {
	for _, s := range secrets {
		if arm.IsPlaceholderText(s.Text) {
			continue // a placeholder for a secret, and for names in the same file
		}
		into.AddRange(s.At)
		into.AddText(s.Text)
	}
}

// parameters reads a parameter file for a template; ok is false when it holds
// no values to run with, which is a finding of the template then.
func (e *Engine) parameters(name string, secure map[string]bool, template *Template) (run *Run, ok bool) {
	tree, err := e.trees.get(name)
	if err != nil {
		template.Findings.Add(unreadableFinding(name, err))
		return nil, false
	}
	at := source.NewFile(name, nil).Range(0, 0) // shows nothing of the file
	if d := tree.WrongEncoding(); d != nil {
		template.Secrets.AddRange(tree.File.Range(0, tree.File.Len()))
		d.Subject = at
		template.Findings.Add(*d)
		return nil, false
	}
	if !meantAsParameters(tree, template.ARM) {
		template.Secrets.AddRange(tree.File.Range(0, tree.File.Len()))
		template.Findings.Errorf(arm.CodeParameterFile, arm.Rule, at, "this does not look like a parameter file; nothing of it is shown").
			Detail = `A parameter file is a JSON object with a "$schema" that ends in deploymentParameters.json#, and "parameters".`
		return nil, false
	}
	if arm.IsTemplate(tree) && !arm.IsParameterFile(tree) {
		at := tree.Root.Range()
		template.Findings.Errorf(arm.CodeParameterFile, arm.Rule, at.File.Range(at.Start, at.Start+1), "this is a template, a parameter file was expected")
		return nil, false
	}
	template.Secrets.About(tree.File)
	tree = hideParameterFile(tree, template.ARM, template.Secrets)
	collectSecrets(tree, secure, template.Secrets)
	template.files = append(template.files, tree)
	run = &Run{ParameterFile: tree.File.Path(), tree: tree}
	run.Findings.Add(tree.Diagnostics...)
	run.Parameters = arm.ParseParameters(tree)
	run.Findings.Add(run.Parameters.Diagnostics...)
	if tree.Diagnostics.HasErrors() || run.Parameters.Diagnostics.HasErrors() && run.Parameters.Values.Len() == 0 {
		template.Findings.Add(run.Findings...)
		return nil, false
	}
	return run, true
}

// missing reports the plain parameters without a value in a parameter file that was
// found by its name: the value must be passed at deployment, and nothing that
// depends on it was checked.
func missing(run *Run) (found diag.List) {
	var names []string
	for _, p := range run.Deployment.Parameters {
		_, nullable := p.Declared.Resolve()
		if p.Source == expand.NoValue && !nullable && !p.Declared.Secure() && p.Declared.Node.Get("defaultValue") == nil && !arm.FilledByScripts(p.Declared.Name()) {
			names = append(names, p.Declared.Name())
		}
	}
	at := run.Parameters.Table
	switch len(names) {
	case 0:
	case 1:
		found.Infof(arm.CodePlaceholder, arm.Rule, at, "parameter %s has no value here and was not checked", names[0]).
			Detail = "The template requires one: add it to this file, or pass it when you deploy."
	default:
		found.Infof(arm.CodePlaceholder, arm.Rule, at, "%d parameters have no value here and were not checked: %s", len(names), strings.Join(names, ", ")).
			Detail = "The template requires them: add them to this file, or pass them when you deploy."
	}
	return found
}

// maxNames is how many names a heading lists.
const maxNames = 6

// listed joins names, and counts those beyond maxNames.
func listed(names []string) string {
	if more := len(names) - maxNames; more > 1 {
		return strings.Join(names[:maxNames], ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(names, ", ")
}

// placeholders reports, once for a file, that some of its values are placeholders.
// Those of secrets are left out: a secret does not belong in the file.
func placeholders(d *expand.Deployment) diag.List {
	var found diag.List
	secure := make(map[string]bool)
	for _, p := range d.Parameters {
		secure[fold.Lower(p.Declared.Name())] = p.Declared.Secure()
	}
	values := slices.DeleteFunc(slices.Clone(d.Placeholders), func(v *arm.ParameterValue) bool {
		return secure[fold.Lower(v.Key.Value)]
	})
	slices.SortFunc(values, func(a, b *arm.ParameterValue) int {
		return cmp.Compare(a.Key.At.Start, b.Key.At.Start)
	})
	var names []string
	for _, v := range values {
		names = append(names, v.Key.Value)
	}
	switch len(names) {
	case 0:
	case 1:
		found.Infof(arm.CodePlaceholder, arm.Rule, values[0].Value.Range(), "parameter %s has a placeholder value and was not checked", names[0])
	default:
		found.Infof(arm.CodePlaceholder, arm.Rule, values[0].Value.Range(), "%d parameters have placeholder values and were not checked: %s", len(names), listed(names))
	}
	return found
}
