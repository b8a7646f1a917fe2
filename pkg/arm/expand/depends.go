package expand

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// checkDependencies gives the resources of a frame their edges, and reports
// entries of dependsOn that lead to nothing.
func (f *frame) checkDependencies() {
	shared := make(map[*instance][]string) // ids of loops, by first round
	for _, i := range f.instances {
		for n := range i.dependencies {
			e := &i.dependencies[n]
			e.IDs = listedIDs(e.to, shared)
			if e.Explicit && len(e.to) == 0 {
				f.missing(i, e)
			}
		}
		if i.result != nil {
			i.finishEdges()
		}
	}
}

// listedIDs are the ids of what instances listed. Those of a loop are made
// once: all that wait for it share them.
func listedIDs(to []*instance, shared map[*instance][]string) (ids []string) {
	if len(to) == 0 {
		return nil
	}
	if len(to) > 1 {
		if ids, ok := shared[to[0]]; ok {
			return ids
		}
		defer func() { shared[to[0]] = ids }()
	}
	for _, i := range to {
		ids = append(ids, i.listedIDs()...)
	}
	return ids
}

// listedIDs are the ids of what an instance listed: its own, or those of all
// resources of a nested deployment.
func (i *instance) listedIDs() (ids []string) {
	switch {
	case i.result != nil && i.id != "":
		return []string{strings.ToLower(i.id)}
	case i.nested != nil && i.nested.frame != nil:
		for _, res := range i.nested.frame.resources {
			if !isExpressionText(res.ID) && res.ID != "" {
				ids = append(ids, strings.ToLower(res.ID))
			}
		}
	}
	return ids
}

func (i *instance) finishEdges() {
	for _, e := range i.dependencies {
		i.result.Dependencies = append(i.result.Dependencies, e.Dependency)
	}
	if len(i.dependencies) == 1 {
		i.result.DependsOn = i.dependencies[0].IDs
		return
	}
	seen := make(map[string]bool)
	for _, e := range i.dependencies {
		for _, id := range e.IDs {
			if !seen[id] {
				seen[id] = true
				i.result.DependsOn = append(i.result.DependsOn, id)
			}
		}
	}
}

// missing warns of a dependency on what the template does not have, unless a
// false condition took it away.
func (f *frame) missing(i *instance, e *edge) {
	if f.isAbsent(e.Text) {
		e.Skipped = true
		return
	}
	d := diag.Diagnostic{Code: CodeDependency, Rule: RuleDependency, Severity: diag.Warning, Subject: e.At,
		Summary: "'" + i.label() + "' depends on '" + e.Text + "', which is not in the template",
		Detail:  "Azure refuses a dependency on a resource that the same template does not deploy."}
	const most = 50 // names are compared with all others, which takes a while
	if f.run.suggestions++; f.run.suggestions <= most {
		if near := nearest.Name(e.Text, f.nameable(strings.HasPrefix(e.Text, "/"))); near != "" {
			d.Detail += " Did you mean '" + near + "'?"
		}
	}
	f.run.add(d)
}

// isAbsent reports whether a resource without a known name, or one that a false
// condition removes, may be what text means.
func (f *frame) isAbsent(text string) bool {
	if f.absent == nil {
		f.findAbsent()
	}
	_, empty := f.loops[strings.ToLower(text)] // a loop without rounds
	return f.nameless || empty || f.absent[strings.ToLower(text)]
}

// findAbsent collects what names resources that a false condition removes. The
// names are evaluated without findings: nothing says that they can be.
func (f *frame) findAbsent() {
	f.absent = make(map[string]bool)
	for _, r := range f.t.Resources {
		if r.Symbol != nil { // its loop has no rounds
			f.absent[strings.ToLower(r.Symbol.Value)] = f.rounds[r.Symbol.Value] == nil && f.symbols[r.Symbol.Value] == nil
		}
		if r.Broken {
			f.absent[strings.ToLower(r.Label())] = true
		}
	}
	f.quietly(func() {
		for _, i := range f.instances {
			if i.name == "" && !i.skipped && i.decl.Extension == nil {
				f.nameless = true
			}
			if i.skipped && i.nameNode == nil && i.decl.Name != nil {
				i.nameNode = i.at.node(i.decl.Name)
				i.identify()
			}
			if i.skipped {
				f.addAbsent(i)
			}
		}
	})
}

func (f *frame) addAbsent(i *instance) {
	names := []string{i.symbol, i.name, i.id}
	if i.name != "" {
		names = append(names, i.typ+"/"+i.name, interleave(i.typ, i.name))
	}
	for _, n := range names {
		if n != "" {
			f.absent[strings.ToLower(n)] = true
		}
	}
}

// quietly runs a trial evaluation whose findings do not count, but for those
// about variables and parameters, which are evaluated once for all.
func (f *frame) quietly(trial func()) {
	r := f.run
	broken := r.broken
	r.quiet++
	trial()
	r.quiet--
	r.broken = broken
}

// nameable are the names that dependsOn could have meant.
func (f *frame) nameable(ids bool) (names []string) {
	for _, i := range f.instances {
		switch {
		case ids:
			names = append(names, i.id)
		case i.symbol != "":
			names = append(names, i.symbol)
		default:
			names = append(names, i.name)
		}
	}
	return names
}
