package expand

import "github.com/scaleset/scaleset/pkg/syntax/source"

// visit adds a resource to the result after its dependencies: first those of
// its references, then those of its dependsOn.
func (r *run) visit(i *instance) {
	switch {
	case r.stopped || i.state == done:
		return
	case i.state == running: // a cycle, which package deploy reports
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

// follow visits the resources in dependsOn, once.
func (i *instance) follow() {
	if i.followed {
		return
	}
	i.followed = true
	before := i.f.run.broken
	for _, n := range i.decl.DependsOn {
		node := i.at.node(n)
		i.entries = append(i.entries, node)
		if text, ok := node.Text(); ok {
			to, _ := i.f.targets(text)
			i.after(to, n.Range())
		}
	}
	i.broken = i.broken || i.f.run.broken > before
}

// after visits the dependencies of the resource.
func (i *instance) after(to []*instance, at source.Range) {
	if !i.f.run.spend(1+len(to), at) {
		return
	}
	for _, t := range to {
		i.f.run.visit(t)
	}
}

// label returns the name of the resource for messages.
func (i *instance) label() string {
	if i.name != "" {
		return i.name
	}
	return i.decl.Label()
}

// longestName is how many characters of a name a heading shows.
const longestName = 40

// clipped shortens a long name, such as an expression, in its middle.
func clipped(name string) string {
	r := []rune(name)
	if len(r) <= longestName {
		return name
	}
	return string(r[:longestName/2]) + "…" + string(r[len(r)-longestName/2+1:])
}
