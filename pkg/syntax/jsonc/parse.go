package jsonc

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

const (
	// maxDepth is the deepest nesting of objects and arrays that is followed.
	// The service itself stops long before; real templates stay below 60.
	maxDepth = 1000
	// maxValues is how many values of a file are read: as many as fit into the 4
	// MB of the largest template that the service takes, and 20 times those of
	// the largest public one. Each takes some hundred bytes in all that is made of it.
	maxValues = 100_000
	// maxComments is how many comments of a file are read, and maxEscapes how many
	// escapes of its strings: each takes some bytes of memory, however short it
	// is.
	maxComments = 100_000
	maxEscapes  = 1_000_000
	// maxFindings bounds the list for a file that is not JSON at all.
	maxFindings = 1000
)

// Parse reads a file. It never fails: Root is what could be read, with an
// [Invalid] node where nothing could, and Diagnostics says what is wrong.
//
// Each mistake costs its own value only. Findings of severity error are what
// the engine refuses; what it takes though it is not JSON is info or warning.
// Strings of the tree may share memory with one copy of the text.
func Parse(f *source.File) *Tree { return parse(f, false) }

// ParseQuietly is Parse for a file that may hold secrets anywhere: no word of the
// text is in a message or in a fix. What would be quoted is an ellipsis.
func ParseQuietly(f *source.File) *Tree { return parse(f, true) }

func parse(f *source.File, quiet bool) *Tree {
	p := &parser{scanner: scanner{file: f}, tree: &Tree{File: f}, quiet: quiet}
	p.scanner.report = p.report
	p.size(f.Len())
	p.open()
	p.tree.Root = p.document()
	p.close()
	if quiet {
		for i := range p.tree.Diagnostics {
			d := &p.tree.Diagnostics[i]
			d.Fixes = slices.DeleteFunc(d.Fixes, quotes)
		}
	}
	return p.tree
}

// quotes reports a fix that writes more than punctuation.
func quotes(f diag.Fix) bool {
	return slices.ContainsFunc(f.Edits, func(e diag.Edit) bool { return strings.Trim(e.Text, ",:;{}[]\"") != "" })
}

// parser is one run over one file. Every method that parses starts at the
// current token and leaves the token after what it took as current.
type parser struct {
	scanner
	slabs
	tree  *Tree
	quiet bool           // quote nothing of the text
	nodes []Node         // elements of the arrays being read, innermost last
	pairs []*Member      // members of the objects being read, innermost last
	stack []int          // offsets of the open brackets, outermost first
	seen  map[string]int // scratch of checkKeys
	// past says that an unclosed bracket was already reported at the end of the file.
	past bool
	// deep says that the depth limit was already reported.
	deep   bool
	values int // read until now
	// escapes are those of all strings until now.
	escapes int
	// taken says that the comma after a value that was not closed is taken.
	taken      bool
	suspicions []suspicion
	// dialect counts what is not strict JSON, by kind.
	dialect [dialects]occurrence
}

// open checks the encoding and reads the first token.
func (p *parser) open() {
	p.text = p.file.Text()
	p.valid = utf8.ValidString(p.text)
	p.skipMark()
	if wide(p.text) != "" {
		return
	}
	if strings.Count(p.text, "\n")+strings.Count(p.text, "\r") > source.MaxLines {
		p.errorf(Limit, p.at(p.pos, p.pos), "this file has more than %d lines; it is not read", source.MaxLines)
		p.pos, p.past = len(p.text), true
	}
	p.next()
}

// close reports what is reported once for the whole file.
func (p *parser) close() {
	p.tree.Comments = p.comments
	p.suspect()
	p.reportDialect()
	if len(p.tree.Diagnostics) > 1 {
		p.tree.Diagnostics.Sort()
	}
}

// document reads the root value and judges what follows it.
func (p *parser) document() Node {
	if name := wide(p.text); name != "" {
		return p.refuseWide(name)
	}
	if p.tok.kind == tokenEOF && p.past {
		return p.invalid(p.tok.start, p.tok.start) // a limit was reached before the first value
	}
	if p.tok.kind == tokenEOF {
		p.errorf(syntax, p.at(p.tok.start, p.tok.end), "the file is empty; a JSON value is expected")
		return p.invalid(p.tok.start, p.tok.start)
	}
	for p.tok.kind == tokenCloseBrace || p.tok.kind == tokenCloseBracket || p.tok.kind == tokenComma || p.tok.kind == tokenColon {
		p.errorf(syntax, p.tokAt(), "unexpected %s before the document", p.tok.describe(p.text))
		p.next()
		if p.tok.kind == tokenEOF {
			return p.invalid(p.tok.start, p.tok.start)
		}
	}
	root := p.value()
	for p.tok.kind != tokenEOF {
		o, ok := root.(*Object)
		if !ok || !p.resume(o) {
			p.errorf(Trailing, p.at(p.tok.start, p.contentEnd()), "unexpected %s after the end of the document", p.tok.describe(p.text))
			break
		}
	}
	p.drain()
	return root
}

// resume goes on with the members of the root when one bracket too many
// closed it before its time, and reports that bracket. It is false when what
// follows does not look like more members.
func (p *parser) resume(root *Object) bool {
	if p.tok.kind != tokenComma && !p.atKey() && p.tok.kind != tokenCloseBrace {
		return false
	}
	closer := p.at(root.At.End-1, root.At.End)
	if p.tok.kind == tokenCloseBrace {
		p.errorf(Trailing, p.tokAt(), "unexpected %s; every bracket is already closed", p.tok.describe(p.text))
		p.next()
		return true
	}
	d := p.errorf(Trailing, p.tokAt(), "unexpected %s after the end of the document", p.tok.describe(p.text))
	if d != nil {
		d.Detail = "The document was closed too early; an earlier closing bracket is superfluous."
		d.Related = []diag.Related{{Range: closer, Message: "the document ends here"}}
		p.suspicions = append(p.suspicions, suspicion{finding: len(p.tree.Diagnostics) - 1, opener: root.At.Start, extra: true})
	}
	if p.tok.kind == tokenComma {
		p.next()
	}
	mark := len(p.pairs)
	p.stack = append(p.stack, root.At.Start)
	end := p.members(mark)
	p.stack = p.stack[:len(p.stack)-1]
	root.Members = append(root.Members[:len(root.Members):len(root.Members)], p.takeMembers(mark)...)
	root.At.End = max(root.At.End, end)
	p.checkKeys(root.Members)
	return true
}

// drain reads to the end, so that every comment is kept.
func (p *parser) drain() {
	for p.tok.kind != tokenEOF {
		p.next()
	}
}

// contentEnd is the end of the last line that holds more than blanks.
func (p *parser) contentEnd() int {
	end := len(p.text)
	for end > p.tok.end && isBlank(p.text[end-1]) {
		end--
	}
	return end
}

// value reads one value. At a token that begins none it reports, takes
// nothing and returns an empty Invalid.
func (p *parser) value() Node {
	if p.values++; p.values > maxValues {
		return p.tooMany()
	}
	switch t := p.tok; t.kind {
	case tokenOpenBrace:
		return p.nested(p.object)
	case tokenOpenBracket:
		return p.nested(p.array)
	case tokenString:
		p.next()
		return p.str(t)
	case tokenWord:
		p.next()
		return p.word(t)
	default:
		p.errorf(syntax, p.tokAt(), "%s where a value was expected", p.tok.describe(p.text))
		return p.invalid(t.start, t.start)
	}
}

// nested reads an object or array if the depth allows it.
func (p *parser) nested(read func() Node) Node {
	if len(p.stack) >= maxDepth {
		return p.tooDeep()
	}
	p.stack = append(p.stack, p.tok.start)
	n := read()
	p.stack = p.stack[:len(p.stack)-1]
	return n
}

// tooMany leaves the rest of the file unread.
func (p *parser) tooMany() Node {
	start := p.tok.start
	p.errorf(Limit, p.tokAt(), "this file has more than %d values; the rest is not read", maxValues)
	p.pos, p.past = len(p.text), true
	p.next()
	return p.invalid(start, start)
}

// tooDeep passes over one value without building anything.
func (p *parser) tooDeep() Node {
	start, end := p.tok.start, p.tok.end
	if !p.deep {
		p.deep = true
		p.errorf(Limit, p.tokAt(), "nested deeper than %d levels; the rest of this value is not read", maxDepth)
	}
	for depth := 0; p.tok.kind != tokenEOF; p.next() {
		switch p.tok.kind {
		case tokenOpenBrace, tokenOpenBracket:
			depth++
		case tokenCloseBrace, tokenCloseBracket:
			depth--
		}
		end = p.tok.end
		if depth == 0 {
			p.next()
			break
		}
	}
	return p.invalid(start, end)
}

// at is a range of the file.
func (p *parser) at(start, end int) source.Range {
	return source.Range{File: p.file, Start: start, End: end}
}

// tokAt is the range of the current token.
func (p *parser) tokAt() source.Range { return p.at(p.tok.start, p.tok.end) }

// report takes the findings of the scanner.
func (p *parser) report(c diag.Kind, start, end int, format string, args ...any) {
	p.errorf(c, p.at(start, end), format, args...)
	p.past = p.past || c.Code == Limit.Code // the scanner reads no further
}

// errorf adds a finding, with the severity of its code. It returns nil when
// the list is full; else the finding, valid until the next one.
func (p *parser) errorf(c diag.Kind, at source.Range, format string, args ...any) *diag.Diagnostic {
	list := &p.tree.Diagnostics
	switch {
	case len(*list) > maxFindings:
		return nil
	case len(*list) == maxFindings:
		c, format, args = Limit, "this file has more than %d findings; the rest are not listed", []any{maxFindings}
	}
	if p.quiet {
		args = slices.Clone(args)
		for i, a := range args {
			switch a.(type) {
			case string, []byte, int64:
				args[i] = "\u2026"
			case rune, byte:
				args[i] = '\u2026'
			}
		}
	}
	*list = append(*list, diag.Diagnostic{
		Code: c.Code, Rule: c.Name, Severity: c.Severity, Subject: at, Summary: fmt.Sprintf(format, args...),
	})
	return &(*list)[len(*list)-1]
}
