package eval

import (
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

const (
	// MaxSteps is the number of steps of a budget; a call of a function
	// or of a lambda costs one. The largest public templates need about
	// 20,000; half a million take about half a second.
	MaxSteps = 500_000
	// MaxDepth limits the nesting of evaluations, through variables, defaults
	// and user functions, and through reference() from resource to resource. A
	// template has at most 512 variables, 256 parameters and 800 resources
	// (https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#template-limits).
	MaxDepth = 1600
	// MaxSize is the largest size of a value, approximately the bytes of its
	// JSON text: a template is limited to 4 MB after its expressions are
	// evaluated.
	MaxSize = 4 << 20
	// bytesPerStep is the part of a value that costs one step: walking over 512
	// bytes takes a tenth of a microsecond.
	bytesPerStep = 512
)

// A Budget limits evaluation, so that hostile expressions end. The zero Budget
// is used up; use [NewBudget].
type Budget struct {
	steps, depth int
	more         int                 // steps that it may still draw
	draw         func(n int) (m int) // nil if it draws none
	done         <-chan struct{}     // nil if it is never stopped from outside
	asked        int                 // steps left when done was last checked
	short        bool                // the shared budget is used up
}

// StopOn makes the budget run out soon after done is closed, so that canceled
// work ends. Call it before the first step is spent.
func (b *Budget) StopOn(done <-chan struct{}) { b.done, b.asked = done, b.steps }

// stepsPerLook is the number of steps between two checks of done: about a
// millisecond.
const stepsPerLook = 1000

// NewBudget returns a budget of MaxSteps.
func NewBudget() *Budget { return &Budget{steps: MaxSteps} }

// DrawFrom makes the budget draw its steps from a shared budget. draw takes the
// number of steps wanted and returns the number granted. Call it before the
// first step is spent.
func (b *Budget) DrawFrom(draw func(n int) int) {
	b.steps, b.more, b.draw = 0, b.steps, draw
	b.asked = 0
}

// stepsPerDraw is the number of steps that a budget draws at once.
const stepsPerDraw = 5000

// drawn draws more steps if needed and reports whether n steps are available.
func (b *Budget) drawn(n int) bool {
	if b.draw == nil || n > b.steps+b.more {
		return false
	}
	got := b.draw(min(max(n-b.steps, stepsPerDraw), b.more))
	b.steps, b.more, b.asked = b.steps+got, b.more-got, b.asked+got
	return n <= b.steps
}

// Spend charges n steps. Copy loops use it too. It returns an error if the
// budget is used up.
func (b *Budget) Spend(n int) error {
	if n < 0 || n > b.steps && !b.drawn(n) {
		shared := b.draw != nil && b.more > n
		b.steps, b.more = 0, 0
		if shared || b.short {
			b.short = true
			return Errorf(CodeLimit, source.Range{}, "the templates of this run need more steps to evaluate than the limit; check fewer at once")
		}
		return Errorf(CodeLimit, source.Range{}, "the template needs more than %d steps to evaluate, the limit of this tool", MaxSteps)
	}
	b.steps -= n
	if b.done != nil && b.asked-b.steps >= stepsPerLook {
		b.asked = b.steps
		select {
		case <-b.done:
			b.steps, b.more = 0, 0
		default:
		}
	}
	return nil
}

func (b *Budget) enter() error {
	if b.depth >= MaxDepth {
		return Errorf(CodeLimit, source.Range{}, "values depend on each other more than %d levels deep, the limit of this tool", MaxDepth)
	}
	b.depth++
	return nil
}

func (b *Budget) leave() { b.depth-- }

// Pay charges a step for each 512 bytes of a value, since a large value costs
// time to build and to read. It returns an error for a value of more than
// MaxSize. The parts of a value may be shared, so that a small expression makes
// an exponentially large value; the walk stops at the limit.
func (b *Budget) Pay(v value.Value) error {
	left := weigh(v, MaxSize)
	if left < 0 {
		return Errorf(CodeLimit, source.Range{}, "the value is larger than %d MB, the limit of a template", MaxSize>>20)
	}
	return b.Spend((MaxSize - left) / bytesPerStep)
}

// The size of an element or member without its value: its memory, and
// approximately its length in an indented document.
const (
	itemWeight   = 8
	memberWeight = 16
)

// weigh returns left minus the size of v; it stops as soon as the result is
// negative.
func weigh(v value.Value, left int) int {
	switch v := v.(type) {
	case value.String:
		return left - len(v)
	case value.Unknown:
		return left - len(v.Residual)
	case value.Array:
		for _, item := range v {
			if left = weigh(item, left-itemWeight); left < 0 {
				return left
			}
		}
	case *value.Object:
		for _, m := range v.Members() {
			if left = weigh(m.Value, left-len(m.Name)-memberWeight); left < 0 {
				return left
			}
		}
	}
	return left - 2
}
