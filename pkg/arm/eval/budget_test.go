package eval_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/value"
)

func TestBudgetSteps(t *testing.T) {
	b := eval.NewBudget()
	if err := b.Spend(eval.MaxSteps); err != nil {
		t.Errorf("all steps: %v", err)
	}
	if err := b.Spend(0); err != nil {
		t.Errorf("nothing more: %v", err)
	}
	if err := b.Spend(1); err == nil || !strings.Contains(err.Error(), "500000 steps") {
		t.Errorf("one more: %v, want the limit", err)
	}
	// A budget that was exceeded once stays exceeded: the template is too
	// large.
	for _, n := range []int{eval.MaxSteps + 1, -1} {
		b := eval.NewBudget()
		if b.Spend(n) == nil || b.Spend(1) == nil {
			t.Errorf("%d steps, then another one, are taken", n)
		}
	}
}

// TestBudgetSize checks the sizes: an element 8 bytes besides its value, a
// member 16, and any value but text 2.
func TestBudgetSize(t *testing.T) {
	text := func(n int) value.Value { return value.String(strings.Repeat("x", n)) }
	const max = eval.MaxSize
	tests := []struct {
		name string
		v    value.Value
		ok   bool
	}{
		{"text", text(max), true},
		{"text too long", text(max + 1), false},
		{"what is left to the deployment", value.Unknown{Residual: strings.Repeat("x", max)}, true},
		{"too much of it", value.Unknown{Residual: strings.Repeat("x", max+1)}, false},
		{"an array", value.Array{text(max - 10)}, true},
		{"an array too large", value.Array{text(max - 9)}, false},
		{"an object", object("name", text(max-4-16-2)), true},
		{"an object too large", object("name", text(max-4-16-1)), false},
		{"two members", object("a", text(max/2), "b", text(max/2-2*17-2)), true},
		{"two members too large", object("a", text(max/2), "b", text(max/2-2*17-1)), false},
	}
	for _, tt := range tests {
		err := eval.NewBudget().Pay(tt.v)
		if tt.ok != (err == nil) {
			t.Errorf("%s: %v", tt.name, err)
		}
		if err != nil && !strings.Contains(err.Error(), "larger than 4 MB") {
			t.Errorf("%s: %v does not name the limit", tt.name, err)
		}
	}
}

// TestBudgetPaysForSize wants a large value to cost a step for each 512 bytes.
func TestBudgetPaysForSize(t *testing.T) {
	b := eval.NewBudget()
	for range 10 {
		if err := b.Pay(value.String(strings.Repeat("x", 512*(eval.MaxSteps/100)))); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Spend(eval.MaxSteps*9/10 + 1); err == nil {
		t.Error("ten values of a hundredth cost less than a tenth")
	}
}

// chain is a scope with variables 1, 2, 3, ..., each the one before it, and 0.
type chain struct {
	testScope
	budget *eval.Budget
}

func (c chain) Budget() *eval.Budget { return c.budget }

func (c chain) Variable(name string) (eval.Placed, error) {
	var n int
	if _, err := fmt.Sscan(name, &n); err != nil {
		return eval.Placed{}, err
	}
	if n == 0 {
		return known(value.Int(7)), nil
	}
	return evaluate(fmt.Sprintf("[variables('%d')]", n-1), c)
}

// TestBudgetDepth wants evaluations to nest up to the limit, and any number to
// follow each other.
func TestBudgetDepth(t *testing.T) {
	c := chain{testScope: template, budget: eval.NewBudget()}
	for _, n := range []int{eval.MaxDepth - 1, eval.MaxDepth - 1, 1} {
		if got := outcome(fmt.Sprintf("[variables('%d')]", n), c); got != "7" {
			t.Fatalf("%d levels: %s", n+1, got)
		}
	}
	_, err := evaluate(fmt.Sprintf("[variables('%d')]", eval.MaxDepth), c)
	var e *eval.Error
	if !errors.As(err, &e) || e.Code != eval.CodeLimit || !strings.Contains(e.Summary, "1600 levels") {
		t.Errorf("%d levels: %v, want the limit", eval.MaxDepth+1, err)
	}
	if got := outcome("[variables('1')]", c); got != "7" {
		t.Errorf("after the limit: %s", got)
	}
}

// TestBudgetStops wants a stopped budget to run out within a thousand steps.
func TestBudgetStops(t *testing.T) {
	b, done := eval.NewBudget(), make(chan struct{})
	b.StopOn(done)
	if err := b.Spend(5000); err != nil {
		t.Fatal(err)
	}
	close(done)
	for n := 1; b.Spend(1) == nil; n++ {
		if n > 1000 {
			t.Fatal("the budget is not spent")
		}
	}
}

// TestBudgetDraws wants a shared budget to be drawn in parts, at most MaxSteps
// in total, and the two limits to have different messages.
func TestBudgetDraws(t *testing.T) {
	drawn := 0
	from := func(most int) func(int) int {
		drawn = 0
		return func(n int) int {
			got := min(n, most-drawn)
			drawn += got
			return got
		}
	}
	b := eval.NewBudget()
	b.DrawFrom(from(2 * eval.MaxSteps))
	if err := b.Spend(1); err != nil || drawn > 10_000 {
		t.Errorf("one step: %d are drawn, %v", drawn, err)
	}
	if err := b.Spend(eval.MaxSteps - 1); err != nil || drawn != eval.MaxSteps {
		t.Errorf("all steps: %d are drawn, %v", drawn, err)
	}
	if err := b.Spend(1); err == nil || !strings.Contains(err.Error(), "500000 steps") || drawn != eval.MaxSteps {
		t.Errorf("one more: %d are drawn, %v", drawn, err)
	}
	b = eval.NewBudget()
	b.DrawFrom(from(7000))
	if err := b.Spend(7000); err != nil {
		t.Errorf("all that is shared: %v", err)
	}
	for range 2 {
		if err := b.Spend(1); err == nil || !strings.Contains(err.Error(), "the templates of this run need more steps to evaluate than the limit") {
			t.Errorf("one more than is shared: %v", err)
		}
	}
}
