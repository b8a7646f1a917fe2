package reviews

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

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

// A reviewMarkdown writes the sections of a review. The writer is that of the section.
type reviewMarkdown struct {
	*bufio.Writer
	Document
}

// A section is a part of a review under a heading.
type section struct {
	title  string
	write  func(*reviewMarkdown) error
	folded bool
	most   int // bytes; what is more is cut line by line. 0: the section is left out as a whole
}

// MaxMarkdown is the largest review in bytes: a comment of GitHub has at most 65,536
// characters (docs/ci.md), and there may be other text beside the review.
const MaxMarkdown = 58_000

// WriteMarkdown writes the review for a comment on a change request: the verdict, what
// changes, how it rolls out and the findings; the other sections of the page are folded,
// and left out, with a line that says so, where they do not fit.
func (d Document) WriteMarkdown(w io.Writer) error {
	sections := []section{
		{title: "How it rolls out", write: (*reviewMarkdown).rollouts, most: 14_000},
		{title: "Findings", write: (*reviewMarkdown).judged, most: 16_000},
		{title: "What is deployed", write: (*reviewMarkdown).deployed, folded: true},
		{title: "Scale sets", write: (*reviewMarkdown).sets, folded: true},
		{title: "Open to the Internet", write: (*reviewMarkdown).exposure, folded: true},
		{title: "Parameters", write: (*reviewMarkdown).parameters, folded: true},
		{title: "Capacity and limits", write: (*reviewMarkdown).capacity, folded: true},
		{title: "Unknown and assumed values", write: (*reviewMarkdown).unknown, folded: true},
	}
	if d.Review.Diff == nil {
		sections = sections[1:]
	} else {
		sections = slices.Insert(sections, 0, section{title: "Changes from " + render.Markdown(render.Clip(d.Review.Diff.Old.Name, render.ValueMax)), write: (*reviewMarkdown).changed, most: 20_000})
	}
	head, err := d.section((*reviewMarkdown).head)
	if err != nil {
		return err
	}
	const reserve = 1000 // for the line about what is left out
	text := cutLines(head, 6000)
	var left []string
	for _, s := range sections {
		body, err := d.section(s.write)
		if err != nil {
			return err
		}
		if s.most > 0 {
			body = cutLines(body, s.most)
		}
		body = strings.TrimRight(body, "\n") + "\n"
		if s.folded {
			body = fmt.Sprintf("\n<details>\n<summary><b>%s</b></summary>\n\n%s\n</details>\n", s.title, strings.TrimLeft(body, "\n"))
		} else {
			body = fmt.Sprintf("\n## %s\n\n%s", s.title, strings.TrimLeft(body, "\n"))
		}
		if len(text)+len(body) > MaxMarkdown-reserve {
			left = append(left, s.title)
			continue
		}
		text += body
	}
	if len(left) > 0 {
		text += fmt.Sprintf("\nLeft out, because a comment has room for 65,536 characters: %s. The formats html and json have everything.\n", strings.Join(left, ", "))
	}
	_, err = io.WriteString(w, text)
	return err
}

// section returns the text that a function writes.
func (d Document) section(write func(*reviewMarkdown) error) (string, error) {
	var b bytes.Buffer
	m := &reviewMarkdown{bufio.NewWriter(&b), d}
	if err := write(m); err != nil {
		return "", err
	}
	err := m.Flush()
	return b.String(), err
}

// cutLines keeps the first lines of a text, up to a number of bytes. It closes what is
// open, and says how many lines are left out.
func cutLines(text string, most int) string {
	if len(text) <= most {
		return text
	}
	var b strings.Builder
	left, fence, details := 0, false, 0
	for line := range strings.Lines(text) {
		if left > 0 || b.Len()+len(line) > most {
			left++
			continue
		}
		switch {
		case strings.HasPrefix(line, "```"):
			fence = !fence
		case !fence && strings.HasPrefix(line, "<details>"):
			details++
		case !fence && strings.HasPrefix(line, "</details>"):
			details--
		}
		b.WriteString(line)
	}
	if fence {
		b.WriteString("```\n")
	}
	b.WriteString(strings.Repeat("\n</details>\n", details))
	fmt.Fprintf(&b, "\n%s left out here; the formats html and json have everything.\n", render.Plural(left, "more line")+map[bool]string{true: " is", false: " are"}[left == 1])
	return b.String()
}

// head returns the verdict, and the scale sets before and after.
func (m *reviewMarkdown) head() error {
	v := m.judgement()
	fmt.Fprintf(m, "# Review of %s\n\n**%s**\n", render.Markdown(m.Review.Template), render.Markdown(v.Text))
	fmt.Fprintf(m, "\n- %s%s.\n", render.Markdown(m.counts()), render.Markdown(m.parameterFile()))
	for i, line := range v.More {
		if i == maxHeadLines {
			fmt.Fprintf(m, "- and %d more\n", len(v.More)-i)
			break
		}
		fmt.Fprintf(m, "- %s\n", render.Markdown(line))
	}
	if m.Review.Diff == nil || len(m.Review.Sets) == 0 {
		return nil
	}
	m.WriteString("\n| scale set | size | instances | cores |\n|---|---|---:|---:|\n")
	for i := range m.Review.Sets {
		if i == maxSetRows {
			fmt.Fprintf(m, "| and %d more | | | |\n", len(m.Review.Sets)-i)
			break
		}
		s := &m.Review.Sets[i]
		now := s.Footprint
		if s.Before == nil {
			fmt.Fprintf(m, "| %s (new) | %s | %s | %s |\n", m.text(s.Name), m.text(now.Size), known(now.Instances), known(cores(now)))
			continue
		}
		was := *s.Before
		if now.Size == "" { // a template that has only the capacity
			now.Size, now.Cores = was.Size, was.Cores
		}
		fmt.Fprintf(m, "| %s | %s | %s | %s |\n", m.text(s.Name), fromTo(m.text(was.Size), m.text(now.Size)), fromTo(known(was.Instances), known(now.Instances)), fromTo(known(cores(was)), known(cores(now))))
	}
	return nil
}

// The head of a review has at most so many lines about what happens, and so many scale
// sets.
const (
	maxHeadLines = 12
	maxSetRows   = 20
)

// cores returns those of all instances; -1 when they are not known.
func cores(f review.Footprint) int {
	if f.Instances < 0 || f.Cores <= 0 {
		return -1
	}
	return f.Instances * f.Cores
}

func known(n int) string {
	if n < 0 {
		return "not known"
	}
	return render.Thousands(n)
}

func fromTo(before, after string) string {
	if before == after {
		return after
	}
	return before + " → " + after
}

// changed returns what differs from the older template.
func (m *reviewMarkdown) changed() error {
	m.comparison().WriteBody(m.Writer)
	return nil
}

func (m *reviewMarkdown) text(s string) string { return render.Markdown(m.Secrets.Redact(s)) }

// rollouts say how the changes reach the instances.
func (m *reviewMarkdown) rollouts() error {
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
	m.WriteString("```mermaid\n")
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

// sets returns a table of sizes and cores, and the facts of each set, equal ones once.
func (m *reviewMarkdown) sets() error {
	if len(m.Review.Sets) == 0 {
		m.WriteString("\nThe template deploys no scale set.\n")
		return nil
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
	return nil
}

// exposure returns the ports that are open to the Internet, and how the instances are reached.
func (m *reviewMarkdown) exposure() error {
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
	return nil
}

func (m *reviewMarkdown) parameters() error {
	rows := m.Document.parameters()
	if len(rows) == 0 {
		m.WriteString("The template has no parameters.\n")
		return nil
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
	return nil
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

func (m *reviewMarkdown) judged() error {
	groups := m.findingGroups()
	if len(groups) == 0 {
		m.WriteString("\nNone.\n")
		return nil
	}
	_, compared := m.Review.NewFindings()
	const table = "| severity | where | finding | rule |\n|---|---|---|---|\n"
	for i, g := range groups {
		first := i == 0 || g.existing != groups[i-1].existing
		switch {
		case first && g.existing:
			m.WriteString("\n<details>\n<summary>Not new: found before the change, too</summary>\n\n" + table)
		case first && compared:
			m.WriteString("\n### New with this change\n\n" + table)
		case first:
			m.WriteString("\n" + table)
		}
		for _, k := range g.indexes {
			d := &m.Review.Findings[k]
			fmt.Fprintf(m, "| %s | %s | %s | %s |\n", findings.MarkdownSeverity(d), render.Markdown(render.Place(d.Subject)), findings.MarkdownText(d, m.result()), findings.MarkdownRule(d, m.result()))
		}
	}
	if groups[len(groups)-1].existing {
		m.WriteString("\n</details>\n")
	}
	return nil
}

func (m *reviewMarkdown) capacity() error {
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

func (m *reviewMarkdown) unknown() error {
	for _, made := range m.Assumed {
		fmt.Fprintf(m, "- assumed: %s %s\n", render.Markdown(made.Name), render.Markdown(made.Value))
	}
	for _, a := range redactAll(m.Document, m.Review.Assumptions) {
		fmt.Fprintf(m, "- %s\n", render.Markdown(a))
	}
	if len(m.Review.Unknown) == 0 {
		m.WriteString("- every value is known\n")
		return nil
	}
	m.WriteString("\n| known only at deployment | why | resource |\n|---|---|---|\n")
	for _, u := range m.unknowns() {
		fmt.Fprintf(m, "| %s | %s | %s |\n", render.Markdown(render.Clip(u.Expression, 2*render.ValueMax)), render.Markdown(u.Reason), render.Markdown(render.Clip(u.Resource, render.ValueMax)))
	}
	return nil
}
