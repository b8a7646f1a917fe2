package whatif_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
)

// told is what was read of a set, in short.
func reported(s *instances.State) []string {
	out := []string{fmt.Sprintf("set %s capacity %d", s.Name, s.Capacity)}
	add := func(condition bool, format string, args ...any) {
		if condition {
			out = append(out, fmt.Sprintf(format, args...))
		}
	}
	add(s.Flexible, "flexible")
	add(s.Prefix != "", "prefix %s", s.Prefix)
	add(len(s.Zones) > 0, "zones %v", s.Zones)
	for _, i := range s.Instances {
		text := fmt.Sprintf("%d in %d/%d", i.ID, i.FaultDomain, i.UpdateDomain)
		if i.Zone != "" {
			text += " zone " + i.Zone
		}
		if i.Group != 0 {
			text += fmt.Sprint(" group ", i.Group)
		}
		for flag, name := range map[placement.Flags]string{placement.Spot: "spot", placement.Protected: "protected", placement.Unhealthy: "unhealthy", placement.Deallocated: "deallocated"} {
			if i.Flags&flag != 0 {
				text += " " + name
			}
		}
		out = append(out, text)
	}
	for _, id := range slices.Sorted(maps.Keys(s.Names)) {
		add(true, "%d is %s", id, s.Names[id])
	}
	for _, id := range slices.Sorted(maps.Keys(s.ComputerNames)) {
		add(true, "%d calls itself %s", id, s.ComputerNames[id])
	}
	return append(out, s.Notes...)
}

// TestWhatListsTell reads what one member of a list says.
func TestWhatListsTell(t *testing.T) {
	const path = "/subscriptions/s/resourceGroups/r/providers/Microsoft.Compute/virtualMachineScaleSets/"
	view := func(more string) string {
		return `"instanceView":{"platformFaultDomain":0,"platformUpdateDomain":0` + more + `}`
	}
	tests := []struct {
		name, list string
		want       []string
	}{
		{"the number is in the id", `[{"id":"` + path + `web/virtualMachines/12",` + view("") + `}]`, []string{"set web capacity 1", "12 in 0/0"}},
		{"the number is in the name", `[{"name":"web_a_12",` + view("") + `}]`, []string{"set web_a capacity 1", "12 in 0/0"}},
		{"the set in the id wins over that in the name", `[{"instanceId":"4","name":"x_4","id":"` + path + `web/virtualMachines/4",` + view("") + `}]`,
			[]string{"set web capacity 1", "4 in 0/0", "4 is x_4"}},
		{"no set at all", `[{"instanceId":4,` + view("") + `}]`, []string{"set vmss capacity 1", "4 in 0/0"}},
		{"a name that is the set's", `[{"instanceId":4,"name":"web",` + view("") + `}]`, []string{"set web capacity 1", "4 in 0/0", "4 is web"}},
		{"a name without a set", `[{"instanceId":4,"name":"_4",` + view("") + `}]`, []string{"set vmss capacity 1", "4 in 0/0"}},
		{"an underscore in the name of the set", `[{"instanceId":4,"name":"my_web_4",` + view("") + `}]`, []string{"set my_web capacity 1", "4 in 0/0"}},
		{"sets in other letters are one", `[{"instanceId":4,"name":"web_4",` + view("") + `},{"instanceId":5,"name":"WEB_5",` + view("") + `}]`,
			[]string{"set web capacity 2", "4 in 0/0", "5 in 0/0", "5 is WEB_5"}},
		{"the largest id", `[{"instanceId":2147483647,` + view("") + `}]`, []string{"set vmss capacity 1", "2147483647 in 0/0"}},
		{"id 0", `[{"instanceId":0,` + view("") + `}]`, []string{"set vmss capacity 1", "0 in 0/0"}},
		{"null says nothing", `[{"instanceId":null,"name":"web_3",` + view("") + `}]`, []string{"set web capacity 1", "3 in 0/0"}},
		{"zones", `[{"instanceId":1,"zones":["3","1"],` + view("") + `},{"instanceId":0,"zones":"2",` + view("") + `}]`,
			[]string{"set vmss capacity 2", "zones [2 3]", "0 in 0/0 zone 2", "1 in 0/0 zone 3"}},
		{"placement groups", `[{"instanceId":0,` + view(`,"placementGroupId":"b"`) + `},{"instanceId":1,` + view(`,"placementGroupId":"a"`) + `},{"instanceId":2,` + view(`,"placementGroupId":"b"`) + `}]`,
			[]string{"set vmss capacity 3", "0 in 0/0", "1 in 0/0 group 1", "2 in 0/0"}},
		{"priorities", `[{"instanceId":0,"priority":"Spot",` + view("") + `},{"instanceId":1,"priority":"Low",` + view("") + `},{"instanceId":2,"priority":"Regular",` + view("") + `}]`,
			[]string{"set vmss capacity 3", "0 in 0/0 spot", "1 in 0/0 spot", "2 in 0/0"}},
		{"protected", `[{"instanceId":0,"protectionPolicy":{"protectFromScaleIn":false},` + view("") + `},{"instanceId":1,"protectionPolicy":{"protectFromScaleSetActions":"True"},` + view("") + `}]`,
			[]string{"set vmss capacity 2", "0 in 0/0", "1 in 0/0 protected"}},
		{"text that is not true", `[{"instanceId":0,"protectionPolicy":{"protectFromScaleIn":"yes"},` + view("") + `}]`, []string{"set vmss capacity 1", "0 in 0/0"}},
		{"a computer name of the set", `[{"instanceId":36,"osProfile":{"computerName":"web000010"},` + view("") + `}]`,
			[]string{"set vmss capacity 1", "prefix web", "36 in 0/0", "36 calls itself web000010"}},
		{"a computer name of its own", `[{"instanceId":36,"instanceView":{"computerName":"web000011","platformFaultDomain":1,"platformUpdateDomain":2}}]`,
			[]string{"set vmss capacity 1", "36 in 1/2", "36 calls itself web000011"}},
		{"a short computer name", `[{"instanceId":0,"osProfile":{"computerName":"000000"},` + view("") + `}]`, []string{"set vmss capacity 1", "0 in 0/0", "0 calls itself 000000"}},
		{"the last domain", `[{"instanceId":0,"instanceView":{"platformFaultDomain":63,"platformUpdateDomain":"63"}}]`, []string{"set vmss capacity 1", "0 in 63/63"}},
		{"some have domains", `[{"instanceId":0,` + view("") + `},{"instanceId":1}]`,
			[]string{"set vmss capacity 2", "0 in 0/0", "1 in -1/-1", "1 of 2 instances have no domains in the list; the preview shows those that the model would choose"}},
		{"two that leave", `[{"instanceId":0},{"instanceId":1,"provisioningState":"DELETING"},{"instanceId":2,"provisioningState":"Deleting"},{"instanceId":3,"provisioningState":"Creating"}]`,
			[]string{"set vmss capacity 2", "0 in -1/-1", "3 in -1/-1", "2 instances are already being deleted and not counted"}},
		{"a page of many", `{"value":[{"instanceId":0,` + view("") + `}],"nextLink":"https://example.org/?page=2"}`,
			[]string{"set vmss capacity 1", "0 in 0/0", "l.json is one page of a longer list (it has a nextLink); the instances on the other pages are missing"}},
		{"the last page", `{"value":[{"instanceId":0,` + view("") + `}],"nextLink":""}`, []string{"set vmss capacity 1", "0 in 0/0"}},
		{"a Flexible set without ages", `[{"instanceId":"web_b","name":"web_b","virtualMachineScaleSet":{"id":"` + path + `web"}},{"instanceId":"web_a","name":"web_a","virtualMachineScaleSet":{"id":"` + path + `web"}}]`,
			[]string{"set web capacity 2", "flexible", "0 in -1/-1", "1 in -1/-1", "0 is web_a", "1 is web_b",
				"the instances of a Flexible scale set are numbered by age here; 0 is the oldest",
				"the list has no creation times (timeCreated), so the order of the names is used instead",
				"Azure does not report the domains of Flexible instances; the preview shows those that the model would choose"}},
		{"a Flexible set by its reference", `[{"name":"web_12345678","timeCreated":"2024-05-01","osProfile":{"computerName":"webABCDEF"},"virtualMachineScaleSet":{"id":"` + path + `web"},` + view("") + `}]`,
			[]string{"set web capacity 1", "flexible", "0 in 0/0", "0 is web_12345678", "0 calls itself webABCDEF", "the instances of a Flexible scale set are numbered by age here; 0 is the oldest"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := instances.Read("l.json", []byte(tt.list))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, reported(s)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestListsThatCannotBe wants the mistake to name the element.
func TestListsThatCannotBe(t *testing.T) {
	const hint = "; save the output of: az vmss list-instances -g GROUP -n NAME --expand instanceView -o json"
	for list, want := range map[string]string{
		`[{"instanceId":0},{"instanceId":2147483648}]`:                              "element 2 of l.json has the invalid instance id 2147483648" + hint,
		`[{"instanceId":0},{"name":"web"}]`:                                         "element 2 of l.json has no instanceId, so it is not an instance of a scale set" + hint,
		`[{"instanceId":0},{"name":"web-7"}]`:                                       "element 2 of l.json has no instanceId, so it is not an instance of a scale set" + hint,
		`[{"instanceId":0},null]`:                                                   "element 2 of l.json has no instanceId, so it is not an instance of a scale set" + hint,
		`[{"instanceId":0,"instanceView":{"platformFaultDomain":64}}]`:              "element 1 of l.json is in fault domain 64, which must be 0 to 63",
		`[{"instanceId":0,"instanceView":{"platformUpdateDomain":-1}}]`:             "element 1 of l.json is in update domain -1, which must be 0 to 63",
		`[{"instanceId":0,"instanceView":{"platformUpgradeDomain":1.5}}]`:           "element 1 of l.json is in update domain 1.5, which must be 0 to 63",
		`[{"instanceId":"3","name":"web_3"},{"instanceId":"web_x","name":"web_x"}]`: "l.json has web_3 and web_x, and only one of them has a number as instance id; save one list for each scale set",
	} {
		_, err := instances.Read("l.json", []byte(list))
		if got := mistake(t, err); got != want {
			t.Errorf("%s:\n%q, want\n%q", list, got, want)
		}
	}
}

// TestWhatSetsTell adds what a saved answer about the whole set says.
func TestWhatSetsTell(t *testing.T) {
	list := func(t *testing.T) *instances.State {
		s, err := instances.Read("l.json", []byte(`[{"instanceId":0,"name":"web_0","instanceView":{"platformFaultDomain":0,"platformUpdateDomain":0}}]`))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for _, tt := range []struct {
		name, set string
		want      string
		notes     []string
	}{
		{"nothing but its size", `{"sku":{"capacity":1,"name":"Standard_B2s"}}`,
			"web 1 Standard_B2s fd=0 flexible=false single=false over=false strict=false unhealthy=false mix=<nil> prefix= zones=[]", nil},
		{"all of it", `{"name":"WEB","zones":["2","1"],"sku":{"capacity":"1","name":"Standard_B2s"},"properties":{"platformFaultDomainCount":5,"singlePlacementGroup":true,"overprovision":"true","zoneBalance":true,
			"scaleInPolicy":{"prioritizeUnhealthyVMs":true},"priorityMixPolicy":{"baseRegularPriorityCount":2,"regularPriorityPercentageAboveBase":50},"virtualMachineProfile":{"osProfile":{"computerNamePrefix":"node"}}}}`,
			"WEB 1 Standard_B2s fd=5 flexible=false single=true over=true strict=true unhealthy=true mix=&{2 50} prefix=node zones=[1 2]", nil},
		{"Flexible never overprovisions", `{"sku":{"capacity":1},"orchestrationMode":"flexible","overprovision":true}`,
			"web 1  fd=0 flexible=true single=false over=false strict=false unhealthy=false mix=<nil> prefix= zones=[]", nil},
		{"another capacity than the list has", `{"name":"web","sku":{"capacity":3}}`,
			"web 1  fd=0 flexible=false single=false over=false strict=false unhealthy=false mix=<nil> prefix= zones=[]", []string{"the capacity in s.json is 3, but the list has 1 instance; the list is used"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := list(t)
			if err := s.ReadSet("s.json", []byte(tt.set)); err != nil {
				t.Fatal(err)
			}
			slices.Sort(s.Zones)
			got := fmt.Sprintf("%s %d %s fd=%d flexible=%t single=%t over=%t strict=%t unhealthy=%t mix=%v prefix=%s zones=%v", s.Name, s.Capacity, s.SizeName, s.FaultDomains,
				s.Flexible, s.SingleGroup, s.Overprovisions, s.StrictZones, s.UnhealthyFirst, s.Mix, s.Prefix, s.Zones)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.notes, s.Notes); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
		})
	}
	const hint = "; save the output of: az vmss show -g GROUP -n NAME -o json"
	for set, want := range map[string]string{
		``:                                     "s.json is empty" + hint,
		`[{"sku":{"capacity":1}}]`:             "s.json is not a scale set: it has no sku.capacity" + hint,
		`{"sku":{"name":"x"}}`:                 "s.json is not a scale set: it has no sku.capacity" + hint,
		`{"name":"api","sku":{"capacity":1}}`:  "s.json describes scale set api, but the instances belong to web; save both for the same scale set",
		`{"sku":{"capacity":1.5},"name":"web"`: "s.json is not JSON" + hint,
	} {
		if got := mistake(t, list(t).ReadSet("s.json", []byte(set))); got != want {
			t.Errorf("%s:\n%q, want\n%q", set, got, want)
		}
	}
	if s := new(instances.State); s.ReadSet("s.json", []byte(`{"name":"api","sku":{"capacity":4}}`)) != nil || s.Name != "api" || s.Capacity != 4 || strings.Join(s.Notes, "") != "" {
		t.Errorf("without a list: %s of %d, %q", s.Name, s.Capacity, s.Notes)
	}
}
