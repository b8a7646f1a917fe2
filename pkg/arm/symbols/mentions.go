package symbols

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// text adds the symbols that a text of the template refers to.
func (b *builder) text(t *arm.Text) {
	waits := strings.EqualFold(t.Key, "dependsOn") && t.Resource != nil && !t.IsName
	if t.Expression == nil {
		if waits {
			b.waitsFor(t, t.String.Value, unquoted(t.String.At), false)
		}
		b.childName(t)
		b.ids(t, t.String.At, false)
		return
	}
	if waits {
		if name, ok := literal(t.Expression.Node); ok {
			b.waitsFor(t, name.Value, unquoted(name.At), true)
		}
	}
	expr.Walk(t.Expression.Node, func(n expr.Node) bool {
		switch n := n.(type) {
		case *expr.Call:
			b.call(t, n)
		case *expr.String:
			b.ids(t, n.At, true)
		}
		return true
	})
}

// literal returns the string if the expression is a single string.
func literal(n expr.Node) (*expr.String, bool) {
	if c, ok := n.(*expr.Call); ok && strings.EqualFold(c.FullName(), "concat") && len(c.Args) == 1 {
		n = c.Args[0]
	}
	s, ok := n.(*expr.String)
	return s, ok
}

func (b *builder) call(t *arm.Text, c *expr.Call) {
	if c.Namespace != "" {
		for _, in := range [...]*arm.Template{t.Names, t.Template} {
			if s := b.find(Function, [2]any{in, strings.ToLower(c.Namespace)}, c.Name); s != nil {
				b.add(Occurrence{Symbol: s, At: lastPart(c.NameAt, c.Name), InExpression: true})
				return
			}
		}
		return
	}
	switch name := strings.ToLower(c.Name); name {
	case "parameters":
		if t.Function != nil {
			b.named(FunctionParameter, c, t.Function)
		} else {
			b.named(Parameter, c, t.Names, t.Template)
		}
	case "variables":
		b.named(Variable, c, t.Names, t.Template)
	case "copyindex":
		b.loop(t, c)
	case "reference", "references", "resourceinfo":
		if b.named(SymbolicName, c, t.Template, t.Names) || name == "resourceinfo" {
			return
		}
		if arg, ok := first(c); ok && !strings.Contains(arg.Value, "/") {
			b.byName(t, arg.Value, unquoted(arg.At), true)
		}
	case "resourceid":
		b.resourceID(t, c)
	case "concat":
		b.joined(t, c)
	}
}

// lastPart returns the range of the name of a function without its namespace.
func lastPart(at source.Range, name string) source.Range {
	if text := at.Text(); strings.HasSuffix(text, name) {
		at.Start = at.End - len(name)
	}
	return at
}

func first(c *expr.Call) (*expr.String, bool) {
	if len(c.Args) == 0 {
		return nil, false
	}
	s, ok := c.Args[0].(*expr.String)
	return s, ok
}

// named adds the symbol that the first argument of a call names, from the first
// of the scopes that has it.
func (b *builder) named(kind Kind, c *expr.Call, scopes ...any) bool {
	if len(c.Args) == 0 {
		return false
	}
	prefix, exact := arm.NamePrefix(c.Args[0])
	arg, isLiteral := c.Args[0].(*expr.String)
	if !isLiteral {
		if kind == Parameter || kind == Variable || kind == FunctionParameter {
			b.computed(kind, prefix, exact, scopes)
		}
		return false
	}
	for _, scope := range scopes {
		if s := b.find(kind, scope, arg.Value); s != nil {
			b.add(Occurrence{Symbol: s, At: unquoted(arg.At), InExpression: true})
			return true
		}
	}
	return false
}

// mostComputed bounds the computed names that are compared with each symbol; with
// more of them, each symbol counts as computed.
const mostComputed = 500

func (b *builder) computed(kind Kind, prefix string, exact bool, scopes []any) {
	if b.compared++; b.compared > mostComputed {
		return
	}
	if b.compared == mostComputed {
		for _, s := range b.index.Symbols {
			s.Computed = true
		}
	}
	for _, s := range b.index.Symbols {
		if s.Kind != kind {
			continue
		}
		name, want := strings.ToLower(s.Name), strings.ToLower(prefix)
		if exact && name != want || !strings.HasPrefix(name, want) {
			continue
		}
		for _, scope := range scopes {
			s.Computed = s.Computed || s.scope == scope
		}
	}
}

// loop adds the copy loop that copyIndex refers to: that of a property or a
// variable around the call, or else that of a resource.
func (b *builder) loop(t *arm.Text, c *expr.Call) {
	arg, ok := first(c)
	if !ok {
		return
	}
	var best *innerLoop
	for i, l := range b.loops {
		if strings.EqualFold(l.symbol.Name, arg.Value) && l.at.Contains(t.String.At) && (best == nil || best.at.Contains(l.at)) {
			best = &b.loops[i]
		}
	}
	if best != nil {
		b.add(Occurrence{Symbol: best.symbol, At: unquoted(arg.At), InExpression: true})
		return
	}
	for r := t.Resource; r != nil; {
		for ; r.Parent != nil; r = r.Parent {
		}
		if r.Copy != nil {
			name := nameOf(r.Copy.Node, "name")
			if s := b.find(Loop, r.Template(), arg.Value); s != nil && name != nil && strings.EqualFold(name.Value, arg.Value) {
				b.add(Occurrence{Symbol: s, At: unquoted(arg.At), InExpression: true})
				return
			}
		}
		r = b.outer[r.Template()]
	}
	// The variables and outputs of a template of outer scope may refer to the
	// loop around it.
	if r := b.outer[t.Template]; t.Resource == nil && r != nil {
		around := *t
		part := *t.Part
		part.Resource = r
		around.Part = &part
		b.loop(&around, c)
	}
}

// waitsFor adds the symbol that an element of dependsOn refers to: a loop, a
// symbolic name, or a resource.
func (b *builder) waitsFor(t *arm.Text, name string, at source.Range, inExpression bool) {
	for _, kind := range [...]Kind{SymbolicName, Loop} {
		if s := b.find(kind, t.Template, name); s != nil {
			b.add(Occurrence{Symbol: s, At: at, InExpression: inExpression})
			return
		}
	}
	b.byName(t, name, at, inExpression)
}

// byName adds the only resource with a name.
func (b *builder) byName(t *arm.Text, name string, at source.Range, inExpression bool) {
	var found *Symbol
	for _, s := range b.resources {
		if s.Template == t.Template && strings.EqualFold(s.Name, name) {
			if found != nil {
				return
			}
			found = s
		}
	}
	if found != nil {
		b.add(Occurrence{Symbol: found, At: at, InExpression: inExpression})
	}
}

// resourceID adds the resource that resourceId('type', 'name', ...) refers to,
// if its resource group is that of the deployment.
func (b *builder) resourceID(t *arm.Text, c *expr.Call) {
	for i, arg := range c.Args[:max(len(c.Args)-1, 0)] {
		kind, ok := arg.(*expr.String)
		if !ok {
			if !ownGroup(arg) {
				return
			}
			continue
		}
		parts := strings.Split(kind.Value, "/")
		if len(parts) < 2 {
			return
		}
		name, ok := c.Args[i+1].(*expr.String)
		if !ok {
			return
		}
		if s := b.find(Resource, resourceScope(t.Template, parts[0]+"/"+parts[1]), name.Value); s != nil {
			b.add(Occurrence{Symbol: s, At: unquoted(name.At), InExpression: true})
		}
		return
	}
}

// ownGroup reports whether an argument is a property of resourceGroup() or
// subscription().
func ownGroup(n expr.Node) bool {
	p, ok := n.(*expr.Property)
	if !ok {
		return false
	}
	c, ok := p.Target.(*expr.Call)
	return ok && (strings.EqualFold(c.FullName(), "resourceGroup") || strings.EqualFold(c.FullName(), "subscription"))
}

// joined adds a name that follows its type in concat('type/', 'name').
func (b *builder) joined(t *arm.Text, c *expr.Call) {
	for i := 1; i < len(c.Args); i++ {
		before, ok := c.Args[i-1].(*expr.String)
		name, isText := c.Args[i].(*expr.String)
		if !ok || !isText || !strings.HasSuffix(before.Value, "/") {
			continue
		}
		parts := strings.Split(strings.Trim(before.Value, "/"), "/")
		if len(parts) < 2 {
			continue
		}
		of := parts[len(parts)-2] + "/" + parts[len(parts)-1]
		if s := b.find(Resource, resourceScope(t.Template, of), name.Value); s != nil {
			b.add(Occurrence{Symbol: s, At: unquoted(name.At), InExpression: true})
		}
	}
}

// childName adds the parent in the name of a child resource at the top level of
// the template, such as vnet/subnet.
func (b *builder) childName(t *arm.Text) {
	r := t.Resource
	if r == nil || r.Parent != nil || r.Name == nil || t.String != r.Name {
		return
	}
	parent, _, ok := strings.Cut(t.String.Value, "/")
	parts := strings.Split(r.Type, "/")
	if !ok || len(parts) < 3 {
		return
	}
	if s := b.find(Resource, resourceScope(t.Template, parts[0]+"/"+parts[1]), parent); s != nil {
		b.add(Occurrence{Symbol: s, At: t.String.Map().Range(0, len(parent))})
	}
}

// ids adds the resources in a text that contains type/name, like an id.
func (b *builder) ids(t *arm.Text, at source.Range, inExpression bool) {
	text := at.Text()
	if strings.Count(text, "/") < 2 || len(b.resources) == 0 {
		return
	}
	text = strings.ToLower(text)
	for _, s := range b.resources {
		id := strings.ToLower(s.Detail + "/" + s.Name)
		for from := 0; s.Template == t.Template; {
			i := strings.Index(text[from:], id)
			if i < 0 {
				break
			}
			start := from + i
			from = start + len(id)
			if strings.ContainsRune(`/'"`, rune(text[start-min(start, 1)])) && (from == len(text) || strings.ContainsRune(`/'"\`, rune(text[from]))) {
				b.add(Occurrence{Symbol: s, At: source.Range{File: at.File, Start: at.Start + start + len(s.Detail) + 1, End: at.Start + from}, InExpression: inExpression})
			}
		}
	}
}
