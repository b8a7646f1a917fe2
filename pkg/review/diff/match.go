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
	m := matcher{byKey: map[string][]*expand.Resource{}, byType: map[string][]*expand.Resource{}, taken: map[*expand.Resource]bool{}}
	for _, r := range deployed(older) {
		m.byKey[key(r)] = append(m.byKey[key(r)], r)
		m.byType[strings.ToLower(r.Type)] = append(m.byType[strings.ToLower(r.Type)], r)
	}
	fresh := deployed(newer)
	pairs := make([]pair, len(fresh))
	for i, r := range fresh {
		pairs[i] = pair{old: m.take(m.byKey[key(r)], func(o *expand.Resource) bool { return sameGroup(o, r) }), new: r}
		if pairs[i].old == nil {
			pairs[i].old = m.take(m.byKey[key(r)], func(*expand.Resource) bool { return true })
		}
	}
	m.byPlace(pairs, older.Exported)
	for i := range pairs {
		if p := &pairs[i]; complete && p.old == nil {
			p.old = m.take(m.byType[strings.ToLower(p.new.Type)], func(o *expand.Resource) bool { return o.Pointer == p.new.Pointer && symbol(o) == symbol(p.new) })
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

type matcher struct {
	byKey, byType map[string][]*expand.Resource
	taken         map[*expand.Resource]bool
}

// byPlace pairs what is left: resources of one type of which at least one side
// does not know the name, declared under the same symbol, or first and first.
func (m *matcher) byPlace(pairs []pair, exported bool) {
	for i := range pairs {
		p := &pairs[i]
		if p.old != nil {
			continue
		}
		rest := m.byType[strings.ToLower(p.new.Type)]
		named := func(o *expand.Resource) bool { return o.NameKnown && p.new.NameKnown }
		p.old = m.take(rest, func(o *expand.Resource) bool { return !named(o) && symbol(o) != "" && symbol(o) == symbol(p.new) })
		if p.old == nil {
			p.old = m.take(rest, func(o *expand.Resource) bool { return !named(o) && (!o.NameKnown && !p.new.NameKnown || exported) })
		}
		if p.old == nil && !exported {
			p.old = m.take(rest, func(o *expand.Resource) bool { return !named(o) && o.Pointer == p.new.Pointer })
		}
	}
}

func (m *matcher) take(list []*expand.Resource, ok func(*expand.Resource) bool) *expand.Resource {
	for _, r := range list {
		if !m.taken[r] && ok(r) {
			m.taken[r] = true
			return r
		}
	}
	return nil
}

// deployed are the resources of a side that deploy.
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
