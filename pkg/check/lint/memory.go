package lint

import (
	"strings"
	"sync"

	"github.com/scaleset/scaleset/pkg/arm/expand"
)

// A Memory keeps what rules found out about single resources, for a session that
// checks the same resources again and again. Its zero value is ready; it is safe
// for concurrent use.
type Memory struct {
	mu          sync.Mutex
	now, before map[memoryKey]any // of late, and before that
}

type memoryKey struct {
	owner    any
	resource uint64
	assumed  string
}

// maxRemembered limits what is remembered twice.
const maxRemembered = 20_000

// Recall returns what [Pass.Remember] was given for a resource that has not
// changed since, by the same owner.
func (p *Pass) Recall(owner any, r *expand.Resource) (what any, ok bool) {
	m := p.Options.Memory
	if m == nil {
		return nil, false
	}
	key := p.memoryKey(owner, r)
	m.mu.Lock()
	defer m.mu.Unlock()
	if what, ok = m.now[key]; ok {
		return what, true
	}
	if what, ok = m.before[key]; ok {
		m.put(key, what)
	}
	return what, ok
}

// Remember keeps what follows from a resource alone: from its values, from how they
// are written, and from the names that are assumed. It is a value of a type of the
// caller's own, which does not change, and refers to nothing of the template.
func (p *Pass) Remember(owner any, r *expand.Resource, what any) {
	if m := p.Options.Memory; m != nil {
		key := p.memoryKey(owner, r)
		m.mu.Lock()
		defer m.mu.Unlock()
		m.put(key, what)
	}
}

func (p *Pass) memoryKey(owner any, r *expand.Resource) memoryKey {
	assumed := p.Template.AssumedLocation
	if len(p.Template.Assumed) > 0 {
		type key struct{}
		assumed = Once(p, key{}, func() string {
			return strings.Join(append([]string{p.Template.AssumedLocation}, p.Template.Assumed...), "\x00")
		})
	}
	return memoryKey{owner, r.Digest(), assumed}
}

// put keeps something. The caller holds the lock.
func (m *Memory) put(key memoryKey, what any) {
	if m.now == nil || len(m.now) >= maxRemembered {
		m.now, m.before = map[memoryKey]any{}, m.now
	}
	m.now[key] = what
}
