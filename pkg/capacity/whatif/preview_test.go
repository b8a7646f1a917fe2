package whatif_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
)

// idList is a saved list that shows ids alone.
func idList(t *testing.T, ids ...int) *instances.State {
	t.Helper()
	var items []string
	for _, id := range ids {
		items = append(items, fmt.Sprintf(`{"instanceId":"%d","name":"web_%d"}`, id, id))
	}
	s, err := instances.Read("list.json", []byte("["+strings.Join(items, ",")+"]"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Recorded on 23 November 2022: 5 leaves 0,4,5,6,7. The plan says on what the
// answer rests, and what it would be otherwise.
func TestListOfIDs(t *testing.T) {
	tests := []struct {
		name     string
		ids      []int
		removed  []int
		placedBy string
		want     string
	}{
		{"only shrunk", []int{0, 4, 5, 6, 7}, []int{5}, "id",
			"the list has no domains, so instances are placed by id, as in a scale set that was only scaled in since it was created (recorded); if the scale set was restarted or scaled out since then, step 1 removes web_7 instead"},
		{"the same on both", []int{0, 2, 3, 4, 8}, []int{8}, "id",
			"the list has no domains, so instances are placed by id, as in a scale set that was only scaled in since it was created (recorded); by rank, the result is the same"},
		{"grown since", []int{0, 4, 5, 6, 17}, []int{17}, "rank",
			"the list has no domains, so instances are placed by rank, because the ids are too high for a scale set that was only scaled in since it was created (recorded); if it was only scaled in, step 1 removes web_0 instead"},
		{"no gaps", []int{0, 1, 2, 3, 4}, []int{4}, "rank", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := plan(t, idList(t, tt.ids...), fmt.Sprint(len(tt.ids)-1), whatif.Options{})
			if got := ids(p.Steps[0].Removed); !slices.Equal(got, tt.removed) || p.PlacedBy != tt.placedBy {
				t.Errorf("removes %v, placed by %s", got, p.PlacedBy)
			}
			got := ""
			for _, n := range p.Notes {
				if strings.HasPrefix(n, "the list has no domains") {
					got = n
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("note (-want +got):\n%s", diff)
			}
		})
	}
}

// {1,2} grown by 3 got 4, 5 and 6, recorded twice: the surplus has used 0 and 3.
// {1,3,4} got 5 while it was repaired, which the model misses.
func TestNextIDsOfLists(t *testing.T) {
	for _, tt := range []struct {
		ids  []int
		want int
	}{{[]int{1, 2}, 4}, {[]int{0, 1}, 2}, {[]int{0, 1, 2, 3, 4}, 5}, {[]int{0, 4, 5, 6, 7}, 8}, {[]int{7, 9}, 10}} {
		p := plan(t, idList(t, tt.ids...), "+1", whatif.Options{})
		if got := p.Steps[0].Added[0].ID; got != tt.want {
			t.Errorf("%v: next is %d, want %d", tt.ids, got, tt.want)
		}
	}
}

// A new set with overprovisioning has one of many sets of ids, and says so.
func TestOverprovisioningIsRandom(t *testing.T) {
	s := instances.FromTemplate(template(t, "web.json", map[string]string{"apiVersion": "2016-03-30", "instanceCount": "5"}), guidance.Auto)
	p := plan(t, s, "8,4", whatif.Options{})
	want := []string{
		"overprovisioning is on: the ids of a new scale set of 5 instances are random, from 0 to 7; the preview shows the lowest",
		"the ids of the 3 new instances are random, from web_8 to web_13: overprovisioning deletes 3 of these; the preview shows the lowest",
		"the ids before this step are random, so the ids that it removes are too",
	}
	for _, w := range want {
		found := slices.Contains(p.Notes, w) || slices.Contains(p.Steps[0].Notes, w) || slices.Contains(p.Steps[1].Notes, w)
		if !found {
			t.Errorf("nothing says %q", w)
		}
	}
	off := plan(t, s, "8", whatif.Options{Overprovision: ptr(false)})
	if got := ids(off.Steps[0].Added); !slices.Equal(got, []int{5, 6, 7}) || len(off.Steps[0].Surplus) != 0 {
		t.Errorf("without overprovisioning %v are added", got)
	}
}

// Deallocated and unhealthy instances do not serve, regional instances of a
// zonal set may be lost with any zone, and a zone that is down is lost already.
func TestSurvivorsRun(t *testing.T) {
	tests := []struct {
		name string
		s    *instances.State
		to   string
		o    whatif.Options
		want whatif.Survivors
	}{
		// 7 of 10 run: 3 in domain 0 and 1 are deallocated, 2 of 5 in domains 3 and 4.
		{"deallocated", instances.New("web"), "10", whatif.Options{From: ptr(10), Deallocated: []int{0, 1, 2}}, whatif.Survivors{FaultDomain: 5, UpdateDomain: 5, Zone: -1}},
		{"unhealthy", instances.New("web"), "10", whatif.Options{From: ptr(10), Unhealthy: []int{0, 1, 2}}, whatif.Survivors{FaultDomain: 5, UpdateDomain: 5, Zone: -1}},
		{"zone down", instances.New("web"), "26", whatif.Options{From: ptr(26), Zones: []string{"1", "2", "3"}, ZonesDown: []string{"2"}}, whatif.Survivors{FaultDomain: -1, UpdateDomain: -1, Zone: 8}},
	}
	for _, tt := range tests {
		if got := plan(t, tt.s, tt.to, tt.o).Steps[0].Survivors; got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
	// Five regional instances and 2, 2, 1 in zones: 3 are left for certain.
	list := idList(t, 0, 1, 2, 3, 4)
	s := instances.FromTemplate(template(t, "image.json", map[string]string{"storage": zonalTemplate, "zones": `["1","2","3"]`, "over": "false"}), guidance.Auto)
	if err := s.AddInstances(list); err != nil {
		t.Fatal(err)
	}
	if got := plan(t, s, "10", whatif.Options{}).Steps[0].Survivors.Zone; got != 3 {
		t.Errorf("5 regional and 5 zonal instances: a zone leaves %d, want 3", got)
	}
}

// A zonal list with five fault domains: domain 0 of one zone is not domain 0 of
// another.
func TestDomainsOfZones(t *testing.T) {
	s, err := instances.Read("list.json", []byte(`[
 {"instanceId":"0","zones":["1"],"instanceView":{"platformFaultDomain":0,"platformUpdateDomain":0}},
 {"instanceId":"1","zones":["2"],"instanceView":{"platformFaultDomain":0,"platformUpdateDomain":0}},
 {"instanceId":"2","zones":["3"],"instanceView":{"platformFaultDomain":0,"platformUpdateDomain":0}},
 {"instanceId":"3","zones":["1"],"instanceView":{"platformFaultDomain":1,"platformUpdateDomain":1}}]`))
	if err != nil {
		t.Fatal(err)
	}
	if got := plan(t, s, "4", whatif.Options{}).Steps[0].Survivors; got != (whatif.Survivors{FaultDomain: 3, UpdateDomain: 3, Zone: 2}) {
		t.Errorf("%+v", got)
	}
}

// Shares are rounded as autoscale rounds them.
func TestOneRounding(t *testing.T) {
	for text, want := range map[string]int{"+10%": 27, "-10%": 23, "+1%": 26, "-100%": 0, "+0%": 25} {
		c, err := whatif.ParseChange(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Apply(25); got != want {
			t.Errorf("25 %s = %d, want %d", text, got, want)
		}
	}
}

// What is claimed is claimed for the set at hand alone.
func TestGrounds(t *testing.T) {
	const recordedScaleIns = "among fault domains and update domains with equally many instances it follows the recorded scale-ins of regional scale sets (recorded 43 times)"
	tests := []struct {
		name string
		o    whatif.Options
		want string
		not  string
	}{
		{"regional", whatif.Options{}, recordedScaleIns, ""},
		{"zonal", whatif.Options{Zones: []string{"1", "2"}}, "among zones with equally many instances the newest instance is removed; no scale-in of a zonal scale set was recorded (assumed)", recordedScaleIns},
		{"zonal with five domains", whatif.Options{Zones: []string{"1", "2"}, FaultDomains: 5}, "none was recorded for a scale set like this one (assumed)", recordedScaleIns},
		{"zone of new instances", whatif.Options{Zones: []string{"1", "2"}}, "or the first of several (recorded 16 times, except in germanywestcentral)", ""},
		{"max spreading", whatif.Options{FaultDomains: 1}, "with max spreading every instance is shown in fault domain 0, because Azure does not publish the racks (documented)", recordedScaleIns},
		{"Flexible", whatif.Options{Flexible: ptr(true)}, "no scale-in of a Flexible scale set was recorded (assumed)", recordedScaleIns},
		{"three domains", whatif.Options{FaultDomains: 3}, "none was recorded for a scale set like this one (assumed)", recordedScaleIns},
		{"oldest", whatif.Options{Policy: ptr(placement.OldestVM)}, "OldestVM balances zones, then removes the oldest instance (documented)", recordedScaleIns},
	}
	for _, tt := range tests {
		tt.o.From = ptr(4)
		notes := strings.Join(plan(t, instances.New("web"), "3", tt.o).Notes, "\n")
		if !strings.Contains(notes, tt.want) || tt.not != "" && strings.Contains(notes, tt.not) {
			t.Errorf("%s:\n%s", tt.name, notes)
		}
	}
}
