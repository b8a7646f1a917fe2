package review_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/review"
	"github.com/scaleset/scaleset/pkg/review/diff"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// TestMoreFacts: facts of images, networks, health and autoscale in their other forms.
func TestMoreFacts(t *testing.T) {
	machine := func(profile string) string {
		return `"sku": {"capacity": 3}, "properties": {"virtualMachineProfile": {` + profile + `}}`
	}
	image := func(reference string) string {
		return machine(`"storageProfile": {"imageReference": ` + reference + `}`)
	}
	for _, tt := range []struct {
		name, members string
		want          map[string]string
	}{
		{"a gallery image", image(`{"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/galleries/acme/images/web/versions/1.0.0"}`), map[string]string{"Image": "versions acme/web/1.0.0"}},
		{"a custom image", machine(`"storageProfile": {"osDisk": {"osType": "Windows", "image": {"uri": "https://a.blob.core.windows.net/i/i.vhd"}}}`), map[string]string{"Image": "custom, https://a.blob.core.windows.net/i/i.vhd", "System": "Windows"}},
		{"an image that is not known", image(`"[parameters('any')]"`), map[string]string{"Image": "known only at deployment (unknown)"}},
		{"no image", machine(""), map[string]string{"Image": "none in this template (default)", "Data disks": "none (default)", "System": "unknown (unknown)"}},
		{"an ephemeral disk", machine(`"storageProfile": {"osDisk": {"createOption": "FromImage", "caching": "ReadOnly", "diskSizeGB": 64, "diffDiskSettings": {"option": "Local"}, "managedDisk": {"storageAccountType": "Standard_LRS"}}}`),
			map[string]string{"OS disk": "ephemeral, Standard_LRS, 64 GB, ReadOnly"}},
		{"disks that are not known", machine(`"storageProfile": {"osDisk": "[parameters('any')]", "dataDisks": "[parameters('any')]"}`), map[string]string{"OS disk": "known only at deployment (unknown)", "Data disks": "known only at deployment (unknown)"}},
		{"subnets, each once", machine(`"networkProfile": {"networkInterfaceConfigurations": [{"name": "n", "properties": {"ipConfigurations": [
			{"name": "a", "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'a')]"}}},
			{"name": "b", "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'a')]"}}},
			{"name": "c", "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'b')]"}}}]}}]}`), map[string]string{"Network": "subnets net/a, subnets net/b"}},
		{"a health probe", machine(`"networkProfile": {"healthProbe": {"id": "[resourceId('Microsoft.Network/loadBalancers/probes', 'lb', 'p')]"}, "networkInterfaceConfigurations": []}`), map[string]string{"Health": "load balancer probe probes lb/p"}},
		{"an extension that may be one of health", machine(`"extensionProfile": {"extensions": [{"name": "x", "properties": {"publisher": "p", "type": "[parameters('any')]"}}]}`), map[string]string{"Health": "possibly an extension, known only at deployment (unknown)"}},
		{"autoscale", machine("") + `}, {"type": "Microsoft.Insights/autoscaleSettings", "apiVersion": "2015-04-01", "name": "on", "location": "westus2", "properties": {"enabled": true, "targetResourceUri": "[resourceId('Microsoft.Compute/virtualMachineScaleSets', 'web')]",
			"profiles": [{"name": "day", "capacity": {"minimum": "2", "maximum": "10", "default": "2"}, "rules": []}, {"name": "night", "capacity": {"minimum": "1", "maximum": "[parameters('any')]", "default": "1"}, "rules": []}]}},
			{"type": "Microsoft.Insights/autoscaleSettings", "apiVersion": "2015-04-01", "name": "off", "location": "westus2", "properties": {"enabled": false, "targetResourceUri": "[resourceId('Microsoft.Compute/virtualMachineScaleSets', 'web')]", "profiles": []}`,
			map[string]string{"Autoscale": "2 to 10 (day, 0 rules); limits known only at deployment (night); a disabled setting"}},
	} {
		all := facts(reviewed(t, "2023-03-01", tt.members, review.Options{}))
		got := map[string]string{}
		for name := range tt.want {
			got[name] = all[name]
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// TestVerdict: what the head of a review counts, and the plan of an upgrade in it.
func TestVerdict(t *testing.T) {
	version := func(v, more string) *review.Review {
		return reviewed(t, "2023-09-01", `"sku": {"name": "Standard_D2s_v3", "capacity": 4}, "properties": {"upgradePolicy": {"mode": "Manual"}, "virtualMachineProfile": {"storageProfile": {"imageReference": {"publisher": "Canonical", "offer": "o", "sku": "s", "version": "`+v+`"}}}}`+more, review.Options{})
	}
	older, newer := version("1", ""), version("2", "")
	d := diff.Compare(diff.Side{Name: "old", Deployment: older.Deployment}, diff.Side{Name: "new", Deployment: newer.Deployment}, diff.Options{})
	r, err := review.New(newer.Deployment, review.Options{Older: older.Deployment, Diff: d})
	if err != nil {
		t.Fatal(err)
	}
	r.Diff = d
	r.Findings = diag.List{{Severity: diag.Error}, {Severity: diag.Warning}, {Severity: diag.Warning}, {Severity: diag.Info}}
	if e, w, i := r.Counts(); e != 1 || w != 2 || i != 1 {
		t.Errorf("%d errors, %d warnings, %d infos", e, w, i)
	}
	if r.Refused() != 0 || r.Blocked() || newer.Refused() != 0 {
		t.Errorf("refused %d, blocked %t", r.Refused(), r.Blocked())
	}
	if s := r.Sets[0]; s.Rollout == nil || len(s.Rollout.Plan.ByHand) != 4 || s.WhyNoRollout != "" {
		t.Errorf("rollout %+v, %q", s.Rollout, s.WhyNoRollout)
	}
	before := len(r.Assumptions)
	if r.Assume("the %s", "moon"); len(r.Assumptions) != before+1 || r.Assumptions[before] != "the moon" {
		t.Errorf("assumptions %q", r.Assumptions)
	}
	if (review.Bar{}).Share() != 1 {
		t.Error("a limit of none is not full")
	}
	unknown := reviewed(t, "2023-09-01", `"sku": {"capacity": "[parameters('n')]"}, "properties": {"virtualMachineProfile": {}}`, review.Options{})
	u := diff.Compare(diff.Side{Name: "old", Deployment: older.Deployment}, diff.Side{Name: "new", Deployment: unknown.Deployment}, diff.Options{})
	r, err = review.New(unknown.Deployment, review.Options{Diff: u})
	if err != nil {
		t.Fatal(err)
	}
	if s := r.Sets[0]; s.Rollout != nil || s.WhyNot == "" || !strings.Contains(s.WhyNoRollout, s.WhyNot) {
		t.Errorf("without a capacity: %+v, %q, %q", s.Rollout, s.WhyNot, s.WhyNoRollout)
	}
}
