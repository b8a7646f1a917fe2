package lazy_test

import (
	"sync"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/lazy"
)

func TestValue(t *testing.T) {
	computed := 0
	answer := lazy.Value[int]{Of: func() int {
		computed++
		return 42
	}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if got := answer.Get(); got != 42 {
				t.Errorf("got %d, want 42", got)
			}
		})
	}
	wg.Wait()
	if computed != 1 {
		t.Errorf("computed %d times, want once", computed)
	}
}
