package lsp

import (
	"slices"
	"strings"
	"unicode"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// A name is a parameter or a variable that an expression can use.
type named struct {
	name, detail, call, typ string
	rank                    int
}

func parameterNames(t *arm.Template) []named {
	var all []named
	for name, p := range t.Parameters.All() {
		all = append(all, named{name: name, detail: strings.TrimSpace("parameter, " + p.Kind.String()), call: "parameters", typ: p.Kind.String()})
	}
	return all
}

func variableNames(t *arm.Template) []named {
	var all []named
	for name, v := range t.Variables.All() {
		n := named{name: name, detail: "variable", call: "variables"}
		switch v.Value.(type) {
		case *jsonc.Object:
			n.typ = "object"
		case *jsonc.Array:
			n.typ = "array"
		case *jsonc.Number:
			n.typ = "int"
		case *jsonc.Bool:
			n.typ = "bool"
		case *jsonc.String:
			n.typ = "string"
		}
		if v.Loop != nil {
			n.typ = "array"
		}
		all = append(all, n)
	}
	return all
}

// ranked orders names: those that nothing uses yet and those like the words
// around the cursor come first.
func (c *completion) ranked(k *place, all []named) []named {
	used := c.usedNames()
	around := c.wordsAround(k)
	out := make([]named, 0, len(all))
	for i, n := range all {
		if n.call == "variables" && k.section == "variables" && len(k.tokens) > 1 && strings.EqualFold(n.name, k.tokens[1]) {
			continue // itself
		}
		n.rank = 1000 + i
		n.rank -= 400 * likeness(around, n.name)
		if !used[n.call+strings.ToLower(n.name)] {
			n.rank -= 1500
		}
		out = append(out, n)
	}
	slices.SortStableFunc(out, func(a, b named) int { return a.rank - b.rank })
	return out
}

// usedNames returns the parameters and variables that some expression names, each
// after its function.
func (c *completion) usedNames() map[string]bool {
	if c.used != nil {
		return c.used
	}
	c.used = map[string]bool{}
	lower := strings.ToLower(c.tree.File.Text())
	for _, call := range []string{"parameters", "variables"} {
		for rest := lower; ; {
			_, after, ok := strings.Cut(rest, call+"('")
			if !ok {
				break
			}
			name, _, _ := strings.Cut(after[:min(len(after), 200)], "'")
			c.used[call+name] = true
			rest = after
		}
	}
	return c.used
}

// wordsAround returns the words of the names around the cursor, the nearest first.
func (c *completion) wordsAround(k *place) []string {
	var all []string
	for i := len(k.tokens) - 1; i >= 0 && i > len(k.tokens)-5; i-- {
		all = append(all, words(k.tokens[i])...)
	}
	if i := strings.LastIndexByte(k.typ, '/'); i >= 0 {
		all = append(all, words(k.typ[i+1:])...)
	}
	return all
}

// likeness says how many of the words of a name are among the words around,
// where the first count more.
func likeness(around []string, name string) int {
	n := 0
	own := words(name)
	for i, w := range around {
		if slices.Contains(own, w) {
			if i < 3 {
				n += 3
			} else {
				n++
			}
		}
	}
	return n
}

// words splits a name at capitals, digits and punctuation, and drops the plural.
func words(name string) []string {
	var all []string
	start := 0
	runes := []rune(name)
	flush := func(end int) {
		if end > start {
			w := strings.ToLower(string(runes[start:end]))
			if w = strings.TrimSuffix(w, "s"); len(w) > 1 {
				all = append(all, w)
			}
		}
		start = end
	}
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r):
			flush(i)
			start = i + 1
		case unicode.IsUpper(r) && i > 0 && (unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])):
			flush(i)
		}
	}
	flush(len(runes))
	return all
}

func sharesWord(all []string, name string) bool {
	return slices.ContainsFunc(words(name), func(w string) bool { return slices.Contains(all, w) })
}

// loops returns the copy loops around the cursor, the innermost first.
func (c *completion) loops(k *place) []string {
	var all []string
	node := c.tree.Root
	add := func(o *jsonc.Object) {
		if o == nil {
			return
		}
		if name, ok := o.Text("name"); ok {
			all = append([]string{name}, all...)
		}
	}
	for i, t := range k.tokens {
		if o, ok := node.(*jsonc.Object); ok && i > 0 {
			if m := o.Get("copy"); m != nil {
				loop, _ := m.Value.(*jsonc.Object)
				add(loop)
			}
		}
		if a, ok := node.(*jsonc.Array); ok && strings.EqualFold(k.tokens[max(i-1, 0)], "copy") {
			loop, _ := step(a, t).(*jsonc.Object)
			add(loop)
		}
		node = step(node, t)
	}
	return all
}

// functionParameters returns the parameters of the user function around the cursor.
func (c *completion) functionParameters(k *place) ([]string, bool) {
	if k.section != "functions" || len(k.tokens) < 4 {
		return nil, false
	}
	o, _ := c.tree.Lookup("/" + strings.Join(k.tokens[:4], "/")).(*jsonc.Object)
	m := o.Get("parameters")
	if m == nil {
		return nil, true
	}
	list, _ := m.Value.(*jsonc.Array)
	var all []string
	if list != nil {
		for _, e := range list.Elements {
			if p, ok := e.(*jsonc.Object); ok {
				name, _ := p.Text("name")
				all = append(all, name)
			}
		}
	}
	return all, true
}
