package lsp

import (
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/schemas"
)

// upgrade writes the newest API version of the resource around the cursor, and
// says which of its members that version does not have, and which it requires.
func (r *refactoring) upgrade() []codeAction {
	k := r.place
	if !k.atResource() || k.key() != "apiversion" || k.version == "" {
		return nil
	}
	value, _ := k.resource.Get("apiVersion").Value.(*jsonc.String)
	doc, err := schemas.Load(k.typ)
	if value == nil || err != nil {
		return nil
	}
	newest := -1
	for i, v := range doc.Versions {
		if !strings.Contains(v, "-preview") {
			newest = i
		}
	}
	if newest < 0 || doc.Versions[newest] <= k.version {
		return nil
	}
	version := doc.Versions[newest]
	gone, missing := changes(doc.Root, k.resource, newest, slices.Index(doc.Versions, k.version))
	title := "Upgrade API version to " + version
	switch {
	case len(gone) > 0:
		title += ", which does not have " + some(gone)
	case len(missing) > 0:
		title += ", which requires " + some(missing)
	}
	all := []codeAction{r.action(actionRewrite, title, []diag.Edit{{Range: value.At, Text: jsonc.Quote(version)}})}
	var edits []diag.Edit
	for _, other := range r.template.Resources {
		if n, ok := other.APIVersion.(*jsonc.String); ok && strings.EqualFold(other.Type, k.typ) && n.Value < version && !expr.IsExpression(n.Value) {
			edits = append(edits, diag.Edit{Range: n.At, Text: jsonc.Quote(version)})
		}
	}
	if len(edits) > 1 {
		all = append(all, r.action(actionRewrite, fmt.Sprintf("Upgrade all %d resources of this type to %s", len(edits), version), edits))
	}
	return all
}

func some(names []string) string {
	if len(names) > 3 {
		return strings.Join(names[:3], ", ") + fmt.Sprintf(" and %d more", len(names)-3)
	}
	return strings.Join(names, ", ")
}

// mostChanges bounds the changes of an API version that are collected.
const mostChanges = 50

// changes returns the paths in a resource that a version does not have though the one
// before did, and those that it requires and the resource lacks.
func changes(p *schemas.Property, o *jsonc.Object, version, before int) (gone, missing []string) {
	var visit func(p *schemas.Property, n jsonc.Node, path string)
	visit = func(p *schemas.Property, n jsonc.Node, path string) {
		if len(gone)+len(missing) >= mostChanges {
			return
		}
		switch n := n.(type) {
		case *jsonc.Array:
			if p.Items != nil {
				for _, e := range n.Elements {
					visit(p.Items, e, path)
				}
			}
		case *jsonc.Object:
			for _, m := range n.Members {
				next := p.Property(m.Key.Value)
				if next == nil {
					continue
				}
				at := strings.TrimPrefix(path+"."+next.Name, ".")
				if !next.Has(version) {
					if (before < 0 || next.Has(before)) && !slices.Contains(gone, at) {
						gone = append(gone, at)
					}
					continue
				}
				visit(next, m.Value, at)
			}
			for _, c := range p.Properties {
				f, ok := c.At(version)
				if !ok || !f.Required || n.Get(c.Name) != nil || n.Get("copy") != nil {
					continue
				}
				if old, had := c.At(before); had && old.Required {
					continue
				}
				missing = append(missing, strings.TrimPrefix(path+"."+c.Name, "."))
			}
		}
	}
	visit(p, o, "")
	return gone, missing
}
