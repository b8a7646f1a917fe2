// Package cost adds up what the instances of a scale set cost, from a saved list
// of prices: the hours of the virtual machines and nothing else. Disks, traffic,
// addresses and load balancers are not counted.
package cost

import (
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/azure/prices"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
)

// An Estimate is what the instances of one model cost. Each number is per hour
// and in the currency of the list.
type Estimate struct {
	Size, Region string
	Windows      bool // with a licence of Windows Server in the price
	// Regular and Spot are the prices of one instance per hour; the zero price if the
	// scale set has no such instances.
	Regular, Spot prices.Price
	spot          bool // all instances are Spot
	mix           *placement.PriorityMix
}

// Of returns the prices of the instances of a scale set. region is used if the
// template does not have it. The error is a sentence that says what is missing: the
// size, the region or the operating system is not known offline, or the list does not
// have them.
func Of(set *vmss.ScaleSet, list *prices.List, region string) (*Estimate, error) {
	judged := limits.ScaleSet{ScaleSet: set}
	if len(mixSizes(set)) > 0 {
		return nil, fmt.Errorf("%s has an instance mix: which size an instance gets is not known, so no price is given", set.Name)
	}
	e := &Estimate{Region: region}
	e.Size, _ = set.SKUName.Known()
	if known, ok := judged.Region(); ok {
		e.Region = known
	}
	switch {
	case e.Size == "":
		return nil, fmt.Errorf("the size of %s is not known offline, so no price is given", set.Name)
	case e.Region == "":
		return nil, fmt.Errorf("the region of %s is not known offline, so no price is given", set.Name)
	}
	switch set.System() {
	case vmss.Windows:
		licence, ok := set.LicenseType.Or("")
		if !ok {
			return nil, fmt.Errorf("the licenseType of %s is not known offline, so no price is given", set.Name)
		}
		// Windows_Server and Windows_Client bring their own licence
		// (virtual-machines/windows/hybrid-use-benefit-licensing).
		e.Windows = !strings.HasPrefix(strings.ToLower(licence), "windows_")
	case vmss.Linux:
	default:
		return nil, fmt.Errorf("whether %s runs Linux or Windows is not known offline, so no price is given", set.Name)
	}
	spot, one := judged.Spot()
	switch {
	case one:
		e.spot = spot
	case set.PriorityMix.IsSet():
		if e.mix = mixOf(set); e.mix == nil {
			return nil, fmt.Errorf("the priorityMixPolicy of %s is not known offline or is rejected by Azure, so no price is given", set.Name)
		}
	default:
		return nil, fmt.Errorf("the priority of %s is not known offline, so no price is given", set.Name)
	}
	find := func(spot bool) (prices.Price, error) {
		p, ok := list.Find(prices.Query{Size: e.Size, Region: e.Region, Spot: spot, Windows: e.Windows})
		if !ok {
			return p, fmt.Errorf("the list of prices has no %s price of %s with %s in %s", map[bool]string{false: "regular", true: "Spot"}[spot], e.Size, map[bool]string{false: "Linux", true: "Windows"}[e.Windows], e.Region)
		}
		return p, nil
	}
	var err error
	if !e.spot {
		if e.Regular, err = find(false); err != nil {
			return nil, err
		}
	}
	if e.spot || e.mix != nil {
		e.Spot, err = find(true)
	}
	if err != nil {
		return nil, err
	}
	return e, nil
}

// Hour returns what n instances cost per hour at pay-as-you-go and Spot prices.
func (e *Estimate) Hour(n int) float64 {
	regular, spot := e.split(n)
	return float64(regular)*e.Regular.Hour + float64(spot)*e.Spot.Hour
}

// Month returns what n instances cost in a month of [prices.HoursPerMonth] hours.
func (e *Estimate) Month(n int) float64 { return e.Hour(n) * prices.HoursPerMonth }

func (e *Estimate) split(n int) (regular, spot int) {
	switch {
	case e.mix != nil:
		return e.mix.Split(n)
	case e.spot:
		return 0, n
	}
	return n, 0
}

// A Commitment is the price of n instances per hour under a savings plan or a
// reservation.
type Commitment struct {
	Kind string // "savings plan" or "reservation"
	Term string // such as "3 Years"
	Hour float64
}

// Commitments returns what n instances cost under commitments, as far as the list has
// them, the shortest term first. They apply to regular instances; Spot instances cost
// the same as without. A reservation covers the machine and not the licence of Windows,
// so it is left out if the price includes one.
func (e *Estimate) Commitments(n int) (all []Commitment) {
	regular, spot := e.split(n)
	if regular == 0 {
		return nil
	}
	rest := float64(spot) * e.Spot.Hour
	for _, term := range []string{"1 Year", "3 Years", "5 Years"} {
		if hour, ok := e.Regular.Savings[term]; ok {
			all = append(all, Commitment{"savings plan", term, float64(regular)*hour + rest})
		}
		if hour, ok := e.Regular.Reserved[term]; ok && !e.Windows {
			all = append(all, Commitment{"reservation", term, float64(regular)*hour + rest})
		}
	}
	return all
}

// String says which prices these are: "Standard_D2s_v5, Linux, regular, in westeurope".
func (e *Estimate) String() string {
	system, priority := "Linux or with a licence of your own", "regular"
	if e.Windows {
		system = "Windows"
	}
	switch {
	case e.mix != nil:
		priority = "regular and Spot"
	case e.spot:
		priority = "Spot"
	}
	return strings.Join([]string{e.Size, system, priority}, ", ") + " in " + e.Region
}

func mixSizes(set *vmss.ScaleSet) (sizes []string) {
	if list := set.Properties.Get("skuProfile", "vmSizes"); list != nil {
		for _, item := range list.Items {
			name, _ := item.Get("name").Text()
			sizes = append(sizes, name)
		}
	}
	return slices.Clip(sizes)
}

// mixOf returns the priority mix of a set, nil when it is not known or out of range.
func mixOf(set *vmss.ScaleSet) *placement.PriorityMix {
	mix, known := set.PriorityMix.Known()
	base, ok1 := number(mix, "baseRegularPriorityCount")
	percent, ok2 := number(mix, "regularPriorityPercentageAboveBase")
	if !known || !ok1 || !ok2 || base < 0 || base > placement.MaxInstances || percent < 0 || percent > 100 {
		return nil
	}
	return &placement.PriorityMix{Base: int(base), RegularPercent: int(percent)}
}

// number returns a number, 0 where it is not written; ok is false when it is not known.
func number(mix *expand.Node, name string) (n int64, ok bool) {
	v := mix.Get(name)
	if v == nil {
		return 0, true
	}
	return v.Int()
}

// A Row is what some instances cost at one moment.
type Row struct {
	Label       string // such as "before"; "" for the number of instances
	Instances   int
	Estimate    *Estimate
	Hour, Month float64
	Commitments []Commitment
}

// Row returns what n instances cost.
func (e *Estimate) Row(label string, n int) Row {
	return Row{Label: label, Instances: n, Estimate: e, Hour: e.Hour(n), Month: e.Month(n), Commitments: e.Commitments(n)}
}

// A Range is a sum of money between two bounds.
type Range struct{ Least, Most float64 }

// A Table says what a scale set costs at several moments.
type Table struct {
	Currency string
	Rows     []Row
	// Surge is the total cost of the instances that exist only during an upgrade;
	// nil if there are none.
	Surge *Range
	// Missing says why there is no price; "" if there is one.
	Missing string
}

// Between returns what a scale set costs before and after a change of its model or its
// capacity. A negative number of instances means that it is not known.
func Between(older, newer *vmss.ScaleSet, from, to int, list *prices.List, region string) *Table {
	t := &Table{Currency: list.Currency}
	before, err := Of(older, list, region)
	if err == nil {
		var after *Estimate
		if after, err = Of(newer, list, region); err == nil {
			if from < 0 || to < 0 {
				t.Missing = "the number of instances of " + newer.Name + " is not known offline, so no price is given"
				return t
			}
			t.Rows = []Row{before.Row("before", from), after.Row("after", to)}
			return t
		}
	}
	t.Missing = err.Error()
	return t
}
