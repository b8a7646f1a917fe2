package expr

import "github.com/scaleset/scaleset/pkg/syntax/source"

// A Node is one of *String, *Int, *Call, *Property, *Index, *Invalid.
type Node interface {
	// Range returns the range in the file; the zero range if the expression was
	// not parsed from a file.
	Range() source.Range
	node()
}

// A String is a literal in single quotes. A quote inside is written as two, so
// that the literal
//
//	'it''s'
//
// has the decoded Value it's.
type String struct {
	Value string
	At    source.Range
}

// An Int is a signed integer literal. Text is as written, such as -7 or +5. The
// value may exceed 64 bits or be a fraction, which the deployment service
// rejects: the parser reports it and keeps the node.
type Int struct {
	Text string
	At   source.Range
}

// A Call is a function call: name(...) or namespace.name(...).
type Call struct {
	Namespace string // "" for built-in functions
	Name      string // as written
	NameAt    source.Range
	Args      []Node
	At        source.Range
}

// A Property is a property access: target.name.
type Property struct {
	Target Node
	Name   string
	NameAt source.Range
	At     source.Range
}

// An Index is an index access: target[key].
type Index struct {
	Target Node
	Key    Node
	At     source.Range
}

// Invalid takes the place of an expression that could not be read; a diagnostic
// says why.
type Invalid struct{ At source.Range }

// Range implements Node.
func (n *String) Range() source.Range { return n.At }

// Range implements Node.
func (n *Int) Range() source.Range { return n.At }

// Range implements Node.
func (n *Call) Range() source.Range { return n.At }

// Range implements Node.
func (n *Property) Range() source.Range { return n.At }

// Range implements Node.
func (n *Index) Range() source.Range { return n.At }

// Range implements Node.
func (n *Invalid) Range() source.Range { return n.At }

func (*String) node()   {}
func (*Int) node()      {}
func (*Call) node()     {}
func (*Property) node() {}
func (*Index) node()    {}
func (*Invalid) node()  {}

// FullName returns the name with its namespace, as written.
func (n *Call) FullName() string {
	if n.Namespace == "" {
		return n.Name
	}
	return n.Namespace + "." + n.Name
}
