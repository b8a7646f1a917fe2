package lsp

import (
	"context"
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

type formattingOptions struct {
	TabSize      int  `json:"tabSize"`
	InsertSpaces bool `json:"insertSpaces"`
}

func (o formattingOptions) indent() string {
	if !o.InsertSpaces {
		return "\t"
	}
	return strings.Repeat(" ", min(max(o.TabSize, 1), 8))
}

type formatRangeParams struct {
	TextDocument document          `json:"textDocument"`
	Range        textRange         `json:"range"`
	Options      formattingOptions `json:"options"`
}

// formatRange lays out the lines of a range as formatting the whole document
// would, and changes nothing else.
func (s *server) formatRange(_ context.Context, p formatRangeParams) (any, error) {
	doc, ok := s.files.document(pathOf(p.TextDocument.URI))
	if !ok {
		return []textEdit{}, nil
	}
	start := offsetOf(doc.text, p.Range.Start)
	start = strings.LastIndexByte(doc.text[:start], '\n') + 1
	end := max(start, offsetOf(doc.text, p.Range.End))
	return layout(doc.text, p.Options, start, end), nil
}

// layout returns the edits of formatting that lie in a part of a text. A text
// with errors is left alone.
func layout(text string, o formattingOptions, start, end int) []textEdit {
	all := []textEdit{}
	file := source.NewFile("", []byte(text))
	tree := jsonc.Parse(file)
	if tree.Diagnostics.HasErrors() {
		return all
	}
	for _, c := range whitespaceChanges(text, string(jsonc.Format(tree, jsonc.Options{Indent: o.indent()}))) {
		if c.start >= start && c.end <= end {
			all = append(all, textEdit{rangeOf(file.Range(c.start, c.end)), c.text})
		}
	}
	return all
}

type change struct {
	start, end int
	text       string
}

// whitespaceChanges turns a text into its formatted form, which differs from it
// in white space and in commas that precede nothing; nil when more differs.
func whitespaceChanges(before, after string) []change {
	var all []change
	i, j := 0, 0
	for {
		k, l := spaceEnd(before, i), spaceEnd(after, j)
		if before[i:k] != after[j:l] {
			all = append(all, change{i, k, after[j:l]})
		}
		i, j = k, l
		switch {
		case i == len(before) && j == len(after):
			return all
		case i < len(before) && j < len(after) && before[i] == after[j]:
			i, j = i+1, j+1
		case i < len(before) && before[i] == ',':
			// The white space around the comma becomes one.
			if n := len(all); n > 0 && all[n-1].end == i {
				j -= len(all[n-1].text)
				all = all[:n-1]
			}
			from := i
			for from > 0 && isSpace(before[from-1]) {
				from--
			}
			j = spaceStart(after, j)
			k, l := spaceEnd(before, i+1), spaceEnd(after, j)
			all = append(all, change{from, k, after[j:l]})
			i, j = k, l
		default:
			return nil
		}
	}
}

func isSpace(b byte) bool { return b == ' ' || b == '\t' || b == '\r' || b == '\n' }

func spaceEnd(text string, i int) int {
	for i < len(text) && isSpace(text[i]) {
		i++
	}
	return i
}

func spaceStart(text string, i int) int {
	for i > 0 && isSpace(text[i-1]) {
		i--
	}
	return i
}

type onTypeParams struct {
	positionParams
	Character string            `json:"ch"`
	Options   formattingOptions `json:"options"`
}

// formatOnType indents a new line, and lays out an object or array once its
// closing bracket is typed.
func (s *server) formatOnType(_ context.Context, p onTypeParams) (any, error) {
	c, ok := s.at(p.positionParams)
	if !ok {
		return []textEdit{}, nil
	}
	text := c.tree.File.Text()
	if p.Character == "\n" {
		return c.indentLine(p.Options.indent()), nil
	}
	var closed source.Range
	jsonc.Walk(c.tree.Root, func(n jsonc.Node) bool {
		switch n.(type) {
		case *jsonc.Object, *jsonc.Array:
			if r := n.Range(); r.End == c.offset {
				closed = r
			}
		}
		return true
	})
	if closed.IsZero() {
		return []textEdit{}, nil
	}
	return layout(text, p.Options, strings.LastIndexByte(text[:closed.Start], '\n')+1, closed.End), nil
}

// indentLine indents the line of the cursor by the objects and arrays around it.
func (c cursor) indentLine(indent string) []textEdit {
	text := c.tree.File.Text()
	start := strings.LastIndexByte(text[:c.offset], '\n') + 1
	end := start
	for end < len(text) && (text[end] == ' ' || text[end] == '\t') {
		end++
	}
	depth, inText := 0, false
	jsonc.Walk(c.tree.Root, func(n jsonc.Node) bool {
		r := n.Range()
		if r.Start >= start || end > r.End {
			return false
		}
		switch n.(type) {
		case *jsonc.Object, *jsonc.Array:
			if end < r.End-1 || end == r.End-1 && !closes(text, end) {
				depth++
			}
		case *jsonc.String:
			inText = true
		}
		return true
	})
	for _, comment := range c.tree.Comments {
		inText = inText || comment.At.Start < start && end < comment.At.End
	}
	want := strings.Repeat(indent, depth)
	if inText || text[start:end] == want {
		return []textEdit{}
	}
	return []textEdit{{rangeOf(c.tree.File.Range(start, end)), want}}
}

func closes(text string, at int) bool {
	return at < len(text) && (text[at] == '}' || text[at] == ']')
}
