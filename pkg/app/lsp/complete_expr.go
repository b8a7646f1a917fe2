package lsp

import (
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/azure/schema"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/schemas"
)

// expression offers what can be at the cursor in an expression.
func (c *completion) expression() {
	if c.names == nil || len(c.typed()) > expr.MaxLength {
		return
	}
	inside := c.typed()[1:]
	t := typingOf(inside)
	from := c.spot.start + 2 // past the quote and the bracket
	c.start = from + t.start
	c.end = c.offset
	closed := false
	for c.end < c.spot.end && c.text[c.end] != '"' {
		ch := c.text[c.end]
		if t.literal && ch == '\'' {
			closed = true
			break
		}
		if !t.literal && !isIdentifier(ch) || t.literal && strings.IndexByte("()[],\n", ch) >= 0 {
			break
		}
		c.end++
	}
	k := c.kind(c.pointer)
	name, argument, args := t.inner()
	if t.literal {
		c.literals(k, name, argument, args, closed)
		return
	}
	if target, ok := strings.CutSuffix(strings.TrimSpace(t.before), "."); ok {
		c.selectors(k, target)
		return
	}
	switch {
	case name == "parameters" || name == "variables":
		c.literals(k, name, argument, args, false)
		if len(c.offers) > 0 && argument == 0 {
			for i := range c.offers {
				c.offers[i].label = expr.Quote(c.offers[i].label)
				c.offers[i].text = c.offers[i].label
			}
		}
		return
	}
	c.functions(k, t)
}

// literals offers what a literal in an argument can be.
func (c *completion) literals(k *place, call string, argument int, args []string, closed bool) {
	put := func(name, detail string, kind, rank int) {
		text := strings.ReplaceAll(name, "'", "''")
		if !closed {
			text += "'"
		}
		c.add(offer{label: name, text: jsonText(text), kind: kind, detail: detail, rank: rank})
	}
	switch {
	case call == "parameters" && argument == 0:
		if params, ok := c.functionParameters(k); ok {
			for i, p := range params {
				put(p, "parameter of the function", kindVariable, i)
			}
			return
		}
		for _, n := range c.ranked(k, parameterNames(c.names)) {
			put(n.name, n.detail, kindVariable, n.rank)
		}
	case call == "variables" && argument == 0:
		for _, n := range c.ranked(k, variableNames(c.names)) {
			put(n.name, n.detail, kindVariable, n.rank)
		}
	case call == "copyindex" && argument == 0:
		for i, name := range c.loops(k) {
			put(name, "copy loop", kindVariable, i)
		}
	case isResourceCall(call):
		typed := resourceTypeOf(args)
		if typed == "" {
			for i, d := range c.declared() {
				put(d.typ, "type in this template", kindClass, i-unlikeness(k, d))
			}
			for i, t := range schemas.Types() {
				put(t, "", kindClass, 2000+i)
			}
			return
		}
		segment := argument - slices.IndexFunc(args, func(s string) bool { return strings.Contains(s, "/") }) - 1
		for i, d := range c.declared() {
			if strings.EqualFold(d.typ, typed) && segment >= 0 && segment < len(d.names) {
				if s, ok := strings.CutPrefix(d.names[segment], "'"); ok {
					put(strings.TrimSuffix(s, "'"), "name in this template", kindValue, i)
				}
			}
		}
	case call == "reference" && argument == 0:
		for i, d := range c.declared() {
			if d.symbol != "" {
				put(d.symbol, d.typ, kindVariable, i-unlikeness(k, d))
			}
		}
	case call == "reference" && argument == 1, isList(call) && argument == 1, call == "providers" && argument == 1:
		for _, d := range c.declared() {
			if len(args) > 0 && strings.Contains(args[0], d.typ) {
				if desc, err := schema.Describe(d.typ, "", ""); err == nil {
					for i, v := range slices.Backward(desc.APIVersions) {
						put(v, "", kindValue, len(desc.APIVersions)-i)
					}
					return
				}
			}
		}
	case call == "providers" && argument == 0:
		for i, p := range schemas.Providers() {
			put(p, "", kindModule, i)
		}
	}
}

// jsonText returns a text as it is written in a JSON string.
func jsonText(text string) string {
	q := jsonc.Quote(text)
	return q[1 : len(q)-1]
}

func isResourceCall(call string) bool {
	switch call {
	case "resourceid", "subscriptionresourceid", "extensionresourceid", "tenantresourceid":
		return true
	}
	return false
}

func isList(call string) bool { return strings.HasPrefix(call, "list") }

// resourceTypeOf returns the resource type among the arguments of resourceId().
func resourceTypeOf(args []string) string {
	for _, a := range args {
		if len(a) > 2 && a[0] == '\'' && strings.Contains(a, "/") {
			return strings.Trim(a, "'")
		}
	}
	return ""
}

// wholeExpressions offers expressions as values: ids of resources where an id is
// wanted, parameters and variables elsewhere.
func (c *completion) wholeExpressions(k *place, typ string) {
	put := func(e string, rank int, detail string) {
		text := "[" + e + "]"
		c.add(offer{label: text, text: c.finish(jsonc.Quote(text)), kind: kindExpression, detail: detail, rank: rank})
	}
	if k.key() == "id" || strings.HasSuffix(k.key(), "id") {
		for i, d := range c.declared() {
			if d.resource.Node == k.resource && !d.part {
				continue
			}
			put(d.id(), 100+i-unlikeness(k, d), d.typ)
		}
	}
	for _, n := range c.ranked(k, append(parameterNames(c.names), variableNames(c.names)...)) {
		if wrongType(n.typ, typ) {
			continue
		}
		put(n.call+"("+expr.Quote(n.name)+")", 300+n.rank, n.detail)
	}
}

// wrongType reports whether a value of a declared type never is of a type of the
// schemas.
func wrongType(declared, wanted string) bool {
	declared = strings.ToLower(declared)
	switch wanted {
	case "integer", "number":
		return declared != "" && declared != "int"
	case "boolean":
		return declared != "" && declared != "bool" && declared != "string"
	case "string":
		return declared == "object" || declared == "array" || declared == "secureobject"
	case "object":
		return declared != "" && !strings.Contains(declared, "object")
	}
	return false
}

// functions offers functions as snippets, and the names of the template as whole
// calls.
func (c *completion) functions(k *place, t typing) {
	paren := c.end < len(c.text) && c.text[c.end] == '('
	where := whereOf(k)
	if !paren {
		for _, n := range c.ranked(k, append(parameterNames(c.names), variableNames(c.names)...)) {
			if n.call == "variables" && k.section == "parameters" {
				continue
			}
			e := n.call + "(" + expr.Quote(n.name) + ")"
			c.add(offer{label: e, text: jsonText(e), kind: kindVariable, detail: n.detail, rank: 3000 + n.rank})
		}
		if k.resource != nil || k.section == "outputs" {
			base := 6000
			if strings.HasSuffix(k.key(), "id") {
				base = 300
			}
			for i, d := range c.declared() {
				c.add(offer{label: d.id(), text: jsonText(d.id()), kind: kindReference, detail: d.typ, rank: base + i - unlikeness(k, d)})
				if d.symbol != "" {
					c.add(offer{label: d.symbol, kind: kindReference, detail: d.typ, rank: 5900 + i})
				}
			}
		}
		if len(c.loops(k)) > 0 {
			c.add(offer{label: "copyIndex()", kind: kindFunction, detail: "the round of the copy loop", rank: 100})
		}
	}
	usual := usualOf("function=")
	call, argument, _ := t.inner()
	for i, f := range funcs.All() {
		if f.Where != 0 && !f.Where.Allows(where) {
			continue
		}
		rank := 1000 + i
		if at := slices.IndexFunc(usual, func(s string) bool { return strings.EqualFold(s, f.Name) }); at >= 0 {
			rank = at
		}
		if wanted := argumentType(call, argument); wanted != "" && f.Result != "" && !strings.Contains(wanted, f.Result) && wanted != "any" {
			rank += 200
		}
		text, snippet := f.Name, false
		if !paren {
			text, snippet = snippetOf(f), true
		}
		c.add(offer{label: f.Name, text: text, kind: kindFunction, detail: signature(f), doc: f.Doc, snippet: snippet, rank: rank})
	}
	for name := range c.names.Functions.All() {
		c.add(offer{label: name, text: name, kind: kindFunction, detail: "function of this template", rank: 50})
	}
}

func whereOf(k *place) funcs.Where {
	switch {
	case k.section == "parameters":
		return funcs.InParameter
	case k.section == "variables":
		return funcs.InVariable
	case k.section == "functions":
		return funcs.InUserFunction
	case k.section == "outputs":
		return funcs.InOutput
	}
	return funcs.InResource
}

func argumentType(call string, argument int) string {
	f, ok := funcs.Lookup(call)
	if !ok || len(f.Params) == 0 {
		return ""
	}
	return f.Params[min(argument, len(f.Params)-1)].Type
}

// snippetOf returns a call with its arguments to fill in.
func snippetOf(f *funcs.Func) string {
	switch strings.ToLower(f.Name) {
	case "parameters", "variables":
		return f.Name + "('$1')"
	}
	var args []string
	for i, p := range f.Params[:min(max(f.Min, 0), len(f.Params))] {
		args = append(args, fmt.Sprintf("${%d:%s}", i+1, p.Name))
	}
	if len(args) == 0 && len(f.Params) > 0 {
		return f.Name + "($1)"
	}
	return f.Name + "(" + strings.Join(args, ", ") + ")"
}
