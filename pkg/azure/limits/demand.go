package limits

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/quota"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
)

// A DemandKind says what instances take.
type DemandKind string

// The kinds of demands.
const (
	DemandInstances       DemandKind = "instances"
	DemandCores           DemandKind = "cores"
	DemandSpotCores       DemandKind = "spot-cores"
	DemandMachines        DemandKind = "virtual-machines"
	DemandAddresses       DemandKind = "addresses"
	DemandNATPorts        DemandKind = "nat-ports"
	DemandBackends        DemandKind = "backend-members"
	DemandPublicAddresses DemandKind = "public-ips"
	DemandAccounts        DemandKind = "storage-accounts"
	DemandDisks           DemandKind = "disks"
	DemandGroups          DemandKind = "placement-groups"
)

// demandKinds returns all kinds, in the order in which they are shown.
func demandKinds() []DemandKind {
	return []DemandKind{
		DemandInstances, DemandCores, DemandSpotCores, DemandMachines, DemandAddresses, DemandNATPorts, DemandBackends, DemandPublicAddresses,
		DemandAccounts, DemandDisks, DemandGroups,
	}
}

// A Share says which instances of a set take something.
type Share uint8

// The shares. Regular and Spot differ in sets with a priority mix only.
const (
	EveryInstance Share = iota
	RegularInstances
	SpotInstances
)

// A Demand is what the instances of a set take of something that is bounded, or
// that somebody has to provide. [Demands] returns those of a set; the numbers
// are those that [Of] bounds the capacity with.
type Demand struct {
	Kind  DemandKind
	About string // such as "subnet default", a row of the quota, a disk type; may be ""
	// Each is what Per instances take: 2 of 1 for two cores each, 1 of 100 for a
	// placement group. Per is 1 or more.
	Each, Per int
	Share     Share
	// Surplus reports that the surplus instances of overprovisioning take it too.
	Surplus bool
	// Zones divides the instances before Per does; 0 for a regional set.
	Zones int
	// Total is how much there is, -1 when that is not known, and Taken what
	// others take of it, as the deployment or the saved quota tells.
	Total, Taken int
	// TakenNow reports that Taken counts everything in use now, the instances of
	// this set among them when it exists.
	TakenNow bool
	// Limits are the names of the limits that speak about it.
	Limits []string
}

// Amount returns how much n instances take.
func (d Demand) Amount(n int) int {
	n = max(0, min(n, enough))
	groups := max(1, d.Zones)
	amount, rest := 0, n
	for zone := range groups {
		share := rest / (groups - zone)
		rest -= share
		amount += (share*d.Each + d.Per - 1) / d.Per
	}
	return amount
}

// Demands returns what the instances of a set take, in the order of
// [demandKinds]. What a template leaves open is left out. o.Usage tells how much
// there is of cores and disks.
func Demands(set ScaleSet, o Options) (all []Demand) {
	all = append(all, Demand{Kind: DemandInstances, Each: 1, Total: instanceTotal(set), Limits: []string{Capacity, PlacementGroup, FlexibleDomains, LargeSetDisks, VirtualNetwork, RegionInstances}})
	all = append(all, coreDemands(set, o)...)
	if !set.Partial() {
		all = append(all, networkDemands(set)...)
		all = append(all, diskDemands(set, o)...)
		all = append(all, groupDemands(set)...)
	}
	for i := range all {
		all[i].Per = max(1, all[i].Per)
	}
	return all
}

// instanceTotal is the highest capacity that the kind of the set allows.
func instanceTotal(set ScaleSet) int {
	total := -1
	for _, l := range capacityLimits(set) {
		if total < 0 || l.Max < total {
			total = l.Max
		}
	}
	return total
}

// CoreDemands returns what instances of one size take of the cores, for a set of
// which only the size is known.
func CoreDemands(size quota.Size, o Options) []Demand { return cores(size, RegularInstances, o) }

// coreDemands are the cores of the size by family and in all, and the spot
// cores. The sizes of an instance mix are not counted: which of them an instance
// gets is not known.
func coreDemands(set ScaleSet, o Options) (all []Demand) {
	if set.Properties.Get("skuProfile", "vmSizes") == nil {
		if size, ok := sizeOf(o.Sizes, set); ok {
			spot, one := set.Spot()
			switch {
			case one && spot:
				all = cores(size, SpotInstances, o)
			case one:
				all = cores(size, RegularInstances, o)
			case set.PriorityMix.Given():
				all = append(cores(size, RegularInstances, o), cores(size, SpotInstances, o)...)
			}
		}
	}
	if d := quotaDemand(DemandMachines, quota.VirtualMachines, 1, EveryInstance, o); d.Total >= 0 {
		all = append(all, d)
	}
	return all
}

func cores(size quota.Size, share Share, o Options) (all []Demand) {
	if share == SpotInstances {
		return []Demand{quotaDemand(DemandSpotCores, quota.SpotCores, size.Cores, share, o)}
	}
	if size.Family != "" {
		all = append(all, quotaDemand(DemandCores, size.Family, size.Cores, share, o))
	}
	all = append(all, quotaDemand(DemandCores, quota.Cores, size.Cores, share, o))
	for i := range all {
		all[i].Per = 1
	}
	return all
}

// quotaDemand is a demand that a row of the quota bounds.
func quotaDemand(kind DemandKind, row string, each int, share Share, o Options) Demand {
	d := Demand{Kind: kind, About: row, Each: each, Share: share, Total: -1, Limits: []string{Quota + row}}
	if o.Usage != nil {
		if r, ok := o.Usage.Row(row); ok {
			d.About, d.Total, d.Taken, d.TakenNow, d.Limits = r.Name, r.Limit, r.Used, true, []string{Quota + r.Name}
		}
	}
	return d
}

// networkDemands are addresses, ports, members of backend pools and public
// addresses.
func networkDemands(set ScaleSet) (all []Demand) {
	others := set.siblings(false)
	for _, t := range Tenancies(set.Deployment, append(others, set)) {
		each, rest := 0, t.Others
		for _, tenant := range t.Sets {
			if tenant.ScaleSet.ScaleSet == set.ScaleSet {
				each = tenant.Each
				continue
			}
			n, _ := tenant.Instances()
			rest += tenant.Each * min(n, enough)
		}
		if each > 0 {
			all = append(all, Demand{
				Kind: DemandAddresses, About: t.name(), Each: each, Surplus: true, Total: t.Usable, Taken: rest,
				Limits: []string{Addresses, AddressHeadroom},
			})
		}
	}
	for _, u := range NATPools(set) {
		if n, ok := u.Ports(); ok {
			all = append(all, Demand{Kind: DemandNATPorts, About: u.name(), Each: 1, Surplus: true, Total: n, Limits: []string{NATPorts, NATPortsSurplus}})
		}
	}
	each, pools := Members(set)
	for _, pool := range pools {
		id := pool.Path().String()
		d := Demand{Kind: DemandBackends, About: "backend pool " + pool.Path().Name(), Each: each[id], Surplus: true, Total: -1, Limits: []string{BackendMembers}}
		if bounds, ok := BoundsOf(set.Deployment.LoadBalancer(pool)); ok {
			if bound := set.Bound(bounds.Members); bound.Max() > 0 {
				d.Total = bound.Max()
			}
		}
		for _, other := range others {
			held, _ := Members(other)
			d.Taken += held[id] * capacityOf(other)
		}
		all = append(all, d)
	}
	public := 0
	for _, c := range set.Network.IPConfigurations() {
		if c.PublicAddress.Given() {
			public++
		}
	}
	if public > 0 {
		all = append(all, Demand{Kind: DemandPublicAddresses, Each: public, Surplus: true, Total: -1, Limits: []string{PublicAddresses}})
	}
	return all
}

// diskRows are the rows of the usages that count managed disks, by the type of
// the disk, as az vm list-usage prints them.
var diskRows = map[string]string{
	"premium_lrs": "PremiumDiskCount", "standard_lrs": "StandardDiskCount", "standardssd_lrs": "StandardSSDDiskCount", "ultrassd_lrs": "UltraSSDDiskCount",
}

// diskDemands are managed disks by type, or storage accounts. An ephemeral OS
// disk is on the host and counts as none.
func diskDemands(set ScaleSet, o Options) (all []Demand) {
	os := set.Storage.OSDisk
	if containers := os.Containers; len(containers.Items) > 0 {
		if bound := AccountBound(set); bound.Max() > 0 {
			all = append(all, Demand{Kind: DemandAccounts, Each: 1, Per: bound.Max(), Total: len(AccountsOf(containers.Items).Accounts), Limits: []string{Accounts, LargeSetDisks}})
		}
		return all
	}
	var types []string
	count := map[string]int{}
	add := func(kind vmss.Field[string]) {
		name, ok := kind.Known()
		if !ok {
			name = "" // the default depends on the size
		}
		if count[strings.ToLower(name)]++; count[strings.ToLower(name)] == 1 {
			types = append(types, name)
		}
	}
	if !os.Ephemeral.Given() && set.Storage.Image.Kind != vmss.ImageVHD {
		add(os.StorageAccountType)
	}
	for _, d := range set.Storage.DataDisks.Items {
		add(d.StorageAccountType)
	}
	for _, name := range types {
		d := Demand{Kind: DemandDisks, About: name, Each: count[strings.ToLower(name)], Total: -1}
		if row, ok := diskRows[strings.ToLower(name)]; ok && o.Usage != nil {
			if r, ok := o.Usage.Row(row); ok {
				d.Total, d.Taken, d.TakenNow = r.Limit, r.Used, true
			}
		}
		all = append(all, d)
	}
	return all
}

// groupDemands are the placement groups of a Uniform set.
func groupDemands(set ScaleSet) []Demand {
	one, known := set.OnePlacementGroup()
	flexible, sure := set.Flexible()
	size := guidance.Get(guidance.PlacementGroupMax).Limit
	if !known || !sure || flexible || set.Era == guidance.Preview {
		return nil
	}
	zones, _ := set.Zones.Count()
	zones = min(zones, maxZones)
	d := Demand{Kind: DemandGroups, Each: 1, Per: size, Zones: zones, Total: -1, Limits: []string{PlacementGroup}}
	if one {
		d.Total = max(1, zones)
	}
	return []Demand{d}
}

// maxZones is more zones than any region has.
const maxZones = 100

// Bounds reports whether a limit speaks about the demand.
func (d Demand) Bounds(l Limit) bool {
	if !slices.Contains(d.Limits, l.Name) {
		return false
	}
	switch d.Kind {
	case DemandAddresses, DemandNATPorts, DemandBackends:
		return l.About == d.About
	}
	return true
}
