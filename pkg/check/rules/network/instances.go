package network

import (
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
)

// A demand is how many instances a set has, and how many it may get. Numbers
// that are not known are 0.
type demand struct {
	set      lint.ScaleSet
	capacity int
	most     int // the highest capacity that autoscale may set, at least the capacity
	surplus  bool
}

func demandOf(set lint.ScaleSet) demand {
	d := demand{set: set, surplus: set.Surplus()}
	d.capacity, d.most = set.Instances()
	return d
}

// place is where the number of instances that is too high is written: that of the
// capacity, or of autoscale.
func (d demand) place(n int) lint.Placer {
	if highest, ok := d.set.MaxCapacity(); ok && n > d.capacity {
		return highest
	}
	return d.set.Capacity
}

// says reports whether a statement holds for what is not a scale set: it is judged
// as the first set of the template.
func says(p *lint.Pass, id guidance.ID) bool {
	if len(p.AllScaleSets) > 0 {
		return p.AllScaleSets[0].Says(id)
	}
	era := p.Options.Era
	if era == guidance.Auto {
		era = guidance.Current
	}
	return guidance.Get(id).Holds(era, "")
}

// certain reports that the resource deploys, once, as it is written.
func certain(r *expand.Resource) bool { return limits.Certain(r) }

// named is how a part is called in a message: its kind, and its short name when
// that is known.
func named(kind string, name vmss.Field[string]) string {
	if text, ok := name.Known(); ok {
		return kind + " " + nameOf(text)
	}
	return kind
}
