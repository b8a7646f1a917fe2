package jsonc

import (
	"slices"
	"strings"
)

// slab allocates nodes of one type in blocks, one allocation for many.
type slab[T any] struct {
	free   []T
	expect int // nodes that are still expected
	made   int
}

// A block is no larger than maxBlock, so that the memory follows what is read, not
// what is expected.
const minBlock, maxBlock = 8, 512

// grow makes a block for at least n nodes: for those that are expected or, once there
// are more, for an eighth of those before.
func (s *slab[T]) grow(n int) {
	block := max(n, min(max(s.expect, s.made/8, minBlock), maxBlock))
	s.free = make([]T, block)
	s.expect, s.made = max(0, s.expect-block), s.made+block
}

func (s *slab[T]) new() *T {
	if len(s.free) == 0 {
		s.grow(1)
	}
	n := &s.free[0]
	s.free = s.free[1:]
	return n
}

// slice copies items to memory that is shared with other slices, with a
// capacity that keeps them apart.
func (s *slab[T]) slice(items []T) []T {
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

// slabs allocates the nodes of one tree.
type slabs struct {
	objects  slab[Object]
	arrays   slab[Array]
	strings  slab[String]
	numbers  slab[Number]
	bools    slab[Bool]
	nulls    slab[Null]
	fields   slab[Member]
	lists    slab[Node]
	pointers slab[*Member]
}

// expect says how many nodes a text has, about. In templates, three of five strings
// are names of members.
func (s *slabs) expect(text string) {
	n := strings.Count(text, `"`) / 2
	s.strings.expect = n
	s.fields.expect, s.pointers.expect = n*3/5, n*3/5
	s.objects.expect = strings.Count(text, "{")
}
