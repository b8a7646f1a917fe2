package limits

import (
	"fmt"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// The codes and rules for limits of a region and a network.
const (
	codeCreatedAtOnce   diag.Code = "SS4004"
	ruleCreatedAtOnce             = "region-create-limit"
	codeVirtualNetwork  diag.Code = "SS4005"
	ruleVirtualNetwork            = "virtual-network-limit"
	codeRegionInstances diag.Code = "SS4006"
	ruleRegionInstances           = "region-limit"
)

// NetworkBound returns the documented number of instances in one virtual
// network. Pages after July 2016 have no number.
func NetworkBound(set ScaleSet) Bound {
	return set.Bound(guidance.VirtualNetworkMaxPreview, guidance.VirtualNetworkMax)
}

// regionLimits returns the limits of the region and of the virtual network
// minus the instances of the other sets of the deployment.
func regionLimits(set ScaleSet) (all []Limit) {
	if set.Resource.Conditional || set.Resource.Repeated {
		return nil
	}
	others := set.siblings(true)
	if region, ok := set.Region(); ok {
		sum, n := 0, 0
		for _, other := range others {
			if r, ok := other.Region(); ok && r == region && known(other) {
				sum, n = sum+capacityOf(other), n+1
			}
		}
		if bound := set.Bound(guidance.RegionCreateMax); n > 0 {
			all = append(all, shared(set, bound, sum, Limit{
				Name: CreatedAtOnce, Code: codeCreatedAtOnce, Rule: ruleCreatedAtOnce,
				Reason: "the instances that may be created at once in " + region,
				Remedy: "Deploy one scale set after the other, or deploy some to another region.",
			})...)
		}
		all = append(all, shared(set, set.Bound(guidance.RegionVMMax), sum, Limit{
			Name: RegionInstances, Code: codeRegionInstances, Rule: ruleRegionInstances,
			Reason: "the virtual machines of a subscription in one region",
			Remedy: "Divide the instances over several regions or subscriptions.",
		})...)
	}
	if id, _, ok := set.VirtualNetwork(); ok {
		sum := 0
		for _, other := range others {
			if n, _, ok := other.VirtualNetwork(); ok && n.String() == id.String() && known(other) {
				sum += capacityOf(other)
			}
		}
		all = append(all, shared(set, NetworkBound(set), sum, Limit{
			Name: VirtualNetwork, Code: codeVirtualNetwork, Rule: ruleVirtualNetwork,
			Reason: "the recommended number of instances in virtual network " + id.Name(),
			Remedy: "Divide the instances over several virtual networks.",
		})...)
	}
	return all
}

func known(set ScaleSet) bool {
	_, ok := set.Capacity.Known()
	return ok
}

func capacityOf(set ScaleSet) int {
	n, _ := set.Capacity.Known()
	return min(n, unlimited)
}

// shared completes a limit that all scale sets share: l is what is left of the bound
// after others, the number of instances of the other scale sets.
func shared(set ScaleSet, bound Bound, others int, l Limit) []Limit {
	if bound.Max() == 0 {
		return nil
	}
	l.Max, l.Severity, l.Says, l.Place = max(bound.Max()-others, 0), diag.Warning, bound.Statement, set.Capacity.Place()
	l.Reason += fmt.Sprintf(" (%d)", bound.Max())
	if others > 0 {
		l.Reason += fmt.Sprintf(", of which the other scale sets take %d", others)
	}
	return []Limit{l}
}
