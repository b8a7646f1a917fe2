package reviews_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/report/reviews"
	"github.com/scaleset/scaleset/pkg/review"
	"github.com/scaleset/scaleset/pkg/review/connect"
	"github.com/scaleset/scaleset/pkg/review/diff"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

func sideOf(t *testing.T, name, resources string) diff.Side {
	t.Helper()
	tree := jsonc.Parse(source.NewFile(name, []byte(`{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "parameters": {"n": {"type": "int"}}, "resources": [`+resources+`]}`)))
	if tree.Diagnostics.HasErrors() {
		t.Fatal(tree.Diagnostics)
	}
	return diff.Side{Name: name, Deployment: expand.Expand(arm.ParseTemplate(tree), expand.Options{Context: funcs.Context{TenantID: "t", SubscriptionID: "s", ResourceGroup: "rg", Location: "westus2", DeploymentName: "d"}})}
}

func webSet(name, location, capacity, mode, version, extra string) string {
	return fmt.Sprintf(`{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2024-07-01", "name": %q, "location": %q, "sku": {"name": "Standard_D2s_v5", "capacity": %s},
		"properties": {"orchestrationMode": "Uniform", "overprovision": false, "upgradePolicy": {"mode": %q}, "virtualMachineProfile": {"osProfile": {"computerNamePrefix": "web", "adminUsername": "me", "linuxConfiguration": {}},
		"storageProfile": {"imageReference": {"publisher": "Canonical", "offer": "o", "sku": "s", "version": %q}}%s}}}`, name, location, capacity, mode, version, extra)
}

// TestUpgradeInReview: a review of a change says how it reaches the instances: of a
// set that changes, of one that is new, of one whose number is not known.
func TestUpgradeInReview(t *testing.T) {
	const balancer = `, {"type": "Microsoft.Network/loadBalancers", "apiVersion": "2023-04-01", "name": "lb", "location": "westus2", "properties": {"frontendIPConfigurations": [{"name": "f", "properties": {"privateIPAddress": "10.0.0.4"}}],
		"backendAddressPools": [{"name": "pool"}], "inboundNatPools": [{"name": "nat", "properties": {"frontendIPConfiguration": {"id": "[resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb', 'f')]"}, "protocol": "Tcp", "frontendPortRangeStart": 50000, "frontendPortRangeEnd": 50009, "backendPort": 22}}],
		"loadBalancingRules": [{"name": "r", "properties": {"frontendIPConfiguration": {"id": "[resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb', 'f')]"}, "backendAddressPool": {"id": "[resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb', 'pool')]"}, "protocol": "Tcp", "frontendPort": 80, "backendPort": 8080}}]}}`
	const pooled = `, "networkProfile": {"networkInterfaceConfigurations": [{"name": "n", "properties": {"primary": true, "ipConfigurations": [{"name": "i", "properties": {"loadBalancerInboundNatPools": [{"id": "[resourceId('Microsoft.Network/loadBalancers/inboundNatPools', 'lb', 'nat')]"}],
		"loadBalancerBackendAddressPools": [{"id": "[resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb', 'pool')]"}]}}]}}]}`
	older := sideOf(t, "old.json", webSet("web", "westus2", "9", "Manual", "1", pooled)+","+webSet("gone", "westus2", "2", "Manual", "1", "")+","+webSet("unknown", "westus2", `"[parameters('n')]"`, "Manual", "1", "")+balancer)
	newer := sideOf(t, "new.json", webSet("web", "westus2", "9", "Manual", "2", pooled)+","+webSet("new", "westus2", "2", "Manual", "1", "")+","+webSet("unknown", "westus2", `"[parameters('n')]"`, "Manual", "2", "")+balancer)
	compared := diff.Compare(older, newer, diff.Options{Complete: true})
	r, err := review.New(newer.Deployment, review.Options{Older: older.Deployment, Diff: compared})
	if err != nil {
		t.Fatal(err)
	}
	r.Template, r.Diff = "new.json", compared
	reach := connect.New(vmss.New(newer.Deployment), connect.Options{})
	for i := range r.Sets {
		for k := range reach {
			if reach[k].Name == r.Sets[i].Name {
				r.Sets[i].Reach = &reach[k]
			}
		}
	}
	doc := reviews.Document{Review: r, Secrets: secrets(), Version: "1.2.3"}
	markdown, page := text(t, doc.WriteMarkdown), text(t, doc.WriteHTML)
	holds(t, "the Markdown", markdown,
		"## How it rolls out\n", "### Upgrade of web\n", "9 instances must be upgraded by hand", "new is new: its instances are created with the model in the template.", "unknown: no plan, ",
		"one for each instance, forwarded to port 22\n", "port 80: load balanced to port 8080 of the instances\n", "## Findings\n\nNone.\n", "This template opens no port to the Internet.\n")
	holds(t, "the page", page, "rejected change", "New scale set: its instances are created with the model in the template.", "9 instances must be upgraded by hand")
	if strings.Contains(page, "ZgotmplZ") {
		t.Error("the page has a value that no template can take")
	}
}

// TestFullBars: a limit that is exceeded, and one that is near, look so.
func TestFullBars(t *testing.T) {
	for capacity, class := range map[string]string{"1001": "full", "900": "near"} {
		d := sideOf(t, "t.json", strings.Replace(webSet("web", "westus2", capacity, "Manual", "1", ""), `"overprovision"`, `"singlePlacementGroup": false, "overprovision"`, 1))
		r, err := review.New(d.Deployment, review.Options{})
		if err != nil {
			t.Fatal(err)
		}
		page := text(t, reviews.Document{Review: r, Secrets: secrets()}.WriteHTML)
		if !strings.Contains(page, `bar `+class) {
			t.Errorf("%s of 1000: no bar is %s", capacity, class)
		}
	}
}
