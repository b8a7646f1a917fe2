package grammar

import (
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// A Type is what a member may hold. Null is always taken: it counts as absent.
type Type uint8

// The types.
const (
	Any     Type = iota
	Text         // a string, or what is read as one: a number, a boolean
	Integer      // a number, or what is read as one: a boolean, a string of digits
	Boolean      // a boolean, or what is read as one: a number, the string "true" or "false"
	Truth        // a boolean, and nothing that is like one
	Object       // an object; an empty string counts as null
	List         // an array; an empty string counts as null
	Either       // an array or an object
	Schema       // an object, or a boolean that allows all or nothing
	NotText      // anything but a string
	Zones        // anything but a string that is not empty
	Word         // one of the words of the member, or its number
)

// An Expression says what becomes of an expression in the place of a value.
type Expression uint8

// What becomes of it.
const (
	Refused   Expression = iota // the service reads the value as it is written
	Verbatim                    // the expression is text like any other
	Evaluated                   // it is evaluated, and must give [Member.Gives]
)

// A Version is a languageVersion as [major, minor]; zero is the first, of
// templates that name none.
type Version [2]int

// The versions that brought something: symbolic names and existing resources,
// and the types of objects and arrays. Those before 2.0 are experimental.
var (
	Symbolic = Version{1, 9}
	Types    = Version{1, 10}
	validate = Version{2, 1}
)

// Before reports whether v is older than w.
func (v Version) Before(w Version) bool { return v[0] < w[0] || v[0] == w[0] && v[1] < w[1] }

// languageVersions are those that the service knows.
var languageVersions = [...]string{"2.0", "1.9-experimental", "1.10-experimental", "2.1-experimental", "2.2-experimental"}

// VersionOf reads a languageVersion; ok is false for one that the service does
// not know.
func VersionOf(text string) (v Version, ok bool) {
	for _, known := range languageVersions {
		if strings.EqualFold(text, known) {
			number, _, _ := strings.Cut(known, "-")
			major, minor, _ := strings.Cut(number, ".")
			v[0], _ = strconv.Atoi(major)
			v[1], _ = strconv.Atoi(minor)
			return v, true
		}
	}
	return v, false
}

// A Member is one member of an object of the language.
type Member struct {
	Name  string
	Takes Type
	// Words are those of a [Word], as the documentation writes them.
	Words []string
	// Expression says whether an expression may be in its place, and Gives what
	// it must evaluate to.
	Expression Expression
	Gives      Type
	// Holds is what an object in its place holds, or each object of an array.
	Holds *Shape
	// Required says that the object cannot do without it: absent, null and an
	// empty string are refused.
	Required bool
	Since    Version
	// Identifier says that its text, or the name of each member of a table, has
	// to be a name that a call in an expression can write.
	Identifier bool
	// Deployed says that it is read when the resource is deployed, so that one
	// with a false condition may hold anything in its place: see [CheckDeployed].
	Deployed bool
	// Strict refuses an empty string, and null where an expression gives it,
	// which elsewhere count as absent.
	Strict bool
	// Only names what has the member where this object must not have it.
	Only string
	// Code is that of findings about the type, if it has one of its own.
	Code diag.Code
}

// A Shape is what one kind of object of the language holds.
type Shape struct {
	// Is names the kind for people, with its article.
	Is string
	// Named is the name of the member that names an object of the kind, if any.
	Named   string
	Members []Member
	// Others is what members of any other name hold, such as the parameters of
	// a template; Entry names one for people. Without it, other members are
	// refused, unless the shape is Open.
	Others *Member
	Entry  string
	Open   bool
	// Loop says that it is a copy loop, about which there is a code of its own.
	Loop bool
}

// label names an object of the kind for people: the name of an object that has
// one, or its kind.
func (s *Shape) label(o *jsonc.Object) string {
	_, kind, _ := strings.Cut(s.Is, " ")
	if strings.HasPrefix(s.Is, "the ") || !strings.Contains(s.Is, " ") {
		return s.Is
	}
	if s.Named != "" {
		if m := o.Get(s.Named); m != nil {
			if name, ok := m.Value.(*jsonc.String); ok && name.Value != "" {
				return "the " + kind + " '" + name.Value + "'"
			}
		}
		if m := o.Get("type"); m != nil {
			if typ, ok := m.Value.(*jsonc.String); ok && typ.Value != "" {
				return "the " + kind + " of type '" + typ.Value + "'"
			}
		}
	}
	return "the " + kind
}

// Member is the member of a name, compared case-insensitively; nil when there is none.
func (s *Shape) Member(name string) *Member {
	for i := range s.Members {
		if strings.EqualFold(s.Members[i].Name, name) {
			return &s.Members[i]
		}
	}
	return nil
}

func (s *Shape) names() []string {
	names := make([]string, len(s.Members))
	for i, m := range s.Members {
		names[i] = m.Name
	}
	return names
}

var typeWords = [...]string{"anything", "a string", "an integer", "a boolean", "a boolean", "an object", "an array", "an array or an object",
	"an object or a boolean", "an object", "an array", "one of its words"}

// String names the type for people.
func (t Type) String() string { return typeWords[t] }

// takes reports whether a value is of the type as it is written.
func (m *Member) takes(n jsonc.Node) bool {
	switch n := n.(type) {
	case *jsonc.Null, *jsonc.Invalid:
		return true
	case *jsonc.Object:
		switch m.Takes {
		case Any, Object, Either, Schema, NotText, Zones:
			return true
		}
	case *jsonc.Array:
		switch m.Takes {
		case Any, List, Either, NotText, Zones:
			return true
		}
	case *jsonc.Bool:
		switch m.Takes {
		case Any, Text, Integer, Boolean, Truth, Schema, NotText, Zones:
			return true
		}
	case *jsonc.Number:
		switch m.Takes {
		case Any, Text, Integer, Boolean, NotText, Zones:
			return true
		case Word:
			return !strings.ContainsAny(n.Text, ".eE")
		}
	case *jsonc.String:
		return m.takesText(n.Value)
	}
	return false
}

func (m *Member) takesText(s string) bool {
	switch m.Takes {
	case Any, Text:
		return true
	case Integer:
		_, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
		return err == nil
	case Boolean:
		s = strings.TrimSpace(s)
		return strings.EqualFold(s, "true") || strings.EqualFold(s, "false")
	case Object, List, Schema, Zones:
		return s == "" && !m.Strict
	case Word:
		return m.isWord(s)
	}
	return false
}

func (m *Member) isWord(s string) bool {
	for _, w := range m.Words {
		if strings.EqualFold(w, strings.TrimSpace(s)) {
			return true
		}
	}
	return false
}

// Mistake is what is wrong with an object that an expression gives for an object
// of the shape: a member that it lacks, or one too many; "" when nothing is.
func (s *Shape) Mistake(v *value.Object) string {
	for i := range s.Members {
		if m := &s.Members[i]; m.Required {
			if got, ok := v.Get(m.Name); !ok || got == (value.Null{}) || got == value.String("") {
				return "has no '" + m.Name + "'"
			}
		}
	}
	if s.Open || s.Others != nil {
		return ""
	}
	for _, m := range v.Members() {
		if s.Member(m.Name) == nil {
			return "has '" + m.Name + "', which is not a property of " + s.Is
		}
	}
	return ""
}

// mayAccept reports whether there is a value of a kind that the member accepts.
func (m *Member) mayAccept(kind string) bool {
	switch kind {
	case "string":
		return m.Gives == Word || m.Accepts(value.String(""))
	case "int":
		return m.Accepts(value.Int(0))
	case "bool":
		return m.Accepts(value.Bool(false))
	case "array":
		return m.Accepts(value.Array(nil))
	case "object":
		return m.Accepts(value.NewObject())
	}
	return true
}

// Accepts reports whether the service takes a value that an expression in the
// place of the member evaluates to. An unknown value is
// accepted unless its kind tells that it never is.
func (m *Member) Accepts(v value.Value) bool {
	switch v := v.(type) {
	case value.Unknown:
		return m.mayAccept(v.Kind)
	case value.Null:
		return m.Gives != Truth && !m.Required && !m.Strict
	case value.String:
		switch m.Gives {
		case Any, Text:
			return true
		case Word:
			return m.isWord(string(v))
		case Object, List, Zones:
			return v == "" && !m.Strict
		}
	case value.Bool:
		return m.Gives == Any || m.Gives == Truth || m.Gives == Boolean || m.Gives == NotText || m.Gives == Zones
	case value.Int, value.Number:
		return m.Gives == Any || m.Gives == Integer || m.Gives == NotText || m.Gives == Zones
	case value.Array:
		return m.Gives == Any || m.Gives == List || m.Gives == NotText || m.Gives == Zones
	case *value.Object:
		return m.Gives == Any || m.Gives == Object || m.Gives == NotText || m.Gives == Zones
	}
	return false
}
