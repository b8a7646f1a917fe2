package naming

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/names"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss3101_part_name.md
var partNamePage string

// partName reports names of the parts of network resources that Azure rejects.
var partName = &lint.Rule{
	Code: "SS3101", Name: "part-name", Severity: diag.Error, Since: "0.2", Page: &partNamePage, Link: rulesPage,
	Peers: []string{"AZR-000267"},
	Also:  []diag.Level{{Severity: diag.Warning, When: "the name is in the profile of a scale set"}},
	Run:   checkPartName,
}

func checkPartName(p *lint.Pass) {
	j := newJudge(p)
	for _, r := range p.Deployment.Expanded.Resources {
		provider, _, _ := strings.Cut(r.Type, "/")
		switch {
		case is(provider, "Microsoft.Network"):
			j.parts(r.Body.Get("properties"), true)
		case is(r.Type, "Microsoft.Compute/virtualMachineScaleSets"):
			// Network makes the interfaces of instances; no answer about their
			// names was seen.
			j.parts(r.Body.Get("properties", "virtualMachineProfile", "networkProfile"), false)
		}
	}
}

// parts judges the parts below an object. The depth is that of JSON, which the
// parser bounds.
func (j *judge) parts(n *expand.Node, certain bool) {
	if n == nil {
		return
	}
	for _, m := range n.Members {
		part := names.IsPart(m.Name)
		if m.Node == nil {
			continue
		}
		for _, item := range m.Node.Items {
			if part {
				j.part(item, m.Name, certain)
			}
			j.parts(item, certain)
		}
		j.parts(m.Node, certain)
	}
}

func (j *judge) part(item *expand.Node, member string, certain bool) {
	at := item.Get("name")
	name, ok := at.Text()
	rule := names.Part()
	if !ok || rule.Allows(name) {
		return
	}
	if _, ok = text(j.pass, at); !ok {
		return
	}
	if what := wrong(rule, at, name); what != "" {
		j.name(at, "an item of "+member, name, rule, what, certain)
	}
}
