package lsp

import (
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// Kinds of code actions.
const (
	actionFix     = "quickfix"
	actionFixAll  = "source.fixAll.scaleset"
	actionExtract = "refactor.extract"
	actionInline  = "refactor.inline"
	actionRewrite = "refactor.rewrite"
)

var actionKinds = []string{actionFix, actionFixAll, actionExtract, actionInline, actionRewrite}

// wants reports whether the editor asks for actions of a kind.
func (p actionParams) wants(kind string) bool {
	only := p.Context.Only
	return len(only) == 0 || slices.ContainsFunc(only, func(o string) bool { return o == "" || kind == o || strings.HasPrefix(kind, o+".") })
}

// A refactoring is what actions are made from: a document without errors of its
// text, and what is selected in it.
type refactoring struct {
	cursor
	server     *server
	start, end int           // the selection
	template   *arm.Template // nil in other documents
	names      *arm.Template // whose parameters and variables are meant
	where      *completion   // the places of the document
	node       jsonc.Node    // the value at the selection
	place      *place        // of node
}

// refactorings returns the actions that change how a document is written.
func (s *server) refactorings(p actionParams) []codeAction {
	c, ok := s.at(positionParams{p.TextDocument, p.Range.Start})
	if !ok || c.tree.Diagnostics.HasErrors() || c.tree.File.Len() > longestDocument {
		return nil
	}
	r := &refactoring{cursor: c, server: s, start: c.offset, end: offsetOf(c.tree.File.Text(), p.Range.End)}
	if arm.IsParameterFile(c.tree) {
		return r.fillParameterFile()
	}
	t := c.template()
	if t == nil || c.node == nil {
		return nil
	}
	r.template, r.names = scopesAt(t, c.pointer, 0)
	r.where = &completion{spot: &spot{tree: c.tree, text: c.tree.File.Text()}, template: r.template, names: r.names}
	r.node = c.node
	r.place = r.where.kind(c.pointer)
	var all []codeAction
	for _, make := range []struct {
		kind string
		f    func() []codeAction
	}{
		{actionExtract, r.extract}, {actionInline, r.inline}, {actionRewrite, r.toFormat}, {actionRewrite, r.upgrade}, {actionRewrite, r.addToParameterFiles},
	} {
		if p.wants(make.kind) {
			all = append(all, make.f()...)
		}
	}
	return slices.DeleteFunc(all, func(a codeAction) bool { return copiesSecret(a, c.checked.secrets) })
}

// copiesSecret reports whether an action writes a secret to another place, such as
// the value of protectedSettings to a variable. What is secret is known after the
// first check of the document; before that every action may write one.
func copiesSecret(a codeAction, secrets *secret.Set) bool {
	if secrets == nil || secrets.Redact(a.Title) != a.Title {
		return true
	}
	for _, edits := range a.Edit.Changes {
		for _, e := range edits {
			if secrets.Redact(e.NewText) != e.NewText {
				return true
			}
		}
	}
	return false
}

func (r *refactoring) action(kind, title string, edits []diag.Edit) codeAction {
	return codeAction{Title: title, Kind: kind, Edit: r.server.workspaceEdit(edits)}
}

// section reports whether the selection is in a part of the template.
func (r *refactoring) in(sections ...string) bool { return slices.Contains(sections, r.place.section) }

// extract moves the value at the selection to a variable or a parameter.
func (r *refactoring) extract() []codeAction {
	if !r.in("resources", "outputs", "variables") || r.names != r.template {
		return nil
	}
	if key, ok := r.node.(*jsonc.String); ok && isKey(r.tree, key) {
		return nil
	}
	name := r.suggestedName()
	value, replace, e, ok := r.selected()
	if name == "" || !ok {
		return nil
	}
	var all []codeAction
	if extractable(e, funcs.InVariable) {
		n := freeName(name, func(n string) bool { _, taken := r.names.Variables.Get(n); return taken })
		if edits := r.declare("variables", n, value); edits != nil {
			all = append(all, r.action(actionExtract, "Extract to variable "+n, append(edits, replace("variables("+expr.Quote(n)+")"))))
		}
	}
	typ := typeOfValue(value)
	if typ != "" && extractable(e, funcs.InParameter) && !arm.MayNameSecret(name) && !arm.SecretProperty(r.place.key()) && !r.in("variables") {
		n := freeName(name, func(n string) bool { _, taken := r.names.Parameters.Get(n); return taken })
		declaration := "{\n\t\"type\": \"" + typ + "\",\n\t\"defaultValue\": " + value + "\n}"
		if edits := r.declare("parameters", n, strings.ReplaceAll(declaration, "\t", r.tree.Indent())); edits != nil {
			all = append(all, r.action(actionExtract, "Extract to parameter "+n, append(edits, replace("parameters("+expr.Quote(n)+")"))))
		}
	}
	return all
}

// literalOnly are the members whose value has to be written out, or whose value
// people look for where it is.
var literalOnly = []string{"type", "apiversion", "$schema", "contentversion", "dependson", "scope", "existing"}

// suggestedName returns a name for the selected value: that of its member, with the
// word before where it says little; "" when it cannot be moved.
func (r *refactoring) suggestedName() string {
	var words []string
	for _, t := range r.place.tokens {
		if strings.EqualFold(t, "copy") && (r.in("variables") || r.place.key() == "name") {
			return "" // a loop
		}
		if strings.Trim(t, "0123456789") != "" {
			words = append(words, t)
		}
	}
	if len(words) < 2 || slices.Contains(literalOnly, strings.ToLower(words[len(words)-1])) && !r.in("variables") {
		return ""
	}
	name := words[len(words)-1]
	before := words[len(words)-2]
	switch strings.ToLower(name) {
	case "name", "id", "value", "properties", "type":
		if strings.EqualFold(before, "resources") || strings.EqualFold(before, "outputs") || strings.EqualFold(before, "properties") {
			before = r.place.typ[strings.LastIndexByte(r.place.typ, '/')+1:]
		}
		before = strings.TrimSuffix(before, "s")
		if before != "" {
			name = lowerFirst(before) + upperFirst(name)
		}
	}
	clean := strings.Map(func(c rune) rune {
		if c < 0x80 && isIdentifier(byte(c)) && c != '$' {
			return c
		}
		return -1
	}, name)
	return lowerFirst(clean)
}

func lowerFirst(s string) string { return strings.ToLower(s[:min(1, len(s))]) + s[min(1, len(s)):] }
func upperFirst(s string) string { return strings.ToUpper(s[:min(1, len(s))]) + s[min(1, len(s)):] }

func freeName(name string, taken func(string) bool) string {
	for i := 2; ; i++ {
		if !taken(name) {
			return name
		}
		name = strings.TrimRight(name, "0123456789") + fmt.Sprint(i)
	}
}

// selected returns the value to move as JSON text, and what puts a call in its place:
// the part of the expression that is selected, or the whole value. e is the
// expression of the value, if it is one.
func (r *refactoring) selected() (value string, replace func(call string) diag.Edit, e expr.Node, ok bool) {
	if s, isText := r.node.(*jsonc.String); isText && expr.IsExpression(s.Value) {
		root, found := expr.Parse(s.Value, s.Map())
		if found.HasErrors() {
			return "", nil, nil, false
		}
		part := root
		if r.end > r.start {
			expr.Walk(root, func(n expr.Node) bool {
				at := n.Range()
				if at.Start <= r.start && r.end <= at.End {
					part = n
					return true
				}
				return false
			})
		}
		if part != root {
			value, ok := valueOfPart(part)
			at := part.Range()
			return value, func(call string) diag.Edit { return diag.Edit{Range: at, Text: call} }, part, ok
		}
		e = root
		if call, isCall := root.(*expr.Call); isCall && isNameCall(call) {
			return "", nil, nil, false // it has a name already
		}
	}
	at := r.node.Range()
	switch r.node.(type) {
	case *jsonc.Object, *jsonc.Array:
		// An object with expressions in it would need each of them judged.
		holds := false
		jsonc.Walk(r.node, func(n jsonc.Node) bool {
			s, isText := n.(*jsonc.String)
			holds = holds || isText && expr.IsExpression(s.Value)
			if o, isObject := n.(*jsonc.Object); isObject {
				holds = holds || o.Get("copy") != nil
			}
			return !holds
		})
		// The cursor is somewhere in the object: only a selection means it.
		if holds || r.end == r.start {
			return "", nil, nil, false
		}
	case *jsonc.Invalid, *jsonc.Null:
		return "", nil, nil, false
	}
	return at.Text(), func(call string) diag.Edit { return diag.Edit{Range: at, Text: jsonc.Quote("[" + call + "]")} }, e, true
}

func isNameCall(call *expr.Call) bool {
	return strings.EqualFold(call.Name, "variables") || strings.EqualFold(call.Name, "parameters")
}

// valueOfPart returns a part of an expression as a JSON value.
func valueOfPart(n expr.Node) (string, bool) {
	switch n := n.(type) {
	case *expr.String:
		return jsonc.Quote(expr.Escape(n.Value)), true
	case *expr.Int:
		return n.Text, true
	case *expr.Call:
		if isNameCall(n) {
			return "", false
		}
	case *expr.Invalid:
		return "", false
	}
	return jsonc.Quote("[" + expr.Print(n) + "]"), true
}

// extractable reports whether an expression means the same in another section.
func extractable(e expr.Node, where funcs.Where) bool {
	ok := true
	if e == nil {
		return true
	}
	expr.Walk(e, func(n expr.Node) bool {
		call, isCall := n.(*expr.Call)
		if !isCall || !ok {
			return ok
		}
		f, known := funcs.Lookup(call.Name)
		switch {
		case call.Namespace != "":
			ok = where == funcs.InVariable
		case !known:
			ok = false
		case strings.EqualFold(call.Name, "copyIndex"), strings.EqualFold(call.Name, "lambdaVariables"):
			ok = false
		case strings.EqualFold(call.Name, "variables") && where == funcs.InParameter:
			ok = false
		default:
			ok = f.Where == 0 || f.Where.Allows(where)
		}
		return ok
	})
	return ok
}

// typeOfValue returns the type of a parameter for a JSON text; "" if unknown.
func typeOfValue(text string) string {
	switch {
	case text == "true" || text == "false":
		return "bool"
	case strings.HasPrefix(text, `"[`):
		return ""
	case strings.HasPrefix(text, `"`):
		return "string"
	case strings.HasPrefix(text, "{"):
		return "object"
	case strings.HasPrefix(text, "["):
		return "array"
	case strings.Trim(text, "-0123456789") == "":
		return "int"
	}
	return ""
}

// declare adds a member to a section of the template.
func (r *refactoring) declare(section, name, value string) []diag.Edit {
	t := r.names.Node
	if m := t.Get(section); m != nil {
		o, ok := m.Value.(*jsonc.Object)
		if !ok {
			return nil
		}
		return r.tree.InsertMember(o, len(o.Members), name, value)
	}
	before := slices.IndexFunc(t.Members, func(m *jsonc.Member) bool { return strings.EqualFold(m.Key.Value, "resources") })
	if before < 0 {
		return nil
	}
	indent := r.tree.Indent()
	return r.tree.InsertMember(t, before, section, "{\n"+indent+jsonc.Quote(name)+": "+strings.ReplaceAll(value, "\n", "\n"+indent)+"\n}")
}

// inline puts the value of the variable at the cursor in the place of all its uses.
func (r *refactoring) inline() []codeAction {
	name := ""
	if s, ok := r.text(); ok {
		for _, call := range r.calls(s) {
			if arg, ok := nameOf(call); ok && strings.EqualFold(call.Name, "variables") {
				name = arg
				break
			}
		}
		if name == "" && r.in("variables") && isKey(r.tree, s) {
			name = s.Value
		}
	}
	v, ok := r.names.Variables.Get(name)
	if name == "" || !ok || v.Loop != nil || v.Value == nil {
		return nil
	}
	edits := r.inlined(v)
	section, _ := r.names.Node.Get("variables").Value.(*jsonc.Object)
	if edits == nil || section == nil {
		return nil
	}
	i := slices.IndexFunc(section.Members, func(m *jsonc.Member) bool { return m.Key == v.Key })
	if i < 0 {
		return nil
	}
	return []codeAction{r.action(actionInline, "Inline variable "+v.Name(), append(edits, r.tree.RemoveMember(section, i)...))}
}

func nameOf(call *expr.Call) (string, bool) {
	if call.Namespace != "" || len(call.Args) != 1 {
		return "", false
	}
	s, ok := call.Args[0].(*expr.String)
	if !ok {
		return "", false
	}
	return s.Value, true
}

// inlined returns the edits of all uses of a variable; nil when one of them cannot
// have the value, or when an expression computes the name of a variable.
func (r *refactoring) inlined(v *arm.Variable) []diag.Edit {
	whole := v.Value.Range().Text()
	part, canBePart := "", true
	switch n := v.Value.(type) {
	case *jsonc.String:
		if expr.IsExpression(n.Value) {
			root, found := expr.Parse(n.Value, n.Map())
			if found.HasErrors() {
				return nil
			}
			part = jsonText(expr.Print(root))
		} else {
			part = jsonText(expr.Quote(expr.Unescape(n.Value)))
		}
	case *jsonc.Number:
		_, canBePart = n.Int()
		part = n.Text
	case *jsonc.Bool:
		part = n.At.Text() + "()"
	default:
		canBePart = false
	}
	var edits []diag.Edit
	possible := true
	root := arm.ParseTemplate(r.tree)
	for _, text := range root.Texts() {
		if text.Expression == nil || !sameTemplate(text.Names, r.names) {
			continue
		}
		e := text.Expression.Node
		expr.Walk(e, func(n expr.Node) bool {
			call, ok := n.(*expr.Call)
			if !ok || !strings.EqualFold(call.Name, "variables") {
				return true
			}
			name, literal := nameOf(call)
			switch {
			case !literal:
				possible = false
			case !strings.EqualFold(name, v.Name()):
			case e == n && !text.IsName:
				edits = append(edits, diag.Edit{Range: text.String.At, Text: whole})
			case canBePart && text.String.At.Start != v.Value.Range().Start:
				edits = append(edits, diag.Edit{Range: call.At, Text: part})
			default:
				possible = false
			}
			return true
		})
	}
	// A literal has no members.
	if s, ok := v.Value.(*jsonc.String); ok && !expr.IsExpression(s.Value) {
		for _, e := range edits {
			if at := e.Range; at.End < r.tree.File.Len() && strings.ContainsAny(r.tree.File.Text()[at.End:at.End+1], ".[") {
				possible = false
			}
		}
	}
	if !possible || len(edits) == 0 {
		return nil
	}
	return edits
}

// sameTemplate compares templates of two readings of one file.
func sameTemplate(a, b *arm.Template) bool { return a != nil && b != nil && a.Pointer == b.Pointer }

// toFormat writes the concat() around the cursor with format().
func (r *refactoring) toFormat() []codeAction {
	s, ok := r.text()
	if !ok {
		return nil
	}
	calls := r.calls(s)
	for _, call := range slices.Backward(calls) { // the outermost
		if call.Namespace != "" || !strings.EqualFold(call.Name, "concat") {
			continue
		}
		pattern, args, literals := strings.Builder{}, []string(nil), 0
		var add func(call *expr.Call)
		add = func(call *expr.Call) {
			for _, a := range call.Args {
				inner, isCall := a.(*expr.Call)
				switch a := a.(type) {
				case *expr.String:
					literals++
					pattern.WriteString(strings.NewReplacer("{", "{{", "}", "}}").Replace(a.Value))
				default:
					// Only a concat() with a literal is known to make a text.
					if isCall && strings.EqualFold(inner.Name, "concat") && slices.ContainsFunc(inner.Args, func(n expr.Node) bool { _, ok := n.(*expr.String); return ok }) {
						add(inner)
						continue
					}
					fmt.Fprintf(&pattern, "{%d}", len(args))
					args = append(args, expr.Print(a))
				}
			}
		}
		add(call)
		if literals == 0 || len(args) == 0 {
			continue
		}
		text := "format(" + strings.Join(append([]string{expr.Quote(pattern.String())}, args...), ", ") + ")"
		return []codeAction{r.action(actionRewrite, "Convert concat to format", []diag.Edit{{Range: call.At, Text: jsonText(text)}})}
	}
	return nil
}
