package schema

import "testing"

func TestUnlikely(t *testing.T) {
	for _, c := range []struct {
		provider, version string
		want              bool
	}{
		{"Microsoft.Network", "2015-06-17", true},
		{"Microsoft.Network", "2015-06-15", false},
		{"Microsoft.Network", "2017-04-01", false}, // not in any specification, and in many templates
		{"Microsoft.Storage", "2018-07-03", true},
		{"Microsoft.Storage", "2012-01-01", true},
		{"Microsoft.Storage", "2014-06-01", false},
		{"Microsoft.OperationalInsights", "2017-03-15-preview", false},
		{"Contoso.Unknown", "2018-07-03", false},
	} {
		if got := unlikely(c.provider, c.version); got != c.want {
			t.Errorf("%s %s: %v", c.provider, c.version, got)
		}
	}
	for version, want := range map[string]bool{"2019-06-01-prevew": true, "2019-06-01-preview": false, "2019-06-01": false, "2019-06-01-alpha": false, "2019-06-01-privatepreview": false} {
		if got := misspelled(version); got != want {
			t.Errorf("misspelled(%s) = %v", version, got)
		}
	}
}

func TestRefusedVersion(t *testing.T) {
	for _, c := range []struct {
		resourceType, version string
		want                  bool
	}{
		{"Microsoft.Compute/virtualMachineScaleSets", "2019-03-02", true},
		{"Microsoft.Compute/virtualMachineScaleSets", "2018-09-30", true}, // a version of disks
		{"Microsoft.Compute/disks", "2018-09-30", false},
		{"Microsoft.Compute/virtualMachines/extensions", "2016-08-30", false}, // in no specification, in the list of Azure
		{"Microsoft.Compute/virtualMachineScaleSets", "2014-06-01", true},
		{"Microsoft.Compute/virtualMachineScaleSets", "2031-01-01", false},
		{"Microsoft.Compute/virtualMachineScaleSets", "2019-03-01-privatepreview", false},
		{"Microsoft.Network/loadBalancers", "2017-04-01", false},
		{"Microsoft.Network/loadBalancers", "2018-09-01", true}, // a version of private DNS zones
		{"Microsoft.Network/privateDnsZones", "2018-09-01", false},
		{"Microsoft.Network/loadBalancers/inboundNatRules", "2016-03-30", false}, // before its specification
		{"Microsoft.Storage/storageAccounts", "2018-07-02", true},
		{"Microsoft.Storage/storageAccounts", "2019-06-01-preview", true},
		{"Microsoft.Insights/autoscaleSettings", "2015-04-02", true},
		{"Microsoft.OperationsManagement/solutions", "2016-11-01-preview", true},
		{"Microsoft.Resources/deployments", "2019-09-01", false},
		{"Microsoft.Compute/disks", "2020-09-30", false},
		{"Microsoft.Network/virtualNetworks", "2021-12-01", false},
		{"Microsoft.Authorization/roleAssignments", "2019-04-01-preview", false},
		{"Microsoft.Authorization/roleAssignments", "2019-05-01", true},
		{"Microsoft.Automation/automationAccounts", "2021-04-01", false},
		{"Microsoft.ContainerService/managedClusters", "2022-08-01", false},
		{"Microsoft.KeyVault/vaults", "2018-02-15", true},
		{"Microsoft.KeyVault/vaults", "2016-10-02", false}, // before 2018
		{"Contoso.Unknown/things", "2018-07-03", false},
	} {
		if got := rejectedVersion(c.resourceType, c.version); got != c.want {
			t.Errorf("%s %s: %v", c.resourceType, c.version, got)
		}
	}
}
