package engine

import "sync"

const (
	// ownSteps is how many steps a template has for itself, and again for each of
	// its parameter files. The largest public templates need some ten thousand.
	ownSteps = 25_000
	// ownSets is how many parameter files bring steps.
	ownSets = 20
)

// sharedSteps is how many steps all templates of a run have beyond those. A test
// has fewer.
var sharedSteps = 1_000_000

// sharedRuleSteps is the same for the rules of the project: they cannot take the
// steps of expansions, whose findings would be lost.
const sharedRuleSteps = 2_000_000

// steps bounds the expansions of a run, or the rules of the project, together, so that a tree of many
// templates, or one template with many parameter files, does not take the limit
// of one expansion many times over.
type steps struct {
	mu    sync.Mutex
	ended *sync.Cond
	left  int
	done  []bool // by target
	first int    // the first target that is not done
}

func newSteps(targets, shared int) *steps {
	s := &steps{left: shared, done: make([]bool, targets)}
	s.ended = sync.NewCond(&s.mu)
	return s
}

// allowance is the budget of steps of one target. The nil allowance has
// enough for every expansion.
type allowance struct {
	all    *steps
	target int
	own    int
	sets   int
}

func (s *steps) of(target int) *allowance { return &allowance{all: s, target: target} }

// next marks the start of the next parameter set.
func (a *allowance) next() {
	if a != nil && a.sets < ownSets {
		a.sets++
		a.own += ownSteps
	}
}

// draw takes n steps: its own, and then shared ones, if there are. It waits for
// all targets before it first, so that the same template gets the same steps in
// every run, whatever else is worked on meanwhile. Targets are begun in order, so
// that none waits for one that is not begun.
func (a *allowance) draw(n int) int {
	if a == nil {
		return n
	}
	own := min(n, a.own)
	a.own -= own
	if own == n {
		return n
	}
	s := a.all
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.first < a.target {
		s.ended.Wait()
	}
	shared := min(n-own, s.left)
	s.left -= shared
	return own + shared
}

// end marks the end of the work on a target.
func (s *steps) end(target int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.done[target] = true
	for s.first < len(s.done) && s.done[s.first] {
		s.first++
	}
	s.ended.Broadcast()
}
