package whatif_test

import (
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
)

// What the image, its disks, the placement group and the orchestration allow.
func TestCapacityLimits(t *testing.T) {
	const (
		vhd      = `{"osDisk":{"createOption":"FromImage","image":{"uri":"https://a.blob.core.windows.net/i/i.vhd"},"osType":"Linux"}}`
		platform = `{"imageReference":{"publisher":"Canonical","offer":"ubuntu","sku":"server","version":"latest"}}`
		managed  = `{"imageReference":{"id":"/subscriptions/s/resourceGroups/r/providers/Microsoft.Compute/images/i"}}`
		gallery  = `{"imageReference":{"id":"/subscriptions/s/resourceGroups/r/providers/Microsoft.Compute/galleries/g/images/i"}}`
		blobs    = `{"imageReference":{"publisher":"Canonical","offer":"ubuntu","sku":"server","version":"latest"},"osDisk":{"createOption":"FromImage","vhdContainers":["https://a.blob.core.windows.net/v","https://a.blob.core.windows.net/w","https://b.blob.core.windows.net/v"]}}`
	)
	tests := []struct {
		name   string
		values map[string]string
		want   []string
	}{
		{"custom image in the preview", map[string]string{"storage": vhd, "apiVersion": "2015-06-15"}, []string{"capacity 40 error"}},
		{"platform image in the preview", map[string]string{"storage": platform, "apiVersion": "2015-06-15"}, []string{"capacity 100 error"}},
		{"custom image", map[string]string{"storage": vhd}, []string{"capacity 40 error"}},
		{"custom image, overprovisioned", map[string]string{"storage": vhd, "over": "true"}, []string{"capacity 20 warning", "capacity 40 error"}},
		{"platform image", map[string]string{"storage": platform}, []string{"capacity 1000 error"}},
		{"managed image", map[string]string{"storage": managed}, []string{"capacity 600 error"}},
		{"gallery image", map[string]string{"storage": gallery}, []string{"capacity 1000 error"}},
		{"one placement group", map[string]string{"storage": gallery, "one": "true"}, []string{"placement-group 100 error", "capacity 1000 error"}},
		{"one placement group in two zones", map[string]string{"storage": gallery, "one": "true", "zones": `["1","2"]`}, []string{"placement-group 200 error", "capacity 1000 error"}},
		// Two of three containers lie in account a: it is full at 30 of 40 pairs.
		{"storage accounts", map[string]string{"storage": blobs}, []string{"large-set-disks 40 warning", "accounts 60 warning", "capacity 100 error", "accounts 120 error"}},
		{"storage accounts, overprovisioned", map[string]string{"storage": blobs, "over": "true"}, []string{"accounts 30 warning", "capacity 100 error", "accounts 120 error"}},
		{"Flexible", map[string]string{"storage": platform, "mode": "Flexible", "apiVersion": "2023-09-01"}, []string{"capacity 1000 error"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := plan(t, instances.FromTemplate(template(t, "image.json", tt.values), guidance.Auto), "", whatif.Options{})
			var got []string
			for _, l := range p.Limits {
				if l.Name == "region-instances" { // of all sets alike
					continue
				}
				got = append(got, l.Name+" "+strconv.Itoa(l.First()-1)+" "+l.Severity.String())
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("limits (-want +got):\n%s", diff)
			}
		})
	}
}

const zonalTemplate = `{"imageReference":{"publisher":"Canonical","offer":"ubuntu","sku":"server","version":"latest"}}`

// A regional set that stands, and a template that gives it zones: the new
// instances go to zones, and the regional ones leave first (virtual-machine-scale-sets-use-availability-zones).
func TestTemplateOverList(t *testing.T) {
	list, err := instances.Read("list.json", []byte(`[
 {"instanceId":"0","name":"web_0","instanceView":{"platformFaultDomain":0,"platformUpdateDomain":0}},{"instanceId":"1","name":"web_1","instanceView":{"platformFaultDomain":1,"platformUpdateDomain":1}},
 {"instanceId":"2","name":"web_2","instanceView":{"platformFaultDomain":2,"platformUpdateDomain":2}},{"instanceId":"3","name":"web_3","instanceView":{"platformFaultDomain":3,"platformUpdateDomain":3}},
 {"instanceId":"4","name":"web_4","instanceView":{"platformFaultDomain":4,"platformUpdateDomain":4}}]`))
	if err != nil {
		t.Fatal(err)
	}
	s := instances.FromTemplate(template(t, "image.json", map[string]string{"storage": zonalTemplate, "zones": `["1","2","3"]`}), guidance.Auto)
	if err := s.AddInstances(list); err != nil {
		t.Fatal(err)
	}
	p := plan(t, s, "10,5", whatif.Options{})
	if b := p.Steps[0].Balance; !slices.Equal(b.Zones, []int{2, 2, 1}) || b.Regional != 5 {
		t.Errorf("at 10: zones %v, %d regional", b.Zones, b.Regional)
	}
	if got := ids(p.Steps[1].Removed); !slices.Equal(got, []int{4, 3, 2, 1, 0}) {
		t.Errorf("10 to 5 removes %v", got)
	}
	// Without a series, the capacity of the template is the change.
	if p := plan(t, s, "", whatif.Options{}); len(p.Steps) != 1 || p.Steps[0].From != 5 || p.Steps[0].To != 3 {
		t.Errorf("steps: %d", len(p.Steps))
	}
}

func TestListOfOtherKind(t *testing.T) {
	list, err := instances.Read("list.json", []byte(`[{"name":"web_9f0e1d2c","instanceId":"web_9f0e1d2c","id":"/subscriptions/s/resourceGroups/r/providers/Microsoft.Compute/virtualMachines/web_9f0e1d2c"}]`))
	if err != nil {
		t.Fatal(err)
	}
	s := instances.FromTemplate(template(t, "image.json", map[string]string{"storage": zonalTemplate}), guidance.Auto)
	want := "the template has Uniform orchestration, but the listed instances belong to a scale set with Flexible; the mode of an existing scale set cannot change"
	if got := mistake(t, s.AddInstances(list)); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// The numbers of domains follow from what instances show.
func TestDomainsOfList(t *testing.T) {
	current, preview := placement.Current, placement.Preview
	tests := []struct {
		name   string
		text   string
		model  *placement.Model
		fd, ud int
	}{
		{"five", `[{"instanceId":0,"instanceView":{"platformFaultDomain":0,"platformUpdateDomain":0}},{"instanceId":1,"instanceView":{"platformFaultDomain":1,"platformUpdateDomain":1}}]`, &current, 5, 5},
		{"one of one", `[{"instanceId":0,"instanceView":{"platformFaultDomain":0,"platformUpdateDomain":0}}]`, &current, 5, 5},
		{"max spreading", `[{"instanceId":0,"instanceView":{"platformFaultDomain":0,"platformUpdateDomain":0}},{"instanceId":2,"instanceView":{"platformFaultDomain":0,"platformUpdateDomain":0}}]`, &current, 1, 1},
		{"zonal", `[{"instanceId":0,"zones":["1"],"instanceView":{"platformFaultDomain":0,"platformUpdateDomain":0}}]`, &current, 1, 1},
		{"more than five update domains", `[{"instanceId":0,"instanceView":{"platformFaultDomain":1,"platformUpdateDomain":7}}]`, &current, 5, 8},
		{"preview", `[{"instanceId":0,"instanceView":{"platformFaultDomain":1,"platformUpdateDomain":1}}]`, &preview, 3, 5},
		{"later than the preview", `[{"instanceId":0,"instanceView":{"platformFaultDomain":4,"platformUpdateDomain":1}}]`, &preview, 5, 5},
		{"flexible", `[{"instanceId":"a_x","instanceView":{"platformFaultDomain":2}}]`, &current, 3, 0},
	}
	for _, tt := range tests {
		s, err := instances.Read("list.json", []byte(tt.text))
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		c := plan(t, s, "1", whatif.Options{Model: tt.model}).Config
		if c.FaultDomains != tt.fd || c.UpdateDomains != tt.ud {
			t.Errorf("%s: %d x %d, want %d x %d", tt.name, c.FaultDomains, c.UpdateDomains, tt.fd, tt.ud)
		}
	}
}

func TestParseID(t *testing.T) {
	s := instances.New("web")
	s.Names = map[int]string{3: "web_9f0e1d2c"}
	for text, want := range map[string]int{"17": 17, "web_17": 17, "WEB_4": 4, "web_9f0e1d2c": 3} {
		if got, err := s.ParseID(text); err != nil || got != want {
			t.Errorf("ParseID(%s) = %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "-1", "db_17", "web_x", "web"} {
		_, err := s.ParseID(text)
		if got := mistake(t, err); got != strconv.Quote(text)+" is not an instance of web; use an id such as 17, or a name such as web_17" {
			t.Errorf("ParseID(%q): %s", text, got)
		}
	}
}

func TestExplainClasses(t *testing.T) {
	line := func(p *whatif.Plan) string { return p.Explanations[0].Lines[0] }
	tests := []struct {
		name string
		to   string
		o    whatif.Options
		want string
	}{
		{"unhealthy", "5", whatif.Options{From: ptr(6), UnhealthyFirst: ptr(true), Deallocated: []int{1}, Explain: []int{1}},
			"step 1: it is removed, as number 1: unhealthy and deallocated instances are removed first; fault domain 1 has the most instances, 1; among these, update domain 1 has the most instances (2 in the scale set); of the instances left it is the newest"},
		{"oldest in zones", "5", whatif.Options{From: ptr(6), Zones: []string{"1", "2", "3"}, Policy: ptr(placement.OldestVM), Explain: []int{0}},
			"step 1: it is removed, as number 1: zone 1 has the most instances, 2, as many as 2 other zones; of the instances left it is the oldest"},
		{"spot", "9", whatif.Options{From: ptr(10), Flexible: ptr(true), Mix: &placement.PriorityMix{Base: 2, RegularPercent: 50}, Explain: []int{5}},
			"step 1: it is removed, as number 1: the priority mix requires the removal of a regular instance; of the instances left it is the newest"},
		{"surplus", "12", whatif.Options{From: ptr(10), Overprovision: ptr(true), Explain: []int{15}},
			"step 1: overprovisioning creates it and deletes it again; which ids remain is random, and the preview keeps the lowest"},
		{"max spreading", "12", whatif.Options{From: ptr(10), FaultDomains: 1, Explain: []int{10}},
			"step 1: it is added on any rack with room (max spreading)"},
	}
	for _, tt := range tests {
		if got := line(plan(t, instances.New("web"), tt.to, tt.o)); got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, got, tt.want)
		}
	}
}

func TestKinds(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range whatif.Kinds() {
		if seen[string(k.Code)] || seen[k.Name] || k.Summary == "" {
			t.Errorf("%s %s is there twice, or says nothing", k.Code, k.Name)
		}
		seen[string(k.Code)], seen[k.Name] = true, true
	}
}
