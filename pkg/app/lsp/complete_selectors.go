package lsp

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/azure/schema"
	"github.com/scaleset/scaleset/pkg/azure/types"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/schemas"
)

// fixedMembers are the members of what functions answer
// (https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions).
var fixedMembers = map[string][]string{
	"resourcegroup":   {"id", "location", "name", "properties", "tags", "type", "managedBy"},
	"subscription":    {"id", "subscriptionId", "tenantId", "displayName"},
	"deployment":      {"name", "properties", "location", "id"},
	"environment":     {"name", "suffixes", "resourceManager", "portal", "authentication", "graph", "gallery"},
	"managementgroup": {"id", "name", "properties", "type"},
	"tenant":          {"tenantId", "displayName", "countryCode"},
	"providers":       {"apiVersions", "locations", "resourceType"},
	"listkeys":        {"keys", "key1", "key2", "primaryKey", "secondaryKey", "primaryConnectionString", "secondaryConnectionString", "primarySharedKey", "secondarySharedKey"},
}

// selectors offers the members of the value before a dot.
func (c *completion) selectors(k *place, target string) {
	root, way := targetOf(target)
	if root == nil {
		return
	}
	put := func(name, detail string, rank int) {
		if strings.ContainsFunc(name, func(r rune) bool { return r < 0x80 && !isIdentifier(byte(r)) }) {
			return // such a name is not written after a dot
		}
		c.add(offer{label: name, kind: kindProperty, detail: detail, rank: rank})
	}
	switch name := strings.ToLower(root.Name); name {
	case "variables", "parameters":
		o := c.objectAt(root, way)
		if o == nil {
			for i, n := range c.selectedElsewhere(root, way) {
				put(n, "used in this template", i)
			}
			return
		}
		for i, n := range c.unusedFirst(root, way, o) {
			put(n, "", i)
		}
	case "reference":
		c.referenceMembers(root, way, put)
	default:
		if name == "environment" && len(way) == 1 && strings.EqualFold(way[0], "suffixes") {
			for i, n := range []string{"storage", "acrLoginServer", "azureDatalakeAnalyticsCatalogAndJob", "azureDatalakeStoreFileSystem", "keyvaultDns", "sqlServerHostname"} {
				put(n, "", i)
			}
			return
		}
		if name == "deployment" && len(way) == 1 && strings.EqualFold(way[0], "properties") {
			for i, n := range []string{"templateLink", "template", "parameters", "mode", "provisioningState"} {
				put(n, "", i)
			}
			return
		}
		if len(way) == 2 && name == "deployment" && strings.EqualFold(way[1], "templateLink") {
			put("uri", "", 0)
			put("id", "", 1)
			put("contentVersion", "", 2)
			return
		}
		if len(way) == 0 || name == "listkeys" {
			for i, n := range fixedMembers[name] {
				put(n, "", i)
			}
			if name == "listkeys" {
				put("value", "", 50)
			}
		}
	}
}

// selectedElsewhere returns the names that other expressions select from a value whose
// members are not known.
func (c *completion) selectedElsewhere(root *expr.Call, way []string) []string {
	target := strings.ToLower(expr.Print(root))
	for _, n := range way {
		target += "." + strings.ToLower(n)
	}
	var all []string
	text := c.text
	lower := strings.ToLower(text)
	if len(lower) != len(text) { // a letter has another length in lower case
		lower = text
	}
	for i := 0; len(all) < 100; {
		n := strings.Index(lower[i:], target+".")
		if n < 0 {
			break
		}
		start := i + n + len(target) + 1
		i = start
		for i < len(text) && isIdentifier(text[i]) {
			i++
		}
		if name := text[start:i]; name != "" && start != c.start && !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}

// targetOf reads the end of a text as a call and the names selected from it;
// indices are left out.
func targetOf(text string) (*expr.Call, []string) {
	depth, literal, start := 0, false, 0
	for i := len(text) - 1; i >= 0; i-- {
		switch c := text[i]; {
		case c == '\'':
			literal = !literal
		case literal:
		case c == ')' || c == ']':
			depth++
		case (c == '(' || c == '[') && depth > 0:
			depth--
		case depth == 0 && c != '.' && !isIdentifier(c):
			start = i + 1
			i = -1
		}
	}
	root, found := expr.Parse("["+strings.TrimSpace(text[start:])+"]", (&jsonc.String{}).Map())
	if found.HasErrors() {
		return nil, nil
	}
	var way []string
	for {
		switch n := root.(type) {
		case *expr.Property:
			way = append([]string{n.Name}, way...)
			root = n.Target
		case *expr.Index:
			if s, ok := n.Key.(*expr.String); ok {
				way = append([]string{s.Value}, way...)
			} else {
				way = append([]string{"[]"}, way...)
			}
			root = n.Target
		case *expr.Call:
			return n, way
		default:
			return nil, nil
		}
	}
}

// objectAt returns the literal object that a way leads to in a variable or in the
// default of a parameter.
func (c *completion) objectAt(call *expr.Call, way []string) *jsonc.Object {
	if len(call.Args) != 1 {
		return nil
	}
	name, ok := call.Args[0].(*expr.String)
	if !ok {
		return nil
	}
	var node jsonc.Node
	if strings.EqualFold(call.Name, "variables") {
		if v, ok := c.names.Variables.Get(name.Value); ok {
			node = v.Value
			if v.Loop != nil {
				node = &jsonc.Array{Elements: []jsonc.Node{v.Loop.Input}}
			}
		}
	} else if p, ok := c.names.Parameters.Get(name.Value); ok {
		node = p.Default
	}
	for depth := 0; ; {
		// A variable that is another variable has its members.
		for s, ok := node.(*jsonc.String); ok && depth < 16; s, ok = node.(*jsonc.String) {
			depth++
			root, more := targetOf(strings.TrimSuffix(strings.TrimPrefix(s.Value, "["), "]"))
			if root == nil || !strings.EqualFold(root.Name, "variables") && !strings.EqualFold(root.Name, "parameters") || depth > 8 {
				return nil
			}
			o := c.objectAtDepth(root, more, depth)
			if o == nil {
				return nil
			}
			node = o
		}
		if len(way) == 0 {
			o, _ := node.(*jsonc.Object)
			return o
		}
		if a, ok := node.(*jsonc.Array); ok && len(a.Elements) > 0 && way[0] == "[]" {
			node = a.Elements[0]
		} else if o, ok := node.(*jsonc.Object); ok {
			if way[0] == "[]" { // the key is computed: any member shows the shape
				if len(o.Members) == 0 {
					return nil
				}
				node = o.Members[0].Value
			} else if m := o.Get(way[0]); m != nil {
				node = m.Value
			} else {
				return nil
			}
		} else {
			return nil
		}
		way = way[1:]
	}
}

func (c *completion) objectAtDepth(call *expr.Call, way []string, depth int) *jsonc.Object {
	if depth >= 8 {
		return nil
	}
	c.depth++
	defer func() { c.depth-- }()
	if c.depth > 8 {
		return nil
	}
	return c.objectAt(call, way)
}

// unusedFirst returns the names of an object, those first that no expression selects.
func (c *completion) unusedFirst(call *expr.Call, way []string, o *jsonc.Object) []string {
	text := strings.ToLower(c.tree.File.Text())
	var unused, used []string
	for _, m := range o.Members {
		if strings.Contains(text, "."+strings.ToLower(m.Key.Value)) {
			used = append(used, m.Key.Value)
		} else {
			unused = append(unused, m.Key.Value)
		}
	}
	return append(unused, used...)
}

// referenceMembers offers the properties of the resource that a reference() names.
func (c *completion) referenceMembers(call *expr.Call, way []string, put func(string, string, int)) {
	typ, full := c.referenced(call)
	if typ == "" {
		return
	}
	path := strings.ReplaceAll(strings.Join(way, "."), ".[]", "")
	if !full {
		path = strings.TrimSuffix("properties."+path, ".")
	}
	if strings.EqualFold(typ, arm.DeploymentType) && strings.EqualFold(path, "properties") {
		put("outputs", "", 0)
	}
	usual := usualOf("reference " + strings.ToLower(typ))
	d, err := schema.Describe(typ, "", path)
	if err != nil {
		return
	}
	for i, p := range d.Properties {
		rank := 1000 + i
		if at := slices.IndexFunc(usual, func(s string) bool { return strings.EqualFold(s, p.Name) }); at >= 0 {
			rank = at
		}
		put(p.Name, p.Type, rank)
	}
}

// referenced returns the type of the resource that a reference() names; full says that
// the whole resource is requested.
func (c *completion) referenced(call *expr.Call) (typ string, full bool) {
	if len(call.Args) == 0 {
		return "", false
	}
	if len(call.Args) == 3 {
		s, _ := call.Args[2].(*expr.String)
		full = s != nil && strings.EqualFold(s.Value, "full")
	}
	expr.Walk(call.Args[0], func(n expr.Node) bool {
		if s, ok := n.(*expr.String); ok && typ == "" {
			candidate := strings.TrimSuffix(s.Value, "/")
			if t, ok := types.Find(candidate); ok {
				typ = t.Name
			} else if known, ok := schemas.FindType(candidate); ok {
				typ = known.Type
			}
		}
		return typ == ""
	})
	if typ != "" {
		return typ, full
	}
	printed := expr.Print(call.Args[0])
	for _, d := range c.declared() {
		if d.symbol != "" && printed == expr.Quote(d.symbol) || slices.Equal(d.names, []string{printed}) {
			return d.typ, full
		}
	}
	// A variable that holds the id.
	if inner, ok := call.Args[0].(*expr.Call); ok && len(inner.Args) == 1 && strings.EqualFold(inner.Name, "variables") {
		if s, ok := inner.Args[0].(*expr.String); ok {
			if v, ok := c.names.Variables.Get(s.Value); ok {
				if text, ok := v.Value.(*jsonc.String); ok {
					for _, d := range c.declared() {
						if strings.Contains(strings.ToLower(text.Value), "'"+strings.ToLower(d.typ)+"'") {
							return d.typ, full
						}
					}
				}
			}
		}
	}
	return "", full
}
