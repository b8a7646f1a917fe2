package limits

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/quota"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
)

// A DemandKind is a kind of resource that instances use.
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

// A Share selects the instances of a set that use something.
type Share uint8

// The shares. Regular and Spot instances differ only in sets with a priority
// mix.
const (
	EveryInstance Share = iota
	RegularInstances
	SpotInstances
)

// A Demand is the use that the instances of a set make of something that is
// limited or has to be provided. [Demands] returns those of a set; the numbers
// are the same as in the limits that [Of] returns.
type Demand struct {
	Kind  DemandKind
	About string // such as "subnet default", a row of the quota, a disk type; may be ""
	// Each is the amount for Per instances: 2 for 1 instance for two cores
	// each, 1 for 100 instances for a placement group. Per is at least 1.
	Each, Per int
	Share     Share
	// Surplus is set if the surplus instances of overprovisioning use it too.
	Surplus bool
	// Zones is the number of zones over which the instances are divided before
	// Per applies; 0 for a regional set.
	Zones int
	// Total is the available amount, -1 if unknown. Taken is the amount that
	// others use, according to the deployment or the saved quota.
	Total, Taken int
	// TakenNow is set if Taken includes everything in use now, including the
	// instances of this set if it exists.
	TakenNow bool
	// Limits are the names of the limits of this demand.
	Limits []string
}

// Amount returns the amount that n instances use.
func (d Demand) Amount(n int) int {
	n = max(0, min(n, unlimited))
	groups := max(1, d.Zones)
	amount, rest := 0, n
	for zone := range groups {
		share := rest / (groups - zone)
		rest -= share
		amount += (share*d.Each + d.Per - 1) / d.Per
	}
	return amount
}

// Demands returns the demands of the instances of a set, in the order of
// [demandKinds]. Values that a template leaves open are left out. The available
// cores and disks come from o.Usage.
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

// instanceTotal returns the largest capacity of a set of this kind.
func instanceTotal(set ScaleSet) int {
	total := -1
	for _, l := range capacityLimits(set) {
		if total < 0 || l.Max < total {
			total = l.Max
		}
	}
	return total
}

// CoreDemands returns the core demands of instances of one size, for a set of
// which only the size is known.
func CoreDemands(size quota.Size, o Options) []Demand { return cores(size, RegularInstances, o) }

// coreDemands returns the cores of the size by family and in total, and the
// spot cores. The sizes of an instance mix are not counted, because the size of
// each instance is unknown.
func coreDemands(set ScaleSet, o Options) (all []Demand) {
	if set.Properties.Get("skuProfile", "vmSizes") == nil {
		if size, ok := sizeOf(o.Sizes, set); ok {
			spot, one := set.Spot()
			switch {
			case one && spot:
				all = cores(size, SpotInstances, o)
			case one:
				all = cores(size, RegularInstances, o)
			case set.PriorityMix.IsSet():
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

// quotaDemand returns a demand that a row of the quota limits.
func quotaDemand(kind DemandKind, row string, each int, share Share, o Options) Demand {
	d := Demand{Kind: kind, About: row, Each: each, Share: share, Total: -1, Limits: []string{Quota + row}}
	if o.Usage != nil {
		if r, ok := o.Usage.Row(row); ok {
			d.About, d.Total, d.Taken, d.TakenNow, d.Limits = r.Name, r.Limit, r.Used, true, []string{Quota + r.Name}
		}
	}
	return d
}

// networkDemands returns the demands of addresses, ports, members of backend
// pools and public addresses.
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
			rest += tenant.Each * min(n, unlimited)
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
		if c.PublicAddress.IsSet() {
			public++
		}
	}
	if public > 0 {
		all = append(all, Demand{Kind: DemandPublicAddresses, Each: public, Surplus: true, Total: -1, Limits: []string{PublicAddresses}})
	}
	return all
}

// diskRow is the quota row that counts managed disks of a type, as az vm list-usage
// prints it; "" if there is none.
func diskRow(kind string) string {
	switch strings.ToLower(kind) {
	case "premium_lrs":
		return "PremiumDiskCount"
	case "standard_lrs":
		return "StandardDiskCount"
	case "standardssd_lrs":
		return "StandardSSDDiskCount"
	case "ultrassd_lrs":
		return "UltraSSDDiskCount"
	}
	return ""
}

// diskDemands returns the managed disks by type, or storage accounts. An
// ephemeral OS disk is on the host and does not count.
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
	if !os.Ephemeral.IsSet() && set.Storage.Image.Kind != vmss.ImageVHD {
		add(os.StorageAccountType)
	}
	for _, d := range set.Storage.DataDisks.Items {
		add(d.StorageAccountType)
	}
	for _, name := range types {
		d := Demand{Kind: DemandDisks, About: name, Each: count[strings.ToLower(name)], Total: -1}
		if row := diskRow(name); row != "" && o.Usage != nil {
			if r, ok := o.Usage.Row(row); ok {
				d.Total, d.Taken, d.TakenNow = r.Limit, r.Used, true
			}
		}
		all = append(all, d)
	}
	return all
}

// groupDemands returns the placement groups of a Uniform set.
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

// maxZones exceeds the number of zones of any region.
const maxZones = 100

// Bounds reports whether a limit applies to the demand.
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
