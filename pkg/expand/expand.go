package expand

import (
	"github.com/scaleset/scaleset/pkg/diag"
	"github.com/scaleset/scaleset/pkg/source"
)

// A Deployment is what a template means with one set of parameters: every
// resource that deploys, nested and linked templates included, flat, in the
// order in which the engine lists it.
type Deployment struct {
	Resources []*Resource
	Outputs   []Output
	// Diagnostics are the mistakes found on the way; what they concern is
	// left out or unknown, everything else is there.
	Diagnostics diag.List
}

// A Resource is one expanded resource.
type Resource struct {
	ID         string // "" or an expression in brackets when it is not known
	Type       string // full, as written, such as Microsoft.Compute/virtualMachineScaleSets
	Name       string // full, such as vnet/subnet; an expression in brackets when unknown
	APIVersion string
	NameKnown  bool
	// Body is the whole resource as an object, keys in the order of the
	// engine: id, type, name, apiVersion, location, sku, ..., properties.
	Body *Node
	// Declared is the range of the resource in its template, Pointer its JSON
	// pointer there.
	Declared source.Range
	Pointer  string
	// Conditional says that a condition decides at deployment whether it exists.
	Conditional bool
	// DependsOn are the ids (lower case) of resources of this deployment that
	// it waits for, explicit ones and those by reference().
	DependsOn []string
	// Scope tells the deployment it belongs to: ids of resource group or
	// subscription, and the nested deployments on the way, outermost first.
	ResourceGroup  string
	SubscriptionID string
	Nested         []string
}

// An Output is one output of the root template.
type Output struct {
	Name string
	Type string
	Node *Node
}
