package vmss

import (
	"strings"
	"sync"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/internal/fold"
)

// A Deployment is a typed view of the resources that a template deploys: its
// scale sets and the resources that they refer to. It does not change after
// [New].
type Deployment struct {
	Expanded        *expand.Deployment
	ScaleSets       []*ScaleSet
	Autoscale       []*AutoscaleSetting
	LoadBalancers   []*LoadBalancer
	VirtualNetworks []*VirtualNetwork
	PublicAddresses []*PublicAddress
	StorageAccounts []*StorageAccount
	SecurityGroups  []*SecurityGroup
	// Extensions are the extensions that are resources of their own and whose
	// scale set is unknown or not deployed here.
	Extensions []Extension
	// Gateways, Interfaces and Machines are application gateways, and the
	// network interfaces and virtual machines outside scale sets.
	Gateways   []*ApplicationGateway
	Interfaces []*NetworkInterface
	Machines   []*VirtualMachine
	// StandbyPools are the standby pools of scale sets, as resources.
	StandbyPools []*expand.Resource

	byID map[string]*expand.Resource // by lower-case id
	// unnamed are the lower-case types of resources whose id is unknown: a
	// reference may refer to one of them.
	unnamed map[string]bool
	// duplicates are the lower-case ids that several resources have, such as in
	// nested deployments: their parts come from one or the other.
	duplicates map[string]bool
	symbols    symbols
	ids        map[*expand.Resource]string // lower-case ids, with symbols
	views      map[*expand.Resource]any    // *ScaleSet, *LoadBalancer and so on

	reading sync.Mutex // of what is read on first use
	parts   map[partsKey]*parts
	targets map[string]target // by id, as written
}

// New returns the view of an expanded deployment.
func New(expanded *expand.Deployment) *Deployment {
	d := &Deployment{Expanded: expanded, byID: make(map[string]*expand.Resource, len(expanded.Resources))}
	d.unnamed, d.duplicates = map[string]bool{}, map[string]bool{}
	d.ids, d.views = map[*expand.Resource]string{}, map[*expand.Resource]any{}
	d.parts, d.targets = map[partsKey]*parts{}, map[string]target{}
	d.symbols = newSymbols(expanded.Resources)
	for _, r := range expanded.Resources {
		d.register(r)
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

// register adds a resource to the index of ids.
func (d *Deployment) register(r *expand.Resource) {
	id, known := d.symbols.id(r)
	if !known {
		d.unnamed[fold.Lower(r.Type)] = true
	}
	if id == "" {
		return
	}
	id = fold.Lower(id)
	if d.byID[id] != nil {
		d.duplicates[id] = true
	}
	d.byID[id], d.ids[r] = r, id
}

func (d *Deployment) add(r *expand.Resource) {
	switch fold.Lower(r.Type) {
	case "microsoft.compute/virtualmachinescalesets":
		d.ScaleSets = addView(d, r, d.ScaleSets, newScaleSet(d, r))
	case "microsoft.insights/autoscalesettings":
		d.Autoscale = addView(d, r, d.Autoscale, newAutoscaleSetting(d, r))
	case "microsoft.network/loadbalancers":
		d.LoadBalancers = addView(d, r, d.LoadBalancers, newLoadBalancer(d, r))
	case "microsoft.network/virtualnetworks":
		d.VirtualNetworks = addView(d, r, d.VirtualNetworks, newVirtualNetwork(d, r))
	case "microsoft.network/publicipaddresses":
		d.PublicAddresses = addView(d, r, d.PublicAddresses, newPublicAddress(r))
	case "microsoft.storage/storageaccounts":
		d.StorageAccounts = addView(d, r, d.StorageAccounts, newStorageAccount(r))
	case "microsoft.network/networksecuritygroups":
		d.SecurityGroups = addView(d, r, d.SecurityGroups, newSecurityGroup(r))
	case "microsoft.network/applicationgateways":
		d.Gateways = addView(d, r, d.Gateways, newApplicationGateway(d, r))
	case "microsoft.network/networkinterfaces":
		d.Interfaces = addView(d, r, d.Interfaces, newNetworkInterface(d, r))
	case "microsoft.standbypool/standbyvirtualmachinepools":
		d.StandbyPools = append(d.StandbyPools, r)
	case "microsoft.compute/virtualmachines":
		d.Machines = addView(d, r, d.Machines, newVirtualMachine(d, r))
	}
}

// addView adds the view of a resource to the views of its type.
func addView[V any](d *Deployment, r *expand.Resource, views []*V, view *V) []*V {
	d.views[r] = view
	return append(views, view)
}

// viewOf returns the view of a resource; nil if it is of another type or nil.
func viewOf[V any](d *Deployment, r *expand.Resource) *V {
	view, _ := d.views[r].(*V)
	return view
}

// parent returns the resource that certainly contains a child resource; nil if
// the deployment does not deploy it.
func (d *Deployment) parent(child *expand.Resource) *expand.Resource {
	id, _ := ParseID(d.ids[child])
	of, ok := id.Parent()
	if !ok {
		return nil
	}
	return d.Find(of.String())
}

// addChild adds child resources that are separate resources in the template to
// the view of their parent.
func (d *Deployment) addChild(r *expand.Resource) {
	switch fold.Lower(r.Type) {
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

// Find returns the resource with the id, ignoring case; nil if the deployment
// does not deploy it.
func (d *Deployment) Find(id string) *expand.Resource { return d.byID[fold.Lower(id)] }

// A Ref is a reference by id.
type Ref struct {
	ID Field[string]
	// Parsed is the id split into parts; its Type is "" if the id is absent,
	// unknown or of another form.
	Parsed ID
	// Resource is the resource of this deployment that the id refers to or, for
	// the id of a part (a subnet, a pool, a probe), the resource that should
	// contain the part. It is nil if the deployment does not deploy it: then it
	// may exist already, and nothing can be checked.
	Resource *expand.Resource
	// Target is the object that the id refers to: the body of Resource, or a
	// part of it. It is nil if the part is missing or unknown.
	Target *expand.Node
	// Dangling is set if this deployment deploys Resource, which certainly has
	// no part with that name.
	Dangling bool

	path ID
}

// Path returns Parsed or, for an id that depends on parameters without a value,
// the id with symbols in their place, such as {name}lb. The symbols are the
// same in all ids: use them to compare and to display ids, but do not check
// their text.
func (r Ref) Path() ID { return r.path }

// Place returns the node for findings about the reference.
func (r Ref) Place() *expand.Node { return r.ID.Place() }

// Same reports whether two references certainly refer to the same object.
func (r Ref) Same(other Ref) bool {
	return r.path.Type != "" && other.path.Type != "" && r.path.String() == other.path.String()
}

// Ref parses the text of a node as an id and resolves it.
func (d *Deployment) Ref(n *expand.Node) Ref { return d.ref(n) }

// BlobService resolves the address of a blob service that reference() gives when
// the template is deployed, reference(id).primaryEndpoints.blob, to the storage
// account. The result is empty for any other value.
func (d *Deployment) BlobService(n *expand.Node) (r Ref) {
	u, ok := n.Value.(value.Unknown)
	if !ok || d.symbols.off {
		return r
	}
	id, ok := d.symbols.blobService(u.Residual)
	if !ok {
		return r
	}
	t := d.target(id)
	r.path, r.Resource, r.Target = t.path, t.resource, t.node
	return r
}

// ref parses an id and resolves it.
func (d *Deployment) ref(n *expand.Node, path ...string) Ref {
	r := Ref{ID: text(n, path...)}
	id, ok := r.ID.Known()
	if !ok && r.ID.Node != nil {
		id, ok = d.symbols.text(r.ID.Node.Value)
	}
	if !ok {
		return r
	}
	t := d.target(id)
	r.path, r.Resource, r.Target, r.Dangling = t.path, t.resource, t.node, t.dangling
	if r.ID.State == Known {
		r.Parsed = r.path
	}
	return r
}

// A target is what an id refers to: the fields of a [Ref] that follow from its text.
type target struct {
	path     ID
	resource *expand.Resource
	node     *expand.Node
	dangling bool
}

// target resolves an id once: rules ask about the same few ids again and again.
func (d *Deployment) target(id string) target {
	if !strings.Contains(id, "/") {
		return target{}
	}
	d.reading.Lock()
	t, known := d.targets[id]
	d.reading.Unlock()
	if !known {
		t = d.resolve(id)
		d.reading.Lock()
		d.targets[id] = t
		d.reading.Unlock()
	}
	return t
}

func (d *Deployment) resolve(id string) (t target) {
	var ok bool
	if t.path, ok = ParseID(id); !ok {
		return t
	}
	if t.resource = d.byID[t.path.String()]; t.resource != nil {
		t.node = t.resource.Body
		return t
	}
	parent, ok := t.path.Parent()
	if !ok {
		return t
	}
	parentID := parent.String()
	if t.resource = d.byID[parentID]; t.resource == nil {
		return t
	}
	t.node, t.dangling = d.partsOf(t.resource, t.path.Kind()).find(t.path.Name())
	t.dangling = t.dangling && !d.duplicates[parentID] && !d.unnamed[fold.Lower(t.path.Type)]
	return t
}
