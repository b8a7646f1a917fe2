package main

import "testing"

func TestGrowth(t *testing.T) {
	for _, tt := range []struct {
		live uint64 // MB
		most int
		want int
	}{
		{0, gcRun, 200}, {10, gcRun, 200}, {69, gcRun, 200}, {104, gcRun, 100}, {104, gcServer, 100}, {50, gcServer, 100},
		{130, gcRun, 60}, {130, gcServer, 60}, {160, gcRun, 30}, {170, gcRun, 30}, {208, gcRun, 30}, {1 << 20, gcServer, 30},
	} {
		if got := growth(tt.live<<20, softHeapLimit, tt.most); got != tt.want {
			t.Errorf("%d MB in use may grow by %d%%, want %d%%", tt.live, got, tt.want)
		}
	}
}
