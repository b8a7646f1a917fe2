package expand

import (
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/grammar"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// body evaluates the members of the resource and adds it to the result; a
// nested deployment adds its resources in its place.
func (i *instance) body() {
	r := i.f.run
	switch {
	case i.decl.Existing:
		return
	case i.decl.IsDeployment() && i.decl.Extension == nil:
		i.expandNested()
		return
	}
	before := r.broken
	b := bodyBuilder{i: i, n: &Node{Written: i.decl.Node.At, outside: &outside{root: i.decl.Pointer, around: i.around()}}}
	b.identity()
	for _, m := range i.decl.Body {
		b.member(m)
	}
	broken := r.broken > before
	i.checkEnvelope()
	i.follow()
	i.list(b.n, i.broken || broken)
}

// around returns the loop iterations and nested deployments that contain the
// resource.
func (i *instance) around() (a *around) {
	if d := i.f.declaration; d != nil {
		a = &around{step: diag.Step{Kind: diag.DeploymentStep, Name: d.label(), Place: d.decl.At()}, outer: d.around()}
	}
	for l := i.at.loop; l != nil; l = l.outer {
		if r := i.declarationWithLoop(); r != nil && !l.unknown && l.implicit {
			return &around{step: diag.Step{Kind: diag.CopyStep, Name: l.name, Index: l.index, Place: r.Copy.Node.At}, outer: a}
		}
	}
	return a
}

// declarationWithLoop returns the declaration with the loop that made the
// resource: its own or, for a child, that of its parent.
func (i *instance) declarationWithLoop() *arm.Resource {
	for r := i.decl; r != nil; r = r.Parent {
		if r.Copy != nil {
			return r
		}
	}
	return nil
}

// list adds the resource to the result.
func (i *instance) list(body *Node, broken bool) {
	if i.f.run.stopped {
		return // the body is incomplete
	}
	body.sortMembers()
	body.closeObject(false)
	res := &Resource{
		ID: i.shownID, Type: i.typ, Name: i.name, APIVersion: i.api, NameKnown: i.name != "", Body: body,
		Declared: i.decl.Node.At, Pointer: i.decl.Pointer, Conditional: i.conditional(), Repeated: i.repeated(), Broken: broken,
		ResourceGroup: i.f.target.group, SubscriptionID: i.f.target.subscription, Nested: i.f.path, Source: i.decl,
	}
	if u, unknown := i.nameValue().(value.Unknown); unknown {
		res.Name = "[" + u.Residual + "]"
	}
	i.result = res
	i.f.run.out.Resources = append(i.f.run.out.Resources, res)
}

// enclosing returns the frame of the template that nests this one; nil for the
// root.
func (f *frame) enclosing() *frame {
	if f.declaration == nil {
		return nil
	}
	return f.declaration.f
}

// conditional reports whether an unknown condition decides whether the resource
// exists: its own, that of its parent, or that of a nested deployment around
// it.
func (i *instance) conditional() bool {
	for p := i; p != nil; p = p.parent {
		if p.condition != nil && !p.condition.Known() {
			return true
		}
	}
	return i.f.declaration != nil && i.f.declaration.conditional()
}

// repeated reports whether the resource, or a nested deployment around it,
// stands for an unknown number of copies.
func (i *instance) repeated() bool {
	for l := i.at.loop; l != nil; l = l.outer {
		if l.unknown {
			return true
		}
	}
	return i.f.declaration != nil && i.f.declaration.repeated()
}

func (i *instance) nameValue() value.Value {
	if i.name != "" || i.nameNode == nil {
		return value.String(i.name)
	}
	if _, ok := i.nameNode.Value.(value.Unknown); ok && (i.parent == nil || i.isFullType()) {
		return i.nameNode.Value
	}
	if i.parent != nil {
		parent := value.Expression(i.parent.nameValue())
		return value.Unknown{Residual: "concat(" + parent + ", '/', " + value.Expression(i.nameNode.Value) + ")", Reason: "the name is known only at deployment"}
	}
	return i.nameNode.Value
}

// A bodyBuilder builds the body of one resource.
type bodyBuilder struct {
	i *instance
	n *Node
}

// identity adds the members that were evaluated before the body.
func (b *bodyBuilder) identity() {
	i := b.i
	if i.decl.Extension != nil {
		b.put("type", nodeOf(value.String(i.typ), i.decl.TypeNode.At), source.Range{})
		return
	}
	b.put("id", nodeOf(idValue(i), i.decl.At()), source.Range{})
	b.put("type", nodeOf(value.String(i.typ), i.decl.TypeNode.At), source.Range{})
	if i.condition != nil {
		b.put("condition", i.condition, source.Range{})
	}
	b.put("name", i.fullName(), source.Range{})
	b.put("apiVersion", i.apiNode, source.Range{})
}

// fullName returns the full name with the origin of the name as declared.
func (i *instance) fullName() *Node {
	n := &Node{Value: i.nameValue(), origin: i.nameNode.origin, Written: i.nameNode.Written}
	switch n.Value.(type) {
	case value.String, value.Unknown:
	default: // reported
		n.Value = value.Unknown{Residual: "null()", Reason: notEvaluated}
	}
	return n
}

func idValue(i *instance) value.Value {
	if i.id != "" || i.shownID == "" {
		return value.String(i.id)
	}
	return value.Unknown{Residual: strings.TrimSuffix(strings.TrimPrefix(i.shownID, "["), "]"), Reason: "the name is known only at deployment"}
}

func (b *bodyBuilder) put(name string, n *Node, key source.Range) {
	if n == nil {
		return
	}
	b.n.Members = append(b.n.Members, Member{Name: name, Key: key, Node: n})
}

// fields are the members of a resource in the order of the deployment service,
// with the treatment of functions that are answered only at deployment.
var fields = [...]struct {
	name string
	mode mode
}{
	{"id", forbid}, {"type", forbid}, {"condition", forbid}, {"name", forbid}, {"apiVersion", forbid}, {"location", forbid},
	{"extendedLocation", forbid}, {"sku", keep}, {"kind", forbid}, {"managedBy", forbid}, {"managedByExtended", forbid}, {"plan", forbid},
	{"identity", forbid}, {"tags", keep}, {"zones", forbid}, {"placement", keep}, {"properties", resolve},
}

// member evaluates one member; a null member is left out.
func (b *bodyBuilder) member(m *jsonc.Member) {
	name, how := m.Key.Value, resolve
	for _, f := range fields {
		if fold.Equal(f.name, name) {
			name, how = f.name, f.mode
		}
	}
	n := b.i.at.in(funcs.InResource, how).node(m.Value)
	if _, null := n.Value.(value.Null); null {
		return
	}
	b.put(name, n, m.Key.At)
	b.i.f.run.checkResult(grammar.Resource.Member(name), "'"+b.i.label()+"'", m.Value, n)
}

// sortMembers sorts the members of a body in the order of the deployment
// service.
func (n *Node) sortMembers() {
	sorted := make([]Member, 0, len(n.Members))
	for _, f := range fields {
		for _, m := range n.Members {
			if m.Name == f.name {
				sorted = append(sorted, m)
			}
		}
	}
	n.Members = sorted
}

// checkAPIVersion reports a version that is not a date, which Azure rejects.
func (i *instance) checkAPIVersion() {
	if !i.apiNode.Known() {
		return
	}
	text, ok := i.apiNode.Text()
	if !ok || !isDate(text) {
		i.f.run.warnf(CodeFieldType, RuleResource, i.apiNode.At(), "the apiVersion of '%s' must be a date such as 2023-09-01 or 2023-09-01-preview, not %s",
			i.decl.Label(), checker{}.show(i.apiNode.Value))
	}
}

// isDate reports whether s is YYYY-MM-DD, with or without a suffix such as
// -preview.
func isDate(s string) bool {
	if len(s) < 10 || s[4] != '-' || s[7] != '-' || len(s) > 10 && s[10] != '-' {
		return false
	}
	for _, part := range []string{s[:4], s[5:7], s[8:10]} {
		if _, err := strconv.ParseUint(part, 10, 16); err != nil {
			return false
		}
	}
	return true
}
