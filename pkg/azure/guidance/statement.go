package guidance

import (
	"slices"
	"strings"
	"sync"
)

// An ID names a statement, such as "custom-image-max". IDs never change.
type ID string

// Sureness is how well a statement is founded.
type Sureness uint8

// How sure a statement is.
const (
	Documented Sureness = iota // said by a document or a schema
	Recorded                   // seen in the answers of the service
	Inferred                   // concluded from the others
)

func (s Sureness) String() string {
	return [...]string{"documented", "recorded", "inferred"}[s]
}

// A Statement is one thing that is documented.
type Statement struct {
	ID   ID
	Text string // one or two sentences
	// Limit is the number of the statement, 0 when it has none, and Unit what
	// it counts.
	Limit int
	Unit  string
	Era   Era
	// Since and Until are the first and last API version of the scale set
	// for which it holds; "" is open.
	Since, Until string
	Source       Source
	Sure         Sureness
	Note         string // how it changed, or why it is not sure
}

// A Topic is a group of statements, in the order of the documents.
type Topic struct {
	Name       string // such as "capacity"
	Title      string
	Statements []Statement
}

// Topics are all statements by subject. The caller must not change them.
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

// index holds pointers: statements are so large that a map would allocate each
// again, and a rule's option asks for one when the program starts.
var index = sync.OnceValue(func() map[ID]*Statement {
	m := map[ID]*Statement{}
	for _, t := range Topics() {
		for i := range t.Statements {
			m[t.Statements[i].ID] = &t.Statements[i]
		}
	}
	return m
})

// Find is the statement with the id.
func Find(id ID) (Statement, bool) {
	s, ok := index()[id]
	if !ok {
		return Statement{}, false
	}
	return *s, true
}

// Get is the statement with the id; the zero Statement when there is none.
func Get(id ID) Statement {
	s, _ := Find(id)
	return s
}

// First is the first of the statements that holds for a scale set of the API
// version, judged by the era; false when none does.
func First(era Era, apiVersion string, ids ...ID) (Statement, bool) {
	i := slices.IndexFunc(ids, func(id ID) bool { return Get(id).Holds(era, apiVersion) })
	if i < 0 {
		return Statement{}, false
	}
	return Get(ids[i]), true
}

// Holds reports whether the statement holds for a scale set of the API
// version, judged by the era. When the era is not the version's own (the user
// asked for another), the era alone decides. [Auto] stands for the own era. A
// version that is not known is taken for the latest.
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
// version of a date counts as that date; a version that is not known is the
// latest.
func AtLeast(apiVersion, first string) bool {
	return !IsVersion(apiVersion) || day(apiVersion) >= day(first)
}

// IsVersion reports whether text is an API version, and no expression.
func IsVersion(text string) bool {
	return len(text) >= len("2015-06-15") && text[0] >= '1' && text[0] <= '9'
}

// day is the date of an API version, which sorts as text.
func day(apiVersion string) string {
	return apiVersion[:min(len(apiVersion), len("2015-06-15"))]
}

// Versions says for which API versions the statement holds.
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

// Citation says in one line who says what, for a finding judged by an era:
// "preview guidance, 2015-06-15: Plan for ...".
func (s Statement) Citation(era Era) string {
	var b strings.Builder
	b.WriteString((s.Era & era).String())
	b.WriteString(" guidance, ")
	b.WriteString(s.Versions())
	b.WriteString(": ")
	b.WriteString(s.Text)
	return b.String()
}

// Link is the address of the source.
func (s Statement) Link() string { return s.Source.Link() }
