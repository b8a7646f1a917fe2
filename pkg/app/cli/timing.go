package cli

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
	"text/tabwriter"
	"time"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/lint"
)

// A timing adds up how long rules take. Goroutines share it, so that the sum is
// one of processors, not of the clock on the wall.
type timing struct {
	now   func() time.Time
	start time.Time

	mu    sync.Mutex
	rules map[*lint.Rule]time.Duration
}

func newTiming(now func() time.Time) *timing {
	return &timing{now: now, start: now(), rules: map[*lint.Rule]time.Duration{}}
}

// observe returns the configuration with the timing in it.
func (t *timing) observe(c engine.Config) engine.Config {
	c.Lint.Observe = t.rule
	if local := c.For; local != nil {
		c.For = func(path string) engine.Local {
			l := local(path)
			l.Lint.Observe = t.rule
			return l
		}
	}
	return c
}

func (t *timing) rule(r *lint.Rule) (done func()) {
	start := t.now()
	return func() {
		took := t.now().Sub(start)
		t.mu.Lock()
		defer t.mu.Unlock()
		t.rules[r] += took
	}
}

// tell prints the time of each rule, the slowest first.
func (t *timing) tell(w io.Writer, templates int) {
	var sum time.Duration
	for _, d := range t.rules {
		sum += d
	}
	fmt.Fprintf(w, "scaleset: %s in %v, of it %v in rules\n", lint.Count(templates, "template"), t.now().Sub(t.start).Round(time.Millisecond), sum.Round(time.Microsecond))
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	slowest := slices.SortedFunc(maps.Keys(t.rules), func(a, b *lint.Rule) int {
		return cmp.Or(cmp.Compare(t.rules[b], t.rules[a]), cmp.Compare(a.Code, b.Code))
	})
	for _, r := range slowest {
		fmt.Fprintf(table, "%v\t %s %s\n", t.rules[r].Round(time.Microsecond), r.Code, r.Name)
	}
	_ = table.Flush() // nowhere is left to complain about a closed standard error
}
