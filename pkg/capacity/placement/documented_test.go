package placement_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
)

// zonal are instances of a set with max spreading, by zone.
func zonal(zones map[string][]int) (out []placement.Instance) {
	for z, members := range zones {
		for _, id := range members {
			out = append(out, placement.Instance{ID: id, Zone: z})
		}
	}
	return out
}

// filled are n instances, so many in each of the zones 1, 2, ...
func filled(counts ...int) (out []placement.Instance) {
	for z, n := range counts {
		for range n {
			out = append(out, placement.Instance{ID: len(out), Zone: string(rune('1' + z))})
		}
	}
	return out
}

var threeZones = []string{"1", "2", "3"}

// The published answers: 20 to 15 to 18 (virtual-machine-scale-sets-faq, now
// and in November 2015).
func TestPublishedAnswer(t *testing.T) {
	for model, added := range map[placement.Model][]int{placement.Preview: seq(15, 17), placement.Current: seq(20, 22)} {
		s, err := placement.New(placement.Config{Model: model}, 20)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]int{19, 18, 17, 16, 15}, ids(resize(t, s, 15).Removed)); diff != "" {
			t.Errorf("%v: removed (-want +got):\n%s", model, diff)
		}
		if diff := cmp.Diff(added, ids(resize(t, s, 18).Added)); diff != "" {
			t.Errorf("%v: added (-want +got):\n%s", model, diff)
		}
		b := s.Balance()
		if slices.Max(b.FaultDomains)-slices.Min(b.FaultDomains) > 1 || slices.Max(b.UpdateDomains)-slices.Min(b.UpdateDomains) > 1 {
			t.Errorf("%v: unbalanced: %v %v", model, b.FaultDomains, b.UpdateDomains)
		}
	}
}

// The tables of the page virtual-machine-scale-sets-scale-in-policy of the
// Azure documentation, which all pages named below are part of.
func TestPolicyTables(t *testing.T) {
	start := map[string][]int{"1": {3, 4, 5, 10}, "2": {2, 6, 9, 11}, "3": {1, 7, 8}}
	tests := map[placement.Policy][]int{
		placement.OldestVM: {2, 3, 1, 4, 6, 5},
		placement.NewestVM: {11, 10, 9, 8, 5, 7},
		placement.Default:  {11, 10, 9, 8, 5, 7}, // one fault domain: zones, then the highest id
	}
	for policy, want := range tests {
		t.Run(policy.String(), func(t *testing.T) {
			s := restore(t, placement.Config{Zones: threeZones, Policy: policy}, zonal(start))
			if diff := cmp.Diff(want, ids(resize(t, s, 5).Removed)); diff != "" {
				t.Errorf("removed (-want +got):\n%s", diff)
			}
		})
	}
	s := restore(t, placement.Config{Zones: threeZones, Policy: placement.OldestVM}, zonal(start))
	s.Protect(2)
	if got := ids(resize(t, s, 10).Removed); !slices.Equal(got, []int{3}) {
		t.Errorf("with 2 protected %v goes, want the next oldest of the full zones, 3", got)
	}
}

// Regional sets take the newest or the oldest of all, whatever the domains.
func TestPolicyRegional(t *testing.T) {
	for policy, want := range map[placement.Policy][]int{placement.NewestVM: {9, 8, 7}, placement.OldestVM: {1, 6, 7}} {
		s := restore(t, placement.Config{Policy: policy}, standing(1, 6, 7, 8, 9))
		if got := ids(resize(t, s, 2).Removed); !slices.Equal(got, want) {
			t.Errorf("%v removes %v, want %v", policy, got, want)
		}
	}
}

// The examples of virtual-machine-scale-sets-zone-balancing, and what users saw
// in MicrosoftDocs/azure-docs#26260 and #26387.
func TestZones(t *testing.T) {
	tests := []struct {
		name  string
		start []int
		to    []int
		want  [][]int
	}{
		{"recovery", []int{0, 2, 4}, []int{8, 6}, [][]int{{2, 2, 4}, {2, 2, 2}}},
		{"user deleted zone 1", []int{0, 3, 3}, []int{9}, [][]int{{3, 3, 3}}},
		{"growth", []int{2, 2, 2}, []int{9, 11}, [][]int{{3, 3, 3}, {4, 4, 3}}},
		{"even removal", []int{3, 3, 2}, []int{7, 6, 5}, [][]int{{3, 2, 2}, {2, 2, 2}, {2, 2, 1}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := restore(t, placement.Config{Zones: threeZones}, filled(tt.start...))
			var got [][]int
			for _, n := range tt.to {
				resize(t, s, n)
				got = append(got, s.Balance().Zones)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("zones (-want +got):\n%s", diff)
			}
		})
	}
}

func TestZonesBalanced(t *testing.T) {
	for _, tt := range []struct {
		counts []int
		want   bool
	}{{[]int{2, 2, 2}, true}, {[]int{2, 3, 3}, true}, {[]int{1, 3, 3}, false}} {
		s := restore(t, placement.Config{Zones: threeZones}, filled(tt.counts...))
		if got := s.Balance().ZonesBalanced(); got != tt.want {
			t.Errorf("%v balanced: %v, want %v", tt.counts, got, tt.want)
		}
	}
}

// virtual-machine-scale-sets-use-availability-zones: five regional instances,
// then zones and 10, then 5.
func TestZonalExpansion(t *testing.T) {
	s, err := placement.New(placement.Config{FaultDomains: 5}, 5)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Zone("1", "2", "3"); err != nil {
		t.Fatal(err)
	}
	resize(t, s, 10)
	if b := s.Balance(); !slices.Equal(b.Zones, []int{2, 2, 1}) || b.Regional != 5 {
		t.Errorf("at 10: zones %v and %d regional, want [2 2 1] and 5", b.Zones, b.Regional)
	}
	if got := ids(resize(t, s, 5).Removed); !slices.Equal(got, []int{4, 3, 2, 1, 0}) {
		t.Errorf("removed %v, want the regional ones, newest first", got)
	}
	if err := s.Zone("1", "2"); err == nil {
		t.Error("a zone with instances was taken from the set")
	}
}

// The tables of spot-priority-mix.
func TestPriorityMixSplit(t *testing.T) {
	type row struct{ n, regular, spot int }
	tests := []struct {
		mix  placement.PriorityMix
		rows []row
	}{
		{placement.PriorityMix{Base: 10, RegularPercent: 50}, []row{{4, 4, 0}, {10, 10, 0}, {20, 15, 5}, {30, 20, 10}, {40, 25, 15}, {41, 25, 16}, {42, 26, 16}, {44, 27, 17}}},
		{placement.PriorityMix{Base: 10, RegularPercent: 25}, []row{{20, 12, 8}, {50, 20, 30}, {110, 35, 75}, {120, 37, 83}}},
		{placement.PriorityMix{}, []row{{0, 0, 0}, {7, 0, 7}}},
		{placement.PriorityMix{RegularPercent: 100}, []row{{7, 7, 0}}},
	}
	for _, tt := range tests {
		for _, r := range tt.rows {
			if regular, spot := tt.mix.Split(r.n); regular != r.regular || spot != r.spot {
				t.Errorf("%+v at %d: %d regular and %d Spot, want %d and %d", tt.mix, r.n, regular, spot, r.regular, r.spot)
			}
		}
	}
}

// The run of the same page: 42, all Spot evicted and deleted, 30, 42, 44.
func TestPriorityMixRun(t *testing.T) {
	c := placement.Config{Flexible: true, Mix: &placement.PriorityMix{Base: 10, RegularPercent: 50}}
	s, err := placement.New(c, 42)
	if err != nil {
		t.Fatal(err)
	}
	regular := slices.DeleteFunc(slices.Clone(s.Instances()), func(in placement.Instance) bool { return in.Flags.Has(placement.Spot) })
	s = restore(t, c, regular)
	got := [][2]int{split(s)}
	for _, n := range []int{30, 42, 44, 42, 20} {
		resize(t, s, n)
		got = append(got, split(s))
	}
	want := [][2]int{{26, 0}, {26, 4}, {26, 16}, {27, 17}, {26, 16}, {15, 5}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("regular and Spot (-want +got):\n%s", diff)
	}
}

// Evicted instances that stay deallocated count on: base 10, 25%, 110 with ten
// of 75 stopped, then 120.
func TestPriorityMixDeallocated(t *testing.T) {
	s, err := placement.New(placement.Config{Flexible: true, Mix: &placement.PriorityMix{Base: 10, RegularPercent: 25}}, 110)
	if err != nil {
		t.Fatal(err)
	}
	stopped := 0
	for _, in := range s.Instances() {
		if in.Flags.Has(placement.Spot) && stopped < 10 {
			s.Mark(placement.Deallocated, in.ID)
			stopped++
		}
	}
	resize(t, s, 120)
	running := 0
	for _, in := range s.Instances() {
		if in.Flags.Has(placement.Spot) && !in.Flags.Has(placement.Deallocated) {
			running++
		}
	}
	if got := split(s); got != [2]int{37, 83} || running != 73 {
		t.Errorf("%v with %d running Spot instances, want [37 83] with 73", got, running)
	}
}

func split(s *placement.Set) (n [2]int) {
	for _, in := range s.Instances() {
		if in.Flags.Has(placement.Spot) {
			n[1]++
		} else {
			n[0]++
		}
	}
	return n
}

// The examples of auto-zone-balance-overview: instances of
// each zone as active and deallocated.
func TestRebalance(t *testing.T) {
	type zone struct{ active, stopped int }
	tests := []struct {
		name       string
		start, end []zone
		moves      int
	}{
		{"a whole zone is stopped", []zone{{5, 0}, {5, 0}, {0, 5}}, []zone{{5, 0}, {5, 0}, {0, 5}}, 0},
		{"the full zone is mostly stopped", []zone{{2, 5}, {4, 0}, {4, 0}}, []zone{{2, 5}, {4, 0}, {4, 0}}, 0},
		{"the full zone runs", []zone{{2, 0}, {4, 0}, {5, 2}}, []zone{{4, 0}, {4, 0}, {3, 2}}, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var start []placement.Instance
			for z, n := range tt.start {
				for i := range n.active + n.stopped {
					in := placement.Instance{ID: len(start), Zone: threeZones[z]}
					if i >= n.active {
						in.Flags |= placement.Deallocated
					}
					start = append(start, in)
				}
			}
			s := restore(t, placement.Config{Zones: threeZones}, start)
			moves := s.Rebalance()
			end := make([]zone, 3)
			for _, in := range s.Instances() {
				z := &end[slices.Index(threeZones, in.Zone)]
				if in.Flags.Has(placement.Deallocated) {
					z.stopped++
				} else {
					z.active++
				}
			}
			if !slices.Equal(end, tt.end) || len(moves) != tt.moves {
				t.Errorf("%d moves to %v, want %d to %v", len(moves), end, tt.moves, tt.end)
			}
		})
	}
}

// virtual-machine-scale-sets-zone-balancing, on zones that are down.
func TestZonesDown(t *testing.T) {
	tests := []struct {
		name   string
		strict bool
		down   []string
		start  []int
		to     int
		want   []int
		failed string
	}{
		{"best effort goes on elsewhere", false, []string{"1"}, []int{2, 2, 2}, 9, []int{2, 4, 3}, ""},
		{"two down stop everything", false, []string{"1", "2"}, []int{2, 2, 2}, 7, []int{2, 2, 2}, "2 zones are down (1, 2); no instance is created until all but one have recovered"},
		{"strict refuses", true, []string{"1"}, []int{2, 2, 2}, 9, []int{2, 2, 2}, "strict zone balance does not allow 2 in zone 1, 4 in zone 2, 3 in zone 3"},
		{"strict allows one apart", true, []string{"1"}, []int{2, 2, 2}, 7, []int{2, 3, 2}, ""},
		{"strict refuses what brings the zones no closer", true, []string{"1"}, []int{0, 1, 2}, 4, []int{0, 1, 2}, "strict zone balance does not allow 0 in zone 1, 2 in zone 2, 2 in zone 3"},
		{"strict corrects", true, nil, []int{0, 2, 4}, 8, []int{2, 2, 4}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := restore(t, placement.Config{Zones: threeZones, StrictZoneBalance: tt.strict, ZonesDown: tt.down}, filled(tt.start...))
			c, err := s.Resize(tt.to)
			var blocked *placement.BlockedError
			if text := ""; err != nil {
				text = err.Error()
				if !errors.As(err, &blocked) || text != tt.failed || c.Reached != c.From {
					t.Errorf("error %q, reached %d; want %q and %d", text, c.Reached, tt.failed, c.From)
				}
			} else if tt.failed != "" {
				t.Errorf("no error; want %q", tt.failed)
			}
			if got := s.Balance().Zones; !slices.Equal(got, tt.want) {
				t.Errorf("zones %v, want %v", got, tt.want)
			}
		})
	}
}

func TestProtection(t *testing.T) {
	s, err := placement.New(placement.Config{}, 5)
	if err != nil {
		t.Fatal(err)
	}
	if missing := s.Protect(4, 2, 9); !slices.Equal(missing, []int{9}) {
		t.Errorf("missing %v, want [9]", missing)
	}
	c := resize(t, s, 1)
	if got := ids(c.Removed); !slices.Equal(got, []int{3, 1, 0}) || c.Reached != 2 {
		t.Errorf("removed %v, reached %d; want [3 1 0] and 2", got, c.Reached)
	}
	if c := resize(t, s, 0); len(c.Removed) != 0 || c.Reached != 2 {
		t.Errorf("all protected: removed %v, reached %d", c.Removed, c.Reached)
	}
}

func TestUnhealthyFirst(t *testing.T) {
	start := standing(0, 1, 2, 3, 4)
	start[1].Flags |= placement.Unhealthy
	start[2].Flags |= placement.Deallocated
	start[3].Flags |= placement.Unhealthy | placement.Protected
	for first, want := range map[bool][]int{true: {2, 1, 4}, false: {4, 2, 1}} {
		s := restore(t, placement.Config{UnhealthyFirst: first}, start)
		if got := ids(resize(t, s, 2).Removed); !slices.Equal(got, want) {
			t.Errorf("unhealthy first %v: removed %v, want %v", first, got, want)
		}
	}
}

// Ids never come back today, the surplus of overprovisioning included; in the
// preview they do.
func TestOverprovisionedIDs(t *testing.T) {
	for model, want := range map[placement.Model][]int{placement.Current: {8, 9}, placement.Preview: {5, 6}} {
		s, err := placement.New(placement.Config{Model: model, Overprovision: true}, 2)
		if err != nil {
			t.Fatal(err)
		}
		c := resize(t, s, 5)
		if got := ids(c.Surplus); !slices.Equal(got, []int{5, 6, 7}) {
			t.Errorf("%v: surplus %v, want 5, 6, 7", model, got)
		}
		if got := ids(resize(t, s, 7).Added); !slices.Equal(got, want) {
			t.Errorf("%v: then %v comes, want %v", model, got, want)
		}
	}
}

// What was observed of the surplus : ids used for what was wanted. The large
// sets are heat maps of 2016 (testdata/recorded-placements.json), the small ones
// recordings of the tests of azure-cli from 2017 on.
func TestSurplus(t *testing.T) {
	for _, tt := range []struct{ wanted, target, want int }{
		{100, 100, 10}, {90, 100, 10}, {45, 50, 5}, {5, 5, 3}, {3, 3, 3}, {2, 2, 2}, {1, 1, 1}, {0, 9, 0}, {1, 1000, 1},
	} {
		if got := placement.Surplus(tt.wanted, tt.target); got != tt.want {
			t.Errorf("Surplus(%d, %d) = %d, want %d", tt.wanted, tt.target, got, tt.want)
		}
	}
}

func TestPlacementGroups(t *testing.T) {
	for _, tt := range []struct {
		config placement.Config
		n      int
		want   []int
	}{
		{placement.Config{}, 250, []int{100, 100, 50}},
		{placement.Config{SingleGroup: true}, 250, []int{250}},
		{placement.Config{Flexible: true}, 250, []int{250}},
		{placement.Config{Zones: []string{"1", "2"}}, 250, []int{100, 100, 25, 25}},
		{placement.Config{Model: placement.Preview}, 250, []int{250}},
	} {
		s, err := placement.New(tt.config, tt.n)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.want, s.Balance().Groups); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", tt.config, diff)
		}
	}
}

func TestTrace(t *testing.T) {
	s := restore(t, placement.Config{}, standing(0, 1, 3, 6, 7))
	var got []placement.Removal
	s.Trace(func(r placement.Removal) { got = append(got, r) })
	resize(t, s, 4)
	want := []placement.Removal{{
		Instance: placement.Instance{ID: 6, FaultDomain: 1, UpdateDomain: 2}, Order: 1,
		Because: placement.Reason{Candidates: 5, FaultCount: 2, Faults: 1, CellCount: 1, Cells: 2, UpdateCount: 1, Updates: 3},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("trace (-want +got):\n%s", diff)
	}
}

func TestNames(t *testing.T) {
	// Documented: 85; of gbowerman/vmsstools: 1146; the others by the same rule.
	for id, want := range map[int]string{85: "00002D", 1146: "0000VU", 0: "000000", 9: "000009", 10: "00000A", 35: "00000Z",
		36: "000010", 71: "00001Z", 1295: "0000ZZ", 1296: "000100", 60_466_175: "0ZZZZZ"} {
		if got := placement.ComputerName("nsgvmss", id); got != "nsgvmss"+want {
			t.Errorf("ComputerName(%d) = %s, want nsgvmss%s", id, got, want)
		}
		if got, ok := placement.ParseComputerName("NSGvmss", "nsgvmss"+want); !ok || got != id {
			t.Errorf("ParseComputerName(%s) = %d, %v; want %d", want, got, ok, id)
		}
	}
	if got := placement.Name("web", 15); got != "web_15" {
		t.Errorf("Name = %s", got)
	}
	for _, name := range []string{"webABC", "webABCDEFG", "app000001", "web00000!", "web-00001", "webZZZZZZ"} {
		if id, ok := placement.ParseComputerName("web", name); ok {
			t.Errorf("%s was read as the name of %d", name, id)
		}
	}
	if got := string(placement.AppendName([]byte("- "), "web", 15)); got != "- web_15" {
		t.Errorf("AppendName = %s", got)
	}
	if got := placement.ComputerName("web", -1); got != "web000000" {
		t.Errorf("the computer name of no id is %s", got)
	}
	id := strings.TrimPrefix(placement.FlexibleName("web", 7), "web_")
	if got, want := placement.FlexibleComputerName("host", "web", 7), "host"+strings.ToUpper(id[:6]); got != want {
		t.Errorf("FlexibleComputerName = %s, want %s", got, want)
	}
	if placement.FlexibleName("web", 7)[4:] == placement.FlexibleName("api", 7)[4:] {
		t.Error("two sets have the same names")
	}
	seen := map[string]int{}
	for id := range 20000 {
		name := placement.FlexibleName("web", id)
		if other, dup := seen[name]; dup || len(name) != len("web_")+8 {
			t.Fatalf("%s is the name of %d and %d", name, other, id)
		}
		seen[name] = id
	}
}

func TestRefused(t *testing.T) {
	tests := []struct {
		name   string
		config placement.Config
		in     []placement.Instance
		want   string
	}{
		{"twice", placement.Config{}, standing(3, 3), "duplicate instance id 3"},
		{"negative", placement.Config{}, []placement.Instance{{ID: -1}}, "instance id -1 is negative"},
		{"fault domain", placement.Config{}, []placement.Instance{{FaultDomain: 5}}, "instance 0 is in fault domain 5 of 5"},
		{"update domain", placement.Config{}, []placement.Instance{{UpdateDomain: 7}}, "instance 0 is in update domain 7 of 5"},
		{"zone", placement.Config{Zones: threeZones}, []placement.Instance{{Zone: "4"}}, "instance 0 is in zone 4; the zones of the scale set are 1, 2, 3"},
		{"zone of none", placement.Config{}, []placement.Instance{{Zone: "4"}}, "instance 0 is in zone 4; the zones of the scale set are none"},
		{"fault domain below none", placement.Config{}, []placement.Instance{{FaultDomain: -2}}, "instance 0 is in fault domain -2 of 5"},
		{"update domain below none", placement.Config{}, []placement.Instance{{UpdateDomain: -2}}, "instance 0 is in update domain -2 of 5"},
		{"one update domain too many", placement.Config{}, []placement.Instance{{UpdateDomain: 5}}, "instance 0 is in update domain 5 of 5"},
		{"update domain of a Flexible set", placement.Config{Flexible: true}, []placement.Instance{{UpdateDomain: 1}}, "instance 0 is in update domain 1 of 0"},
		{"group below none", placement.Config{}, []placement.Instance{{Group: -1}}, "instance 0 is in placement group -1 of 1 instances"},
		{"more groups than instances", placement.Config{}, []placement.Instance{{Group: 2}}, "instance 0 is in placement group 2 of 1 instances"},
		{"zones twice", placement.Config{Zones: []string{"1", "1"}}, nil, "zone 1 is named twice"},
		{"down", placement.Config{Zones: threeZones, ZonesDown: []string{"5"}}, nil, "zone 5 is down but not a zone of the scale set, whose zones are 1, 2, 3"},
		{"no zone", placement.Config{Zones: []string{"1", ""}}, nil, "a zone without a name"},
		{"zones", placement.Config{Zones: strings.Split("abcdefghijklmnopq", "")}, nil, "17 zones; at most 16 are possible"},
		{"negative domains", placement.Config{FaultDomains: -1}, nil, "-1 fault domains; 1 to 64 are possible"},
		{"update domains", placement.Config{UpdateDomains: 65}, nil, "65 update domains; 1 to 64 are possible"},
		{"negative update domains", placement.Config{UpdateDomains: -1}, nil, "-1 update domains; 1 to 64 are possible"},
		{"negative base", placement.Config{Mix: &placement.PriorityMix{Base: -1}}, nil, "a base of -1 regular instances; 0 or more are possible"},
		{"negative share", placement.Config{Mix: &placement.PriorityMix{RegularPercent: -1}}, nil, "-1% regular instances above the base; 0 to 100 are possible"},
		{"domains", placement.Config{FaultDomains: 65}, nil, "65 fault domains; 1 to 64 are possible"},
		{"flexible", placement.Config{Flexible: true, UpdateDomains: 5}, nil, "5 update domains; a Flexible scale set has none"},
		{"mix", placement.Config{Mix: &placement.PriorityMix{RegularPercent: 101}}, nil, "101% regular instances above the base; 0 to 100 are possible"},
	}
	for _, tt := range tests {
		_, err := placement.Restore(tt.config, tt.in)
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
	// The last that is taken of each.
	for _, c := range []placement.Config{
		{FaultDomains: placement.MaxDomains, UpdateDomains: placement.MaxDomains},
		{Zones: strings.Split("abcdefghijklmnop", "")},
		{Mix: &placement.PriorityMix{RegularPercent: 100}},
	} {
		if _, err := placement.Restore(c, []placement.Instance{{FaultDomain: placement.NoDomain, UpdateDomain: placement.NoDomain, Group: 1}}); err != nil {
			t.Errorf("%+v: %v", c, err)
		}
	}
	for _, n := range []int{-1, placement.MaxInstances + 1} {
		if _, err := placement.New(placement.Config{}, n); err == nil {
			t.Errorf("a set of %d is taken", n)
		}
	}
	s, err := placement.New(placement.Config{}, 5)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{-1, placement.MaxInstances + 1} {
		if _, err := s.Resize(n); err == nil || s.Len() != 5 {
			t.Errorf("Resize(%d): %v, and the set holds %d", n, err, s.Len())
		}
	}
}
