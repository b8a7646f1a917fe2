package findings

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// Markdown writes findings for a comment on a change or the summary of a job: a
// table for each file. GitHub cuts a comment at 65,536 characters and a summary
// at 1 MiB, so what counts comes first: the figures, then files in order.
type Markdown struct{}

// Report implements [Reporter].
func (Markdown) Report(w io.Writer, r Result) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "## scaleset lint\n\n**%s**\n", r.Count())
	file := ""
	for i, d := range r.shown() {
		if path := render.NewRange(d.Subject).Path; path != file || i == 0 {
			file = path
			fmt.Fprintf(b, "\n### %s\n\n| severity | line | finding | rule |\n| --- | ---: | --- | --- |\n", render.Markdown(render.Neutral(file)))
		}
		fmt.Fprintf(b, "| %s | %d | %s | %s |\n", MarkdownSeverity(&d), render.NewRange(d.Subject).Start.Line, MarkdownText(&d, r), MarkdownRule(&d, r))
	}
	return b.Flush()
}

// MarkdownSeverity returns the first cell of the row of a finding.
func MarkdownSeverity(d *diag.Diagnostic) string {
	if d.Suppressed != nil {
		return "suppressed"
	}
	if d.Severity == diag.Info {
		return "info"
	}
	return "**" + d.Severity.String() + "**"
}

// MarkdownText says in one cell what a finding is about and what to do.
func MarkdownText(d *diag.Diagnostic, r Result) string {
	r = r.about(d)
	cell := func(s string) string {
		return render.Markdown(render.Neutral(strings.Join(strings.Fields(r.Secrets.Redact(s)), " ")))
	}
	lines := []string{cell(d.Summary)}
	if symbol := declaredAs(d); symbol != "" {
		lines = append(lines, cell(symbol))
	}
	if with := producedBy(d); with != "" {
		lines = append(lines, cell(with))
	}
	if d.Detail != "" {
		lines = append(lines, cell(d.Detail))
	}
	if also := alsoAt(d); also != "" {
		lines = append(lines, also)
	}
	if d.Suppressed != nil {
		lines = append(lines, "suppressed: "+cell(d.Suppressed.Reason))
	}
	return strings.Join(lines, "<br>")
}

// MarkdownRule returns the code of a finding with the link to its page.
func MarkdownRule(d *diag.Diagnostic, r Result) string {
	label := strings.TrimSpace(string(d.Code) + " " + d.Rule)
	if help := r.help(d); strings.HasPrefix(help, "https://") {
		return "[" + render.Markdown(label) + "](" + help + ")"
	}
	return render.Markdown(label)
}
