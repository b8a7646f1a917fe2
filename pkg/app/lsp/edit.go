package lsp

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// actions are the fixes of the findings in a range. A fix that needs a choice
// is offered too: here a person chooses.
func (s *server) actions(p actionParams) []codeAction {
	all := []codeAction{}
	name := pathOf(p.TextDocument.URI)
	c := s.last(name)
	for _, d := range c.findings {
		if d.Subject.File == nil || clean(d.Subject.File.Path()) != name || !touches(rangeOf(d.Subject), p.Range) {
			continue
		}
		for i, f := range d.Fixes {
			all = append(all, codeAction{
				Title: c.secrets.Redact(f.Message), Kind: "quickfix", IsPreferred: i == 0 && !f.Choice,
				Diagnostics: []diagnostic{s.diagnostic(d, c.secrets)}, Edit: s.workspaceEdit(f.Edits),
			})
		}
	}
	return all
}

func touches(a, b textRange) bool {
	before := func(x, y position) bool {
		return x.Line < y.Line || x.Line == y.Line && x.Character < y.Character
	}
	return !before(a.End, b.Start) && !before(b.End, a.Start)
}

func (s *server) workspaceEdit(edits []diag.Edit) workspaceEdit {
	w := workspaceEdit{Changes: map[string][]textEdit{}}
	for _, e := range edits {
		uri := s.files.uriOf(e.Range.File.Path())
		w.Changes[uri] = append(w.Changes[uri], textEdit{rangeOf(e.Range), e.Text})
	}
	return w
}

// format lays the whole document out. A document with an error is left alone.
func (s *server) format(p formatParams) []textEdit {
	name := pathOf(p.TextDocument.URI)
	doc, ok := s.files.document(name)
	if !ok {
		return []textEdit{}
	}
	tree := jsonc.Parse(source.NewFile(name, []byte(doc.text)))
	if tree.Diagnostics.HasErrors() {
		return []textEdit{}
	}
	options := jsonc.Options{Indent: strings.Repeat(" ", min(max(p.Options.TabSize, 1), 8))}
	if !p.Options.InsertSpaces {
		options.Indent = "\t"
	}
	text := string(jsonc.Format(tree, options))
	if text == doc.text {
		return []textEdit{}
	}
	return []textEdit{{rangeOf(tree.File.Range(0, tree.File.Len())), text}}
}

// symbols are the outline: parameters, variables, resources, outputs.
func (s *server) symbols(p openParams) []symbol {
	c, ok := s.at(positionParams{TextDocument: p.TextDocument})
	if !ok {
		return []symbol{}
	}
	t := c.template()
	if t == nil {
		return []symbol{}
	}
	all := []symbol{}
	for _, m := range t.Node.Members {
		section := symbol{Name: m.Key.Value, Kind: symbolNamespace, Range: rangeOf(m.Range()), SelectionRange: rangeOf(m.Key.At)}
		switch strings.ToLower(m.Key.Value) {
		case "parameters", "variables", "outputs", "functions":
			section.Children = memberSymbols(m.Value)
		case "resources":
			section.Children = resourceSymbols(t.Resources)
		}
		all = append(all, section)
	}
	return all
}

// mostSymbols are those of one list that an outline shows: more than the service
// takes of anything, and nobody looks for one among so many.
const mostSymbols = 2000

func memberSymbols(n jsonc.Node) []symbol {
	o, ok := n.(*jsonc.Object)
	if !ok {
		return nil
	}
	var all []symbol
	for _, m := range o.Members[:min(len(o.Members), mostSymbols)] {
		all = append(all, symbol{Name: orUnnamed(m.Key.Value), Kind: symbolVariable, Range: rangeOf(m.Range()), SelectionRange: rangeOf(m.Key.At)})
	}
	return all
}

func resourceSymbols(resources []*arm.Resource) []symbol {
	var all []symbol
	for _, r := range resources[:min(len(resources), mostSymbols)] {
		name := ""
		if n, ok := r.Name.(*jsonc.String); ok {
			name = n.Value
		}
		all = append(all, symbol{
			Name: orUnnamed(r.Type), Detail: name, Kind: symbolObject,
			Range: rangeOf(r.Node.At), SelectionRange: rangeOf(r.Node.At), Children: resourceSymbols(r.Children),
		})
	}
	return all
}

// orUnnamed: the protocol forbids empty names.
func orUnnamed(name string) string {
	if strings.TrimSpace(name) == "" {
		return "(unnamed)"
	}
	return name
}
