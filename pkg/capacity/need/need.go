// Package need answers what a scale set needs at some moments of a change: cores
// by family, addresses, ports, disks and so on, and which of it there is not
// enough of.
//
//	moments := []need.Moment{need.At(nil, 10), need.At(nil, 250)}
//	table := need.Of(limits.Demands(set, o), limits.Of(set, o), moments)
//
// It owns no number: what an instance takes and how much there is comes from
// package limits, and so does the verdict.
package need

import (
	"slices"

	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
)

// A Moment is how many instances a set has at some time.
type Moment struct {
	// Label is what the moment is called, such as "now"; "" for the number of
	// instances.
	Label string
	// Instances counts all of them, Regular and Spot those of a set with a
	// priority mix; both are Instances in other sets.
	Instances, Regular, Spot int
	// Surplus counts the instances that overprovisioning creates for a while on
	// the way to Instances.
	Surplus int
	// Groups is the number of placement groups that the instances are in; 0 when
	// only the capacity is known.
	Groups int
}

// At returns the moment at which a set has n instances; mix is nil for a set
// without a priority mix.
func At(mix *placement.PriorityMix, n int) Moment {
	m := Moment{Instances: n, Regular: n, Spot: n}
	if mix != nil {
		m.Regular, m.Spot = mix.Split(n)
	}
	return m
}

// A Table is what a set needs at some moments.
type Table struct {
	Moments []Moment
	Rows    []Row
}

// A Row is one demand, with what it comes to at each moment.
type Row struct {
	limits.Demand
	Cells []Cell
}

// A Cell is what is needed at one moment.
type Cell struct {
	Amount int
	// Peak is Amount with the surplus instances of overprovisioning, where these
	// take some too; else it is Amount.
	Peak int
	// over reports that there is not enough of it, or that more is used than is
	// advised: Broken is the limit that says so, nil for a quota that no rule
	// reports.
	Over   bool
	Broken *limits.Limit
}

// Of returns what demands come to at the moments. bounds are the limits of the
// same set.
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
