package comparisons

import (
	"fmt"
	"io"
	"strings"

	"github.com/fatih/color"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/report/findings"
	"github.com/scaleset/scaleset/pkg/report/plans"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/review/diff"
)

// marks precede a resource or a change, so that the text reads without colour.
func classMark(c diff.Class) string {
	switch c {
	case diff.Created:
		return "+"
	case diff.Removed, diff.Replaced:
		return "-"
	case diff.LeftBehind:
		return "="
	case diff.Refused:
		return "!"
	case diff.Unknown:
		return "?"
	}
	return "~"
}

type comparisonWriter struct {
	*render.Writer
	Comparison
	bad, good, warn, faint, title *color.Color
	said                          map[string]bool
}

// WriteText writes the comparison for people: resource by resource, each change
// with both values and both places, its class, and why.
func (c Comparison) WriteText(w io.Writer, t findings.Text) error {
	cw := &comparisonWriter{
		Writer: render.NewWriter(w, t.Color, t.Width, c.Secrets), Comparison: c,
		bad: render.Paint(t.Color, color.FgRed, color.Bold), good: render.Paint(t.Color, color.FgGreen), warn: render.Paint(t.Color, color.FgYellow),
		faint: render.Paint(t.Color, color.Faint), title: render.Paint(t.Color, color.Bold), said: map[string]bool{},
	}
	for i := range c.Diff.Resources {
		if r := &c.Diff.Resources[i]; r.Class != diff.NoEffect {
			cw.resource(r)
		}
	}
	for i := range c.Diff.Guards {
		cw.guard(&c.Diff.Guards[i])
	}
	for i, text := range c.costLines() {
		if i == 0 {
			cw.Printf("\n")
		}
		cw.Paragraph(text)
	}
	if !t.Quiet {
		cw.summary()
	}
	if err := cw.Flush(); err != nil {
		return err
	}
	return c.writePlans(w, t)
}

// writePlans appends the previews of the capacities that change.
func (c Comparison) writePlans(w io.Writer, t findings.Text) error {
	previews := c.previews()
	if len(previews) == 0 {
		return nil
	}
	if _, err := io.WriteString(w, "\n"); err != nil {
		return err
	}
	return plans.Text{Color: t.Color, Width: t.Width, Quiet: t.Quiet}.Report(w, plans.Preview{Plans: previews, Secrets: c.Secrets})
}

// previews returns the plans to show: of the guards where they have one, else of the changes.
func (c Comparison) previews() (all []*whatif.Plan) {
	seen := map[string]bool{}
	for _, g := range c.Diff.Guards {
		if g.Plan != nil && !seen[g.Plan.ScaleSet] {
			seen[g.Plan.ScaleSet] = true
			all = append(all, g.Plan)
		}
	}
	for _, r := range c.Diff.Resources {
		if r.Plan != nil && !seen[r.Plan.ScaleSet] {
			seen[r.Plan.ScaleSet] = true
			all = append(all, r.Plan)
		}
	}
	return all
}

func (w *comparisonWriter) style(c diff.Class) *color.Color {
	switch c {
	case diff.Refused, diff.Removed, diff.Replaced:
		return w.bad
	case diff.Created:
		return w.good
	case diff.Restart, diff.Reimage, diff.Unknown:
		return w.warn
	}
	return w.faint
}

func (w *comparisonWriter) resource(r *diff.Resource) {
	w.style(r.Class).Fprint(w, classMark(r.Class)+" ")
	w.title.Fprint(w, render.Neutral(w.Redact(r.Type+" "+r.Name)))
	fmt.Fprint(w, "  ")
	w.style(r.Class).Fprint(w, r.Class.Words())
	if at := resourcePlace(r); len(r.Changes) == 0 && at != "" {
		w.faint.Fprint(w, "  "+at)
	}
	w.WriteByte('\n')
	if r.Rule != nil {
		w.because(r.Rule, r.Rule.Why)
	}
	for i := range r.Changes {
		if c := &r.Changes[i]; c.Class != diff.NoEffect {
			w.change(c)
		}
	}
	if r.Note != "" {
		w.Paragraph(r.Note)
	}
	w.WriteByte('\n')
}

func resourcePlace(r *diff.Resource) string {
	if there := either(r.New, r.Old); there != nil {
		return NodePlace(there.Body.Get("name"))
	}
	return ""
}

func (w *comparisonWriter) change(c *diff.Change) {
	fmt.Fprint(w, "  ")
	w.style(c.Class).Fprint(w, classMark(c.Class))
	fmt.Fprintf(w, " %s: ", render.Neutral(c.Path))
	tree := w.nested(c)
	switch {
	case tree == nil:
		w.side(c, c.Old)
		fmt.Fprint(w, " -> ")
		w.side(c, c.New)
	case c.Old == nil:
		w.WriteString("added")
	default:
		w.WriteString("removed")
	}
	fmt.Fprint(w, "  ")
	w.style(c.Class).Fprint(w, c.Words())
	w.WriteByte('\n')
	if tree != nil {
		w.tree(tree.Value)
	}
	w.faint.Fprint(w, "      "+places(c))
	w.WriteByte('\n')
	w.because(c.Rule, c.Reason)
}

func places(c *diff.Change) string {
	a, b := NodePlace(c.Old), NodePlace(c.New)
	switch {
	case a == "":
		return b
	case b == "":
		return a
	}
	return a + " -> " + b
}

func (w *comparisonWriter) side(c *diff.Change, n *expand.Node) {
	text := render.Neutral(render.Clip(w.Shown(c, n), render.ValueMax))
	if n == nil && c.Default != nil {
		text += " (default)"
	}
	fmt.Fprint(w, text)
}

// because writes the reason of a class and, once for each reason, its source.
func (w *comparisonWriter) because(r *diff.Rule, why string) {
	text := why
	if key := why + r.Title(); w.said[key] {
		return
	} else if w.said[key] = true; true {
		text += " · " + r.Title()
	}
	for _, line := range render.Wrap(w.Redact(text), w.Width-6) {
		w.faint.Fprint(w, "      "+line)
		w.WriteByte('\n')
	}
}

func (w *comparisonWriter) guard(g *diff.Guard) {
	w.Place.Fprint(w, NodePlace(g.At)+":")
	fmt.Fprint(w, " ")
	w.Severity[g.Severity].Fprintf(w, "%s:", g.Severity)
	fmt.Fprintf(w, " %s: %s\n", render.Neutral(w.Redact(g.ScaleSet)), render.Neutral(g.Text))
	w.Paragraph(g.Advice)
	w.WriteByte('\n')
}

func (w *comparisonWriter) summary() {
	d := w.Diff
	counts := d.Counts()
	var parts []string
	for c := diff.Refused; c > diff.NoEffect; c-- {
		if n := counts[c]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, c.Words()))
		}
	}
	if len(parts) == 0 {
		parts = append(parts, "no change")
	}
	text := strings.Join(parts, ", ")
	if d.Same > 0 {
		text += fmt.Sprintf("; %s unchanged", render.Plural(d.Same, "resource"))
	}
	if n := counts[diff.NoEffect]; n > 0 {
		text += fmt.Sprintf("; %s without effect", render.Plural(n, "change"))
	}
	if d.LeftToService > 0 {
		text += fmt.Sprintf("; %s of the exported resource not in the template, which Azure sets", render.Plural(d.LeftToService, "value"))
	}
	for _, line := range render.Wrap(w.Redact(text)+" ("+Mode(d)+" mode)", w.Width) {
		w.WriteString(line + "\n")
	}
}
