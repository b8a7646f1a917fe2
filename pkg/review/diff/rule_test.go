package diff_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/review/diff"
)

// A ruleCase is one change of a scale set and the row that must judge it.
type ruleCase struct {
	row       string // path of the rule
	old, new  string // members of the set; @ stands for the profile, $ for its osProfile, % for the only interface, & for its address
	class     diff.Class
	olderThan bool // judged with API version 2017-03-30
}

// wrapped spells the short forms out.
func wrapped(s string) string {
	if top, rest, ok := strings.Cut(s, "| "); ok { // members of the set itself first
		return top + wrapped(rest)
	}
	for _, w := range []struct{ mark, before, after string }{
		{"&", `%"properties": {"ipConfigurations": [{"name": "ip", "properties": {"publicIPAddressConfiguration": {"name": "a", "properties": {`, `}}}}]}`},
		{"%", `@"networkProfile": {"networkInterfaceConfigurations": [{"name": "nic", `, `}]}`},
		{"$", `@"osProfile": {`, `}`},
		{"#", `@"storageProfile": {`, `}`},
		{"@", `"properties": {"virtualMachineProfile": {"licenseType": "None", `, `}}`},
	} {
		if rest, ok := strings.CutPrefix(s, w.mark); ok {
			s = w.before + rest + w.after
		}
	}
	return s
}

func ruleCases() []ruleCase {
	const (
		profile = "properties/virtualmachineprofile/"
		nic     = profile + "networkprofile/networkinterfaceconfigurations/*"
		subnet  = `%"properties": {"ipConfigurations": [{"name": "ip", "properties": {"subnet": {"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/NET/subnets/SUB"}}}]}`
	)
	in := func(network, name string) string {
		return strings.NewReplacer("NET", network, "SUB", name).Replace(subnet)
	}
	return []ruleCase{
		{row: "location", old: `"location": "westus"`, new: `"location": "eastus"`, class: diff.Refused},
		{row: "extendedlocation", old: ``, new: `"extendedLocation": {"name": "edge", "type": "EdgeZone"}`, class: diff.Unknown},
		{row: "plan", old: `"plan": {"name": "a", "publisher": "p", "product": "x"}`, new: `"plan": {"name": "b", "publisher": "p", "product": "x"}`, class: diff.Unknown},
		{row: "properties/orchestrationmode", old: `"properties": {"orchestrationMode": "Uniform", "platformFaultDomainCount": 1}`, new: `"properties": {"orchestrationMode": "Flexible", "platformFaultDomainCount": 1, "singlePlacementGroup": true, "overprovision": true}`, class: diff.Refused},
		{row: "properties/platformfaultdomaincount", old: `"properties": {"platformFaultDomainCount": 5}`, new: `"properties": {"platformFaultDomainCount": 2}`, class: diff.Refused},
		{row: "properties/hostgroup", old: `"properties": {"hostGroup": {"id": "a"}}`, new: `"properties": {"hostGroup": {"id": "b"}}`, class: diff.Unknown},
		{row: profile + "storageprofile/osdisk/manageddisk/storageaccounttype", old: `#"osDisk": {"managedDisk": {"storageAccountType": "Standard_LRS"}}`, new: `#"osDisk": {"managedDisk": {"storageAccountType": "Premium_LRS"}}`, class: diff.Refused},
		{row: profile + "storageprofile/osdisk/diffdisksettings", old: `#"osDisk": {"caching": "ReadOnly"}`, new: `#"osDisk": {"caching": "ReadOnly", "diffDiskSettings": {"option": "Local"}}`, class: diff.Reimage},
		{row: profile + "osprofile/computernameprefix", old: `$"computerNamePrefix": "a"`, new: `$"computerNamePrefix": "b"`, class: diff.Unknown},
		{row: profile + "priority", old: `@"priority": "Regular"`, new: `@"priority": "Spot"`, class: diff.Unknown},
		{row: profile + "evictionpolicy", old: `@"evictionPolicy": "Delete"`, new: `@"evictionPolicy": "Deallocate"`, class: diff.Unknown},
		{row: "properties/zonebalance", old: `"properties": {"zoneBalance": false}`, new: `"properties": {"zoneBalance": true}`, class: diff.SetOnly},
		{row: "properties/spotrestorepolicy", old: ``, new: `"properties": {"spotRestorePolicy": {"enabled": true}}`, class: diff.Unknown},
		{row: "properties/additionalcapabilities/ultrassdenabled", old: ``, new: `"properties": {"additionalCapabilities": {"ultraSSDEnabled": true}}`, class: diff.Restart},
		{row: profile + "additionalcapabilities/ultrassdenabled", old: `@"priority": "Regular"`, new: `@"additionalCapabilities": {"ultraSSDEnabled": true}`, class: diff.Restart},
		{row: profile + "securityprofile/uefisettings", old: `@"securityProfile": {"uefiSettings": {"secureBootEnabled": false}}`, new: `@"securityProfile": {"uefiSettings": {"secureBootEnabled": true}}`, class: diff.Restart},
		{row: profile + "securityprofile/uefisettings", old: `@"securityProfile": {"uefiSettings": {"vTpmEnabled": false}}`, new: `@"securityProfile": {"uefiSettings": {"vTpmEnabled": true}}`, class: diff.Restart},
		{row: profile + "capacityreservation", old: `@"capacityReservation": {"capacityReservationGroup": {"id": "a"}}`, new: `@"capacityReservation": {"capacityReservationGroup": {"id": "b"}}`, class: diff.Refused},
		{row: profile + "osprofile/linuxconfiguration/provisionvmagent", old: `$"linuxConfiguration": {}`, new: `$"linuxConfiguration": {"provisionVMAgent": false}`, class: diff.Unknown},
		{row: profile + "osprofile/windowsconfiguration/provisionvmagent", old: `$"windowsConfiguration": {}`, new: `$"windowsConfiguration": {"provisionVMAgent": false}`, class: diff.Unknown},
		{row: profile + "osprofile/allowextensionoperations", old: `$"adminUsername": "a"`, new: `$"adminUsername": "a", "allowExtensionOperations": false`, class: diff.Unknown},
		{row: profile + "osprofile/adminusername", old: `$"adminUsername": "a"`, new: `$"adminUsername": "b"`, class: diff.Reimage},
		{row: nic + "/name", old: `%"x": 1`, new: `@"networkProfile": {"networkInterfaceConfigurations": [{"name": "other", "x": 1}]}`, class: diff.Unknown},
		{row: nic + "/properties/ipconfigurations/*/properties/publicipaddressconfiguration/properties/publicipaddressversion", old: `&"publicIPAddressVersion": "IPv4"`, new: `&"publicIPAddressVersion": "IPv6"`, class: diff.Unknown},
		{row: nic + "/properties/ipconfigurations/*/properties/publicipaddressconfiguration/properties/iptags", old: `&"idleTimeoutInMinutes": 4`, new: `&"ipTags": [{"ipTagType": "a", "tag": "b"}]`, class: diff.Unknown},
		{row: profile + "storageprofile/osdisk/manageddisk/diskencryptionset", old: `#"osDisk": {"managedDisk": {"diskEncryptionSet": {"id": "a"}}}`, new: `#"osDisk": {"managedDisk": {"diskEncryptionSet": {"id": "b"}}}`, class: diff.Unknown},
		{row: profile + "storageprofile/datadisks/*/manageddisk/diskencryptionset", old: `#"dataDisks": [{"lun": 0, "managedDisk": {"diskEncryptionSet": {"id": "a"}}}]`, new: `#"dataDisks": [{"lun": 0, "managedDisk": {"diskEncryptionSet": {"id": "b"}}}]`, class: diff.Unknown},

		{row: "zones", old: `"zones": ["1", "2"], "properties": {"singlePlacementGroup": false}`, new: `"zones": ["1"], "properties": {"singlePlacementGroup": false}`, class: diff.Refused},
		{row: "zones", old: `"zones": ["1"], "properties": {"singlePlacementGroup": false}`, new: `"zones": ["3", "1"], "properties": {"singlePlacementGroup": false}`, class: diff.SetOnly},
		{row: "zones", old: `"zones": ["1"], "properties": {"singlePlacementGroup": true}`, new: `"zones": ["3", "1"], "properties": {"singlePlacementGroup": true}`, class: diff.Refused, olderThan: true},
		{row: "zones", old: `"zones": ["1"], "properties": {"platformFaultDomainCount": 2}`, new: `"zones": ["1", "2"], "properties": {"platformFaultDomainCount": 2}`, class: diff.Refused},
		{row: "properties/singleplacementgroup", old: `"properties": {"singlePlacementGroup": true}`, new: `"properties": {"singlePlacementGroup": false}`, class: diff.SetOnly},
		{row: "properties/singleplacementgroup", old: `"properties": {"singlePlacementGroup": false}`, new: `"properties": {}`, class: diff.Refused},
		{row: nic + "/properties/ipconfigurations/*/properties/subnet", old: in("a", "x"), new: in("A", "y"), class: diff.Instances},
		{row: nic + "/properties/ipconfigurations/*/properties/subnet", old: in("a", "x"), new: in("b", "x"), class: diff.Refused},
		{row: profile + "storageprofile/imagereference/sku", old: `"plan": {"name": "a"}, | #"imageReference": {"publisher": "p", "sku": "a"}`, new: `"plan": {"name": "a"}, | #"imageReference": {"publisher": "p", "sku": "b"}`, class: diff.Refused},
		{row: profile + "storageprofile/imagereference", old: `#"imageReference": {"publisher": "p", "offer": "a"}`, new: `#"imageReference": {"publisher": "p", "offer": "b"}`, class: diff.Reimage},
		{row: profile + "storageprofile/datadisks/*/manageddisk/storageaccounttype", old: `#"dataDisks": [{"lun": 0, "managedDisk": {"storageAccountType": "Standard_LRS"}}]`, new: `#"dataDisks": [{"lun": 0, "managedDisk": {"storageAccountType": "Premium_LRS"}}]`, class: diff.Refused},
		{row: profile + "storageprofile/datadisks/*/manageddisk/storageaccounttype", old: `#"dataDisks": [{"lun": 0}]`, new: `#"dataDisks": [{"lun": 0, "managedDisk": {"storageAccountType": "Premium_LRS"}}]`, class: diff.Unknown},
		{row: profile + "securityprofile/securitytype", old: `@"securityProfile": {"securityType": "Standard"}`, new: `@"securityProfile": {"securityType": "TrustedLaunch"}`, class: diff.Restart},
		{row: profile + "extensionprofile/extensions/*", old: `@"extensionProfile": {"extensions": [{"name": "a"}, {"name": "b", "properties": {"provisionAfterExtensions": ["A"]}}]}`, new: `@"extensionProfile": {"extensions": [{"name": "b", "properties": {"provisionAfterExtensions": ["A"]}}]}`, class: diff.Refused},
		{row: profile + "extensionprofile", old: `@"extensionProfile": {"extensions": [{"name": "a"}, {"name": "b"}]}`, new: `@"extensionProfile": {"extensions": [{"name": "b"}]}`, class: diff.Instances},
		{row: profile + "capacityreservation", old: `"zones": ["1", "2"], | @"priority": "Regular"`, new: `"zones": ["1", "2"], | @"capacityReservation": {"capacityReservationGroup": {"id": "a"}}`, class: diff.Instances},
		{row: profile + "capacityreservation", old: ``, new: `@"capacityReservation": {"capacityReservationGroup": {"id": "a"}}`, class: diff.Refused},
		{row: profile + "capacityreservation", old: `@"capacityReservation": {"capacityReservationGroup": {"id": "a"}}`, new: `@"priority": "Regular"`, class: diff.Restart},
		{row: profile + "osprofile/adminusername", old: `$"adminUsername": "a"`, new: `$"adminUsername": "b"`, class: diff.Refused, olderThan: true},
		{row: profile + "storageprofile/imagereference", old: `#"imageReference": {"publisher": "p", "sku": "a"}`, new: `#"imageReference": {"publisher": "p", "sku": "b"}`, class: diff.Reimage},
		{row: profile + "storageprofile/imagereference", old: `#"imageReference": {"id": "a"}`, new: `#"imageReference": {"id": "b"}`, class: diff.Reimage},
		{row: profile + "storageprofile/imagereference/publisher", old: `#"imageReference": {"publisher": "a"}`, new: `#"imageReference": {"publisher": "b"}`, class: diff.Refused},
		{row: profile + "storageprofile/osdisk/ostype", old: `#"osDisk": {"osType": "Linux"}`, new: `#"osDisk": {"osType": "Windows"}`, class: diff.Unknown},
		{row: "properties/proximityplacementgroup", old: `"properties": {"proximityPlacementGroup": {"id": "a"}}`, new: `"properties": {"proximityPlacementGroup": {"id": "b"}}`, class: diff.Restart},
		{row: "properties/proximityplacementgroup", old: `"properties": {"orchestrationMode": "Flexible", "proximityPlacementGroup": {"id": "a"}}`, new: `"properties": {"orchestrationMode": "Flexible", "proximityPlacementGroup": {"id": "b"}}`, class: diff.Refused},
		{row: "sku/name", old: `"sku": {"name": "Standard_A1"}`, new: `"sku": {"name": "Standard_A2"}`, class: diff.Restart},
		{row: "sku/tier", old: `"sku": {"tier": "Standard"}`, new: `"sku": {"tier": "Basic"}`, class: diff.SetOnly},
		{row: "sku/capacity", old: `"sku": {"capacity": 1}`, new: `"sku": {"capacity": 2}`, class: diff.SetOnly},

		{row: "tags", old: `"tags": {"a": "1"}`, new: `"tags": {"a": "2"}`, class: diff.Instances},
		{row: profile + "extensionprofile", old: `@"extensionProfile": {"extensionsTimeBudget": "PT30M"}`, new: `@"extensionProfile": {"extensionsTimeBudget": "PT40M"}`, class: diff.Instances},
		{row: profile + "extensionprofile", old: `@"extensionProfile": {"extensions": [{"name": "a", "properties": {"typeHandlerVersion": "1.0"}}]}`, new: `@"extensionProfile": {"extensions": [{"name": "a", "properties": {"typeHandlerVersion": "2.0"}}]}`, class: diff.Instances},
		{row: profile + "networkprofile", old: `%"properties": {"enableAcceleratedNetworking": false}`, new: `%"properties": {"enableAcceleratedNetworking": true}`, class: diff.Instances},
		{row: profile + "diagnosticsprofile", old: `@"diagnosticsProfile": {"bootDiagnostics": {"enabled": false}}`, new: `@"diagnosticsProfile": {"bootDiagnostics": {"enabled": true}}`, class: diff.Instances},
		{row: "identity", old: ``, new: `"identity": {"type": "SystemAssigned"}`, class: diff.Instances},
		{row: "properties/virtualmachineprofile", old: `@"userData": "a"`, new: `@"userData": "b"`, class: diff.Instances},

		{row: profile + "osprofile/adminpassword", old: `$"adminPassword": "a"`, new: `$"adminPassword": "b"`, class: diff.Reimage},
		{row: profile + "osprofile/adminpassword", old: `$"adminPassword": "a"`, new: `$"adminPassword": "b"`, class: diff.Refused, olderThan: true},
		{row: profile + "osprofile/linuxconfiguration/ssh", old: `$"linuxConfiguration": {"ssh": {"publicKeys": [{"path": "p", "keyData": "a"}]}}`, new: `$"linuxConfiguration": {"ssh": {"publicKeys": [{"path": "p", "keyData": "b"}]}}`, class: diff.Reimage},
		{row: profile + "osprofile/linuxconfiguration/disablepasswordauthentication", old: `$"linuxConfiguration": {}`, new: `$"linuxConfiguration": {"disablePasswordAuthentication": true}`, class: diff.Reimage},
		{row: profile + "osprofile/customdata", old: `$"customData": "a"`, new: `$"customData": "b"`, class: diff.Reimage},
		{row: profile + "osprofile/customdata", old: `$"customData": "a"`, new: `$"customData": "b"`, class: diff.Refused, olderThan: true},
		{row: profile + "storageprofile/osdisk/image", old: `#"osDisk": {"image": {"uri": "a"}}`, new: `#"osDisk": {"image": {"uri": "b"}}`, class: diff.Reimage},

		{row: profile + "storageprofile/osdisk", old: `#"osDisk": {"diskSizeGB": 30}`, new: `#"osDisk": {"diskSizeGB": 60}`, class: diff.Reimage},
		{row: profile + "storageprofile/datadisks", old: `#"dataDisks": [{"lun": 0}]`, new: `#"dataDisks": [{"lun": 0}, {"lun": 1}]`, class: diff.Instances},
		{row: profile + "storageprofile/osdisk/vhdcontainers", old: `#"osDisk": {"vhdContainers": ["a"]}`, new: `#"osDisk": {"vhdContainers": ["a", "b"]}`, class: diff.SetOnly},

		{row: "properties/overprovision", old: `"properties": {"overprovision": true}`, new: `"properties": {"overprovision": false}`, class: diff.SetOnly},
		{row: "properties/donotrunextensionsonoverprovisionedvms", old: ``, new: `"properties": {"doNotRunExtensionsOnOverprovisionedVMs": true}`, class: diff.SetOnly},
		{row: "properties/scaleinpolicy", old: ``, new: `"properties": {"scaleInPolicy": {"rules": ["OldestVM"]}}`, class: diff.SetOnly},
		{row: "properties/automaticrepairspolicy", old: ``, new: `"properties": {"automaticRepairsPolicy": {"enabled": true}}`, class: diff.SetOnly},
		{row: "properties/upgradepolicy", old: `"properties": {"upgradePolicy": {"mode": "Manual"}}`, new: `"properties": {"upgradePolicy": {"mode": "Rolling"}}`, class: diff.SetOnly},
		{row: "properties", old: ``, new: `"properties": {"constrainedMaximumCapacity": true}`, class: diff.SetOnly},
		{row: "", old: ``, new: `"kind": "x"`, class: diff.SetOnly},
	}
}

func TestRules(t *testing.T) {
	tested := map[string]bool{"name": true, "apiversion": true} // the resources tell, see TestResources and TestVersion
	for _, tt := range ruleCases() {
		tested[tt.row] = true
		t.Run(tt.row+" "+tt.class.String(), func(t *testing.T) {
			api := "2024-07-01"
			if tt.olderThan {
				api = "2017-03-30"
			}
			d := diff.Compare(template(t, "old", set(api, wrapped(tt.old))), template(t, "new", set(api, wrapped(tt.new))), diff.Options{})
			if len(d.Resources) != 1 || len(d.Resources[0].Changes) != 1 {
				t.Fatalf("changes %v, want one", lines(d))
			}
			c := d.Resources[0].Changes[0]
			if diff := cmp.Diff([]string{tt.row, tt.class.String()}, []string{c.Rule.Path, c.Class.String()}); diff != "" {
				t.Errorf("%s: rule and class (-want +got):\n%s", c.Path, diff)
			}
			if c.Reason == "" || c.Rule.Title() == "" || !strings.HasPrefix(c.Rule.Address(), "https://") {
				t.Errorf("%s: no reason %q or source %q", c.Path, c.Reason, c.Rule.Address())
			}
		})
	}
	for _, r := range diff.Rules("Microsoft.Compute/virtualMachineScaleSets") {
		if !tested[r.Path] {
			t.Errorf("no case for the rule of %q", r.Path)
		}
	}
}

// TestDefaultsTable holds the table to its form: a source for each, paths as
// rules have them, and no default twice.
func TestDefaultsTable(t *testing.T) {
	for _, typ := range []string{"Microsoft.Compute/virtualMachineScaleSets", "Microsoft.Network/loadBalancers", "Microsoft.Network/publicIPAddresses",
		"Microsoft.Network/virtualNetworks", "Microsoft.Storage/storageAccounts", "Microsoft.Insights/autoscaleSettings"} {
		seen := map[string]bool{}
		list := diff.Defaults(typ)
		if len(list) == 0 {
			t.Errorf("no defaults of %s", typ)
		}
		for _, d := range list {
			if seen[d.Path] || d.Path != strings.ToLower(d.Path) || !strings.HasPrefix(d.Source, "https://") {
				t.Errorf("%s: %q is there twice, not in lower case, or without a source (%q)", typ, d.Path, d.Source)
			}
			seen[d.Path] = true
		}
	}
}
