package expand

import (
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// Limits bound the work of one expansion. docs/limits.md lists them.
type Limits struct {
	// Resources is how many resources are expanded in all. The service takes
	// 800 in one template and counts nested ones apart; the default is 10,000.
	Resources int
	// Nesting is how deep nested deployments go. The default is 32.
	Nesting int
	// Chain is how long a chain of resources that wait for each other is
	// followed. The default is 1,000, more than the service takes in a template.
	Chain int
	// LinkedBytes is how large a linked file may be. The default is 4 MB, the
	// limit of the service for a template.
	LinkedBytes int64
	// AllLinkedBytes is how large the linked files may be together. The default is
	// 32 MB.
	AllLinkedBytes int64
}

func (l Limits) withDefaults() Limits {
	if l.Resources == 0 {
		l.Resources = 10_000
	}
	if l.Nesting == 0 {
		l.Nesting = 32
	}
	if l.Chain == 0 {
		l.Chain = 1_000
	}
	if l.LinkedBytes == 0 {
		l.LinkedBytes = 4 << 20
	}
	if l.AllLinkedBytes == 0 {
		l.AllLinkedBytes = 32 << 20
	}
	return l
}

// nodeCost is what one value of the result costs of the budget of evaluation:
// with half a million steps there are at most 250,000 values, about 60 MB. The
// largest public templates have some eight thousand.
const nodeCost = 2

// limit reports a limit once and stops the expansion.
func (r *run) limit(at source.Range, format string, args ...any) {
	if !r.stopped {
		r.errorf(CodeLimit, RuleLimit, at, format, args...)
	}
	r.stopped = true
}

// spend pays for work; false when the budget is used up.
func (r *run) spend(n int, at source.Range) bool {
	if r.stopped {
		return false
	}
	if err := r.budget.Spend(n); err != nil {
		r.limit(at, "%s", err)
		return false
	}
	return true
}
