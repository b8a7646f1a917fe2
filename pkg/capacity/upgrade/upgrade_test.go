package upgrade_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/capacity/upgrade"
)

// state returns a fresh set of n instances.
func state(t testing.TB, config placement.Config, n int) upgrade.State {
	t.Helper()
	set, err := placement.New(config, n)
	if err != nil {
		t.Fatal(err)
	}
	s := upgrade.State{Zones: config.Zones, Flexible: config.Flexible}
	for _, i := range set.Instances() {
		s.Instances = append(s.Instances, upgrade.Instance{Instance: i})
	}
	return s
}

// rolling is the policy with the defaults of Azure.
func rolling() upgrade.Policy {
	return upgrade.Policy{Mode: upgrade.Rolling, MaxBatchPercent: 20, MaxUnhealthyPercent: 20, MaxUnhealthyUpgradedPercent: 20}
}

var (
	zones  = []string{"1", "2", "3"}
	probe  = upgrade.Health{Source: upgrade.Probe, Interval: 15 * time.Second, Probes: 2}
	reimg  = upgrade.Change{Action: upgrade.Reimage, OS: upgrade.Linux}
	noRoom = -1
)

// shape is one word a batch: how many instances, in which zone and update domain.
func shape(p upgrade.Plan) string {
	var words []string
	for _, b := range p.Batches {
		w := fmt.Sprint(len(b.Instances))
		if b.Zone != "" {
			w += "z" + b.Zone
		}
		if b.UpdateDomain >= 0 {
			w += fmt.Sprintf("u%d", b.UpdateDomain)
		}
		words = append(words, w)
	}
	return strings.Join(words, " ")
}

func ids(list []upgrade.Instance) (all []int) {
	for _, i := range list {
		all = append(all, i.ID)
	}
	return all
}

// TestBatches: the examples of the documentation, and what follows from its
// rules for larger and zonal sets.
func TestBatches(t *testing.T) {
	fifteen := state(t, placement.Config{Zones: zones}, 60) // five update domains in each zone
	for n := range fifteen.Instances {
		i := &fifteen.Instances[n]
		i.UpdateDomain = int16(i.ID / 3 % 5)
	}
	across := rolling()
	across.CrossZone = true
	percent := func(n int) upgrade.Policy { p := rolling(); p.MaxBatchPercent = n; return p }
	for _, tt := range []struct {
		name   string
		state  upgrade.State
		policy upgrade.Policy
		want   string
	}{
		// virtual-machine-scale-sets-configure-rolling-upgrades: 20 % of 10 are 2.
		{"10 without update domains", state(t, placement.Config{Flexible: true}, 10), rolling(), "2 2 2 2 2"},
		{"10 in five update domains", state(t, placement.Config{}, 10), rolling(), "2u0 2u1 2u2 2u3 2u4"},
		// virtual-machine-scale-sets-automatic-upgrade: 5 or fewer go one by one.
		{"5", state(t, placement.Config{Flexible: true}, 5), rolling(), "1 1 1 1 1"},
		{"9 at 20 %", state(t, placement.Config{Flexible: true}, 9), rolling(), "1 1 1 1 1 1 1 1 1"},
		{"60 in three zones", state(t, placement.Config{Zones: zones}, 60), rolling(), "12z1 8z1 12z2 8z2 12z3 8z3"},
		{"60 in three zones of five update domains", fifteen, rolling(),
			"4z1u0 4z1u1 4z1u2 4z1u3 4z1u4 4z2u0 4z2u1 4z2u2 4z2u3 4z2u4 4z3u0 4z3u1 4z3u2 4z3u3 4z3u4"},
		{"60 across zones", state(t, placement.Config{Zones: zones}, 60), across, "12 12 12 12 12"},
		{"60 regional", state(t, placement.Config{}, 60), rolling(), "12u0 12u1 12u2 12u3 12u4"},
		{"106 at 20 %", state(t, placement.Config{Flexible: true}, 106), rolling(), "21 21 21 21 21 1"},
		{"3 at 100 %", state(t, placement.Config{Flexible: true}, 3), percent(100), "3"},
		{"empty", upgrade.State{}, rolling(), ""},
	} {
		p := upgrade.New(upgrade.Input{State: tt.state, Policy: tt.policy, Health: probe, Change: reimg, Room: noRoom})
		if got := shape(p); got != tt.want {
			t.Errorf("%s: batches %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestServiceFabric: one update domain at a time, five in each of three zones.
func TestServiceFabric(t *testing.T) {
	s := state(t, placement.Config{Zones: zones}, 45)
	for n := range s.Instances {
		s.Instances[n].UpdateDomain = int16(s.Instances[n].ID / 3 % 5)
	}
	s.ServiceFabric = true
	p := upgrade.New(upgrade.Input{State: s, Policy: rolling(), Health: probe, Change: reimg, Room: noRoom})
	if len(p.Batches) != 15 {
		t.Errorf("%d batches, want 15: %s", len(p.Batches), shape(p))
	}
}

// TestWorst: 60 instances in three zones, 12 of zone 1 down for the batch: 48
// serve. If zone 2 fails then, its 20 are lost too, and 28 are left. The counts
// are done by hand.
func TestWorst(t *testing.T) {
	in := upgrade.Input{State: state(t, placement.Config{Zones: zones}, 60), Policy: rolling(), Health: probe, Change: reimg, Room: noRoom}
	p := upgrade.New(in)
	if p.Before != 60 || p.After != 60 || p.Worst.Batch != 1 || p.Worst.Running != 48 {
		t.Errorf("before %d, after %d, worst %d in batch %d; want 60, 60, 48 in batch 1", p.Before, p.After, p.Worst.Running, p.Worst.Batch)
	}
	if want := []placement.Remainder{{Loss: placement.Loss{Kind: placement.LoseZone, Zone: "2"}, Running: 28}}; !cmp.Equal(p.Worst.Lost, want) {
		t.Errorf("lost at the worst moment: %v, want %v", p.Worst.Lost, want)
	}
	in.Lose = []placement.Loss{{Kind: placement.LoseZone, Zone: "1"}}
	// With zone 1 lost, batches in other zones hurt: 60 - 20 - 12.
	if p := upgrade.New(in); p.Worst.Lost[0].Running != 28 || p.Worst.LostAt[0] != 3 {
		t.Errorf("zone 1 lost: %v at %v, want 28 at batch 3", p.Worst.Lost, p.Worst.LostAt)
	}
	// Five deallocated instances and an unhealthy one serve at no time.
	for n := range 5 {
		in.State.Instances[n].Flags |= placement.Deallocated
	}
	in.State.Instances[59].Flags |= placement.Unhealthy
	in.Lose = nil
	if p := upgrade.New(in); p.Before != 54 || p.After != 55 {
		t.Errorf("before %d, after %d; want 54 and, since a reimage heals, 55", p.Before, p.After)
	}
}

// TestRegional: 20 regional instances, 5 update domains: fault domain 1 fails
// while update domain 3 is upgraded. By hand: 20 - 4 - (4 - 1).
func TestRegional(t *testing.T) {
	in := upgrade.Input{State: state(t, placement.Config{}, 20), Policy: rolling(), Health: probe, Change: reimg, Room: noRoom,
		Lose: []placement.Loss{{Kind: placement.LoseFaultDomain, Domain: 1}}}
	if p := upgrade.New(in); p.Worst.Running != 16 || p.Worst.Lost[0].Running > 13 {
		t.Errorf("worst %d, with FD1 lost %v; want 16, 13 or less", p.Worst.Running, p.Worst.Lost)
	}
}

// TestStops: the three limits, each at its border. "More than" is strict.
func TestStops(t *testing.T) {
	ten := func(unhealthy ...int) upgrade.State {
		s := state(t, placement.Config{Flexible: true}, 10)
		for _, id := range unhealthy {
			s.Instances[id].Flags |= placement.Unhealthy
		}
		return s
	}
	lenient := rolling()
	lenient.MaxUnhealthyUpgradedPercent = 100
	back := lenient
	back.Rollback = true
	uniform := ten()
	uniform.Flexible = false
	for n := range uniform.Instances {
		uniform.Instances[n].UpdateDomain = 0
	}
	for _, tt := range []struct {
		name   string
		in     upgrade.Input
		code   string
		after  int
		counts [3]int // upgraded, failed, pending
	}{
		{"two of ten are unhealthy: allowed", upgrade.Input{State: ten(8, 9), Policy: rolling()}, "", 0, [3]int{}},
		{"three of ten are unhealthy", upgrade.Input{State: ten(7, 8, 9), Policy: rolling()}, upgrade.CodeBefore, 0, [3]int{0, 0, 10}},
		// One failed instance of a first batch of two is 50 %.
		{"the first one fails", upgrade.Input{State: ten(), Policy: rolling(), Fail: []int{0}}, upgrade.CodeUpgraded, 1, [3]int{1, 1, 8}},
		{"the last one fails: 1 of 10", upgrade.Input{State: ten(), Policy: rolling(), Fail: []int{9}}, "", 0, [3]int{}},
		{"three fail and 100 % are allowed", upgrade.Input{State: ten(), Policy: lenient, Fail: []int{0, 1, 2}}, upgrade.CodeDuring, 2, [3]int{1, 3, 6}},
		{"the same with rollback", upgrade.Input{State: uniform, Policy: back, Fail: []int{0, 1, 2}}, upgrade.CodeDuring, 2, [3]int{1, 3, 6}},
	} {
		tt.in.Health, tt.in.Change, tt.in.Room = probe, reimg, noRoom
		p := upgrade.New(tt.in)
		if tt.code == "" {
			if p.Stop != nil {
				t.Errorf("%s: stops with %s", tt.name, p.Stop.Code)
			}
			continue
		}
		if p.Stop == nil {
			t.Errorf("%s: does not stop", tt.name)
			continue
		}
		got := [3]int{len(p.Stop.Upgraded), len(p.Stop.Failed), len(p.Stop.Pending)}
		if p.Stop.Code != tt.code || p.Stop.After != tt.after || got != tt.counts {
			t.Errorf("%s: %s after batch %d with %v, want %s after %d with %v", tt.name, p.Stop.Code, p.Stop.After, got, tt.code, tt.after, tt.counts)
		}
		if p.Stop.RolledBack != tt.in.Policy.Rollback {
			t.Errorf("%s: rolled back %v", tt.name, p.Stop.RolledBack)
		}
	}
}

// TestSurge: new instances come first, with new ids, and the old ones leave.
func TestSurge(t *testing.T) {
	policy := rolling()
	policy.MaxSurge = true
	in := upgrade.Input{State: state(t, placement.Config{Flexible: true}, 55), Policy: policy, Health: probe, Change: reimg, Room: 15}
	p := upgrade.New(in)
	if p.Worst.Running != 55 || p.Peak != 66 || p.After != 55 {
		t.Errorf("worst %d, peak %d, after %d; want 55, 66, 55", p.Worst.Running, p.Peak, p.After)
	}
	if got := ids(p.Batches[0].Surge); got[0] != 55 || len(got) != 11 {
		t.Errorf("surge of batch 1: %v", got)
	}
	if got := p.Final[0].ID; got != 55 {
		t.Errorf("the lowest id afterwards is %d, want 55: all were replaced", got)
	}
	// 59 addresses, 55 in use: 4 are free, and a batch needs 11.
	in.Room = 4
	if p := upgrade.New(in); !p.Batches[0].InPlace || p.Worst.Running != 44 || p.Peak != 55 || p.Final[0].ID != 0 {
		t.Errorf("without room: in place %v, worst %d, peak %d", p.Batches[0].InPlace, p.Worst.Running, p.Peak)
	}
}

// TestModes: who is touched under Manual and Automatic, and who never is.
func TestModes(t *testing.T) {
	s := state(t, placement.Config{Flexible: true}, 5)
	s.Instances[1].Pinned = true
	s.Instances[4].Latest = true
	secret := upgrade.Change{Action: upgrade.Nothing, Reimages: true}
	for _, tt := range []struct {
		name                       string
		in                         upgrade.Input
		batches, byHand, untouched string
	}{
		{"manual", upgrade.Input{Policy: upgrade.Policy{}, Change: reimg}, "[]", "[0 2 3]", "[0 1 2 3 4]"},
		{"manual, two by hand", upgrade.Input{Change: reimg, ByHand: []int{3, 2}}, "[[2 3]]", "[0]", "[0 1 4]"},
		{"manual, all", upgrade.Input{Change: reimg, All: true}, "[[0 2 3]]", "[]", "[1 4]"},
		{"automatic", upgrade.Input{Policy: upgrade.Policy{Mode: upgrade.Automatic}, Change: reimg}, "[[0 2 3]]", "[]", "[1 4]"},
		{"rolling", upgrade.Input{Policy: rolling(), Change: reimg}, "[[0] [2] [3]]", "[]", "[1 4]"},
		{"credentials", upgrade.Input{Policy: rolling(), Change: secret}, "[]", "[0 2 3]", "[0 1 2 3 4]"},
	} {
		tt.in.State, tt.in.Health, tt.in.Room = s, probe, noRoom
		p := upgrade.New(tt.in)
		var batches [][]int
		for _, b := range p.Batches {
			batches = append(batches, ids(b.Instances))
		}
		got := [3]string{fmt.Sprint(batches), fmt.Sprint(ids(p.ByHand)), fmt.Sprint(ids(p.Untouched))}
		if want := [3]string{tt.batches, tt.byHand, tt.untouched}; got != want {
			t.Errorf("%s: batches, by hand, untouched %v, want %v", tt.name, got, want)
		}
	}
	// All protected: nothing is planned, and the plan says why.
	for n := range s.Instances {
		s.Instances[n].Pinned = true
	}
	p := upgrade.New(upgrade.Input{State: s, Policy: rolling(), Health: probe, Change: reimg, Room: noRoom})
	if len(p.Batches) != 0 || len(p.Untouched) != 5 {
		t.Errorf("all protected: %d batches, %d untouched", len(p.Batches), len(p.Untouched))
	}
}

// TestUnhealthyFirst: instances 3 and 4 are unhealthy.
func TestUnhealthyFirst(t *testing.T) {
	s := state(t, placement.Config{Flexible: true}, 10)
	s.Instances[3].Flags |= placement.Unhealthy
	s.Instances[4].Flags |= placement.Unhealthy
	policy := rolling()
	policy.UnhealthyFirst = true
	p := upgrade.New(upgrade.Input{State: s, Policy: policy, Health: probe, Change: reimg, Room: noRoom})
	if got := fmt.Sprint(ids(p.Batches[0].Instances), ids(p.Batches[1].Instances)); got != "[3 4] [0 1]" {
		t.Errorf("batches begin with %s", got)
	}
}

// TestRepairs: at most 5 percent at a time, one below 20 instances; both kinds of
// protection keep an instance (virtual-machine-scale-sets-automatic-instance-repairs).
func TestRepairs(t *testing.T) {
	for _, tt := range []struct {
		n         int
		unhealthy []int
		protected []int
		action    upgrade.Action
		batches   string
		after     int
	}{
		{60, []int{0, 7, 14, 21, 28, 35}, nil, upgrade.Replace, "[[0 7 14] [21 28 35]]", 60},
		{19, []int{3, 1}, nil, upgrade.Replace, "[[1] [3]]", 19},
		{20, []int{3, 1}, nil, upgrade.Replace, "[[1] [3]]", 20},
		{100, []int{9, 8, 7, 6, 5, 4}, []int{5}, upgrade.Replace, "[[4 6 7 8 9]]", 99},
		{10, []int{2}, nil, upgrade.Restart, "[[2]]", 9}, // a restart is not assumed to heal
		{10, nil, nil, upgrade.Replace, "[]", 10},
	} {
		s := state(t, placement.Config{Flexible: true}, tt.n)
		for _, id := range tt.unhealthy {
			s.Instances[id].Flags |= placement.Unhealthy
		}
		for _, id := range tt.protected {
			s.Instances[id].Flags |= placement.Protected
		}
		p := upgrade.New(upgrade.Input{State: s, Policy: upgrade.Policy{Mode: upgrade.Repair, Grace: 10 * time.Minute}, Health: probe, Change: upgrade.Change{Action: tt.action}, Room: noRoom})
		var batches [][]int
		for _, b := range p.Batches {
			batches = append(batches, ids(b.Instances))
			if tt.action == upgrade.Replace && (len(b.Surge) != len(b.Instances) || b.Surge[0].ID < tt.n) {
				t.Errorf("%d: batch %d is replaced by %v", tt.n, b.Number, ids(b.Surge))
			}
		}
		if got := fmt.Sprint(batches); got != tt.batches || p.After != tt.after || p.Peak != tt.n {
			t.Errorf("%d instances: batches %s, %d serve afterwards, at most %d exist; want %s, %d, %d", tt.n, got, p.After, p.Peak, tt.batches, tt.after, tt.n)
		}
		if len(p.Batches) > 0 && p.Batches[0].Start != (upgrade.Minutes{Least: 10, Most: 10}) {
			t.Errorf("the first repair starts after %v", p.Batches[0].Start)
		}
	}
}

// TestRestoredDisk: an automatic OS upgrade that stops restores the disk of what
// failed, so that all of the set has the old model.
func TestRestoredDisk(t *testing.T) {
	change := reimg
	change.OSUpgrade = true
	p := upgrade.New(upgrade.Input{State: state(t, placement.Config{Flexible: true}, 5), Policy: rolling(), Health: probe, Change: change, Room: noRoom, Fail: []int{0}})
	if p.Stop == nil || !p.Stop.RolledBack || p.Final[0].Latest {
		t.Errorf("stop %+v, instance 0 %+v", p.Stop, p.Final[0])
	}
}

// TestTime: six batches of one to two minutes of work, a minute of waiting and
// up to five more, and two minutes between batches.
func TestTime(t *testing.T) {
	policy := rolling()
	policy.Pause = 2 * time.Minute
	change := reimg
	change.Work = upgrade.Minutes{Least: 6, Most: 6}
	p := upgrade.New(upgrade.Input{State: state(t, placement.Config{Zones: zones}, 60), Policy: policy, Health: probe, Change: change, Room: noRoom})
	if want := (upgrade.Minutes{Least: 6*7 + 5*2, Most: 6*12 + 5*2}); p.Minutes != want {
		t.Errorf("takes %v minutes, want %v", p.Minutes, want)
	}
	if b := p.Batches[1]; b.Start != (upgrade.Minutes{Least: 9, Most: 14}) || b.Took != (upgrade.Minutes{Least: 7, Most: 12}) {
		t.Errorf("batch 2 starts after %v and takes %v", b.Start, b.Took)
	}
}

func TestModeNames(t *testing.T) {
	for _, name := range []string{"manual", "Automatic", "ROLLING"} {
		if m, err := upgrade.ParseMode(name); err != nil || !strings.EqualFold(m.String(), name) {
			t.Errorf("%s: %v, %v", name, m, err)
		}
	}
	if _, err := upgrade.ParseMode("Sometimes"); err == nil {
		t.Error("Sometimes is a mode")
	}
}
