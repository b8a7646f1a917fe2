package lint

import (
	"context"
	"fmt"
	"slices"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/deploy"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A Template is one template with one set of parameters, ready to be checked.
// It is not changed by checking.
type Template struct {
	Tree       *jsonc.Tree
	ARM        *arm.Template // may be nil when no rule looks at it
	Deployment *vmss.Deployment
	// Graph has the dependencies; nil computes them from the deployment.
	Graph *deploy.Graph
	// ParameterSet names the parameter file; "" if the template has none.
	// One template is in a run several times when it has several.
	ParameterSet string
	// Assumed are names that were assumed because they were not given, such as that of the
	// resource group; see [Pass.Assumed].
	Assumed []string
	// AssumedLocation is the assumed region when none was given, or "".
	AssumedLocation string
	// Location is the region of the resource group or of the deployment; "" if none
	// was given.
	Location string
	// Secrets are the values that must not be shown, for a rule that shows values of
	// any kind; nil: there are none.
	Secrets *secret.Set
	// DrawSteps reserves up to n steps of a rule whose work its author decides, and
	// returns how many it granted, fewer once there are no more; nil grants all.
	DrawSteps func(n int) int
	// Versions gives the API versions of a resource type, oldest first; none
	// when they are not known. It may be nil.
	Versions func(resourceType string) []string

	// sums are what the rules that look at all templates need of one that was
	// released; see [Runner.Summary].
	sums map[*Rule]any
}

// A Pass is one rule at work on one template.
type Pass struct {
	Rule     *Rule
	Template *Template
	// Deployment is the typed view of everything that deploys.
	Deployment *vmss.Deployment
	// ScaleSets are the sets with a profile, AllScaleSets the partial ones too.
	ScaleSets, AllScaleSets []ScaleSet
	Options                 Options
	// Sum is the result of Sum of the rule, for RunAll.
	Sum any

	shared   *shared
	findings []*Finding
}

// Context is done when the run is stopped: a rule whose work can take long checks it.
func (p *Pass) Context() context.Context {
	if p.shared == nil || p.shared.ctx == nil {
		return context.Background()
	}
	return p.shared.ctx
}

// A ScaleSet is a scale set and the era that it is checked against.
type ScaleSet = limits.ScaleSet

// A RunPass is one rule at work on all templates of a run.
type RunPass struct {
	Rule    *Rule
	Options Options
	// Templates has a pass for each template and parameter set, in the order of
	// the run. Findings are reported on the pass whose template they are about.
	Templates []*Pass
}

// Files returns the passes grouped by template, in the order of the run: one group
// has one pass for each set of parameters, which are alternatives. A rule that
// adds templates up counts one pass of each group.
func (p *RunPass) Files() [][]*Pass {
	var groups [][]*Pass
	at := map[*jsonc.Tree]int{}
	for _, pass := range p.Templates {
		tree := pass.Template.Tree
		i, ok := at[tree]
		if !ok {
			i = len(groups)
			at[tree] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], pass)
	}
	return groups
}

// A Placer is anything that a finding can point at: a field, a list, a
// reference, a scale set, a node.
type Placer interface {
	// Place is the node to point at; nil when there is none.
	Place() *expand.Node
}

// shared has the data that all passes over one template share.
type shared struct {
	ctx      context.Context // nil: it never ends
	template *Template
	options  Options
	whole    []ScaleSet
	all      []ScaleSet
	owners   map[*expand.Node]*expand.Resource
	eras     map[*expand.Node]ScaleSet
	language *arm.Language   // see Pass.Language
	graph    *deploy.Graph   // see Pass.Graph
	assumed  map[string]bool // see Pass.Assumed
	// assumedParts are the beginnings of the names in Template.Assumed.
	assumedParts []string
	// once are the values of [Once] by their keys.
	once map[any]any
}

// Graph returns the dependencies of the resources of the deployment.
func (p *Pass) Graph() *deploy.Graph {
	if p.shared.graph == nil {
		p.shared.graph = p.Template.Graph
	}
	if p.shared.graph == nil {
		p.shared.graph = deploy.New(p.Deployment.Expanded, deploy.Options{})
	}
	return p.shared.graph
}

func newShared(t *Template, o Options) *shared {
	s := &shared{template: t, options: o}
	s.owners = make(map[*expand.Node]*expand.Resource, len(t.Deployment.Expanded.Resources))
	for _, r := range t.Deployment.Expanded.Resources {
		s.owners[r.Body] = r
	}
	s.eras = make(map[*expand.Node]ScaleSet, len(t.Deployment.ScaleSets))
	for _, set := range t.Deployment.ScaleSets {
		judged := limits.Judge(set, o.Era)
		s.all = append(s.all, judged)
		if !set.Partial() {
			s.whole = append(s.whole, judged)
		}
		s.eras[set.Body] = judged
	}
	return s
}

func (s *shared) pass(r *Rule) *Pass {
	return &Pass{
		Rule: r, Template: s.template, Deployment: s.template.Deployment,
		ScaleSets: s.whole, AllScaleSets: s.all, Options: s.options, shared: s,
	}
}

// Language returns the text of the template, of its inline templates and of
// those that it links to. It is computed once for all rules.
func (p *Pass) Language() *arm.Language {
	s := p.shared
	if s.language == nil {
		s.language = arm.NewLanguage(s.template.ARM, linkedTemplates(s.template)...)
	}
	return s.language
}

// linkedTemplates returns the templates of other files, each once.
func linkedTemplates(t *Template) []*arm.Template {
	var linked []*arm.Template
	for _, n := range t.Deployment.Expanded.Nested {
		if n.Template != nil && n.Template.File != t.ARM.File && n.Template.Pointer == "" && !slices.Contains(linked, n.Template) {
			linked = append(linked, n.Template)
		}
	}
	return linked
}

// Era returns the era by which the template is judged where no scale set is spoken
// of: that of its first set.
func (p *Pass) Era() guidance.Era {
	era, _ := p.shared.judge(nil)
	return era
}

// judge returns the era and API version for a finding at a node:
// those of the scale set that it belongs to, else of the first set.
func (s *shared) judge(top *expand.Node) (guidance.Era, string) {
	if set, ok := s.eras[top]; ok {
		return set.Era, set.APIVersion
	}
	if len(s.all) > 0 {
		return s.all[0].Era, s.all[0].APIVersion
	}
	if s.options.Era != guidance.Auto {
		return s.options.Era, ""
	}
	return guidance.Current, ""
}

func top(n *expand.Node) *expand.Node {
	for n.Parent() != nil {
		n = n.Parent()
	}
	return n
}

// Reportf adds a finding about a value. The message is one line without a full
// stop, with the offending value and the limit.
func (p *Pass) Reportf(at Placer, format string, args ...any) *Finding {
	f := p.finding(fmt.Sprintf(format, args...))
	f.place(at.Place())
	return f.citeFirst()
}

// ReportAt adds a finding about something that is written, such as a
// declaration or a text, which need not be part of what deploys.
func (p *Pass) ReportAt(t *arm.Template, at source.Range, format string, args ...any) *Finding {
	f := p.finding(fmt.Sprintf(format, args...))
	f.era, f.version = p.shared.judge(nil)
	f.d.Guidance = f.era.String()
	f.d.Subject = at
	if t != nil && at.File == t.File {
		pointer, _ := (&jsonc.Tree{Root: t.Node}).PointerAt(at.Start)
		f.d.Pointer = t.Pointer + pointer
	}
	return f.citeFirst()
}

// mostFindings are what a rule may find in one template: some times what anybody
// is shown of it. The rest is made and dropped.
const mostFindings = 4000

func (p *Pass) finding(summary string) *Finding {
	f := &Finding{pass: p, d: diag.Diagnostic{
		Code:         p.Rule.Code,
		Rule:         p.Rule.Name,
		Severity:     p.Rule.Severity,
		Summary:      summary,
		Help:         p.Rule.Link,
		ParameterSet: p.Template.ParameterSet,
	}}
	if len(p.findings) < mostFindings {
		p.findings = append(p.findings, f)
	}
	return f
}

func (f *Finding) citeFirst() *Finding {
	for _, id := range f.pass.Rule.Guidance {
		if guidance.Get(id).Holds(f.era, f.version) {
			return f.Cite(id)
		}
	}
	return f
}
