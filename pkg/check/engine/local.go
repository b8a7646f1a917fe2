package engine

import (
	"fmt"
	"slices"
	"sync"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A Local is what holds for one template in the place of what holds for all.
type Local struct {
	// Key names the combination: Locals of one key are equal, and that of the
	// key "" is what the Config says.
	Key        string
	Lint       lint.Options
	Other      map[diag.Code]Verdict
	Parameters []string // nil: those of the Config
}

// A Verdict is what becomes of findings of a code that is not a rule.
type Verdict struct {
	Off      bool
	Severity diag.Severity // unless it is off
}

// locals are the runners by the key of their Local.
type locals struct {
	mu      sync.Mutex
	runners map[string]*lint.Runner
}

func (e *Engine) local(path string) Local {
	if e.config.For != nil {
		if l := e.config.For(path); l.Key != "" {
			if l.Parameters == nil {
				l.Parameters = e.config.Parameters
			}
			return l
		}
	}
	return Local{Lint: e.config.Lint, Other: e.config.Other, Parameters: e.config.Parameters}
}

// runnerFor is the runner for a template. The error says which options of the
// Config for the template are wrong: they name a rule that does not exist, say.
func (e *Engine) runnerFor(path string) (*lint.Runner, error) {
	l := e.local(path)
	e.locals.mu.Lock()
	defer e.locals.mu.Unlock()
	r := e.locals.runners[l.Key]
	if r == nil {
		l.Lint.Others = others.Get
		var err error
		if r, err = lint.NewRunner(e.config.Rules, l.Lint); err != nil {
			return nil, fmt.Errorf("the options for %s: %w", path, err)
		}
		e.locals.runners[l.Key] = r
	}
	return r, nil
}

// usedFor is the runner with which a template was checked. One whose options
// are wrong was not; its error is that of the run.
func (e *Engine) usedFor(path string) *lint.Runner {
	if r, err := e.runnerFor(path); err == nil {
		return r
	}
	return e.runner
}

// together runs the rules that look at all templates at once. They look at all
// of them whatever holds for one; a finding is judged by what holds for the
// template that it is about.
func (e *Engine) together(views []*lint.Template) diag.List {
	if e.config.For == nil || len(views) == 0 {
		return e.runner.CheckAll(views)
	}
	runnerOf := map[*lint.Template]*lint.Runner{}
	var runners []*lint.Runner
	for _, v := range views {
		r := e.usedFor(v.Tree.File.Path())
		runnerOf[v] = r
		if !slices.Contains(runners, r) {
			runners = append(runners, r)
		}
	}
	var found diag.List
	for _, r := range runners {
		found.Add(r.CheckAbout(views, func(t *lint.Template) bool { return runnerOf[t] == r })...)
	}
	found.Sort()
	return found
}

// verdicts applies what is said about codes that are not rules.
func (e *Engine) verdicts(found diag.List) diag.List {
	kept := found[:0]
	byDefault := map[diag.Code]bool{} // off
	for _, d := range found {
		if _, ok := byDefault[d.Code]; !ok {
			byDefault[d.Code] = offByDefault(d.Code)
		}
		l := e.local(fileOf(d.Subject))
		v, ok := l.Other[d.Code]
		switch {
		case ok && v.Off, !ok && byDefault[d.Code] && !enables(l.Lint.Enable, d.Code, d.Rule):
			continue
		case ok:
			d.Severity = v.Severity
		}
		kept = append(kept, d)
	}
	return kept
}

// dropped reports a kind whose findings [Engine.verdicts] drops in every file, so that
// they need not be made. Where settings differ from file to file, or are tried, or may
// change while schemas are kept, each finding is judged when it is there.
func (e *Engine) dropped(k diag.Kind) bool {
	if e.config.For != nil || e.config.Schemas != nil || e.config.AllValues {
		return false
	}
	if v, ok := e.config.Other[k.Code]; ok {
		return v.Off
	}
	return k.OffByDefault && !enables(e.config.Lint.Enable, k.Code, k.Name)
}

// offByDefault reports a code of a [diag.Kind] that is off by default.
func offByDefault(code diag.Code) bool {
	for _, k := range kinds.Get() {
		if k.Code == code {
			return k.OffByDefault
		}
	}
	return false
}

// enables reports whether one of the selectors of rules means a finding that is
// not of a rule.
func enables(selectors []string, code diag.Code, name string) bool {
	return slices.ContainsFunc(selectors, func(s string) bool {
		selected, _ := lint.Selects(s, &lint.Rule{Code: code, Name: name})
		return selected
	})
}

func fileOf(at source.Range) string {
	if at.File == nil {
		return ""
	}
	return at.File.Path()
}

// suppress applies the suppressions of the files, each checked by the runner of
// its template, and those of the configuration.
func (e *Engine) suppress(templates []*Template, found diag.List) diag.List {
	type group struct {
		runner    *lint.Runner
		templates []*Template
	}
	groups := []*group{{runner: e.runner}}
	for _, t := range templates {
		r := e.usedFor(t.Path)
		i := slices.IndexFunc(groups, func(g *group) bool { return g.runner == r })
		if i < 0 {
			i = len(groups)
			groups = append(groups, &group{runner: r})
		}
		groups[i].templates = append(groups[i].templates, t)
	}
	seen := map[*jsonc.Tree]bool{}
	for _, g := range groups {
		trees := slices.DeleteFunc(treesOf(g.templates), func(t *jsonc.Tree) bool { return seen[t] })
		for _, t := range trees {
			seen[t] = true
		}
		found = g.runner.Suppress(trees, found)
	}
	return e.runner.SuppressPaths(e.config.Suppressions, found)
}
