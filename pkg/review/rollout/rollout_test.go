package rollout_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/upgrade"
	"github.com/scaleset/scaleset/pkg/review/diff"
	"github.com/scaleset/scaleset/pkg/review/rollout"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// template is a scale set of 10 instances with some members of its sku, its
// upgrade policy and its profile.
func template(sku, policy, profile string) *expand.Deployment {
	text := `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [
  {"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2024-07-01", "name": "web", "location": "westus2", "sku": {"name": "Standard_D2s_v5", "capacity": 10` + sku + `},
   "properties": {"orchestrationMode": "Uniform", "overprovision": false, "upgradePolicy": {` + policy + `}, "virtualMachineProfile": {"osProfile": {"linuxConfiguration": {}}, "networkProfile": {"networkInterfaceConfigurations": []}` + profile + `}}}]}`
	return expand.Expand(arm.ParseTemplate(jsonc.Parse(source.NewFile("t.json", []byte(text)))), expand.Options{})
}

// plan compares two templates and plans the upgrade of their scale set.
func plan(t *testing.T, older, newer *expand.Deployment, o rollout.Options) (*rollout.Rollout, error) {
	t.Helper()
	d := diff.Compare(diff.Side{Name: "old", Deployment: older}, diff.Side{Name: "new", Deployment: newer}, diff.Options{})
	var changes []diff.Change
	for _, r := range d.Resources {
		changes = append(changes, r.Changes...)
	}
	return rollout.Of(vmss.New(older).ScaleSets[0], vmss.New(newer).ScaleSets[0], changes, o)
}

const (
	rolling = `"mode": "Rolling", "rollingUpgradePolicy": {"maxBatchInstancePercent": 20, "pauseTimeBetweenBatches": "PT1M"}`
	image   = `, "storageProfile": {"imageReference": {"publisher": "Canonical", "offer": "ubuntu-24_04-lts", "sku": "server", "version": "VERSION"}}`
)

func version(v string) string { return strings.ReplaceAll(image, "VERSION", v) }

// TestOf: what changes of each kind do under each mode.
func TestOf(t *testing.T) {
	health := `, "extensionProfile": {"extensions": [{"name": "h", "properties": {"publisher": "Microsoft.ManagedServices", "type": "ApplicationHealthLinux", "typeHandlerVersion": "2.0", "settings": {"protocol": "tcp", "port": 80, "intervalInSeconds": 10, "numberOfProbes": 3, "gracePeriod": 120}}}]}`
	for _, tt := range []struct {
		name         string
		older, newer *expand.Deployment
		action       upgrade.Action
		batches      int
		byHand       int
		capacity     int
	}{
		{"an image under Rolling", template("", rolling, version("1.0.0")), template("", rolling, version("1.0.1")), upgrade.Reimage, 5, 0, 10},
		{"an image under Manual", template("", `"mode": "Manual"`, version("1.0.0")), template("", `"mode": "Manual"`, version("1.0.1")), upgrade.Reimage, 0, 10, 10},
		{"an image under Automatic", template("", `"mode": "Automatic"`, version("1.0.0")), template("", `"mode": "Automatic"`, version("1.0.1")), upgrade.Reimage, 1, 0, 10},
		{"an extension", template("", rolling, ""), template("", rolling, health), upgrade.InPlace, 5, 0, 10},
		{"nothing", template("", rolling, health), template("", rolling, health), upgrade.Nothing, 0, 0, 10},
		{"capacity alone", template("", rolling, ""), template(`, "capacity": 12`, rolling, ""), upgrade.Nothing, 0, 0, 10},
	} {
		r, err := plan(t, tt.older, tt.newer, rollout.Options{})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if r.Plan.Change.Action != tt.action || len(r.Plan.Batches) != tt.batches || len(r.Plan.ByHand) != tt.byHand || r.From != tt.capacity {
			t.Errorf("%s: %v in %d batches, %d by hand, from %d; want %v, %d, %d, %d", tt.name, r.Plan.Change.Action, len(r.Plan.Batches), len(r.Plan.ByHand), r.From,
				tt.action, tt.batches, tt.byHand, tt.capacity)
		}
	}
	// The wait is the grace period of the extension, which is longer than twice
	// interval x probes; the pause is that of the policy.
	r, err := plan(t, template("", rolling, health+version("1.0.0")), template("", rolling, health+version("1.0.1")), rollout.Options{Work: upgrade.Minutes{Least: 3, Most: 4}})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := r.Plan.Batches[0].Took, (upgrade.Minutes{Least: 3 + 2, Most: 4 + 2 + 5}); got != want {
		t.Errorf("a batch takes %v, want %v", got, want)
	}
	if r.Plan.Policy.Pause != time.Minute {
		t.Errorf("the pause is %v", r.Plan.Policy.Pause)
	}
}

// TestFindings: each code, at its border.
func TestFindings(t *testing.T) {
	older, newer := template("", rolling, version("1.0.0")), template("", rolling, version("1.0.1"))
	for _, tt := range []struct {
		o    rollout.Options
		want string
	}{
		{rollout.Options{}, ""},
		{rollout.Options{MinRunning: 8}, ""},
		{rollout.Options{MinRunning: 9}, "SS7911"},
		{rollout.Options{Fail: []string{"0"}}, "SS7910"},
		{rollout.Options{Unhealthy: []string{"web_1", "2"}}, ""},
		{rollout.Options{Unhealthy: []string{"1", "2", "3"}}, "SS7910"},
	} {
		r, err := plan(t, older, newer, tt.o)
		if err != nil {
			t.Errorf("%+v: %v", tt.o, err)
			continue
		}
		got := ""
		for _, d := range r.Findings {
			got += string(d.Code)
			if d.Subject.IsZero() || d.Pointer == "" || d.Resource == "" {
				t.Errorf("%s has no place: %+v", d.Code, d)
			}
		}
		if got != tt.want {
			t.Errorf("%+v: findings %q, want %q", tt.o, got, tt.want)
		}
	}
}

// TestServicePlans: what Azure does by itself.
func TestServicePlans(t *testing.T) {
	for _, tt := range []struct {
		name   string
		policy string
		more   string // beside the profile
		o      rollout.Options
		mode   upgrade.Mode
		sizes  []int
		action upgrade.Action
		notes  []string
	}{
		{"an OS upgrade by the defaults", `"mode": "Manual", "automaticOSUpgradePolicy": {"enableAutomaticOSUpgrade": true}`, "", rollout.Options{OSUpgrade: true},
			upgrade.Rolling, []int{2, 2, 2, 2, 2}, upgrade.Reimage, []string{"useRollingUpgradePolicy is off", `imageReference.version is "1.0.0"`}},
		{"an OS upgrade by the policy", `"mode": "Manual", "rollingUpgradePolicy": {"maxBatchInstancePercent": 50}, "automaticOSUpgradePolicy": {"enableAutomaticOSUpgrade": true, "useRollingUpgradePolicy": true}`, "",
			rollout.Options{OSUpgrade: true}, upgrade.Rolling, []int{2, 2, 2, 2, 2}, upgrade.Reimage, nil}, // a batch stays in its update domain
		{"an OS upgrade that is off", `"mode": "Manual"`, "", rollout.Options{OSUpgrade: true}, upgrade.Rolling, []int{2, 2, 2, 2, 2}, upgrade.Reimage, []string{"Automatic OS upgrades are off"}},
		{"repairs", rolling, "", rollout.Options{Repairs: true, Unhealthy: []string{"3", "web_5"}}, upgrade.Repair, []int{1, 1}, upgrade.Replace, []string{"Automatic repairs are off"}},
	} {
		set := template("", tt.policy, version("1.0.0"))
		r, err := plan(t, set, set, tt.o)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		var sizes []int
		for _, b := range r.Plan.Batches {
			sizes = append(sizes, len(b.Instances))
		}
		if r.Plan.Policy.Mode != tt.mode || !slices.Equal(sizes, tt.sizes) || r.Plan.Change.Action != tt.action {
			t.Errorf("%s: %v, batches of %v, %v", tt.name, r.Plan.Policy.Mode, sizes, r.Plan.Change.Action)
		}
		for _, want := range tt.notes {
			if !noted(r, want) {
				t.Errorf("%s: no note says %q: %v", tt.name, want, r.Notes)
			}
		}
	}
}

func noted(r *rollout.Rollout, text string) bool {
	return slices.ContainsFunc(r.Notes, func(n upgrade.Note) bool { return strings.Contains(n.Text, text) })
}

// TestContradictions: a policy that Azure does not accept has a line for each
// reason, and is planned anyway.
func TestContradictions(t *testing.T) {
	for policy, want := range map[string]string{
		`"mode": "Rolling", "rollingUpgradePolicy": {"maxBatchInstancePercent": 0}`:                                     "maxBatchInstancePercent is 0, which Azure rejects",
		`"mode": "Rolling", "rollingUpgradePolicy": {"maxUnhealthyInstancePercent": 120}`:                               "maxUnhealthyInstancePercent is 120",
		`"mode": "Rolling", "rollingUpgradePolicy": {"maxBatchInstancePercent": 50, "maxUnhealthyInstancePercent": 20}`: "maxUnhealthyInstancePercent (20) is below maxBatchInstancePercent (50)",
		`"mode": "Rolling", "rollingUpgradePolicy": {"pauseTimeBetweenBatches": "5 minutes"}`:                           `pauseTimeBetweenBatches "5 minutes" is not an ISO 8601 duration`,
		`"mode": "Rolling"`: "Azure rejects mode Rolling without a load balancer probe",
		``:                  "The template has no upgrade mode, so the plan assumes Manual",
	} {
		r, err := plan(t, template("", policy, version("1.0.0")), template("", policy, version("1.0.1")), rollout.Options{})
		if err != nil {
			t.Errorf("%s: %v", policy, err)
			continue
		}
		if !noted(r, want) {
			t.Errorf("%s: no note says %q: %v", policy, want, r.Notes)
		}
		if touched := len(r.Plan.Batches) + len(r.Plan.ByHand); touched == 0 {
			t.Errorf("%s: nothing is planned", policy)
		}
	}
}

// TestMistakes: what cannot be planned, and why.
func TestMistakes(t *testing.T) {
	older, newer := template("", rolling, version("1.0.0")), template("", rolling, version("1.0.1"))
	for _, tt := range []struct {
		older, newer *expand.Deployment
		o            rollout.Options
		want         string
	}{
		{older, newer, rollout.Options{Fail: []string{"99"}}, "web has no instance 99"},
		{older, template("", `"mode": "Sometimes"`, version("1.0.1")), rollout.Options{}, `unknown upgrade mode "Sometimes"`},
	} {
		if _, err := plan(t, tt.older, tt.newer, tt.o); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("error %v, want %q", err, tt.want)
		}
	}
}

// TestUnknown: a size and a capacity that only the deployment tells stay unknown:
// no cores are counted, and the plan says what it assumes.
func TestUnknown(t *testing.T) {
	unknown := func(text string) *expand.Deployment {
		d := `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [
  {"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2024-07-01", "name": "web", "location": "westus2", "sku": ` + text + `,
   "properties": {"orchestrationMode": "Uniform", "overprovision": false, "upgradePolicy": {"mode": "Manual"}, "virtualMachineProfile": {"osProfile": {"linuxConfiguration": {}}}}}]}`
		return expand.Expand(arm.ParseTemplate(jsonc.Parse(source.NewFile("t.json", []byte(d)))), expand.Options{})
	}
	const later = `"[reference('/subscriptions/s/resourceGroups/g/providers/Microsoft.Resources/deployments/d', '2022-09-01').outputs.x.value]"`
	r, err := plan(t, unknown(`{"name": "Standard_D2s_v5", "capacity": 10}`), unknown(`{"name": `+later+`, "capacity": `+later+`}`), rollout.Options{})
	if err != nil {
		t.Fatal(err)
	}
	notes := ""
	for _, n := range r.Notes {
		notes += n.Text + "\n"
	}
	if r.From != 10 || r.To != 10 || !strings.Contains(notes, "assumes that it stays 10") || !strings.Contains(notes, "size is known only at deployment") {
		t.Errorf("%d to %d: %s", r.From, r.To, notes)
	}
	for _, row := range r.Needs.Rows {
		if row.Kind == limits.DemandCores {
			t.Errorf("the cores of an unknown size are counted: %+v", row)
		}
	}
}

// TestNeedsOfSize: a change of the size counts what the old one takes now, and of
// the cores of the region the more that an instance takes.
func TestNeedsOfSize(t *testing.T) {
	of := func(size string) *expand.Deployment {
		d := `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [
  {"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2024-07-01", "name": "web", "location": "westus2", "sku": {"name": "` + size + `", "capacity": 10},
   "properties": {"orchestrationMode": "Uniform", "overprovision": false, "upgradePolicy": {"mode": "Rolling"}, "virtualMachineProfile": {"osProfile": {"linuxConfiguration": {}}}}}]}`
		return expand.Expand(arm.ParseTemplate(jsonc.Parse(source.NewFile("t.json", []byte(d)))), expand.Options{})
	}
	for _, tt := range []struct {
		older, newer string
		want         map[string][2]int
	}{
		{"Standard_D2s_v5", "Standard_D4s_v5", map[string][2]int{"standardDSv5Family": {20, 40}, "cores": {20, 40}}},
		{"Standard_D4s_v5", "Standard_D2s_v5", map[string][2]int{"standardDSv5Family": {40, 40}, "cores": {40, 40}}},
		{"Standard_D2s_v5", "Standard_E4s_v5", map[string][2]int{"standardDSv5Family": {20, 20}, "standardESv5Family": {0, 40}, "cores": {20, 40}}},
	} {
		r, err := plan(t, of(tt.older), of(tt.newer), rollout.Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string][2]int{}
		for _, row := range r.Needs.Rows {
			if row.Kind == limits.DemandCores {
				got[row.About] = [2]int{row.Cells[0].Amount, row.Cells[1].Amount}
			}
		}
		if !maps.Equal(got, tt.want) {
			t.Errorf("%s to %s: %v, want %v", tt.older, tt.newer, got, tt.want)
		}
	}
}
