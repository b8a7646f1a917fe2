package placement_test

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
)

// observed is the cell of the k-th instance of every recorded 5 x 5 set.
func observed(k int) (fd, ud int16) { return int16(k % 5), int16((k + k/5) % 5) }

// standing are instances at the cells that their ids give.
func standing(ids ...int) []placement.Instance {
	var set []placement.Instance
	for _, id := range ids {
		fd, ud := observed(id)
		set = append(set, placement.Instance{ID: id, FaultDomain: fd, UpdateDomain: ud})
	}
	return set
}

func ids(instances []placement.Instance) []int {
	out := make([]int, len(instances))
	for i, in := range instances {
		out[i] = in.ID
	}
	return out
}

func seq(from, to int) (out []int) {
	for ; from <= to; from++ {
		out = append(out, from)
	}
	return out
}

func readJSON(t *testing.T, path string, into any) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}

type grid [][][]int // ids by fault and update domain

func gridOf(instances []placement.Instance) grid {
	g := make(grid, 5)
	for i := range g {
		g[i] = make([][]int, 5)
	}
	for _, in := range instances {
		g[in.FaultDomain][in.UpdateDomain] = append(g[in.FaultDomain][in.UpdateDomain], in.ID)
	}
	return g
}

func (g grid) instances() (out []placement.Instance) {
	for fd, row := range g {
		for ud, cell := range row {
			for _, id := range cell {
				out = append(out, placement.Instance{ID: id, FaultDomain: int16(fd), UpdateDomain: int16(ud)})
			}
		}
	}
	slices.SortFunc(out, func(a, b placement.Instance) int { return a.ID - b.ID })
	return out
}

func readGrids(t *testing.T) map[string]grid {
	t.Helper()
	var file struct {
		Grids map[string]struct{ Grid grid } `json:"grids"`
	}
	readJSON(t, "testdata/recorded-placements.json", &file)
	out := map[string]grid{}
	for name, g := range file.Grids {
		out[name] = g.Grid
	}
	return out
}

func restore(t *testing.T, c placement.Config, in []placement.Instance) *placement.Set {
	t.Helper()
	s, err := placement.Restore(c, in)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func resize(t *testing.T, s *placement.Set, n int) placement.Change {
	t.Helper()
	c, err := s.Resize(n)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestRecordedScaleIns(t *testing.T) {
	var file struct {
		Events []struct {
			Recorded        string
			Before, Removed []int
			To              int
		}
	}
	readJSON(t, "testdata/recorded-scale-ins.json", &file)
	if len(file.Events) == 0 {
		t.Fatal("no events")
	}
	for _, e := range file.Events {
		s := restore(t, placement.Config{}, standing(e.Before...))
		if got := ids(resize(t, s, e.To).Removed); !slices.Equal(got, e.Removed) {
			t.Errorf("%s: %v to %d removes %v, recorded is %v", e.Recorded, e.Before, e.To, got, e.Removed)
		}
	}
}

func TestRecordedGrids(t *testing.T) {
	grids := readGrids(t)
	grow := func(start []placement.Instance, n, next int) grid {
		s := restore(t, placement.Config{SingleGroup: true}, start)
		s.Raise(next)
		resize(t, s, n)
		return gridOf(s.Instances())
	}
	// A was created as 110, of which ten were trimmed.
	fresh := gridOf(nil)
	trimmed := map[int]bool{17: true, 19: true, 20: true, 42: true, 44: true, 45: true, 57: true, 89: true, 97: true, 108: true}
	for fd, row := range grow(nil, 110, 0) {
		for ud, cell := range row {
			fresh[fd][ud] = slices.DeleteFunc(cell, func(id int) bool { return trimmed[id] })
		}
	}
	if diff := cmp.Diff(grids["A"], fresh); diff != "" {
		t.Errorf("A (-recorded +got):\n%s", diff)
	}
	// B is A placed again, after everything was stopped and started.
	lost := grids["A"].instances()
	for i := range lost {
		lost[i].FaultDomain, lost[i].UpdateDomain = placement.NoDomain, placement.NoDomain
	}
	if diff := cmp.Diff(grids["B"], gridOf(restore(t, placement.Config{}, lost).Instances())); diff != "" {
		t.Errorf("B (-recorded +got):\n%s", diff)
	}
	// C is B scaled to 10 and back to 100, the surplus of 10 still alive.
	s := restore(t, placement.Config{SingleGroup: true}, grids["B"].instances())
	resize(t, s, 10)
	if diff := cmp.Diff(seq(0, 9), ids(s.Instances())); diff != "" {
		t.Errorf("B to 10 (-recorded +got):\n%s", diff)
	}
	if diff := cmp.Diff(grids["C"], grow(s.Instances(), 110, 110)); diff != "" {
		t.Errorf("C (-recorded +got):\n%s", diff)
	}
}

// The overprovisioned growth of C in one go: 90 wanted, 100 created.
func TestRecordedSurplus(t *testing.T) {
	s := restore(t, placement.Config{Overprovision: true, SingleGroup: true}, readGrids(t)["B"].instances())
	resize(t, s, 10)
	s.Raise(110)
	c := resize(t, s, 100)
	all := append(slices.Clone(s.Instances()), c.Surplus...)
	if diff := cmp.Diff(readGrids(t)["C"], gridOf(all)); diff != "" {
		t.Errorf("C (-recorded +got):\n%s", diff)
	}
}

// E is C without the ten that were trimmed; scaled to 5, the first five stay.
func TestRecordedBulkScaleIn(t *testing.T) {
	gone := map[int]bool{127: true, 136: true, 146: true, 151: true, 153: true, 173: true, 181: true, 197: true, 199: true, 205: true}
	e := slices.DeleteFunc(readGrids(t)["C"].instances(), func(in placement.Instance) bool { return gone[in.ID] })
	s := restore(t, placement.Config{}, e)
	resize(t, s, 5)
	if diff := cmp.Diff(seq(0, 4), ids(s.Instances())); diff != "" {
		t.Errorf("E to 5 (-recorded +got):\n%s", diff)
	}
}

// Listings of nodes: of the REST reference of Service Fabric (2018), and of
// Azure/Service-Fabric-Troubleshooting-Guides, missing seed nodes.
func TestRecordedListings(t *testing.T) {
	tests := []struct {
		name  string
		start []int
		next  int
		want  []placement.Instance
	}{
		{"five fresh nodes", nil, 0, standing(0, 1, 2, 3, 4)},
		{"4 and 5 deleted, then one added", []int{0, 1, 2, 3}, 6, []placement.Instance{{ID: 6, FaultDomain: 4, UpdateDomain: 4}}},
		{"3 and 4 deleted, then two added", []int{0, 1, 2}, 5, []placement.Instance{
			{ID: 5, FaultDomain: 3, UpdateDomain: 3}, {ID: 6, FaultDomain: 4, UpdateDomain: 4}}},
	}
	for _, tt := range tests {
		s := restore(t, placement.Config{}, standing(tt.start...))
		s.Raise(tt.next)
		c := resize(t, s, len(tt.start)+len(tt.want))
		if diff := cmp.Diff(tt.want, c.Added); diff != "" {
			t.Errorf("%s (-recorded +got):\n%s", tt.name, diff)
		}
	}
}

// Heat map of the set ohcanadaf, June 2016, rows only: each instance after the irregular old ones went
// to the fault domain with the fewest, the lowest among equals.
func TestRecordedFaultDomainRows(t *testing.T) {
	rows := [][]int{{3, 6, 16, 21}, {1, 7, 12, 17, 22}, {2, 8, 18, 23}, {9, 14, 19}, {5, 10, 15, 20}}
	var old []placement.Instance
	for fd, row := range rows {
		for i, id := range row {
			old = append(old, placement.Instance{ID: id, FaultDomain: int16(fd), UpdateDomain: int16(i % 5)})
		}
	}
	s := restore(t, placement.Config{}, old)
	s.Raise(26)
	got := map[int]int16{}
	for _, in := range resize(t, s, 20+10).Added {
		got[in.ID] = in.FaultDomain
	}
	want := map[int]int16{26: 3, 27: 0, 28: 2, 29: 3, 30: 4, 31: 0, 32: 1, 33: 2, 34: 3, 35: 4}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("fault domains (-recorded +got):\n%s", diff)
	}
}

// Recorded sets of one fault domain show domain 0 throughout.
func TestRecordedMaxSpreading(t *testing.T) {
	s, err := placement.New(placement.Config{FaultDomains: 1}, 3)
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range s.Instances() {
		if in.FaultDomain != 0 || in.UpdateDomain != 0 {
			t.Errorf("instance %d is in %d/%d, recorded is 0/0", in.ID, in.FaultDomain, in.UpdateDomain)
		}
	}
}
