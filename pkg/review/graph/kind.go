package graph

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/lazy"
)

// kinds are the words for the types that occur around scale sets; other types
// go by their last segment.
var kinds = lazy.Value[map[string]string]{Of: func() map[string]string {
	return map[string]string{
		"microsoft.compute/virtualmachinescalesets":            "scale set",
		"microsoft.compute/virtualmachinescalesets/extensions": "extension",
		"microsoft.compute/virtualmachines":                    "virtual machine",
		"microsoft.compute/virtualmachines/extensions":         "extension",
		"microsoft.compute/availabilitysets":                   "availability set",
		"microsoft.compute/images":                             "image",
		"microsoft.compute/galleries":                          "compute gallery",
		"microsoft.compute/proximityplacementgroups":           "proximity placement group",
		"microsoft.network/virtualnetworks":                    "virtual network",
		"microsoft.network/virtualnetworks/subnets":            "subnet",
		"microsoft.network/publicipaddresses":                  "public address",
		"microsoft.network/publicipprefixes":                   "public address prefix",
		"microsoft.network/loadbalancers":                      "load balancer",
		"microsoft.network/applicationgateways":                "application gateway",
		"microsoft.network/networkinterfaces":                  "network interface",
		"microsoft.network/networksecuritygroups":              "security group",
		"microsoft.network/natgateways":                        "NAT gateway",
		"microsoft.network/routetables":                        "route table",
		"microsoft.storage/storageaccounts":                    "storage account",
		"microsoft.insights/autoscalesettings":                 "autoscale setting",
		"microsoft.insights/components":                        "application insights",
		"microsoft.keyvault/vaults":                            "key vault",
		"microsoft.managedidentity/userassignedidentities":     "managed identity",
		"microsoft.operationalinsights/workspaces":             "log workspace",
		"microsoft.authorization/roleassignments":              "role assignment",
		"microsoft.resources/deployments":                      "deployment",
	}
}}

// references are short words for the properties that refer, by their names in
// lower case; other properties go by their names.
var references = lazy.Value[map[string]string]{Of: func() map[string]string {
	return map[string]string{
		"loadbalancerbackendaddresspools":       "backend pool",
		"loadbalancerinboundnatpools":           "NAT pool",
		"applicationgatewaybackendaddresspools": "backend pool",
		"publicipaddress":                       "address",
		"publicipaddresses":                     "address",
		"publicipprefix":                        "address prefix",
		"natgateway":                            "NAT gateway",
		"routetable":                            "route table",
		"networkinterfaces":                     "network interface",
		"virtualnetwork":                        "virtual network",
		"workspaceresourceid":                   "workspace",
		"workspaceid":                           "workspace",
		"loadbalancerinboundnatrules":           "NAT rule",
		"targetresourceuri":                     "scales",
		"metricresourceuri":                     "metrics",
		"networksecuritygroup":                  "security group",
		"vhdcontainers":                         "disks",
		"proximityplacementgroup":               "placement group",
		"userassignedidentities":                "identity",
		"healthprobe":                           "health probe",
		"imagereference":                        "image",
	}
}}

// ShortWords are the properties of an edge in few letters, each once.
func ShortWords(by []string) []string {
	var words []string
	for _, name := range by {
		if short, ok := references.Get()[strings.ToLower(name)]; ok {
			name = short
		}
		if !slices.Contains(words, name) {
			words = append(words, name)
		}
	}
	return words
}
