package diff

import (
	"slices"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
)

// maxTrials bounds the pairs of items without names that are compared.
const maxTrials = 10_000

// list compares two lists: items with names by name, lists that are sets as
// sets, others item by item.
func (w *walk) list(p path, older, newer *expand.Node) {
	if scalars(older) && scalars(newer) {
		if !sameScalars(p, older.Items, newer.Items) {
			w.report(p, older, newer, nil)
			if hasUnknown(older) || hasUnknown(newer) {
				w.doubt()
			}
		}
		return
	}
	if by := nameOf(older, newer); by != nil {
		w.named(p, older, newer, by)
		return
	}
	w.unnamed(p, older, newer)
}

func scalars(n *expand.Node) bool {
	return !slices.ContainsFunc(n.Items, func(i *expand.Node) bool { return isObject(i) || isArray(i) })
}

// sameScalars compares lists of plain values; the order counts unless the list
// is one of sets.
func sameScalars(p path, a, b []*expand.Node) bool {
	if len(a) != len(b) {
		return false
	}
	if _, set := foldings.Get().sets[last(p)]; !set {
		return slices.EqualFunc(a, b, func(x, y *expand.Node) bool { return sameItem(p, x, y) })
	}
	rest := slices.Clone(b)
	for _, x := range a {
		i := slices.IndexFunc(rest, func(y *expand.Node) bool { return sameItem(p, x, y) })
		if i < 0 {
			return false
		}
		rest = slices.Delete(rest, i, i+1)
	}
	return true
}

// sameItem compares two plain values; unknown ones are equal when what is left
// of their expressions is.
func sameItem(p path, a, b *expand.Node) bool {
	x, unknownA := unknownValue(a)
	y, unknownB := unknownValue(b)
	if unknownA || unknownB {
		return unknownA && unknownB && x.Residual == y.Residual
	}
	return same(p, a.Value, b.Value)
}

// hasUnknown reports whether an item of a list is known only at deployment.
func hasUnknown(n *expand.Node) bool {
	return slices.ContainsFunc(n.Items, func(i *expand.Node) bool { return !i.Known() })
}

// A namer gives the name of an item of a list, in lower case.
type namer func(*expand.Node) (name string, ok bool)

// nameOf finds what names all items of both lists, each once: nil when nothing does.
func nameOf(older, newer *expand.Node) namer {
	for _, member := range [...]string{"name", "lun", "id", "path", "certificateUrl", "sourceVault"} {
		by := func(n *expand.Node) (string, bool) {
			at := n.Get(member)
			if member == "sourceVault" {
				at = at.Get("id")
			}
			if lun, ok := at.Int(); ok {
				return strconv.FormatInt(lun, 10), true
			}
			if u, ok := unknownValue(at); ok && isObject(n) {
				return "[" + strings.ToLower(u.Residual) + "]", true
			}
			text, ok := at.Text()
			return strings.ToLower(text), ok
		}
		if names(older.Items, by) && names(newer.Items, by) {
			return by
		}
	}
	return nil
}

func names(items []*expand.Node, by namer) bool {
	seen := map[string]bool{}
	for _, n := range items {
		name, ok := by(n)
		if !ok || seen[name] {
			return false
		}
		seen[name] = true
	}
	return true
}

// named compares lists whose items have names, in the order of the new one.
func (w *walk) named(p path, older, newer *expand.Node, by namer) {
	before := map[string]*expand.Node{}
	for _, n := range older.Items {
		name, _ := by(n)
		before[name] = n
	}
	after := map[string]bool{}
	for _, n := range newer.Items {
		name, _ := by(n)
		after[name] = true
	}
	gone := indexed(older.Items)
	gone = slices.DeleteFunc(gone, func(i indexedNode) bool { name, _ := by(i.node); return after[name] })
	for i, n := range newer.Items {
		name, _ := by(n)
		at := p.item(label(n, i), i)
		switch {
		case before[name] != nil:
			w.value(at, before[name], n)
		case len(gone) > 0 && w.onePlace(p, older, newer, n):
			w.value(at, gone[0].node, n)
			gone = gone[1:]
		default:
			w.itemOf(at, nil, n)
		}
	}
	for _, g := range gone {
		w.itemOf(p.item(label(g.node, g.index), g.index), g.node, nil)
	}
}

// onePlace reports lists where an item that is new and one that is gone are one
// item that changed: references by id, and the only interface of an instance or
// its only configuration, which can be renamed and not be left out.
func (w *walk) onePlace(p path, older, newer, item *expand.Node) bool {
	if item.Get("name") == nil && item.Get("lun") == nil {
		return true
	}
	switch last(p) {
	case "networkinterfaceconfigurations", "ipconfigurations":
		return len(older.Items) == 1 && len(newer.Items) == 1
	}
	return false
}

// itemOf reports an item that one list has.
func (w *walk) itemOf(p path, older, newer *expand.Node) {
	if w.leaves(p, older, newer) {
		w.left++
		return
	}
	w.report(p, older, newer, nil)
}

// label names an item for people.
func label(n *expand.Node, index int) string {
	if name, ok := n.Get("name").Text(); ok {
		return "'" + name + "'"
	}
	if lun, ok := n.Get("lun").Int(); ok {
		return "lun " + strconv.FormatInt(lun, 10)
	}
	return strconv.Itoa(index)
}

// unnamed compares lists of objects without names: equal items first, whatever
// their order, then the others one by one.
func (w *walk) unnamed(p path, older, newer *expand.Node) {
	restOld, restNew := slices.Clone(older.Items), indexed(newer.Items)
	if len(older.Items)*len(newer.Items) <= maxTrials {
		restOld, restNew = w.withoutEqual(p, restOld, restNew)
	}
	for i, n := range restNew {
		at := p.item(strconv.Itoa(n.index), n.index)
		if i < len(restOld) {
			w.value(at, restOld[i], n.node)
		} else {
			w.itemOf(at, nil, n.node)
		}
	}
	for i := len(restNew); i < len(restOld); i++ {
		w.itemOf(p.item("was "+strconv.Itoa(i), i), restOld[i], nil)
	}
}

type indexedNode struct {
	index int
	node  *expand.Node
}

func indexed(items []*expand.Node) []indexedNode {
	all := make([]indexedNode, len(items))
	for i, n := range items {
		all[i] = indexedNode{i, n}
	}
	return all
}

func (w *walk) withoutEqual(p path, older []*expand.Node, newer []indexedNode) ([]*expand.Node, []indexedNode) {
	var rest []indexedNode
	for _, n := range newer {
		at := slices.IndexFunc(older, func(o *expand.Node) bool { return w.equal(p.item("", n.index), o, n.node) })
		if at < 0 {
			rest = append(rest, n)
			continue
		}
		older = slices.Delete(older, at, at+1)
	}
	return older, rest
}

// last is the last step of a path.
func last(p path) string {
	for i := len(p.steps) - 1; i >= 0; i-- {
		if p.steps[i] != "*" {
			return p.steps[i]
		}
	}
	return ""
}
