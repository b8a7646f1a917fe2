package scaffold

import (
	"fmt"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
)

// accounts returns how many storage accounts the disks of n instances of the
// preview need, where overprovisioning does not exist yet.
func accounts(n int) int {
	each := guidance.Get(guidance.AccountMaxPreview).Limit
	return max(1, (n+each-1)/each)
}

// storageAccounts adds the accounts for the disks of the preview. The name
// begins with uniqueString of a different text each, so that first letters
// spread over the partitions of the storage service.
func (d *draft) storageAccounts(n int) {
	names := list{}
	for i := range accounts(n) {
		names = append(names, fmt.Sprintf("[concat(uniqueString(resourceGroup().id, parameters('vmssName'), '%d'), 'vhds')]", i))
	}
	d.variable("storageAccounts", names)
	d.add(obj(
		"type", "Microsoft.Storage/storageAccounts",
		"apiVersion", d.api.storage,
		"name", "[variables('storageAccounts')[copyIndex()]]",
		"location", d.location(),
		"copy", obj("name", "storageLoop", "count", len(names)),
		"properties", obj("accountType", "Standard_LRS"),
	))
}

// containers returns the places of the disks of the preview: one container an
// account, and the container is the set's own.
func (d *draft) containers(n int) list {
	var urls list
	for i := range n {
		urls = append(urls, fmt.Sprintf("[concat('https://', variables('storageAccounts')[%d], '.blob.core.windows.net/vhds')]", i))
	}
	return urls
}

// storageAccountsForSets adds the accounts of several sets in one loop: those
// of set i begin at i times the number that one set needs.
func (d *draft) storageAccountsForSets() {
	each := accounts(d.Maximum)
	d.variable("accountsForEachSet", each)
	d.variable("accountSuffix", "vhds")
	d.add(obj(
		"type", "Microsoft.Storage/storageAccounts",
		"apiVersion", d.api.storage,
		"name", "[concat(uniqueString(resourceGroup().id, parameters('vmssName'), string(copyIndex())), variables('accountSuffix'))]",
		"location", d.location(),
		"copy", obj("name", "storageLoop", "count", each*d.Sets),
		"properties", obj("accountType", "Standard_LRS"),
	))
}

// setContainers returns the containers of set copyIndex() of a multi-set draft.
func setContainers(n int) list {
	var urls list
	for i := range n {
		urls = append(urls, fmt.Sprintf("[concat('https://', uniqueString(resourceGroup().id, parameters('vmssName'), string(add(mul(copyIndex(), variables('accountsForEachSet')), %d))), variables('accountSuffix'), '.blob.core.windows.net/vhds')]", i))
	}
	return urls
}
