package instances

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/azure/quota"
)

// SetQuota adds the limits of a saved az vm list-usage. sizes are the saved sizes; with
// nil, the cores of common sizes are known by their names. A nil usage adds no limit.
func (s *State) SetQuota(usage *quota.Usage, sizes *quota.Sizes) { s.usage, s.sizes = usage, sizes }

// quotaLimits returns the limits of the quota for a scale set without a template, whose
// region is not known: the list of usages is assumed to be for that region.
func (s *State) quotaLimits(o limits.Options) (all []limits.Limit) {
	if o.Usage == nil {
		return nil
	}
	size, _ := o.Sizes.Find(s.Size())
	for _, row := range o.Usage.Rows {
		each := 0
		switch {
		case strings.EqualFold(row.Name, quota.VirtualMachines):
			each = 1
		case strings.EqualFold(row.Name, quota.Cores), size.Family != "" && strings.EqualFold(row.Name, size.Family):
			each = size.Cores
		}
		if each > 0 {
			all = append(all, limits.QuotaLimits(row, each, 0, true, o.Existing)...)
		}
	}
	return all
}

// Cores returns the cores of one instance, from the saved sizes or from the name of the
// size; ok is false if they are unknown or depend on an instance mix.
func (s *State) Cores() (cores int, ok bool) {
	size, ok := s.sizes.Find(s.Size())
	return size.Cores, ok && size.Cores > 0
}
