package placement_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/capacity/placement"
)

func TestLosses(t *testing.T) {
	zones := []string{"1", "2", "3"}
	s := restore(t, placement.Config{Zones: zones}, nil)
	all := resize(t, s, 9).Added
	all = append(all, placement.Instance{ID: 9, FaultDomain: -1, UpdateDomain: -1}) // regional
	// Nine serve: ten less the deallocated one. The regional one goes with any
	// zone, even with one that has no instances.
	all[0].Flags |= placement.Spot
	all[1].Flags |= placement.Deallocated // of zone 2
	parse := func(texts ...string) (all []placement.Loss) {
		for _, text := range texts {
			l, err := placement.ParseLoss(text)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, l)
		}
		return all
	}
	for _, tt := range []struct {
		lose     string
		together int
	}{
		{"", 9}, {"zone=1", 5}, {"zone=2", 6}, {"zone=9", 8}, {"spot", 8}, {"host", 8}, {"zone=1 zone=2", 3}, {"zone=1 spot", 5}, {"zone=3 host", 4},
		{"fd=0", 6}, {"fd=0 fd=0", 6}, {"ud=7", 9}, {"ud=7 fd=9", 9}, {"zone=1 zone=2 zone=3", 0}, {"zone=1 zone=2 zone=3 host", 0},
	} {
		losses := parse(strings.Fields(tt.lose)...)
		each, together := placement.After(all, zones, nil, losses)
		if together != tt.together || len(each) != len(losses) {
			t.Errorf("%s: %d left, want %d", tt.lose, together, tt.together)
		}
	}
	// Zone 2 is down already: its two instances serve no more. The regional one
	// goes with any zone that fails too.
	if each, _ := placement.After(all, zones, []string{"2"}, parse("zone=1", "zone=2")); each[0].Running != 3 || each[1].Running != 6 {
		t.Errorf("with zone 2 down: %v", each)
	}
	for _, bad := range []string{"", "zone", "zone=", "fd", "fd=x", "fd=-1", "ud=64", "spot=1", "host=web_1", "rack=1"} {
		if l, err := placement.ParseLoss(bad); err == nil {
			t.Errorf("%q is %v", bad, l)
		}
	}
	if got := placement.LossNames(parse("ZONE=2", "fd=1", "ud=3", "spot", "host")); got != "zone 2, fault domain 1, update domain 3, all Spot instances and one host" {
		t.Errorf("losses print as %s", got)
	}
}

// TestWorstLosses: by hand, for sets of which the answer can be seen.
func TestWorstLosses(t *testing.T) {
	for _, tt := range []struct {
		name string
		c    placement.Config
		n    int
		left []string // each loss that hurts most, and what it leaves
	}{
		{"60 in three zones", placement.Config{Zones: []string{"1", "2", "3"}}, 60, []string{"zone 1: 40"}},
		{"20 in 5 x 5", placement.Config{}, 20, []string{"fault domain 0: 16", "update domain 0: 16"}},
		{"6 in 5 x 5", placement.Config{}, 6, []string{"fault domain 0: 4", "update domain 1: 4"}},
		// Each zone has domains of its own: 3 x 5 domains of one instance each.
		{"15 in three zones of five", placement.Config{Zones: []string{"1", "2", "3"}, FaultDomains: 5}, 15, []string{"zone 1: 10", "fault domain 0: 14", "update domain 0: 14"}},
		// 120 of 5 x 5 fill one group of 100 and one of 20.
		{"120 in two groups", placement.Config{}, 120, []string{"fault domain 0: 100", "update domain 0: 100"}},
		{"three of max spreading", placement.Config{FaultDomains: 1}, 3, nil},
	} {
		s, err := placement.New(tt.c, tt.n)
		if err != nil {
			t.Fatal(err)
		}
		serving := placement.NewServing(tt.c.Zones, nil)
		for _, in := range s.Instances() {
			serving.Add(&in, 1)
		}
		var got []string
		for _, l := range serving.Worst(tt.c.Zones) {
			got = append(got, fmt.Sprintf("%v: %d", l, serving.Running()-serving.Taken(l)))
		}
		if fmt.Sprint(got) != fmt.Sprint(tt.left) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.left)
		}
		b := s.Balance()
		if f, u := serving.Taken(worstOf(serving, placement.LoseFaultDomain)), serving.Taken(worstOf(serving, placement.LoseUpdateDomain)); f != b.LargestFault || u != b.LargestUpdate {
			t.Errorf("%s: the balance says %d and %d, the losses %d and %d", tt.name, b.LargestFault, b.LargestUpdate, f, u)
		}
	}
}

// worstOf is the domain of a kind that takes most.
func worstOf(s *placement.Serving, kind placement.LossKind) (worst placement.Loss) {
	worst.Kind = kind
	for d := range placement.MaxDomains {
		if l := (placement.Loss{Kind: kind, Domain: d}); s.Taken(l) > s.Taken(worst) {
			worst = l
		}
	}
	return worst
}
