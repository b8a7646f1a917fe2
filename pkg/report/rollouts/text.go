package rollouts

import (
	"io"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/capacity/upgrade"
	"github.com/scaleset/scaleset/pkg/report/costs"
	"github.com/scaleset/scaleset/pkg/report/needs"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/review/rollout"
)

// maxBatches is how many batches the text shows; the JSON has all.
const maxBatches = 100

// WriteText writes the plans for a terminal.
// quiet leaves out the rules that the plans follow.
func (p Report) WriteText(w io.Writer, color bool, width int, quiet bool) error {
	out := render.NewWriter(w, color, width, p.Secrets)
	for n, r := range p.Rollouts {
		if n > 0 {
			out.Printf("\n")
		}
		p.set(out, r, quiet)
	}
	p.Terraform.text(out, len(p.Rollouts) == 0)
	return out.Flush()
}

func (p Report) set(out *render.Writer, r *rollout.Rollout, quiet bool) {
	plan := r.Plan
	for n, line := range render.Wrap(r.Name+": "+verdict(r), out.Width) {
		if n > 0 {
			line = "  " + line
		}
		out.Printf("%s\n", line)
	}
	out.Paragraph(kind(plan) + ": " + change(r))
	if r.From != r.To {
		out.Paragraph("Capacity " + strconv.Itoa(r.From) + " -> " + strconv.Itoa(r.To))
	}
	if text := lost(plan); text != "" && len(plan.Batches) > 0 {
		out.Paragraph("Worst moment: " + moment(plan) + ", " + strconv.Itoa(plan.Worst.Running) + " running; " + text)
	}
	for _, text := range aftermath(r) {
		out.Paragraph(render.Sentence(text))
	}
	for _, d := range r.Findings {
		out.Paragraph(d.Severity.String() + ": " + d.Summary + " [" + string(d.Code) + " " + d.Rule + "]")
		if d.Detail != "" {
			out.Paragraph(d.Detail)
		}
	}
	if len(plan.Batches) > 0 {
		out.Printf("\n")
		for _, row := range rows(r, out.Width-2) {
			out.Printf("  %s\n", row)
		}
	}
	if len(plan.ByHand) > 0 {
		out.Printf("\n")
		out.Paragraph("By hand: " + names(r, plan.ByHand, fewInstances))
	}
	if sentences := costs.Sentences(r.Cost); len(sentences) > 0 {
		out.Printf("\n")
		for _, text := range sentences {
			out.Paragraph(text)
		}
	}
	if same, ok := needs.Sentence(r.Needs); ok {
		out.Printf("\n")
		out.Paragraph("Needs no more than now: " + same)
	} else if len(r.Needs.Rows) > 0 {
		out.Printf("\n")
		for _, line := range needs.Lines(r.Needs, out.Width-2) {
			out.Printf("  %s\n", line)
		}
		if legend := needs.NewView(r.Needs).Legend; legend != "" {
			out.Paragraph(legend)
		}
	}
	if notes := all(r); len(notes) > 0 && !quiet {
		out.Printf("\n")
		for _, n := range notes {
			out.Paragraph(string(n.Sureness) + ": " + n.Text)
		}
	}
}

// rows returns the batches, one line each, in columns of at most so many cells.
func rows(r *rollout.Rollout, width int) (lines []string) {
	list := r.Plan.Batches
	head := []string{"batch", "starts", "takes", "where", "running"}
	if len(list) > 0 {
		for _, l := range list[0].Lost {
			head = append(head, "without "+l.Loss.Short())
		}
	}
	cells := [][]string{append(head, "instances")}
	for _, b := range list[:min(maxBatches, len(list))] {
		row := []string{strconv.Itoa(b.Number), starts(b), span(b.Took), where(b), strconv.Itoa(b.Running)}
		for _, l := range b.Lost {
			row = append(row, strconv.Itoa(l.Running))
		}
		cells = append(cells, append(row, strconv.Itoa(len(b.Instances))+":"))
	}
	widths := make([]int, len(cells[0]))
	for _, row := range cells {
		for n, cell := range row {
			widths[n] = max(widths[n], render.Width(cell))
		}
	}
	for k, row := range cells {
		line := ""
		for n, cell := range row {
			if widths[n] == 0 || n == 3 && widths[n] == len("where") && !placed(list) {
				continue
			}
			line += cell
			if n < len(row)-1 {
				line += strings.Repeat(" ", widths[n]-render.Width(cell)+2)
			}
		}
		if k > 0 {
			line += fitted(r, list[k-1], width-render.Width(line))
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	if more := len(list) - maxBatches; more > 0 {
		lines = append(lines, "and "+strconv.Itoa(more)+" more batches; the JSON format lists all")
	}
	return lines
}

// fitted names as many instances of a batch as fit into so many cells, one at
// least.
func fitted(r *rollout.Rollout, b upgrade.Batch, room int) string {
	text := func(n int) string {
		line := " " + names(r, b.Instances, n)
		if len(b.Surge) > 0 {
			line += " -> " + names(r, b.Surge, n)
		}
		if b.InPlace {
			line += " (in place)"
		}
		return line
	}
	for n := min(len(b.Instances), fewInstances); n > 1; n-- {
		if line := text(n); render.Width(line) <= room {
			return line
		}
	}
	return text(1)
}

// placed reports whether a batch is confined to a zone or a domain.
func placed(list []upgrade.Batch) bool {
	for _, b := range list {
		if where(b) != "" {
			return true
		}
	}
	return false
}

// all returns the notes of a rollout and of its plan.
func all(r *rollout.Rollout) []upgrade.Note {
	notes := append([]upgrade.Note{}, r.Notes...)
	notes = append(notes, r.Plan.Notes...)
	for _, text := range r.State.Notes {
		notes = append(notes, upgrade.Note{Text: render.Sentence(text), Sureness: upgrade.Assumed})
	}
	return notes
}
