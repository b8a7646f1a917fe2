package lsp

import (
	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/symbols"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A parsed is an open document as it is now. What follows from its text is
// computed once, for all requests until the text changes. Only the worker uses
// it.
type parsed struct {
	tree  *jsonc.Tree
	typed *arm.Template
	index *symbols.Index
}

// parse returns an open document with its text. It shares the tree and the
// template of the last check of the same text, because those of a large template
// are the greater part of what a session holds.
func (s *server) parse(name, text string) *parsed {
	if p := s.parsed; p != nil && p.is(name, text) {
		return p
	}
	p := &parsed{}
	if t := s.last(name).template; t != nil {
		p.tree, p.typed = t.Tree, t.ARM
	}
	if !p.is(name, text) {
		p = &parsed{tree: jsonc.Parse(source.NewFile(name, []byte(text)))}
	}
	s.parsed = p
	return p
}

func (p *parsed) is(name, text string) bool {
	return p.tree != nil && p.tree.File.Path() == name && p.tree.File.Text() == text
}

// template returns the typed template; nil if there is no document, or if it is
// something else.
func (p *parsed) template() *arm.Template {
	if p == nil {
		return nil
	}
	if p.typed == nil && arm.IsTemplate(p.tree) {
		p.typed = arm.ParseTemplate(p.tree)
	}
	return p.typed
}

// symbols returns the names of the template.
func (p *parsed) symbols() *symbols.Index {
	if p.index == nil {
		p.index = symbols.Of(p.template())
	}
	return p.index
}
