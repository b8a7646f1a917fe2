package schema

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// one returns a scale set with some members.
func one(version, members string) string {
	return `[{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "` + version + `", "name": "web", ` + members + `}]`
}

func TestCheck(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"only sku and capacity", one("2016-03-30", `"sku": {"name": "Standard_A1", "capacity": 5}`), ""},
		{"names case-insensitively", one("2017-03-30", `"SKU": {"Name": "Standard_A1"}`),
			"\"SKU\": info: `SKU` works; the documented spelling in Microsoft.Compute/virtualMachineScaleSets 2017-03-30 is `sku` [SS3009]\n" +
				"\"Name\": info: `Name` works; the documented spelling in Microsoft.Compute/virtualMachineScaleSets 2017-03-30 is `name` [SS3009]\n"},
		{"unknown values match anything", one("2017-03-30", `"sku": "[parameters('sku')]", "properties": {"upgradePolicy": {"mode": "[variables('mode')]"}}`), ""},
		{"null is absent", one("2017-03-30", `"sku": null, "zones": null, "properties": {"upgradePolicy": null}`), ""},
		{"an empty value is absent", one("2017-03-30", `"properties": {"upgradePolicy": {"mode": ""}}`), ""},
		{"an empty string is read as null", one("2021-03-01", `"zones": "", "sku": {"name": "Standard_A1", "capacity": ""}`),
			"\"\": warning: `zones` of Microsoft.Compute/virtualMachineScaleSets 2021-03-01 must be an array, not \"\" [SS3002]\n" +
				"\"\": warning: `sku.capacity` of Microsoft.Compute/virtualMachineScaleSets 2021-03-01 must be an integer, not \"\" [SS3002]\n"},
		{"another string is not", one("2021-03-01", `"zones": "1"`),
			"\"1\": error: `zones` of Microsoft.Compute/virtualMachineScaleSets 2021-03-01 must be an array, not \"1\" [SS3002]\n"},
		{"what an export carries", one("2017-03-30", `"properties": {"provisioningState": "Succeeded", "uniqueId": "u", "timeCreated": "t", "virtualMachineProfile": {"storageProfile": {"imageReference": {"exactVersion": "1.0.0"}}, "extensionProfile": {"extensions": [{"name": "x", "id": "i", "type": "Microsoft.Compute/virtualMachineScaleSets/extensions", "properties": {"publisher": "p", "type": "t", "typeHandlerVersion": "1.0", "provisioningState": "Succeeded"}}]}}}`), ""},
		{"an autoscale profile that fixes one count", `[{"type": "Microsoft.Insights/autoscaleSettings", "apiVersion": "2022-10-01", "name": "a", "location": "westus2", "properties": {"profiles": [{"name": "p", "capacity": {"minimum": "1", "maximum": "1", "default": "1"}}]}}]`, ""},
		{"servers as a string", `[{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2018-01-01", "name": "n", "location": "westus2", "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "dhcpOptions": {"dnsServers": "10.0.0.4"}}}]`,
			"\"10.0.0.4\": warning: `dhcpOptions.dnsServers` of Microsoft.Network/virtualNetworks 2018-01-01 must be an array, not \"10.0.0.4\" [SS3002]\n"},
		{"an id that is empty", `[{"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-02-01", "name": "v", "location": "westus2", "properties": {"sku": {"family": "A", "name": "standard"}, "tenantId": "11111111-2222-3333-4444-555555555555", "accessPolicies": [{"tenantId": "11111111-2222-3333-4444-555555555555", "objectId": "o", "applicationId": "", "permissions": {}}]}}]`,
			"\"\": warning: `accessPolicies[0].applicationId` of Microsoft.KeyVault/vaults 2023-02-01 must be a string of length 36 that matches ^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$, not \"\" [SS3008]\n"},
		{"free objects stay free", one("2017-03-30", `"tags": {"anything": "goes"}, "properties": {"virtualMachineProfile": {"extensionProfile": {"extensions": [{"name": "x", "properties": {"publisher": "p", "type": "t", "typeHandlerVersion": "1.0", "settings": {"a": {"b": [1]}}, "protectedSettings": {"c": true}}}]}}}`), ""},
		{"a tag that is an object", one("2017-03-30", `"tags": {"a": {}}`),
			"{}: error: `tags.a` of Microsoft.Compute/virtualMachineScaleSets 2017-03-30 must be a string, not an object [SS3002]\n"},
		{"a whole number with a fraction of zero", one("2017-03-30", `"sku": {"capacity": 3.0}`), ""},
		{"a fraction", one("2017-03-30", `"sku": {"capacity": 3.5}`),
			"3.5: error: `sku.capacity` of Microsoft.Compute/virtualMachineScaleSets 2017-03-30 must be an integer, not 3.5 [SS3002]\n"},
		{"of two spellings the one of the version", one("2016-03-30", `"properties": {"overProvision": true}`), ""},
		{"empty values of later versions", one("2016-03-30", `"zones": [], "properties": {"automaticRepairsPolicy": {}}`), ""},
		{"a list of a later version", one("2016-03-30", `"zones": ["1"]`),
			"\"zones\": warning: Microsoft.Compute/virtualMachineScaleSets 2016-03-30 has no property `zones`; it first appears in 2017-03-30 [SS3005]\n"},
		{"a value of a later version", one("2016-03-30", `"properties": {"zoneBalance": true}`),
			"\"zoneBalance\": warning: Microsoft.Compute/virtualMachineScaleSets 2016-03-30 has no property `zoneBalance` under `properties`; it first appears in 2017-12-01 [SS3005]\n"},
		{"gone, and back in another spelling", one("2017-03-30", `"properties": {"overProvision": true}`),
			"\"overProvision\": info: `overProvision` works; the documented spelling in Microsoft.Compute/virtualMachineScaleSets 2017-03-30 is `overprovision` [SS3009]\n"},
		{"a version between known ones lowers errors", one("2017-04-01", `"sku": {"capcity": 3}`),
			"\"2017-04-01\": warning: 2017-04-01 is probably not an API version of Microsoft.Compute/virtualMachineScaleSets; checked against 2017-03-30 [SS3012]\n" +
				"\"capcity\": warning: Microsoft.Compute/virtualMachineScaleSets 2017-03-30 has no property `capcity` under `sku`; did you mean `capacity`? [SS3001]\n"},
		{"a version newer than the schema may have more", one("2026-04-01", `"properties": {"virtualMachineProfile": {"storageProfile": {"diskApiVersion": "2026-03-02"}}}`), ""},
		{"a slip in a version newer than the schema", one("2026-04-01", `"sku": {"capcity": 3}`),
			"\"capcity\": warning: Microsoft.Compute/virtualMachineScaleSets 2026-03-01 has no property `capcity` under `sku`; did you mean `capacity`? [SS3001]\n"},
		{"a version that is none", one("latest", `"sku": {}`),
			"\"latest\": error: `latest` is not an API version [SS3012]\n"},
		{"a version that is an expression", one("[parameters('v')]", `"skuu": {}`), ""},
		{"a property of another place", one("2019-03-01", `"properties": {"networkInterfaceConfigurations": []}`),
			"\"networkInterfaceConfigurations\": error: Microsoft.Compute/virtualMachineScaleSets 2019-03-01 has no property `networkInterfaceConfigurations` under `properties` [SS3001]\n"},
		{"several values in one text", `[{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2019-06-01", "name": "s", "kind": "StorageV2", "sku": {"name": "Standard_LRS"}, "properties": {"networkAcls": {"defaultAction": "Deny", "bypass": "Logging,Metrics"}}}]`, ""},
		{"a type nobody knows of a provider nobody knows", `[{"type": "Contoso.Things/thing", "apiVersion": "2019-06-01", "name": "s"}]`, ""},
		{"a mistyped provider", `[{"type": "Microsoft.Comptue/virtualMachineScaleSets", "apiVersion": "2019-03-01", "name": "s"}]`,
			"\"Microsoft.Comptue/virtualMachineScaleSets\": error: Microsoft.Comptue/virtualMachineScaleSets is not a known resource type; did you mean `Microsoft.Compute/virtualMachineScaleSets`? [SS3011]\n"},
		{"a type that may be newer than the tool", `[{"type": "Microsoft.Compute/virtualMachineScaleSet", "apiVersion": "2041-03-01", "name": "s"}]`,
			"\"Microsoft.Compute/virtualMachineScaleSet\": warning: Microsoft.Compute/virtualMachineScaleSet is not a known resource type; did you mean `Microsoft.Compute/virtualMachineScaleSets`? [SS3011]\n"},
		{"a type that may have retired", `[{"type": "Microsoft.DataFactory/datafactories", "apiVersion": "2015-10-01", "name": "s"}]`,
			"\"Microsoft.DataFactory/datafactories\": warning: Microsoft.DataFactory/datafactories is not a known resource type [SS3011]\n"},
		{"a resource on another one, in the old form", `[{"type": "Microsoft.Compute/virtualMachines/providers/roleAssignments", "apiVersion": "2018-07-01", "name": "a/Microsoft.Authorization/b"}]`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, textsOf(new(Checker).Check(resourcesOf(t, "azuredeploy.json", tt.text)))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestCheckNothing(t *testing.T) {
	if list := new(Checker).Check(nil); list != nil {
		t.Errorf("got %v", list)
	}
	if list := new(Checker).Check(&expand.Deployment{Resources: []*expand.Resource{nil, {}, {Type: "Microsoft.Compute/virtualMachineScaleSets"}}}); list != nil {
		t.Errorf("got %v", list)
	}
}

// TestCopiesAreJudgedOnce wants one finding for a mistake that 800 copies
// share.
func TestCopiesAreJudgedOnce(t *testing.T) {
	dep := resourcesOf(t, "azuredeploy.json", one("2017-03-30", `"sku": {"capcity": 3}`))
	for range 800 {
		dep.Resources = append(dep.Resources, dep.Resources[0])
	}
	if list := new(Checker).Check(dep); len(list) != 1 {
		t.Errorf("%d findings, want one", len(list))
	}
}

// TestHostileResource wants the findings of a resource with very many unknown
// names to be limited.
func TestHostileResource(t *testing.T) {
	var b strings.Builder
	for i := range 50_000 {
		fmt.Fprintf(&b, `"capaciti%d": 1,`, i)
	}
	dep := resourcesOf(t, "azuredeploy.json", one("2017-03-30", `"sku": {`+strings.TrimSuffix(b.String(), ",")+`}`))
	list := new(Checker).Check(dep)
	if len(list) != maxFindings+1 || list[0].Code != "SS0003" && list[len(list)-1].Code != "SS0003" {
		t.Errorf("%d findings, want %d and the limit", len(list), maxFindings)
	}
}

// TestManyMistakes wants the same findings in every run of a resource with more
// mistakes than are shown, including those at its top level.
func TestManyMistakes(t *testing.T) {
	var rules strings.Builder
	for i := range 3 * maxFindings {
		fmt.Fprintf(&rules, `{"name": "r%d", "properties": {"frontendIPConfiguration": {"x": 1}}},`, i)
	}
	text := `[{"type": "Microsoft.Network/loadBalancers", "apiVersion": "2019-06-01", "name": "lb", "sku": {"nam": "Standard"},
		"properties": {"loadBalancingRules": [` + strings.TrimSuffix(rules.String(), ",") + `]}}]`
	first := textsOf(new(Checker).Check(resourcesOf(t, "t.json", text)))
	if !strings.Contains(first, "`nam`") || strings.Count(first, "\n") != maxFindings+1 {
		t.Errorf("the mistake at the top is missing, or not %d are shown:\n%s", maxFindings, first)
	}
	for range 10 {
		if diff := cmp.Diff(first, textsOf(new(Checker).Check(resourcesOf(t, "t.json", text)))); diff != "" {
			t.Fatalf("(-first +another run):\n%s", diff)
		}
	}
}

// TestCheckWithout wants all findings but those of the kinds that are off.
func TestCheckWithout(t *testing.T) {
	text := one("2017-03-30", `"SKU": {"Name": "Standard_A1", "capacity": "3", "capcity": 3}`)
	dep := resourcesOf(t, "t.json", text)
	codes := func(off ...string) (all []string) {
		for _, d := range new(Checker).CheckWithout(dep, func(k diag.Kind) bool { return slices.Contains(off, string(k.Code)) }) {
			all = append(all, string(d.Code))
		}
		slices.Sort(all)
		return all
	}
	for _, tt := range []struct{ off, want []string }{
		{nil, []string{"SS3001", "SS3009", "SS3009", "SS3010"}},
		{[]string{"SS3009"}, []string{"SS3001", "SS3010"}},
		{[]string{"SS3010", "SS3001"}, []string{"SS3001", "SS3009", "SS3009"}},
		{[]string{"SS3009", "SS3010"}, []string{"SS3001"}},
	} {
		if diff := cmp.Diff(tt.want, codes(tt.off...)); diff != "" {
			t.Errorf("without %v: (-want +got):\n%s", tt.off, diff)
		}
	}
}
