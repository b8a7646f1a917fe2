package expand

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/diag"
	"github.com/scaleset/scaleset/pkg/eval"
)

// checkDependencies gives the resources of a frame their edges, and reports
// entries of dependsOn that lead to nothing.
func (f *frame) checkDependencies() {
	for _, i := range f.instances {
		for n := range i.dependencies {
			e := &i.dependencies[n]
			for _, to := range e.to {
				e.IDs = append(e.IDs, to.listedIDs()...)
			}
			if e.Explicit && len(e.to) == 0 {
				f.missing(i, e)
			}
		}
		if i.result != nil {
			i.finishEdges()
		}
	}
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
	seen := make(map[string]bool)
	for _, e := range i.dependencies {
		i.result.Dependencies = append(i.result.Dependencies, e.Dependency)
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
	if f.maySkip(e.Text) || f.emptyLoop(e.Text) {
		e.Skipped = true
		return
	}
	d := diag.Diagnostic{Code: CodeDependency, Rule: RuleDependency, Severity: diag.Warning, Subject: e.At,
		Summary: "'" + i.label() + "' depends on '" + e.Text + "', which is not in the template",
		Detail:  "Azure refuses a dependency on a resource that the same template does not deploy."}
	if near := eval.Nearest(e.Text, f.nameable(strings.HasPrefix(e.Text, "/"))); near != "" {
		d.Detail += " Did you mean '" + near + "'?"
	}
	f.run.add(d)
}

// maySkip reports whether a resource without a known name, or one that a false
// condition removes, may be what text means. Names of such resources are
// evaluated without findings.
func (f *frame) maySkip(text string) bool {
	for _, i := range f.instances {
		if i.name == "" && !i.skipped {
			return true
		}
	}
	return f.quietly(func() bool {
		for _, i := range f.instances {
			if i.skipped && i.nameNode == nil && i.decl.Name != nil {
				i.nameNode = i.at.node(i.decl.Name)
				i.identify()
			}
			if i.skipped && i.means(text) {
				return true
			}
		}
		return false
	})
}

// quietly runs a trial evaluation whose findings do not count.
func (f *frame) quietly(trial func() bool) bool {
	r := f.run
	kept, broken, stopped := r.out.Diagnostics, r.broken, r.stopped
	seen := r.seen
	r.seen = make(map[finding]bool)
	answer := trial()
	r.out.Diagnostics, r.broken, r.stopped, r.seen = kept[:len(kept):len(kept)], broken, stopped, seen
	return answer
}

// means reports whether text names the resource.
func (i *instance) means(text string) bool {
	return i.symbol == text && text != "" || strings.EqualFold(i.name, text) || strings.EqualFold(i.id, text) ||
		i.name != "" && (strings.EqualFold(i.typ+"/"+i.name, text) || strings.EqualFold(interleave(i.typ, i.name), text))
}

// emptyLoop reports the name of a loop without rounds.
func (f *frame) emptyLoop(text string) bool {
	if _, ok := f.loops[strings.ToLower(text)]; ok {
		return true
	}
	for _, r := range f.t.Resources {
		if r.Symbol != nil && r.Symbol.Value == text || r.Broken && strings.EqualFold(r.Label(), text) {
			return true
		}
	}
	return false
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
