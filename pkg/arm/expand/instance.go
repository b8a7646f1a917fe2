package expand

import (
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/grammar"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"

	"github.com/scaleset/scaleset/pkg/arm"
)

// An instance is a resource after its loop is unrolled: one copy.
type instance struct {
	f      *frame
	decl   *arm.Resource
	at     *place // the place of its members
	parent *instance
	symbol string // "" without one; "name[0]" for a copy

	state     state
	skipped   bool // the condition is false
	condition *Node
	nameNode  *Node
	name      string // full; "" if unknown
	typ       string // full
	api       string
	apiNode   *Node
	id        string // "" if unknown
	shownID   string // the id, or its expression

	followed  bool // dependsOn was followed
	entries   []*Node
	calls     []*Call
	loops     string // name of its loop, in lower case
	loop      *Loop  // loop of its declaration; nil for a child
	planned   *Instance
	scopeText string // of a nested deployment
	deploysTo target // target of a nested deployment
	nested    *nested
	result    *Resource
	broken    bool
}

// declare adds the instances of all resources, children after their parents.
func (f *frame) declare() {
	for _, r := range f.t.Resources {
		f.instantiate(r)
	}
}

func (f *frame) instantiate(r *arm.Resource) {
	if r.Broken || f.run.stopped {
		f.incomplete = true
		return
	}
	p := f.place(header, forbid)
	symbol := ""
	if r.Symbol != nil && f.t.Symbolic {
		symbol = r.Symbol.Value
	}
	if r.Copy == nil {
		f.addInstance(r, p, nil, symbol, "", nil)
		return
	}
	name, ok := p.loopName(r.Copy)
	if !ok {
		f.incomplete = true
		return
	}
	count, unknown, ok := p.count(r.Copy)
	switch {
	case !ok:
		f.incomplete = true
		return
	case unknown != "":
		f.unknownCount(r, p, symbol, name)
		return
	}
	f.checkLoop(r.Copy, p)
	if count == 0 {
		f.checkUndeployed(r)
	}
	key := fold.Lower(name)
	l := f.declareLoop(key, name, r)
	for i := range count {
		q := p.with(loop{name: name, index: i, implicit: true})
		s := symbol
		if s != "" {
			s += "[" + strconv.Itoa(i) + "]"
		}
		f.addInstance(r, q, nil, s, key, l)
	}
}

// declareLoop registers a loop under its name, also if its count is 0.
func (f *frame) declareLoop(key, name string, r *arm.Resource) *Loop {
	if f.loops == nil {
		f.loops = make(map[string][]*instance)
	}
	f.loops[key] = f.loops[key][:len(f.loops[key]):len(f.loops[key])]
	l := &Loop{Name: name, Declared: r}
	f.declaredLoops = append(f.declaredLoops, l)
	return l
}

// unknownCount adds one instance for all copies of a loop. In a nested
// deployment, the deployment service expands nothing in that case.
func (f *frame) unknownCount(r *arm.Resource, p *place, symbol, name string) {
	if f.declaration != nil {
		f.declaration.nested.giveUp("it has a copy loop whose count is known only at deployment")
		f.incomplete = true
		return
	}
	key := fold.Lower(name)
	l := f.declareLoop(key, name, r)
	l.Unknown = true
	f.addInstance(r, p.with(loop{name: name, implicit: true, unknown: true}), nil, symbol, key, l)
}

func (f *frame) addInstance(r *arm.Resource, p *place, parent *instance, symbol, loopName string, l *Loop) {
	if f.run.declared++; f.run.declared > f.run.opts.Limits.Resources {
		f.run.limit(r.At(), "the template has more than %d resources with all copies and nested deployments, the limit of this tool", f.run.opts.Limits.Resources)
		return
	}
	i := &instance{f: f, decl: r, parent: parent, symbol: symbol, loops: loopName, loop: l}
	q := *p
	q.user = i
	i.at = &q
	f.instances = append(f.instances, i)
	if loopName != "" && parent == nil {
		f.loops[loopName] = append(f.loops[loopName], i)
	}
	i.header()
	for _, child := range r.Children {
		if child.Broken {
			f.incomplete = true
			continue
		}
		s := ""
		if child.Symbol != nil {
			s = child.Symbol.Value
		}
		f.addInstance(child, p, i, s, "", nil)
	}
}

// header evaluates the members that identify the resource: condition, name,
// type, apiVersion.
func (i *instance) header() {
	before := i.f.run.broken
	if i.isFalse() {
		i.skipped = true
		i.f.checkUndeployed(i.decl)
		if i.decl.Existing || len(i.decl.Children) > 0 { // reference() and children can refer to it anyway
			i.f.quietly(i.evaluateIdentity)
		}
		return
	}
	for _, d := range grammar.CheckDeployed(i.decl.Node, shapeOf(i.decl)) {
		i.f.run.reject(d)
	}
	i.evaluateIdentity()
	i.broken = i.broken || i.f.run.broken > before
}

// evaluateIdentity evaluates name and apiVersion and builds the id.
func (i *instance) evaluateIdentity() {
	if i.decl.Extension != nil {
		i.typ = i.decl.Type
		return
	}
	i.nameNode = asText(i.at.node(i.decl.Name), i.decl.Name)
	if i.decl.APIVersion != nil {
		i.apiNode = i.at.node(i.decl.APIVersion)
		i.api, _ = i.apiNode.Text()
		i.checkAPIVersion()
	} else {
		i.apiNode = literal(i.decl.Node, value.Unknown{Residual: "defaultApiVersion()", Reason: "the apiProfile of the template gives the version"})
	}
	i.identify()
}

// asText converts a literal number or boolean to text where text is expected,
// as Azure does.
func asText(n *Node, written jsonc.Node) *Node {
	switch w := written.(type) {
	case *jsonc.Number:
		return nodeOf(value.String(w.Text), w.At)
	case *jsonc.Bool:
		text := value.String("False")
		if w.Value {
			text = "True"
		}
		return nodeOf(text, w.At)
	}
	return n
}

// isFalse evaluates the condition. Only a boolean counts: the deployment
// service keeps a resource with any other value.
func (i *instance) isFalse() bool {
	if i.decl.Condition == nil {
		return false
	}
	before := i.f.run.broken
	n := i.at.node(i.decl.Condition)
	if i.f.run.broken > before {
		i.broken = true
		return false
	}
	b, ok := n.Value.(value.Bool)
	if !ok {
		i.condition = n
		i.f.run.checkResult(shapeOf(i.decl).Member("condition"), "'"+i.decl.Label()+"'", i.decl.Condition, n)
	}
	return ok && !bool(b)
}

// identify builds the full type, the full name and the id.
func (i *instance) identify() {
	name, known := i.ownName()
	i.typ = i.decl.Type
	if i.parent != nil && !i.isFullType() {
		i.typ = i.parent.typ + "/" + strings.Trim(i.typ, "/")
		if i.parent.name != "" && known {
			name = i.parent.name + "/" + name
		} else {
			known = false
		}
	}
	if known && !i.checkSegments(name) {
		i.broken = true
		return
	}
	if known {
		i.name = name
	}
	i.identifyIn(i.scope())
}

func (i *instance) identifyIn(scope string, t target, ok bool) {
	switch {
	case !ok || i.name == "" || !t.known() && scope == "":
		name := i.nameNode.Value
		if i.parent != nil && i.name != "" {
			name = value.String(i.name)
		}
		i.shownID = t.unknownID(i.typ, name)
	case scope != "":
		i.id = t.scopedID(scope, i.typ, i.name)
	default:
		i.id = t.id(i.typ, i.name)
	}
	if i.id != "" {
		i.shownID = i.id
	}
	if scope == "" && t.scope != arm.ResourceGroup {
		i.checkGroupOnly(t)
	}
}

// groupOnly are namespaces whose resources are always in resource groups, for
// all types that occur in templates.
var groupOnly = [...]string{"Microsoft.Compute", "Microsoft.ContainerRegistry", "Microsoft.ContainerService", "Microsoft.KeyVault",
	"Microsoft.ManagedIdentity", "Microsoft.Network", "Microsoft.OperationalInsights", "Microsoft.ServiceFabric", "Microsoft.Sql",
	"Microsoft.Storage", "Microsoft.Web"}

// checkGroupOnly warns of a resource that cannot be deployed outside a resource
// group. The deployment service gives it an id anyway.
func (i *instance) checkGroupOnly(t target) {
	namespace, _, _ := strings.Cut(i.typ, "/")
	for _, n := range groupOnly {
		if fold.Equal(n, namespace) && !i.decl.Existing {
			i.f.run.warnf(CodeScope, RuleResource, i.decl.At(), "'%s' is deployed to a %s, but resources of type '%s' need a resource group",
				i.label(), scopeWords[t.scope], i.typ)
		}
	}
}

// ownName evaluates the name as declared.
func (i *instance) ownName() (name string, known bool) {
	switch v := i.nameNode.Value.(type) {
	case value.String:
		if v == "" {
			i.badName("the name is empty")
			return "", false
		}
		return string(v), true
	case value.Unknown:
		if v.Kind != "" && v.Kind != "string" {
			i.badName("the name must be a string, not " + withArticle(v))
		}
		return "", false
	default:
		i.badName("the name must be a string, not " + withArticle(v))
	}
	return "", false
}

func (i *instance) badName(why string) {
	i.broken = true
	i.f.run.errorfFrom(i.nameNode.origin, CodeName, RuleResource, i.nameNode.At(), "the resource of type '%s' has no valid name: %s", i.decl.Type, why)
}

// isFullType reports whether a child declares its full type, with a namespace
// such as Microsoft.Network, and therefore its full name. It may then be of an
// unrelated type. If both readings of the type are possible, the number of
// segments of the name decides; if the name is unknown, a dot in the namespace
// does.
func (i *instance) isFullType() bool {
	namespace, _, found := strings.Cut(strings.Trim(i.decl.Type, "/"), "/")
	if !found || strings.HasPrefix(namespace, "[") {
		return false
	}
	if name, ok := i.nameNode.Text(); ok {
		switch got := countSegments(name); got - countSegments(i.decl.Type) {
		case -1:
			return true
		case 0:
			return false
		}
	}
	return strings.Contains(namespace, ".")
}

// countSegments returns the number of non-empty parts between slashes; Azure
// ignores empty ones.
func countSegments(s string) (n int) {
	for part := range strings.SplitSeq(s, "/") {
		if part != "" {
			n++
		}
	}
	return n
}

// checkSegments compares the segments of the name with those of the type: one
// for each segment after the namespace.
func (i *instance) checkSegments(name string) bool {
	want, got := countSegments(i.typ)-1, countSegments(name)
	// The expansion rejects empty segments; the validation rejects them only at
	// the ends of the name of a top-level resource.
	loose := !i.f.run.opts.Literal && (i.parent != nil || strings.Trim(name, "/") == name)
	if got == want && want > 0 && (loose || got == strings.Count(name, "/")+1) {
		return true
	}
	d := i.f.run
	if want <= 0 {
		d.errorf(CodeNameSegments, RuleResource, i.decl.TypeNode.At, "the type '%s' has no namespace, such as Microsoft.Compute/virtualMachineScaleSets", i.typ)
		return false
	}
	d.errorfFrom(i.nameNode.origin, CodeNameSegments, RuleResource, i.nameNode.At(), "the name '%s' has %s, but the type '%s' needs %s", name, segments(got), i.typ, segments(want))
	return false
}

func segments(n int) string { return amount(int64(n), "segment") }

// scope evaluates the scope of the resource. Only existing resources and nested
// deployments can redirect it with resourceGroup and subscriptionId.
func (i *instance) scope() (scope string, t target, ok bool) {
	t = i.f.target
	if i.decl.IsDeployment() && i.decl.Extension == nil {
		t, ok = i.targetOf()
		i.deploysTo = t
		return "", t, ok
	}
	if i.decl.Scope != nil {
		n := i.at.node(i.decl.Scope)
		s, known := n.Text()
		if !known {
			i.broken = i.broken || n.Known()
			return "", t, false
		}
		return s, t, true
	}
	if i.decl.Existing {
		return "", i.redirect(t), true
	}
	return "", t, true
}

// redirect returns the target with resourceGroup and subscriptionId applied.
func (i *instance) redirect(t target) target {
	group, hasGroup := i.fieldText(i.decl.ResourceGroup)
	subscription, hasSubscription := i.fieldText(i.decl.SubscriptionID)
	// Both may be empty: modules pass '' for the group of the deployment.
	hasGroup, hasSubscription = hasGroup && group != "", hasSubscription && subscription != ""
	if hasSubscription {
		t.subscription = subscription
		if !hasGroup {
			t.scope, t.group = arm.Subscription, ""
		}
	}
	if hasGroup {
		t.scope, t.group = arm.ResourceGroup, group
	}
	return t
}
