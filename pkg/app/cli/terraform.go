package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/report/rollouts"
	"github.com/scaleset/scaleset/pkg/review/diff"
	"github.com/scaleset/scaleset/pkg/review/rollout"
	"github.com/scaleset/scaleset/pkg/review/terraform"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// terraformPlan reads the plan that --terraform names: the scale sets that it
// changes, and what it does beside that.
func (o *planOptions) terraformPlan(ctx context.Context, era guidance.Era) (pairs []rollout.Pair, beside *rollouts.Terraform, secrets *secret.Set, err error) {
	saved := &savedFiles{app: o.app}
	text, err := saved.read("terraform", o.Terraform)
	if err != nil {
		return nil, nil, nil, err
	}
	tree, err := terraform.Parse(o.Terraform, text)
	if err != nil {
		return nil, nil, nil, usagef("%w", err)
	}
	plan, err := terraform.Read(tree)
	if err != nil {
		return nil, nil, nil, usagef("%w", err)
	}
	secrets = engine.SecretsOf(plan.Old.Tree)
	secrets.Merge(engine.SecretsOf(plan.New.Tree))
	for _, text := range plan.Sensitive {
		secrets.AddText(text)
	}
	beside = &rollouts.Terraform{Deleted: plan.Deleted, Replaced: plan.Replaced, Unknown: plan.Unknown, Unmapped: plan.Unmapped}
	for _, set := range vmss.New(plan.New.Deployment).ScaleSets {
		if !slices.ContainsFunc(plan.Created, func(name string) bool { return strings.EqualFold(name, set.Name) }) {
			continue
		}
		state := instances.FromTemplate(set, era)
		preview, err := whatif.New(state, nil, whatif.Options{})
		if err != nil {
			o.app.notice("%s: %v", set.Name, mistaken(err, flagsOfPlan))
			continue
		}
		beside.Created = append(beside.Created, preview)
	}
	if beside.Guidance, err = o.guidanceOf(ctx, plan, era); err != nil {
		return nil, nil, nil, err
	}
	d := diff.Compare(diff.Side{Name: o.Terraform, Deployment: plan.Old.Deployment}, diff.Side{Name: o.Terraform, Deployment: plan.New.Deployment}, diff.Options{Era: era})
	return rollout.Pairs(d), beside, secrets, nil
}

// writtenPassword is the rule about a password in a template: in a plan every
// value is written.
const writtenPassword diag.Code = "SS4105"

// guidanceOf returns the findings about the scale sets after a plan. Rules about the
// language of templates have nothing to say, and neither do those about what must
// be written: the provider writes it.
func (o *planOptions) guidanceOf(ctx context.Context, plan *terraform.Plan, era guidance.Era) (diag.List, error) {
	runner, err := lint.NewRunner(rules.All(), lint.Options{Era: era, Today: o.app.Now()})
	if err != nil {
		return nil, err
	}
	found := runner.CheckContext(ctx, &lint.Template{Tree: plan.New.Tree, Deployment: vmss.New(plan.New.Deployment)})
	return slices.DeleteFunc(found, func(d diag.Diagnostic) bool { return d.Code < "SS4" || d.Code >= "SS8" || d.Code == writtenPassword }), nil
}
