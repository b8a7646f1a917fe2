package lsp

import (
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// A cursor is what an open document has at one position.
type cursor struct {
	name string
	*parsed
	offset  int
	pointer string
	node    jsonc.Node // nil outside of the root
	checked checked
}

// at finds what the document has at a position; ok is false when the document is not open.
func (s *server) at(p positionParams) (cursor, bool) {
	name := pathOf(p.TextDocument.URI)
	doc, ok := s.files.document(name)
	if !ok {
		return cursor{}, false
	}
	c := cursor{name: name, parsed: s.parse(name, doc.text), offset: offsetOf(doc.text, p.Position), checked: s.last(name)}
	c.pointer, c.node = c.tree.PointerAt(c.offset)
	return c, true
}

// text returns the string literal under the cursor.
func (c cursor) text() (*jsonc.String, bool) {
	n, ok := c.node.(*jsonc.String)
	return n, ok
}

// before returns the decoded text of the literal up to the cursor.
func (c cursor) before(n *jsonc.String) string {
	for i := len(n.Value); i > 0; i-- {
		if n.Map().Offset(i) <= c.offset {
			return n.Value[:i]
		}
	}
	return ""
}

// calls returns the calls around the cursor in an expression, innermost first.
func (c cursor) calls(n *jsonc.String) []*expr.Call {
	if !expr.IsExpression(n.Value) {
		return nil
	}
	root, _ := expr.Parse(n.Value, n.Map())
	var around []*expr.Call
	expr.Walk(root, func(e expr.Node) bool {
		r := e.Range()
		if call, ok := e.(*expr.Call); ok && r.Start <= c.offset && c.offset <= r.End {
			around = append([]*expr.Call{call}, around...)
		}
		return true
	})
	return around
}
