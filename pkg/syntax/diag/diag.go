package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A Code is "SS" and four digits. The first digit is the family: 0 tool,
// 1 expressions, 2 template, 3 schema, 4 capacity and profile, 5 storage,
// 6 network, 7 availability, 8 requirements of properties. The codes of the rules
// of a project are 2 to 10 other capital letters and 1 to 5 digits, such as ORG001.
type Code string

// Severity is the severity of a finding.
type Severity int

// The severities, in ascending order. Azure rejects an Error; a Warning deploys
// and is unwise; an Info is advice.
const (
	Info Severity = iota
	Warning
	Error
)

var severityNames = [...]string{"info", "warning", "error"}

func (s Severity) String() string { return severityNames[s] }

// MarshalText returns the name.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// ParseSeverity returns the severity with a name, ignoring case, or an error
// that lists the names.
func ParseSeverity(name string) (Severity, error) {
	for i, n := range severityNames {
		if strings.EqualFold(n, name) {
			return Severity(i), nil
		}
	}
	return 0, fmt.Errorf("%q is not a severity; use one of: %s", name, strings.Join(severityNames[:], ", "))
}

// A Diagnostic is one finding.
type Diagnostic struct {
	Code     Code
	Rule     string // name of the rule, such as "capacity-limit"
	Severity Severity
	Summary  string // one line without a full stop, with the offending value and the limit
	Detail   string // why, and what to do; may be empty
	// Subject is the exact range of the value to change; Context, if set, is
	// the range to show around it.
	Subject source.Range
	Context source.Range
	Pointer string // JSON pointer of the value in the expanded or written template; may be empty
	// Resource is "type/name" of the expanded resource; may be empty.
	Resource string
	// Symbol is the symbolic name of the resource that the finding is in, if the
	// template has symbolic names: the name that Bicep code has for it.
	Symbol   string
	Guidance string // "preview" or "current" if the finding applies to one era only
	Source   string // the source of the fact, in a few words; may be empty
	Help     string // link to the page of the rule or of the document
	Related  []Related
	// Many describes several findings of this kind in one file. Warnings and
	// errors with a zero Many and different summaries are not folded.
	Many Many
	// Also lists the other places of the same kind that [List.Fold] moved here.
	Also  []Related
	Fixes []Fix
	// Trail lists the steps by which the value was produced, nearest first:
	// parameter, default, file, variable, copy iteration, nested template.
	Trail []Step
	// Expands marks an error that does not stop the expansion of the template,
	// because Azure rejects the template at validation, before it expands it.
	Expands bool
	// ParameterSet names the parameter file of the run that reported the
	// finding, if a template was checked with several parameter files and not
	// all of them produce it.
	ParameterSet string
	// Values names the parameter values that produce the finding, as in
	// "environment = prod and zoned = true", if it is produced by none of the
	// parameter files and was found by trying the values that the template allows.
	Values     string
	Suppressed *Suppression // set if a comment, metadata or configuration suppresses the finding
}

// Many describes how several findings of one kind in one file are reported as
// one.
type Many struct {
	// Format is the summary of all of them, with %d for their number and %s for
	// their names, as in "%d variables are not used: %s".
	Format string
	Name   string // name of this finding in the list
}

// Related is another place that belongs to the finding.
type Related struct {
	Range   source.Range
	Message string
}

// A Fix is one way to fix the finding: edits that do not overlap. A Choice
// fix is shown but never applied by itself.
type Fix struct {
	Message string
	Edits   []Edit
	Choice  bool
}

// An Edit replaces the text of a range.
type Edit struct {
	Range source.Range
	Text  string
}

// A Suppression records what suppressed a finding, and the reason.
type Suppression struct {
	Kind   string // "comment", "metadata", "config" or "baseline"
	Reason string
	Range  source.Range // range of the suppression, if it is in a file
}

// A List is a list of findings. Its zero value is empty and ready.
type List []Diagnostic

// Add appends findings.
func (l *List) Add(d ...Diagnostic) { *l = append(*l, d...) }

// Errorf appends an error about a range.
func (l *List) Errorf(code Code, rule string, at source.Range, format string, args ...any) *Diagnostic {
	return l.addf(Error, code, rule, at, format, args...)
}

// Warningf appends a warning about a range.
func (l *List) Warningf(code Code, rule string, at source.Range, format string, args ...any) *Diagnostic {
	return l.addf(Warning, code, rule, at, format, args...)
}

// Infof appends an info finding about a range.
func (l *List) Infof(code Code, rule string, at source.Range, format string, args ...any) *Diagnostic {
	return l.addf(Info, code, rule, at, format, args...)
}

func (l *List) addf(s Severity, code Code, rule string, at source.Range, format string, args ...any) *Diagnostic {
	*l = append(*l, Diagnostic{Code: code, Rule: rule, Severity: s, Subject: at, Summary: fmt.Sprintf(format, args...)})
	return &(*l)[len(*l)-1]
}

// HasErrors reports whether a finding that is not suppressed is an error.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity == Error && d.Suppressed == nil })
}

// Sort orders by file, offset, code and message, and removes findings that
// repeat the same message for the same range.
func (l *List) Sort() {
	slices.SortStableFunc(*l, compare)
	*l = slices.CompactFunc(*l, func(a, b Diagnostic) bool { return compare(a, b) == 0 })
}

func compare(a, b Diagnostic) int {
	return cmp.Or(
		strings.Compare(path(a), path(b)),
		cmp.Compare(a.Subject.Start, b.Subject.Start),
		cmp.Compare(a.Subject.End, b.Subject.End),
		strings.Compare(string(a.Code), string(b.Code)),
		strings.Compare(a.Summary, b.Summary),
		strings.Compare(a.Detail, b.Detail),
		strings.Compare(a.ParameterSet, b.ParameterSet),
		strings.Compare(a.Values, b.Values),
	)
}

func path(d Diagnostic) string {
	if d.Subject.File == nil {
		return ""
	}
	return d.Subject.File.Path()
}

// Count returns a number with its noun: "1 data disk" or "2 data disks".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
