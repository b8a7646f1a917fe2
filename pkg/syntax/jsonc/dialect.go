package jsonc

import (
	"fmt"

	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// dialectKind is a kind of syntax that the deployment service accepts and RFC
// 8259 does not. Each is reported once in a file, at its first place: a file in
// single quotes has thousands.
type dialectKind int

const (
	dialectQuote dialectKind = iota
	dialectBareKey
	dialectComma
	dialectNumber
	dialectNaN
	dialectEscape
	dialectSurrogate
	dialectControl
	dialectLines
	dialects
)

var dialectText = [dialects]string{
	dialectQuote:     "string in single quotes; JSON requires double quotes",
	dialectBareKey:   "property name without quotes",
	dialectComma:     "comma after the last value",
	dialectNumber:    "number in a form that JSON does not have",
	dialectNaN:       "number that JSON does not have, read as a string",
	dialectEscape:    `escape \', JSON does not have it`,
	dialectSurrogate: "half of a surrogate pair, read as U+FFFD",
	dialectControl:   "control character in a string",
	dialectLines:     "string over several lines",
}

type occurrence struct{ count, start, end int }

// noteDialect counts one occurrence and records the range of the first.
func (p *parser) noteDialect(k dialectKind, start, end int) {
	o := &p.dialect[k]
	if o.count == 0 {
		o.start, o.end = start, end
	}
	o.count++
}

// trailingComma notes the comma before the current closing bracket, if there is
// one.
func (p *parser) trailingComma() {
	if p.text[p.prevEnd-1] != ',' {
		return // garbage was skipped
	}
	p.noteDialect(dialectComma, p.prevEnd-1, p.prevEnd)
}

// reportDialect reports a finding for each kind that was counted.
func (p *parser) reportDialect() {
	for k, o := range p.dialect {
		if o.count == 0 {
			continue
		}
		code := Dialect
		if dialectKind(k) == dialectLines {
			code = multiLine
		}
		d := p.errorf(code, p.at(o.start, o.end), dialectText[k])
		if d != nil && o.count > 1 {
			d.Detail = fmt.Sprintf("The first of %d in this file.", o.count)
		}
	}
	if p.blank >= 0 {
		n := blankLen(p.text[p.blank:])
		p.errorf(Dialect, p.at(p.blank, p.blank+n), "white space %s is not allowed in JSON", words(fmt.Sprintf("%U", []rune(p.text[p.blank : p.blank+n])[0])))
	}
	p.reportEncoding()
}

// fixReplace attaches a fix to a finding that replaces a range.
func (p *parser) fixReplace(d *diag.Diagnostic, at source.Range, text string) {
	if d != nil {
		d.Fixes = []diag.Fix{{Message: "write " + text, Edits: []diag.Edit{{Range: at, Text: text}}}}
	}
}

// fewKeys is the size of an object up to which its keys are compared pairwise.
const fewKeys = 12

// checkKeys reports members with the same name.
func (p *parser) checkKeys(members []*Member) {
	if len(members) <= fewKeys {
		for i, m := range members {
			for _, earlier := range members[:i] {
				if fold.Equal(earlier.Key.Value, m.Key.Value) {
					p.duplicate(earlier, m)
					break
				}
			}
		}
		return
	}
	if p.seen == nil {
		p.seen = make(map[string]int, len(members))
	}
	clear(p.seen)
	for i, m := range members {
		name := fold.Lower(m.Key.Value)
		if j, ok := p.seen[name]; ok {
			p.duplicate(members[j], m)
			continue
		}
		p.seen[name] = i
	}
}

// duplicate reports the second of two members with the same name.
func (p *parser) duplicate(first, second *Member) {
	var d *diag.Diagnostic
	if first.Key.Value == second.Key.Value {
		d = p.errorf(DuplicateKey, second.Key.At, "property '%s' is defined twice; the last one counts", excerpt(second.Key.Value))
		if d != nil {
			d.Many = diag.Many{Format: "%d properties are defined twice; the last one counts: %s", Name: excerpt(second.Key.Value)}
		}
	} else {
		d = p.errorf(SimilarKeys, second.Key.At, "property '%s' differs from '%s' in case only", excerpt(second.Key.Value), excerpt(first.Key.Value))
	}
	if d != nil {
		d.Related = []diag.Related{{Range: first.Key.At, Message: "the first one"}}
	}
}
