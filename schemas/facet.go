package schemas

import (
	"iter"
	"strconv"
	"strings"
)

// A Kind is the JSON type of a property.
type Kind string

// The kinds. Any is not checked further.
const (
	Any     Kind = "any"
	Array   Kind = "array"
	Boolean Kind = "boolean"
	Integer Kind = "integer"
	Number  Kind = "number"
	Object  Kind = "object"
	String  Kind = "string"
)

// A Facet describes a property in a span of API versions. Limits are text,
// empty if there is none.
type Facet struct {
	Since, Until         int // indices in Document.Versions, both included
	Kind                 Kind
	Required             bool
	Open                 bool // an object that accepts additional properties
	Quiet                bool // read-only: accepted, never required
	Enum                 []string
	Minimum, Maximum     string
	MinLength, MaxLength string
	MinItems, MaxItems   string
	Pattern              string // RE2
}

// HasLimits reports whether the facet limits the values of its kind.
func (f *Facet) HasLimits() bool {
	return f.Minimum != "" || f.Maximum != "" || f.MinLength != "" || f.MaxLength != "" || f.MinItems != "" || f.MaxItems != "" || f.Pattern != ""
}

// At returns the facet of the API version with that index; ok is false if that
// version does not have the property.
func (p *Property) At(version int) (f Facet, ok bool) {
	for rest := p.spans; rest != ""; {
		var span string
		span, rest, _ = strings.Cut(rest, "\t")
		since, until, tokens := bounds(span)
		if since <= version && version <= until {
			return decode(since, until, tokens), true
		}
	}
	return Facet{}, false
}

// Has reports whether the API version with that index has the property.
func (p *Property) Has(version int) bool {
	for rest := p.spans; rest != ""; {
		var span string
		span, rest, _ = strings.Cut(rest, "\t")
		if since, until, _ := bounds(span); since <= version && version <= until {
			return true
		}
	}
	return false
}

// Required returns the names of the direct properties that the API version with
// that index requires, in alphabetical order.
func (p *Property) Required(version int) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, c := range p.mayRequire {
			if f, ok := c.At(version); ok && f.Required && !yield(c.Name) {
				return
			}
		}
	}
}

// Facets returns all facets, the oldest versions first.
func (p *Property) Facets() []Facet {
	var list []Facet
	for span := range strings.SplitSeq(p.spans, "\t") {
		list = append(list, decode(bounds(span)))
	}
	return list
}

// bounds splits "SINCE-UNTIL;TOKENS". Of a malformed span, until is -1.
func bounds(span string) (since, until int, tokens string) {
	since, rest := leadingNumber(span)
	if !strings.HasPrefix(rest, "-") {
		return since, -1, rest
	}
	until, rest = leadingNumber(rest[1:])
	return since, until, strings.TrimPrefix(rest, ";")
}

// leadingNumber returns the number that a text begins with, or -1, and the rest.
func leadingNumber(text string) (n int, rest string) {
	i := 0
	for ; i < len(text) && i < 4 && '0' <= text[i] && text[i] <= '9'; i++ {
		n = 10*n + int(text[i]-'0')
	}
	if i == 0 {
		return -1, text
	}
	return n, text[i:]
}

func decode(since, until int, tokens string) Facet {
	f := Facet{Since: since, Until: until}
	kind, tokens, _ := strings.Cut(tokens, ";")
	f.Kind = Kind(kind)
	for tokens != "" {
		if pattern, ok := strings.CutPrefix(tokens, "~"); ok {
			f.Pattern = pattern // the rest: a pattern can contain any character
			break
		}
		var token string
		token, tokens, _ = strings.Cut(tokens, ";")
		f.set(token)
	}
	return f
}

func (f *Facet) set(token string) {
	switch {
	case token == "required":
		f.Required = true
	case token == "open":
		f.Open = true
	case token == "quiet":
		f.Quiet = true
	case strings.HasPrefix(token, "="):
		f.Enum = strings.Split(token[1:], "|")
	case strings.HasPrefix(token, ">="):
		f.Minimum = token[2:]
	case strings.HasPrefix(token, "<="):
		f.Maximum = token[2:]
	case strings.HasPrefix(token, "len>="):
		f.MinLength = token[5:]
	case strings.HasPrefix(token, "len<="):
		f.MaxLength = token[5:]
	case strings.HasPrefix(token, "items>="):
		f.MinItems = token[7:]
	case strings.HasPrefix(token, "items<="):
		f.MaxItems = token[7:]
	}
}

// encode returns the inverse of decode, without the versions; the generator uses it.
func (f Facet) encode() string {
	var b strings.Builder
	b.WriteString(string(f.Kind))
	flag := func(on bool, name string) {
		if on {
			b.WriteString(";" + name)
		}
	}
	flag(f.Required, "required")
	flag(f.Open, "open")
	flag(f.Quiet, "quiet")
	flag(f.Minimum != "", ">="+f.Minimum)
	flag(f.Maximum != "", "<="+f.Maximum)
	flag(f.MinLength != "", "len>="+f.MinLength)
	flag(f.MaxLength != "", "len<="+f.MaxLength)
	flag(f.MinItems != "", "items>="+f.MinItems)
	flag(f.MaxItems != "", "items<="+f.MaxItems)
	flag(len(f.Enum) > 0, "="+strings.Join(f.Enum, "|"))
	flag(f.Pattern != "", "~"+f.Pattern)
	return b.String()
}

// String returns the facet as a span of a document.
func (f Facet) String() string {
	return strconv.Itoa(f.Since) + "-" + strconv.Itoa(f.Until) + ";" + f.encode()
}

// Same reports whether two facets are equal except for their versions.
func (f Facet) Same(o Facet) bool { return f.encode() == o.encode() }
