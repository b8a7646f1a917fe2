package review_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/review"
	"github.com/scaleset/scaleset/pkg/review/diff"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

func reviewed(t *testing.T, api, members string, o review.Options) *review.Review {
	t.Helper()
	text := fmt.Sprintf(`{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
		"parameters": {"any": {"type": "string"}, "n": {"type": "int"}}, "resources": [
		{"type": "Microsoft.Compute/virtualMachineScaleSets", "name": "web", "apiVersion": %q, "location": "[parameters('any')]", %s}]}`, api, members)
	d := expand.Expand(arm.ParseTemplate(jsonc.Parse(source.NewFile("t.json", []byte(text)))), expand.Options{Context: funcs.Context{
		TenantID: "t", SubscriptionID: "s", ResourceGroup: "rg", Location: "westus2", DeploymentName: "d"}})
	if d.Diagnostics.HasErrors() {
		t.Fatal(d.Diagnostics)
	}
	r, err := review.New(d, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// facts are those of the first set by name.
func facts(r *review.Review) map[string]string {
	all := map[string]string{}
	for _, g := range r.Sets[0].Facts {
		for _, f := range g.Facts {
			text := f.Value
			if f.Default {
				text += " (default)"
			}
			if f.Unknown {
				text += " (unknown)"
			}
			all[f.Name] = text
		}
	}
	return all
}

func TestFacts(t *testing.T) {
	tests := []struct {
		name, api, members string
		want               map[string]string
	}{
		{"defaults of today", "2023-03-01", `"sku": {"name": "Standard_A1", "capacity": 3}, "properties": {"virtualMachineProfile": {"storageProfile": {"osDisk": {"osType": "Linux"}}}}`,
			map[string]string{"Size": "Standard_A1", "Capacity": "3", "Location": "[parameters('any')] (unknown)", "System": "Linux", "OS disk": "managed",
				"Fault domains": "5 (default)", "Overprovisioning": "on (default)", "Placement groups": "one (default)", "Upgrade policy": "Manual (default)", "Health": "not watched (default)"}},
		{"the preview", "2015-06-15", `"sku": {"capacity": 3}, "properties": {"virtualMachineProfile": {"storageProfile": {"osDisk": {"vhdContainers": ["https://a.blob.core.windows.net/x", "https://b.blob.core.windows.net/x"]}}}}`,
			map[string]string{"Orchestration": "Uniform (default)", "OS disk": "unmanaged, in 2 containers of 2 storage accounts", "Fault domains": "3, in the preview (default)", "Overprovisioning": "off (default)"}},
		{"written out", "2023-03-01", `"zones": ["1", "2"], "properties": {"platformFaultDomainCount": 1, "scaleInPolicy": {"rules": ["OldestVM"]}, "automaticRepairsPolicy": {"enabled": true},
			"virtualMachineProfile": {"extensionProfile": {"extensions": [{"name": "h", "properties": {"publisher": "p", "type": "ApplicationHealthLinux"}}]},
			"storageProfile": {"dataDisks": [{"lun": 0, "diskSizeGB": 8}, {"lun": 1}], "imageReference": {"publisher": "p", "offer": "o", "sku": "s", "version": "1"}}}}`,
			map[string]string{"Zones": "1, 2", "Fault domains": "1", "Scale-in": "OldestVM", "Repairs": "automatic", "Health": "application health extension",
				"Data disks": "2: 8 GB, as the image", "Image": "p : o : s : 1", "Placement groups": "several (default)"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			all := facts(reviewed(t, tt.api, tt.members, review.Options{}))
			got := map[string]string{}
			for name := range tt.want {
				got[name] = all[name]
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestCapacity(t *testing.T) {
	nine := 9
	const members = `"sku": {"name": "Standard_A1", "capacity": 6}, "properties": {"platformFaultDomainCount": 3, "virtualMachineProfile": {}}`
	r := reviewed(t, "2023-03-01", members, review.Options{Current: &nine, Changes: []whatif.Change{{Amount: 12}}})
	s := r.Sets[0]
	var got []string
	for _, step := range s.Plan.Steps {
		got = append(got, fmt.Sprint(step.From, " to ", step.To))
	}
	if diff := cmp.Diff([]string{"9 to 6", "6 to 12"}, got); diff != "" {
		t.Errorf("steps (-want +got):\n%s", diff)
	}
	if len(s.Bars) == 0 || s.Bars[0].Now != 12 || s.Bars[0].Share() != 12/float64(s.Bars[0].Limit.Max) {
		t.Errorf("limits %+v", s.Bars)
	}
	if len(s.Losses) == 0 || s.Losses[0].Domain != "fault domain" || s.Losses[0].Of != 12 || s.Losses[0].Leaves != 8 {
		t.Errorf("losses %+v", s.Losses)
	}
	if len(r.Unknown) != 1 || r.Unknown[0].Expression != "parameters('any')" {
		t.Errorf("unknown %+v", r.Unknown)
	}
}

func TestUnknownCapacity(t *testing.T) {
	r := reviewed(t, "2023-03-01", `"sku": {"capacity": "[parameters('n')]"}, "properties": {"virtualMachineProfile": {}}`, review.Options{})
	if r.Sets[0].Plan != nil || r.Sets[0].WhyNot == "" {
		t.Errorf("plan %v, %q", r.Sets[0].Plan, r.Sets[0].WhyNot)
	}
}

// TestPreviewsAreBounded: more scale sets than Azure accepts in a template are listed,
// and the rest are not previewed.
func TestPreviewsAreBounded(t *testing.T) {
	members := `"sku": {"name": "Standard_A1", "capacity": 2}, "properties": {"virtualMachineProfile": {}}`
	for i := range 800 {
		members += fmt.Sprintf(`}, {"type": "Microsoft.Compute/virtualMachineScaleSets", "name": "web%d", "apiVersion": "2023-03-01", "location": "westus2", "sku": {"name": "Standard_A1", "capacity": 2}, "properties": {"virtualMachineProfile": {}}`, i)
	}
	r := reviewed(t, "2023-03-01", members, review.Options{})
	if len(r.Sets) != 801 || r.Sets[799].Plan == nil || r.Sets[799].WhyNot != "" {
		t.Fatalf("%d sets, number 800 has %q", len(r.Sets), r.Sets[799].WhyNot)
	}
	if last := r.Sets[800]; last.Plan != nil || last.WhyNot != "only the first 800 scale sets of a deployment are previewed" || last.Footprint.Instances != 2 {
		t.Errorf("number 801: %+v", last)
	}
	if total := r.Total(); total.Instances != 1602 {
		t.Errorf("total %+v", total)
	}
}

// TestInstancesAreBounded: a template with more instances than any scale set has is
// reviewed, and the diff says that it has no preview of them.
func TestInstancesAreBounded(t *testing.T) {
	members := func(n int) string {
		return fmt.Sprintf(`"sku": {"name": "Standard_A1", "capacity": %d}, "properties": {"virtualMachineProfile": {}}`, n)
	}
	if r := reviewed(t, "2023-03-01", members(100_000), review.Options{}); r.Sets[0].Plan == nil {
		t.Errorf("100,000 instances have no preview: %s", r.Sets[0].WhyNot)
	}
	older, newer := reviewed(t, "2023-03-01", members(5), review.Options{}), reviewed(t, "2023-03-01", members(100_001), review.Options{})
	if s := newer.Sets[0]; s.Plan != nil || s.WhyNot != "a review previews at most 100000 instances" {
		t.Errorf("100,001 instances: %q", s.WhyNot)
	}
	d := diff.Compare(diff.Side{Name: "o", Deployment: older.Deployment}, diff.Side{Name: "n", Deployment: newer.Deployment}, diff.Options{})
	if r := d.Resources[0]; r.Plan != nil || !strings.Contains(r.Note, "the capacity is not previewed: a comparison previews at most 100000 instances") {
		t.Errorf("the note of the diff is %q", r.Note)
	}
}

// A review against what exists starts from it: five regional instances stay where
// they are, and the capacity of the template is the first change.
func TestReviewStartsFromOld(t *testing.T) {
	const plain = `"sku": {"name": "Standard_D2s_v3", "capacity": %d}, %s "properties": {"overprovision": false, "singlePlacementGroup": false, "virtualMachineProfile": {}}`
	older := reviewed(t, "2023-09-01", fmt.Sprintf(plain, 5, ""), review.Options{})
	r := reviewed(t, "2023-09-01", fmt.Sprintf(plain, 10, `"zones": ["1", "2", "3"],`), review.Options{Older: older.Deployment})
	plan := r.Sets[0].Plan
	if len(plan.Steps) != 1 || plan.Steps[0].From != 5 || plan.Steps[0].To != 10 || plan.Steps[0].Balance.Regional != 5 {
		t.Fatalf("steps %+v", plan.Steps)
	}
	if l := r.Sets[0].Losses[0]; l.Domain != "zone" || l.Leaves != 3 {
		t.Errorf("the loss of a %s leaves %d, want a zone and 3", l.Domain, l.Leaves)
	}
	list, err := instances.Read("l.json", []byte(`[{"instanceId":"3","name":"web_3"},{"instanceId":"8","name":"web_8"}]`))
	if err != nil {
		t.Fatal(err)
	}
	r = reviewed(t, "2023-09-01", fmt.Sprintf(plain, 1, ""), review.Options{List: list})
	if step := r.Sets[0].Plan.Steps[0]; step.From != 2 || step.Removed[0].ID != 8 {
		t.Errorf("step %+v", step)
	}
}

// A review of changes holds the plan of each set that both sides have, or why
// there is none.
func TestReviewRollsOut(t *testing.T) {
	const set = `"sku": {"name": "Standard_D2s_v3", "capacity": 10}, "properties": {"overprovision": false, "upgradePolicy": {"mode": "Rolling"},
  "virtualMachineProfile": {"storageProfile": {"imageReference": {"publisher": "p", "offer": "o", "sku": "s", "version": "%s"}}}}`
	older := reviewed(t, "2023-09-01", fmt.Sprintf(set, "1.0.0"), review.Options{})
	newer := reviewed(t, "2023-09-01", fmt.Sprintf(set, "1.0.1"), review.Options{})
	compared := diff.Compare(diff.Side{Deployment: older.Deployment}, diff.Side{Deployment: newer.Deployment}, diff.Options{})
	r, err := review.New(newer.Deployment, review.Options{Older: older.Deployment, Diff: compared})
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Sets[0].Rollout; got == nil || len(got.Plan.Batches) != 5 || got.Plan.Worst.Running != 8 {
		t.Errorf("rollout %+v", got)
	}
	if r := newer.Sets[0]; r.Rollout != nil || r.WhyNoRollout != "" {
		t.Errorf("a review without a comparison has a rollout: %+v", r)
	}
}
