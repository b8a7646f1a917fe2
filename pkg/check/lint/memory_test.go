package lint

import (
	"testing"

	"github.com/scaleset/scaleset/pkg/arm/expand"
)

// TestMemoryIsBounded: the newest is kept, and never more than twice the limit.
func TestMemoryIsBounded(t *testing.T) {
	m := new(Memory)
	p := &Pass{Template: new(Template), Options: Options{Memory: m}, shared: new(shared)}
	var last *expand.Resource
	for owner := range 3*maxRemembered + 5 {
		last = &expand.Resource{Name: "a"}
		p.Remember(owner, last, owner)
	}
	if n := len(m.now) + len(m.before); n > 2*maxRemembered || n < maxRemembered {
		t.Errorf("%d entries are kept, the limit is %d twice", n, maxRemembered)
	}
	if what, ok := p.Recall(3*maxRemembered+4, last); !ok || what != 3*maxRemembered+4 {
		t.Errorf("the last entry is %v, %v", what, ok)
	}
	if _, ok := p.Recall(0, last); ok {
		t.Error("the first entry is still kept")
	}
	if _, ok := p.Recall(3*maxRemembered+4, &expand.Resource{Name: "b"}); ok {
		t.Error("another resource is taken for this one")
	}
}
