package diff

import (
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// A walk compares one resource with another.
type walk struct {
	diff     *Diff
	old, new *expand.Resource
	typ      string // lower case
	defaults []Default
	rules    []Rule
	// onlyNew and onlyOld say that what this side does not mention is no
	// change: the other was exported, or this one carries but a part.
	onlyNew, onlyOld bool
	changes          []Change
	left             int
	waiting          map[string]string // see judgeExtension
}

// maxDepth bounds the descent; the parser nests no deeper.
const maxDepth = 600

// A path leads to a value: the names for people, and in lower case with "*" for
// items of lists as the tables have them.
type path struct {
	words   string
	pointer string // below the resource
	steps   []string
}

func (p path) member(name string) path {
	words := name
	if p.words != "" {
		words = p.words + "." + name
	}
	return path{words, p.pointer + "/" + jsonc.PointerToken(name), append(p.steps[:len(p.steps):len(p.steps)], strings.ToLower(name))}
}

func (p path) item(label string, index int) path {
	return path{p.words + "[" + label + "]", p.pointer + "/" + strconv.Itoa(index), append(p.steps[:len(p.steps):len(p.steps)], "*")}
}

func newWalk(d *Diff, p pair) *walk {
	w := &walk{diff: d, old: p.old, new: p.new, typ: strings.ToLower(p.new.Type)}
	w.defaults, w.rules = Defaults(p.new.Type), Rules(p.new.Type)
	w.onlyNew = d.Old.Exported || partial(p.new)
	w.onlyOld = d.New.Exported || partial(p.old)
	return w
}

// partial reports a scale set that carries its SKU and capacity alone.
func partial(r *expand.Resource) bool {
	return strings.EqualFold(r.Type, vmss.Type) && r.Body.Get("properties", "virtualMachineProfile") == nil
}

// resource compares all members but those that say which resource it is.
func (w *walk) resource() {
	if !strings.EqualFold(w.old.Name, w.new.Name) && !w.diff.Old.Exported && !w.diff.New.Exported {
		if p, a, b := (path{}).member("name"), w.old.Body.Get("name"), w.new.Body.Get("name"); !w.unknown(p, a, b) {
			w.report(p, a, b, nil)
		}
	}
	w.members(path{}, w.old.Body, w.new.Body, func(name string) bool {
		switch strings.ToLower(name) {
		case "id", "type", "name", "apiversion", "scope":
			return true
		}
		return false
	})
	if !w.diff.Old.Exported && !w.diff.New.Exported && !strings.EqualFold(w.old.APIVersion, w.new.APIVersion) {
		w.report(path{}.member("apiVersion"), w.old.Body.Get("apiVersion"), w.new.Body.Get("apiVersion"), nil)
	}
}

// members compares the members of two objects, one of which may be absent, in
// the order of the new one.
func (w *walk) members(p path, older, newer *expand.Node, skip func(string) bool) {
	if len(p.steps) > maxDepth {
		return
	}
	seen := map[string]bool{}
	before, after := finder(older), finder(newer)
	visit := func(n *expand.Node) {
		if n == nil {
			return
		}
		for _, m := range n.Members {
			name := strings.ToLower(m.Name)
			if seen[name] || skip != nil && skip(m.Name) {
				continue
			}
			seen[name] = true
			w.value(p.member(m.Name), before(m.Name), after(m.Name))
		}
	}
	visit(newer)
	visit(older)
}

// finder finds members of an object as [expand.Node.Get] does, which goes
// through all of them each time; of a large object it makes a table.
func finder(n *expand.Node) func(name string) *expand.Node {
	const few = 50
	if n == nil || !n.Known() || len(n.Members) <= few {
		return func(name string) *expand.Node { return n.Get(name) }
	}
	table := make(map[string]*expand.Node, len(n.Members))
	for _, m := range n.Members {
		table[strings.ToLower(m.Name)] = m.Node // the last one wins, as in the engine
	}
	return func(name string) *expand.Node { return table[strings.ToLower(name)] }
}

// value compares two values, one of which may be absent.
func (w *walk) value(p path, older, newer *expand.Node) {
	older, newer = given(older), given(newer)
	if w.readOnly(p) || older == nil && newer == nil {
		return
	}
	if w.leaves(p, older, newer) {
		w.left++
		return
	}
	if w.unknown(p, older, newer) {
		return
	}
	switch {
	case isObject(older) && isObject(newer):
		w.members(p, older, newer, nil)
	case isArray(older) && isArray(newer):
		w.list(p, older, newer)
	case older == nil || newer == nil:
		w.oneSided(p, older, newer)
	case !same(p, older.Value, newer.Value):
		w.report(p, older, newer, nil)
	}
}

// given returns the node, or nil when it says nothing: null, an empty list or object.
func given(n *expand.Node) *expand.Node {
	if n == nil {
		return nil
	}
	switch v := n.Value.(type) {
	case value.Null:
		return nil
	case value.Array:
		if len(v) == 0 {
			return nil
		}
	case *value.Object:
		if v.Len() == 0 {
			return nil
		}
	}
	return n
}

func isObject(n *expand.Node) bool {
	return n != nil && value.IsObject(n.Value)
}

func isArray(n *expand.Node) bool {
	return n != nil && value.IsArray(n.Value)
}

// leaves reports a value that one side does not mention and that Azure
// keeps or fills in by itself.
func (w *walk) leaves(p path, older, newer *expand.Node) bool {
	if older != nil && newer != nil || meansAbsence(p) {
		return false
	}
	return w.onlyNew && newer == nil || w.onlyOld && older == nil
}

// meansAbsence reports values of which the absence is a statement: a PUT without
// tags removes them.
func meansAbsence(p path) bool {
	switch p.steps[0] {
	case "tags", "zones", "plan", "identity":
		return true
	}
	return p.steps[len(p.steps)-1] == "*" // an item that a list no longer has
}

// unknown deals with values that are known only at deployment.
func (w *walk) unknown(p path, older, newer *expand.Node) bool {
	a, unknownOld := unknownValue(older)
	b, unknownNew := unknownValue(newer)
	if !unknownOld && !unknownNew {
		return false
	}
	if unknownOld && unknownNew && a.Residual == b.Residual {
		return true
	}
	if (w.diff.Old.Exported || w.diff.New.Exported) && (a.Secret || b.Secret) {
		w.left++ // an export never has secrets
		return true
	}
	w.report(p, older, newer, nil)
	w.doubt()
	return true
}

// doubt says of the last change that whether it is one is known only at deployment.
func (w *walk) doubt() {
	c := &w.changes[len(w.changes)-1]
	if c.Class != Unknown {
		c.May = c.Class
	}
	c.Class, c.Depends = Unknown, true
}

func unknownValue(n *expand.Node) (u value.Unknown, ok bool) {
	if n == nil {
		return u, false
	}
	u, ok = n.Value.(value.Unknown)
	return u, ok
}

// oneSided deals with a value that one side has. An object or a list counts as
// one change when all in it would be of one rule, and none when all in it is
// a default of Azure.
func (w *walk) oneSided(p path, older, newer *expand.Node) {
	there := older
	if there == nil {
		there = newer
	}
	switch {
	case isObject(there):
		start := len(w.changes)
		w.members(p, older, newer, nil)
		w.join(start, p, older, newer)
	case isArray(there):
		d := w.byDefault(p, older == nil)
		if eq, known := value.Equal(d, there.Value); d == nil || !eq || !known {
			w.report(p, older, newer, d)
		}
	default:
		d := w.byDefault(p, older == nil)
		if d == nil || !same(p, d, there.Value) {
			w.report(p, older, newer, d)
		}
	}
}

// join makes the changes from start on one change of the object they are in,
// when they have the same rule and class.
func (w *walk) join(start int, p path, older, newer *expand.Node) {
	inner := w.changes[start:]
	if len(inner) < 2 {
		return
	}
	for _, c := range inner {
		if c.Rule != inner[0].Rule || c.Class != inner[0].Class || c.Default != nil {
			return
		}
	}
	w.changes = w.changes[:start]
	w.report(p, older, newer, nil)
}

// equal reports whether two values differ in nothing that has an effect.
func (w *walk) equal(p path, older, newer *expand.Node) bool {
	trial := *w
	trial.changes = nil
	trial.value(p, older, newer)
	for _, c := range trial.changes {
		if c.Class != NoEffect {
			return false
		}
	}
	return true
}

// byDefault returns the default of Azure for a value that one side does not have.
func (w *walk) byDefault(p path, oldSide bool) value.Value {
	r := w.new
	if oldSide {
		r = w.old
	}
	for i := range w.defaults {
		if d := &w.defaults[i]; d.matches(p.steps) {
			if v := d.of(r); v != nil {
				return v
			}
		}
	}
	return nil
}

// report adds a change, judged by the most exact rule.
func (w *walk) report(p path, older, newer *expand.Node, byDefault value.Value) {
	c := Change{Path: p.words, Old: older, New: newer, Default: byDefault, Pointer: newer.Pointer()}
	if newer == nil {
		c.Pointer = older.Pointer()
	}
	c.Rule = rule(w.rules, w.typ, p.steps)
	c.Class, c.Reason = c.Rule.Class, c.Rule.Why
	if c.Rule.judge != nil {
		c.Class, c.Reason = c.Rule.judge(&moment{walk: w, path: p, old: older, new: newer, byDefault: byDefault})
		if c.Class != c.Rule.Class && c.Rule.others != "" {
			c.Rule = rule(w.rules, w.typ, steps(c.Rule.others))
		}
	}
	if c.Class == Unknown {
		c.May = Refused
	}
	w.changes = append(w.changes, c)
}
