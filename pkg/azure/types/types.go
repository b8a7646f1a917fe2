// Package types returns facts about resource types: the scopes at which they
// can be deployed, their list functions, and whether they require a location.
package types

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/internal/lines"
)

//go:generate go run ./gen

// table has, below a line @PROVIDER, a line for each type: the rest of its
// name, the letters of its scopes (- for a type that can only be read) and its
// list functions.
//
//go:embed types.txt
var table string

// A Scope is a scope that a resource can be deployed to.
type Scope byte

// The scopes.
const (
	ResourceGroup   Scope = 'g'
	Subscription    Scope = 's'
	ManagementGroup Scope = 'm'
	Tenant          Scope = 't'
	Extension       Scope = 'e' // another resource, or any of the scopes above
	anyScope        Scope = 'a'
)

// A Type describes a resource type.
type Type struct {
	Name string // as the specification spells it
	// ReadOnly is set if the type can only be read.
	ReadOnly bool
	// Lists are the names of its list functions, such as listKeys.
	Lists  []string
	scopes string
}

// At reports whether a resource of the type can be deployed at a scope.
func (t Type) At(s Scope) bool {
	return strings.ContainsRune(t.scopes, rune(s)) || strings.ContainsRune(t.scopes, rune(anyScope)) || strings.ContainsRune(t.scopes, rune(Extension))
}

// HasList reports whether the type has a list function, ignoring case.
func (t Type) HasList(function string) bool {
	return slices.ContainsFunc(t.Lists, func(f string) bool { return fold.Equal(f, function) })
}

// Find returns a resource type, ignoring case; ok is false for an unknown type.
func Find(resourceType string) (t Type, ok bool) {
	if known, found := found.Load(resourceType); found {
		return known.(Type), known.(Type).Name != ""
	}
	t, ok = find(resourceType)
	if ok { // types invented by templates are not cached
		found.Store(resourceType, t)
	}
	return t, ok
}

var found sync.Map // of Type, by the name as requested

func find(resourceType string) (t Type, ok bool) {
	namespace, name, _ := strings.Cut(resourceType, "/")
	spelled, known := lines.Section(table, namespace)
	for line := range strings.Lines(known) {
		entry, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if len(entry) != len(name) || !fold.Equal(entry, name) {
			continue
		}
		scopes, lists, _ := strings.Cut(rest, "\t")
		return Type{Name: spelled + "/" + entry, ReadOnly: scopes == "-", Lists: strings.Fields(lists), scopes: scopes}, true
	}
	return Type{}, false
}

// locationRequired are the types that require a location: without one Azure returns
// LocationRequired (Azure/bicep#2311). The specifications require it for
// tracked resources in general; these are types of regional resources.
const locationRequired = `|microsoft.compute/availabilitysets|microsoft.compute/capacityreservationgroups|microsoft.compute/diskencryptionsets|microsoft.compute/disks` +
	`|microsoft.compute/galleries|microsoft.compute/galleries/images|microsoft.compute/galleries/images/versions|microsoft.compute/hostgroups|microsoft.compute/hostgroups/hosts` +
	`|microsoft.compute/images|microsoft.compute/proximityplacementgroups|microsoft.compute/snapshots|microsoft.compute/sshpublickeys` +
	`|microsoft.compute/virtualmachines|microsoft.compute/virtualmachinescalesets` +
	`|microsoft.network/applicationgateways|microsoft.network/applicationgatewaywebapplicationfirewallpolicies|microsoft.network/applicationsecuritygroups` +
	`|microsoft.network/azurefirewalls|microsoft.network/bastionhosts|microsoft.network/connections|microsoft.network/ddosprotectionplans|microsoft.network/firewallpolicies` +
	`|microsoft.network/loadbalancers|microsoft.network/localnetworkgateways|microsoft.network/natgateways|microsoft.network/networkinterfaces` +
	`|microsoft.network/networksecuritygroups|microsoft.network/privateendpoints|microsoft.network/publicipaddresses|microsoft.network/publicipprefixes` +
	`|microsoft.network/routetables|microsoft.network/virtualnetworkgateways|microsoft.network/virtualnetworks` +
	`|microsoft.storage/storageaccounts|microsoft.keyvault/vaults|microsoft.managedidentity/userassignedidentities|microsoft.insights/autoscalesettings` +
	`|microsoft.insights/components|microsoft.operationalinsights/workspaces|microsoft.automation/automationaccounts|`

// NeedsLocation reports whether a resource of a type must have a location.
func NeedsLocation(resourceType string) bool {
	return strings.Contains(locationRequired, "|"+fold.Lower(resourceType)+"|")
}
