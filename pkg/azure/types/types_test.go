package types_test

import (
	"os"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/azure/types"
)

func TestFind(t *testing.T) {
	group, ok := types.Find("microsoft.resources/resourcegroups")
	if !ok || group.At(types.ResourceGroup) || !group.At(types.Subscription) || group.ReadOnly || group.Name != "Microsoft.Resources/resourceGroups" {
		t.Errorf("resource groups: %+v, %v", group, ok)
	}
	account, _ := types.Find("Microsoft.Storage/storageAccounts")
	if !account.At(types.ResourceGroup) || account.At(types.Subscription) || !account.HasList("listkeys") || account.HasList("listSecrets") {
		t.Errorf("storage accounts: %+v", account)
	}
	assignment, _ := types.Find("Microsoft.Authorization/roleAssignments")
	if !assignment.At(types.ResourceGroup) || !assignment.At(types.Tenant) {
		t.Errorf("role assignments: %+v", assignment)
	}
	if upgrade, ok := types.Find("Microsoft.Compute/virtualMachineScaleSets/rollingUpgrades"); !ok || !upgrade.ReadOnly {
		t.Errorf("rolling upgrades: %+v, %v", upgrade, ok)
	}
	for _, name := range []string{"Microsoft.Compute/nothing", "Contoso.Things/things", "", "Microsoft.Compute"} {
		if found, ok := types.Find(name); ok {
			t.Errorf("%q is %+v", name, found)
		}
	}
}

func TestNeedsLocation(t *testing.T) {
	for name, want := range map[string]bool{
		"Microsoft.Network/VirtualNetworks": true, "Microsoft.Network/virtualNetworks/subnets": false, "Microsoft.Authorization/roleAssignments": false, "": false,
	} {
		if got := types.NeedsLocation(name); got != want {
			t.Errorf("NeedsLocation(%q) = %v", name, got)
		}
	}
}

// TestFindAll looks up every type of the table, which must be sorted.
func TestFindAll(t *testing.T) {
	raw, err := os.ReadFile("types.txt")
	if err != nil {
		t.Fatal(err)
	}
	provider := ""
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSuffix(line, "\n")
		if name, ok := strings.CutPrefix(line, "@"); ok {
			provider = name
			continue
		}
		name, _, _ := strings.Cut(line, "\t")
		if got, ok := types.Find(provider + "/" + name); !ok || got.Name != provider+"/"+name {
			t.Errorf("Find(%s/%s) = %+v, %v", provider, name, got, ok)
		}
	}
}
