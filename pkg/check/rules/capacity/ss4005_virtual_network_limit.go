package capacity

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4005_virtual_network_limit.md
var virtualNetworkPage string

// virtualNetworkTotal reports more instances in one virtual network than the
// documents plan for, over all templates of a run. Pages after July 2016 name
// no number any more, so that it is silent about sets with managed disks.
var virtualNetworkTotal = &lint.Rule{
	Code: "SS4005", Name: "virtual-network-limit", Severity: diag.Warning, Since: "0.1", Doc: virtualNetworkPage,
	Guidance: []guidance.ID{guidance.VirtualNetworkMaxPreview, guidance.VirtualNetworkMax},
	RunAll:   checkVirtualNetwork,
}

func checkVirtualNetwork(p *lint.RunPass) {
	makers := networkMakers(p)
	all := totals(p, func(pass *lint.Pass, set lint.ScaleSet) (string, int, bool) {
		id, made, ok := set.VirtualNetwork()
		n, known := set.Capacity.Known()
		key := id.String()
		if ok && made && makers[key] > 1 {
			key += "\x00" + pass.Template.Tree.File.Path() // each template makes a network of its own
		}
		return group(pass, key, pass.Assumed(id.Scope)), n, ok && known
	})
	for _, t := range all {
		at, max, ok := t.crossing(func(set lint.ScaleSet) int { return limits.NetworkBound(set).Max() })
		if !ok {
			continue
		}
		id, _, _ := at.set.VirtualNetwork()
		f := at.pass.Reportf(at.set.Capacity, "%d instances in %s share the virtual network %s, plan for %d at most", t.sum(), t.holders(), id.Name(), max).
			Detailf("%s Divide them over several virtual networks.", t.sentence())
		t.related(f, at)
	}
}

// networkMakers counts the templates that make each virtual network. Templates
// that each make one of the same name are for different resource groups.
func networkMakers(p *lint.RunPass) map[string]int {
	makers := map[string]int{}
	for _, runs := range p.Files() {
		mine := map[string]bool{}
		for _, pass := range runs {
			for _, set := range pass.AllScaleSets {
				if id, made, ok := set.VirtualNetwork(); ok && made {
					mine[id.String()] = true
				}
			}
		}
		for id := range mine {
			makers[id]++
		}
	}
	return makers
}
