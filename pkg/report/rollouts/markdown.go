package rollouts

import (
	"io"
	"strconv"

	"github.com/scaleset/scaleset/pkg/report/costs"
	"github.com/scaleset/scaleset/pkg/report/needs"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/review/rollout"
)

// WriteMarkdown writes the plans for a pull request.
func (p Report) WriteMarkdown(w io.Writer) error {
	out := render.NewMarkdownWriter(w, p.Secrets)
	for _, r := range p.Rollouts {
		plan := r.Plan
		out.Printf("## Upgrade of %s\n\n", r.Name)
		out.Printf("%s.\n\n", verdict(r))
		out.Printf("%s: %s.\n", kind(plan), change(r))
		if r.From != r.To {
			out.Printf("\nCapacity %s to %s.\n", strconv.Itoa(r.From), strconv.Itoa(r.To))
		}
		if text := lost(plan); text != "" && len(plan.Batches) > 0 {
			out.Printf("\nWorst moment: %s, %s running; %s.\n", moment(plan), strconv.Itoa(plan.Worst.Running), text)
		}
		for _, text := range aftermath(r) {
			out.Printf("\n%s.\n", render.Sentence(text))
		}
		for _, d := range r.Findings {
			out.Printf("\n- %s: %s (%s)\n", d.Severity.String(), d.Summary, string(d.Code))
		}
		if len(plan.Batches) > 0 {
			out.Printf("\n| batch | takes | where | running |")
			for _, l := range plan.Batches[0].Lost {
				out.Printf(" without %s |", l.Loss.Short())
			}
			out.Printf(" instances |\n| --- | --- | --- | --- |")
			for range plan.Batches[0].Lost {
				out.Printf(" --- |")
			}
			out.Printf(" --- |\n")
			for _, b := range plan.Batches[:min(maxBatches, len(plan.Batches))] {
				out.Printf("| %s | %s | %s | %s |", strconv.Itoa(b.Number), span(b.Took), where(b), strconv.Itoa(b.Running))
				for _, l := range b.Lost {
					out.Printf(" %s |", strconv.Itoa(l.Running))
				}
				what := names(r, b.Instances, fewInstances)
				if len(b.Surge) > 0 {
					what += " → " + names(r, b.Surge, fewInstances)
				}
				if b.InPlace {
					what += " (in place)"
				}
				out.Printf(" %s |\n", what)
			}
			if more := len(plan.Batches) - maxBatches; more > 0 {
				out.Printf("\nAnd %s more; the JSON and CSV formats list all.\n", batches(more))
			}
		}
		if len(plan.ByHand) > 0 {
			out.Printf("\nBy hand: %s\n", names(r, plan.ByHand, fewInstances))
		}
		for _, text := range costs.Sentences(r.Cost) {
			out.Printf("\n- %s", text)
		}
		if r.Cost != nil {
			out.Printf("\n")
		}
		writeNeeds(out, r)
		out.Printf("\n")
		for _, n := range all(r) {
			out.Printf("- %s: %s\n", string(n.Sureness), n.Text)
		}
	}
	p.Terraform.markdown(out)
	return out.Flush()
}

// writeNeeds writes what the set needs now and at most.
func writeNeeds(out *render.MarkdownWriter, r *rollout.Rollout) {
	if same, ok := needs.Sentence(r.Needs); ok {
		out.Printf("\nNeeds no more than now: %s.\n", same)
		return
	}
	v := needs.NewView(r.Needs)
	if len(v.Rows) == 0 {
		return
	}
	out.Printf("\n|")
	for _, h := range v.Header {
		out.Printf(" %s |", h)
	}
	out.Printf("\n| --- |")
	for range v.Header[2:] {
		out.Printf(" ---: |")
	}
	out.Printf(" --- |\n")
	for _, row := range v.Rows {
		out.Printf("| %s | %s |", row.Name, row.Each)
		for _, c := range row.Cells {
			out.Printf(" %s |", c.Text)
		}
		out.Printf(" %s |\n", row.Available)
	}
	if v.Legend != "" {
		out.Printf("\n%s.\n", v.Legend)
	}
}
