package findings

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// A Result is what a run over some files found.
type Result struct {
	Files    []File    // in the order in which they are reported
	Findings diag.List // sorted
	// Secrets are masked wherever the source or a message is shown.
	Secrets *secret.Set
	Version string // of the tool
	// Describe returns the description of a rule by the code of a finding, for the
	// formats that show more than the code. It can be nil, and can return nil.
	Describe func(diag.Code) *Rule
	// Narrowed is what the settings take away from the run; nil for nothing.
	Narrowed *Narrowing
	// Packs are the names of the packs of rules that the run turned on.
	Packs []string
	// Left is how many findings there are beside these, which were too many.
	Left int
	// ShowSuppressed shows suppressed findings too, marked as such, where the
	// format has a way to say so: text, JSON, SARIF, Markdown and HTML.
	ShowSuppressed bool
}

// A Narrowing is what a file of settings takes away from a run.
type Narrowing struct {
	File string       `json:"file"`
	By   []NarrowedBy `json:"by"` // one for each kind, at least one
}

// A NarrowedBy is one kind of setting that takes something away.
type NarrowedBy struct {
	Key   string `json:"key"`   // exclude, rules, severity, options, suppress, baseline, fail-on, min-severity or max-findings
	Count int    `json:"count"` // of entries
	Text  string `json:"text"`  // such as "2 suppressions"
}

// String is a line of the summary.
func (n *Narrowing) String() string {
	texts := make([]string, len(n.By))
	for i, by := range n.By {
		texts[i] = by.Text
	}
	return "settings: " + n.File + " narrows this run by " + strings.Join(texts, ", ")
}

// packs is a line of the summary about the packs of a run; "" for none.
func (r *Result) packs() string {
	if len(r.Packs) == 0 {
		return ""
	}
	return "packs: " + strings.Join(r.Packs, ", ")
}

// Status says what became of a file.
type Status string

// The statuses, as the JSON contract spells them.
const (
	Checked     Status = "checked"
	NotTemplate Status = "not-a-template"
	Unreadable  Status = "unreadable"
)

// A File is one file of the run.
type File struct {
	Path   string
	Status Status
	// ParameterSets is the number of parameter sets of a template, CheckedSets
	// how many of them could be read; a run without any parameter file is one.
	ParameterSets, CheckedSets int
	// Tried is the number of sets of parameter values that were tried beside
	// those; Untried is set if the declarations allow other combinations.
	Tried   int
	Untried bool
}

// declaredAs names the resource of a finding as Bicep code does; "" if the
// template has no symbolic names.
func declaredAs(d *diag.Diagnostic) string {
	if d.Symbol == "" {
		return ""
	}
	return "in resource " + d.Symbol
}

// producedBy says with which parameters a finding is produced; "" if with all.
func producedBy(d *diag.Diagnostic) string {
	switch {
	case d.Values != "":
		return "with " + d.Values
	case d.ParameterSet != "":
		return "with the parameters of " + d.ParameterSet
	}
	return ""
}

// A Rule is what formats say about a rule beside its findings.
type Rule struct {
	Code     diag.Code
	Name     string
	Severity diag.Severity
	Summary  string        // one sentence
	Page     func() string // the whole page, as Markdown; may be nil
	// Peers are the ids of the checks of other tools that look at the same.
	Peers []string
	Help  string // link to the page
}

// A Reporter writes a Result in one format.
type Reporter interface {
	Report(w io.Writer, r Result) error
}

// Counts are the figures of a summary.
type Counts struct {
	Files, Errors, Warnings, Infos, Suppressed int
	ParameterSets, CheckedSets                 int
	Tried                                      int
	Untried                                    bool
	Left                                       int // not reported, since there are too many
}

// Count counts the findings that are not suppressed, by severity, and the
// files that were checked.
func (r Result) Count() Counts {
	c := Counts{Left: r.Left}
	for _, f := range r.Files {
		if f.Status == Checked {
			c.Files++
		}
		c.ParameterSets += f.ParameterSets
		c.CheckedSets += f.CheckedSets
		c.Tried += f.Tried
		c.Untried = c.Untried || f.Untried
	}
	for i := range r.Findings {
		switch d := &r.Findings[i]; {
		case d.Suppressed != nil:
			c.Suppressed++
		case d.Severity == diag.Error:
			c.Errors++
		case d.Severity == diag.Warning:
			c.Warnings++
		default:
			c.Infos++
		}
	}
	return c
}

// String is the summary line.
func (c Counts) String() string {
	s := render.Plural(c.Errors, "error") + ", " + render.Plural(c.Warnings, "warning")
	if c.Infos > 0 {
		s += fmt.Sprintf(", %d info", c.Infos)
	}
	if c.Suppressed > 0 {
		s += fmt.Sprintf(", %d suppressed", c.Suppressed)
	}
	if c.Left > 0 {
		s += fmt.Sprintf(", %d more not shown", c.Left)
	}
	s += " in " + render.Plural(c.Files, "template")
	if c.ParameterSets > c.Files || c.CheckedSets < c.ParameterSets {
		s += fmt.Sprintf(" (%d of %s checked)", c.CheckedSets, render.Plural(c.ParameterSets, "parameter set"))
	}
	if c.Tried > 0 {
		s += fmt.Sprintf("; %s of parameter values tried", render.Plural(c.Tried, "set"))
		if c.Untried {
			s += ", not all combinations"
		}
	}
	return s
}

// about is the result with the secrets of what is said of the file of a finding:
// what is secret in one template is not in another.
func (r Result) about(d *diag.Diagnostic) Result {
	r.Secrets = r.Secrets.For(d.Subject.File)
	return r
}

// visible are the findings that are not suppressed.
func (r Result) visible() []diag.Diagnostic {
	return slices.DeleteFunc(slices.Clone(r.Findings), func(d diag.Diagnostic) bool { return d.Suppressed != nil })
}

// shown are the findings of the formats that can mark suppressed ones.
func (r Result) shown() []diag.Diagnostic {
	if r.ShowSuppressed {
		return r.Findings
	}
	return r.visible()
}

func (r Result) described(code diag.Code) *Rule {
	if r.Describe == nil {
		return nil
	}
	return r.Describe(code)
}

// rule describes the rule of a finding; without a description it says what the
// finding does.
func (r Result) rule(d *diag.Diagnostic) Rule {
	if known := r.described(d.Code); known != nil {
		return *known
	}
	return Rule{Code: d.Code, Name: d.Rule, Severity: d.Severity, Help: d.Help}
}

// help is the link to the page of the rule of a finding, or else to what the
// finding itself refers to.
func (r Result) help(d *diag.Diagnostic) string {
	if known := r.described(d.Code); known != nil && known.Help != "" {
		return known.Help
	}
	return d.Help
}
