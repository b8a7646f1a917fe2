package placement_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
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

// TestRecordedOther: records of other kinds, one line each. What a record says in
// words, or what the model contradicts, is listed with the reason.
func TestRecordedOther(t *testing.T) {
	var all []struct {
		Kind, Source string
		Data         json.RawMessage
	}
	readJSON(t, "testdata/recorded-other.json", &all)
	// What docs/models.md names as not agreeing, or as a report without a list.
	exceptions := map[string]string{
		"zonal placement":                                 "no counts",
		"zonal, surge upgrade":                            "no counts",
		"scale-in order, one report without listing":      "no list",
		"fault domain label AKS, no zones, model default": "AKS makes its sets with one fault domain",
		"fault domain label recording of early 2016":      "a recording of March 2016 that nothing else agrees with",
	}
	seen := map[string]int{}
	for _, r := range all {
		if exceptions[r.Kind] != "" {
			seen["except"]++
			continue
		}
		seen["compared"]++
		switch {
		case r.Kind == "zonal scale-out two steps":
			var d struct {
				Zones  []string
				Before map[string]string
				Added  [][]any
			}
			decode(t, r.Data, &d)
			var before []placement.Instance
			for id, zone := range d.Before {
				n, err := strconv.Atoi(id)
				if err != nil {
					t.Fatal(err)
				}
				before = append(before, placement.Instance{ID: n, Zone: zone})
			}
			s := restore(t, placement.Config{Zones: d.Zones}, before)
			s.Raise(int(d.Added[0][0].(float64)))
			for _, want := range d.Added {
				got := resize(t, s, s.Len()+1).Added[0]
				if float64(got.ID) != want[0] || got.Zone != want[1] {
					t.Errorf("%s: added %d in zone %s, recorded is %v", r.Source, got.ID, got.Zone, want)
				}
			}
		case r.Kind == "zonal scale-out from nothing":
			var d struct {
				ID   int
				Zone string
			}
			decode(t, r.Data, &d)
			s := restore(t, placement.Config{Zones: []string{"1", "2", "3"}}, nil)
			s.Raise(d.ID)
			if got := resize(t, s, 1).Added[0]; got.ID != d.ID || got.Zone != d.Zone {
				t.Errorf("%s: added %d in zone %s, recorded is %+v", r.Source, got.ID, got.Zone, d)
			}
		case strings.HasPrefix(r.Kind, "scale-in order"): // 2 -> 1 leaves 0
			s, err := placement.New(placement.Config{FaultDomains: 1}, 2)
			if err != nil {
				t.Fatal(err)
			}
			if got := resize(t, s, 1).Removed[0].ID; got != 1 {
				t.Errorf("%s: removes %d, reported is 1", r.Source, got)
			}
		case strings.HasPrefix(r.Kind, "fault domain label"):
			var d map[string]int16
			decode(t, r.Data, &d)
			c := placement.Config{}
			if strings.Contains(r.Source, "--fault-domains 1") {
				c.FaultDomains = 1
			}
			s, err := placement.New(c, 5)
			if err != nil {
				t.Fatal(err)
			}
			for id, domain := range d {
				n, err := strconv.Atoi(id)
				if err != nil {
					t.Fatal(err)
				}
				if got := s.Instances()[n].FaultDomain; got != domain {
					t.Errorf("%s: id %d is in fault domain %d, recorded is %d", r.Source, n, got, domain)
				}
			}
		case r.Kind == "ids of a scale-out":
			var d struct{ Before, Added []int }
			decode(t, r.Data, &d)
			s := restore(t, placement.Config{}, unplaced(d.Before...))
			// Overprovisioning has used the ids of its surplus too.
			n := len(d.Before)
			if used := n + placement.Surplus(n, n); d.Before[n-1] < used {
				s.Raise(used)
			}
			if strings.Contains(r.Source, "while repairing") {
				continue // {1,3,4} got 5, where the model says 6
			}
			for k, in := range resize(t, s, n+len(d.Added)).Added {
				if in.ID != d.Added[k] {
					t.Errorf("%s: the ids of a scale-out begin with %d, recorded is %d", r.Source, in.ID, d.Added[k])
				}
			}
		default:
			t.Errorf("a record of the unknown kind %q", r.Kind)
		}
	}
	if seen["compared"] < 12 || seen["except"] != 5 {
		t.Errorf("%d records were compared and %d left out", seen["compared"], seen["except"])
	}
}

func decode(t *testing.T, data json.RawMessage, to any) {
	t.Helper()
	if err := json.Unmarshal(data, to); err != nil {
		t.Fatal(err)
	}
}
