package report

import (
	"bufio"
	"fmt"
	"io"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/review/diff"
)

// WriteMarkdown writes the comparison for a pull request: a table of the
// resources, the changes of each, and the previews of capacities.
func (c Comparison) WriteMarkdown(w io.Writer) error {
	mw := bufio.NewWriter(w)
	fmt.Fprintf(mw, "## What changes from %s to %s\n\n", mdText(c.Diff.Old.Name), mdText(c.Diff.New.Name))
	c.writeBody(mw)
	if err := mw.Flush(); err != nil {
		return err
	}
	previews := c.previews()
	if len(previews) == 0 {
		return nil
	}
	if _, err := io.WriteString(w, "\n"); err != nil {
		return err
	}
	return PlanMarkdown{}.ReportPlan(w, Preview{Plans: previews, Secrets: c.Secrets})
}

type comparisonMarkdown struct {
	*bufio.Writer
	Comparison
}

// writeBody writes the comparison without its title and the previews.
func (c Comparison) writeBody(b *bufio.Writer) {
	w := &comparisonMarkdown{b, c}
	shown := 0
	for _, r := range w.Diff.Resources {
		if r.Class != diff.NoEffect {
			shown++
		}
	}
	if shown == 0 {
		fmt.Fprintf(w, "Nothing changes: %s the same (%s mode).\n", plural(w.Diff.Same, "resource"), mode(w.Diff))
	} else {
		w.table()
	}
	for i := range w.Diff.Resources {
		w.resource(&w.Diff.Resources[i])
	}
	for _, g := range w.Diff.Guards {
		fmt.Fprintf(w, "\n> **%s** %s: %s. %s\n", sentence(g.Severity.String()), mdText(w.Secrets.Redact(g.ScaleSet)), mdText(g.Text), mdText(g.Advice))
	}
}

func (w *comparisonMarkdown) table() {
	w.WriteString("| | resource | what happens | changes |\n|---|---|---|---:|\n")
	for i := range w.Diff.Resources {
		r := &w.Diff.Resources[i]
		if r.Class != diff.NoEffect {
			fmt.Fprintf(w, "| %s | %s %s | %s | %d |\n", mdText(classMark(r.Class)), mdText(r.Type), mdText(w.Secrets.Redact(r.Name)), bold(r.Class), len(r.Changes))
		}
	}
	fmt.Fprintf(w, "\n%s the same, %s mode.\n", plural(w.Diff.Same, "resource"), mode(w.Diff))
}

// bold makes the classes stand out that a reviewer must not miss.
func bold(c diff.Class) string {
	if c >= diff.Reimage {
		return "**" + c.Words() + "**"
	}
	return c.Words()
}

func (w *comparisonMarkdown) resource(r *diff.Resource) {
	if r.Class == diff.NoEffect || len(r.Changes) == 0 {
		return
	}
	fmt.Fprintf(w, "\n### %s %s\n\n| value | before | after | what happens | why |\n|---|---|---|---|---|\n", mdText(r.Type), mdText(w.Secrets.Redact(r.Name)))
	for i := range r.Changes {
		c := &r.Changes[i]
		words := bold(c.Class)
		if c.Class == diff.Unknown {
			words += ", if it changes: " + c.May.Words()
		}
		fmt.Fprintf(w, "| %s | %s | %s | %s | %s ([%s](%s)) |\n", mdText(c.Path), w.side(c, c.Old), w.side(c, c.New), words, mdText(c.Reason), mdText(c.Rule.Title()), c.Rule.Address())
	}
	if r.Note != "" {
		fmt.Fprintf(w, "\n%s.\n", mdText(sentence(r.Note)))
	}
}

func (w *comparisonMarkdown) side(c *diff.Change, n *expand.Node) string {
	text := mdText(clip(w.shown(c, n), valueMax))
	switch at := nodePlace(n); {
	case at != "":
		text += "<br>" + mdText(at)
	case c.Default != nil:
		text += "<br>default"
	}
	return text
}
