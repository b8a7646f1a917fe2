package template

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/deploy"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

//go:embed ss2705_redundant_dependency.md
var redundantDependencyPage string

// redundantDependency reports entries of dependsOn without which nothing would change.
var redundantDependency = &lint.Rule{
	Code: "SS2705", Name: "redundant-dependency", Severity: diag.Info, Since: "0.1", Page: &redundantDependencyPage, OffByDefault: true,
	Link: "https://learn.microsoft.com/azure/azure-resource-manager/templates/resource-dependency",
	Run:  checkRedundantDependency,
}

func checkRedundantDependency(p *lint.Pass) {
	needed := map[source.Range]bool{} // by some round of a loop
	reason := map[source.Range]string{}
	var order []*entry
	for _, r := range p.Deployment.Expanded.Resources {
		for _, e := range entriesOf(p.Graph().Waits(r), r.Source) {
			if e.why == "" {
				needed[e.At] = true
			} else if reason[e.At] == "" {
				reason[e.At] = e.why
				order = append(order, e)
			}
		}
	}
	for _, e := range order {
		if needed[e.At] {
			continue
		}
		f := p.ReportAt(e.resource.Template(), e.At, "the dependency on %s is redundant: it follows from %s", shorten(e.Text), e.why).In(e.resource)
		if edits := withoutEntry(p, e); edits != nil {
			f.Fix("remove the entry", edits...)
		} else {
			f.Detailf("Remove the entry.")
		}
	}
}

// An entry is one explicit dependency, and why it is redundant.
type entry struct {
	deploy.Wait
	resource *arm.Resource
	why      string
}

// entriesOf are the entries of dependsOn of one resource.
func entriesOf(waits []deploy.Wait, source *arm.Resource) (entries []*entry) {
	for i, d := range waits {
		if !d.Explicit || len(d.IDs) == 0 || source == nil {
			continue
		}
		e := &entry{Wait: d, resource: source}
		for j, other := range waits {
			if j == i || other.At == d.At || !slices.Equal(other.IDs, d.IDs) {
				continue
			}
			if !other.Explicit && !strings.HasPrefix(other.Text, "/") { // by id it is documented as no dependency
				e.why = "a reference() in the resource"
			} else if other.Explicit && j < i {
				e.why = "an entry before it"
			}
		}
		entries = append(entries, e)
	}
	return entries
}

// withoutEntry takes an entry out of the dependsOn of its resource.
func withoutEntry(p *lint.Pass, e *entry) []diag.Edit {
	m := e.resource.Node.Get("dependsOn")
	if m == nil || !own(p, e.resource.Template()) {
		return nil
	}
	list, ok := m.Value.(*jsonc.Array)
	if !ok {
		return nil
	}
	i := slices.IndexFunc(list.Elements, func(n jsonc.Node) bool { return n.Range().Contains(e.At) })
	if i < 0 {
		return nil
	}
	return p.Template.Tree.RemoveElement(list, i)
}
