package requirements

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/lint"
)

// An example is the smallest template about a row: one resource, and those that
// its clauses lead to.
type example struct {
	entry keyed
	body  map[string]any
	more  []map[string]any // resources that ids lead to
}

// build makes the template of an entry, in which Must is violated or holds.
func build(resourceType string, e keyed, violated bool) (text string, err error) {
	if given, ok := examples[e.row.ID]; ok {
		resource := given.good
		if violated {
			resource = given.bad
		}
		return lint.PageTemplate(resource), nil
	}
	if resourceType == anyType {
		resourceType = "Microsoft.Compute/virtualMachines"
	}
	x := &example{entry: e, body: map[string]any{
		"type": resourceType, "apiVersion": "2024-07-01", "name": nameOf(resourceType), "location": "westus", "properties": map[string]any{},
	}}
	if strings.EqualFold(resourceType, setType) {
		x.body["properties"].(map[string]any)["virtualMachineProfile"] = map[string]any{}
	}
	x.object(path{from: fromItem})
	for pass := range 2 { // the second undoes what a longer path has filled in
		for i := range e.when {
			if pass == 0 || e.when[i].op == opAbsent {
				x.satisfy(&e.when[i])
			}
		}
	}
	if violated {
		x.violate(&e.must)
	} else {
		x.satisfy(&e.must)
	}
	resources := []any{x.body}
	for _, r := range x.more {
		resources = append(resources, r)
	}
	for _, r := range resources {
		completeIdentity(r.(map[string]any), violated)
	}
	out, err := json.MarshalIndent(map[string]any{
		"$schema":        "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
		"contentVersion": "1.0.0.0",
		"resources":      resources,
	}, "", "  ")
	return string(out), err
}

// completeIdentity gives the identity of a resource a type that Azure accepts
// for every resource type: one that does not satisfy the row if it is violated.
// An empty identity is removed.
func completeIdentity(resource map[string]any, violated bool) {
	identity, ok := resource["identity"].(map[string]any)
	if !ok {
		return
	}
	switch word, has := identity["type"].(string); {
	case len(identity) == 0:
		delete(resource, "identity")
	case !has, !violated && !strings.Contains(word, "Assigned") && word != "None":
		identity["type"] = "UserAssigned"
	case !strings.Contains(word, "Assigned"):
		identity["type"] = "None"
	}
}

// examples are the templates of rows whose clauses contradict each other when
// each is written into one item, or that go by what the template does not write.
var examples = map[string]struct{ bad, good string }{
	"subnet-storage-endpoints": {
		subnet(`"serviceEndpoints": [{ "service": "Microsoft.Storage" }, { "service": "Microsoft.Storage.Global" }]`),
		subnet(`"serviceEndpoints": [{ "service": "Microsoft.Storage" }, { "service": "Microsoft.Sql" }]`),
	},
	"gateway-rule-priority-partly": {
		gateway(`{ "name": "a", "properties": { "priority": 10 } }, { "name": "b", "properties": {} }`),
		gateway(`{ "name": "a", "properties": { "priority": 10 } }, { "name": "b", "properties": { "priority": 20 } }`),
	},
	"traffic-priority-all": {
		profileOf(`{ "name": "a", "properties": { "priority": 1 } }, { "name": "b", "properties": {} }`),
		profileOf(`{ "name": "a", "properties": { "priority": 1 } }, { "name": "b", "properties": { "priority": 2 } }`),
	},
	"peering-overlap": {
		networks2(`, "virtualNetworkPeerings": [{ "name": "other", "properties": { "remoteVirtualNetwork": { "id": "[resourceId('Microsoft.Network/virtualNetworks', 'other')]" } } }]`, "10.0.128.0/17", ""),
		networks2(`, "virtualNetworkPeerings": [{ "name": "other", "properties": { "remoteVirtualNetwork": { "id": "[resourceId('Microsoft.Network/virtualNetworks', 'other')]" } } }]`, "10.1.0.0/16", ""),
	},
	"peering-overlap-resource":      {networks2("", "10.0.128.0/17", peering), networks2("", "10.1.0.0/16", peering)},
	"gateway-listener-port":         {listeners("a.example.com"), listeners("b.example.com")},
	"balancer-outbound-overlap":     {outbound("front"), outbound("back")},
	"action-receiver-name":          {receivers("ops"), receivers("web")},
	"firewall-mixed-kinds":          {policyRulesOf("ApplicationRule"), policyRulesOf("NetworkRule")},
	"diagnostics-vault-category":    {setting("KeyVault/vaults", "Audit"), setting("KeyVault/vaults", "AuditEvent")},
	"diagnostics-group-category":    {setting("Network/networkSecurityGroups", "Rules"), setting("Network/networkSecurityGroups", "NetworkSecurityGroupEvent")},
	"diagnostics-address-category":  {setting("Network/publicIPAddresses", "Logs"), setting("Network/publicIPAddresses", "DDoSMitigationReports")},
	"diagnostics-network-category":  {setting("Network/virtualNetworks", "Logs"), setting("Network/virtualNetworks", "VMProtectionAlerts")},
	"diagnostics-balancer-category": {setting("Network/loadBalancers", "Logs"), setting("Network/loadBalancers", "LoadBalancerHealthEvent")},
	"diagnostics-gateway-category":  {setting("Network/applicationGateways", "Logs"), setting("Network/applicationGateways", "ApplicationGatewayAccessLog")},
	"account-rule-answer":           {networkRule("reference('net', '2024-05-01').subnets[0].id"), networkRule("resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'web')")},
	"gateway-one-public":            {frontendsOf("IPv4"), frontendsOf("IPv6")},
	"alert-one-scope":               {scopes("Single"), scopes("Multiple")},
	"role-identity-type":            {assignment(`"User"`), assignment(`"ServicePrincipal"`)},
	"role-new-identity":             {assignment(`null`), assignment(`"ServicePrincipal"`)},
	"certificate-address": {
		certificate("https://example.vault.azure.net/certificates/web/0123456789abcdef"),
		certificate("https://example.vault.azure.net/secrets/web/0123456789abcdef"),
	},
	"computer-name-windows-characters": {computer("windows", "computerName", "web_1"), computer("windows", "computerName", "web-1")},
	"computer-name-linux-characters":   {computer("linux", "computerName", "web_1"), computer("linux", "computerName", "web-1")},
	"admin-name-characters":            {computer("windows", "adminUsername", "web@admin"), computer("windows", "adminUsername", "webadmin")},
	"admin-name-linux-characters":      {computer("linux", "adminUsername", "web@admin"), computer("linux", "adminUsername", "webadmin")},
	"fabric-extension-upgrade":         {fabric("1.0"), fabric("1.1")},
	"fabric-thumbprint":                {cluster("0123456789ABCDEF"), cluster("0123456789ABCDEF0123456789ABCDEF01234567")},
	"fabric-protection":                {protected("ClusterLevel"), protected("ClusterProtectionLevel")},
	"definition-identifier":            {definition("My company"), definition("mycompany")},
	"diagnostics-account-logs":         {setting("Storage/storageAccounts", "StorageWrite"), setting("Storage/storageAccounts/blobServices", "StorageWrite")},
	"diagnostics-account-groups":       {settingOf("Storage/storageAccounts", "categoryGroup", "allLogs"), settingOf("Storage/storageAccounts/blobServices", "categoryGroup", "allLogs")},
	"diagnostics-set-groups":           {settingOf("Compute/virtualMachineScaleSets", "categoryGroup", "allLogs"), settingOf("Network/networkSecurityGroups", "categoryGroup", "allLogs")},
	"diagnostics-group-metrics":        {metricsOf("Network/networkSecurityGroups"), metricsOf("Network/publicIPAddresses")},
	"peering-remote-overlap":           {threeNetworks("10.1.128.0/17"), threeNetworks("10.2.0.0/16")},
	"cluster-dns-zone-name":            {clusterZone("azmk8s.io"), clusterZone("privatelink.westeurope.azmk8s.io")},
	"diagnostics-set-logs":             {setting("Compute/virtualMachineScaleSets", "Logs"), setting("Network/networkSecurityGroups", "Logs")},
}

func assignment(principalType string) string {
	return `[{ "type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31", "name": "web", "location": "westus" },
  { "type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01", "name": "11111111-2222-3333-4444-555555555555",
    "dependsOn": ["[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'web')]"],
    "properties": { "principalType": ` + principalType + `, "principalId": "[reference(resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'web'), '2023-01-31').principalId]" } }]`
}

func certificate(address string) string {
	return `{ "type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01", "name": "web", "location": "westus",
  "properties": { "osProfile": { "secrets": [{ "vaultCertificates": [{ "certificateUrl": "` + address + `" }] }] } } }`
}

func computer(system, member, name string) string {
	return `{ "type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01", "name": "web", "location": "westus",
  "properties": { "osProfile": { "` + member + `": "` + name + `", "` + system + `Configuration": {} } } }`
}

func fabric(version string) string {
	return `{ "type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2024-07-01", "name": "web", "location": "westus",
  "properties": { "upgradePolicy": { "automaticOSUpgradePolicy": { "enableAutomaticOSUpgrade": true } },
    "virtualMachineProfile": { "extensionProfile": { "extensions": [{ "properties": { "publisher": "Microsoft.Azure.ServiceFabric", "typeHandlerVersion": "` + version + `" } }] } } } }`
}

func cluster(thumbprint string) string {
	return `{ "type": "Microsoft.ServiceFabric/clusters", "apiVersion": "2021-06-01", "name": "web", "location": "westus",
  "properties": { "certificate": { "thumbprint": "` + thumbprint + `" } } }`
}

func protected(parameter string) string {
	return `{ "type": "Microsoft.ServiceFabric/clusters", "apiVersion": "2021-06-01", "name": "web", "location": "westus",
  "properties": { "fabricSettings": [{ "name": "Security", "parameters": [{ "name": "` + parameter + `", "value": "EncryptAndSign" }] }] } }`
}

func definition(publisher string) string {
	return `{ "type": "Microsoft.Compute/galleries/images", "apiVersion": "2023-07-03", "name": "gallery/web", "location": "westus",
  "properties": { "identifier": { "publisher": "` + publisher + `" } } }`
}

func subnet(members string) string {
	return `{ "type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "web", "location": "westus",
  "properties": { "subnets": [{ "name": "web", "properties": { ` + members + ` } }] } }`
}

func gateway(rules string) string {
	return `{ "type": "Microsoft.Network/applicationGateways", "apiVersion": "2020-05-01", "name": "web", "location": "westus",
  "properties": { "requestRoutingRules": [` + rules + `] } }`
}

func profileOf(endpoints string) string {
	return `{ "type": "Microsoft.Network/trafficManagerProfiles", "apiVersion": "2022-04-01", "name": "web", "location": "global",
  "properties": { "trafficRoutingMethod": "Priority", "endpoints": [` + endpoints + `] } }`
}

// networkRule is a storage account with a network rule for a subnet.
func networkRule(id string) string {
	return `[{ "type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "net", "location": "westus", "properties": {} },
  { "type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01", "name": "webstore", "location": "westus",
    "sku": { "name": "Standard_LRS" }, "kind": "StorageV2", "dependsOn": ["[resourceId('Microsoft.Network/virtualNetworks', 'net')]"],
    "properties": { "networkAcls": { "defaultAction": "Deny", "virtualNetworkRules": [{ "id": "[` + id + `]" }] } } }]`
}

// frontendsOf are two frontends of a gateway, the second with an address of the
// given version.
func frontendsOf(version string) string {
	return `[{ "type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2024-05-01", "name": "one", "location": "westus", "properties": {} },
  { "type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2024-05-01", "name": "two", "location": "westus", "properties": { "publicIPAddressVersion": "` + version + `" } },
  { "type": "Microsoft.Network/applicationGateways", "apiVersion": "2024-05-01", "name": "web", "location": "westus",
    "dependsOn": ["[resourceId('Microsoft.Network/publicIPAddresses', 'one')]", "[resourceId('Microsoft.Network/publicIPAddresses', 'two')]"],
    "properties": { "frontendIPConfigurations": [
      { "name": "a", "properties": { "publicIPAddress": { "id": "[resourceId('Microsoft.Network/publicIPAddresses', 'one')]" } } },
      { "name": "b", "properties": { "publicIPAddress": { "id": "[resourceId('Microsoft.Network/publicIPAddresses', 'two')]" } } }] } }]`
}

func setting(scope, category string) string { return settingOf(scope, "category", category) }

func settingOf(scope, member, category string) string {
	return fmt.Sprintf(`{ "type": "Microsoft.Insights/diagnosticSettings", "apiVersion": "2021-05-01-preview", "name": "logs",
  "scope": "Microsoft.%s/%s",
  "properties": { "logs": [{ %q: %q, "enabled": true }] } }`, scope, strings.Repeat("/n", strings.Count(scope, "/"))[1:], member, category)
}

func metricsOf(scope string) string {
	return fmt.Sprintf(`{ "type": "Microsoft.Insights/diagnosticSettings", "apiVersion": "2021-05-01-preview", "name": "logs",
  "scope": "Microsoft.%s/n",
  "properties": { "metrics": [{ "category": "AllMetrics", "enabled": true }] } }`, scope)
}

func clusterZone(name string) string {
	return `{ "type": "Microsoft.ContainerService/managedClusters", "apiVersion": "2024-09-01", "name": "web", "location": "westus",
  "properties": { "apiServerAccessProfile": { "privateDNSZone": "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/test/providers/Microsoft.Network/privateDnsZones/` + name + `" } } }`
}

// threeNetworks are a network and two others that it is peered with, the second of
// the given range.
func threeNetworks(prefix string) string {
	network := `{ "type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "%s", "location": "westus", "dependsOn": [%s],
  "properties": { "addressSpace": { "addressPrefixes": ["%s"] }, "virtualNetworkPeerings": [%s] } }`
	peer := `{ "name": "%[1]s", "properties": { "remoteVirtualNetwork": { "id": "[resourceId('Microsoft.Network/virtualNetworks', '%[1]s')]" } } }`
	id := `"[resourceId('Microsoft.Network/virtualNetworks', '%s')]"`
	return "[" + fmt.Sprintf(network, "one", "", "10.1.0.0/16", "") + ", " + fmt.Sprintf(network, "two", "", prefix, "") + ", " +
		fmt.Sprintf(network, "hub", fmt.Sprintf(id, "one")+", "+fmt.Sprintf(id, "two"), "10.0.0.0/16", fmt.Sprintf(peer, "one")+", "+fmt.Sprintf(peer, "two")) + "]"
}

func nameOf(resourceType string) string {
	var names []string
	for i := range strings.Count(resourceType, "/") {
		names = append(names, "n"+strconv.Itoa(i))
	}
	return strings.Join(names, "/")
}

// exampleID is the id of a resource of the name that nameOf gives.
func exampleID(resourceType string) string {
	segments := strings.Split(resourceType, "/")
	id := "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/test/providers/" + segments[0]
	for i, s := range segments[1:] {
		id += fmt.Sprintf("/%s/n%d", s, i)
	}
	return id
}

// targets are the types that ids lead to in the clauses of rows, by the members
// before the id.
var targets = map[string]string{
	"hostgroup.id": setType[:len("Microsoft.Compute/")] + "hostGroups",
	"properties.attachedvirtualmachinescalesetid": setType,
	"virtualmachinescaleset.id":                   setType,
	"bootdiagnostics.storageuri":                  "Microsoft.Storage/storageAccounts",
	"frontendipconfigurations.id":                 "Microsoft.Network/loadBalancers/frontendIPConfigurations",
	"frontendipconfiguration.id":                  "Microsoft.Network/loadBalancers/frontendIPConfigurations",
	"probe.id":                                    "Microsoft.Network/applicationGateways/probes",
	"firewallpolicy.id":                           "Microsoft.Network/firewallPolicies",
	"properties.serverfarmid":                     "Microsoft.Web/serverfarms",
	"publicipaddress.id":                          "Microsoft.Network/publicIPAddresses",
	"publicipaddresses.id":                        "Microsoft.Network/publicIPAddresses",
	"subnet.id":                                   "Microsoft.Network/virtualNetworks/subnets",
	"virtualnetworkrules.id":                      "Microsoft.Network/virtualNetworks/subnets",
	"imagereference.id":                           "Microsoft.Compute/galleries/images",
	"sourcevault.id":                              "Microsoft.KeyVault/vaults",
	"virtualnetwork.id":                           "Microsoft.Network/virtualNetworks",
	"encryption.diskencryptionsetid":              "Microsoft.Compute/diskEncryptionSets",
	"settings.keyvaultresourceid":                 "Microsoft.KeyVault/vaults",
	"publicipprefix.id":                           "Microsoft.Network/publicIPPrefixes",
	"manageddisk.id":                              "Microsoft.Compute/disks",
	"creationdata.sourceresourceid":               "Microsoft.Compute/disks",
	"sourcevirtualmachine.id":                     "Microsoft.Compute/virtualMachines",
	"proximityplacementgroup.id":                  "Microsoft.Compute/proximityPlacementGroups",
	"capacityreservationgroup.id":                 "Microsoft.Compute/capacityReservationGroups",
	"availabilityset.id":                          "Microsoft.Compute/availabilitySets",
	"publicipprefixes.id":                         "Microsoft.Network/publicIPPrefixes",
	"redirectconfiguration.id":                    "Microsoft.Network/applicationGateways/redirectConfigurations",
	"routetable.id":                               "Microsoft.Network/routeTables",
	"virtualnetworkgateway1.id":                   "Microsoft.Network/virtualNetworkGateways",
	"basepolicy.id":                               "Microsoft.Network/firewallPolicies",
	"loadbalancerfrontendipconfigurations.id":     "Microsoft.Network/loadBalancers/frontendIPConfigurations",
	"properties.targetresourceid":                 "Microsoft.Network/publicIPAddresses",
	"properties.virtualnetworksubnetid":           "Microsoft.Network/virtualNetworks/subnets",
	"subnetids.id":                                "Microsoft.Network/virtualNetworks/subnets",
	"network.delegatedsubnetresourceid":           "Microsoft.Network/virtualNetworks/subnets",
	"agentpoolprofiles.vnetsubnetid":              "Microsoft.Network/virtualNetworks/subnets",
	"creationdata.sourceuri":                      "Microsoft.Storage/storageAccounts",
	"vhd.uri":                                     "Microsoft.Storage/storageAccounts",
	"networkinterfaces.id":                        "Microsoft.Network/networkInterfaces",
	"rules.virtualnetworksubnetid":                "Microsoft.Network/virtualNetworks/subnets",
}

// where is the full way of a path from a resource: names, and numbers for the
// items of arrays. The resource is another one behind "->".
func (x *example) where(p path) (root map[string]any, way []any) {
	root = x.body
	if p.from == fromItem || p.from == fromPlace {
		for _, s := range x.entry.place.steps {
			way = append(way, hop(s))
		}
	}
	if p.from == fromItem {
		for _, s := range x.entry.at.steps {
			way = append(way, hop(s))
			if s.filter != nil {
				full := append([]any{}, way...)
				for _, name := range s.filter {
					full = append(full, name)
				}
				put(root, full, scalar(s.equals))
			}
		}
	}
	if p.from == fromParent {
		t := x.body["type"].(string)
		for range p.up {
			t = t[:strings.LastIndexByte(t, '/')]
		}
		root = x.resource(t)
	} else {
		way = way[:len(way)-p.up]
	}
	for _, s := range p.steps {
		if s.kind == follow {
			target := targets[strings.ToLower(names2(way))]
			if target == "" {
				panic(fmt.Sprintf("%s: where does %q lead? (%s)", x.entry.row.ID, p.text, names2(way)))
			}
			if strings.HasSuffix(target, "/storageAccounts") {
				put(root, way, "https://n0.blob.core.windows.net/")
			} else {
				put(root, way, exampleID(target))
			}
			root, way = x.resource(target), nil
			continue
		}
		way = append(way, hop(s))
		if s.filter != nil {
			full := append([]any{}, way...)
			for _, name := range s.filter {
				full = append(full, name)
			}
			if s.not {
				put(root, full, nil)
			} else {
				put(root, full, scalar(s.equals))
			}
		}
	}
	return root, way
}

func names2(way []any) string {
	var b []string
	for _, w := range way {
		if name, ok := w.(string); ok && name != "" {
			b = append(b, name)
		}
	}
	if len(b) > 2 {
		b = b[len(b)-2:]
	}
	return strings.Join(b, ".")
}

func (x *example) resource(resourceType string) map[string]any {
	for _, r := range x.more {
		if r["type"] == resourceType {
			return r
		}
	}
	r := map[string]any{"type": resourceType, "apiVersion": "2024-07-01", "name": nameOf(resourceType), "location": "westus", "properties": map[string]any{}}
	x.more = append(x.more, r)
	return r
}

func hop(s step) any {
	if s.kind == items {
		return 0
	}
	return s.name
}

// get is the value at the end of a way, nil when it is not there.
func get(at any, way []any) any {
	for _, w := range way {
		switch w := w.(type) {
		case string:
			o, ok := at.(map[string]any)
			if !ok {
				return nil
			}
			at = o[w]
		case int:
			a, ok := at.([]any)
			if !ok || w >= len(a) {
				return nil
			}
			at = a[w]
		}
	}
	return at
}

// put writes a value and what leads to it; nil removes it.
func put(at any, way []any, v any) any {
	if len(way) == 0 {
		return v
	}
	switch w := way[0].(type) {
	case string:
		o, ok := at.(map[string]any)
		if !ok {
			o = map[string]any{}
		}
		if inner := put(o[w], way[1:], v); inner == nil {
			delete(o, w)
		} else {
			o[w] = inner
		}
		return o
	case int:
		a, _ := at.([]any)
		for len(a) <= w {
			a = append(a, nil)
		}
		a[w] = put(a[w], way[1:], v)
		if a[w] == nil {
			a[w] = map[string]any{}
		}
		return a
	}
	return at
}

// object makes sure that the item of the row is there.
func (x *example) object(p path) {
	root, way := x.where(p)
	if get(root, way) == nil {
		put(root, way, map[string]any{})
	}
}

func (x *example) set(p path, v any) {
	root, way := x.where(p)
	if _, filler := v.(filler); filler {
		if get(root, way) != nil {
			return
		}
		v = sample(p.last())
	}
	if text, ok := v.(string); ok && len(way) == 1 && way[0] == "name" && root["type"] != nil {
		if last := strings.LastIndexByte(text, '/'); last < 0 { // the name of a child resource has those of its parents
			parents := root["name"].(string)
			v = parents[:strings.LastIndexByte(parents, '/')+1] + text
		} else {
			v = text
		}
	}
	put(root, way, v)
}

// A filler is a value that only has to be there.
type filler struct{}

// sample is a value of the kind that the member takes where the language has an
// opinion about it.
func sample(name string) any {
	switch name {
	case "zones":
		return []any{"1"}
	case "placement":
		return map[string]any{"zonePlacementPolicy": "Any"}
	case "identity":
		return map[string]any{"type": "SystemAssigned"}
	case "tags":
		return map[string]any{"sample": "sample"}
	case "plan":
		return map[string]any{"name": "a", "publisher": "b", "product": "c"}
	case "extendedLocation":
		return map[string]any{"name": "sample"}
	}
	return "sample"
}

func scalar(text string) any {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	switch text {
	case "true":
		return true
	case "false":
		return false
	}
	return text
}

// other is a value of the same kind that is not an operand.
func other(values []string) any {
	switch scalar(values[0]).(type) {
	case bool:
		return values[0] != "true"
	case int:
		return 987
	}
	return "Another"
}

func (x *example) satisfy(c *clause) { x.write(c, true) }

func (x *example) violate(c *clause) { x.write(c, false) }

func (x *example) write(c *clause, hold bool) {
	switch c.op {
	case opUniform, opFlexible:
		mode := "Uniform"
		if (c.op == opFlexible) == hold {
			mode = "Flexible"
		}
		x.set(parsePath("/properties.orchestrationMode"), mode)
		return
	case opWindows, opLinux:
		member, not := "windowsConfiguration", "linuxConfiguration"
		if (c.op == opLinux) == hold {
			member, not = not, member
		}
		x.set(parsePath("^osProfile."+not), nil)
		x.set(parsePath("^osProfile."+member), filler{})
		return
	case opZonal, opTwoDomains:
		in, out := "westeurope", "westus"
		if c.op == opTwoDomains {
			in, out = "uksouth", "westus"
		}
		x.body["location"] = map[bool]string{true: in, false: out}[hold]
		return
	case opNever:
		if hold { // the row is silent when one of its conditions does not hold
			x.more = nil
			x.body["properties"] = map[string]any{"virtualMachineProfile": map[string]any{}}
		}
		return
	case opAPI:
		version := c.values[0]
		if (c.sign == "<") == hold {
			version = "2015-01-01"
		}
		x.body["apiVersion"] = version
		return
	case opAny, opOne, opAtMostOne, opAllOrNone:
		x.writeGroup(c, hold)
		return
	case opUnique:
		x.writeUnique(c, hold)
		return
	case opCount:
		x.writeCount(c, hold)
		return
	case opApart, opAlike:
		x.writeTwo(c, hold)
		return
	}
	p := c.paths[0]
	switch {
	case c.op == opAbsent && hold, c.op == opPresent && !hold:
		x.set(p, nil)
	case c.op == opAbsent, c.op == opPresent:
		x.set(p, filler{})
	case c.op == opEqual && hold, c.op == opUnequal && !hold:
		x.set(p, scalar(c.values[0]))
	case c.op == opEqual, c.op == opUnequal:
		x.set(p, other(c.values))
	case c.op == opForm && hold:
		x.set(p, c.form.good)
	case c.op == opForm:
		x.set(p, c.form.bad)
	case c.op == opMatch && hold, c.op == opNoMatch && !hold:
		x.set(p, scalar(c.example))
	case (c.op == opMatch || c.op == opNoMatch) && p.from == fromResource && p.last() == "type":
	case c.op == opMatch, c.op == opNoMatch:
		x.set(p, "!?")
	case c.op == opLength:
		x.set(p, strings.Repeat("a", beyond(int(c.number), c.sign, hold)))
	case c.op == opCompare && c.other == nil:
		n := beyond(int(c.number), c.sign, hold)
		if c.duration {
			x.set(p, fmt.Sprintf("PT%dS", n))
		} else {
			x.set(p, n)
		}
	case c.op == opCompare:
		x.set(*c.other, 5)
		x.set(p, beyond(5, c.sign, hold))
	case c.op == opSame || c.op == opIn:
		same := "1"
		if root, way := x.where(*c.other); strings.HasSuffix(c.other.text, "->name") {
			same = get(root, way).(string) // the id of the resource has it, too
		} else {
			x.set(*c.other, same)
		}
		x.set(p, c.before+map[bool]string{true: same, false: "9"}[hold]+c.after)
	case c.op == opWithin, c.op == opUsable:
		x.set(*c.other, "10.0.0.0/24")
		x.set(p, map[bool]string{true: "10.0.0.9", false: "10.0.9.9"}[hold])
	case c.op == opDiffers && c.other.from == fromParent && c.other.last() == "id":
		t := x.body["type"].(string)
		parent := t[:strings.LastIndexByte(t, '/')]
		x.resource(parent)
		x.set(p, exampleID(parent)+map[bool]string{true: "x", false: ""}[hold])
	case c.op == opDiffers:
		x.set(*c.other, "1")
		x.set(p, map[bool]string{true: "9", false: "1"}[hold])
	default:
		panic(c.text)
	}
}

// beyond is a number on one side of a bound.
func beyond(n int, sign string, hold bool) int {
	switch {
	case sign == "<=" && !hold, sign == ">" && hold:
		return n + 1
	case sign == ">=" && !hold, sign == "<" && hold:
		return n - 1
	case sign == "=" && !hold:
		return n + 1
	}
	return n
}

func (x *example) writeGroup(c *clause, hold bool) {
	set := 1
	switch {
	case (c.op == opOne || c.op == opAtMostOne) && !hold:
		set = 2
	case c.op == opAny && !hold:
		set = 0
	case c.op == opAllOrNone && hold:
		set = len(c.paths)
	}
	for i, p := range c.paths {
		if i < set {
			x.set(p, filler{})
		} else {
			x.set(p, nil)
		}
	}
}

func (x *example) writeUnique(c *clause, hold bool) {
	if c.paths[0].from == fromAll {
		x.writeAll(c, hold)
		return
	}
	root, way := x.where(c.paths[0])
	keys := c.keys
	if keys == nil {
		keys = []path{{}}
	}
	for item := range 2 {
		for _, k := range keys {
			full := append([]any{}, way...)
			for i := len(full) - 1; i >= 0; i-- {
				if _, ok := full[i].(int); ok {
					full[i] = item
					break
				}
			}
			for _, s := range k.steps {
				full = append(full, hop(s))
			}
			v := "1"
			if item == 1 && hold {
				v = "2"
			}
			put(root, full, v)
		}
	}
}

func (x *example) writeCount(c *clause, hold bool) {
	n := beyond(int(c.number), c.sign, hold)
	root, way := x.where(c.paths[0])
	if last := len(way) - 1; way[last] == 0 {
		way = way[:last]
	}
	a, _ := get(root, way).([]any)
	last := c.paths[0].steps[len(c.paths[0].steps)-1]
	if len(a) > n && last.filter == nil {
		a = a[:n]
	}
	for len(a) < n {
		a = append(a, fmt.Sprintf("i%d", len(a)))
	}
	for i := range a {
		if last.filter != nil {
			var full []any
			for _, name := range last.filter {
				full = append(full, name)
			}
			a[i] = map[string]any{}
			if i < n {
				a[i] = put(nil, full, scalar(last.equals))
			}
		}
	}
	if last.filter != nil {
		put(root, way, a)
		return
	}
	if n == 0 {
		put(root, way, nil)
		return
	}
	put(root, way, a)
}

// writeAll makes a second resource of the type, which has the value too.
func (x *example) writeAll(c *clause, hold bool) {
	t := x.body["type"].(string)
	second := map[string]any{"type": t, "apiVersion": "2024-07-01", "name": nameOf(t) + "x", "location": "westus", "properties": map[string]any{}}
	x.more = append(x.more, second)
	for i, r := range []map[string]any{x.body, second} {
		var way []any
		for n, s := range c.paths[0].steps {
			if s.filter != nil {
				var full []any
				for _, name := range s.filter {
					full = append(full, name)
				}
				put(r, full, scalar(s.equals))
			}
			if n == 0 { // every resource
				continue
			}
			way = append(way, hop(s))
		}
		v := "1"
		if hold && i == 1 {
			v = "2"
		}
		if c.keys == nil {
			put(r, way, v)
		}
		for _, k := range c.keys {
			if k.from == fromParent { // the name says which parent it is
				parent := x.resource(t[:strings.LastIndexByte(t, '/')])
				if v == "2" {
					other := maps.Clone(parent)
					other["name"] = "other"
					x.more = append(x.more, other)
					r["name"] = "other/n1"
				}
				continue
			}
			if k.last() == "type" {
				continue
			}
			full := slices.Clone(way)
			for _, s := range k.steps {
				full = append(full, hop(s))
			}
			put(r, full, v)
		}
	}
}

// writeTwo writes two prefixes, or two texts, which are apart or alike.
func (x *example) writeTwo(c *clause, hold bool) {
	values := [2]string{"10.0.0.0/24", "10.0.1.0/24"}
	if (c.op == opAlike) == hold {
		values[1] = "10.0.0.0/24"
	}
	if c.other != nil {
		x.set(*c.other, values[0])
		x.set(c.paths[0], values[1])
		return
	}
	root, way := x.where(c.paths[0])
	first := slices.Index(way, any(0))
	for i, v := range values {
		full := slices.Clone(way)
		for j := len(full) - 1; j >= first; j-- {
			if _, item := full[j].(int); item {
				full[j] = i
				break
			}
		}
		put(root, full, v)
	}
}

const peering = `,
  { "type": "Microsoft.Network/virtualNetworks/virtualNetworkPeerings", "apiVersion": "2024-05-01", "name": "web/other",
    "dependsOn": ["[resourceId('Microsoft.Network/virtualNetworks', 'web')]", "[resourceId('Microsoft.Network/virtualNetworks', 'other')]"],
    "properties": { "remoteVirtualNetwork": { "id": "[resourceId('Microsoft.Network/virtualNetworks', 'other')]" } } }`

func networks2(members, other, more string) string {
	return `[{ "type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "web", "location": "westus",
    "properties": { "addressSpace": { "addressPrefixes": ["10.0.0.0/16"] }` + members + ` } },
  { "type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "other", "location": "westus",
    "properties": { "addressSpace": { "addressPrefixes": ["` + other + `"] } } }` + more + `]`
}

func listeners(host string) string {
	return `{ "type": "Microsoft.Network/applicationGateways", "apiVersion": "2020-05-01", "name": "web", "location": "westus",
  "properties": { "httpListeners": [
    { "name": "a", "properties": { "frontendPort": { "id": "[resourceId('Microsoft.Network/applicationGateways/frontendPorts', 'web', 'p')]" }, "hostName": "a.example.com" } },
    { "name": "b", "properties": { "frontendPort": { "id": "[resourceId('Microsoft.Network/applicationGateways/frontendPorts', 'web', 'p')]" }, "hostName": "` + host + `" } }
  ] } }`
}

func outbound(frontend string) string {
	rule := `{ "name": "%s", "properties": { "protocol": "%s", "frontendIPConfigurations": [{ "id": "[resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'web', '%s')]" }] } }`
	return `{ "type": "Microsoft.Network/loadBalancers", "apiVersion": "2024-05-01", "name": "web", "location": "westus",
  "properties": { "outboundRules": [` + fmt.Sprintf(rule, "a", "All", "front") + ", " + fmt.Sprintf(rule, "b", "Tcp", frontend) + `] } }`
}

func receivers(name string) string {
	return `{ "type": "Microsoft.Insights/actionGroups", "apiVersion": "2023-01-01", "name": "web", "location": "Global",
  "properties": { "emailReceivers": [{ "name": "ops" }], "webhookReceivers": [{ "name": "` + name + `" }] } }`
}

func scopes(kind string) string {
	return `{ "type": "Microsoft.Insights/metricAlerts", "apiVersion": "2018-03-01", "name": "web", "location": "global",
  "properties": { "scopes": ["a", "b"], "criteria": { "odata.type": "Microsoft.Azure.Monitor.` + kind + `ResourceMultipleMetricCriteria" } } }`
}

func policyRulesOf(kind string) string {
	return `{ "type": "Microsoft.Network/firewallPolicies/ruleCollectionGroups", "apiVersion": "2024-05-01", "name": "web/rules",
  "properties": { "ruleCollections": [{ "name": "a", "rules": [{ "name": "a", "ruleType": "NetworkRule" }, { "name": "b", "ruleType": "` + kind + `" }] }] } }`
}
