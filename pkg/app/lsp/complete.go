package lsp

import (
	"regexp"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/azure/schema"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// complete proposes what can stand at the cursor: in an expression functions
// and the names of parameters and variables, in a resource its properties and
// their values.
func (s *server) complete(p positionParams) []completionItem {
	c, ok := s.at(p)
	if !ok {
		return []completionItem{}
	}
	items := []completionItem{}
	n, isText := c.text()
	switch {
	case isText && strings.HasPrefix(n.Value, "["):
		items = append(items, c.inExpression(n)...)
	case isText && isKey(c.tree, n):
		items = append(items, c.properties(parentPath, rangeInside(n))...)
	case isText:
		items = append(items, c.values(n)...)
	default:
		items = append(items, c.properties(ownPath, nil)...)
	}
	return items
}

// inExpression completes at the end of what is typed before the cursor.
func (c cursor) inExpression(n *jsonc.String) []completionItem {
	typed := c.before(n)
	t := c.template()
	if t == nil || !strings.HasPrefix(typed, "[") {
		return nil
	}
	// Compiled when asked, not when the program starts: most runs never do.
	call := regexp.MustCompile(`(?i)\b(parameters|variables)\(\s*'([^']*)$`)
	if m := call.FindStringSubmatch(typed); m != nil {
		if strings.EqualFold(m[1], "parameters") {
			return named(t.Parameters.All(), kindVariable, "parameter")
		}
		return named(t.Variables.All(), kindVariable, "variable")
	}
	if strings.Count(typed, "'")%2 == 1 {
		return nil // inside another literal
	}
	var items []completionItem
	for _, f := range funcs.All() {
		items = append(items, completionItem{Label: f.Name, Kind: kindFunction, Detail: signature(f), Documentation: &markup{"markdown", f.Doc}})
	}
	for name := range t.Functions.All() {
		items = append(items, completionItem{Label: name, Kind: kindFunction, Detail: "function of this template"})
	}
	return items
}

func named[V any](all func(yield func(string, V) bool), kind int, detail string) []completionItem {
	var items []completionItem
	for name := range all {
		items = append(items, completionItem{Label: name, Kind: kind, Detail: detail})
	}
	return items
}

func ownPath(path string) string { return path }

func parentPath(path string) string {
	i := strings.LastIndexByte(path, '.')
	return path[:max(i, 0)]
}

// rangeInside is the text of a literal without its quotes.
func rangeInside(n *jsonc.String) *textRange {
	r := rangeOf(n.Map().Range(0, len(n.Value)))
	return &r
}

// properties are those of the object that the schema knows around the cursor.
func (c cursor) properties(of func(string) string, replace *textRange) []completionItem {
	kind, version, path, ok := c.resource()
	if !ok {
		return nil
	}
	d, err := schema.Describe(kind, version, of(path))
	if err != nil {
		return nil
	}
	var items []completionItem
	for _, p := range d.Properties {
		if p.ReadOnly {
			continue
		}
		item := completionItem{Label: p.Name, Kind: kindProperty, Detail: p.Type, Documentation: &markup{"markdown", describe(&p)}}
		if replace != nil {
			item.TextEdit = &textEdit{*replace, p.Name}
		} else {
			item.InsertText = `"` + p.Name + `"`
		}
		items = append(items, item)
	}
	return items
}

// values are the allowed values of the property whose value is under the cursor.
func (c cursor) values(n *jsonc.String) []completionItem {
	kind, version, path, ok := c.resource()
	if !ok {
		return nil
	}
	var allowed []string
	if strings.EqualFold(path, "apiVersion") {
		if d, err := schema.Describe(kind, "", ""); err == nil {
			allowed = d.APIVersions
		}
	} else if d, err := schema.Describe(kind, version, path); err == nil && d.Value != nil {
		allowed = d.Value.Values
	}
	var items []completionItem
	for _, v := range allowed {
		items = append(items, completionItem{Label: v, Kind: kindValue, TextEdit: &textEdit{*rangeInside(n), expr.Escape(v)}})
	}
	return items
}
