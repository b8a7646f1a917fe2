package terraform_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/review/diff"
	"github.com/scaleset/scaleset/pkg/review/rollout"
	"github.com/scaleset/scaleset/pkg/review/terraform"
)

func read(t testing.TB, text []byte) (*terraform.Plan, error) {
	t.Helper()
	tree, err := terraform.Parse("tfplan.json", text)
	if err != nil {
		return nil, err
	}
	return terraform.Read(tree)
}

// own is a plan of our own making: a change of the size, one of the capacity, a
// new set, one that is deleted and one that is replaced.
func own(t testing.TB) *terraform.Plan {
	t.Helper()
	text, err := os.ReadFile("testdata/plan.json")
	if err != nil {
		t.Fatal(err)
	}
	p, err := read(t, text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func sets(s terraform.Side) map[string]*vmss.ScaleSet {
	all := map[string]*vmss.ScaleSet{}
	for _, set := range vmss.New(s.Deployment).ScaleSets {
		all[set.Name] = set
	}
	return all
}

// TestRead: the arguments are properties, with their places in the file.
func TestRead(t *testing.T) {
	p := own(t)
	if len(p.Old.Deployment.Diagnostics)+len(p.New.Deployment.Diagnostics) > 0 {
		t.Errorf("diagnostics: %v %v", p.Old.Deployment.Diagnostics, p.New.Deployment.Diagnostics)
	}
	if !slices.Equal(p.Created, []string{"api"}) || !slices.Equal(p.Deleted, []string{"old"}) || !slices.Equal(p.Replaced, []string{"moved"}) {
		t.Errorf("created %v, deleted %v, replaced %v", p.Created, p.Deleted, p.Replaced)
	}
	older, newer := sets(p.Old), sets(p.New)
	if len(older) != 3 || len(newer) != 3 { // web, batch and old; web, batch and api
		t.Fatalf("%d sets before, %d after", len(older), len(newer))
	}
	text := func(f vmss.Field[string]) string { s, _ := f.Known(); return s }
	web := newer["web"]
	if text(older["web"].SKUName) != "Standard_D2s_v5" || text(web.SKUName) != "Standard_D4s_v5" || text(web.UpgradePolicy.Mode) != "Rolling" || text(web.Location) != "westus2" {
		t.Errorf("web: %s to %s", text(older["web"].SKUName), text(web.SKUName))
	}
	if zones, ok := web.Zones.Count(); zones != 3 || !ok || web.System() != vmss.Linux {
		t.Errorf("web: %d zones, %v", zones, web.System())
	}
	if n, ok := web.UpgradePolicy.Rolling.MaxBatchPercent.Known(); !ok || n != 20 {
		t.Errorf("web: batches of %d%%", n)
	}
	if e, ok := web.HealthExtension(); !ok || e.Settings.Node.Get("intervalInSeconds") == nil {
		t.Error("web has no health extension with its settings")
	}
	if at := web.SKUName.Place().At(); at.StartPosition().Line < 5 {
		t.Errorf("the size stands in line %d", at.StartPosition().Line)
	}
	if batch := newer["batch"]; batch.System() != vmss.Windows || text(batch.LicenseType) != "Windows_Server" {
		t.Errorf("batch: %v, %s", batch.System(), text(batch.LicenseType))
	}
	if n, _ := newer["batch"].Capacity.Known(); n != 130 {
		t.Errorf("batch has %d instances", n)
	}
	api := newer["api"]
	if flexible, ok := api.Flexible(); !flexible || !ok || !api.PriorityMix.IsSet() {
		t.Error("api is not a Flexible set with a priority mix")
	}
}

// TestUnknown: an argument that is known only after the plan is applied is
// neither absent nor known.
func TestUnknown(t *testing.T) {
	p := own(t)
	api := sets(p.New)["api"]
	subnet := api.Network.IPConfigurations()[0].Subnet.ID
	if subnet.State != vmss.Unknown {
		t.Errorf("the subnet is %v", subnet.State)
	}
	if api.ProximityGroup.ID.State != vmss.Unknown {
		t.Errorf("the proximity placement group is %v", api.ProximityGroup.ID.State)
	}
	want := []string{"azurerm_orchestrated_virtual_machine_scale_set.api: network_interface[0].ip_configuration[0].load_balancer_backend_address_pool_ids",
		"azurerm_orchestrated_virtual_machine_scale_set.api: network_interface[0].ip_configuration[0].subnet_id", "azurerm_orchestrated_virtual_machine_scale_set.api: proximity_placement_group_id"}
	if !slices.Equal(p.Unknown, want) {
		t.Errorf("unknown: %q", p.Unknown)
	}
	if want := []string{"module.jobs.azurerm_windows_virtual_machine_scale_set.batch[0]: additional_unattend_content"}; !slices.Equal(p.Unmapped, want) {
		t.Errorf("unmapped: %q", p.Unmapped)
	}
	if !slices.Contains(p.Sensitive, "Pa55-Terraform-Canary") {
		t.Error("the password is not among the sensitive texts")
	}
}

// TestRollout: the size reaches the instances in batches, the capacity adds some.
func TestRollout(t *testing.T) {
	p := own(t)
	d := diff.Compare(diff.Side{Name: "old", Deployment: p.Old.Deployment}, diff.Side{Name: "new", Deployment: p.New.Deployment}, diff.Options{})
	pairs := rollout.Pairs(d)
	if len(pairs) != 2 {
		t.Fatalf("%d sets are on both sides", len(pairs))
	}
	for _, pair := range pairs {
		r, err := rollout.Of(pair.Older, pair.Newer, pair.Changes, rollout.Options{})
		if err != nil {
			t.Fatal(err)
		}
		switch r.Name {
		case "web":
			// 20% of 9 is one at a time.
			if len(r.Plan.Batches) != 9 || r.From != 9 || !slices.Equal(r.Paths, []string{"sku.name"}) {
				t.Errorf("web: %d batches of %d instances, %v", len(r.Plan.Batches), r.From, r.Paths)
			}
		case "batch":
			if len(r.Plan.Batches) != 0 || r.From != 4 || r.To != 130 || len(r.Paths) != 0 {
				t.Errorf("batch: %d batches, %d to %d, %v", len(r.Plan.Batches), r.From, r.To, r.Paths)
			}
		}
	}
}

// TestParse: what a plan holds beside scale sets costs nothing, and the scale sets
// keep their places.
func TestParse(t *testing.T) {
	text, err := os.ReadFile("testdata/plan.json")
	if err != nil {
		t.Fatal(err)
	}
	var filler strings.Builder
	for range 200_000 {
		filler.WriteString(`{"type": "azurerm_subnet", "a": [1, 2, {"b": "\n"}]},`)
	}
	large := strings.Replace(string(text), `"resource_changes": [`, `"resource_changes": [`+filler.String(), 1)
	large = strings.Replace(large, `"configuration": {`, `"configuration": {"a": [`+strings.TrimSuffix(filler.String(), ",")+`],`+"\n", 1)
	large = strings.Replace(large, "],\n}", "]}", 1)
	p, err := read(t, []byte(large))
	if err != nil {
		t.Fatal(err)
	}
	for name, set := range sets(p.New) {
		want := sets(own(t).New)[name].SKUName.Place().At().StartPosition().Line
		at := set.SKUName.Place().At()
		if got := at.StartPosition().Line; got != want || !strings.HasPrefix(large[at.Start:], `"Standard_D`) {
			t.Errorf("%s: the size stands in line %d, want %d: %.30s", name, got, want, large[at.Start:])
		}
	}
}

func TestReadMistakes(t *testing.T) {
	set := func(change string) string {
		return `{"format_version": "1.2", "resource_changes": [{"address": "a.b", "type": "azurerm_linux_virtual_machine_scale_set", "name": "b", "change": ` + change + `}]}`
	}
	for text, want := range map[string]string{
		`{}`: "is not a Terraform plan in JSON", `[]`: "is not a Terraform plan in JSON", `{"format_version": "2.0", "resource_changes": []}`: "format_version that is not 1.x",
		`{"format_version": "1.2", "resource_changes": 3}`: "is not a Terraform plan in JSON", `{"format_version": "1.2", "resource_changes": [3, {"type": "azurerm_subnet"}]}`: "has no scale set", set(`3`): "a.b has no change",
	} {
		if _, err := read(t, []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
	// Text that looks like an expression stays text; blocks of another kind are
	// skipped.
	p, err := read(t, []byte(set(`{"actions": ["create"], "before": null, "after": {"name": "[resourceGroup().name]", "instances": "x", "os_disk": 3, "zones": {"a": 1}, "extension": [1, null, {"settings": "{"}]}, "after_unknown": true}`)))
	if err != nil || vmss.New(p.New.Deployment).ScaleSets[0].Name != "[resourceGroup().name]" {
		t.Errorf("%v, %v", p, err)
	}
}

func FuzzRead(f *testing.F) {
	text, err := os.ReadFile("testdata/plan.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(`{"format_version": "1.2", "resource_changes": [{"type": "azurerm_orchestrated_virtual_machine_scale_set", "change": {"actions": ["update"], "before": {}, "after": {}, "after_unknown": true}}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		if p, err := read(t, text); err == nil {
			vmss.New(p.Old.Deployment)
			vmss.New(p.New.Deployment)
		}
	})
}
