package lsp

import (
	"slices"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// A declaration is a resource of the template, or a part of one that has an id of
// its own, such as a subnet.
type declaration struct {
	typ, symbol string
	names       []string // the segments of its name, as expressions
	resource    *arm.Resource
	part        bool
}

// id returns the expression of its resource id.
func (d *declaration) id() string {
	return "resourceId(" + expr.Quote(d.typ) + ", " + strings.Join(d.names, ", ") + ")"
}

// mostDeclarations bounds the resources and parts that are offered.
const mostDeclarations = 500

// declared returns the resources that the template around the cursor declares.
func (c *completion) declared() []*declaration {
	if c.template == nil {
		return nil
	}
	var all []*declaration
	var visit func(r *arm.Resource, above *declaration)
	visit = func(r *arm.Resource, above *declaration) {
		if len(all) >= mostDeclarations {
			return
		}
		d := &declaration{typ: r.Type, resource: r}
		if r.Symbol != nil {
			d.symbol = r.Symbol.Value
		}
		name, _ := r.Name.(*jsonc.String)
		if name == nil || r.Type == "" || name.Value == marker {
			return
		}
		segments := strings.Count(r.Type, "/")
		if above != nil {
			d.typ = above.typ + "/" + r.Type
			segments = 1
		}
		d.names = segmentsOf(name.Value, segments)
		if above != nil {
			d.names = append(slices.Clone(above.names), d.names...)
		}
		if len(d.names) != strings.Count(d.typ, "/") {
			return
		}
		all = append(all, d)
		c.parts(d, &all)
		for _, child := range r.Children {
			visit(child, d)
		}
	}
	for _, r := range c.template.Resources {
		visit(r, nil)
	}
	return all
}

// parts adds the named items in the properties of a network resource, which have
// ids of their own.
func (c *completion) parts(d *declaration, all *[]*declaration) {
	o, _ := d.resource.Properties.(*jsonc.Object)
	if o == nil || !strings.HasPrefix(strings.ToLower(d.typ), "microsoft.network/") || strings.Count(d.typ, "/") != 1 {
		return
	}
	for _, m := range o.Members {
		list, _ := m.Value.(*jsonc.Array)
		if list == nil {
			continue
		}
		for _, e := range list.Elements {
			item, _ := e.(*jsonc.Object)
			name, ok := item.Text("name")
			if !ok || name == marker || len(*all) >= mostDeclarations {
				continue
			}
			*all = append(*all, &declaration{typ: d.typ + "/" + m.Key.Value, names: append(slices.Clone(d.names), segmentsOf(name, 1)...), resource: d.resource, part: true})
		}
	}
}

// segmentsOf splits a name into as many segments as its type has; nil when it
// ends at an unknown place.
func segmentsOf(name string, n int) []string {
	if !expr.IsExpression(name) {
		parts := strings.Split(expr.Unescape(name), "/")
		if len(parts) != n {
			return nil
		}
		for i := range parts {
			parts[i] = expr.Quote(parts[i])
		}
		return parts
	}
	root, found := expr.Parse(name, (&jsonc.String{}).Map())
	if found.HasErrors() {
		return nil
	}
	if n == 1 {
		return []string{expr.Print(root)}
	}
	call, ok := root.(*expr.Call)
	if !ok {
		return nil
	}
	var parts []expr.Node
	switch strings.ToLower(call.Name) {
	case "concat":
		parts = call.Args
	case "format":
		// format('{0}/{1}', a, b)
		pattern, ok := call.Args[0].(*expr.String)
		if !ok || len(call.Args) != n+1 {
			return nil
		}
		for i, p := range strings.Split(pattern.Value, "/") {
			if p != "{"+strconv.Itoa(i)+"}" {
				return nil
			}
		}
		parts = call.Args[1:]
		out := make([]string, len(parts))
		for i, p := range parts {
			out[i] = expr.Print(p)
		}
		return out
	default:
		return nil
	}
	out := [][]string{nil}
	for _, p := range parts {
		s, isText := p.(*expr.String)
		if !isText {
			out[len(out)-1] = append(out[len(out)-1], expr.Print(p))
			continue
		}
		for i, piece := range strings.Split(s.Value, "/") {
			if i > 0 {
				out = append(out, nil)
			}
			if piece != "" {
				out[len(out)-1] = append(out[len(out)-1], expr.Quote(piece))
			}
		}
	}
	if len(out) != n {
		return nil
	}
	names := make([]string, n)
	for i, pieces := range out {
		switch len(pieces) {
		case 0:
			return nil
		case 1:
			names[i] = pieces[0]
		default:
			names[i] = "concat(" + strings.Join(pieces, ", ") + ")"
		}
	}
	return names
}

// unlikeness moves what the place is about forward.
func unlikeness(k *place, d *declaration) int {
	last := d.typ[strings.LastIndexByte(d.typ, '/')+1:]
	n := 0
	for i := len(k.tokens) - 1; i >= 0 && i > len(k.tokens)-4; i-- {
		if sharesAll(words(last), words(k.tokens[i])) {
			n += 200
			break
		}
	}
	return n
}

func sharesAll(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	return strings.Contains(strings.Join(a, ""), b[len(b)-1]) || strings.Contains(strings.Join(b, ""), a[len(a)-1])
}

// dependencies offers what dependsOn can name.
func (c *completion) dependencies(k *place) {
	own := -1
	there := c.tree.File.Text()
	for i, d := range c.declared() {
		if d.part {
			continue
		}
		if d.resource.Node != nil && d.resource.Node == k.resource {
			own = i
			continue
		}
		rank := i
		if d.symbol != "" {
			c.add(offer{label: d.symbol, text: c.finish(jsonc.Quote(d.symbol)), kind: kindVariable, detail: d.typ, rank: rank})
			continue
		}
		id := "[" + d.id() + "]"
		switch uses := c.uses(k, d); {
		case listed(c.around, id):
			rank += 5000
		case uses:
			rank -= 1000
		}
		c.add(offer{label: id, text: c.finish(jsonc.Quote(id)), kind: kindExpression, detail: "dependency", rank: rank})
		// The older form, where the template uses it.
		if strings.Contains(there, "concat('"+d.typ) {
			old := "[concat(" + expr.Quote(d.typ+"/") + ", " + strings.Join(d.names, ", '/', ") + ")]"
			c.add(offer{label: old, text: c.finish(jsonc.Quote(old)), kind: kindExpression, detail: "dependency", rank: rank + 1})
		}
	}
	for i, name := range c.allLoops() {
		c.add(offer{label: name, text: c.finish(jsonc.Quote(name)), kind: kindVariable, detail: "copy loop", rank: 2000 + i + own})
	}
}

func listed(around jsonc.Node, id string) bool {
	list, _ := around.(*jsonc.Array)
	return list != nil && slices.ContainsFunc(list.Elements, func(e jsonc.Node) bool {
		s, ok := e.(*jsonc.String)
		return ok && strings.EqualFold(strings.ReplaceAll(s.Value, " ", ""), strings.ReplaceAll(id, " ", ""))
	})
}

// uses reports whether the resource around the cursor names another one in its
// properties.
func (c *completion) uses(k *place, d *declaration) bool {
	if k.resource == nil {
		return false
	}
	at := k.resource.At
	text := strings.ToLower(at.Text())
	i := strings.Index(text, `"properties"`)
	return i >= 0 && (strings.Contains(text[i:], strings.ToLower("'"+d.typ)) || strings.Contains(text[i:], strings.ToLower(d.names[len(d.names)-1]))) ||
		d.names[0] != "" && strings.Contains(d.typ, "/") && strings.HasPrefix(strings.ToLower(k.typ), strings.ToLower(d.typ)+"/")
}

func (c *completion) allLoops() []string {
	var all []string
	if c.template != nil {
		for _, r := range c.template.Resources {
			if r.Copy != nil {
				if n, ok := r.Copy.Name.(*jsonc.String); ok && !expr.IsExpression(n.Value) {
					all = append(all, n.Value)
				}
			}
		}
	}
	return all
}
