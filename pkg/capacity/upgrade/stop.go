package upgrade

import "github.com/scaleset/scaleset/pkg/capacity/placement"

// Codes of a rolling upgrade that stops, as Azure reports them.
const (
	CodeBefore   = "MaxUnhealthyInstancePercentExceededBeforeRollingUpgrade"
	CodeDuring   = "MaxUnhealthyInstancePercentExceededInRollingUpgrade"
	CodeUpgraded = "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade"
	// CodeCancelled is the detail of a RollingUpgradeInternalError.
	CodeCancelled = "RollingUpgradeCanceled"
)

// A Stop says where a rolling upgrade ends early. A stopped upgrade does not resume by
// itself.
type Stop struct {
	// Code is the error code of Azure.
	Code string
	// After is the batch after which the upgrade stops; 0: before the first.
	After int
	// Unhealthy of Of instances are unhealthy, which is more than Limit percent.
	Unhealthy, Of, Limit int
	// Upgraded instances have the new model and are healthy, Failed ones have it and
	// are unhealthy, Pending ones keep the old model.
	Upgraded, Failed, Pending []Instance
	// Interrupted are the instances of the batch that was running when the upgrade
	// was cancelled. In recorded cancellations of 2017 and 2018 they were finished;
	// in one of 2019 they counted as failed immediately.
	Interrupted []Instance
	// RolledBack reports that the failed instances return to the old model.
	RolledBack bool
}

// exceeds reports whether n of total is more than percent: strictly, as
// documented ("more than").
func exceeds(n, total, percent int) bool { return n*100 > percent*total }

// stopsBefore stops the upgrade when too many instances of the set are unhealthy
// before a batch.
func (p *planner) stopsBefore(done int, rest []Batch) bool {
	if !exceeds(p.unhealthy, p.total, p.Policy.MaxUnhealthyPercent) {
		return false
	}
	code := CodeDuring
	if done == 0 {
		code = CodeBefore
	}
	p.stop(Stop{Code: code, After: done, Unhealthy: p.unhealthy, Of: p.total, Limit: p.Policy.MaxUnhealthyPercent}, rest)
	return true
}

// stopsAfter stops the upgrade when too many of the upgraded instances are
// unhealthy. The schema counts the upgraded ones, and so do recorded messages
// ("100 %" of a first batch).
func (p *planner) stopsAfter(done int, rest []Batch) bool {
	if !exceeds(p.failed, len(p.upgraded), p.Policy.MaxUnhealthyUpgradedPercent) {
		return false
	}
	p.stop(Stop{Code: CodeUpgraded, After: done, Unhealthy: p.failed, Of: len(p.upgraded), Limit: p.Policy.MaxUnhealthyUpgradedPercent}, rest)
	return true
}

// cancel stops the upgrade while a batch runs.
func (p *planner) cancel(running Batch, rest []Batch) {
	of := map[int]bool{}
	for _, i := range running.Instances {
		of[p.became[i.ID].ID] = true
	}
	s := Stop{Code: CodeCancelled, After: running.Number}
	done := p.upgraded[:0:0]
	for _, i := range p.upgraded {
		if of[i.ID] {
			s.Interrupted = append(s.Interrupted, i)
		} else {
			done = append(done, i)
		}
	}
	p.upgraded = done
	byID(s.Interrupted)
	p.stop(s, rest)
}

func (p *planner) stop(s Stop, rest []Batch) {
	for _, i := range p.upgraded {
		if i.Flags.Has(placement.Unhealthy) {
			s.Failed = append(s.Failed, i)
		} else {
			s.Upgraded = append(s.Upgraded, i)
		}
	}
	for _, b := range rest {
		s.Pending = append(s.Pending, b.Instances...)
	}
	byID(s.Upgraded)
	byID(s.Failed)
	byID(s.Pending)
	// Only Uniform scale sets are rolled back
	// (virtual-machine-scale-sets-configure-rolling-upgrades).
	// Automatic OS upgrades restore the disk of an instance that fails
	// (virtual-machine-scale-sets-automatic-upgrade).
	rollback := p.Policy.Rollback && !p.State.Flexible && !p.Policy.MaxSurge || p.Change.OSUpgrade
	if s.RolledBack = rollback && len(s.Failed) > 0; s.RolledBack {
		for old, i := range p.became {
			if i.Flags.Has(placement.Unhealthy) && i.ID == old {
				i.Latest = false
				p.became[old] = i
			}
		}
	}
	p.plan.Stop = &s
}
