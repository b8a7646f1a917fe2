package main

import "testing"

func TestGrowth(t *testing.T) {
	for _, tt := range []struct {
		live  uint64 // MB
		most  int
		least uint64
		want  int
	}{
		{0, gcRun, 0, 200}, {10, gcRun, 0, 200}, {69, gcRun, 0, 200}, {104, gcRun, 0, 100}, {104, gcServer, 0, 100}, {50, gcServer, 0, 100},
		{130, gcRun, 0, 60}, {130, gcServer, 0, 60}, {160, gcRun, 0, 30}, {170, gcRun, 0, 30}, {208, gcRun, 0, 30}, {1 << 20, gcServer, 0, 30},
		{0, gcServer, serverCollection, 900}, {16, gcServer, serverCollection, 500}, {48, gcServer, serverCollection, 100}, {130, gcServer, serverCollection, 60},
	} {
		if got := growth(tt.live<<20, tt.least, softHeapLimit, tt.most); got != tt.want {
			t.Errorf("%d MB in use may grow by %d%%, want %d%%", tt.live, got, tt.want)
		}
	}
}
