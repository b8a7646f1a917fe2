package lsp

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/azure/schema"
	"github.com/scaleset/scaleset/pkg/azure/types"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/schemas"
)

// A typing is what is typed before the cursor in an expression.
type typing struct {
	calls []typedCall // open before the cursor, outermost first
	// word is the identifier or literal before the cursor, start where it begins
	// in the text of the expression.
	word    string
	start   int
	literal bool   // the cursor is in a literal
	before  string // the expression before the word
}

type typedCall struct {
	name string // "" for a parenthesis or an index
	args []string
}

// typingOf reads an expression up to the cursor.
func typingOf(text string) typing {
	t := typing{}
	argument := 0 // where the argument began that is typed
	closeArgument := func(end int) {
		if n := len(t.calls); n > 0 {
			c := &t.calls[n-1]
			c.args = append(c.args, strings.TrimSpace(text[min(argument, end):end]))
		}
	}
	var starts []int
	word := -1
	for i := 0; i < len(text); i++ {
		c := text[i]
		if isIdentifier(c) {
			if word < 0 {
				word = i
			}
			continue
		}
		name := ""
		if word >= 0 {
			name = text[word:i]
		}
		switch c {
		case '\'':
			end := i + 1
			for end < len(text) && (text[end] != '\'' || end+1 < len(text) && text[end+1] == '\'') {
				if text[end] == '\'' {
					end++
				}
				end++
			}
			if end >= len(text) {
				t.literal, t.start, t.word = true, i+1, text[min(i+1, len(text)):]
				t.before = text[:i]
				return t
			}
			i = end
		case '(', '[':
			if c == '[' {
				name = ""
			}
			if n := word - 1; name != "" && n >= 0 && text[n] == '.' {
				from := n
				for from > 0 && isIdentifier(text[from-1]) {
					from--
				}
				name = text[from:word] + name
			}
			t.calls = append(t.calls, typedCall{name: name})
			starts = append(starts, argument)
			argument = i + 1
		case ',':
			closeArgument(i)
			argument = i + 1
		case ')', ']':
			if n := len(t.calls); n > 0 {
				t.calls = t.calls[:n-1]
				argument = starts[n-1]
				starts = starts[:n-1]
			}
		}
		word = -1
	}
	if word < 0 {
		word = len(text)
	}
	t.start, t.word, t.before = word, text[word:], text[:word]
	return t
}

func isIdentifier(c byte) bool {
	return c == '_' || c == '$' || c >= 0x80 || unicode.IsLetter(rune(c)) || unicode.IsDigit(rune(c))
}

// inner is the innermost call around the cursor.
func (t typing) inner() (name string, argument int, args []string) {
	if len(t.calls) == 0 {
		return "", 0, nil
	}
	c := t.calls[len(t.calls)-1]
	return strings.ToLower(c.name), len(c.args), c.args
}

// expression offers what can stand at the cursor in an expression.
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

// jsonText is a text as it is written in a JSON string.
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

// resourceTypeOf is the resource type among the arguments of resourceId().
func resourceTypeOf(args []string) string {
	for _, a := range args {
		if len(a) > 2 && a[0] == '\'' && strings.Contains(a, "/") {
			return strings.Trim(a, "'")
		}
	}
	return ""
}

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

// usedNames are the parameters and variables that some expression names, each
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

// wordsAround are the words of the names around the cursor, the nearest first.
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

// loops are the copy loops around the cursor, the innermost first.
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

// functionParameters are the parameters of the user function around the cursor.
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

// A declaration is a resource of the template, or a part of one that has an id of
// its own, such as a subnet.
type declaration struct {
	typ, symbol string
	names       []string // the segments of its name, as expressions
	resource    *arm.Resource
	part        bool
}

// id is the expression of its resource id.
func (d *declaration) id() string {
	return "resourceId(" + expr.Quote(d.typ) + ", " + strings.Join(d.names, ", ") + ")"
}

// mostDeclarations bounds the resources and parts that are offered.
const mostDeclarations = 500

// declared are the resources that the template around the cursor declares.
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
// cannot be told where they end.
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

// snippetOf is a call with its arguments to fill in.
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

// selectedElsewhere are the names that other expressions select from a value whose
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

// objectAt is the literal object that a way leads to in a variable or in the
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
			if way[0] == "[]" { // the key is computed: any member tells the shape
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

// unusedFirst are the names of an object, those first that no expression selects.
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

// referenceMembers are the properties of the resource that a reference() names.
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

// referenced is the type of the resource that a reference() names; full says that
// the whole resource is asked for.
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
