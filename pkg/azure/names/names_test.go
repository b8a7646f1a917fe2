package names_test

import (
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/azure/names"
)

func TestCheck(t *testing.T) {
	long := "a23456789012345678901234567890123456789012345678901234567890123456789012345678901"
	tests := []struct{ resourceType, name, want string }{
		{"Microsoft.Network/loadBalancers", "web-lb", ""},
		{"microsoft.network/LOADBALANCERS", long, "has 81 characters; the limit is 80"},
		{"Microsoft.Network/loadBalancers", "web lb", "contains a space"},
		{"Microsoft.Network/virtualNetworks", "-vnet", "begins with a hyphen"},
		{"Microsoft.Network/virtualNetworks", "vnet-", "ends with a hyphen"},
		{"Microsoft.Network/virtualNetworks", "_vnet_", ""},
		{"Microsoft.KeyVault/vaults", "v", "has 1 character; it needs 3 or more"},
		{"Microsoft.Network/virtualNetworks", "", "is empty"},
		{"Microsoft.Network/privateDnsZones", "privatelink.blob.core.windows.net", ""},
		{"Microsoft.Network/privateDnsZones", "internal", "is not a domain name"},
		{"Microsoft.Storage/storageAccounts", "WebStore", "contains the upper-case letter W"},
		{"Microsoft.Storage/storageAccounts", "{store}", "contains a brace"},
		{"Microsoft.Storage/storageAccounts/blobServices", "main", "must be default"},
		{"Microsoft.Storage/storageAccounts/blobServices/containers", "a--b", "contains --"},
		{"Microsoft.KeyVault/vaults", "adsgfkvforabcdexbtekbelurbbk", "has 28 characters; the limit is 24"},
		{"Microsoft.KeyVault/vaults/accessPolicies", "merge", "must be one of add, replace, remove"},
		{"Microsoft.Authorization/roleAssignments", "web-contributor", "is not a GUID"},
		{"Microsoft.Authorization/roleAssignments", "acdd72a7-3385-48ef-bd42-f606fba81ae7", ""},
		{"Microsoft.Compute/virtualMachineScaleSets/virtualMachines", "web_2", "is not a number"},
		{"Microsoft.Compute/virtualMachineScaleSets", "_web", "begins with an underscore"},
		{"Microsoft.Compute/virtualMachineScaleSets", "web.", "ends with a period"},
		{"Microsoft.Compute/disks", "data-disk_1", ""},
		{"Microsoft.ContainerRegistry/registries", "my-registry", "contains a hyphen"},
		{"Microsoft.Search/searchServices", "My", "contains the upper-case letter M"},
		{"Microsoft.Sql/servers/auditingSettings", "DefaultAuditingSettings", ""},
		{"Microsoft.Web/sites/slots/extensions", "ZipDeploy", ""},
		{"Microsoft.Unknown/things", "any thing", ""},
	}
	for _, tt := range tests {
		p, ok := names.Check(tt.resourceType, tt.name)
		if ok != (tt.want != "") || p.What != tt.want {
			t.Errorf("Check(%s, %q) = %q, want %q", tt.resourceType, tt.name, p.What, tt.want)
		}
	}
}

// TestTable wants every line of the generated table to be a rule that rejects
// some name.
func TestTable(t *testing.T) {
	types := names.Types()
	if len(types) < 1900 {
		t.Fatalf("%d types have a rule, want 1900 and more", len(types))
	}
	long := strings.Repeat("a", 1300)
	for _, name := range types {
		for _, r := range names.Of(name) {
			if len(r.Values) == 0 && r.Allows(long) && r.Allows("\x00 {}/<>\\,-") && r.Allows("") {
				t.Errorf("%s: the rule of %s refuses nothing: %+v", name, r.Source, r)
			}
		}
	}
}
