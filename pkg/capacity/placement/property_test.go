package placement_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"pgregory.net/rapid"
)

func spread(counts []int) int {
	if len(counts) == 0 {
		return 0
	}
	return slices.Max(counts) - slices.Min(counts)
}

// Every capacity from 0 to 100 in every shape: up in one go, down one by one,
// and up again.
func TestExhaustive(t *testing.T) {
	for _, model := range []placement.Model{placement.Current, placement.Preview} {
		for f := 1; f <= 5; f++ {
			for u := 1; u <= 20; u++ {
				exhaust(t, placement.Config{Model: model, FaultDomains: f, UpdateDomains: u})
			}
		}
	}
}

func exhaust(t *testing.T, c placement.Config) {
	t.Helper()
	for n := 0; n <= 100; n++ {
		s, err := placement.New(c, n)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(ids(s.Instances()), seq(0, n-1)) {
			t.Fatalf("%+v: %d instances have ids %v", c, n, ids(s.Instances()))
		}
		if b := s.Balance(); spread(b.FaultDomains) > 1 || spread(b.UpdateDomains) > 1 {
			t.Fatalf("%+v: %d fresh instances stand %v %v", c, n, b.FaultDomains, b.UpdateDomains)
		}
	}
	s, _ := placement.New(c, 100)
	for n := 99; n >= 0; n-- {
		change := resize(t, s, n)
		b := s.Balance()
		if len(change.Removed) != 1 || s.Len() != n || spread(b.FaultDomains) > 1 {
			t.Fatalf("%+v: to %d removed %v, then %v", c, n, ids(change.Removed), b.FaultDomains)
		}
		if c.Model == placement.Preview && (change.Removed[0].ID != n || spread(b.UpdateDomains) > 1) {
			t.Fatalf("%+v: to %d removed %v, then %v", c, n, ids(change.Removed), b.UpdateDomains)
		}
	}
}

func configs(t *rapid.T) placement.Config {
	c := placement.Config{
		Model:          rapid.SampledFrom([]placement.Model{placement.Current, placement.Current, placement.Preview}).Draw(t, "model"),
		FaultDomains:   rapid.IntRange(0, 5).Draw(t, "fault domains"),
		UpdateDomains:  rapid.IntRange(0, 20).Draw(t, "update domains"),
		Policy:         placement.Policy(rapid.IntRange(0, 2).Draw(t, "policy")),
		Overprovision:  rapid.Bool().Draw(t, "overprovision"),
		UnhealthyFirst: rapid.Bool().Draw(t, "unhealthy first"),
		SingleGroup:    rapid.Bool().Draw(t, "single group"),
		Zones:          threeZones[:rapid.IntRange(0, 3).Draw(t, "zones")],
	}
	if rapid.Bool().Draw(t, "mix") {
		c.Mix = &placement.PriorityMix{Base: rapid.IntRange(0, 50).Draw(t, "base"), RegularPercent: rapid.IntRange(0, 100).Draw(t, "percent")}
	}
	if rapid.Bool().Draw(t, "flexible") {
		c.Flexible, c.UpdateDomains = true, 0
	}
	return c
}

// Whatever the set and the series: right counts, unique ids, nothing lost and
// nothing protected removed, ids that grow, the same answer twice.
func TestSeries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := configs(t)
		n := rapid.IntRange(0, 700).Draw(t, "from")
		s, err := placement.New(c, n)
		if err != nil {
			t.Fatal(err)
		}
		var protected []int
		if n > 0 {
			protected = rapid.SliceOfN(rapid.IntRange(0, n-1), 0, 20).Draw(t, "protected")
		}
		s.Protect(protected...)
		if n > 0 {
			s.Mark(placement.Unhealthy, rapid.SliceOfN(rapid.IntRange(0, n-1), 0, 20).Draw(t, "unhealthy")...)
		}
		twin, err := placement.Restore(s.Config(), s.Instances())
		if err != nil {
			t.Fatal(err)
		}
		highest := n - 1
		for _, to := range rapid.SliceOfN(rapid.IntRange(0, 900), 1, 6).Draw(t, "to") {
			highest = checkStep(t, s, twin, to, highest)
			for _, id := range protected {
				if !slices.Contains(ids(s.Instances()), id) {
					t.Fatalf("protected instance %d is gone", id)
				}
			}
		}
	})
}

func checkStep(t *rapid.T, s, twin *placement.Set, to, highest int) int {
	before := slices.Clone(ids(s.Instances()))
	change, err := s.Resize(to)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := twin.Resize(to)
	if diff := cmp.Diff(change, again); diff != "" {
		t.Fatalf("the second answer differs:\n%s", diff)
	}
	after := ids(s.Instances())
	if !slices.IsSorted(after) || len(slices.Compact(slices.Clone(after))) != len(after) {
		t.Fatalf("ids are not unique: %v", after)
	}
	if len(after) != change.Reached || len(after) != len(before)+len(change.Added)-len(change.Removed) {
		t.Fatalf("%d + %d - %d gives %d, reached %d", len(before), len(change.Added), len(change.Removed), len(after), change.Reached)
	}
	if change.Reached != to && to > len(before) {
		t.Fatalf("scale-out to %d reached %d", to, change.Reached)
	}
	all := slices.Sorted(slices.Values(append(ids(change.Removed), after...)))
	kept := slices.Sorted(slices.Values(append(before, ids(change.Added)...)))
	if !slices.Equal(all, kept) {
		t.Fatal("what was there and came is not what stayed and left")
	}
	for _, in := range append(change.Added, change.Surplus...) {
		if s.Config().Model == placement.Current && in.ID <= highest {
			t.Fatalf("id %d came after %d", in.ID, highest)
		}
		highest = max(highest, in.ID)
	}
	return highest
}

// Zones stay within one of each other from a fresh set on, and so do the fault
// domains of a regional one under Default.
func TestBalancePromise(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := placement.Config{Policy: placement.Policy(rapid.IntRange(0, 2).Draw(t, "policy"))}
		c.Zones = threeZones[:rapid.SampledFrom([]int{0, 2, 3}).Draw(t, "zones")]
		if len(c.Zones) == 0 {
			c.FaultDomains = rapid.IntRange(1, 5).Draw(t, "fault domains")
		}
		s, err := placement.New(c, rapid.IntRange(0, 1000).Draw(t, "from"))
		if err != nil {
			t.Fatal(err)
		}
		for _, to := range rapid.SliceOfN(rapid.IntRange(0, 1000), 1, 8).Draw(t, "to") {
			if _, err := s.Resize(to); err != nil {
				t.Fatal(err)
			}
			b := s.Balance()
			if spread(b.Zones) > 1 || c.Policy == placement.Default && spread(b.FaultDomains) > 1 {
				t.Fatalf("at %d: zones %v, fault domains %v", to, b.Zones, b.FaultDomains)
			}
		}
	})
}

// A preview set without gaps has none after any series.
func TestPreviewHasNoGaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, err := placement.New(placement.Config{Model: placement.Preview, Overprovision: rapid.Bool().Draw(t, "overprovision")}, rapid.IntRange(0, 2000).Draw(t, "from"))
		if err != nil {
			t.Fatal(err)
		}
		for _, to := range rapid.SliceOfN(rapid.IntRange(0, 2000), 1, 8).Draw(t, "to") {
			if _, err := s.Resize(to); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(ids(s.Instances()), seq(0, to-1)) {
				t.Fatalf("at %d the ids are %v", to, ids(s.Instances()))
			}
		}
	})
}

// The order in which a list names its instances does not matter.
func TestRestoreOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		listed := rapid.SliceOfNDistinct(rapid.IntRange(0, 5000), 1, 200, rapid.ID[int]).Draw(t, "ids")
		in := standing(listed...)
		slices.SortFunc(in, func(a, b placement.Instance) int { return a.ID - b.ID })
		to := rapid.IntRange(0, len(in)).Draw(t, "to")
		var changes []placement.Change
		for _, list := range [][]placement.Instance{standing(listed...), in} {
			s, err := placement.Restore(placement.Config{}, list)
			if err != nil {
				t.Fatal(err)
			}
			c, _ := s.Resize(to)
			changes = append(changes, c)
		}
		if diff := cmp.Diff(changes[0], changes[1]); diff != "" {
			t.Fatal(diff)
		}
	})
}

// Up and down again gives back the very same instances, from a set without gaps.
func TestUpThenDown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := placement.Config{Model: placement.Model(rapid.IntRange(0, 1).Draw(t, "model"))}
		if c.Model == placement.Current {
			c.Zones = threeZones[:rapid.SampledFrom([]int{0, 2, 3}).Draw(t, "zones")]
			c.Policy = rapid.SampledFrom([]placement.Policy{placement.Default, placement.NewestVM}).Draw(t, "policy")
		}
		low := rapid.IntRange(0, 500).Draw(t, "low")
		s, err := placement.New(c, low)
		if err != nil {
			t.Fatal(err)
		}
		before := slices.Clone(s.Instances())
		for _, n := range []int{rapid.IntRange(low, 1000).Draw(t, "high"), low} {
			if _, err := s.Resize(n); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(before, s.Instances()); diff != "" {
			t.Fatalf("(-before +after):\n%s", diff)
		}
	})
}
