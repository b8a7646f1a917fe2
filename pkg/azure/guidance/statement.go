package guidance

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/lazy"
)

// An ID names a statement, such as "custom-image-max". IDs never change.
type ID string

// Sureness is how well a statement is supported.
type Sureness uint8

// The levels of support.
const (
	Documented Sureness = iota // in a document or a schema
	Recorded                   // in recorded responses of Azure
	Inferred                   // concluded from other statements
)

func (s Sureness) String() string {
	return [...]string{"documented", "recorded", "inferred"}[s]
}

// A Statement is one documented fact.
type Statement struct {
	ID   ID
	Text string // one or two sentences
	// Limit is the number in the statement, 0 if it has none, and Unit its
	// unit.
	Limit int
	Unit  string
	Era   Era
	// Since and Until are the first and last API version of the scale set to
	// which it applies; "" is unlimited.
	Since, Until string
	Source       Source
	Sure         Sureness
	Note         string // how it changed, or why it is uncertain
}

// A Topic is a group of statements, in the order of the documents.
type Topic struct {
	Name       string // such as "capacity"
	Title      string
	Statements []Statement
}

// Topics returns all statements by topic. The caller must not change them.
func Topics() []Topic {
	return []Topic{
		{"capacity", "Capacity", capacityStatements},
		{"storage", "Storage and disks", storageStatements},
		{"network", "Network", networkStatements},
		{"profile", "Profile", profileStatements},
		{"extensions", "Extensions", extensionsStatements},
		{"availability", "Availability", availabilityStatements},
		{"upgrades", "Upgrades, health and change", upgradesStatements},
		{"autoscale", "Autoscale", autoscaleStatements},
	}
}

// index has pointers: statements are so large that a map would allocate each
// again.
var index = lazy.Value[map[ID]*Statement]{Of: func() map[ID]*Statement {
	m := make(map[ID]*Statement, 256)
	for _, t := range Topics() {
		for i := range t.Statements {
			m[t.Statements[i].ID] = &t.Statements[i]
		}
	}
	return m
}}

// Find returns the statement with the id; ok is false if there is none.
func Find(id ID) (Statement, bool) {
	s, ok := index.Get()[id]
	if !ok {
		return Statement{}, false
	}
	return *s, true
}

// Get returns the statement with the id, or the zero Statement.
func Get(id ID) Statement {
	s, _ := Find(id)
	return s
}

// First returns the first of the statements that applies to a scale set of the
// API version in an era; ok is false if none does.
func First(era Era, apiVersion string, ids ...ID) (Statement, bool) {
	i := slices.IndexFunc(ids, func(id ID) bool { return Get(id).Holds(era, apiVersion) })
	if i < 0 {
		return Statement{}, false
	}
	return Get(ids[i]), true
}

// Holds reports whether the statement applies to a scale set of the API version
// in an era. If the era is not that of the version (the user selected another),
// only the era counts. [Auto] means the era of the version. An unknown version
// counts as the latest.
func (s Statement) Holds(era Era, apiVersion string) bool {
	own := EraOf(apiVersion)
	if era == Auto {
		era = own
	}
	if s.Era&era == 0 {
		return false
	}
	switch {
	case era != own:
		return true
	case !IsVersion(apiVersion):
		return s.Until == ""
	}
	return AtLeast(apiVersion, s.Since) && (s.Until == "" || AtLeast(s.Until, apiVersion))
}

// AtLeast reports whether an API version is not before another. A preview
// version of a date counts as that date; an unknown version counts as the
// latest.
func AtLeast(apiVersion, first string) bool {
	return !IsVersion(apiVersion) || day(apiVersion) >= day(first)
}

// IsVersion reports whether text is an API version and not an expression.
func IsVersion(text string) bool {
	return len(text) >= len("2015-06-15") && text[0] >= '1' && text[0] <= '9'
}

// day returns the date of an API version, which sorts as text.
func day(apiVersion string) string {
	return apiVersion[:min(len(apiVersion), len("2015-06-15"))]
}

// Versions describes the API versions to which the statement applies.
func (s Statement) Versions() string {
	switch {
	case s.Until != "" && s.Since == s.Until:
		return s.Since
	case s.Until != "":
		return s.Since + " to " + s.Until
	case s.Since == "":
		return "all"
	}
	return s.Since + " on"
}

// Citation returns a line with the era, the versions and the text of the
// statement, for a finding in an era: "preview guidance, 2015-06-15: Plan for
// ...".
func (s Statement) Citation(era Era) string {
	var b strings.Builder
	b.WriteString((s.Era & era).String())
	b.WriteString(" guidance, ")
	b.WriteString(s.Versions())
	b.WriteString(": ")
	b.WriteString(s.Text)
	return b.String()
}

// Link returns the address of the source.
func (s Statement) Link() string { return s.Source.Link() }
