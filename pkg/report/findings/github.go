package findings

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// GitHub writes workflow commands, which GitHub Actions shows beside the lines
// of a change. See
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
// The service shows ten annotations of each kind for a step; the log has all.
type GitHub struct{}

// Report implements [Reporter].
func (GitHub) Report(w io.Writer, r Result) error {
	b := bufio.NewWriter(w)
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	for _, d := range r.visible() {
		at := render.NewRange(d.Subject)
		fmt.Fprintf(b, "::%s file=%s,line=%d,col=%d", githubLevel(d.Severity), property.Replace(render.Neutral(at.Path)), at.Start.Line, at.Start.Column)
		if at.End.Line == at.Start.Line { // columns of another line mean nothing to the service
			fmt.Fprintf(b, ",endColumn=%d", at.End.Column)
		} else {
			fmt.Fprintf(b, ",endLine=%d", at.End.Line)
		}
		fmt.Fprintf(b, ",title=%s::%s\n", property.Replace(strings.Trim(CodeLabel(&d), "[]")), data.Replace(message(&d, r)))
	}
	return b.Flush()
}

func githubLevel(s diag.Severity) string {
	if s == diag.Info {
		return "notice"
	}
	return s.String()
}

// message returns the summary and what to do, without secrets and without signs
// that a log would obey.
func message(d *diag.Diagnostic, r Result) string {
	text := render.Neutral(r.Secrets.For(d.Subject.File).Redact(d.Summary))
	if d.Detail != "" {
		text += ". " + render.Neutral(r.Secrets.For(d.Subject.File).Redact(strings.Join(strings.Fields(d.Detail), " ")))
	}
	if also := alsoAt(d); also != "" {
		text += " (" + also + ")"
	}
	return text
}
