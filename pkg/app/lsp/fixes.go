package lsp

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// fixAll applies the first fix of each finding of a document that needs no choice,
// as far as they change different places of this document.
func (s *server) fixAll(name string, c checked, asked bool) []codeAction {
	var edits []diag.Edit
	fixed := 0
	overlaps := func(e diag.Edit) bool {
		for _, o := range edits {
			if e.Range.Start < o.Range.End && o.Range.Start < e.Range.End || e.Range.Start == o.Range.Start {
				return true
			}
		}
		return false
	}
findings:
	for _, d := range c.findings {
		if d.Suppressed != nil || len(d.Fixes) == 0 || d.Fixes[0].Choice {
			continue
		}
		for _, e := range d.Fixes[0].Edits {
			if e.Range.File == nil || clean(e.Range.File.Path()) != name || overlaps(e) {
				continue findings
			}
		}
		edits = append(edits, d.Fixes[0].Edits...)
		fixed++
	}
	if fixed == 0 || fixed == 1 && !asked {
		return nil
	}
	return []codeAction{{Title: "Fix all in this file", Kind: actionFixAll, Edit: s.workspaceEdit(edits)}}
}

// reason is what people replace by why they suppress a finding.
const reason = "TODO: give the reason"

// suppress writes a comment before the member or element that a finding is about.
func (s *server) suppress(d diag.Diagnostic, c checked) (codeAction, bool) {
	file := d.Subject.File
	_, line := file.Line(d.Subject.StartPosition().Line)
	text := line.Text()
	indent := text[:len(text)-len(strings.TrimLeft(text, " \t"))]
	end := "\n"
	if strings.HasSuffix(strings.TrimSuffix(text, "\n"), "\r") {
		end = "\r\n"
	}
	comment := "// scaleset:ignore " + string(d.Code) + " " + reason
	edit := diag.Edit{Range: file.Range(line.Start, line.Start), Text: indent + comment + end}
	if !startsUnit(file, line.Start+len(indent), d.Subject) {
		// At the end of a line it applies to what begins on it.
		at := line.Start + len(strings.TrimRight(text, "\r\n"))
		if strings.Contains(text, "//") {
			return codeAction{}, false
		}
		edit = diag.Edit{Range: file.Range(at, at), Text: " " + comment}
	}
	return codeAction{
		Title: "Suppress " + string(d.Code) + " here, with a reason", Kind: actionFix,
		Diagnostics: []diagnostic{s.diagnostic(d, c.secrets)}, Edit: s.workspaceEdit([]diag.Edit{edit}),
	}, true
}

// startsUnit reports whether a member or an element that begins at an offset
// holds a range.
func startsUnit(file *source.File, offset int, holds source.Range) bool {
	found := false
	tree := jsonc.Parse(file)
	begins := func(r source.Range) {
		found = found || r.Start == offset && r.Start <= holds.Start && holds.End <= r.End
	}
	jsonc.Walk(tree.Root, func(n jsonc.Node) bool {
		switch n := n.(type) {
		case *jsonc.Object:
			for _, m := range n.Members {
				begins(m.Range())
			}
		case *jsonc.Array:
			for _, e := range n.Elements {
				begins(e.Range())
			}
		}
		r := n.Range()
		return !found && r.Start <= holds.End && holds.Start <= r.End
	})
	return found
}
