package instances

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// readKinds says of newer kinds of sets what is documented and what the preview
// leaves out. Nothing that is not documented is previewed.
func (s *State) readKinds() {
	set := s.Set
	text := func(path ...string) string {
		t, _ := set.Body.Get(path...).Text()
		return t
	}
	on := func(path ...string) bool {
		b, ok := set.Properties.Get(path...).Bool()
		return ok && b
	}
	if sizes := mixSizes(set); len(sizes) > 0 {
		strategy := text("properties", "skuProfile", "allocationStrategy")
		if strategy == "" {
			strategy = "LowestPrice"
		}
		s.note("instance mix of %s by %s (documented): the size of each instance depends on prices and capacity and is not previewed", strings.Join(sizes, ", "), strategy)
	}
	if strings.EqualFold(text("placement", "zonePlacementPolicy"), "Auto") {
		s.note("automatic zone placement: Azure chooses the zones when it creates the scale set (documented), so the preview shows a regional scale set")
	}
	if on("resiliencyPolicy", "resilientVMCreationPolicy", "enabled") || on("resiliencyPolicy", "resilientVMDeletionPolicy", "enabled") {
		s.note("resilient create and delete retry failed operations (documented); the preview assumes that every operation succeeds")
	}
	if on("resiliencyPolicy", "automaticZoneRebalancingPolicy", "enabled") {
		s.note("automatic zone balance moves instances later, one at a time, new before old (documented); the preview shows the scale set before that")
	}
	if on("spotRestorePolicy", "enabled") {
		s.note("evicted Spot instances are restored when there is capacity, within the timeout (documented); evictions are not previewed")
	}
	if s.Mix != nil && len(set.Autoscale) > 0 {
		s.note("autoscale changes the capacity, and the priority mix divides the result (documented)")
	}
	if set.HostGroup.ID.IsSet() {
		s.note("the instances run on dedicated hosts, whose free capacity is not known offline")
	}
	if s.Flexible && set.Partial() {
		s.note("the scale set has no virtualMachineProfile: virtual machines are attached one by one, and the capacity creates none")
	}
	s.readStandbyPools()
}

// maxPools bounds the standby pools that are looked through for each set; a
// region holds fewer.
const maxPools = 100

// readStandbyPools looks for the standby pool of the set in the deployment.
func (s *State) readStandbyPools() {
	pools := s.Set.Deployment.StandbyPools
	for _, r := range pools[:min(len(pools), maxPools)] {
		id, _ := r.Body.Get("properties", "attachedVirtualMachineScaleSetId").Text()
		if id == "" || !strings.EqualFold(id, s.Set.Resource.ID) {
			continue
		}
		ready, ok := r.Body.Get("properties", "elasticityProfile", "maxReadyCapacity").Int()
		if !ok {
			s.note("the scale set has a standby pool, whose instances are used first in a scale-out (documented); its size is not known offline")
			continue
		}
		held := max(int(ready)-max(s.Capacity, 0), 0)
		s.note("the scale set has a standby pool of %s, whose instances are used first in a scale-out (documented); at a capacity of %d the pool holds %d. Their names and ids are not previewed",
			diag.Count(int(ready), "instance"), max(s.Capacity, 0), held)
	}
}

// mixSizes returns the sizes of an instance mix, as far as they are known; none
// for a set of one size.
func mixSizes(set *vmss.ScaleSet) (sizes []string) {
	list := set.Properties.Get("skuProfile", "vmSizes")
	if list == nil {
		return nil
	}
	for _, item := range list.Items {
		if name, ok := item.Get("name").Text(); ok {
			sizes = append(sizes, name)
		}
	}
	return sizes
}
