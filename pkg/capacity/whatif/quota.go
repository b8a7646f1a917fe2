package whatif

import (
	"fmt"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/quota"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// AddQuota adds the limits of a saved az vm list-usage (or of the REST answer,
// or of the classic command line). The instances that the set has now, from,
// are taken to be in it. Cores are compared only when cores, of one instance,
// is above 0 (see [CoresOf]).
func (s *Source) AddQuota(name string, usages []byte, from, cores int, family string) error {
	usage, err := quota.ParseUsage(name, usages)
	if err != nil {
		return &Mistake{err.Error()}
	}
	for _, row := range usage.Rows {
		each := 0
		switch {
		case strings.EqualFold(row.Name, quota.VirtualMachines):
			each = 1
		case strings.EqualFold(row.Name, quota.Cores), family != "" && strings.EqualFold(row.Name, family):
			each = cores
		}
		if each > 0 {
			s.Limits = append(s.Limits, quotaLimit(row.Name, row.Limit, row.Used, from, each))
		}
	}
	return nil
}

func quotaLimit(what string, limit, used, from, each int) Limit {
	l := Limit{
		Name: "quota-" + what, Max: from + max(0, limit-used)/each, Severity: diag.Error, Code: CodeQuota, Rule: "simulate-quota", About: what,
		Remedy: "Ask support for a higher quota, or scale less.", Says: guidance.Get(guidance.CoreQuota),
	}
	l.Reason = fmt.Sprintf("what the quota of %d %s leaves with %d in use", limit, what, used)
	if each > 1 {
		l.Reason += fmt.Sprintf(" and %d for each instance", each)
	}
	return l
}

// CoresOf finds a size in a saved az vm list-skus: its cores and the name of
// its family in a list of usages. cores is 0 when the size is not there.
func CoresOf(name string, skus []byte, size string) (cores int, family string, err error) {
	sizes, err := quota.ParseSizes(name, skus)
	if err != nil {
		return 0, "", &Mistake{err.Error()}
	}
	found, _ := sizes.Listed(size)
	return found.Cores, found.Family, nil
}
