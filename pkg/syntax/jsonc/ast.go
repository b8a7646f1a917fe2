package jsonc

import (
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A Node is one of *Object, *Array, *String, *Number, *Bool, *Null, *Invalid.
type Node interface {
	// Range returns the range of the node, quotes and brackets included.
	Range() source.Range
	node()
}

// An Object is a list of members in source order, duplicates included.
type Object struct {
	Members []*Member
	At      source.Range
}

// A Member is one key and its value.
type Member struct {
	Key   *String
	Value Node // never nil
}

// Range returns the range from the key to the end of the value.
func (m *Member) Range() source.Range {
	r := m.Key.At
	r.End = max(r.End, m.Value.Range().End)
	return r
}

// An Array is a list of values.
type Array struct {
	Elements []Node
	At       source.Range
}

// A String is a string with its escapes decoded.
type String struct {
	Value string
	At    source.Range

	// where maps Value to the file: nil for a string that is not in one, afterQuote or
	// unquoted for one without escapes, whose map is made on demand.
	where *source.Map
}

var (
	afterQuote = &quoted // Value starts one byte after At.Start
	unquoted   = &word   // Value starts at At.Start: a bare word

	quoted, word source.Map
)

// Map returns the map from offsets in Value to the file. It is the zero Map for
// a string that is not in a file.
func (n *String) Map() source.Map {
	from := n.At.Start
	switch n.where {
	case nil:
		return source.Map{}
	case afterQuote:
		from++
	case unquoted:
	default:
		return *n.where
	}
	return source.NewMap(n.At.File, from).Map(len(n.Value), from+len(n.Value))
}

// A Number keeps its text, so that no digit is lost.
type Number struct {
	Text string
	At   source.Range
}

// A Bool is true or false.
type Bool struct {
	Value bool
	At    source.Range
}

// A Null is null.
type Null struct{ At source.Range }

// Invalid takes the place of a value that could not be read; a diagnostic says
// why.
type Invalid struct{ At source.Range }

// Range implements Node.
func (n *Object) Range() source.Range { return n.At }

// Range implements Node.
func (n *Array) Range() source.Range { return n.At }

// Range implements Node.
func (n *String) Range() source.Range { return n.At }

// Range implements Node.
func (n *Number) Range() source.Range { return n.At }

// Range implements Node.
func (n *Bool) Range() source.Range { return n.At }

// Range implements Node.
func (n *Null) Range() source.Range { return n.At }

// Range implements Node.
func (n *Invalid) Range() source.Range { return n.At }

func (*Object) node()  {}
func (*Array) node()   {}
func (*String) node()  {}
func (*Number) node()  {}
func (*Bool) node()    {}
func (*Null) node()    {}
func (*Invalid) node() {}

// Get returns the last member with the name, ignoring case, or nil. A nil
// object, such as that of a broken declaration, has no members.
func (n *Object) Get(name string) *Member {
	if n == nil {
		return nil
	}
	first := fold.First(name)
	for i := len(n.Members) - 1; i >= 0; i-- {
		if m := n.Members[i]; fold.First(m.Key.Value) == first && fold.Equal(m.Key.Value, name) {
			return m
		}
	}
	return nil
}

// A Comment is one comment, delimiters included.
type Comment struct{ At source.Range }

// A Tree is the result of parsing one file. Root is never nil.
type Tree struct {
	File     *source.File
	Root     Node
	Comments []Comment
	// Diagnostics are the syntax findings, in source order. If one is an error,
	// the tree is what could be read.
	Diagnostics diag.List
}

// Text returns the text of the member called name, ignoring case. ok is false
// if there is no such member or its value is not a string.
func (o *Object) Text(name string) (text string, ok bool) {
	if m := o.Get(name); m != nil {
		if s, ok := m.Value.(*String); ok {
			return s.Value, true
		}
	}
	return "", false
}

// KindName returns the JSON type of a node with its article: "an object".
func KindName(n Node) string {
	switch n.(type) {
	case *Object:
		return "an object"
	case *Array:
		return "an array"
	case *String:
		return "a string"
	case *Number:
		return "a number"
	case *Bool:
		return "a boolean"
	case *Null:
		return "null"
	}
	return "unreadable"
}
