package rollouts

import (
	"fmt"
	"strings"

	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/report/findings"
	"github.com/scaleset/scaleset/pkg/report/needs"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// A Terraform is what a Terraform plan does beside the upgrades.
type Terraform struct {
	// Created are the sets that it creates, as they are then; Deleted and
	// Replaced the names of those that it deletes, or deletes and creates again.
	Created           []*whatif.Plan
	Deleted, Replaced []string
	// Unknown are arguments that are known only after the plan is applied, and
	// Unmapped those that are not read, each as "ADDRESS: ARGUMENT".
	Unknown, Unmapped []string
	// Guidance are the findings of the rules about the sets after the plan.
	Guidance diag.List
}

// sentences say what the plan does beside the upgrades, not yet escaped.
func (t *Terraform) sentences() (all []string) {
	for _, p := range t.Created {
		text := p.ScaleSet + ": Terraform creates it with " + render.Plural(len(p.Final), "instance")
		if zones := p.Start.Zones; len(zones) > 0 {
			var counts []string
			for i, n := range zones {
				counts = append(counts, fmt.Sprintf("%d in zone %s", n, p.Config.Zones[i]))
			}
			text += ": " + strings.Join(counts, ", ")
		}
		all = append(all, text)
		if same, ok := needs.Sentence(p.NeedsAt(len(p.Final))); ok {
			all = append(all, p.ScaleSet+" needs "+same)
		}
	}
	for _, name := range t.Replaced {
		all = append(all, name+": Terraform deletes it with all of its instances and creates it again; there are no batches")
	}
	for _, name := range t.Deleted {
		all = append(all, name+": Terraform deletes it with all of its instances")
	}
	return all
}

// maxNamed is how many arguments text names.
const maxNamed = 20

// gaps say what is not known or not read.
func (t *Terraform) gaps() (all []string) {
	named := func(list []string) string {
		text := strings.Join(list[:min(len(list), maxNamed)], ", ")
		if more := len(list) - maxNamed; more > 0 {
			text += fmt.Sprintf(" and %d more", more)
		}
		return text
	}
	if len(t.Unknown) > 0 {
		all = append(all, "Known only after apply: "+named(t.Unknown))
	}
	if len(t.Unmapped) > 0 {
		all = append(all, "Ignored arguments: "+named(t.Unmapped))
	}
	return all
}

func (t *Terraform) text(out *render.Writer, first bool) {
	if t == nil {
		return
	}
	for i, text := range t.sentences() {
		if i == 0 && !first {
			out.Printf("\n")
		}
		for n, line := range render.Wrap(out.Redact(text), out.Width-2) {
			if n > 0 {
				line = "  " + line
			}
			out.Printf("%s\n", line)
		}
	}
	if len(t.Guidance) > 0 {
		out.Printf("\n")
	}
	for i := range t.Guidance {
		d := &t.Guidance[i]
		out.Paragraph(d.Severity.String() + ": " + strings.TrimPrefix(d.Resource, "Microsoft.Compute/virtualMachineScaleSets/") + ": " + d.Summary + " [" + string(d.Code) + " " + d.Rule + "]")
		if d.Detail != "" {
			out.Paragraph(d.Detail)
		}
	}
	for i, text := range t.gaps() {
		if i == 0 {
			out.Printf("\n")
		}
		out.Paragraph(text)
	}
}

func (t *Terraform) markdown(out *render.MarkdownWriter) {
	if t == nil {
		return
	}
	out.Printf("\n## Terraform\n\n")
	for _, text := range append(t.sentences(), t.gaps()...) {
		out.Printf("- %s\n", text)
	}
	for i := range t.Guidance {
		d := &t.Guidance[i]
		out.Printf("- **%s** %s: %s (%s)\n", d.Severity.String(), d.Resource, d.Summary, string(d.Code))
	}
}

// lines returns the same for a page.
func (t *Terraform) lines(secrets *secret.Set) (all []string) {
	if t == nil {
		return nil
	}
	for _, text := range append(t.sentences(), t.gaps()...) {
		all = append(all, render.Neutral(secrets.Redact(text)))
	}
	for i := range t.Guidance {
		d := &t.Guidance[i]
		all = append(all, render.Neutral(secrets.Redact(d.Severity.String()+": "+d.Resource+": "+d.Summary+" ("+string(d.Code)+")")))
	}
	return all
}

type jsonTerraform struct {
	Created  []jsonCreated          `json:"created"`
	Deleted  []string               `json:"deleted"`
	Replaced []string               `json:"replaced"`
	Unknown  []string               `json:"unknown"`
	Unmapped []string               `json:"unmapped"`
	Guidance []findings.JSONFinding `json:"guidance"`
}

type jsonCreated struct {
	ScaleSet  string         `json:"scaleSet"`
	Capacity  int            `json:"capacity"`
	Instances []jsonInstance `json:"instances"`
	Needs     []needs.JSON   `json:"needs"`
}

func newJSONTerraform(t *Terraform, secrets *secret.Set) *jsonTerraform {
	if t == nil {
		return nil
	}
	redacted := func(list []string) []string {
		out := []string{}
		for _, s := range list {
			out = append(out, secrets.Redact(s))
		}
		return out
	}
	out := &jsonTerraform{Created: []jsonCreated{}, Deleted: redacted(t.Deleted), Replaced: redacted(t.Replaced), Unknown: redacted(t.Unknown), Unmapped: redacted(t.Unmapped),
		Guidance: findings.NewJSONFindings(t.Guidance, secrets)}
	for _, p := range t.Created {
		c := jsonCreated{ScaleSet: secrets.Redact(p.ScaleSet), Capacity: len(p.Final), Instances: []jsonInstance{}, Needs: needs.NewJSON(p.NeedsAt(len(p.Final)), secrets.Redact)}
		for _, i := range p.Final {
			c.Instances = append(c.Instances, jsonInstance{ID: i.ID, Name: secrets.Redact(p.Name(i.ID)), FaultDomain: i.FaultDomain, UpdateDomain: i.UpdateDomain, Zone: i.Zone})
		}
		out.Created = append(out.Created, c)
	}
	return out
}
