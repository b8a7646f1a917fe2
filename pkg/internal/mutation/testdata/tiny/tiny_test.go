package tiny

import "testing"

func TestAbove(t *testing.T) {
	if Above(3) || !Above(4) {
		t.Error("Above is above 3")
	}
}

func TestNear(t *testing.T) {
	if Near(1) || !Near(9) {
		t.Error("Near is from 7 on")
	}
}

func TestGrade(t *testing.T) {
	for name, want := range map[string]int{"low": 1, "high": 2, "": 0} {
		if got, ok := Grade(name); got != want || ok != (want > 0) {
			t.Errorf("%s: got %d, %v", name, got, ok)
		}
	}
}

func TestSum(t *testing.T) {
	if got := Sum([]int{3, -1, 4}); got != 14 {
		t.Errorf("got %d", got)
	}
}
