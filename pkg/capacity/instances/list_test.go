package instances_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
)

const setID = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/"

// What other commands print of instances.
func TestOtherLists(t *testing.T) {
	node := func(set string, id int, label, ready string) string {
		return fmt.Sprintf(`{"metadata":{"name":"%s00000%d","labels":{"topology.kubernetes.io/zone":"%s"}},"spec":{"providerID":"azure://%s%s/virtualMachines/%d"},
 "status":{"conditions":[{"type":"MemoryPressure","status":"False"},{"type":"Ready","status":"%s"}]}}`, set, id, label, setID, set, id, ready)
	}
	tests := []struct {
		name, text, set string
		want            []placement.Instance
	}{
		{"kubectl get nodes, zonal", `{"kind":"List","items":[` + node("aks-a-vmss", 0, "westeurope-1", "True") + "," + node("aks-a-vmss", 3, "westeurope-2", "False") + `]}`, "aks-a-vmss",
			[]placement.Instance{{ID: 0, Zone: "1", FaultDomain: -1, UpdateDomain: -1}, {ID: 3, Zone: "2", FaultDomain: -1, UpdateDomain: -1, Flags: placement.Unhealthy}}},
		{"kubectl get nodes, regional", `{"kind":"List","items":[` + node("aks-a-vmss", 0, "0", "True") + "," + node("aks-a-vmss", 1, "1", "True") + `]}`, "aks-a-vmss",
			[]placement.Instance{{ID: 0, FaultDomain: 0, UpdateDomain: -1}, {ID: 1, FaultDomain: 1, UpdateDomain: -1}}},
		{"az vmss get-instance-view", `[{"computerName":"web00000A","platformFaultDomain":0,"platformUpdateDomain":0},{"computerName":"web00000F","platformFaultDomain":2,"platformUpdateDomain":2,"statuses":[{"code":"PowerState/stopped"}]}]`, "web",
			[]placement.Instance{{ID: 10}, {ID: 15, FaultDomain: 2, UpdateDomain: 2, Flags: placement.Stopped}}},
		{"both kinds of protection, an old model", `[{"instanceId":"1","name":"web_1","latestModelApplied":false,"protectionPolicy":{"protectFromScaleIn":true},"instanceView":{"platformFaultDomain":1,"platformUpdateDomain":1}},
 {"instanceId":"2","name":"web_2","latestModelApplied":true,"protectionPolicy":{"protectFromScaleSetActions":true},"instanceView":{"platformFaultDomain":2,"platformUpdateDomain":2}}]`, "web",
			[]placement.Instance{{ID: 1, FaultDomain: 1, UpdateDomain: 1, Flags: placement.Protected | placement.Outdated}, {ID: 2, FaultDomain: 2, UpdateDomain: 2, Flags: placement.Protected | placement.Pinned}}},
	}
	for _, tt := range tests {
		s, err := instances.Read("list.json", []byte(tt.text))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if diff := cmp.Diff(tt.want, s.Instances); diff != "" || s.Name != tt.set {
			t.Errorf("%s: set %s (-want +got):\n%s", tt.name, s.Name, diff)
		}
	}
}

// One clear line for each kind of bad input.
func TestBadLists(t *testing.T) {
	const hint = "; save the output of: az vmss list-instances -g GROUP -n NAME --expand instanceView -o json"
	tests := map[string]string{
		`{"virtualMachine":{"statusesSummary":[{"code":"PowerState/running","count":3}]}}`: "l.json is the instance view of the scale set, which has no instances" + hint,
		`{"sku":{"capacity":3}}`:                                                                    "l.json is the model of a scale set, not a list of its instances" + hint,
		`[{"platformFaultDomain":0,"platformUpdateDomain":0}]`:                                      "element 1 of l.json is an instance view without the name of its instance" + hint,
		`[{"instanceId":"1","name":"a_1"},{"instanceId":"1","name":"a_1"}]`:                         "l.json has the instance id 1 twice; save the list again",
		`{"items":[{"metadata":{"name":"vm"},"spec":{"providerID":"azure:///subscriptions/s/x"}}]}`: "element 1 of l.json is a node that is not an instance of a Uniform scale set; save one node pool with: kubectl get nodes -l agentpool=NAME -o json",
		`[{"instanceId":"1","name":"a_1"},{"instanceId":"2","name":"b_2"}]`:                         "l.json has instances of two scale sets, a and b; save one list for each",
		`[{"instanceId":"1","name":"a_1"},{"name":"disk"}]`:                                         "element 2 of l.json has no instanceId, so it is not an instance of a scale set" + hint,
	}
	for text, want := range tests {
		_, err := instances.Read("l.json", []byte(text))
		var m *instances.Mistake
		if !errors.As(err, &m) || err.Error() != want {
			t.Errorf("%s:\n got %v\nwant %s", text, err, want)
		}
	}
}

// A state that is not known is said, and does no harm.
func TestUnknownPowerState(t *testing.T) {
	s, err := instances.Read("l.json", []byte(`[{"instanceId":"1","name":"a_1","instanceView":{"statuses":[{"code":"PowerState/hibernated"}]}}]`))
	if err != nil {
		t.Fatal(err)
	}
	want := `1 instance is in an unknown power state, such as "PowerState/hibernated"; assumed to be running`
	if !slices.Contains(s.Notes, want) {
		t.Errorf("notes %q", s.Notes)
	}
}

// 100,000 instances are read in one go, and a mistake at the end is told.
func TestManyInstances(t *testing.T) {
	var b strings.Builder
	b.WriteString("[")
	for i := range 100_000 {
		fmt.Fprintf(&b, `{"instanceId":"%d","name":"a_%d"},`, i, i)
	}
	s, err := instances.Read("l.json", []byte(b.String()+`{"instanceId":"100000","name":"a_100000"}]`))
	if err != nil || len(s.Instances) != 100_001 {
		t.Fatal(err)
	}
	if _, err := instances.Read("l.json", []byte(b.String()+`{"instanceId":"99999","name":"a_99999"}]`)); err == nil || err.Error() != "l.json has the instance id 99999 twice; save the list again" {
		t.Error(err)
	}
}

// A set that was scaled to nothing has an empty list.
func TestEmptyList(t *testing.T) {
	for _, text := range []string{"[]", `{"value":[]}`, `[{"instanceId":"3","name":"web_3","provisioningState":"Deleting"}]`} {
		s, err := instances.Read("l.json", []byte(text))
		if err != nil || s.Instances == nil || len(s.Instances) != 0 {
			t.Fatalf("%s: %v, %v", text, s, err)
		}
		if !slices.Contains(s.Notes, "l.json has no instances; the ids used so far are unknown, so new ids are assumed to start at 0") {
			t.Errorf("%s: notes %q", text, s.Notes)
		}
		set, err := s.Open()
		if err != nil || set.Len() != 0 {
			t.Errorf("%s: %v", text, err)
		}
	}
}
