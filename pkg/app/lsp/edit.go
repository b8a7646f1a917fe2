package lsp

import (
	"cmp"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// actions returns what can be done at a range: the fixes of its findings, also those
// that need a choice, since here a person chooses; suppressing them; and changes of
// how the document is written.
func (s *server) actions(p actionParams) []codeAction {
	all := []codeAction{}
	name := pathOf(p.TextDocument.URI)
	c := s.last(name)
	var suppressions []codeAction
	for _, d := range c.findings {
		if !p.wants(actionFix) || d.Suppressed != nil || d.Subject.File == nil || clean(d.Subject.File.Path()) != name || !touches(rangeOf(d.Subject), p.Range) {
			continue
		}
		for i, f := range d.Fixes {
			all = append(all, codeAction{
				Title: c.secrets.Redact(f.Message), Kind: actionFix, IsPreferred: i == 0 && !f.Choice,
				Diagnostics: []diagnostic{s.diagnostic(d, c.secrets)}, Edit: s.workspaceEdit(f.Edits),
			})
		}
		if a, ok := s.suppress(d, c); ok && len(suppressions) < mostSuppressions {
			suppressions = append(suppressions, a)
		}
	}
	all = append(all, suppressions...)
	if p.wants(actionFixAll) {
		all = append(all, s.fixAll(name, c, len(p.Context.Only) > 0)...)
	}
	return append(all, s.refactorings(p)...)
}

// mostSuppressions bounds the suppressions that are offered at once.
const mostSuppressions = 20

func touches(a, b textRange) bool {
	before := func(x, y position) bool {
		return x.Line < y.Line || x.Line == y.Line && x.Character < y.Character
	}
	return !before(a.End, b.Start) && !before(b.End, a.Start)
}

// workspaceEdit returns edits for the editor, in the order of the text. Insertions at
// one place are one: not all editors make them in their order.
func (s *server) workspaceEdit(edits []diag.Edit) workspaceEdit {
	w := workspaceEdit{Changes: map[string][]textEdit{}}
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b diag.Edit) int {
		return cmp.Or(strings.Compare(a.Range.File.Path(), b.Range.File.Path()), a.Range.Start-b.Range.Start)
	})
	for i, e := range edits {
		uri := s.files.uriOf(e.Range.File.Path())
		if i > 0 && e.Range == edits[i-1].Range && e.Range.Start == e.Range.End {
			all := w.Changes[uri]
			all[len(all)-1].NewText += e.Text
			continue
		}
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
	tree := s.parse(name, doc.text).tree
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

// symbols returns the outline: parameters, variables, resources, outputs.
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

// mostSymbols are those of one list that an outline shows: more than Azure
// accepts of anything; a longer list would be unreadable.
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
