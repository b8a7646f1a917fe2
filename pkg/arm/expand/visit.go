package expand

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// visit lists a resource after all that it waits for: what its references
// need, then what its dependsOn says, in that order. by is the edge that leads
// here; nil from the list of declared resources.
func (r *run) visit(i *instance, by *edge) {
	switch {
	case r.stopped || i.state == done:
		return
	case i.state == running:
		r.circle(i, by)
		return
	case len(r.visiting) >= r.opts.Limits.Chain:
		r.limit(i.decl.At(), "more than %d resources wait for each other in a chain, the limit of this tool", r.opts.Limits.Chain)
		return
	}
	i.state = running
	r.visiting = append(r.visiting, i)
	if !i.skipped {
		i.body()
		i.follow()
	}
	r.visiting = r.visiting[:len(r.visiting)-1]
	i.state = done
}

// follow visits what dependsOn names, once.
func (i *instance) follow() {
	if i.followed {
		return
	}
	i.followed = true
	before := i.f.run.broken
	for _, n := range i.decl.DependsOn {
		node := i.at.node(n)
		text, ok := node.Text()
		if !ok {
			i.badDependency(node)
			continue
		}
		to, found := i.f.targets(text)
		i.depend(edge{Dependency: Dependency{At: n.Range(), Explicit: true, Text: text, Skipped: found && allSkipped(to)}, to: to})
	}
	i.broken = i.broken || i.f.run.broken > before
}

func allSkipped(list []*instance) bool {
	for _, i := range list {
		if !i.skipped {
			return false
		}
	}
	return len(list) > 0
}

func (i *instance) badDependency(n *Node) {
	if n.Known() {
		i.f.run.errorf(CodeDependency, RuleDependency, n.At(), "an entry of dependsOn must be a string, not %s", value.KindName(n.Value))
	}
}

// depend keeps an edge and visits where it leads.
func (i *instance) depend(e edge) {
	if !i.f.run.spend(1+len(e.to), e.At) {
		return
	}
	i.dependencies = append(i.dependencies, e)
	for _, to := range e.to {
		i.f.run.visit(to, &e)
	}
}

// circle reports resources that wait for each other, with the whole circle.
func (r *run) circle(i *instance, by *edge) {
	if by == nil || !by.Explicit && strings.HasPrefix(by.Text, "/") {
		return // a reference by id is no dependency for the service
	}
	if r.circles[by.At] {
		return // the rounds of a loop make the same mistake
	}
	r.circles[by.At] = true
	start := len(r.visiting) - 1
	for start > 0 && r.visiting[start] != i {
		start--
	}
	if r.visiting[start].f != i.f {
		return
	}
	var names []string
	var related []diag.Related
	for _, v := range r.visiting[start:] {
		names = append(names, v.label())
		related = append(related, diag.Related{Range: v.decl.At(), Message: "'" + v.label() + "' is declared here"})
	}
	d := diag.Diagnostic{Code: CodeCycle, Rule: RuleDependency, Severity: diag.Warning, Subject: by.At, Related: related[1:],
		Summary: "the resource waits for itself: " + strings.Join(append(names, names[0]), " -> "),
		Detail:  "Azure refuses resources that depend on each other in a circle. Remove one of the dependencies."}
	if len(names) == 1 {
		d.Summary = "the resource '" + names[0] + "' waits for itself"
	}
	r.add(d)
}

// label names the resource for people.
func (i *instance) label() string {
	if i.name != "" {
		return i.name
	}
	return i.decl.Label()
}
