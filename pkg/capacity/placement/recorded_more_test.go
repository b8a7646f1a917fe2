package placement_test

import (
	"maps"
	"slices"
	"strconv"
	"testing"

	"github.com/scaleset/scaleset/pkg/capacity/placement"
)

// Scale-ins of regional sets from the history of the recordings of azure-cli:
// with the domains of the list, and with its ids alone.
func TestRecordedScaleInsMore(t *testing.T) {
	type event struct {
		Before, Removed []int
		Recorded        string
	}
	var events []event
	readJSON(t, "testdata/recorded-scale-ins-more.json", &events)
	var first struct{ Events []event }
	readJSON(t, "testdata/recorded-scale-ins.json", &first)
	all := append(events, first.Events...)
	if len(all) != 43 {
		t.Fatalf("%d records, want 43", len(all))
	}
	for _, e := range all {
		for name, restored := range map[string]func() (*placement.Set, error){
			"domains": func() (*placement.Set, error) { return placement.Restore(placement.Config{}, standing(e.Before...)) },
			"ids": func() (*placement.Set, error) {
				return placement.RestoreBy(placement.Config{}, unplaced(e.Before...), placement.ByID)
			},
		} {
			s, err := restored()
			if err != nil {
				t.Fatal(err)
			}
			got := ids(resize(t, s, len(e.Before)-len(e.Removed)).Removed)
			if slices.Sort(got); !slices.Equal(got, e.Removed) {
				t.Errorf("%s, by %s: %v removes %v, recorded is %v", e.Recorded, name, e.Before, got, e.Removed)
			}
		}
	}
}

func unplaced(ids ...int) []placement.Instance {
	all := standing(ids...)
	for i := range all {
		all[i].FaultDomain, all[i].UpdateDomain = placement.NoDomain, placement.NoDomain
	}
	return all
}

// Zones of new node pools, by id: the first of the zones with the fewest.
func TestRecordedZones(t *testing.T) {
	var pools []struct {
		Zones    []string
		IDToZone map[string]string
		Source   string
	}
	readJSON(t, "testdata/recorded-zones.json", &pools)
	if len(pools) != 16 {
		t.Fatalf("%d records, want 16", len(pools))
	}
	for _, pool := range pools {
		s, err := placement.New(placement.Config{Zones: pool.Zones}, len(pool.IDToZone))
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, in := range s.Instances() {
			got[strconv.Itoa(in.ID)] = in.Zone
		}
		if !maps.Equal(got, pool.IDToZone) {
			t.Errorf("%s: %v, recorded is %v", pool.Source, got, pool.IDToZone)
		}
	}
}

// The heat map of November 2016: 7 instances grown to 100, 93 of them new.
func TestRecordedHeatMap(t *testing.T) {
	var file struct {
		Cells map[string][2]int
	}
	readJSON(t, "testdata/recorded-heat-map-100.json", &file)
	var recorded []int
	for id := range file.Cells {
		n, err := strconv.Atoi(id)
		if err != nil {
			t.Fatal(err)
		}
		recorded = append(recorded, n)
	}
	slices.Sort(recorded)
	s := restore(t, placement.Config{SingleGroup: true}, unplaced(recorded...))
	for _, in := range s.Instances() {
		if cell := file.Cells[strconv.Itoa(in.ID)]; int(in.FaultDomain) != cell[0] || int(in.UpdateDomain) != cell[1] {
			t.Errorf("instance %d is in %d/%d, recorded is %v", in.ID, in.FaultDomain, in.UpdateDomain, cell)
		}
	}
}

// How many ids new sets used.
func TestRecordedOverprovisioning(t *testing.T) {
	for _, r := range []struct{ capacity, ids, sets int }{{1, 2, 58}, {2, 4, 364}, {5, 8, 47}} {
		if got := r.capacity + placement.Surplus(r.capacity, r.capacity); got != r.ids {
			t.Errorf("a new set of %d uses %d ids, recorded is %d (%d sets)", r.capacity, got, r.ids, r.sets)
		}
	}
}

// Steps of a published node list, and a pool that grew again from nothing.
func TestRecordedZoneSteps(t *testing.T) {
	zones := placement.Config{Zones: []string{"1", "2", "3"}}
	s := restore(t, zones, []placement.Instance{{ID: 1, Zone: "2"}, {ID: 3, Zone: "1"}, {ID: 4, Zone: "3"}})
	s.Raise(6)
	for _, want := range []placement.Instance{{ID: 6, Zone: "1"}, {ID: 7, Zone: "2"}} {
		got := resize(t, s, s.Len()+1).Added[0]
		if got.ID != want.ID || got.Zone != want.Zone {
			t.Errorf("added %d in zone %s, recorded is %d in zone %s", got.ID, got.Zone, want.ID, want.Zone)
		}
	}
	s = restore(t, zones, nil)
	s.Raise(9)
	if got := resize(t, s, 1).Added[0]; got.ID != 9 || got.Zone != "1" {
		t.Errorf("added %d in zone %s, recorded is 9 in zone 1", got.ID, got.Zone)
	}
}
