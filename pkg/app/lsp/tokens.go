package lsp

import (
	"context"
	"slices"
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
	Data []int `json:"data"`
}

type token struct {
	at   source.Range
	kind int
}

// mostTokens bounds the tokens of one answer.
const mostTokens = 50_000

// semanticTokens tells what the parts of the expressions in strings are.
func (s *server) semanticTokens(_ context.Context, p tokenParams) (any, error) {
	out := semanticTokens{Data: []int{}}
	c, ok := s.at(positionParams{TextDocument: p.TextDocument})
	if !ok || c.template() == nil {
		return out, nil
	}
	var all []token
	add := func(n *jsonc.String) {
		if expr.IsExpression(n.Value) && (p.Range == nil || touches(rangeOf(n.At), *p.Range)) {
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
		start, length := r.Start.Character, r.End.Character-r.Start.Character
		if s.client.utf8 {
			start, length = r.Start.bytes, r.End.bytes-r.Start.bytes
		}
		if r.Start.Line != before.Line {
			before.Character = 0
		}
		out.Data = append(out.Data, r.Start.Line-before.Line, start-before.Character, length, t.kind, 0)
		before = position{Line: r.Start.Line, Character: start}
	}
	return out, nil
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
