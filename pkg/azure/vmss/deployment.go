package vmss

import (
	"strings"
	"sync"

	"github.com/scaleset/scaleset/pkg/arm/expand"
)

// A Deployment is the typed view of what one template deploys: its scale sets
// and the resources that they refer to. It is never changed after [New].
type Deployment struct {
	Expanded        *expand.Deployment
	ScaleSets       []*ScaleSet
	Autoscale       []*AutoscaleSetting
	LoadBalancers   []*LoadBalancer
	VirtualNetworks []*VirtualNetwork
	PublicAddresses []*PublicAddress
	StorageAccounts []*StorageAccount
	SecurityGroups  []*SecurityGroup
	// Extensions are those of scale sets that the deployment does not make,
	// or whose set is not known: resources of their own.
	Extensions []Extension
	// Gateways, Interfaces and Machines are application gateways, and the
	// interfaces and machines beside the sets.
	Gateways   []*ApplicationGateway
	Interfaces []*NetworkInterface
	Machines   []*VirtualMachine
	// StandbyPools are the standby pools of scale sets, as resources.
	StandbyPools []*expand.Resource

	byID map[string]*expand.Resource // lower-case id
	// unnamed are the lower-case types of resources whose id is unknown: one
	// of them may be what a reference names.
	unnamed map[string]bool
	// twice are the lower-case ids that several resources have, in nested
	// deployments say: their parts come from one or the other.
	twice   map[string]bool
	symbols symbols
	ids     map[*expand.Resource]string // lower case, with symbols
	views   map[*expand.Resource]any    // *ScaleSet, *LoadBalancer and so on

	reading sync.Mutex // of parts, which are read when they are first asked for
	parts   map[partsKey]*parts
}

// New reads a deployment.
func New(expanded *expand.Deployment) *Deployment {
	d := &Deployment{Expanded: expanded, byID: make(map[string]*expand.Resource, len(expanded.Resources))}
	d.unnamed, d.twice = map[string]bool{}, map[string]bool{}
	d.ids, d.views = map[*expand.Resource]string{}, map[*expand.Resource]any{}
	d.parts = map[partsKey]*parts{}
	d.symbols = newSymbols(expanded.Resources)
	for _, r := range expanded.Resources {
		d.enter(r)
	}
	for _, r := range expanded.Resources {
		d.add(r)
	}
	for _, r := range expanded.Resources {
		d.addChild(r)
	}
	for _, set := range d.ScaleSets {
		for _, a := range d.Autoscale {
			if a.targets(set.Resource) {
				set.Autoscale = append(set.Autoscale, a)
			}
		}
	}
	return d
}

// enter makes a resource known by its id.
func (d *Deployment) enter(r *expand.Resource) {
	id, known := d.symbols.id(r)
	if !known {
		d.unnamed[strings.ToLower(r.Type)] = true
	}
	if id == "" {
		return
	}
	id = strings.ToLower(id)
	if d.byID[id] != nil {
		d.twice[id] = true
	}
	d.byID[id], d.ids[r] = r, id
}

func (d *Deployment) add(r *expand.Resource) {
	switch strings.ToLower(r.Type) {
	case "microsoft.compute/virtualmachinescalesets":
		d.ScaleSets = enlist(d, r, d.ScaleSets, newScaleSet(d, r))
	case "microsoft.insights/autoscalesettings":
		d.Autoscale = enlist(d, r, d.Autoscale, newAutoscaleSetting(d, r))
	case "microsoft.network/loadbalancers":
		d.LoadBalancers = enlist(d, r, d.LoadBalancers, newLoadBalancer(d, r))
	case "microsoft.network/virtualnetworks":
		d.VirtualNetworks = enlist(d, r, d.VirtualNetworks, newVirtualNetwork(d, r))
	case "microsoft.network/publicipaddresses":
		d.PublicAddresses = enlist(d, r, d.PublicAddresses, newPublicAddress(r))
	case "microsoft.storage/storageaccounts":
		d.StorageAccounts = enlist(d, r, d.StorageAccounts, newStorageAccount(r))
	case "microsoft.network/networksecuritygroups":
		d.SecurityGroups = enlist(d, r, d.SecurityGroups, newSecurityGroup(r))
	case "microsoft.network/applicationgateways":
		d.Gateways = enlist(d, r, d.Gateways, newApplicationGateway(d, r))
	case "microsoft.network/networkinterfaces":
		d.Interfaces = enlist(d, r, d.Interfaces, newNetworkInterface(d, r))
	case "microsoft.standbypool/standbyvirtualmachinepools":
		d.StandbyPools = append(d.StandbyPools, r)
	case "microsoft.compute/virtualmachines":
		d.Machines = enlist(d, r, d.Machines, newVirtualMachine(d, r))
	}
}

// enlist adds the view of a resource to those of its kind.
func enlist[V any](d *Deployment, r *expand.Resource, views []*V, view *V) []*V {
	d.views[r] = view
	return append(views, view)
}

// viewOf is the view of a resource; nil when it is of another kind or none.
func viewOf[V any](d *Deployment, r *expand.Resource) *V {
	view, _ := d.views[r].(*V)
	return view
}

// parent is the resource that certainly holds a child written on its own; nil
// when the deployment does not make it.
func (d *Deployment) parent(child *expand.Resource) *expand.Resource {
	id, _ := ParseID(d.ids[child])
	of, ok := id.Parent()
	if !ok {
		return nil
	}
	return d.Find(of.String())
}

// addChild gives resources that the template writes on their own to the view
// of the resource that holds them.
func (d *Deployment) addChild(r *expand.Resource) {
	switch strings.ToLower(r.Type) {
	case "microsoft.compute/virtualmachinescalesets/extensions":
		d.addExtension(r)
	case "microsoft.network/virtualnetworks/subnets":
		if network := viewOf[VirtualNetwork](d, d.parent(r)); network != nil {
			appendChild(&network.Subnets, d.newSubnet(r.Body))
		}
	case "microsoft.network/virtualnetworks/virtualnetworkpeerings":
		if network := viewOf[VirtualNetwork](d, d.parent(r)); network != nil {
			appendChild(&network.Peerings, newNamed(r.Body))
		}
	case "microsoft.network/loadbalancers/inboundnatrules":
		if balancer := viewOf[LoadBalancer](d, d.parent(r)); balancer != nil {
			appendChild(&balancer.NatRules, d.newNatRule(r.Body))
		}
	case "microsoft.network/loadbalancers/backendaddresspools":
		if balancer := viewOf[LoadBalancer](d, d.parent(r)); balancer != nil {
			appendChild(&balancer.BackendPools, newNamed(r.Body))
		}
	case "microsoft.network/networksecuritygroups/securityrules":
		if group := viewOf[SecurityGroup](d, d.parent(r)); group != nil {
			appendChild(&group.Rules, newSecurityRule(r.Body))
		}
	}
}

func (d *Deployment) addExtension(r *expand.Resource) {
	e := newExtension(r.Body)
	e.Resource = r
	if set := viewOf[ScaleSet](d, d.parent(r)); set != nil {
		appendChild(&set.Extensions, e)
		return
	}
	d.Extensions = append(d.Extensions, e)
}

func appendChild[T any](l *List[T], item T) {
	l.Items = append(l.Items, item)
	if l.State == Absent {
		l.State = Known
	}
}

// Find is the resource with the id, compared case-insensitively; nil when the
// deployment does not make it.
func (d *Deployment) Find(id string) *expand.Resource { return d.byID[strings.ToLower(id)] }

// A Ref is a reference by id.
type Ref struct {
	ID Field[string]
	// Parsed is the id taken apart; its Type is "" when the id is absent,
	// unknown or of another form.
	Parsed ID
	// Resource is the resource of this deployment that the id names or, for
	// the id of a part (a subnet, a pool, a probe), that should hold the part.
	// It is nil when the deployment does not make it: then it may exist
	// already, and nothing can be said.
	Resource *expand.Resource
	// Target is what the id names: the body of Resource, or the part of it.
	// It is nil when the part is not there, or not known to be there.
	Target *expand.Node
	// Dangling says that Resource is made by this deployment and certainly
	// has no part of that name.
	Dangling bool

	path ID
}

// Path is Parsed or, for an id that parameters without a value are part of, the
// id with symbols in their place, such as {name}lb. They are the same in all
// ids: good for comparing and for showing, but no text to judge.
func (r Ref) Path() ID { return r.path }

// Place is where to point.
func (r Ref) Place() *expand.Node { return r.ID.Place() }

// Same reports whether two references certainly name the same thing.
func (r Ref) Same(other Ref) bool {
	return r.path.Type != "" && other.path.Type != "" && r.path.String() == other.path.String()
}

// Ref reads the text of a node as an id and looks for what it names.
func (d *Deployment) Ref(n *expand.Node) Ref { return d.ref(n) }

// ref reads an id and looks for what it names.
func (d *Deployment) ref(n *expand.Node, path ...string) Ref {
	r := Ref{ID: text(n, path...)}
	id, ok := r.ID.Known()
	if !ok && r.ID.Node != nil {
		id, ok = d.symbols.text(r.ID.Node.Value)
	}
	if !ok {
		return r
	}
	if r.path, ok = ParseID(id); !ok {
		return r
	}
	if r.ID.State == Known {
		r.Parsed = r.path
	}
	if r.Resource = d.Find(r.path.String()); r.Resource != nil {
		r.Target = r.Resource.Body
		return r
	}
	parent, ok := r.path.Parent()
	if !ok {
		return r
	}
	holder := parent.String()
	if r.Resource = d.Find(holder); r.Resource == nil {
		return r
	}
	r.Target, r.Dangling = d.partsOf(r.Resource, r.path.Kind()).find(r.path.Name())
	r.Dangling = r.Dangling && !d.twice[holder] && !d.unnamed[strings.ToLower(r.path.Type)]
	return r
}
