package rollout

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/review/diff"
)

// A Pair is one scale set as it is and as it is to be.
type Pair struct {
	Older, Newer *vmss.ScaleSet
	Changes      []diff.Change
}

// Pairs returns the scale sets that both sides of a comparison have, in the order
// of the new side.
func Pairs(d *diff.Diff) (all []Pair) {
	older := map[string]*vmss.ScaleSet{}
	for _, s := range vmss.New(d.Old.Deployment).ScaleSets {
		older[strings.ToLower(s.Name)] = s
	}
	changes := map[string][]diff.Change{}
	for _, r := range d.Resources {
		if r.Old != nil && r.New != nil && strings.EqualFold(r.Type, vmss.Type) {
			changes[strings.ToLower(r.Name)] = r.Changes
		}
	}
	for _, s := range vmss.New(d.New.Deployment).ScaleSets {
		key := strings.ToLower(s.Name)
		if old := older[key]; old != nil {
			all = append(all, Pair{old, s, changes[key]})
		}
	}
	return all
}
