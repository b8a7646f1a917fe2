package upgrade_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/capacity/upgrade"
)

// drawInput draws a set, a policy and a change.
func drawInput(t *rapid.T) upgrade.Input {
	n := rapid.IntRange(0, 120).Draw(t, "instances")
	zonal := rapid.Bool().Draw(t, "zonal")
	s := upgrade.State{Flexible: rapid.Bool().Draw(t, "flexible"), ServiceFabric: rapid.Bool().Draw(t, "serviceFabric")}
	if zonal {
		s.Zones = zones
	}
	domains := rapid.IntRange(0, 5).Draw(t, "updateDomains")
	for id := range n {
		i := upgrade.Instance{Instance: placement.Instance{ID: id * 2, FaultDomain: int16(id % 3), UpdateDomain: placement.NoDomain}}
		if domains > 0 {
			i.UpdateDomain = int16(id % domains)
		}
		if zonal {
			i.Zone = zones[id%3]
		}
		i.Flags = placement.Flags(rapid.SampledFrom([]int{0, 0, 0, int(placement.Unhealthy), int(placement.Deallocated), int(placement.Spot)}).Draw(t, "flags"))
		i.Pinned = rapid.IntRange(0, 9).Draw(t, "pinned") == 0
		i.Latest = rapid.IntRange(0, 9).Draw(t, "latest") == 0
		s.Instances = append(s.Instances, i)
	}
	percent := rapid.IntRange(0, 100)
	return upgrade.Input{
		State: s,
		Policy: upgrade.Policy{
			Mode: upgrade.Mode(rapid.IntRange(0, 3).Draw(t, "mode")), MaxBatchPercent: percent.Draw(t, "batch"), MaxUnhealthyPercent: percent.Draw(t, "unhealthy"),
			MaxUnhealthyUpgradedPercent: percent.Draw(t, "upgraded"), CrossZone: rapid.Bool().Draw(t, "crossZone"), MaxSurge: rapid.Bool().Draw(t, "surge"),
			UnhealthyFirst: rapid.Bool().Draw(t, "unhealthyFirst"), Rollback: rapid.Bool().Draw(t, "rollback"), Pause: time.Duration(rapid.IntRange(0, 600).Draw(t, "pause")) * time.Second,
		},
		Health: upgrade.Health{Source: upgrade.HealthSource(rapid.IntRange(0, 2).Draw(t, "health")), Interval: 5 * time.Second, Probes: 2},
		Change: upgrade.Change{Action: upgrade.Action(rapid.IntRange(0, 5).Draw(t, "action")), OS: upgrade.OS(rapid.IntRange(0, 2).Draw(t, "os")), Reimages: rapid.Bool().Draw(t, "reimages")},
		Fail:   rapid.SliceOfN(rapid.IntRange(0, 240), 0, 6).Draw(t, "fail"),
		ByHand: rapid.SliceOfN(rapid.IntRange(0, 240), 0, 6).Draw(t, "byHand"),
		All:    rapid.Bool().Draw(t, "all"),
		Room:   rapid.IntRange(-1, 30).Draw(t, "room"),
		Cancel: rapid.IntRange(0, 4).Draw(t, "cancel"),
	}
}

// TestProperties: what holds for every plan.
func TestProperties(t *testing.T) { rapid.Check(t, holds) }

// FuzzPlan looks for a plan for which it does not.
func FuzzPlan(f *testing.F) { f.Fuzz(rapid.MakeFuzz(holds)) }

// holds checks one plan.
func holds(t *rapid.T) {
	in := drawInput(t)
	p := upgrade.New(in)
	total := len(in.State.Instances)
	pinned, known := map[int]bool{}, map[int]bool{}
	for _, i := range in.State.Instances {
		pinned[i.ID], known[i.ID] = i.Pinned || i.Latest, true
	}
	seen, fresh := map[int]bool{}, map[int]bool{}
	limit := upgrade.BatchSize(in.Policy.MaxBatchPercent, total)
	clock := upgrade.Minutes{}
	for n, b := range p.Batches {
		if b.Number != n+1 || len(b.Instances) == 0 {
			t.Fatalf("batch %d has number %d and %d instances", n+1, b.Number, len(b.Instances))
		}
		if in.Policy.Mode == upgrade.Rolling && !in.State.ServiceFabric && len(b.Instances) > limit {
			t.Fatalf("batch %d has %d instances; the limit is %d of %d", b.Number, len(b.Instances), limit, total)
		}
		for _, i := range b.Instances {
			switch {
			case seen[i.ID]:
				t.Fatalf("instance %d is in two batches", i.ID)
			case pinned[i.ID]:
				t.Fatalf("instance %d is protected or has the newest model, and is in batch %d", i.ID, b.Number)
			case b.Zone != "" && i.Zone != b.Zone:
				t.Fatalf("instance %d of zone %q is in a batch of zone %q", i.ID, i.Zone, b.Zone)
			case b.UpdateDomain >= 0 && int(i.UpdateDomain) != b.UpdateDomain:
				t.Fatalf("instance %d of update domain %d is in a batch of update domain %d", i.ID, i.UpdateDomain, b.UpdateDomain)
			}
			seen[i.ID] = true
		}
		if len(b.Surge) > 0 && len(b.Surge) != len(b.Instances) {
			t.Fatalf("batch %d: %d new instances replace %d", b.Number, len(b.Surge), len(b.Instances))
		}
		for _, i := range b.Surge {
			if known[i.ID] || fresh[i.ID] {
				t.Fatalf("the new instance %d has an id that is in use", i.ID)
			}
			fresh[i.ID] = true
		}
		if b.Running < p.Worst.Running {
			t.Fatalf("%d instances running in batch %d, fewer than at the worst moment (%d)", b.Running, b.Number, p.Worst.Running)
		}
		if b.Start.Least < clock.Least-0.11 || b.Took.Least > b.Took.Most || b.Start.Least > b.Start.Most {
			t.Fatalf("batch %d starts at %v and takes %v after %v", b.Number, b.Start, b.Took, clock)
		}
		clock = b.Start
		if len(in.Fail) == 0 && b.Running < p.Before-len(b.Instances) {
			t.Fatalf("%d of %d running in batch %d of %d instances", b.Running, p.Before, b.Number, len(b.Instances))
		}
	}
	if len(p.Final) != total {
		t.Fatalf("%d instances before, %d after", total, len(p.Final))
	}
	serving := 0
	for _, i := range p.Final {
		if i.Serves() {
			serving++
		}
	}
	if serving != p.After {
		t.Fatalf("%d instances serve in the end, the plan says %d", serving, p.After)
	}
	// Every instance is upgraded, left alone, or waits for an upgrade that stopped.
	pending := 0
	if p.Stop != nil {
		pending = len(p.Stop.Pending)
		if got := len(p.Stop.Upgraded) + len(p.Stop.Failed) + len(p.Stop.Interrupted); got != len(seen) {
			t.Fatalf("%d instances were upgraded, the stop counts %d", len(seen), got)
		}
	}
	if len(seen)+len(p.Untouched)+pending != total {
		t.Fatalf("%d upgraded, %d untouched and %d pending of %d", len(seen), len(p.Untouched), pending, total)
	}
}

// TestReplay: a set grows or shrinks and gets a new model. What the plan ends with
// is what placement makes of the new capacity: as many instances in every zone,
// fault and update domain, all of them with the new model except protected ones.
func TestReplay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := placement.Config{FaultDomains: rapid.SampledFrom([]int{0, 1, 5}).Draw(t, "faultDomains")}
		if rapid.Bool().Draw(t, "zonal") {
			c.Zones = zones
		} else if c.Flexible = rapid.Bool().Draw(t, "flexible"); c.Flexible {
			c.FaultDomains = 1
		}
		set, err := placement.New(c, rapid.IntRange(0, 150).Draw(t, "from"))
		if err != nil {
			t.Fatal(err)
		}
		change, err := set.Resize(rapid.IntRange(0, 150).Draw(t, "to"))
		if err != nil {
			t.Fatal(err)
		}
		fresh := map[int]bool{}
		for _, i := range change.Added {
			fresh[i.ID] = true
		}
		in := upgrade.Input{
			State:  upgrade.State{Zones: c.Zones, Flexible: c.Flexible},
			Policy: upgrade.Policy{Mode: upgrade.Rolling, MaxBatchPercent: rapid.IntRange(5, 100).Draw(t, "batch"), MaxUnhealthyPercent: 100, MaxUnhealthyUpgradedPercent: 100, MaxSurge: rapid.Bool().Draw(t, "surge"), CrossZone: rapid.Bool().Draw(t, "crossZone")},
			Health: probe, Change: reimg, Room: rapid.IntRange(-1, 40).Draw(t, "room"),
		}
		for _, i := range set.Instances() {
			in.State.Instances = append(in.State.Instances, upgrade.Instance{Instance: i, Latest: fresh[i.ID], Pinned: rapid.IntRange(0, 9).Draw(t, "pinned") == 0})
		}
		p := upgrade.New(in)
		if p.Stop != nil {
			t.Fatalf("a plan without unhealthy instances stops: %+v", p.Stop)
		}
		final := make([]placement.Instance, 0, len(p.Final))
		for _, i := range p.Final {
			if !i.Latest && !i.Pinned {
				t.Fatalf("instance %d keeps the old model", i.ID)
			}
			final = append(final, i.Instance)
		}
		after, err := placement.Restore(set.Config(), final)
		if err != nil {
			t.Fatalf("placement does not take what the plan ends with: %v", err)
		}
		got, want := after.Balance(), set.Balance()
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("the plan ends with %+v, the new capacity has %+v", got, want)
		}
		if !in.Policy.MaxSurge {
			for n, i := range p.Final {
				if i.ID != set.Instances()[n].ID {
					t.Fatalf("instance %d is %d afterwards, without a surge", set.Instances()[n].ID, i.ID)
				}
			}
		}
	})
}

func BenchmarkPlan(b *testing.B) {
	for _, n := range []int{100, 1000, 100_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			in := upgrade.Input{State: state(b, placement.Config{Zones: zones}, n), Policy: rolling(), Health: probe, Change: reimg, Room: noRoom}
			b.ReportAllocs()
			for b.Loop() {
				upgrade.New(in)
			}
		})
	}
}
