package placement_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/capacity/placement"
)

func TestWords(t *testing.T) {
	if placement.Preview.String() != "preview" || placement.Current.String() != "current" {
		t.Error("the models have other names")
	}
	for _, name := range []string{"Default", "NewestVM", "OldestVM"} {
		if p, err := placement.ParsePolicy(name); err != nil || p.String() != name {
			t.Errorf("%s is read as %v, %v", name, p, err)
		}
	}
	if p, err := placement.ParsePolicy("oldestvm"); err != nil || p != placement.OldestVM {
		t.Errorf("ignoring case: %v, %v", p, err)
	}
	if _, err := placement.ParsePolicy("Oldest"); err == nil || err.Error() != `"Oldest" is not a scale-in policy; use one of: Default, NewestVM, OldestVM` {
		t.Errorf("a name that is none: %v", err)
	}
}

// The domains of a set that names none (manage-fault-domains).
func TestDefaultDomains(t *testing.T) {
	for _, tt := range []struct {
		name   string
		config placement.Config
		fd, ud int
		max    bool
	}{
		{"today", placement.Config{}, 5, 5, false},
		{"of the preview", placement.Config{Model: placement.Preview}, 3, 5, false},
		{"zonal", placement.Config{Zones: threeZones}, 1, 1, true},
		{"of one zone", placement.Config{Zones: []string{"1"}}, 1, 1, true},
		{"Flexible", placement.Config{Flexible: true}, 1, 0, true},
		{"one fault domain", placement.Config{FaultDomains: 1}, 1, 1, true},
		{"one fault domain, of the preview", placement.Config{Model: placement.Preview, FaultDomains: 1}, 1, 5, false},
		{"two fault domains", placement.Config{FaultDomains: 2}, 2, 5, false},
		{"update domains that are named", placement.Config{FaultDomains: 1, UpdateDomains: 3}, 1, 3, true},
	} {
		s, err := placement.New(tt.config, 0)
		if err != nil {
			t.Fatal(err)
		}
		if c := s.Config(); c.FaultDomains != tt.fd || c.UpdateDomains != tt.ud || c.MaxSpreading() != tt.max {
			t.Errorf("%s: %d fault and %d update domains, max spreading %v; want %d, %d, %v", tt.name, c.FaultDomains, c.UpdateDomains, c.MaxSpreading(), tt.fd, tt.ud, tt.max)
		}
	}
}

// TestConfigIsCopied: what the caller does with its zones later is nothing to
// the set.
func TestConfigIsCopied(t *testing.T) {
	zones := []string{"1", "2"}
	s, err := placement.New(placement.Config{Zones: zones}, 0)
	if err != nil {
		t.Fatal(err)
	}
	zones[0] = "9"
	if got := resize(t, s, 1).Added[0].Zone; got != "1" {
		t.Errorf("the first instance is in zone %s", got)
	}
}

// Instances that a caller has are not changed by what happens to the set.
func TestInstancesStay(t *testing.T) {
	s, err := placement.New(placement.Config{}, 2)
	if err != nil {
		t.Fatal(err)
	}
	before := s.Instances()
	s.Protect(0)
	if before[0].Flags != 0 || !s.Instances()[0].Flags.Has(placement.Protected) {
		t.Errorf("before %+v, now %+v", before[0], s.Instances()[0])
	}
}

// New: what exists is past its overprovisioning, and all its zones were up.
func TestNewStands(t *testing.T) {
	c := placement.Config{Zones: threeZones, ZonesDown: []string{"1", "2"}, StrictZoneBalance: true, Overprovision: true}
	s, err := placement.New(c, 6)
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Balance().Zones; !slices.Equal(got, []int{2, 2, 2}) || !slices.Equal(ids(s.Instances()), seq(0, 5)) {
		t.Errorf("zones %v, ids %v", got, ids(s.Instances()))
	}
	s, err = placement.New(placement.Config{Zones: []string{"1"}, ZonesDown: []string{"1"}}, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Resize(2); err == nil || err.Error() != "zone 1, the only zone of the scale set, is down; no instance is created until it recovers" {
		t.Errorf("the only zone is down: %v", err)
	}
}

// A set of the preview in which instances were deleted: the lowest free ids
// come back, in the emptiest domains, and what leaves next comes from the
// fullest.
func TestPreviewWithGaps(t *testing.T) {
	at := func(id, fd, ud int16) placement.Instance {
		return placement.Instance{ID: int(id), FaultDomain: fd, UpdateDomain: ud}
	}
	preview := placement.Config{Model: placement.Preview}

	// Ids 3 and 4 are gone: fault domain 1 has two, the others three; update
	// domains 3 and 4 have one, the others two.
	gaps := []placement.Instance{at(0, 0, 0), at(1, 1, 1), at(2, 2, 2), at(5, 2, 0), at(6, 0, 1), at(7, 1, 2), at(8, 2, 3), at(9, 0, 4)}
	got := resize(t, restore(t, preview, gaps), 11).Added
	want := []placement.Instance{at(3, 1, 3), at(4, 1, 4), at(10, 2, 0)}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("added (-want +got):\n%s", diff)
	}

	// Three of five are in fault domain 0, two of these in update domain 1.
	s := restore(t, preview, []placement.Instance{at(0, 0, 0), at(1, 0, 1), at(2, 1, 2), at(3, 2, 3), at(4, 0, 1)})
	var why []placement.Reason
	s.Trace(func(r placement.Removal) { why = append(why, r.Because) })
	if got := ids(resize(t, s, 2).Removed); !slices.Equal(got, []int{4, 1, 3}) {
		t.Errorf("removed %v, want [4 1 3]", got)
	}
	if diff := cmp.Diff([]placement.Reason{
		{Candidates: 5, FaultCount: 3, Faults: 1, UpdateCount: 2, Updates: 1},
		{Candidates: 4, FaultCount: 2, Faults: 1, UpdateCount: 1, Updates: 4},
		{Candidates: 3, FaultCount: 1, Faults: 3, UpdateCount: 1, Updates: 3},
	}, why); diff != "" {
		t.Errorf("reasons (-want +got):\n%s", diff)
	}

	// The fullest update domain counts before the id, whichever stands first.
	s = restore(t, preview, []placement.Instance{at(0, 0, 1), at(1, 1, 1), at(2, 0, 0), at(3, 1, 2)})
	if got := ids(resize(t, s, 2).Removed); !slices.Equal(got, []int{1, 2}) {
		t.Errorf("removed %v, want [1 2]", got)
	}
}

// Balance counts fault and update domains inside their placement group.
func TestBalanceOf(t *testing.T) {
	for _, tt := range []struct {
		name    string
		config  placement.Config
		n, then int
		want    placement.Balance
	}{
		{"groups of 100", placement.Config{}, 250, 250, placement.Balance{
			Total: 250, Running: 250, Regional: 250, FaultDomains: []int{50, 50, 50, 50, 50}, UpdateDomains: []int{50, 50, 50, 50, 50}, Groups: []int{100, 100, 50}, LargestFault: 20, LargestUpdate: 20}},
		{"one group", placement.Config{SingleGroup: true, FaultDomains: 2}, 11, 11, placement.Balance{
			Total: 11, Running: 11, Regional: 11, FaultDomains: []int{6, 5}, UpdateDomains: []int{3, 2, 2, 2, 2}, Groups: []int{11}, LargestFault: 6, LargestUpdate: 3}},
		{"nothing left", placement.Config{}, 3, 0, placement.Balance{
			FaultDomains: []int{0, 0, 0, 0, 0}, UpdateDomains: []int{0, 0, 0, 0, 0}}},
		{"zones", placement.Config{Zones: []string{"1", "2"}}, 5, 5, placement.Balance{
			Total: 5, Running: 5, FaultDomains: []int{5}, UpdateDomains: []int{5}, Zones: []int{3, 2}, Groups: []int{3, 2}, LargestFault: 3, LargestUpdate: 3, LargestZone: 3}},
		{"one zone", placement.Config{Zones: []string{"1"}}, 2, 2, placement.Balance{
			Total: 2, Running: 2, FaultDomains: []int{2}, UpdateDomains: []int{2}, Zones: []int{2}, Groups: []int{2}, LargestFault: 2, LargestUpdate: 2, LargestZone: 2}},
		{"Flexible with a mix", placement.Config{Flexible: true, FaultDomains: 2, Mix: &placement.PriorityMix{Base: 1, RegularPercent: 50}}, 6, 6, placement.Balance{
			Total: 6, Running: 6, Regional: 6, FaultDomains: []int{3, 3}, Groups: []int{6}, LargestFault: 3, Spot: 3}},
	} {
		s, err := placement.New(tt.config, tt.n)
		if err != nil {
			t.Fatal(err)
		}
		resize(t, s, tt.then)
		got := s.Balance()
		got.Cells = nil
		if len(got.Zones) == 0 {
			got.Zones = nil
		}
		if len(got.Groups) == 0 {
			got.Groups = nil
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
		if !got.ZonesBalanced() {
			t.Errorf("%s: out of balance", tt.name)
		}
	}
	if (placement.Balance{Zones: []int{3, 1}}).ZonesBalanced() {
		t.Error("zones two apart are balanced")
	}
}

// Cells are counted by fault and update domain: 6 instances of 2 by 2 domains.
func TestBalanceCells(t *testing.T) {
	s, err := placement.New(placement.Config{FaultDomains: 2, UpdateDomains: 3}, 5)
	if err != nil {
		t.Fatal(err)
	}
	want := make([]int, 2*3)
	for _, in := range s.Instances() {
		want[int(in.FaultDomain)*3+int(in.UpdateDomain)]++
	}
	if got := s.Balance().Cells; !slices.Equal(got, want) {
		t.Errorf("cells %v, want %v", got, want)
	}
	resize(t, s, 0)
	if got := s.Balance().Cells; slices.Max(got) > 0 {
		t.Errorf("cells of an empty set: %v", got)
	}
}

// Restore gives the domains of the model to instances that have none: here the
// recorded order (see observed).
func TestRestoreWithoutDomains(t *testing.T) {
	in := standing(0, 1, 2, 3, 4, 5)
	in[3].FaultDomain, in[3].UpdateDomain = placement.NoDomain, placement.NoDomain
	in[5].UpdateDomain = placement.NoDomain
	given := slices.Clone(in)
	s := restore(t, placement.Config{}, in)
	if diff := cmp.Diff(standing(0, 1, 2, 3, 4, 5), s.Instances()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(given, in); diff != "" {
		t.Errorf("the slice of the caller was changed:\n%s", diff)
	}
	s = restore(t, placement.Config{Flexible: true}, []placement.Instance{{ID: 4, UpdateDomain: placement.NoDomain}, {ID: 1, FaultDomain: placement.NoDomain}})
	want := []placement.Instance{{ID: 1, UpdateDomain: placement.NoDomain}, {ID: 4, UpdateDomain: placement.NoDomain}}
	if diff := cmp.Diff(want, s.Instances()); diff != "" {
		t.Errorf("Flexible (-want +got):\n%s", diff)
	}
}

// Zones are added to a set, never taken away with what is in them.
func TestZoneChanges(t *testing.T) {
	s, err := placement.New(placement.Config{Zones: []string{"1", "2"}}, 2)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Zone("1", "1"); err == nil {
		t.Error("a zone named twice is taken")
	}
	if err := s.Zone("1"); err == nil || err.Error() != "zone 2 has instances and cannot be removed from the scale set" {
		t.Errorf("zone 2 is taken away: %v", err)
	}
	if got := s.Config().Zones; !slices.Equal(got, []string{"1", "2"}) {
		t.Errorf("what was refused has changed the zones to %v", got)
	}
	if err := s.Zone("2", "1", "3"); err != nil {
		t.Error(err)
	}
	if got := resize(t, s, 3).Added[0].Zone; got != "3" {
		t.Errorf("the next one is in zone %s", got)
	}
}

// Rebalance: the new instance comes in the emptiest zone, and the newest one of
// the fullest that may be moved goes.
func TestRebalanceMoves(t *testing.T) {
	config := placement.Config{Zones: threeZones}
	type move struct {
		created, deleted int
		in, of           string
	}
	for _, tt := range []struct {
		name    string
		config  placement.Config
		start   []int
		protect []int
		want    []move
	}{
		{"two apart", config, []int{1, 2, 3}, nil, []move{{6, 5, "1", "3"}}},
		{"the newest is protected", config, []int{1, 2, 3}, []int{5}, []move{{6, 4, "1", "3"}}},
		{"all are protected", config, []int{1, 2, 3}, []int{3, 4, 5}, nil},
		{"one apart", config, []int{2, 2, 3}, nil, nil},
		{"three apart", config, []int{0, 2, 3}, nil, []move{{5, 4, "1", "3"}}},
		{"four apart", config, []int{4, 0, 2}, nil, []move{{6, 3, "2", "1"}, {7, 2, "2", "1"}}},
		{"strict", placement.Config{Zones: threeZones, StrictZoneBalance: true}, []int{1, 2, 3}, nil, nil},
		{"one zone", placement.Config{Zones: []string{"1"}}, []int{3}, nil, nil},
		{"two zones", placement.Config{Zones: []string{"1", "2"}}, []int{3, 1}, nil, []move{{4, 2, "2", "1"}}},
	} {
		s := restore(t, tt.config, filled(tt.start...))
		s.Protect(tt.protect...)
		n := s.Len()
		var got []move
		for _, m := range s.Rebalance() {
			got = append(got, move{m.Created.ID, m.Deleted.ID, m.Created.Zone, m.Deleted.Zone})
		}
		if !slices.Equal(got, tt.want) || s.Len() != n {
			t.Errorf("%s: moves %v and %d instances, want %v and %d", tt.name, got, s.Len(), tt.want, n)
		}
		if len(tt.want) > 0 && resize(t, s, n+1).Added[0].ID != n+len(tt.want) {
			t.Errorf("%s: an id came back", tt.name)
		}
	}
	mixed := append(filled(0, 3, 3), placement.Instance{ID: 6})
	if moves := restore(t, config, mixed).Rebalance(); len(moves) > 0 {
		t.Errorf("a set with a regional instance: %v", moves)
	}
}

// A priority mix takes of the kind that may go when the other may not.
func TestPriorityMixProtected(t *testing.T) {
	s, err := placement.New(placement.Config{Flexible: true, Mix: &placement.PriorityMix{RegularPercent: 50}}, 8)
	if err != nil {
		t.Fatal(err)
	}
	var regular []int
	for _, in := range s.Instances() {
		if in.Flags.Has(placement.Spot) {
			s.Protect(in.ID)
		} else {
			regular = append(regular, in.ID)
		}
	}
	change := resize(t, s, 2)
	got := ids(change.Removed)
	slices.Sort(got)
	if !slices.Equal(got, regular) || change.Reached != 4 {
		t.Errorf("removed %v, reached %d; want the regular ones, %v, and 4", got, change.Reached, regular)
	}
}

// A priority mix takes of the kind that there is too much of.
func TestPriorityMixUneven(t *testing.T) {
	config := placement.Config{Flexible: true, Mix: &placement.PriorityMix{Base: 2, RegularPercent: 50}} // of 6: 4 regular, 2 Spot
	for _, tt := range []struct {
		spot []int // of the ids 0 to 7
		want []int
	}{
		{[]int{7}, []int{6, 5}},
		{[]int{0, 1, 2, 3, 4, 5}, []int{5, 4}},
		{[]int{0, 1, 2}, []int{7, 2}},
	} {
		var start []placement.Instance
		for id := range 8 {
			in := placement.Instance{ID: id, UpdateDomain: placement.NoDomain}
			if slices.Contains(tt.spot, id) {
				in.Flags = placement.Spot
			}
			start = append(start, in)
		}
		got := ids(resize(t, restore(t, config, start), 6).Removed)
		slices.Sort(got)
		slices.Sort(tt.want)
		if !slices.Equal(got, tt.want) {
			t.Errorf("with the Spot instances %v %v are removed, want %v", tt.spot, got, tt.want)
		}
	}
}

// A zonal set of five fault domains is balanced over its zones, and in each
// over its fault domains, at every capacity.
func TestZonesOfFiveDomains(t *testing.T) {
	s, err := placement.New(placement.Config{Zones: threeZones, FaultDomains: 5}, 60)
	if err != nil {
		t.Fatal(err)
	}
	for n := 60; n >= 0; n-- {
		resize(t, s, n)
		zones := make([]int, 3)
		domains := [3][]int{make([]int, 5), make([]int, 5), make([]int, 5)}
		for _, in := range s.Instances() {
			z := slices.Index(threeZones, in.Zone)
			zones[z]++
			domains[z][in.FaultDomain]++
		}
		if spread(zones) > 1 || spread(domains[0]) > 1 || spread(domains[1]) > 1 || spread(domains[2]) > 1 {
			t.Fatalf("%d instances: %v in the zones, %v in their fault domains", n, zones, domains)
		}
	}
}

// Trace tells the zone that a removal was chosen from.
func TestTraceZones(t *testing.T) {
	for policy, want := range map[placement.Policy]placement.Reason{
		placement.Default:  {Candidates: 5, ZoneCount: 2, Zones: 2, FaultCount: 2, Faults: 2, CellCount: 2, Cells: 1, UpdateCount: 5, Updates: 1},
		placement.NewestVM: {Candidates: 5, ZoneCount: 2, Zones: 2},
		placement.OldestVM: {Candidates: 5, ZoneCount: 2, Zones: 2},
	} {
		s := restore(t, placement.Config{Zones: threeZones, Policy: policy}, filled(2, 1, 2))
		var got []placement.Reason
		s.Trace(func(r placement.Removal) { got = append(got, r.Because) })
		resize(t, s, 4)
		if diff := cmp.Diff([]placement.Reason{want}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", policy, diff)
		}
	}
	// Regional instances of a zonal set, unhealthy ones and Spot ones say so.
	s := restore(t, placement.Config{Zones: threeZones}, append(filled(1, 1, 1), placement.Instance{ID: 3}))
	var got []placement.Reason
	s.Trace(func(r placement.Removal) { got = append(got, r.Because) })
	resize(t, s, 3)
	if len(got) != 1 || !got[0].Regional || got[0].Candidates != 1 || got[0].Inactive || got[0].Spot || got[0].Mixed {
		t.Errorf("a regional instance left because of %+v", got)
	}
	ill := standing(0, 1)
	ill[0].Flags |= placement.Unhealthy
	s = restore(t, placement.Config{UnhealthyFirst: true}, ill)
	got = nil
	s.Trace(func(r placement.Removal) { got = append(got, r.Because) })
	resize(t, s, 0)
	if len(got) != 2 || !got[0].Inactive || got[1].Inactive {
		t.Errorf("an unhealthy one and another left because of %+v", got)
	}
}

// Groups that a scale-in leaves empty are not counted.
func TestEmptyGroups(t *testing.T) {
	s, err := placement.New(placement.Config{Policy: placement.NewestVM}, 250)
	if err != nil {
		t.Fatal(err)
	}
	resize(t, s, 90)
	if got := s.Balance().Groups; !slices.Equal(got, []int{90}) {
		t.Errorf("groups %v, want one of 90", got)
	}
}
