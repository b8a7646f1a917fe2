package capacity

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/azure/quota"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4007_core_quota.md
var coreQuotaPage string

// coreQuota reports sets that need more cores, machines or sets than the saved
// quota of the region allows, over all templates of a run. It is silent when no
// quota is given, and about sizes that it does not know.
var coreQuota = &lint.Rule{
	Code: "SS4007", Name: "core-quota", Severity: diag.Error, Since: "0.1", Page: &coreQuotaPage,
	Also:     []diag.Level{{Severity: diag.Warning, When: "the quota is exceeded only together with the current usage, or only at the maximum of autoscale, or the list may be for another region"}},
	Guidance: []guidance.ID{guidance.CoreQuota},
	Sum:      sumCoreQuota, RunAll: checkCoreQuota,
}

// sumCoreQuota measures two things for each row: what the capacities take, and
// what they take at the maximum of autoscale.
func sumCoreQuota(p *lint.Pass) any {
	if p.Options.Usage == nil {
		return nil
	}
	var measures []measure
	for _, row := range p.Options.Usage.Rows {
		measures = append(measures, needOf(p.Options, row, capacityOf), needOf(p.Options, row, maximumOf))
	}
	return sums(p, measures...)
}

func checkCoreQuota(p *lint.RunPass) {
	if p.Options.Usage == nil {
		return
	}
	for i, row := range p.Options.Usage.Rows {
		need, most := totals(p, 2*i), totals(p, 2*i+1)
		for i := range need {
			reportQuota(p, row, need[i], len(need) == 1)
		}
		for _, t := range most {
			reportQuotaAtMaximum(p, row, t, need)
		}
	}
}

// needOf measures what a set of n instances takes of a row of the quota.
func needOf(o lint.Options, row quota.Row, instances func(lint.ScaleSet) (int, bool)) measure {
	return func(pass *lint.Pass, set lint.ScaleSet) (string, int, int, bool) {
		region, ok1 := regionOf(pass, set)
		n, ok2 := instances(set)
		each, ok3 := limits.Takes(row, o.Sizes, set)
		if row.Name == quota.ScaleSets {
			n = 1
		}
		return region, n * each, 0, ok1 && ok2 && ok3 && n > 0
	}
}

func capacityOf(set lint.ScaleSet) (int, bool) { return set.Capacity.Known() }

// maximumOf is the capacity, or what autoscale may make of it.
func maximumOf(set lint.ScaleSet) (int, bool) {
	n, ok := set.Capacity.Known()
	if highest, found := set.MaxCapacity(); found {
		most, _ := highest.Known()
		return max(n, most), true
	}
	return n, ok
}

// reportQuota: more than the limit is rejected for certain, if the list is of
// the region; what the sets leave no room for may be what they use themselves.
func reportQuota(p *lint.RunPass, row quota.Row, t total, oneRegion bool) {
	severity := diag.Error
	at, ok := t.crossingAt(row.Limit)
	if !ok || !oneRegion {
		severity = diag.Warning
	}
	if !ok {
		at, ok = t.crossingAt(row.Left())
	}
	if !ok {
		return
	}
	f := at.pass.ReportSpotf(at.set.capacity, "%s in %s %s %s; %d are free (quota %s: %d, %d in use)",
		t.holders(), t.place(), t.takes(), lint.Count(t.sum(), limits.UnitOf(row)), max(0, row.Left()), row.Name, row.Limit, row.Used).
		Severity(severity)
	if severity == diag.Error {
		f.Detailf("%s Lower the capacity, use a smaller size, or request a higher quota.", t.sentence())
	} else {
		f.Detailf("%s If the scale sets already exist, %s counts what they use now as well. Otherwise request a higher quota.",
			t.sentence(), p.Options.Usage.Name)
	}
	t.related(f, at)
}

func reportQuotaAtMaximum(p *lint.RunPass, row quota.Row, t total, need []total) {
	for _, n := range need {
		if _, above := n.crossingAt(row.Left()); n.key == t.key && above {
			return // the capacities are too much already
		}
	}
	at, ok := t.crossingAt(row.Left())
	if !ok {
		return
	}
	at.pass.ReportSpotf(at.set.most, "at the autoscale maximum, %s in %s %s %s; %d are free (quota %s: %d, %d in use)",
		t.holders(), t.place(), t.takes(), lint.Count(t.sum(), limits.UnitOf(row)), max(0, row.Left()), row.Name, row.Limit, row.Used).
		Severity(diag.Warning).
		Detailf("%s A scale-out beyond the quota fails. Lower the maximum, or request a higher quota.", t.sentence())
}

// takes is the verb for the sets of a total.
func (t total) takes() string {
	if len(t.shares) == 1 {
		return "needs"
	}
	return "need"
}
