package lint

import (
	"context"
	"fmt"
	"slices"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// A Runner runs a list of rules. It is safe for use by many goroutines.
type Runner struct {
	all     []*Rule // every rule that exists, for names
	rules   []*Rule // those that run
	options Options
}

// NewRunner returns a runner for the rules that the options choose, or an error
// for the user when the options name a rule that does not exist.
func NewRunner(rules []*Rule, options Options) (*Runner, error) {
	if err := options.validate(rules); err != nil {
		return nil, err
	}
	r := &Runner{all: rules, options: options}
	for _, rule := range rules {
		if options.enabled(rule) {
			r.rules = append(r.rules, rule)
		}
	}
	return r, nil
}

// Rules returns the rules that run, in the order of the list.
func (r *Runner) Rules() []*Rule { return r.rules }

// Check runs every rule over one template, and gives the findings sorted. A
// rule that panics costs its own findings and becomes a finding, SS0002.
func (r *Runner) Check(t *Template) diag.List { return r.CheckContext(context.Background(), t) }

// CheckContext is [Runner.Check] that starts no further rule once the context
// is done. What it gives then is incomplete.
func (r *Runner) CheckContext(ctx context.Context, t *Template) diag.List {
	var list diag.List
	s := newShared(t, r.options)
	s.ctx = ctx
	var p *Pass
	for _, rule := range r.rules {
		if rule.Run == nil {
			continue
		}
		if ctx.Err() != nil {
			break
		}
		// Most rules find nothing, so their pass was not used and can be reused.
		if p == nil || len(p.findings) > 0 {
			p = s.pass(rule)
		}
		p.Rule = rule
		if failed := guard(r.observed(rule, func() { rule.Run(p) })); failed != nil {
			list.Add(r.failure(rule, t, failed))
			continue
		}
		list = r.take(list, p)
	}
	list.Sort()
	return list
}

// CheckAll runs the rules that look at all templates of a run together.
func (r *Runner) CheckAll(templates []*Template) diag.List {
	return r.CheckAbout(templates, func(*Template) bool { return true })
}

// CheckAbout is [Runner.CheckAll] that gives the findings about some of the
// templates alone: another runner checks the others.
func (r *Runner) CheckAbout(templates []*Template, about func(*Template) bool) diag.List {
	var list diag.List
	var inCommon []*shared
	for _, rule := range r.rules {
		if rule.RunAll == nil || len(templates) == 0 {
			continue
		}
		if inCommon == nil {
			inCommon = make([]*shared, len(templates))
			for i, t := range templates {
				if t.sums == nil {
					inCommon[i] = newShared(t, r.options)
				}
			}
		}
		all := &RunPass{Rule: rule, Options: r.options}
		for i, t := range templates {
			pass := &Pass{Rule: rule, Template: t, Options: r.options, Sum: t.sums[rule]}
			if t.sums == nil {
				pass = inCommon[i].pass(rule)
			}
			all.Templates = append(all.Templates, pass)
		}
		if failed := guard(r.observed(rule, func() { all.run() })); failed != nil {
			if about(templates[0]) {
				list.Add(r.failure(rule, templates[0], failed))
			}
			continue
		}
		for _, p := range all.Templates {
			if about(p.Template) {
				list = r.take(list, p)
			}
		}
	}
	list.Sort()
	return list
}

// run adds the sums of the templates that are whole, and runs the rule.
func (p *RunPass) run() {
	for _, pass := range p.Templates {
		if pass.shared != nil && p.Rule.Sum != nil {
			pass.Sum = p.Rule.Sum(pass)
		}
	}
	p.Rule.RunAll(p)
}

// Summary returns what [Runner.CheckAll] needs of a template, with a tree that stands
// for its own: nothing of the template is kept. ok is false when a rule needs
// the whole of it.
func (r *Runner) Summary(t *Template, tree *jsonc.Tree) (summary *Template, ok bool) {
	sums := map[*Rule]any{}
	var inCommon *shared
	for _, rule := range r.rules {
		switch {
		case rule.RunAll == nil:
			continue
		case rule.Sum == nil:
			return nil, false
		case inCommon == nil:
			inCommon = newShared(t, r.options)
		}
		if guard(r.observed(rule, func() { sums[rule] = rule.Sum(inCommon.pass(rule)) })) != nil {
			return nil, false // it fails again, and is reported, when all is there
		}
	}
	return &Template{Tree: tree, ParameterSet: t.ParameterSet, Assumed: t.Assumed, AssumedLocation: t.AssumedLocation, sums: sums}, true
}

// observed is f with what observes it around.
func (r *Runner) observed(rule *Rule, f func()) func() {
	if r.options.Observe == nil {
		return f
	}
	return func() {
		defer r.options.Observe(rule)()
		f()
	}
}

// guard calls f and gives what it panicked with, or nil.
func guard(f func()) (failed any) {
	defer func() { failed = recover() }()
	f()
	return nil
}

// take appends the findings of a pass.
func (r *Runner) take(list diag.List, p *Pass) diag.List {
	for _, f := range p.findings {
		f.d.Severity = r.options.severity(p.Rule, f.d.Severity)
		if p.Rule.Origin != "" { // a project does not judge by an era
			f.d.Guidance = ""
		}
		list.Add(f.d)
	}
	return list
}

func (r *Runner) failure(rule *Rule, t *Template, failed any) diag.Diagnostic {
	return diag.Diagnostic{
		Code:     CodeRuleFailed,
		Rule:     "rule-failed",
		Severity: diag.Warning,
		Subject:  t.Tree.File.Range(0, 0),
		Summary:  fmt.Sprintf("rule %s %s failed on this template: %v", rule.Code, rule.Name, failed),
		Detail:   "This is a defect of the tool, not of the template. All other rules ran.",
	}
}

// ruleNamed returns the rule with the code or name.
func (r *Runner) ruleNamed(name string) *Rule {
	i := slices.IndexFunc(r.all, func(rule *Rule) bool {
		_, named := selects(name, rule)
		return named
	})
	if i < 0 {
		return nil
	}
	return r.all[i]
}
