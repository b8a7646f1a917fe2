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
	// maxDepth limits the nesting of objects and arrays. The deployment service
	// stops long before; real templates stay below 60.
	maxDepth = 1000
	// maxValues limits the values of a file: as many as fit into the 4 MB of
	// the largest template that Azure accepts, and 20 times those of the
	// largest public one. Each costs some hundred bytes in total.
	maxValues = 100_000
	// maxComments limits the comments of a file, and maxEscapes the escapes in
	// its strings: each costs some bytes of memory, however short it is.
	maxComments = 100_000
	maxEscapes  = 1_000_000
	// maxFindings limits the list for a file that is not JSON at all.
	maxFindings = 1000
)

// Parse parses a file. It never fails: Root is what could be read, with an
// [Invalid] node where a value could not be read, and Diagnostics has the
// findings.
//
// A mistake invalidates only the value it is in. Findings of severity error are
// what the deployment service rejects; what it accepts although it is not JSON
// is an info or a warning. Strings of the tree may share memory with one copy
// of the text.
func Parse(f *source.File) *Tree { return parse(f, false) }

// ParseQuietly is Parse for a file that may contain secrets anywhere: messages
// and fixes do not quote the text but show an ellipsis.
func ParseQuietly(f *source.File) *Tree { return parse(f, true) }

func parse(f *source.File, quiet bool) *Tree {
	p := &parser{scanner: scanner{file: f}, tree: &Tree{File: f}, quiet: quiet}
	p.scanner.report = p.report
	p.expect(f.Text())
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

// quotes reports whether a fix writes more than punctuation.
func quotes(f diag.Fix) bool {
	return slices.ContainsFunc(f.Edits, func(e diag.Edit) bool { return strings.Trim(e.Text, ",:;{}[]\"") != "" })
}

// parser is one run over one file. Every parsing method starts at the current
// token and ends with the current token after what it consumed.
type parser struct {
	scanner
	slabs
	tree  *Tree
	quiet bool           // do not quote the text
	nodes []Node         // elements of the arrays being read, innermost last
	pairs []*Member      // members of the objects being read, innermost last
	stack []int          // offsets of the open brackets, outermost first
	seen  map[string]int // scratch of checkKeys
	// past is set once an unclosed bracket was reported at the end of the file.
	past bool
	// deep is set once the depth limit was reported.
	deep   bool
	values int // number of values read so far
	// escapes is the number of escapes in all strings so far.
	escapes int
	// taken is set if the comma after an unclosed value is already consumed.
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

// close adds the findings that are reported once for the whole file.
func (p *parser) close() {
	p.tree.Comments = p.comments
	p.suspect()
	p.reportDialect()
	if len(p.tree.Diagnostics) > 1 {
		p.tree.Diagnostics.Sort()
	}
}

// document reads the root value and checks what follows it.
func (p *parser) document() Node {
	if name := wide(p.text); name != "" {
		return p.rejectWide(name)
	}
	if p.tok.kind == tokenEOF && p.past {
		return p.invalid(p.tok.start, p.tok.start) // a limit was reached before the first value
	}
	if p.tok.kind == tokenEOF {
		p.errorf(syntax, p.at(p.tok.start, p.tok.end), "the file is empty; a JSON value is expected")
		return p.invalid(p.tok.start, p.tok.start)
	}
	for p.tok.kind == tokenCloseBrace || p.tok.kind == tokenCloseBracket || p.tok.kind == tokenComma || p.tok.kind == tokenColon {
		p.errorf(syntax, p.tokAt(), "unexpected %s before the document", p.found())
		p.next()
		if p.tok.kind == tokenEOF {
			return p.invalid(p.tok.start, p.tok.start)
		}
	}
	root := p.value()
	for p.tok.kind != tokenEOF {
		o, ok := root.(*Object)
		if !ok || !p.resume(o) {
			p.errorf(Trailing, p.at(p.tok.start, p.contentEnd()), "unexpected %s after the end of the document", p.found())
			break
		}
	}
	p.drain()
	return root
}

// resume continues with the members of the root if a superfluous bracket closed
// it too early, and reports that bracket. It returns false if the text that
// follows does not look like more members.
func (p *parser) resume(root *Object) bool {
	if p.tok.kind != tokenComma && !p.atKey() && p.tok.kind != tokenCloseBrace {
		return false
	}
	closer := p.at(root.At.End-1, root.At.End)
	if p.tok.kind == tokenCloseBrace {
		p.errorf(Trailing, p.tokAt(), "unexpected %s; every bracket is already closed", p.found())
		p.next()
		return true
	}
	d := p.errorf(Trailing, p.tokAt(), "unexpected %s after the end of the document", p.found())
	if d != nil {
		d.Detail = "Remove an earlier closing bracket: the document ends too early."
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

// contentEnd returns the end of the last line that is not blank.
func (p *parser) contentEnd() int {
	end := len(p.text)
	for end > p.tok.end && isBlank(p.text[end-1]) {
		end--
	}
	return end
}

// value reads one value. At a token that cannot begin a value it adds a
// finding, consumes nothing and returns an empty Invalid.
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
		p.errorf(syntax, p.tokAt(), "%s where a value was expected", p.found())
		return p.invalid(t.start, t.start)
	}
}

// nested reads an object or array if the depth limit allows it.
func (p *parser) nested(read func() Node) Node {
	if len(p.stack) >= maxDepth {
		return p.tooDeep()
	}
	p.stack = append(p.stack, p.tok.start)
	n := read()
	p.stack = p.stack[:len(p.stack)-1]
	return n
}

// tooMany skips the rest of the file.
func (p *parser) tooMany() Node {
	start := p.tok.start
	p.errorf(Limit, p.tokAt(), "this file has more than %d values; the rest is not read", maxValues)
	p.pos, p.past = len(p.text), true
	p.next()
	return p.invalid(start, start)
}

// tooDeep skips one value without building anything.
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

// at returns a range of the file.
func (p *parser) at(start, end int) source.Range {
	return source.Range{File: p.file, Start: start, End: end}
}

// tokAt returns the range of the current token.
func (p *parser) tokAt() source.Range { return p.at(p.tok.start, p.tok.end) }

// report adds a finding of the scanner.
func (p *parser) report(c diag.Kind, start, end int, format string, args ...any) {
	p.errorf(c, p.at(start, end), format, args...)
	p.past = p.past || c.Code == Limit.Code // the scanner stops here
}

// words are a part of a message that quotes nothing, or only punctuation, so
// that every message may show it.
type words string

// found returns what the current token is, for a message and on one line.
func (p *parser) found() words {
	text := p.text[p.tok.start:p.tok.end]
	switch {
	case p.tok.kind == tokenEOF:
		return "end of the file"
	case p.tok.kind == tokenString && p.quiet:
		return "text in quotes"
	case p.tok.kind == tokenString:
		return words("string " + excerpt(text))
	case p.tok.kind == tokenWord && p.quiet:
		return "text"
	}
	return words("'" + excerpt(text) + "'")
}

// errorf adds a finding with the severity of its kind. It returns the finding,
// valid until the next call, or nil if the list is full.
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
			case string, int64:
				args[i] = words("\u2026")
			case rune:
				args[i] = '\u2026'
			}
		}
	}
	*list = append(*list, diag.Diagnostic{
		Code: c.Code, Rule: c.Name, Severity: c.Severity, Subject: at, Summary: fmt.Sprintf(format, args...),
	})
	return &(*list)[len(*list)-1]
}
