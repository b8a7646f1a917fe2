package names

import (
	_ "embed"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/internal/lines"
)

//go:generate go run ./gen

// table has a line for each type and source: the type, the source, the lengths,
// and patterns that a name must match (+) or must not match (!), or its only
// values (=).
//
//go:embed names.txt
var table string

// A Rule describes the names that a resource, or a part of one, can have.
type Rule struct {
	Min, Max int // characters; a Max of 0 means no limit
	// Match are patterns that a name must match, Refuse patterns that it must
	// not match.
	Match, Refuse []*Pattern
	// Values are the only allowed names, ignoring case; nil if there are
	// others.
	Values []string
	// Words is a sentence about the names to use; "" if there are only
	// patterns.
	Words string
	// Source is the address of the documentation, or of a report of Azure's
	// response.
	Source string
	// Certain is set if Azure is known to reject other names: the rule is a row
	// that was checked, or the specification of the service.
	Certain bool
	form    string // completes "is not" for a name that does not match
}

// Of returns the rules of a resource type, ignoring case: a curated one, or
// else those of the specification and of the documentation. A name that only
// one of two rules rejects may deploy.
func Of(resourceType string) []Rule {
	key := fold.Lower(resourceType)
	if known, ok := parsed.Load(key); ok {
		return known.([]Rule)
	}
	var rules []Rule
	if c, ok := curatedClass(key); ok {
		rules = []Rule{c.rule()}
	} else {
		for line := range strings.Lines(lines.Find(table, key)) {
			rules = append(rules, parse(strings.TrimSuffix(line, "\n")))
		}
	}
	if rules != nil { // types invented by templates are not cached
		parsed.Store(key, rules)
	}
	return rules
}

// Types returns the resource types with a rule, in alphabetical order.
func Types() []string {
	known := map[string]bool{}
	for line := range strings.Lines(table) {
		name, _, _ := strings.Cut(line, "\t")
		known[fold.Lower(name)] = true
	}
	for _, c := range curated {
		provider, types, _ := strings.Cut(c.types, ":")
		for name := range strings.FieldsSeq(types) {
			known[fold.Lower(provider+name)] = true
		}
	}
	return slices.Sorted(maps.Keys(known))
}

var parsed sync.Map // of []Rule, by type in lower case

// defaultPattern is the default of TypeSpec for a name without a pattern;
// services accept other names.
const defaultPattern = "^[a-zA-Z0-9-]{3,24}$"

// Sources of the rows of the table.
const (
	specificationSource = "https://github.com/Azure/azure-rest-api-specs"
	documentationSource = "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules"
)

func parse(line string) Rule {
	columns := strings.Split(line, "\t")[1:]
	r := Rule{Source: documentationSource}
	switch columns[0] {
	case "specification":
		r.Source, r.Certain = specificationSource, true
	case "host": // a name that is part of a host name allows no other characters
		r.Certain = true
	}
	for _, c := range columns[1:] {
		switch c[0] {
		case '+':
			r.Match = append(r.Match, pattern(c[1:]))
			if c[1:] == defaultPattern {
				r.Certain = false
			}
		case '!':
			r.Refuse = append(r.Refuse, pattern(c[1:]))
		case '=':
			r.Values = strings.Split(c[1:], "|")
		default:
			least, most, _ := strings.Cut(c, "-")
			r.Min, _ = strconv.Atoi(least)
			r.Max, _ = strconv.Atoi(most)
		}
	}
	return r
}

// A Problem is a mistake in a name.
type Problem struct {
	// What completes "the name ...": "has 30 characters", "contains a space".
	What string
	Rule Rule
	// Certain is set if Azure rejects the name; otherwise a rejection is
	// likely.
	Certain bool
}

// Check returns the mistake in the last segment of the name of a resource; ok
// is false if no mistake is known.
func Check(resourceType, name string) (p Problem, ok bool) {
	rules := Of(resourceType)
	rejected := 0
	for _, r := range rules {
		if what := r.Wrong(name); what != "" {
			rejected++
			if p.What == "" || r.Certain && !p.Rule.Certain {
				p.What, p.Rule = what, r
			}
		}
	}
	p.Certain = rejected == len(rules) && p.Rule.Certain
	return p, rejected > 0
}

// Remedy returns a sentence that says which names to use.
func (r Rule) Remedy() string {
	switch {
	case r.Words != "":
		return r.Words
	case len(r.Values) > 0:
		return "Use " + strings.Join(r.Values, " or ") + "."
	}
	text := "Use a name"
	switch {
	case r.Min > 0 && r.Max > 0:
		text += " of " + strconv.Itoa(r.Min) + " to " + characters(r.Max)
	case r.Max > 0:
		text += " of up to " + characters(r.Max)
	case r.Min > 0:
		text += " of " + characters(r.Min) + " or more"
	}
	var says []string
	for _, m := range r.Match {
		says = append(says, "matches "+m.String())
	}
	for _, m := range r.Refuse {
		says = append(says, "does not match "+m.String())
	}
	if len(says) > 0 {
		text += " that " + strings.Join(says, " and ")
	}
	return text + "."
}

// Allows reports whether a name is allowed.
func (r Rule) Allows(name string) bool { return r.Wrong(name) == "" }

// Wrong completes the sentence "the name ..." with the first mistake; it
// returns "" if there is none.
func (r Rule) Wrong(name string) string {
	if r.Values != nil {
		if slices.ContainsFunc(r.Values, func(v string) bool { return fold.Equal(v, name) }) {
			return ""
		}
		if len(r.Values) == 1 {
			return "must be " + r.Values[0]
		}
		return "must be one of " + strings.Join(r.Values, ", ")
	}
	n := utf8.RuneCountInString(name)
	switch {
	case n == 0 && r.Min > 0:
		return "is empty"
	case r.Max > 0 && n > r.Max:
		return "has " + characters(n) + "; the limit is " + strconv.Itoa(r.Max)
	case r.matches(name):
		if n < r.Min {
			return "has " + characters(n) + "; it needs " + strconv.Itoa(r.Min) + " or more"
		}
		return ""
	}
	if r.form != "" {
		return "is not " + r.form
	}
	return r.why(name, n)
}

func characters(n int) string {
	if n == 1 {
		return "1 character"
	}
	return strconv.Itoa(n) + " characters"
}

func (r Rule) matches(name string) bool {
	for _, m := range r.Match {
		if !m.MatchString(name) {
			return false
		}
	}
	return !slices.ContainsFunc(r.Refuse, func(m *Pattern) bool { return m.MatchString(name) })
}

// why finds the character that makes a name invalid, by replacing each in turn.
func (r Rule) why(name string, n int) string {
	if c, ok := r.disallowed(name); ok {
		return "contains " + character(c)
	}
	first, width := utf8.DecodeRuneInString(name)
	last, lastWidth := utf8.DecodeLastRuneInString(name)
	for _, good := range []string{"a", "A", "1"} {
		switch {
		case r.matches(good + name[width:]):
			return "begins with " + character(first)
		case n > 1 && r.matches(name[:len(name)-lastWidth]+good):
			return "ends with " + character(last)
		}
	}
	for _, pair := range []string{"--", "..", "__"} {
		if strings.Contains(name, pair) {
			return "contains " + pair
		}
	}
	if n < r.Min {
		return "has " + characters(n) + "; it needs " + strconv.Itoa(r.Min) + " or more"
	}
	if len(r.Match) > 0 {
		return "does not match " + r.Match[len(r.Match)-1].String()
	}
	return "matches " + r.Refuse[0].String() + ", which is not allowed"
}
