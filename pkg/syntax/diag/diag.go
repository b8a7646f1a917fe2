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
// 6 network, 7 availability, 8 requirements of properties, 9 local.
type Code string

// Severity is how bad a finding is.
type Severity int

// The severities, in rising order. An Error is something that the service
// refuses; a Warning is unwise; an Info is a hint.
const (
	Info Severity = iota
	Warning
	Error
)

var severityNames = [...]string{"info", "warning", "error"}

func (s Severity) String() string { return severityNames[s] }

// MarshalText writes the name.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// ParseSeverity reads a name, ignoring case.
func ParseSeverity(name string) (Severity, error) {
	for i, n := range severityNames {
		if strings.EqualFold(n, name) {
			return Severity(i), nil
		}
	}
	return 0, fmt.Errorf("%q is not a severity; one of %s", name, strings.Join(severityNames[:], ", "))
}

// A Diagnostic is one finding.
type Diagnostic struct {
	Code     Code
	Rule     string // name of the rule, such as "capacity-limit"
	Severity Severity
	Summary  string // one line without a full stop, with the offending value and the limit
	Detail   string // why, and what to do; may be empty
	// Subject is the tight range of the value to change; Context, when set,
	// is what to show around it.
	Subject source.Range
	Context source.Range
	Pointer string // JSON pointer of the value in the expanded or written template; may be empty
	// Resource is "type/name" of the expanded resource; may be empty.
	Resource string
	Guidance string // "preview" or "current" when the finding speaks for an era
	Source   string // who says so, in a few words; may be empty
	Help     string // link to the page of the rule or of the document
	Related  []Related
	// Many describes several findings of this kind in one file; the zero Many
	// leaves warnings and errors with other words apart.
	Many Many
	// Also are the other places of the same kind that [List.Fold] put here.
	Also  []Related
	Fixes []Fix
	// Trail tells how the value came to be, nearest hop first: parameter,
	// default, file, variable, copy iteration, nested template.
	Trail []Step
	// Expands says that the template can be expanded all the same: the
	// validation of the service refuses it before.
	Expands bool
	// ParameterSet names the parameter file of the run that found it, when
	// a template was checked with several and not all of them found it.
	ParameterSet string
	Suppressed   *Suppression // set when a comment, metadata or configuration silences it
}

// Many is how several findings of one kind in one file are reported as one.
type Many struct {
	// Format is the summary of all of them, with %d for their number and %s for
	// their names, as in "%d variables are not used: %s".
	Format string
	Name   string // names the finding among the others
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

// A Suppression says who silenced a finding, and why.
type Suppression struct {
	Kind   string // "comment", "metadata", "config" or "baseline"
	Reason string
	Range  source.Range // of the suppression, when it stands in a file
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

// Infof appends a hint about a range.
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

// Sort orders by file, offset, code and message, and drops findings that say
// the same of the same place.
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
	)
}

func path(d Diagnostic) string {
	if d.Subject.File == nil {
		return ""
	}
	return d.Subject.File.Path()
}

// Count is a number with its noun: "1 data disk" or "2 data disks".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
