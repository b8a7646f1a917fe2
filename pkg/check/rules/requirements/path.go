package requirements

import (
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
)

// A path leads from an item to values; the package comment describes its form.
type path struct {
	text  string
	from  origin
	up    int // how many enclosing objects, arrays or resources to climb first
	steps []step
	// single says that it leads to one value, which may be absent.
	single bool
}

type origin uint8

const (
	fromItem origin = iota
	fromPlace
	fromResource
	fromParent // of a child resource
	fromAll    // every resource of the type
)

// A step is a member, every item of an array or map, or the resource that an id
// names.
type step struct {
	kind   stepKind
	name   string
	filter []string // of items: a path to a value of each item
	equals string   // what that value is
	not    bool     // it is something else
}

type stepKind uint8

const (
	member stepKind = iota
	items
	follow
)

func parsePath(text string) path {
	p := readPath(text)
	p.single = p.from != fromAll
	for _, st := range p.steps {
		p.single = p.single && st.kind != items
	}
	return p
}

func readPath(text string) path {
	p := path{text: text}
	rest := text
	switch {
	case strings.HasPrefix(rest, "parent->"):
		p.from = fromParent
		for strings.HasPrefix(rest, "parent->") {
			p.up, rest = p.up+1, rest[len("parent->"):]
		}
		p.steps = pathSteps(rest)
		return p
	case strings.HasPrefix(rest, "all["):
		p.from, p.steps = fromAll, pathSteps(rest[len("all"):])
		return p
	case strings.HasPrefix(rest, "/"):
		p.from, rest = fromResource, rest[1:]
	case strings.HasPrefix(rest, "^"):
		p.from, rest = fromPlace, rest[1:]
	}
	for strings.HasPrefix(rest, "../") {
		p.up, rest = p.up+1, rest[len("../"):]
	}
	p.steps = pathSteps(rest)
	return p
}

func pathSteps(text string) (steps []step) {
	for hop, part := range strings.Split(text, "->") {
		if hop > 0 {
			steps = append(steps, step{kind: follow})
		}
		for _, name := range strings.Split(strings.ReplaceAll(part, `\.`, "\x00"), ".") {
			name = strings.ReplaceAll(name, "\x00", ".")
			name, inside, all := strings.Cut(strings.Replace(name, "{}", "[]", 1), "[")
			if name != "" {
				steps = append(steps, step{kind: member, name: name})
			}
			if !all {
				continue
			}
			every := step{kind: items}
			if filter, equals, ok := strings.Cut(strings.TrimSuffix(inside, "]"), "="); ok {
				filter, every.not = strings.CutSuffix(filter, "!")
				every.filter, every.equals = strings.Split(filter, ":"), equals
			}
			steps = append(steps, every)
		}
	}
	return steps
}

// last is the name of the last member of the path, for messages.
func (p path) last() string {
	for i := len(p.steps) - 1; i >= 0; i-- {
		if p.steps[i].kind == member {
			return p.steps[i].name
		}
	}
	return p.text
}

// array is the name of the last array or map whose items the path leads to.
func (p path) array() string {
	for i := len(p.steps) - 1; i > 0; i-- {
		if p.steps[i].kind == items && p.steps[i-1].kind == member {
			return p.steps[i-1].name
		}
	}
	return p.last()
}

// first is the name of the first member of the path but "properties".
func (p path) first() string {
	for _, s := range p.steps {
		if s.kind == member && s.name != "properties" {
			return s.name
		}
	}
	return p.text
}

// A hit is what a path leads to.
type hit struct {
	state state
	node  *expand.Node // nil when the value is absent
	// parent is the last value on the way that exists, and missing what is not
	// there below it.
	parent  *expand.Node
	missing []step
	// via is the id or address in the subject that led to another resource.
	via *expand.Node
}

type state uint8

const (
	absent state = iota
	known
	unknown
)

// A subject is the item of a row that is judged.
type subject struct {
	pass     *lint.Pass
	resource *expand.Resource
	place    *expand.Node // what "^" means
	item     *expand.Node
	// elsewhere is set once the answer may depend on other resources than this one;
	// nil if the caller does not need it.
	elsewhere *bool
}

func (s subject) looksElsewhere() {
	if s.elsewhere != nil {
		*s.elsewhere = true
	}
}

// deployment is all resources of the template.
func (s subject) deployment() *vmss.Deployment {
	s.looksElsewhere()
	return s.pass.Deployment
}

// ref is the resource that an id names.
func (s subject) ref(n *expand.Node) vmss.Ref {
	if text, ok := n.Text(); ok && !strings.Contains(text, "/") {
		return s.pass.Deployment.Ref(n) // not an id, whatever the template makes
	}
	return s.deployment().Ref(n)
}

// start is where the path begins; ok is false when that is not known.
func (p path) start(s subject) (n *expand.Node, ok bool) {
	switch p.from {
	case fromPlace:
		n = s.place
	case fromResource:
		n = s.resource.Body
	case fromParent:
		return s.parent(p.up)
	default:
		n = s.item
	}
	for range p.up {
		if n = n.Parent(); n == nil {
			return nil, false
		}
	}
	return n, true
}

// parent is a resource some levels above the child resource that the item is in,
// when the template certainly makes it.
func (s subject) parent(levels int) (n *expand.Node, ok bool) {
	id := s.ref(topOf(s.item).Get("id")).Path()
	for range levels {
		if len(id.Names) == 0 {
			return nil, false
		}
		if id, ok = id.Parent(); !ok {
			return nil, false
		}
	}
	r := s.deployment().Find(id.String())
	if r == nil || r.Conditional {
		return nil, false
	}
	return r.Body, true
}

// someHits is room for the values that most paths lead to.
type someHits [6]hit

// mostHits bounds the values that one path leads to, against hostile templates.
const mostHits = 2000

// find appends the values that the path leads to: one for a path without "[]",
// which may be absent, and any number for one with it.
func (p path) find(found []hit, s subject) []hit {
	if p.from == fromAll {
		for _, r := range s.deployment().OfType(s.resource.Type) {
			at := hit{state: known, node: r.Body, parent: r.Body}
			switch passes := p.steps[0].passes(r.Body); {
			case passes == no:
			case passes == maybe || r.Conditional:
				found = append(found, hit{state: unknown, node: r.Body, parent: r.Body})
			default:
				found = walk(found, s, at, p.steps[1:])
			}
		}
		return found
	}
	n, ok := p.start(s)
	if !ok {
		return append(found, hit{state: unknown})
	}
	return walk(found, s, hit{state: known, node: n, parent: n}, p.steps)
}

// lookup is find for a path without items, which leads to one value.
func (p path) lookup(s subject) hit {
	n, ok := p.start(s)
	if !ok {
		return hit{state: unknown}
	}
	at, _ := run(s, hit{state: known, node: n, parent: n}, p.steps)
	return at
}

// walk appends the values that the steps lead to.
func walk(found []hit, s subject, at hit, steps []step) []hit {
	at, rest := run(s, at, steps)
	if len(rest) == 0 {
		return append(found, at)
	}
	if at.state == absent {
		return found
	}
	every, rest := rest[0], rest[1:]
	into := func(n *expand.Node) {
		switch {
		case len(found) >= mostHits || every.filter != nil && every.passes(n) == no:
		case every.passes(n) == maybe:
			found = append(found, hit{state: unknown, node: n, parent: n, via: at.via})
		default:
			found = walk(found, s, hit{state: known, node: n, parent: n, via: at.via}, rest)
		}
	}
	switch at.node.Value.(type) {
	case value.Array:
		for _, item := range at.node.Items {
			into(item)
		}
	case *value.Object: // a map
		for _, m := range at.node.Members {
			into(m.Node)
		}
	}
	return found
}

// run takes the steps up to the first that is about items, which it leaves over.
// Nothing is left over of a value that is not known.
func run(s subject, at hit, steps []step) (hit, []step) {
	for i, st := range steps {
		if at.state == known && !at.node.Known() {
			at.state = unknown
		}
		if at.state == unknown && st.kind == follow && at.node != nil {
			if r := s.deployment().BlobService(at.node); r.Target != nil && !r.Resource.Conditional {
				at = hit{state: known, node: r.Target, parent: r.Target, via: at.node}
				continue
			}
		}
		switch {
		case at.state == unknown:
			return at, nil
		case st.kind == items && at.state == absent:
			return at, steps[i:]
		case st.kind == items && !at.node.NeedsValue() && at.node.Members != nil || st.kind == items && value.IsArray(at.node.Value) && !at.node.NeedsValue():
			return at, steps[i:]
		case st.kind == items:
			return hit{state: unknown, node: at.node, parent: at.node, via: at.via}, nil
		case st.kind == follow && at.state == absent:
			return hit{state: unknown, parent: at.parent}, nil
		case st.kind == follow:
			target := s.target(at.node)
			if target == nil {
				return hit{state: unknown, node: at.node, parent: at.node}, nil
			}
			if at.via == nil {
				at.via = at.node
			}
			at = hit{state: known, node: target, parent: target, via: at.via}
		case at.state == absent: // a member of what is not there
		default:
			if _, object := at.node.Value.(*value.Object); !object {
				return hit{state: unknown, node: at.node, parent: at.node}, nil // the schema says so
			}
			next := at.node.Get(st.name)
			switch {
			case next != nil && value.IsNull(next.Value) && computed(next):
				return hit{state: unknown, node: next, parent: next, via: at.via}, nil
			case next == nil || value.IsNull(next.Value):
				at = hit{state: absent, parent: at.node, missing: steps[i:], via: at.via}
			default:
				at = hit{state: known, node: next, parent: next, via: at.via}
			}
		}
	}
	switch {
	case at.state == known && !at.node.Known():
		at.state = unknown
	case at.state == known && value.IsNull(at.node.Value):
		at.state = absent
	}
	return at, nil
}

// passes says whether an item is one of those that the step is about.
func (st step) passes(item *expand.Node) truth {
	if st.filter == nil {
		return yes
	}
	n := item.Get(st.filter...)
	if n != nil && !n.Known() {
		return maybe
	}
	text, _ := n.Text()
	if b, ok := n.Bool(); ok {
		text = strconv.FormatBool(b)
	}
	return truthOf(strings.EqualFold(text, st.equals) != st.not)
}

// target is what an id names or, for the address of a blob, its storage
// account; nil when the template does not certainly make it.
func (s subject) target(n *expand.Node) *expand.Node {
	if text, ok := n.Text(); ok {
		if account, _, ok := blobAddress(text); ok {
			if a := s.deployment().StorageAccount(account); a != nil && !a.Resource.Conditional {
				return a.Body
			}
			return nil
		}
	}
	r := s.ref(n)
	if r.Target != nil && !r.Resource.Conditional {
		return r.Target
	}
	return nil
}

// blobAddress takes the address of a blob service apart, with or without a
// container.
func blobAddress(text string) (account, container string, ok bool) {
	if account, container, ok = vmss.ParseBlobURI(text); ok {
		return account, container, ok
	}
	return vmss.ParseBlobURI(strings.TrimSuffix(text, "/") + "/container")
}

// computed reports a value that an expression gives. What is null in one
// deployment, such as the answer of if(), need not be in the next.
func computed(n *expand.Node) bool {
	text := n.Written.Text()
	return strings.HasPrefix(text, "\"[")
}
