package jsonc

import "slices"

// slab allocates nodes of one type in blocks, one allocation for many.
type slab[T any] struct {
	free  []T
	block int // size of the next block
}

const maxBlock = 512

func (s *slab[T]) new() *T {
	if len(s.free) == 0 {
		s.block = min(max(2*s.block, 8), maxBlock)
		s.free = make([]T, s.block)
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
		s.block = max(min(2*s.block, maxBlock), n)
		s.free = make([]T, s.block)
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

// size sets the sizes of the first blocks for a text of n bytes. Templates have
// a member for about 40 bytes, and one and a half strings for each member.
func (s *slabs) size(n int) {
	s.strings.block = min(n/64, maxBlock)
	s.fields.block = min(n/96, maxBlock)
	s.pointers.block = min(n/96, maxBlock)
	s.objects.block = min(n/256, maxBlock)
}
