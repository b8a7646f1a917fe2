// Package rollouts writes plans of upgrades: for people, for a pull request, for
// a spreadsheet, and as JSON. Its JSON is a contract: members are added, never
// renamed or removed.
package rollouts

import (
	"slices"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/capacity/upgrade"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/review/rollout"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// A Report is the rollouts of one change, with what must not be shown of them.
type Report struct {
	Rollouts []*rollout.Rollout
	Secrets  *secret.Set
	// Terraform is what a Terraform plan does beside the upgrades; nil without one.
	Terraform *Terraform
}

// Verdict says in one sentence what happens to the instances of a set.
func Verdict(r *rollout.Rollout) string { return verdict(r) }

// fewInstances are the instances of a batch that a line names.
const fewInstances = 6

// name returns what an instance is called.
func name(r *rollout.Rollout, id int) string {
	if n := r.State.Names[id]; n != "" {
		return n
	}
	if r.State.Flexible {
		return placement.FlexibleName(r.Name, id)
	}
	return placement.Name(r.Name, id)
}

// names lists instances for a line, the first few by name.
func names(r *rollout.Rollout, list []upgrade.Instance, limit int) string {
	var all []string
	for _, i := range list[:min(limit, len(list))] {
		all = append(all, name(r, i.ID))
	}
	text := strings.Join(all, " ")
	if more := len(list) - limit; more > 0 {
		text += " and " + strconv.Itoa(more) + " more"
	}
	return text
}

// span prints a range of minutes: "7 to 12 min", "7 min".
func span(m upgrade.Minutes) string {
	if m.Least == m.Most {
		return number(m.Least) + " min"
	}
	return number(m.Least) + " to " + number(m.Most) + " min"
}

// number prints minutes without a useless fraction: whole from ten on.
func number(m float64) string {
	if m >= 10 {
		return strconv.FormatFloat(m, 'f', 0, 64)
	}
	return strconv.FormatFloat(m, 'f', -1, 64)
}

// where says which zone and update domain a batch is confined to.
func where(b upgrade.Batch) string {
	var parts []string
	if b.Zone != "" {
		parts = append(parts, "zone "+b.Zone)
	}
	if b.UpdateDomain >= 0 {
		parts = append(parts, "UD"+strconv.Itoa(b.UpdateDomain))
	}
	return strings.Join(parts, " ")
}

// lost says what is left at the worst moment if one more thing fails.
func lost(p upgrade.Plan) string {
	var parts []string
	for n, l := range p.Worst.Lost {
		text := "if " + l.Loss.Event() + ", " + strconv.Itoa(l.Running)
		if at := p.Worst.LostAt[n]; at > 0 && at != p.Worst.Batch {
			text += " (batch " + strconv.Itoa(at) + ")"
		}
		parts = append(parts, text)
	}
	if len(p.Worst.Lost) > 1 && p.Worst.TogetherAt > 0 {
		text := "if all of this happens, " + strconv.Itoa(p.Worst.Together)
		if p.Worst.TogetherAt != p.Worst.Batch {
			text += " (batch " + strconv.Itoa(p.Worst.TogetherAt) + ")"
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

// starts is when a batch begins, from the start of the upgrade.
func starts(b upgrade.Batch) string {
	if b.Start.Most > 0 {
		return span(b.Start)
	}
	return "0"
}

// stopped says where the upgrade stops, and what is left.
func stopped(r *rollout.Rollout) string {
	s := r.Plan.Stop
	if s.Code == upgrade.CodeCancelled {
		return "the upgrade is cancelled in batch " + strconv.Itoa(s.After) + " (" + s.Code + "). It does not resume; the next change of the model starts a new upgrade."
	}
	text := "the upgrade stops "
	if s.After == 0 {
		text += "before its first batch"
	} else {
		text += "after batch " + strconv.Itoa(s.After)
	}
	text += ": " + strconv.Itoa(s.Unhealthy) + " of " + strconv.Itoa(s.Of) + " instances are unhealthy, more than " + strconv.Itoa(s.Limit) + "% (" + s.Code + "). "
	if s.RolledBack {
		text += "The failed instances return to the old model. "
	}
	return text + "It does not resume; the next change of the model starts a new upgrade."
}

// aftermath says what is left after the failures of the options.
func aftermath(r *rollout.Rollout) (all []string) {
	if len(r.Lost.Empty) > 0 {
		all = append(all, "no instance is left in "+strings.Join(r.Lost.Empty, ", "))
	}
	if r.Lost.Refill != "" {
		all = append(all, r.Lost.Refill)
	}
	return all
}

// moment names the worst moment: a batch, or the time before the first one when
// no batch reduces the number of running instances.
func moment(p upgrade.Plan) string {
	if p.Worst.Batch == 0 {
		return "no batch reduces the number of running instances"
	}
	return "batch " + strconv.Itoa(p.Worst.Batch)
}

// verdict says in one sentence what happens.
func verdict(r *rollout.Rollout) string {
	p := r.Plan
	touched := 0
	for _, b := range p.Batches {
		touched += len(b.Instances)
	}
	switch {
	case p.Policy.Mode == upgrade.Repair && touched == 0:
		return "no instance is repaired: there is no unhealthy instance without protection"
	case len(p.Batches) == 0 && p.Stop != nil:
		return "no instance is upgraded: the upgrade stops before its first batch"
	case touched == 0 && len(p.ByHand) > 0:
		return "no instance changes automatically; " + render.Plural(len(p.ByHand), "instance") + " must be upgraded by hand"
	case touched == 0 && len(p.Untouched) > 0 && !slices.ContainsFunc(p.Untouched, func(i upgrade.Instance) bool { return !i.Pinned }):
		return "no instance is touched: all " + strconv.Itoa(len(p.Untouched)) + " are protected from scale set actions"
	case touched == 0:
		return "no instance is touched"
	}
	text := render.Plural(touched, "instance") + " in " + batches(len(p.Batches))
	if p.Policy.Mode == upgrade.Repair {
		return text + ", " + span(p.Minutes) + "; " + strconv.Itoa(p.Before) + " are running before and " + strconv.Itoa(p.After) + " afterwards"
	}
	if p.Policy.Mode == upgrade.Automatic {
		text = render.Plural(touched, "instance") + " at once"
	}
	return text + ", " + span(p.Minutes) + "; at worst " + strconv.Itoa(p.Worst.Running) + " of " + strconv.Itoa(p.Before) + " are running"
}

func batches(n int) string {
	if n == 1 {
		return "1 batch"
	}
	return strconv.Itoa(n) + " batches"
}

// kind says by what the instances change: the upgrade policy, or the service
// itself.
func kind(p upgrade.Plan) string {
	switch {
	case p.Policy.Mode == upgrade.Repair:
		return "Automatic repairs, " + p.Change.Action.String()
	case p.Change.OSUpgrade:
		return "Automatic OS image upgrade, " + p.Change.Action.String()
	}
	return p.Policy.Mode.String() + " upgrade, " + p.Change.Action.String()
}

// change says what changed, in a few words.
func change(r *rollout.Rollout) string {
	switch n := len(r.Paths); {
	case r.Plan.Policy.Mode == upgrade.Repair:
		return "instances that are unhealthy"
	case r.Plan.Change.OSUpgrade:
		return "a new version of the OS image"
	case n == 0 && len(r.ModelOnly) > 0:
		return few(r.ModelOnly) + ", model only"
	case n == 0 && r.Plan.Change.Action == upgrade.Reimage:
		return "reimage of all instances"
	case n == 0:
		return "no change of the model"
	}
	return few(r.Paths)
}

// few names the first three of a list.
func few(paths []string) string {
	if n := len(paths); n > 3 {
		return strings.Join(paths[:3], ", ") + " and " + strconv.Itoa(n-3) + " more"
	}
	return strings.Join(paths, ", ")
}
