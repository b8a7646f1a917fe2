package grammar

import (
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// A Type is the type of a member's value. Null is always accepted: it counts as
// absent.
type Type uint8

// The types.
const (
	Any           Type = iota
	Text               // a string, or a value that is read as one: a number, a boolean
	Integer            // a number, or a value that is read as one: a boolean, a string of digits
	Boolean            // a boolean, or a value that is read as one: a number, the string "true" or "false"
	StrictBoolean      // a boolean, without conversion
	Object             // an object; an empty string counts as null
	List               // an array; an empty string counts as null
	ArrayOrObject      // an array or an object
	Schema             // an object, or a boolean that allows all or nothing
	NotText            // anything but a string
	Zones              // anything but a string that is not empty
	Word               // one of the words of the member, or its number
)

// An Expression is the treatment of an expression in place of a value.
type Expression uint8

// The treatments.
const (
	Refused   Expression = iota // Azure does not evaluate it and rejects the value
	Verbatim                    // it is text like any other
	Evaluated                   // it is evaluated, and its result must have the type [Member.Result]
)

// A Version is a languageVersion: 256 times the major version, plus the minor one.
// Zero is the first version, of templates without languageVersion.
type Version uint16

// The versions with new features: symbolic names and existing resources, and
// types of objects and arrays. Versions before 2.0 are experimental.
const (
	Symbolic Version = 1<<8 + 9
	Types    Version = 1<<8 + 10
	second   Version = 2 << 8
	validate Version = 2<<8 + 1
)

// Before reports whether v is older than w.
func (v Version) Before(w Version) bool { return v < w }

// languageVersions are the versions that Azure accepts.
var languageVersions = [...]string{"2.0", "1.9-experimental", "1.10-experimental", "2.1-experimental", "2.2-experimental"}

// VersionOf parses a languageVersion; ok is false for one that Azure does not
// accept.
func VersionOf(text string) (v Version, ok bool) {
	for _, known := range languageVersions {
		if fold.Equal(text, known) {
			number, _, _ := strings.Cut(known, "-")
			major, minor, _ := strings.Cut(number, ".")
			x, _ := strconv.Atoi(major)
			y, _ := strconv.Atoi(minor)
			return Version(x<<8 + y), true
		}
	}
	return 0, false
}

// A Member is one member of an object of the language.
type Member struct {
	Name string
	Type Type
	// Words are the allowed values of a [Word], as the documentation spells
	// them. With Flags, a value can have several of them with commas between.
	Words []string
	Flags bool
	// Expression is the treatment of an expression in place of the value, and
	// Result the type of its result.
	Expression Expression
	Result     Type
	// Shape is the shape of an object value, or of each object of an array.
	Shape *Shape
	// Required is set if the member must be present: absent, null and an empty
	// string are rejected.
	Required bool
	Since    Version
	// Identifier is set if the text, or the name of each member of a table,
	// must be a name that a call in an expression can contain.
	Identifier bool
	// Deployed is set if the member is read when the resource is deployed. If
	// the condition of the resource is false, any value is accepted; see
	// [CheckDeployed].
	Deployed bool
	// Strict members reject an empty string, and null as the result of an
	// expression, which elsewhere count as absent.
	Strict bool
	// OnlyIn names the objects that have the member, if this one must not have
	// it.
	OnlyIn string
	// Code is the code of findings about the type, if it has one of its own.
	Code diag.Code
}

// A Shape describes one kind of object of the language.
type Shape struct {
	// Kind is the name of the kind for messages, with its article.
	Kind string
	// NameMember is the member that contains the name of the object, if any.
	NameMember string
	Members    []*Member
	// Others describes members with any other name, such as the parameters of a
	// template; Entry is their name for messages. Without it, other members are
	// rejected, unless the shape is Open.
	Others *Member
	Entry  string
	Open   bool
	// Loop is set for copy loops, whose findings have a code of their own.
	Loop bool
}

// label returns the name of an object for messages: its own name if it has one,
// or its kind.
func (s *Shape) label(o *jsonc.Object) string {
	_, kind, _ := strings.Cut(s.Kind, " ")
	if strings.HasPrefix(s.Kind, "the ") || !strings.Contains(s.Kind, " ") {
		return s.Kind
	}
	if s.NameMember != "" {
		if m := o.Get(s.NameMember); m != nil {
			if name, ok := m.Value.(*jsonc.String); ok && name.Value != "" {
				return "the " + kind + " '" + clip(name.Value) + "'"
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

// longestName is the number of characters of a name that a message shows.
const longestName = 60

// clip shortens a long name, such as an expression, in its middle.
func clip(name string) string {
	r := []rune(name)
	if len(r) <= longestName {
		return name
	}
	return string(r[:longestName/2]) + "…" + string(r[len(r)-longestName/2+1:])
}

// Member returns the member with a name, ignoring case, or nil.
func (s *Shape) Member(name string) *Member {
	first := fold.First(name)
	for _, m := range s.Members {
		if fold.First(m.Name) == first && fold.Equal(m.Name, name) {
			return m
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

// String returns the type for messages.
func (t Type) String() string { return typeWords[t] }

// Expected returns the type of the member for messages, with the words that it
// can be.
func (m *Member) Expected() string {
	switch {
	case m.Type != Word:
		return m.Type.String()
	case m.Flags:
		return "one or more of " + strings.Join(m.Words, ", ")
	}
	return "one of " + strings.Join(m.Words, ", ")
}

// hasType reports whether a value has the type, without evaluating it.
func (m *Member) hasType(n jsonc.Node) bool {
	switch n := n.(type) {
	case *jsonc.Null, *jsonc.Invalid:
		return true
	case *jsonc.Object:
		return m.acceptsObject()
	case *jsonc.Array:
		return m.acceptsArray()
	case *jsonc.Bool:
		return m.acceptsBoolean()
	case *jsonc.Number:
		return m.acceptsNumber(n.Text)
	case *jsonc.String:
		return m.acceptsText(n.Value)
	}
	return false
}

// Reads reports whether Azure accepts a value that was evaluated as a part of
// an object before the object is read, which converts it like a literal. An
// unknown value is accepted unless its kind rules it out.
func (m *Member) Reads(v value.Value) bool {
	switch v := v.(type) {
	case value.Unknown:
		return v.Kind != "array" && v.Kind != "object" || v.Kind == "array" && m.acceptsArray() || v.Kind == "object" && m.acceptsObject()
	case value.Null:
		return !m.Required
	case value.String:
		return m.acceptsText(string(v)) && (v != "" || !m.Required)
	case value.Bool:
		return m.acceptsBoolean()
	case value.Int:
		return m.acceptsNumber("")
	case value.Number:
		return m.acceptsNumber(v.Text)
	case value.Array:
		return m.acceptsArray()
	case *value.Object:
		return m.acceptsObject()
	}
	return true
}

func (m *Member) acceptsObject() bool {
	switch m.Type {
	case Any, Object, ArrayOrObject, Schema, NotText, Zones:
		return true
	}
	return false
}

func (m *Member) acceptsArray() bool {
	switch m.Type {
	case Any, List, ArrayOrObject, NotText, Zones:
		return true
	}
	return false
}

func (m *Member) acceptsBoolean() bool {
	switch m.Type {
	case Any, Text, Integer, Boolean, StrictBoolean, Schema, NotText, Zones:
		return true
	}
	return false
}

func (m *Member) acceptsNumber(text string) bool {
	switch m.Type {
	case Any, Text, Integer, Boolean, NotText, Zones:
		return true
	case Word:
		return !strings.ContainsAny(text, ".eE")
	}
	return false
}

func (m *Member) acceptsText(s string) bool {
	switch m.Type {
	case Any, Text:
		return true
	case Integer:
		_, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
		return err == nil
	case Boolean:
		s = strings.TrimSpace(s)
		return fold.Equal(s, "true") || fold.Equal(s, "false")
	case Object, List, Schema, Zones:
		return s == "" && !m.Strict
	case Word:
		return m.isWord(s)
	}
	return false
}

func (m *Member) isWord(s string) bool {
	if first, rest, several := strings.Cut(s, ","); several && m.Flags {
		return m.isWord(first) && m.isWord(rest)
	}
	for _, w := range m.Words {
		if fold.Equal(w, strings.TrimSpace(s)) {
			return true
		}
	}
	return false
}

// Mistake describes the mistake in an object that an expression returns for
// this shape: a missing member, an unknown one, or one of a wrong type; "" if
// there is none.
func (s *Shape) Mistake(v *value.Object) string {
	for i := range s.Members {
		m := s.Members[i]
		got, ok := v.Get(m.Name)
		if m.Required && (!ok || got == (value.Null{}) || got == value.String("")) {
			return "has no '" + m.Name + "'"
		}
		if ok && !m.Reads(got) {
			return "has a wrong '" + m.Name + "', which must be " + m.Expected()
		}
	}
	if s.Open || s.Others != nil {
		return ""
	}
	for _, m := range v.Members() {
		if s.Member(m.Name) == nil {
			return "has '" + m.Name + "', which is not a property of " + s.Kind
		}
	}
	return ""
}

// mayAccept reports whether the member accepts some value of a kind.
func (m *Member) mayAccept(kind string) bool {
	switch kind {
	case "string":
		return m.Result == Word || m.Accepts(value.String(""))
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

// Accepts reports whether Azure accepts the result of an expression for the
// member. An unknown value is accepted unless its kind rules it out.
func (m *Member) Accepts(v value.Value) bool {
	switch v := v.(type) {
	case value.Unknown:
		return m.mayAccept(v.Kind)
	case value.Null:
		return m.Result != StrictBoolean && !m.Required && !m.Strict
	case value.String:
		switch m.Result {
		case Any, Text:
			return true
		case Word:
			return m.isWord(string(v))
		case Object, List, Zones:
			return v == "" && !m.Strict
		}
	case value.Bool:
		return m.Result == Any || m.Result == StrictBoolean || m.Result == Boolean || m.Result == NotText || m.Result == Zones
	case value.Int, value.Number:
		return m.Result == Any || m.Result == Integer || m.Result == NotText || m.Result == Zones
	case value.Array:
		return m.Result == Any || m.Result == List || m.Result == NotText || m.Result == Zones
	case *value.Object:
		return m.Result == Any || m.Result == Object || m.Result == NotText || m.Result == Zones
	}
	return false
}
