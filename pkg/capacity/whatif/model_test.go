package whatif_test

import (
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/azure/quota"
	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
)

// The same three instances, as each tool writes them.
var lists = map[string]string{
	"az": `[
 {"instanceId":"3","name":"web_3","id":"/subscriptions/s/resourceGroups/r/providers/Microsoft.Compute/virtualMachineScaleSets/web/virtualMachines/3","zones":null,
  "osProfile":{"computerName":"node000003"},"protectionPolicy":{"protectFromScaleIn":true,"protectFromScaleSetActions":null},
  "instanceView":{"placementGroupId":"g1","platformFaultDomain":3,"platformUpdateDomain":3,"statuses":[{"code":"PowerState/running"}]}},
 {"instanceId":"0","name":"web_0","osProfile":{"computerName":"node000000"},
  "instanceView":{"placementGroupId":"g1","platformFaultDomain":0,"platformUpdateDomain":0,"vmHealth":{"status":{"code":"HealthState/unhealthy"}}}},
 {"instanceId":"7","name":"web_7","instanceView":{"placementGroupId":"g2","platformFaultDomain":2,"platformUpdateDomain":3,
  "statuses":[{"code":"ProvisioningState/succeeded"},{"code":"PowerState/deallocated"}]}}]`,
	"rest": `{"value":[
 {"instanceId":"0","name":"web_0","properties":{"osProfile":{"computerName":"node000000"},"instanceView":{"placementGroupId":"g1","platformFaultDomain":0,"platformUpdateDomain":0,"vmHealth":{"status":{"code":"HealthState/unhealthy"}}}}},
 {"instanceId":"3","name":"web_3","properties":{"protectionPolicy":{"protectFromScaleSetActions":true},"osProfile":{"computerName":"node000003"},"instanceView":{"placementGroupId":"g1","platformFaultDomain":3,"platformUpdateDomain":3}}},
 {"instanceId":"7","name":"web_7","properties":{"instanceView":{"placementGroupId":"g2","platformFaultDomain":2,"platformUpdateDomain":3,"statuses":[{"code":"PowerState/deallocated"}]}}}]}`,
	"rest of 2015": `{"value":[
 {"instanceId":0,"name":"web_0","properties":{"osProfile":{"computerName":"node000000"},"instanceView":{"placementGroupId":"g1","platformFaultDomain":"0","platformUpgradeDomain":"0","vmHealth":{"status":{"code":"HealthState/unhealthy"}}}}},
 {"instanceId":3,"name":"web_3","properties":{"protectionPolicy":{"protectFromScaleIn":"true"},"osProfile":{"computerName":"node000003"},"instanceView":{"placementGroupId":"g1","platformFaultDomain":"3","platformUpgradeDomain":"3"}}},
 {"instanceId":7,"name":"web_7","properties":{"instanceView":{"placementGroupId":"g2","platformFaultDomain":"2","platformUpgradeDomain":"3","statuses":[{"code":"PowerState/deallocated"}]}}}]}`,
	"powershell": `[
 {"InstanceId":"0","Name":"web_0","OsProfile":{"ComputerName":"node000000"},"InstanceView":{"PlacementGroupId":"g1","PlatformFaultDomain":0,"PlatformUpdateDomain":0,"VmHealth":{"Status":{"Code":"HealthState/unhealthy"}}}},
 {"InstanceId":"3","Name":"web_3","OsProfile":{"ComputerName":"node000003"},"ProtectionPolicy":{"ProtectFromScaleIn":true},"InstanceView":{"PlacementGroupId":"g1","PlatformFaultDomain":3,"PlatformUpdateDomain":3}},
 {"InstanceId":"7","Name":"web_7","InstanceView":{"PlacementGroupId":"g2","PlatformFaultDomain":2,"PlatformUpdateDomain":3,"Statuses":[{"Code":"PowerState/deallocated"}]}}]`,
}

func TestReadInstances(t *testing.T) {
	want := []placement.Instance{
		{ID: 0, Flags: placement.Unhealthy},
		{ID: 3, FaultDomain: 3, UpdateDomain: 3, Flags: placement.Protected},
		{ID: 7, FaultDomain: 2, UpdateDomain: 3, Group: 1, Flags: placement.Deallocated},
	}
	for name, text := range lists {
		t.Run(name, func(t *testing.T) {
			for form, encoded := range map[string][]byte{"utf-8": []byte(text), "with BOM": []byte("\uFEFF" + text), "utf-16": utf16LE(text)} {
				s, err := instances.Read("list.json", encoded)
				if err != nil {
					t.Fatalf("%s: %v", form, err)
				}
				got := append([]placement.Instance{}, s.Instances...)
				for i := range got { // the other kind of protection is in one of the lists alone
					got[i].Flags &^= placement.Pinned
				}
				if name == "az" { // its group ids appear in another order of instances
					for i := range got {
						got[i].Group = want[i].Group
					}
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s (-want +got):\n%s", form, diff)
				}
				if s.Name != "web" || s.Prefix != "node" || s.Flexible {
					t.Errorf("%s: set %s, prefix %s, Flexible %v", form, s.Name, s.Prefix, s.Flexible)
				}
			}
		})
	}
}

func utf16LE(text string) []byte {
	out := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(text)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

// Machines of a Flexible set: no domains, random names, age by timeCreated.
func TestReadFlexible(t *testing.T) {
	s, err := instances.Read("list.json", []byte(`[
 {"name":"web_9f0e1d2c","instanceId":"web_9f0e1d2c","timeCreated":"2024-05-02T10:00:00Z","zones":["2"],"priority":"Spot","virtualMachineScaleSet":{"id":"/subscriptions/s/resourceGroups/r/providers/Microsoft.Compute/virtualMachineScaleSets/web"}},
 {"name":"web_00000001","instanceId":"web_00000001","timeCreated":"2024-05-01T10:00:00Z","zones":["1"],"virtualMachineScaleSet":{"id":"/subscriptions/s/resourceGroups/r/providers/Microsoft.Compute/virtualMachineScaleSets/web"}}]`))
	if err != nil {
		t.Fatal(err)
	}
	if !s.Flexible || s.Names[0] != "web_00000001" || s.Names[1] != "web_9f0e1d2c" || s.Name != "web" {
		t.Errorf("Flexible %v, names %v, set %s", s.Flexible, s.Names, s.Name)
	}
	p := plan(t, s, "1,2", whatif.Options{})
	if got := p.Name(p.Steps[0].Removed[0].ID); got != "web_9f0e1d2c" {
		t.Errorf("%s leaves, want the newer one", got)
	}
}

func TestListWithoutDomains(t *testing.T) {
	s, err := instances.Read("list.json", []byte(`[{"instanceId":"0","name":"web_0"},{"instanceId":"1","name":"web_1"},{"instanceId":"2","name":"web_2","provisioningState":"Deleting"}]`))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"1 instance is already being deleted and not counted",
	}
	if diff := cmp.Diff(want, s.Notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	p := plan(t, s, "3", whatif.Options{})
	if in := p.Steps[0].Added[0]; in.ID != 2 || in.FaultDomain != 2 || in.UpdateDomain != 2 {
		t.Errorf("added %+v, want 2 in 2/2", in)
	}
}

func TestForeignLists(t *testing.T) {
	hint := "; save the output of: az vmss list-instances -g GROUP -n NAME --expand instanceView -o json"
	tests := map[string]string{
		"":                           "l.json is empty" + hint,
		"  \n":                       "l.json is empty" + hint,
		"name  state":                "l.json is not JSON" + hint,
		`{"a":1`:                     "l.json is not JSON" + hint,
		`{"sku":{}}`:                 "l.json is not a list of instances" + hint,
		`"text"`:                     "l.json is not a list of instances" + hint,
		`[1,2]`:                      "element 1 of l.json has no instanceId, so it is not an instance of a scale set" + hint,
		`[{"name":"vm","vmId":"x"}]`: "element 1 of l.json has no instanceId, so it is not an instance of a scale set" + hint,
		`[{"instanceId":"-4"}]`:      "element 1 of l.json has the invalid instance id -4" + hint,
		`[{"instanceId":"1","name":"a_1"},{"instanceId":"1","name":"b_1"}]`: "l.json has instances of two scale sets, a and b; save one list for each",
		`[{"instanceId":"1","instanceView":{"platformFaultDomain":"x"}}]`:   `element 1 of l.json is in fault domain "x", which must be 0 to 63`,
		`[{"instanceId":"1","instanceView":{"platformFaultDomain":1e99}}]`:  `element 1 of l.json is in fault domain 1e99, which must be 0 to 63`,
	}
	for text, want := range tests {
		_, err := instances.Read("l.json", []byte(text))
		if got := mistake(t, err); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestTwice(t *testing.T) {
	_, err := instances.Read("l.json", []byte(`[{"instanceId":"1","name":"a_1"},{"instanceId":"1","name":"a_1"}]`))
	if got := mistake(t, err); got != "l.json has the instance id 1 twice; save the list again" {
		t.Error(got)
	}
}

func TestReadSet(t *testing.T) {
	az := `{"name":"web","sku":{"name":"Standard_D2s_v5","capacity":4},"zones":["1","2"],"platformFaultDomainCount":1,"singlePlacementGroup":false,"overprovision":true,
 "zoneBalance":true,"scaleInPolicy":{"rules":["NewestVM"],"prioritizeUnhealthyVMs":true},"virtualMachineProfile":{"osProfile":{"computerNamePrefix":"node"}}}`
	rest := `{"name":"web","sku":{"name":"Standard_D2s_v5","capacity":"4"},"zones":["1","2"],"properties":{"platformFaultDomainCount":1,"singlePlacementGroup":false,"overprovision":true,
 "zoneBalance":true,"scaleInPolicy":{"rules":["NewestVM"],"prioritizeUnhealthyVMs":true},"virtualMachineProfile":{"osProfile":{"computerNamePrefix":"node"}}}}`
	for _, text := range []string{az, rest} {
		s := instances.New("")
		if err := s.ReadSet("vmss.json", []byte(text)); err != nil {
			t.Fatal(err)
		}
		p := plan(t, s, "2", whatif.Options{})
		c := p.Config
		if p.ScaleSet != "web" || p.Steps[0].From != 4 || c.Policy != placement.NewestVM || !c.StrictZoneBalance || !c.UnhealthyFirst || len(c.Zones) != 2 || s.Size() != "Standard_D2s_v5" {
			t.Errorf("%s from %d: %+v", p.ScaleSet, p.Steps[0].From, c)
		}
	}
	err := instances.New("").ReadSet("vmss.json", []byte(`{"name":"web"}`))
	if got := mistake(t, err); got != "vmss.json is not a scale set: it has no sku.capacity; save the output of: az vmss show -g GROUP -n NAME -o json" {
		t.Error(got)
	}
}

func TestQuota(t *testing.T) {
	az := `[{"name":{"value":"cores","localizedValue":"Total Regional vCPUs"},"limit":"100","currentValue":"40"},
 {"name":{"value":"virtualMachines"},"limit":"25000","currentValue":"11"},{"name":{"value":"standardDSv5Family"},"limit":"60","currentValue":"40"}]`
	skus := `[{"name":"Standard_D2s_v5","family":"standardDSv5Family","capabilities":[{"name":"vCPUs","value":"2"}]}]`
	for _, usages := range []string{az, `{"value":` + strings.ReplaceAll(strings.ReplaceAll(az, `":"100"`, `":100`), `":"40"`, `":40`) + `}`} {
		s := instances.New("web")
		s.SizeName = "standard_d2S_v5"
		sizes, err := quota.ParseSizes("skus.json", []byte(skus))
		if err != nil {
			t.Fatal(err)
		}
		usage, err := quota.ParseUsage("usage.json", []byte(usages))
		if err != nil {
			t.Fatal(err)
		}
		s.SetQuota(usage, sizes)
		got := map[string]int{}
		for _, l := range plan(t, s, "21", whatif.Options{From: ptr(20)}).Limits {
			got[l.Name] = l.Max
		}
		// 20 of 2 cores are in use already.
		want := map[string]int{"capacity": 1000, "quota-cores": 50, "quota-virtualMachines": 25000, "quota-standardDSv5Family": 30}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("limits (-want +got):\n%s", diff)
		}
	}
}

// No list, however broken, may do more than say so.
func FuzzReadInstances(f *testing.F) {
	for _, text := range lists {
		f.Add([]byte(text))
	}
	f.Add([]byte(`[{"instanceId":"web_a1","virtualMachineScaleSet":{"id":"x"}}]`))
	f.Add([]byte(`{"value":[{"instanceId":2147483647,"zones":["9"],"instanceView":{"placementGroupId":"p","platformFaultDomain":63,"platformUpgradeDomain":"63"}}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := instances.Read("list.json", text)
		if err != nil {
			return
		}
		p, err := whatif.New(s, []whatif.Change{{Amount: len(s.Instances) / 2}, {Amount: len(s.Instances) + 3}}, whatif.Options{})
		if err != nil {
			return
		}
		if last := p.Steps[1]; last.Reached != len(p.Final) || last.Balance.Total != len(p.Final) {
			t.Fatalf("reached %d, final %d", last.Reached, len(p.Final))
		}
	})
}
