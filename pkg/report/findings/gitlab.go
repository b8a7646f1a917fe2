package findings

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// GitLab writes a code quality report. See
// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format.
type GitLab struct{}

type gitlabFinding struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
	End   int `json:"end"`
}

// Report implements [Reporter].
func (GitLab) Report(w io.Writer, r Result) error {
	all := []gitlabFinding{}
	var seen fingerprints // GitLab requires them to be different
	for _, d := range r.visible() {
		at := render.NewRange(d.Subject)
		id := seen.next(&d, r)
		all = append(all, gitlabFinding{
			Description: r.Secrets.For(d.Subject.File).Redact(d.Summary), CheckName: strings.Trim(CodeLabel(&d), "[]"), Fingerprint: id,
			Severity: gitlabSeverity(d.Severity), Location: gitlabLocation{at.Path, gitlabLines{at.Start.Line, at.End.Line}},
		})
	}
	return render.WriteJSON(w, all)
}

func gitlabSeverity(s diag.Severity) string {
	return [...]string{diag.Info: "info", diag.Warning: "minor", diag.Error: "major"}[s]
}

// fingerprint identifies a finding by its message and by where it is in the
// template, not by its line, so that it stays the same when lines move.
func fingerprint(d *diag.Diagnostic, r Result) string {
	return hash(fmt.Sprintf("%s\n%s\n%s\n%s\n%s", d.Code, render.NewRange(d.Subject).Path, d.Resource, d.Pointer, r.Secrets.For(d.Subject.File).Redact(d.Summary)))
}

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:16])
}
