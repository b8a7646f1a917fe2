package jsonc

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A Node is one of *Object, *Array, *String, *Number, *Bool, *Null, *Invalid.
type Node interface {
	// Range is the exact text of the node, quotes and brackets included.
	Range() source.Range
	node()
}

// An Object is a list of members in the order in which they are written,
// duplicates included.
type Object struct {
	Members []*Member
	At      source.Range
}

// A Member is one key and its value.
type Member struct {
	Key   *String
	Value Node // never nil
}

// Range is the text from the key to the end of the value.
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

// A String is decoded text.
type String struct {
	Value string
	At    source.Range

	stands standing    // how the text stands in the file, when it does so as it is
	kept   *source.Map // of a text with escapes
}

// Map leads from offsets in Value to the file; nowhere for a string that no
// file holds.
func (n *String) Map() source.Map {
	if n.kept != nil {
		return *n.kept
	}
	from := n.At.Start
	switch n.stands {
	case nowhere:
		return source.Map{}
	case quoted:
		from++
	}
	return source.NewMap(n.At.File, from).Map(len(n.Value), from+len(n.Value))
}

// A standing is how the text of a string stands at its place in the file.
type standing uint8

const (
	nowhere standing = iota
	quoted           // after a quote
	bare             // at once: a word
)

// A Number keeps its text, so that nothing of it is lost.
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

// Invalid stands where no value could be read; a diagnostic says why.
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

// Get returns the last member with the name, compared case-insensitively, or nil.
// A nil object, such as that of a broken declaration, has no members.
func (n *Object) Get(name string) *Member {
	if n == nil {
		return nil
	}
	for i := len(n.Members) - 1; i >= 0; i-- {
		if strings.EqualFold(n.Members[i].Key.Value, name) {
			return n.Members[i]
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
	// Diagnostics are the mistakes of the text, in order. With an error
	// among them, the tree is what could be read all the same.
	Diagnostics diag.List
}

// Text returns the text of the member called name, in any case; ok is false when
// there is none, or when it is not a string.
func (o *Object) Text(name string) (text string, ok bool) {
	if m := o.Get(name); m != nil {
		if s, ok := m.Value.(*String); ok {
			return s.Value, true
		}
	}
	return "", false
}

// KindName names the JSON type of a node, with its article: "an object".
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
