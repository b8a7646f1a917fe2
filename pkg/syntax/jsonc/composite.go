package jsonc

import (
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// object reads an object; the current token is its opening brace.
func (p *parser) object() Node {
	n := p.objects.New()
	start, mark := p.tok.start, len(p.pairs)
	p.next()
	end := p.members(mark)
	n.Members = p.takeMembers(mark)
	n.At = p.at(start, end)
	p.checkKeys(n.Members)
	return n
}

// members reads members up to and including the closing brace, and returns the
// end of the object. The members are in p.pairs from mark.
func (p *parser) members(mark int) int {
	for comma := true; ; {
		switch p.tok.kind {
		case tokenCloseBrace:
			if comma && len(p.pairs) > mark {
				p.trailingComma()
			}
			p.next()
			return p.prevEnd
		case tokenString, tokenWord:
			if !comma && !p.missingComma() {
				comma = true
				continue
			}
			missing := p.member()
			comma = p.comma() || missing
		case tokenComma:
			p.errorf(syntax, p.tokAt(), "unexpected ',' where a property name was expected")
			p.next()
			comma = true
		case tokenColon:
			p.errorf(syntax, p.tokAt(), "unexpected ':' where a property name was expected")
			p.next()
			if p.startsValue() {
				p.value()
				comma = p.comma()
			}
		case tokenOpenBrace, tokenOpenBracket:
			if p.inArray(2) && comma {
				p.taken = true
				return p.unclosed("a property name")
			}
			p.errorf(syntax, p.tokAt(), "unexpected %s where %s was expected", p.found(), p.expected(comma))
			p.value()
			comma = p.comma()
		case tokenCloseBracket:
			if p.belongsToParent('[') {
				return p.unclosed("'}'")
			}
			closes := p.sameIndent()
			p.errorf(syntax, p.tokAt(), "']' where '}' was expected to close the object")
			p.next()
			if closes {
				return p.prevEnd
			}
			comma = p.comma()
		default:
			return p.unclosed("'}'")
		}
	}
}

// expected describes the tokens that are allowed at this place of an object.
func (p *parser) expected(comma bool) words {
	if comma {
		return "a property name"
	}
	return "',' or '}'"
}

// comma consumes a comma if there is one. It reports whether there was one or
// one was consumed with the value before.
func (p *parser) comma() bool {
	if p.taken {
		p.taken = false
		return true
	}
	if p.tok.kind != tokenComma {
		return false
	}
	p.next()
	return true
}

// member reads a key, its colon and its value; the current token is the key. It
// reports whether the value is missing, so that a missing comma is not reported
// too.
func (p *parser) member() (missing bool) {
	m := p.fields.New()
	key := p.tok
	p.next()
	m.Key = p.key(key)
	m.Value = p.memberValue(key)
	p.pairs = append(p.pairs, m)
	r := m.Value.Range()
	return r.Start == r.End
}

// memberValue reads the colon and the value of a key. If the value is missing
// it consumes no token of the next member.
func (p *parser) memberValue(key token) Node {
	equals := p.tok.kind == tokenWord && p.text[p.tok.start:p.tok.end] == "="
	if equals {
		d := p.errorf(syntax, p.tokAt(), "'=' where ':' was expected")
		p.fixReplace(d, p.tokAt(), ":")
	}
	if p.tok.kind != tokenColon && !equals {
		if !p.startsValue() || p.atKey() || p.onNextLine() {
			if !key.open { // otherwise the colon is part of the open string, which was reported
				p.errorf(syntax, p.at(key.start, key.end), "property %s has no value", excerpt(p.text[key.start:key.end]))
			}
			return p.invalid(key.end, key.end)
		}
		d := p.errorf(syntax, p.at(key.end, key.end), "':' is missing after property %s", excerpt(p.text[key.start:key.end]))
		p.fixInsert(d, key.end, ":")
		return p.value()
	}
	colon := p.tok.end
	p.next()
	if p.startsValue() && !p.atKey() {
		return p.value()
	}
	p.errorf(syntax, p.at(key.start, colon), "property %s has no value", excerpt(p.text[key.start:key.end]))
	return p.invalid(colon, colon)
}

// array reads an array; the current token is its opening bracket.
func (p *parser) array() Node {
	n := p.arrays.New()
	start, mark := p.tok.start, len(p.nodes)
	p.next()
	end := p.elements(mark)
	n.Elements = p.lists.Slice(p.nodes[mark:])
	p.nodes = p.nodes[:mark]
	n.At = p.at(start, end)
	return n
}

// elements reads elements up to and including the closing bracket, and returns
// the end of the array. The elements are in p.nodes from mark.
func (p *parser) elements(mark int) int {
	for comma := true; ; {
		switch p.tok.kind {
		case tokenCloseBracket:
			if comma && len(p.nodes) > mark {
				p.trailingComma()
			}
			p.next()
			return p.prevEnd
		case tokenComma:
			p.errorf(syntax, p.tokAt(), "unexpected ',' where a value was expected")
			p.nodes = append(p.nodes, p.invalid(p.tok.start, p.tok.start))
			p.next()
			comma = true
		case tokenCloseBrace:
			if p.belongsToParent('{') {
				return p.unclosed("']'")
			}
			closes := p.sameIndent()
			p.errorf(syntax, p.tokAt(), "'}' where ']' was expected to close the array")
			p.next()
			if closes {
				return p.prevEnd
			}
			comma = p.comma()
		case tokenColon:
			p.errorf(syntax, p.tokAt(), "unexpected ':' in an array, where ',' or ']' was expected")
			p.next()
			comma = true
		case tokenEOF:
			return p.unclosed("']'")
		default:
			if p.atKey() && p.inObject(2) && p.onNextLine() {
				p.taken = true
				return p.unclosed("']'")
			}
			if !comma && !p.missingComma() {
				comma = true
				continue
			}
			p.nodes = append(p.nodes, p.value())
			comma = p.comma()
		}
	}
}

// takeMembers copies the members from mark to memory of their own.
func (p *parser) takeMembers(mark int) []*Member {
	out := p.pointers.Slice(p.pairs[mark:])
	p.pairs = p.pairs[:mark]
	return out
}

// fixInsert attaches a fix to a finding that inserts a text.
func (p *parser) fixInsert(d *diag.Diagnostic, at int, text string) {
	if d != nil {
		d.Fixes = []diag.Fix{{
			Message: "insert '" + text + "'",
			Edits:   []diag.Edit{{Range: p.at(at, at), Text: text}},
		}}
	}
}
