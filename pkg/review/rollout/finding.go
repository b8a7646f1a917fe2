package rollout

import (
	"fmt"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/upgrade"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// findings reports where the plan stops or exceeds a limit.
func (r *Rollout) findings(set *vmss.ScaleSet, o Options) {
	add := func(code diag.Code, summary, detail string) {
		for _, k := range upgrade.Kinds() {
			if k.Code != code {
				continue
			}
			d := diag.Diagnostic{Code: code, Rule: k.Name, Severity: k.Severity, Summary: summary, Detail: detail, Resource: vmss.Type + "/" + r.Name}
			policy := set.UpgradePolicy.Node
			if policy == nil {
				policy = set.Body
			}
			d.Subject, d.Pointer = policy.At(), policy.Pointer()
			d.Subject.End = min(d.Subject.End, d.Subject.Start+1) // the whole object is too much to show
			r.Findings = append(r.Findings, d)
		}
	}
	if s := r.Plan.Stop; s != nil && s.Code == upgrade.CodeCancelled {
		add(upgrade.CodeStops, fmt.Sprintf("the upgrade is cancelled in batch %d: %d instances keep the old model", s.After, len(s.Pending)),
			fmt.Sprintf("%d have the new model; the %d of the running batch are finished, or count as failed. A stopped upgrade does not resume.", len(s.Upgraded), len(s.Interrupted)))
	} else if s != nil {
		when := fmt.Sprintf("after batch %d", s.After)
		if s.After == 0 {
			when = "before the first batch"
		}
		what := "instances"
		if s.Code == upgrade.CodeUpgraded {
			what = "upgraded instances"
		}
		add(upgrade.CodeStops, fmt.Sprintf("the upgrade stops %s: %d of %d %s are unhealthy, more than %d%%", when, s.Unhealthy, s.Of, what, s.Limit),
			fmt.Sprintf("Azure reports %s. %d have the new model, %d failed, %d keep the old one. A stopped upgrade does not resume.", s.Code, len(s.Upgraded), len(s.Failed), len(s.Pending)))
	}
	if w := r.Plan.Worst; o.MinRunning > 0 && w.Running < o.MinRunning {
		add(upgrade.CodeTooFew, fmt.Sprintf("%d instances are running at the worst moment (batch %d); at least %d are required", w.Running, w.Batch, o.MinRunning),
			"Lower maxBatchInstancePercent, add instances before the upgrade, or enable maxSurge.")
	}
	for _, b := range r.Plan.Batches {
		if b.InPlace {
			add(upgrade.CodeNoRoom, fmt.Sprintf("batch %d needs %d more instances than the limits allow; it is upgraded in place", b.Number, len(b.Instances)),
				"Lower maxBatchInstancePercent, enlarge the subnet, or raise the quota.")
			break
		}
	}
}
