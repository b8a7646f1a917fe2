package reviews

import (
	"bufio"
	"bytes"
	"fmt"
	"io"

	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/report/findings"
	"github.com/scaleset/scaleset/pkg/report/graphs"
	"github.com/scaleset/scaleset/pkg/report/plans"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/report/rollouts"
	"github.com/scaleset/scaleset/pkg/review"
	"github.com/scaleset/scaleset/pkg/review/connect"
	"github.com/scaleset/scaleset/pkg/review/rollout"
)

type reviewMarkdown struct {
	*bufio.Writer
	Document
}

// WriteMarkdown writes the review for a change request: the same sections in the
// same order as the page, the picture as a Mermaid chart.
func (d Document) WriteMarkdown(w io.Writer) error {
	m := &reviewMarkdown{bufio.NewWriter(w), d}
	v := d.judgement()
	fmt.Fprintf(m, "# Review of %s\n\n**%s**\n", render.Markdown(d.Review.Template), render.Markdown(v.Text))
	fmt.Fprintf(m, "\n- %s%s.\n", render.Markdown(d.counts()), render.Markdown(d.parameterFile()))
	for _, line := range v.More {
		fmt.Fprintf(m, "- %s\n", render.Markdown(line))
	}
	if d.Review.Diff != nil {
		fmt.Fprintf(m, "\n## Changes from %s\n\n", render.Markdown(d.Review.Diff.Old.Name))
		d.comparison().WriteBody(m.Writer)
		if err := m.rollouts(); err != nil {
			return err
		}
	}
	m.judged()
	if err := m.deployed(); err != nil {
		return err
	}
	m.sets()
	m.exposure()
	m.parameters()
	if err := m.capacity(); err != nil {
		return err
	}
	m.unknown()
	return m.Flush()
}

func (m *reviewMarkdown) text(s string) string { return render.Markdown(m.Secrets.Redact(s)) }

// rollouts say how the changes reach the instances.
func (m *reviewMarkdown) rollouts() error {
	m.WriteString("\n## How it rolls out\n")
	for i := range m.Review.Sets {
		s := &m.Review.Sets[i]
		switch {
		case s.Rollout != nil:
			var b bytes.Buffer
			if err := (rollouts.Report{Rollouts: []*rollout.Rollout{s.Rollout}, Secrets: m.Secrets}).WriteMarkdown(&b); err != nil {
				return err
			}
			m.WriteByte('\n')
			m.Write(bytes.ReplaceAll(b.Bytes(), []byte("## Upgrade of"), []byte("### Upgrade of")))
		case s.WhyNoRollout != "":
			fmt.Fprintf(m, "\n%s: no plan, %s.\n", m.text(s.Name), m.text(s.WhyNoRollout))
		default:
			fmt.Fprintf(m, "\n%s is new: its instances are created with the model in the template.\n", m.text(s.Name))
		}
	}
	return nil
}

func (m *reviewMarkdown) deployed() error {
	m.WriteString("\n## What is deployed\n\n```mermaid\n")
	var chart bytes.Buffer
	if err := graphs.WriteMermaid(&chart, m.picture(), graphs.Mermaid{Details: true, Mark: m.mark()}); err != nil {
		return err
	}
	m.Write(chart.Bytes())
	m.WriteString("```\n\n| resource | name | API version | written at |\n|---|---|---|---|\n")
	resources := m.Review.Deployment.Resources
	for i, r := range resources {
		if i == render.TableRows {
			fmt.Fprintf(m, "| and %d more | | | |\n", len(resources)-i)
			break
		}
		fmt.Fprintf(m, "| %s | %s | %s | %s |\n", m.text(r.Type), m.text(render.Clip(r.Name, render.ValueMax)), m.text(r.APIVersion), render.Markdown(m.near(render.Place(r.Declared))))
	}
	return nil
}

// sets are a table of sizes and cores, and the facts of each set, equal ones once.
func (m *reviewMarkdown) sets() {
	m.WriteString("\n## Scale sets\n")
	if len(m.Review.Sets) == 0 {
		m.WriteString("\nThe template deploys no scale set.\n")
		return
	}
	m.WriteString("\n| scale set | size | instances | cores | disks of each instance |\n|---|---|---:|---:|---|\n")
	rows, total := m.footprints()
	total.Names = "Total"
	for _, f := range append(rows, total) {
		if f.Priority != "" {
			f.Size += " (" + f.Priority + ")"
		}
		fmt.Fprintf(m, "| %s | %s | %s | %s | %s |\n", render.Markdown(f.Names), render.Markdown(f.Size), render.Markdown(f.Instances), render.Markdown(f.Cores), render.Markdown(f.Disks))
	}
	for _, same := range m.alike() {
		fmt.Fprintf(m, "\n### %s\n\n| | |\n|---|---|\n", render.Markdown(m.titleOf(same)))
		for _, g := range m.groups(&m.Review.Sets[same[0]]) {
			for _, f := range g.Facts {
				tag := ""
				switch {
				case f.Unknown:
					tag = " *(known at deployment)*"
				case f.Default:
					tag = " *(default)*"
				}
				fmt.Fprintf(m, "| %s | %s%s |\n", render.Markdown(f.Name), render.Markdown(f.Value), tag)
			}
		}
	}
}

// exposure is the ports that are open to the Internet, and how the instances are reached.
func (m *reviewMarkdown) exposure() {
	m.WriteString("\n## Open to the Internet\n\n")
	rows := m.Document.exposure()
	if len(rows) == 0 {
		m.WriteString("This template opens no port to the Internet.\n")
	} else {
		m.WriteString("| address | ports | leads to | who can connect | decided by |\n|---|---|---|---|---|\n")
	}
	for _, o := range rows {
		fmt.Fprintf(m, "| %s | %s | %s | %s | %s |\n", render.Markdown(o.Host), render.Markdown(o.Ports), render.Markdown(o.To), render.Markdown(o.Access), render.Markdown(o.By))
	}
	for i := range m.Review.Sets {
		m.reach(m.Review.Sets[i].Reach)
	}
}

func (m *reviewMarkdown) parameters() {
	m.WriteString("\n## Parameters\n\n")
	rows := m.Document.parameters()
	if len(rows) == 0 {
		m.WriteString("The template has no parameters.\n")
		return
	}
	m.WriteString("| parameter | value | from |\n|---|---|---|\n")
	for i, p := range rows {
		if i == render.TableRows {
			fmt.Fprintf(m, "| and %d more | | |\n", len(rows)-i)
			break
		}
		shown := render.Markdown(p.Value)
		if p.Value == "" {
			shown = "*" + render.Markdown(p.Hidden) + "*"
		}
		from := p.Source
		if p.At != "" {
			from += ", " + p.At
		}
		fmt.Fprintf(m, "| %s | %s | %s |\n", render.Markdown(p.Name), shown, render.Markdown(from))
	}
}

func (m *reviewMarkdown) reach(c *connect.Set) {
	if c == nil {
		return
	}
	fmt.Fprintf(m, "\nHow to connect to %s and monitor it:\n\n", m.text(c.Name))
	for _, p := range c.Ports {
		fmt.Fprintf(m, "- %s, ports %d to %d: one for each instance, forwarded to port %d\n", m.text(p.Host.Name), p.First, p.Last, p.InstancePort)
	}
	for _, e := range c.Endpoints {
		fmt.Fprintf(m, "- %s port %d: load balanced to port %d of the instances\n", m.text(e.Host.Name), e.Port, e.InstancePort)
	}
	for _, j := range c.JumpBoxes {
		fmt.Fprintf(m, "- jump box %s, %s port %d\n", m.text(j.Name), m.text(j.Host.Name), j.Port)
	}
	for _, place := range []string{c.ID, c.Explorer, c.Portal} {
		fmt.Fprintf(m, "- `%s`\n", render.Code(m.Secrets.Redact(place)))
	}
	for _, n := range c.Notes {
		fmt.Fprintf(m, "- %s\n", m.text(n))
	}
}

func (m *reviewMarkdown) judged() {
	m.WriteString("\n## Findings\n")
	groups := m.findingGroups()
	if len(groups) == 0 {
		m.WriteString("\nNone.\n")
		return
	}
	_, compared := m.Review.NewFindings()
	for i, g := range groups {
		switch {
		case compared && (i == 0 || g.existing != groups[i-1].existing):
			title := "New with this change"
			if g.existing {
				title = "Also in " + m.text(m.Review.Diff.Old.Name)
			}
			fmt.Fprintf(m, "\n### %s\n", title)
			fallthrough
		case i == 0:
			m.WriteString("\n| severity | where | finding | rule |\n|---|---|---|---|\n")
		}
		for _, k := range g.indexes {
			d := &m.Review.Findings[k]
			fmt.Fprintf(m, "| %s | %s | %s | %s |\n", findings.MarkdownSeverity(d), render.Markdown(render.Place(d.Subject)), findings.MarkdownText(d, m.result()), findings.MarkdownRule(d, m.result()))
		}
	}
}

func (m *reviewMarkdown) capacity() error {
	m.WriteString("\n## Capacity and limits\n")
	same, err := m.samePlans()
	if err != nil {
		return err
	}
	for _, sets := range same {
		s := &m.Review.Sets[sets[0]]
		if s.Plan == nil {
			fmt.Fprintf(m, "\n%s: no preview, %s.\n", render.Markdown(m.titleOf(sets)), m.text(s.WhyNot))
			continue
		}
		m.WriteByte('\n')
		if len(sets) > 1 {
			fmt.Fprintf(m, "The same for %s:\n\n", render.Markdown(m.titleOf(sets)))
		}
		var b bytes.Buffer
		if err := (plans.Markdown{}).Report(&b, plans.Preview{Plans: []*whatif.Plan{s.Plan}, Secrets: m.Secrets}); err != nil {
			return err
		}
		m.Write(bytes.ReplaceAll(bytes.ReplaceAll(b.Bytes(), []byte("\n### "), []byte("\n#### ")), []byte("## Capacity preview"), []byte("### Capacity preview")))
		m.limits(s)
	}
	return nil
}

func (m *reviewMarkdown) limits(s *review.Set) {
	for _, l := range s.Losses {
		fmt.Fprintf(m, "\n- %s", lossText(l))
	}
	if len(s.Bars) == 0 {
		m.WriteByte('\n')
		return
	}
	m.WriteString("\n\n| limit | now | maximum | used | reason |\n|---|---:|---:|---:|---|\n")
	for _, b := range s.Bars {
		fmt.Fprintf(m, "| %s | %s | %s | %.0f%% | %s |\n", render.Markdown(b.Limit.Name), render.Thousands(b.Now), render.Thousands(b.Limit.Max), 100*b.Share(), m.text(b.Limit.Reason))
	}
}

func (m *reviewMarkdown) unknown() {
	m.WriteString("\n## Unknown and assumed values\n\n")
	for _, made := range m.Assumed {
		fmt.Fprintf(m, "- assumed: %s %s\n", render.Markdown(made.Name), render.Markdown(made.Value))
	}
	for _, a := range redactAll(m.Document, m.Review.Assumptions) {
		fmt.Fprintf(m, "- %s\n", render.Markdown(a))
	}
	if len(m.Review.Unknown) == 0 {
		m.WriteString("- every value is known\n")
		return
	}
	m.WriteString("\n| known only at deployment | why | resource |\n|---|---|---|\n")
	for _, u := range m.unknowns() {
		fmt.Fprintf(m, "| %s | %s | %s |\n", render.Markdown(render.Clip(u.Expression, 2*render.ValueMax)), render.Markdown(u.Reason), render.Markdown(render.Clip(u.Resource, render.ValueMax)))
	}
}
