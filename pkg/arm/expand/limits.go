package expand

import (
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// Limits limit the work of one expansion. docs/limits.md lists them.
type Limits struct {
	// Resources is the total number of expanded resources. Azure accepts 800 in
	// one template and counts nested templates separately; the default is
	// 10,000.
	Resources int
	// Nesting is the depth of nested deployments. The default is 32.
	Nesting int
	// Chain is the length of a dependency chain. The default is 1,000, more
	// than Azure accepts in a template.
	Chain int
	// LinkedBytes is the size of a linked file in bytes. The default is 4 MB,
	// the limit of Azure for a template.
	LinkedBytes int64
	// AllLinkedBytes is the total size of the linked files in bytes. The
	// default is 32 MB.
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

// nodeCost is the cost of one value of the result in evaluation steps: with
// half a million steps there are at most 250,000 values, about 60 MB. The
// largest public templates have about 8,000.
const nodeCost = 2

// limit reports a limit once and stops the expansion.
func (r *run) limit(at source.Range, format string, args ...any) {
	if !r.stopped {
		r.errorf(CodeLimit, RuleLimit, at, format, args...)
	}
	r.stopped = true
}

// spend charges n steps to the budget; it returns false if the budget is used
// up.
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
