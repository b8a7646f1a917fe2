package schema

// A scratch lends slices from blocks that it uses again. Most resources are
// proved clean, and nothing of their walk is looked at afterwards.
type scratch[T any] struct {
	blocks [][]T
	block  int // the one in use
	used   int // of it
}

// take lends n zero values, never nil.
func (s *scratch[T]) take(n int) []T {
	for s.block < len(s.blocks) && len(s.blocks[s.block])-s.used < n {
		s.block, s.used = s.block+1, 0
	}
	if s.block == len(s.blocks) {
		size := 64
		if s.block > 0 {
			size = 2 * len(s.blocks[s.block-1])
		}
		s.blocks = append(s.blocks, make([]T, max(n, min(size, 1024))))
	}
	lent := s.blocks[s.block][s.used : s.used+n : s.used+n]
	s.used += n
	return lent
}

// reuse takes back all that was lent.
func (s *scratch[T]) reuse() {
	for _, whole := range s.blocks[:s.block] {
		clear(whole)
	}
	if s.block < len(s.blocks) {
		clear(s.blocks[s.block][:s.used])
	}
	s.block, s.used = 0, 0
}

// keep leaves all that was lent to those who have it; the rest can be lent.
func (s *scratch[T]) keep() {
	if s.block < len(s.blocks) {
		s.blocks[s.block] = s.blocks[s.block][s.used:]
	}
	s.blocks = s.blocks[s.block:]
	s.block, s.used = 0, 0
}
