package deploy

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
)

// A unit is one template with an index of the names of its resources.
type unit struct {
	*expand.Unit
	graph *Graph

	number  map[*expand.Instance]int // index in Instances
	symbols map[string]*expand.Instance
	ids     map[string][]*expand.Instance // by lower-case id without the first slash
	// relative has the resources in the target of the unit, by the part of
	// their ids after /providers/, in lower case.
	relative map[string][]*expand.Instance
	// anywhere has all resources, by the part of their ids after the group.
	anywhere map[string]bool
	short    map[string][]*expand.Instance // by last segment of the name, in lower case
	loops    map[string]*group             // by name, in lower case
	// symbolic has the loops by the symbolic name of their resource.
	symbolic map[string]*group
	groups   []*group
	// unnamed has the lower-case types of resources whose name or id is
	// unknown; a missing resource may be one of them. nameless is set if the
	// name of some is unknown.
	unnamed  map[string]bool
	nameless bool
	// computed has the resources with unknown names, by the expressions of name
	// and id: the same expression has the same value.
	computed map[string][]*expand.Instance

	waiting [][]int // edges by number: instances, then groups
	// conditional is set while checking what happens only if an unknown condition
	// of the deployment or of a resource is true.
	conditional bool
	// waitsForUnknown is set for an instance that depends on something unknown.
	waitsForUnknown []bool
}

// A group is the result of a loop: the instances of one loop or of several with
// one name, and their children.
type group struct {
	number  int // numbered after the instances
	loops   []*expand.Loop
	members []*expand.Instance
	unknown bool
}

func (g *Graph) unit(x *expand.Unit) *unit {
	n := len(x.Instances)
	u := &unit{Unit: x, graph: g, number: make(map[*expand.Instance]int, n), symbols: map[string]*expand.Instance{},
		ids: make(map[string][]*expand.Instance, n), relative: make(map[string][]*expand.Instance, n), short: make(map[string][]*expand.Instance, n),
		loops: map[string]*group{}, symbolic: map[string]*group{}, unnamed: map[string]bool{}, computed: map[string][]*expand.Instance{}, anywhere: make(map[string]bool, n), waitsForUnknown: make([]bool, n)}
	made := map[*expand.Loop]*group{}
	for _, l := range x.Loops {
		made[l] = u.group(l)
	}
	for k, i := range x.Instances {
		u.number[i] = k
		u.index(i)
		if l := loopOf(i); l != nil {
			made[l].members = append(made[l].members, i)
		}
	}
	u.waiting = make([][]int, n+len(u.groups))
	for k, p := range u.groups {
		p.number = n + k
		for _, i := range p.members {
			u.waiting[p.number] = append(u.waiting[p.number], u.number[i])
		}
	}
	return u
}

func (u *unit) group(l *expand.Loop) *group {
	key := fold.Lower(l.Name)
	p := u.loops[key]
	if p == nil {
		p = new(group)
		u.loops[key] = p
		u.groups = append(u.groups, p)
	}
	p.loops = append(p.loops, l)
	p.unknown = p.unknown || l.Unknown
	if l.Declared.Symbol != nil && u.Template.Symbolic {
		u.symbolic[l.Declared.Symbol.Value] = p
	}
	return p
}

// loopOf returns the loop that made an instance: its own, or that of its
// parent.
func loopOf(i *expand.Instance) *expand.Loop {
	for ; i.Parent != nil; i = i.Parent {
	}
	return i.Loop
}

func (u *unit) index(i *expand.Instance) {
	if i.Symbol != "" {
		u.symbols[i.Symbol] = i
	}
	if i.Declared.Extension != nil {
		return
	}
	if i.Name == "" || i.ID == "" || i.Repeated {
		u.unnamed[fold.Lower(i.Type)] = true
	}
	u.nameless = u.nameless || i.Name == "" || i.Repeated
	if i.Name == "" {
		u.indexComputed(i)
		return
	}
	name := joined(i.Name)
	last := fold.Lower(name[strings.LastIndexByte(name, '/')+1:])
	u.short[last] = append(u.short[last], i)
	between := fold.Lower(expand.Interleave(joined(i.Type), name))
	u.anywhere[between] = true
	if u.inTarget(i, between) {
		u.relative[between] = append(u.relative[between], i)
	}
	if i.ID != "" {
		key := fold.Lower(joined(i.ID))
		u.ids[key] = append(u.ids[key], i)
	}
}

func (u *unit) indexComputed(i *expand.Instance) {
	if i.Parent != nil || i.Repeated || i.Broken || u.Template.Symbolic || i.NameNode == nil || i.Declared.Scope != nil {
		return
	}
	name, ok := i.NameNode.Value.(value.Unknown)
	if !ok || strings.Count(i.Type, "/") != 1 {
		return
	}
	u.computed[name.Residual] = append(u.computed[name.Residual], i)
	if !i.Declared.IsDeployment() || i.Target == u.Target {
		id := "resourceId('" + i.Type + "', " + name.Residual + ")"
		u.computed[id] = append(u.computed[id], i)
	}
}

// joined returns a name, a type or an id without its empty segments, which do
// not count.
func joined(s string) string {
	s = strings.Trim(s, "/")
	for strings.Contains(s, "//") {
		s = strings.ReplaceAll(s, "//", "/")
	}
	return s
}

// inTarget reports whether an instance is in the target of its unit.
func (u *unit) inTarget(i *expand.Instance, between string) bool {
	switch {
	case fold.Equal(i.Type, "Microsoft.Resources/resourceGroups"):
		return true // its id has another form, but resourceId() finds it
	case i.ID != "":
		return fold.Equal(joined(i.ID), joined(u.Target.Prefix()+"/providers/"+between))
	case i.Declared.IsDeployment():
		return i.Target == u.Target
	}
	return i.Declared.Scope == nil
}

// A meaning is the resource or loop that a text refers to.
type meaning struct {
	instances []*expand.Instance
	group     *group
	// id is set if the text is an id and not a name.
	id bool
	// unknown is set if the meaning is unknown offline.
	unknown bool
}

func (m meaning) found() bool { return m.group != nil || len(m.instances) > 0 }

// dependency resolves an element of dependsOn: the name of a resource or of a
// loop, a type with a name, or an id, with or without the first slash.
func (u *unit) dependency(text string) meaning {
	s := strings.TrimRight(strings.TrimPrefix(text, "/"), "/")
	if u.Template.Symbolic {
		if m := u.symbol(s, true); m.found() || m.unknown {
			return m
		}
	}
	if strings.Contains(s, "/") {
		return u.byID(s)
	}
	if p := u.loops[fold.Lower(s)]; p != nil {
		return meaning{group: p}
	}
	if u.Template.Symbolic {
		return meaning{unknown: u.Incomplete}
	}
	return u.byName(s)
}

// reference resolves the first argument of reference() or list*(), which is
// never a loop.
func (u *unit) reference(text string) meaning {
	s := strings.TrimRight(strings.TrimPrefix(text, "/"), "/")
	if u.Template.Symbolic {
		if m := u.symbol(s, false); m.found() || m.unknown {
			return m
		}
	}
	if strings.Contains(s, "/") {
		return u.byID(s)
	}
	if u.Template.Symbolic {
		return meaning{unknown: u.Incomplete}
	}
	return u.byName(s)
}

// symbol resolves a symbolic name, which is case-sensitive, or one copy of a
// loop.
func (u *unit) symbol(s string, loops bool) meaning {
	if p := u.symbolic[s]; p != nil && loops {
		return meaning{group: p}
	}
	if i := u.symbols[s]; i != nil && u.symbolic[s] == nil {
		return meaning{instances: []*expand.Instance{i}}
	}
	if name, _, ok := strings.Cut(s, "["); ok && u.symbolic[name] != nil && u.symbolic[name].unknown {
		return meaning{unknown: true}
	}
	return meaning{}
}

func (u *unit) byName(s string) meaning {
	list := u.short[fold.Lower(s)]
	return meaning{instances: list, unknown: len(list) == 0 && (u.Incomplete || u.nameless)}
}

// byID resolves an id, in full or without the prefix of the ids in this
// deployment.
func (u *unit) byID(s string) meaning {
	key := fold.Lower(s)
	if list := u.ids[key]; len(list) > 0 {
		return meaning{instances: list, id: true}
	}
	between := key
	if prefix := fold.Lower(strings.TrimPrefix(u.Target.Prefix(), "/")); u.Target.Known() && prefix != "" {
		between = strings.TrimPrefix(between, prefix+"/")
	}
	if rest, ok := strings.CutPrefix(between, "providers/"); ok {
		between = rest
	}
	list := u.relative[between]
	m := meaning{instances: list, id: true}
	if len(list) == 0 {
		m.unknown = u.Incomplete || u.unnamed[typeOf(between)] || u.elsewhere(key)
	}
	return m
}

// elsewhere reports whether an id in another subscription or group than that of
// the deployment may be in this deployment: its group was not given, and a
// resource of the template has its type and name.
func (u *unit) elsewhere(id string) bool {
	parts := strings.Split(id, "/")
	if len(parts) < 2 || parts[0] != "subscriptions" {
		return false
	}
	if _, between, ok := strings.Cut(id, "/providers/"); !ok || !u.anywhere[between] {
		return false
	}
	if !u.Target.Known() {
		return true
	}
	o := u.graph.opts
	if o.AssumedSubscription != "" && !fold.Equal(parts[1], o.AssumedSubscription) {
		return true
	}
	return o.AssumedGroup != "" && len(parts) > 3 && parts[2] == "resourcegroups" && !fold.Equal(parts[3], o.AssumedGroup)
}

// typeOf returns the type in an id, from the part after the last /providers/.
func typeOf(id string) string {
	if at := strings.LastIndex(id, "/providers/"); at >= 0 {
		id = id[at+len("/providers/"):]
	}
	parts := strings.Split(id, "/")
	typ := parts[0]
	for n := 1; n < len(parts); n += 2 {
		typ += "/" + parts[n]
	}
	return typ
}

const (
	maxSearches = 50  // searches for the nearest name, each of which compares all names
	maxLabel    = 120 // characters of a name in a message
)

// nearest returns a hint with the name that was probably meant.
func (u *unit) nearest(text string) string {
	if u.graph.searches++; u.graph.searches > maxSearches {
		return ""
	}
	var names []string
	ids := strings.Contains(strings.Trim(text, "/"), "/")
	for _, i := range u.Instances {
		switch {
		case ids && strings.HasPrefix(text, "/"):
			names = append(names, i.ID)
		case ids:
			names = append(names, expand.Interleave(i.Type, i.Name))
		case i.Symbol != "":
			names = append(names, i.Symbol)
		default:
			names = append(names, i.Name[strings.LastIndexByte(i.Name, '/')+1:])
		}
	}
	if !ids {
		for _, l := range u.Loops {
			names = append(names, l.Name)
		}
	}
	return nearest.Question(text, names)
}

// label returns the name of a resource for messages.
func label(i *expand.Instance) string {
	switch {
	case i.Symbol != "":
		return i.Symbol
	case i.Name != "":
		return i.Name
	}
	return i.Declared.Label()
}

// displayName returns a text of dependsOn or of a call for messages: an id in the
// target of the unit without the common prefix, another id with its group.
func (u *unit) displayName(text string) string {
	before, between, ok := strings.Cut(text, "/providers/")
	if !ok || u.Deployment == nil && u.Target.Prefix() == "" {
		return "'" + shorten(text) + "'"
	}
	if u.Target.Known() && fold.Equal(before, u.Target.Prefix()) {
		return "'" + shorten(between) + "'"
	}
	if parts := strings.Split(before, "/"); len(parts) == 5 && fold.Equal(parts[3], "resourceGroups") {
		return "'" + shorten(between) + "' in resource group '" + shorten(parts[4]) + "'"
	}
	return "'" + shorten(text) + "'"
}

// shorten returns a text shortened for a message.
func shorten(text string) string {
	if r := []rune(text); len(r) > maxLabel {
		return string(r[:maxLabel/2]) + "..." + string(r[len(r)-maxLabel/2:])
	}
	return text
}
