package jsonc

import (
	"fmt"
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// The brackets alone cannot show which bracket is missing or superfluous: the
// error appears only later, often at the end of the file. The indentation of
// most templates can.

// farIndent is the column up to which indentation is read. It bounds the work
// for a text with very long lines.
const farIndent = 200

// indent returns the white space at the start of the line of an offset, and
// whether the offset is the first text on that line. Beyond farIndent it
// returns "".
func (p *parser) indent(offset int) (indent string, first bool) {
	from := max(0, offset-farIndent)
	start := from + strings.LastIndexAny(p.text[from:offset], "\r\n") + 1
	if start == from && from > 0 {
		return "", false
	}
	end := start
	for end < offset && (p.text[end] == ' ' || p.text[end] == '\t') {
		end++
	}
	return p.text[start:end], end == offset
}

// belongsToParent reports whether the current token, a closing bracket of the
// wrong kind, more likely closes an outer bracket of its kind than the
// innermost one: there is one, and the indentation does not contradict it.
func (p *parser) belongsToParent(opening byte) bool {
	for i := len(p.stack) - 2; i >= 0; i-- {
		if p.text[p.stack[i]] != opening {
			continue
		}
		outer, _ := p.indent(p.stack[i])
		inner, _ := p.indent(p.stack[len(p.stack)-1])
		return inner == outer || !p.sameIndent()
	}
	return false
}

// sameIndent reports whether the current token is the first of its line and has
// the indentation of the line of the innermost open bracket.
func (p *parser) sameIndent() bool {
	own, first := p.indent(p.tok.start)
	opener, _ := p.indent(p.stack[len(p.stack)-1])
	return first && own == opener
}

// A suspicion is a finding that can be refined when the whole file is read: the
// bracket at opener is not closed or, with extra, was closed too early.
type suspicion struct {
	finding, opener int
	extra           bool
}

// maxSuspicions limits how many findings are refined; each may need a walk over
// the tree.
const maxSuspicions = 8

// suspect moves findings about brackets to the bracket that the indentation
// shows to be wrong.
func (p *parser) suspect() {
	for _, s := range p.suspicions[:min(len(p.suspicions), maxSuspicions)] {
		n := p.misfit(enclosing(p.tree.Root, s.opener))
		if n == nil {
			continue
		}
		r := n.Range()
		opener, closer := p.at(r.Start, r.Start+1), p.at(r.End-1, r.End)
		d := &p.tree.Diagnostics[s.finding]
		switch {
		case s.extra:
			d.Related = []diag.Related{{Range: closer, Message: "by its indentation, this bracket may be superfluous"}}
		case r.Start != s.opener:
			d.Subject = opener
			d.Summary = fmt.Sprintf("'%c' is not closed", p.text[r.Start])
			d.Related = append(d.Related, diag.Related{Range: closer, Message: "by its indentation, this bracket closes something else"})
		}
	}
}

// enclosing returns the node that begins at offset, or the innermost node
// around it.
func enclosing(n Node, offset int) Node {
	for n.Range().Start != offset {
		_, inner := childAt(n, offset)
		if inner == nil {
			break
		}
		n = inner
	}
	return n
}

// misfit returns the first object or array, inner ones first, whose closing
// bracket begins a line with another indentation than the line of its opening
// bracket.
func (p *parser) misfit(n Node) Node {
	switch n := n.(type) {
	case *Object:
		for _, m := range n.Members {
			if found := p.misfit(m.Value); found != nil {
				return found
			}
		}
	case *Array:
		for _, e := range n.Elements {
			if found := p.misfit(e); found != nil {
				return found
			}
		}
	default:
		return nil
	}
	r := n.Range()
	own, first := p.indent(r.End - 1)
	opener, _ := p.indent(r.Start)
	if c := p.text[r.End-1]; first && own != opener && (c == '}' || c == ']') {
		return n
	}
	return nil
}
