package slab_test

import (
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/slab"
)

// TestOf wants values and slices that share blocks to be apart from each other.
func TestOf(t *testing.T) {
	var s slab.Of[int]
	s.Expect(100)
	var values []*int
	var lists [][]int
	for i := range 2000 {
		v := s.New()
		if *v != 0 {
			t.Fatalf("value %d is not zero", i)
		}
		*v = i
		values = append(values, v)
		items := make([]int, i%300)
		for j := range items {
			items[j] = i
		}
		lists = append(lists, append(s.Slice(items), -1))
	}
	for i, v := range values {
		if *v != i {
			t.Errorf("value %d is %d", i, *v)
		}
		for j, item := range lists[i] {
			if want := i; item != want && j < i%300 || len(lists[i]) != i%300+1 {
				t.Fatalf("list %d has %v", i, lists[i])
			}
		}
	}
}
