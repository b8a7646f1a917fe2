// Package slab allocates values of one type in blocks: one allocation for many values,
// which are freed together.
package slab

import "slices"

// Of allocates values of type T. The zero value is ready.
type Of[T any] struct {
	block  []T // the last one
	free   []T // the unused rest of it
	expect int // values that are still expected
	made   int
}

// A block is no larger than maxBlock, so that the memory follows what is needed, not
// what is expected.
const maxBlock = 512

// Expect says roughly how many more values will be needed.
func (s *Of[T]) Expect(n int) { s.expect = n }

// grow allocates a block for at least n values: for as many as are expected or, once
// there are more than that, for a quarter of those so far.
func (s *Of[T]) grow(n int) {
	block := max(n, min(max(s.expect, s.made/4, 1), maxBlock))
	s.block = make([]T, block)
	s.free = s.block
	s.expect, s.made = max(0, s.expect-block), s.made+block
}

// Reset makes the last block free again. No value may be in use.
func (s *Of[T]) Reset() {
	clear(s.block[:len(s.block)-len(s.free)])
	s.free = s.block
}

// New returns a zero value.
func (s *Of[T]) New() *T {
	if len(s.free) == 0 {
		s.grow(1)
	}
	v := &s.free[0]
	s.free = s.free[1:]
	return v
}

// Slice returns a copy of items, or nil if there are none. Its capacity keeps it apart
// from its neighbors.
func (s *Of[T]) Slice(items []T) []T {
	n := len(items)
	if n == 0 {
		return nil
	}
	if n > len(s.free) {
		if n >= maxBlock/4 {
			return slices.Clone(items)
		}
		s.grow(n)
	}
	out := s.free[:n:n]
	s.free = s.free[n:]
	copy(out, items)
	return out
}
