package comparisons

import (
	"bufio"
	"fmt"
	"io"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/report/plans"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/review/diff"
)

// WriteMarkdown writes the comparison for a pull request: a table of the
// resources, the changes of each, and the previews of capacities.
func (c Comparison) WriteMarkdown(w io.Writer) error {
	mw := bufio.NewWriter(w)
	fmt.Fprintf(mw, "## What changes from %s to %s\n\n", render.Markdown(c.Diff.Old.Name), render.Markdown(c.Diff.New.Name))
	c.WriteBody(mw)
	for i, text := range c.costLines() {
		if i == 0 {
			fmt.Fprint(mw, "\n")
		}
		fmt.Fprintf(mw, "- %s\n", render.Markdown(c.Secrets.Redact(text)))
	}
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
	return plans.Markdown{}.Report(w, plans.Preview{Plans: previews, Secrets: c.Secrets})
}

type comparisonMarkdown struct {
	*bufio.Writer
	Comparison
}

// WriteBody writes the comparison without its title and the previews.
func (c Comparison) WriteBody(b *bufio.Writer) {
	w := &comparisonMarkdown{b, c}
	shown := 0
	for _, r := range w.Diff.Resources {
		if r.Class != diff.NoEffect {
			shown++
		}
	}
	if shown == 0 {
		fmt.Fprintf(w, "Nothing changes: %s unchanged (%s mode).\n", render.Plural(w.Diff.Same, "resource"), Mode(w.Diff))
	} else {
		w.table()
	}
	for i := range w.Diff.Resources {
		w.resource(&w.Diff.Resources[i])
	}
	for _, g := range w.Diff.Guards {
		fmt.Fprintf(w, "\n> **%s** %s: %s. %s\n", render.Sentence(g.Severity.String()), render.Markdown(w.Secrets.Redact(g.ScaleSet)), render.Markdown(g.Text), render.Markdown(g.Advice))
	}
}

func (w *comparisonMarkdown) table() {
	w.WriteString("| | resource | what happens | changes |\n|---|---|---|---:|\n")
	for i := range w.Diff.Resources {
		r := &w.Diff.Resources[i]
		if r.Class != diff.NoEffect {
			fmt.Fprintf(w, "| %s | %s %s | %s | %d |\n", render.Markdown(classMark(r.Class)), render.Markdown(r.Type), render.Markdown(w.Secrets.Redact(r.Name)), bold(r.Class), len(r.Changes))
		}
	}
	fmt.Fprintf(w, "\n%s unchanged, %s mode.\n", render.Plural(w.Diff.Same, "resource"), Mode(w.Diff))
}

// bold emphasizes the classes that a reviewer must not miss.
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
	fmt.Fprintf(w, "\n### %s %s\n\n| value | before | after | what happens | why |\n|---|---|---|---|---|\n", render.Markdown(r.Type), render.Markdown(w.Secrets.Redact(r.Name)))
	for i := range r.Changes {
		c := &r.Changes[i]
		words := c.Words()
		if c.Class >= diff.Reimage {
			words = "**" + words + "**"
		}
		fmt.Fprintf(w, "| %s | %s | %s | %s | %s ([%s](%s)) |\n", render.Markdown(c.Path), w.side(c, c.Old), w.side(c, c.New), words, render.Markdown(c.Reason), render.Markdown(c.Rule.Title()), c.Rule.Address())
	}
	if r.Note != "" {
		fmt.Fprintf(w, "\n%s.\n", render.Markdown(render.Sentence(r.Note)))
	}
}

func (w *comparisonMarkdown) side(c *diff.Change, n *expand.Node) string {
	text := render.Markdown(render.Clip(w.Shown(c, n), render.ValueMax))
	switch at := NodePlace(n); {
	case at != "":
		text += "<br>" + render.Markdown(at)
	case c.Default != nil:
		text += "<br>default"
	}
	return text
}
