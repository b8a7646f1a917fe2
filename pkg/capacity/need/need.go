// Package need computes what a scale set needs at several moments of a change: cores by
// family, addresses, ports, disks and so on, and which of these are not enough.
//
//	moments := []need.Moment{need.At(nil, 10), need.At(nil, 250)}
//	table := need.Of(limits.Demands(set, o), limits.Of(set, o), moments)
//
// It has no numbers of its own: what an instance needs, how much is available and the
// verdict come from package limits.
package need

import (
	"slices"

	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
)

// A Moment is the number of instances of a scale set at some time.
type Moment struct {
	// Label is the name of the moment, such as "now"; "" if the number of instances
	// is its name.
	Label string
	// Instances is the number of all instances. Regular and Spot are the parts in a
	// scale set with a priority mix; otherwise both equal Instances.
	Instances, Regular, Spot int
	// Surplus is the number of instances that overprovisioning creates temporarily
	// on the way to Instances.
	Surplus int
	// Groups is the number of placement groups of the instances; 0 if only the
	// capacity is known.
	Groups int
}

// At returns the moment at which a scale set has n instances; mix is nil without a
// priority mix.
func At(mix *placement.PriorityMix, n int) Moment {
	m := Moment{Instances: n, Regular: n, Spot: n}
	if mix != nil {
		m.Regular, m.Spot = mix.Split(n)
	}
	return m
}

// A Table says what a scale set needs at several moments.
type Table struct {
	Moments []Moment
	Rows    []Row
}

// A Row is one demand, with its amount at each moment.
type Row struct {
	limits.Demand
	Cells []Cell
}

// A Cell says how much is needed at one moment.
type Cell struct {
	Amount int
	// Peak is Amount including the surplus instances of overprovisioning, if these
	// need some too; otherwise it is Amount.
	Peak int
	// Over says that more is needed than is available or recommended. Broken is the
	// limit that is exceeded, or nil for a quota that no rule reports.
	Over   bool
	Broken *limits.Limit
}

// Of returns the amounts of demands at the moments. bounds are the limits of the same
// scale set.
func Of(demands []limits.Demand, bounds []limits.Limit, moments []Moment) Table {
	t := Table{Moments: moments}
	for _, d := range demands {
		row := Row{Demand: d}
		mine := slices.DeleteFunc(slices.Clone(bounds), func(l limits.Limit) bool { return !d.Bounds(l) })
		for _, m := range moments {
			row.Cells = append(row.Cells, cell(d, mine, m))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func cell(d limits.Demand, bounds []limits.Limit, m Moment) Cell {
	n := m.Instances
	switch d.Share {
	case limits.RegularInstances:
		n = m.Regular
	case limits.SpotInstances:
		n = m.Spot
	}
	c := Cell{Amount: d.Amount(n)}
	if d.Kind == limits.DemandGroups && m.Groups > 0 && d.Total < 0 {
		c.Amount = m.Groups
	}
	c.Peak = c.Amount
	if d.Surplus && m.Surplus > 0 {
		c.Peak = d.Amount(n + m.Surplus)
	}
	if worst, ok := limits.Worst(bounds, m.Instances); ok {
		c.Over, c.Broken = true, &worst
	} else if len(bounds) == 0 && d.Total >= 0 && c.Amount > d.Total {
		c.Over = true
	}
	return c
}
