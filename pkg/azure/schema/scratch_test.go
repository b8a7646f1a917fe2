package schema

import "testing"

// What is lent is zero and its own, however often and however much of it; what
// was kept is left alone by what is lent afterwards.
func TestScratch(t *testing.T) {
	var s scratch[int]
	for round := range 4 {
		var lent [][]int
		for _, n := range []int{0, 3, 64, 70, 1, 5000, 2} {
			got := s.take(n)
			if got == nil || len(got) != n || cap(got) != n {
				t.Fatalf("take(%d) has %d of %d", n, len(got), cap(got))
			}
			lent = append(lent, got)
			for i := range got {
				if got[i] != 0 {
					t.Fatalf("round %d: take(%d)[%d] is %d before it was set", round, n, i, got[i])
				}
				got[i] = n
			}
		}
		for _, got := range lent {
			for i := range got {
				if got[i] != len(got) {
					t.Fatalf("round %d: item %d of %d was overwritten with %d", round, i, len(got), got[i])
				}
			}
		}
		s.reuse()
	}
	kept := s.take(3)
	kept[0] = 7
	s.keep()
	clear(s.take(64))
	s.reuse()
	if kept[0] != 7 {
		t.Error("what was kept was lent again")
	}
}
