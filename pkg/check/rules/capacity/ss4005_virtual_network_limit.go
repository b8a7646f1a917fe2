package capacity

import (
	_ "embed"
	"slices"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4005_virtual_network_limit.md
var virtualNetworkPage string

// virtualNetworkTotal reports more instances in one virtual network than the
// documents plan for, over all templates of a run. Pages after July 2016 name
// no number any more, so it does not report sets with managed disks.
var virtualNetworkTotal = &lint.Rule{
	Code: "SS4005", Name: "virtual-network-limit", Severity: diag.Warning, Since: "0.1", Page: &virtualNetworkPage,
	Guidance: []guidance.ID{guidance.VirtualNetworkMaxPreview, guidance.VirtualNetworkMax},
	Sum:      sumVirtualNetwork, RunAll: checkVirtualNetwork,
}

// A networkSum is what the sets of a template add to virtual networks.
type networkSum struct {
	made    []string // ids of networks that the template makes for its sets
	entries []networkEntry
}

type networkEntry struct {
	entry         // with the id of the network as its key
	name          string
	made, assumed bool // the template makes it; its scope is assumed
}

func sumVirtualNetwork(p *lint.Pass) any {
	var all networkSum
	for _, set := range p.AllScaleSets {
		id, made, ok := set.VirtualNetwork()
		if !ok {
			continue
		}
		key := id.String()
		if made && !slices.Contains(all.made, key) {
			all.made = append(all.made, key)
		}
		if n, known := set.Capacity.Known(); known && !set.Resource.Conditional && !set.Resource.Repeated {
			e := entry{key: key, n: n, limit: limits.NetworkBound(set).Max(), set: countedOf(p, set)}
			all.entries = append(all.entries, networkEntry{e, id.Name(), made, p.Assumed(id.Scope)})
		}
	}
	return all
}

func checkVirtualNetwork(p *lint.RunPass) {
	makers := networkMakers(p)
	names := map[string]string{}
	for _, pass := range p.Templates {
		sum, _ := pass.Sum.(networkSum)
		entries := make([]entry, len(sum.entries))
		for i, e := range sum.entries {
			if e.made && makers[e.key] > 1 {
				e.key += "\x00" + pass.Template.Tree.File.Path() // each template makes a network of its own
			}
			entries[i] = e.entry
			entries[i].key = group(pass, e.key, e.assumed)
			names[entries[i].key] = e.name
		}
		pass.Sum = entries
	}
	for _, t := range totals(p, 0) {
		at, max, ok := t.crossing()
		if !ok {
			continue
		}
		f := at.pass.ReportSpotf(at.set.capacity, "%d instances in %s share virtual network %s; the documented limit is %d", t.sum(), t.holders(), names[t.key], max).
			Detailf("%s Use several virtual networks.", t.sentence())
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
			sum, _ := pass.Sum.(networkSum)
			for _, id := range sum.made {
				mine[id] = true
			}
		}
		for id := range mine {
			makers[id]++
		}
	}
	return makers
}
