package expand

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/diag"
	"github.com/scaleset/scaleset/pkg/eval"
	"github.com/scaleset/scaleset/pkg/funcs"
	"github.com/scaleset/scaleset/pkg/jsonc"
	"github.com/scaleset/scaleset/pkg/value"
)

// nested is the expansion of one nested deployment.
type nested struct {
	decl     *arm.Deployment
	frame    *frame
	record   *Nested
	expanded bool
	modeNode *Node // evaluated; nil where the deployment gives none
	// outputs is the table of outputs with its origin, made when it is first
	// asked for.
	outputs eval.Placed
}

// giveUp says why the resources of the deployment cannot be known.
func (n *nested) giveUp(reason string) {
	if n.record.Reason == "" {
		n.record.Reason = reason
	}
}

// expandNested enters the template of a nested deployment.
func (i *instance) expandNested() {
	r := i.f.run
	record := &Nested{ID: i.id, Name: i.label(), Path: i.f.path, Declared: i.decl}
	i.nested = &nested{decl: i.decl.Deployment(), record: record}
	r.out.Nested = append(r.out.Nested, record)
	if i.broken || i.nested.decl == nil || !i.checkShape() {
		if i.nested.decl == nil && !i.broken {
			i.nestedError(CodeNestedShape, "the nested deployment '%s' has neither a template nor a link to one", i.label())
		}
		record.Reason = "it is not well formed"
		return
	}
	if mode := i.nested.decl.Mode; mode != nil {
		i.nested.modeNode = i.at.node(mode)
	}
	target, ctx, ok := i.destination()
	if !ok {
		record.Reason = "its scope is not known"
		return
	}
	if len(i.f.path) >= r.opts.Limits.Nesting {
		record.Reason = "it is nested too deep"
		r.errorf(CodeLimit, RuleLimit, i.decl.At(), "nested deployments are more than %d levels deep, the limit of this tool", r.opts.Limits.Nesting)
		return
	}
	if t, inner := i.nestedTemplate(); t != nil {
		i.enterAs(t, inner, target, ctx)
	} else if p := i.nested.decl.Parameters; p != nil {
		i.at.in(funcs.InResource, resolve).node(p) // for what is wrong in them
	}
	if !i.nested.expanded && record.Reason != "" && !i.broken {
		i.notExpanded()
	}
}

func (i *instance) nestedError(code diag.Code, format string, args ...any) {
	i.broken = true
	i.f.run.errorf(code, RuleNested, i.decl.At(), format, args...)
}

// notExpanded tells that the resources of a nested deployment are missing.
func (i *instance) notExpanded() {
	i.f.run.infof(CodeNotExpanded, RuleNested, i.decl.At(), "the nested deployment '%s' is not expanded: %s", i.label(), i.nested.record.Reason)
}

// checkShape reports a deployment without a template, or with two.
func (i *instance) checkShape() bool {
	d := i.nested.decl
	if i.name != "" && len(i.name) > 64 {
		i.f.run.warnf(CodeDeploymentName, RuleNested, i.nameNode.At(), "the name of the deployment '%s' has %d characters, at most 64 are allowed", i.name, len(i.name))
	}
	switch {
	case d.Inline == nil && d.Link == nil:
		i.nestedError(CodeNestedShape, "the nested deployment '%s' has neither a template nor a link to one", i.label())
	case d.Inline != nil && d.Link != nil:
		i.nestedError(CodeNestedShape, "the nested deployment '%s' has both a template and a link to one", i.label())
	case d.Link != nil && d.Link.URI == nil && d.Link.ID == nil && d.Link.RelativePath == nil:
		i.nestedError(CodeNestedShape, "the link of the nested deployment '%s' has neither a uri, an id nor a relativePath", i.label())
	default:
		return true
	}
	return false
}

// destination is where a nested deployment deploys to, and the world that its
// functions answer with.
func (i *instance) destination() (target, funcs.Context, bool) {
	t := i.redirect(i.f.target)
	if i.decl.Scope != nil {
		n := i.at.node(i.decl.Scope)
		s, known := n.Text()
		if !known {
			return t, i.f.ctx, false
		}
		t, _ = parseScope(s, t)
	}
	if !i.validTarget(t) || !i.checkLocation(t) {
		return t, i.f.ctx, false
	}
	ctx := i.f.ctx
	if i.f.outer != nil {
		ctx = i.f.outer.f.ctx
	}
	ctx.DeploymentName = i.name
	switch {
	case t.scope != arm.ResourceGroup:
		ctx.ResourceGroup, ctx.Location = "", i.location()
	case !strings.EqualFold(t.group, ctx.ResourceGroup) || !strings.EqualFold(t.subscription, ctx.SubscriptionID):
		ctx.ResourceGroup, ctx.Location = t.group, ""
	}
	ctx.SubscriptionID, ctx.ManagementGroup = t.subscription, t.management
	return t, inScope(t.scope, ctx), true
}

// validTarget reports a subscription that is no GUID, as the engine does. One
// that is unknown because a parameter has no value is not judged.
func (i *instance) validTarget(t target) bool {
	if i.decl.SubscriptionID == nil || !isKnown(t.subscription) || isGUID(t.subscription) {
		return true
	}
	if isExpressionText(t.subscription) && (i.f.run.opts.MissingParameters == Unknown || i.f.run.opts.Lenient) {
		return false
	}
	i.broken = true
	i.f.run.errorf(CodeScope, RuleNested, i.decl.SubscriptionID.Range(), "'%s' is no subscription id", t.subscription)
	return false
}

func isGUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i, c := range []byte(s) {
		switch {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if c != '-' {
				return false
			}
		case !strings.ContainsRune("0123456789abcdefABCDEF", rune(c)):
			return false
		}
	}
	return true
}

// checkLocation: a deployment to a resource group has the location of the
// group, any other needs one of its own.
func (i *instance) checkLocation(t target) bool {
	switch {
	case t.scope == arm.ResourceGroup && i.decl.Location != nil:
		i.broken = true
		i.f.run.errorf(CodeNestedLocation, RuleNested, i.decl.Location.Range(), "the nested deployment '%s' may not have a location: it deploys to a resource group", i.label())
	case t.scope != arm.ResourceGroup && i.decl.Location == nil:
		i.nestedError(CodeNestedLocation, "the nested deployment '%s' needs a location: it deploys to a %s", i.label(), scopeWords[t.scope])
	default:
		return true
	}
	return false
}

var scopeWords = [...]string{"resource group", "subscription", "management group", "tenant"}

func (i *instance) location() string {
	s, _ := i.fieldText(i.decl.Location)
	return s
}

// fieldText evaluates a field that must be text.
func (i *instance) fieldText(n jsonc.Node) (string, bool) {
	if n == nil {
		return "", false
	}
	v := i.at.node(n)
	if u, unknown := v.Value.(value.Unknown); unknown {
		return "[" + u.Residual + "]", true
	}
	return v.Text()
}

// nestedTemplate finds the template; inner is false when its expressions mean
// what they mean around it.
func (i *instance) nestedTemplate() (t *arm.Template, inner bool) {
	d := i.nested.decl
	switch {
	case d.ParametersLink != nil:
		i.nested.giveUp("its parameters are in another file")
	case d.Link != nil:
		return i.linkedTemplate(), true
	default:
		if t := i.decl.InlineTemplate(); t != nil {
			return t, d.InnerScope
		}
		i.broken = true
		if _, bad := d.Inline.(*jsonc.Invalid); !bad {
			i.f.run.errorf(CodeNestedShape, RuleNested, d.Inline.Range(), "the template of the nested deployment '%s' must be an object; Azure does not evaluate an expression here", i.label())
		}
	}
	return nil, false
}

// enterAs is enter; what is wrong in a template that was found by its uri is no
// error: what lies at the uri may be another version of the file.
func (i *instance) enterAs(t *arm.Template, inner bool, to target, ctx funcs.Context) {
	if l := i.nested.decl.Link; l != nil && l.URI != nil {
		i.f.run.guessed++
		defer func() { i.f.run.guessed-- }()
	}
	i.enter(t, inner, to, ctx)
}

// enter expands the template of the deployment.
func (i *instance) enter(t *arm.Template, inner bool, to target, ctx funcs.Context) {
	n := i.nested
	n.record.Template = t
	f := &frame{run: i.f.run, t: t, ctx: ctx, target: to, declaration: i}
	f.path = append(i.f.path[:len(i.f.path):len(i.f.path)], i.label())
	n.frame = f
	around := i.at.in(funcs.InResource, resolve)
	around.mirror = true
	if inner {
		if !f.bindNested(n.decl, around) {
			return
		}
	} else if f.outer = around; !i.known(t) {
		n.giveUp("its expressions are evaluated by the template around it, and some are known only at deployment")
		return
	}
	i.follow()
	before := len(f.run.out.Resources)
	f.expand()
	if n.record.Reason != "" {
		f.run.out.Resources = f.run.out.Resources[:before]
		return
	}
	n.expanded, n.record.Expanded = true, true
	n.record.Parameters = f.parameterList()
}

// known reports whether a template of outer scope holds nothing that only the
// deployment can answer: the engine expands none other.
func (i *instance) known(t *arm.Template) bool {
	p := i.at.in(funcs.InResource, resolve)
	for _, section := range []string{"resources", "outputs"} {
		if m := t.Node.Get(section); m != nil {
			if n := p.node(m.Value); !value.IsKnown(n.Value) {
				return false
			}
		}
	}
	return true
}

// bindNested binds the parameters that the deployment passes.
func (f *frame) bindNested(d *arm.Deployment, around *place) bool {
	f.startBinding()
	values, ok := f.passed(d, around)
	if !ok {
		return false
	}
	for name, p := range f.t.Parameters.All() {
		v, given := values.Get(name)
		if !given || !f.bindPassed(p, v, around) {
			f.bindDefault(p)
		}
	}
	var names []string
	for name := range f.t.Parameters.All() {
		names = append(names, name)
	}
	for _, v := range values.All() {
		if _, declared := f.t.Parameters.Get(v.Key.Value); !declared {
			f.run.surplusValue(v.Key, names)
			f.declaration.broken = true
		}
	}
	return true
}

// passed reads the table of parameters of a nested deployment.
func (f *frame) passed(d *arm.Deployment, around *place) (*arm.Table[*arm.ParameterValue], bool) {
	none := &arm.Table[*arm.ParameterValue]{}
	switch n := d.Parameters.(type) {
	case nil:
		return none, true
	case *jsonc.Object:
		values, list := arm.ParseValues(n)
		for _, d := range list {
			f.run.add(d)
		}
		return values, true
	case *jsonc.String:
		return none, f.passedByExpression(n, around)
	}
	f.declaration.nestedError(CodeNestedShape, "the parameters of the nested deployment '%s' must be an object", f.declaration.label())
	return none, false
}

// passedByExpression binds what one expression gives for all parameters.
func (f *frame) passedByExpression(s *jsonc.String, around *place) bool {
	table := around.node(s)
	if !table.Known() {
		f.declaration.nested.giveUp("its parameters are known only at deployment")
		return false
	}
	for name, p := range f.t.Parameters.All() {
		if v := table.Get(name, "value"); v != nil {
			f.bindGiven(p, v, ByFile)
		} else {
			f.bindDefault(p)
		}
	}
	return false
}

// bindPassed binds one passed value; false when it is null, which is no value.
func (f *frame) bindPassed(p *arm.Parameter, v *arm.ParameterValue, around *place) bool {
	switch {
	case v.Reference != nil:
		f.bindUnknown(p, v.Reference.Node.At, around.keyVaultSecret(v.Reference), ByFile)
		return true
	case v.Value == nil:
		return f.bindEntry(p, v, around)
	}
	before := f.run.broken
	n := around.node(v.Value)
	return f.bindNode(p, n, v.Value, f.run.broken > before)
}

// bindEntry binds an entry that has a value only after it is evaluated.
func (f *frame) bindEntry(p *arm.Parameter, v *arm.ParameterValue, around *place) bool {
	before := f.run.broken
	n := around.node(v.Entry)
	if u, unknown := n.Value.(value.Unknown); unknown && f.run.broken == before {
		u.Residual += ".value"
		f.bindUnknown(p, v.Entry.Range(), u, ByFile)
		return true
	}
	inner := n.Get("value")
	if inner == nil && f.run.broken == before {
		return false
	}
	return f.bindNode(p, inner, v.Entry, f.run.broken > before)
}

// bindNode binds an evaluated value; false when it is null, which is no value.
func (f *frame) bindNode(p *arm.Parameter, n *Node, written jsonc.Node, broken bool) bool {
	if broken {
		f.bindUnknown(p, written.Range(), value.Unknown{Residual: "parameters('" + p.Name() + "')", Reason: "its value could not be evaluated"}, ByFile)
		f.parameters[strings.ToLower(p.Name())].bad = true
		return true
	}
	if _, null := n.Value.(value.Null); null {
		if _, nullable := p.Resolve(); !nullable {
			return false
		}
	}
	n.Origin = n.Origin.Through("parameter "+p.Name()+" of nested deployment "+f.declaration.label(), written.Range())
	f.bindGiven(p, n, ByFile)
	return true
}

// keyVaultSecret is the expression by which the engine names such a secret.
func (p *place) keyVaultSecret(r *arm.KeyVaultReference) value.Unknown {
	args := make([]string, 0, 2)
	for _, n := range []jsonc.Node{r.VaultID, r.SecretName} {
		if n != nil {
			args = append(args, value.Expression(p.node(n).Value))
		}
	}
	return value.Unknown{Residual: "getKeyVaultSecret(" + strings.Join(args, ", ") + ")", Reason: "its value is a secret in a key vault", Secret: true}
}

// value is what reference() of the expanded deployment answers. full is the
// whole resource instead of its properties.
func (n *nested) value(full bool) eval.Placed {
	if n.outputs.Value == nil {
		n.outputs = n.frame.outputTable()
	}
	members := []value.Member{{Name: "outputs", Value: n.outputs.Value}, {Name: "mode", Value: n.mode()}}
	origin := &eval.Origin{At: n.record.Declared.Node.At, Members: map[string]*eval.Origin{"outputs": n.outputs.Origin}}
	if n.decl.Inline != nil {
		members = append(members, value.Member{Name: "template", Value: literalValue(n.decl.Inline)})
	}
	properties := value.NewObject(members...)
	if !full {
		return eval.Placed{Value: properties, Origin: origin}
	}
	i := n.frame.declaration
	return eval.Placed{
		Value:  value.NewObject(value.Member{Name: "apiVersion", Value: i.apiNode.Value}, value.Member{Name: "properties", Value: properties}),
		Origin: &eval.Origin{At: origin.At, Members: map[string]*eval.Origin{"properties": origin}},
	}
}

// mode is the mode of the deployment; Incremental where it gives none.
func (n *nested) mode() value.Value {
	if n.decl.Mode == nil {
		return value.String("Incremental")
	}
	return n.modeNode.Value
}

// outputKinds are the names of types in the outputs of a deployment.
var outputKinds = map[arm.Kind]string{
	arm.StringKind: "String", arm.SecureStringKind: "SecureString", arm.IntKind: "Int", arm.BoolKind: "Bool",
	arm.ArrayKind: "Array", arm.ObjectKind: "Object", arm.SecureObjectKind: "SecureObject",
}

func (f *frame) outputTable() eval.Placed {
	members := make([]value.Member, len(f.outputs))
	origins := make(map[string]*eval.Origin, len(f.outputs))
	for i, o := range f.outputs {
		hop := o.node.Origin.Through("output "+o.decl.Name()+" of nested deployment "+f.declaration.label(), o.decl.Key.At)
		origins[strings.ToLower(o.decl.Name())] = &eval.Origin{At: o.node.At(), Members: map[string]*eval.Origin{"value": hop}}
		t, _ := o.decl.Resolve()
		members[i] = value.Member{Name: o.decl.Name(), Value: value.NewObject(
			value.Member{Name: "type", Value: value.String(outputKinds[t.Kind])},
			value.Member{Name: "value", Value: o.node.Value})}
	}
	return eval.Placed{Value: value.NewObject(members...), Origin: &eval.Origin{At: f.t.Node.At, Members: origins}}
}
