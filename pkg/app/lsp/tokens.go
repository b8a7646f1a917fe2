package lsp

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// tokenTypes are the types of tokens; a token has the index of its type.
var tokenTypes = []string{"function", "parameter", "variable", "string", "number", "property"}

const (
	tokenFunction = iota
	tokenParameter
	tokenVariable
	tokenString
	tokenNumber
	tokenProperty
)

type tokenParams struct {
	TextDocument document   `json:"textDocument"`
	Range        *textRange `json:"range"`
}

type semanticTokens struct {
	ResultID string `json:"resultId,omitempty"`
	Data     []int  `json:"data"`
}

type tokenDeltaParams struct {
	TextDocument     document `json:"textDocument"`
	PreviousResultID string   `json:"previousResultId"`
}

type tokenDelta struct {
	ResultID string      `json:"resultId"`
	Edits    []tokenEdit `json:"edits"`
}

// A tokenEdit replaces numbers of the previous answer.
type tokenEdit struct {
	Start       int   `json:"start"`
	DeleteCount int   `json:"deleteCount"`
	Data        []int `json:"data,omitempty"`
}

type token struct {
	at   source.Range
	kind int
}

// mostTokens bounds the tokens of one answer.
const mostTokens = 50_000

// allTokens answers the tokens of a document, and keeps them for tokensSince.
func (s *server) allTokens(_ context.Context, p tokenParams) (any, error) {
	return s.remembered(pathOf(p.TextDocument.URI), s.tokensIn(p.TextDocument, nil)), nil
}

// tokensOf answers the tokens that touch a range.
func (s *server) tokensOf(_ context.Context, p tokenParams) (any, error) {
	return semanticTokens{Data: s.tokensIn(p.TextDocument, p.Range)}, nil
}

// tokensSince answers what has changed since an earlier answer; all tokens, if that
// was not the last one about the document.
func (s *server) tokensSince(_ context.Context, p tokenDeltaParams) (any, error) {
	name := pathOf(p.TextDocument.URI)
	before, known := s.tokens[name]
	now := s.remembered(name, s.tokensIn(p.TextDocument, nil))
	if !known || before.ResultID != p.PreviousResultID {
		return now, nil
	}
	delta := tokenDelta{ResultID: now.ResultID, Edits: []tokenEdit{}}
	old, data := before.Data, now.Data
	start, shorter := 0, min(len(old), len(data))
	for start < shorter && old[start] == data[start] {
		start++
	}
	end := 0
	for end < shorter-start && old[len(old)-1-end] == data[len(data)-1-end] {
		end++
	}
	if start < max(len(old), len(data)) {
		delta.Edits = append(delta.Edits, tokenEdit{start, len(old) - end - start, data[start : len(data)-end]})
	}
	return delta, nil
}

// remembered keeps the tokens of an open document under a new id.
func (s *server) remembered(name string, data []int) semanticTokens {
	s.answers++
	now := semanticTokens{strconv.Itoa(s.answers), data}
	if s.isOpen(name) {
		s.tokens[name] = now
	}
	return now
}

// tokensIn says what the parts of the expressions in strings are, as numbers: five
// for each token. Without a range, it is all of the document.
func (s *server) tokensIn(d document, within *textRange) []int {
	out := []int{}
	c, ok := s.at(positionParams{TextDocument: d})
	if !ok || c.template() == nil {
		return out
	}
	var all []token
	add := func(n *jsonc.String) {
		if expr.IsExpression(n.Value) && (within == nil || touches(rangeOf(n.At), *within)) {
			root, _ := expr.Parse(n.Value, n.Map())
			all = appendTokens(all, root)
		}
	}
	jsonc.Walk(c.tree.Root, func(n jsonc.Node) bool {
		switch n := n.(type) {
		case *jsonc.String:
			add(n)
		case *jsonc.Object:
			for _, m := range n.Members {
				add(m.Key)
			}
		}
		return len(all) < mostTokens
	})
	slices.SortStableFunc(all, func(a, b token) int { return a.at.Start - b.at.Start })
	before := position{}
	for _, t := range all[:min(len(all), mostTokens)] {
		r := rangeOf(t.at)
		if r.Start.Line != r.End.Line || t.at.IsZero() { // clients need not take a token of several lines
			continue
		}
		start := s.files.encoding.column(r.Start)
		length := s.files.encoding.column(r.End) - start
		if r.Start.Line != before.Line {
			before.Character = 0
		}
		out = append(out, r.Start.Line-before.Line, start-before.Character, length, t.kind, 0)
		before = position{Line: r.Start.Line, Character: start}
	}
	return out
}

func appendTokens(all []token, root expr.Node) []token {
	expr.Walk(root, func(n expr.Node) bool {
		switch n := n.(type) {
		case *expr.Call:
			all = append(all, token{n.NameAt, tokenFunction})
			kind := map[string]int{"parameters": tokenParameter, "variables": tokenVariable}
			if k, ok := kind[strings.ToLower(n.FullName())]; ok && len(n.Args) == 1 {
				if name, ok := n.Args[0].(*expr.String); ok {
					all = append(all, token{name.At, k})
					return false
				}
			}
		case *expr.String:
			all = append(all, token{n.At, tokenString})
		case *expr.Int:
			all = append(all, token{n.At, tokenNumber})
		case *expr.Property:
			all = append(all, token{n.NameAt, tokenProperty})
		}
		return len(all) < mostTokens
	})
	return all
}

func utf16Length(text string) int {
	n := 0
	for _, r := range text {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}
