package lint

import "testing"

func TestOnce(t *testing.T) {
	type key struct{}
	computed := 0
	compute := func() int { computed++; return 7 }
	p := &Pass{shared: &shared{}}
	for range 3 {
		if got := Once(p, key{}, compute); got != 7 {
			t.Errorf("Once gives %d", got)
		}
	}
	if computed != 1 {
		t.Errorf("computed %d times", computed)
	}
	if got := Once(&Pass{}, key{}, compute); got != 7 || computed != 2 {
		t.Errorf("a pass without a template: %d, computed %d times", got, computed)
	}
}
