package diff

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
)

// A pair is a resource on both sides, or on one.
type pair struct {
	old, new *expand.Resource
	replaced bool // they are two resources at one place of the template
}

// match pairs the resources: by type and name, those whose names are unknown by
// what is left of the name, then by the place of their declaration.
// In complete mode what is left on both sides at one place is replaced.
func match(older, newer Side, complete bool) []pair {
	m := matcher{byKey: map[string][]*expand.Resource{}, byPlace: map[place][]*expand.Resource{}, bySymbol: map[place][]*expand.Resource{},
		byType: map[string][]*expand.Resource{}, nameless: map[string][]*expand.Resource{}, taken: map[*expand.Resource]bool{}}
	for _, r := range deployed(older) {
		m.add(r)
	}
	fresh := deployed(newer)
	pairs := make([]pair, len(fresh))
	for i, r := range fresh {
		pairs[i] = pair{old: m.take(m.byKey[key(r)], func(o *expand.Resource) bool { return sameGroup(o, r) }), new: r}
		if pairs[i].old == nil {
			pairs[i].old = m.take(m.byKey[key(r)], func(*expand.Resource) bool { return true })
		}
	}
	m.matchPlaces(pairs, older.Exported)
	for i := range pairs {
		if p := &pairs[i]; complete && p.old == nil {
			p.old = m.take(m.byPlace[placeOf(p.new)], func(o *expand.Resource) bool { return symbol(o) == symbol(p.new) })
			p.replaced = p.old != nil
		}
	}
	for _, r := range deployed(older) {
		if !m.taken[r] {
			pairs = append(pairs, pair{old: r})
		}
	}
	return pairs
}

// A matcher has the resources of the older side by what they can be found by,
// so that thousands of renamed resources are not compared in pairs.
type matcher struct {
	byKey             map[string][]*expand.Resource
	byPlace, bySymbol map[place][]*expand.Resource
	byType, nameless  map[string][]*expand.Resource // nameless: those whose names are unknown
	taken             map[*expand.Resource]bool
}

// A place is a type, in lower case, with a pointer or a symbolic name.
type place struct{ kind, at string }

func placeOf(r *expand.Resource) place { return place{strings.ToLower(r.Type), r.Pointer} }

func (m *matcher) add(r *expand.Resource) {
	at := placeOf(r)
	m.byKey[key(r)] = append(m.byKey[key(r)], r)
	m.byPlace[at] = append(m.byPlace[at], r)
	m.byType[at.kind] = append(m.byType[at.kind], r)
	if !r.NameKnown {
		m.nameless[at.kind] = append(m.nameless[at.kind], r)
	}
	if s := symbol(r); s != "" {
		named := place{at.kind, s}
		m.bySymbol[named] = append(m.bySymbol[named], r)
	}
}

// matchPlaces pairs what is left: resources of one type of which at least one
// side does not know the name, declared under the same symbol, or first and
// first.
func (m *matcher) matchPlaces(pairs []pair, exported bool) {
	for i := range pairs {
		p := &pairs[i]
		if p.old != nil {
			continue
		}
		at := placeOf(p.new)
		unnamed := func(o *expand.Resource) bool { return !o.NameKnown || !p.new.NameKnown }
		if s := symbol(p.new); s != "" {
			p.old = m.take(m.bySymbol[place{at.kind, s}], unnamed)
		}
		if p.old == nil && (exported || !p.new.NameKnown) {
			first := m.nameless
			if exported && !p.new.NameKnown {
				first = m.byType
			}
			for len(first[at.kind]) > 0 && m.taken[first[at.kind][0]] {
				first[at.kind] = first[at.kind][1:]
			}
			p.old = m.take(first[at.kind], unnamed)
		}
		if p.old == nil && !exported {
			p.old = m.take(m.byPlace[at], unnamed)
		}
	}
}

// take takes the first resource of the list that is not yet taken and is ok.
func (m *matcher) take(list []*expand.Resource, ok func(*expand.Resource) bool) *expand.Resource {
	for _, r := range list {
		if !m.taken[r] && ok(r) {
			m.taken[r] = true
			return r
		}
	}
	return nil
}

// deployed returns the resources of a side that deploy.
func deployed(s Side) []*expand.Resource {
	var all []*expand.Resource
	for _, r := range s.Deployment.Resources {
		if !r.Broken {
			all = append(all, r)
		}
	}
	return all
}

func key(r *expand.Resource) string { return strings.ToLower(r.Type + "\x00" + r.Name) }

func sameGroup(a, b *expand.Resource) bool {
	return strings.EqualFold(a.ResourceGroup, b.ResourceGroup) && strings.EqualFold(a.SubscriptionID, b.SubscriptionID)
}

func symbol(r *expand.Resource) string {
	if r.Source == nil || r.Source.Symbol == nil {
		return ""
	}
	return r.Source.Symbol.Value
}
