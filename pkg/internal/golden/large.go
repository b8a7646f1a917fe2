package golden

import (
	"fmt"
	"strings"
)

// LargeTemplate returns a template with that many scale sets and a network for
// each: 80 are about 150 KB. [LargeTemplateCapacity] finds the capacity of one.
func LargeTemplate(sets int) string {
	const network = `{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-04-01", "name": "net%[1]d", "location": "[resourceGroup().location]",
		"properties": {"addressSpace": {"addressPrefixes": ["10.%[1]d.0.0/16"]}, "subnets": [{"name": "default", "properties": {"addressPrefix": "10.%[1]d.0.0/24"}}]}}`
	const set = `{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2023-03-01", "name": "[concat(parameters('prefix'), '%[1]d')]", "location": "[resourceGroup().location]",
		"dependsOn": ["[resourceId('Microsoft.Network/virtualNetworks', 'net%[1]d')]"], "sku": {"name": "Standard_D2s_v5", "tier": "Standard", "capacity": 3},
		"properties": {"upgradePolicy": {"mode": "Manual"}, "virtualMachineProfile": {
			"storageProfile": {"imageReference": {"publisher": "Canonical", "offer": "0001-com-ubuntu-server-jammy", "sku": "22_04-lts-gen2", "version": "latest"},
				"osDisk": {"createOption": "FromImage", "caching": "ReadWrite", "managedDisk": {"storageAccountType": "Premium_LRS"}}},
			"osProfile": {"computerNamePrefix": "vm%[1]d", "adminUsername": "[parameters('admin')]", "linuxConfiguration": {"disablePasswordAuthentication": true,
				"ssh": {"publicKeys": [{"path": "[concat('/home/', parameters('admin'), '/.ssh/authorized_keys')]", "keyData": "[parameters('key')]"}]}}},
			"networkProfile": {"networkInterfaceConfigurations": [{"name": "nic", "properties": {"primary": true, "ipConfigurations": [{"name": "ip",
				"properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net%[1]d', 'default')]"}}}]}}]},
			"extensionProfile": {"extensions": [{"name": "health", "properties": {"publisher": "Microsoft.ManagedServices", "type": "ApplicationHealthLinux", "typeHandlerVersion": "1.0",
				"autoUpgradeMinorVersion": true, "settings": {"protocol": "http", "port": 80, "requestPath": "/health"}}}]}}}}`
	var resources []string
	for i := range sets {
		resources = append(resources, fmt.Sprintf(network, i), fmt.Sprintf(set, i))
	}
	return `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
	"parameters": {"prefix": {"type": "string", "defaultValue": "web"}, "admin": {"type": "string"}, "key": {"type": "string"}},
	"resources": [` + strings.Join(resources, ",\n") + `]}`
}

// LargeTemplateCapacity returns the offset of the digit that is the capacity of a
// scale set of [LargeTemplate].
func LargeTemplateCapacity(text string, set int) int {
	const capacity = `"capacity": `
	at := strings.Index(text, fmt.Sprintf(`"[concat(parameters('prefix'), '%d')]"`, set))
	return at + strings.Index(text[at:], capacity) + len(capacity)
}
