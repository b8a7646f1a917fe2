package scaffold

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
)

// A Scenario is one system that people build with scale sets.
type Scenario struct {
	Name    string
	Summary string       // one line: what it is for
	About   string       // a paragraph for its README
	Today   string       // the same for today's service, if it differs
	Eras    guidance.Era // the eras that have what it needs

	whole            bool // it has a network and a whole scale set
	web              bool // its instances answer on port 80 behind a load balancer
	reached          bool // administrators reach its instances from outside
	managed          bool // Azure creates the scale set
	uniformOnly      bool
	flexibleOnly     bool
	windows, osFixed bool
	customImage      bool
	capacity         int // default
	today            int // default for today's service, if it differs
	maximum          int // default head-room
	sets             int
	draw             func(d *draft) error
}

// Files are what a scenario comes out as.
type Files struct {
	Template   []byte // azuredeploy.json
	Parameters []byte // azuredeploy.parameters.json
}

// Scenarios returns all scenarios, in the order in which people meet them.
func Scenarios() []Scenario {
	return []Scenario{
		linuxNAT, windowsNAT, linuxJumpbox, windowsJumpbox, loadBalanced, autoscaled, customImage,
		cluster, zonal, flexible, rollingUpgrade, spot, scaleOnly, multiSet,
		nodePool, serviceFabric, githubRunners, batchWorkers,
	}
}

// Find gives the scenario of that name, ignoring case.
func Find(name string) (Scenario, bool) {
	all := Scenarios()
	i := slices.IndexFunc(all, func(s Scenario) bool { return strings.EqualFold(s.Name, name) })
	if i < 0 {
		return Scenario{}, false
	}
	return all[i], true
}

// Write makes the files. The error is an *OptionError: which option the
// scenario cannot take, and why.
func (s Scenario) Write(o Options) (Files, error) {
	o, img, err := s.resolve(o)
	if err != nil {
		return Files{}, err
	}
	d := &draft{Options: o, image: img, api: versionsOf(o), scene: s}
	if err := s.draw(d); err != nil {
		return Files{}, err
	}
	return Files{Template: text(d.template()), Parameters: text(d.parameterFile())}, nil
}

const (
	sshPort = 22
	rdpPort = 3389
)

func (d *draft) adminPort() int {
	if d.image.windows {
		return rdpPort
	}
	return sshPort
}

func (d *draft) adminOpening(from string) opening {
	if d.image.windows {
		return opening{"allow-rdp", "3389", from}
	}
	return opening{"allow-ssh", "22", from}
}

var linuxNAT = Scenario{
	Name: "linux-nat", Summary: "Linux instances, reached by SSH through ports of one public IP address",
	About: "One public IP address forwards to every instance: port 50000 to port 22 of the first, 50001 to the next, and so on.",
	Today: "One public IP address forwards to every instance: each has a port from 50000 on that leads to its port 22.",
	Eras:  guidance.Both, whole: true, reached: true, osFixed: true, capacity: 3, maximum: 100, draw: drawNAT,
}

var windowsNAT = Scenario{
	Name: "windows-nat", Summary: "Windows instances, reached by remote desktop through ports of one public IP address",
	About: "One public IP address forwards to every instance: port 50000 to port 3389 of the first, 50001 to the next, and so on.",
	Today: "One public IP address forwards to every instance: each has a port from 50000 on that leads to its port 3389.",
	Eras:  guidance.Both, whole: true, reached: true, windows: true, osFixed: true, capacity: 3, maximum: 100, draw: drawNAT,
}

func drawNAT(d *draft) error {
	d.baseParameters()
	from := d.adminSource()
	d.securityGroup(d.adminOpening(from))
	d.wayOut()
	d.network()
	d.disks(d.Maximum)
	d.loadBalancer(front{natPort: d.adminPort()})
	pool := ""
	if d.preview() {
		pool = natPoolName(d.adminPort())
	}
	d.scaleSet(set{pool: true, natPool: pool, depends: d.setDependencies(true)}.main(d))
	return nil
}

// wayOut gives the instances behind a load balancer a NAT gateway, which has
// more ports than the outbound rules of the load balancer. An application gateway
// has no such rules.
func (d *draft) wayOut() {
	if d.full() || d.AppGateway {
		d.natGateway()
	}
}

// main fills in what the one set of a scenario has.
func (s set) main(d *draft) set {
	s.name, s.prefix, s.capacity = "[parameters('vmssName')]", "[parameters('vmssName')]", "[parameters('instanceCount')]"
	s.flexible = d.isFlexible()
	if d.preview() && !d.scene.customImage {
		s.disks = accounts(d.Maximum)
	}
	return s
}

// disks adds storage accounts where instances need them.
func (d *draft) disks(n int) {
	if d.preview() && !d.scene.customImage {
		d.storageAccounts(n)
	}
}

// setDependencies returns what the set waits for.
func (d *draft) setDependencies(balanced bool) list {
	depends := d.networkDependency()
	switch {
	case balanced && d.AppGateway:
		depends = append(depends, resourceID("Microsoft.Network/applicationGateways", "gatewayName"))
	case balanced:
		depends = append(depends, resourceID("Microsoft.Network/loadBalancers", "loadBalancerName"))
	}
	if d.identity() == "user" {
		depends = append(depends, resourceID("Microsoft.ManagedIdentity/userAssignedIdentities", "identityName"))
	}
	if d.has("securityGroupName") && d.Network.exists() {
		depends = append(depends, resourceID("Microsoft.Network/networkSecurityGroups", "securityGroupName"))
	}
	if d.preview() && !d.scene.customImage {
		depends = append(depends, "storageLoop")
	}
	return depends
}

var linuxJumpbox = Scenario{
	Name: "linux-jumpbox", Summary: "Linux instances without public addresses, reached through a jump box in the same network",
	About: "Only the jump box has a public address. From there you connect to every instance by its private address.",
	Today: "Only the jump box has a public address. From there you connect to every instance by its private address. If it is hardened, an Azure Bastion takes the place of the public address.",
	Eras:  guidance.Both, whole: true, reached: true, osFixed: true, capacity: 3, maximum: 100, draw: drawJumpbox,
}

var windowsJumpbox = Scenario{
	Name: "windows-jumpbox", Summary: "Windows instances without public addresses, reached through a jump box in the same network",
	About: "Only the jump box has a public address. From there you connect to every instance by its private address.",
	Today: "Only the jump box has a public address. From there you connect to every instance by its private address. If it is hardened, an Azure Bastion takes the place of the public address.",
	Eras:  guidance.Both, whole: true, reached: true, windows: true, osFixed: true, capacity: 3, maximum: 100, draw: drawJumpbox,
}

func drawJumpbox(d *draft) error {
	d.baseParameters()
	box := d.beside(machine{role: "jumpbox"})
	d.instanceGroup()
	d.natGateway()
	d.network(d.machineSubnet(box))
	d.disks(d.Maximum)
	d.machine(box)
	d.scaleSet(set{depends: d.setDependencies(false)}.main(d))
	return nil
}

var loadBalanced = Scenario{
	Name: "load-balanced", Summary: "a web front end: a public IP address, a load-balancing rule and a probe",
	About: "The load balancer distributes requests on port 80 to the instances that answer its probe.",
	Eras:  guidance.Both, whole: true, web: true, capacity: 3, maximum: 100, draw: drawLoadBalanced,
}

func drawLoadBalanced(d *draft) error {
	d.baseParameters()
	d.webFront()
	d.scaleSet(d.webSet())
	return nil
}

// webFront is the network, the disks and the load balancer of a web front end.
func (d *draft) webFront() {
	from := "Internet"
	if d.AppGateway {
		from = gatewayPrefix
	}
	d.securityGroup(opening{"allow-web", "80", from})
	d.wayOut()
	d.network()
	d.disks(d.Maximum)
	if d.AppGateway {
		d.applicationGateway()
		return
	}
	d.loadBalancer(front{web: true, probe: "/"})
}

// webSet returns the set of a web front end.
func (d *draft) webSet() set {
	return set{pool: true, web: true, depends: d.setDependencies(true)}.main(d)
}

var autoscaled = Scenario{
	Name: "autoscale", Summary: "a web front end whose capacity follows the CPU load",
	About: "One instance is added above 75% CPU for ten minutes and removed below 25%: far enough apart that a scale-in never causes a scale-out.",
	Eras:  guidance.Both, whole: true, web: true, capacity: 3, maximum: 10, draw: drawAutoscale,
}

func drawAutoscale(d *draft) error {
	if d.Maximum < 3 {
		return reject("max", "%d is too small: autoscale needs more than its minimum of 2", d.Maximum)
	}
	d.baseParameters()
	d.parameter("minInstances", min(2, d.Capacity), "Smallest number of instances of autoscale.", "type", "int", "minValue", 1, "maxValue", d.Maximum)
	d.parameter("maxInstances", d.Maximum, "Largest number of instances of autoscale.", "type", "int", "minValue", 1, "maxValue", d.Maximum)
	d.webFront()
	s := d.webSet()
	s.diagnostics = d.preview()
	d.scaleSet(s)
	d.autoscaleSetting()
	return nil
}

var customImage = Scenario{
	Name: "custom-image", Summary: "instances of your own image",
	About: "In the preview the image is a VHD in a storage account of the region, which also holds the disks of all instances. Today it is an image version of a compute gallery.",
	Today: "The image is a version of a compute gallery. It must answer on port 80.",
	Eras:  guidance.Both, whole: true, web: true, customImage: true, capacity: 3, maximum: 40, draw: drawCustomImage,
}

func drawCustomImage(d *draft) error {
	if customImageLimit := guidance.Get(guidance.CustomImageMax).Limit; d.preview() && d.Maximum > customImageLimit {
		return reject("max", "%d exceeds %d, the limit of a scale set of the preview with a custom image", d.Maximum, customImageLimit)
	}
	d.baseParameters()
	d.webFront()
	d.scaleSet(d.webSet())
	return nil
}

var cluster = Scenario{
	Name: "cluster", Summary: "a master with a public IP address, and a scale set of workers in the same network",
	About: "The workers learn the private address of the master from their custom data; install the manager of your choice there.",
	Eras:  guidance.Both, whole: true, reached: true, osFixed: true, capacity: 5, maximum: 100, draw: drawCluster,
}

const masterAddress = "10.0.0.4" // the first free one: Azure keeps .0 to .3

func drawCluster(d *draft) error {
	if d.Network.exists() {
		return reject("vnet", "the scenario cluster creates its own network, because the master needs a fixed address")
	}
	d.baseParameters()
	master := d.beside(machine{role: "master", address: "[variables('masterAddress')]"})
	d.variable("masterAddress", masterAddress)
	d.instanceGroup()
	d.natGateway()
	d.network(d.machineSubnet(master))
	d.disks(d.Maximum)
	d.machine(master)
	worker := set{depends: append(d.setDependencies(false), resourceID("Microsoft.Compute/virtualMachines", "masterName"))}.main(d)
	worker.customData = "[base64(concat('#cloud-config\nwrite_files:\n- path: /etc/cluster-master\n  content: ', variables('masterAddress'), '\n'))]"
	d.scaleSet(worker)
	return nil
}

var zonal = Scenario{
	Name: "zonal", Summary: "a web front end spread over the zones of a region",
	About: "Three zones, max spreading in each, best-effort balance: if a zone fails, two thirds of the instances are left.",
	Eras:  guidance.Current, whole: true, web: true, capacity: 6, maximum: 100, draw: drawZonal,
}

func drawZonal(d *draft) error {
	if len(d.Zones) == 0 {
		d.Zones = []string{"1", "2", "3"}
	}
	if len(d.Zones) < 2 {
		return reject("zones", "the scenario zonal needs two or three zones")
	}
	return drawLoadBalanced(d)
}

var flexible = Scenario{
	Name: "flexible", Summary: "a scale set in Flexible orchestration, with outbound access through a NAT gateway",
	About: "Flexible scale sets have no default outbound access, no overprovisioning and no inbound NAT pools; instances are ordinary virtual machines.",
	Eras:  guidance.Current, whole: true, flexibleOnly: true, capacity: 3, maximum: 100, draw: drawFlexible,
}

// flexibleFirst is the first API version that serves Flexible sets
// (orchestration-modes page), priorityMixFirst that of priorityMixPolicy.
const (
	flexibleFirst    = "2021-03-01"
	priorityMixFirst = "2022-08-01"
)

func drawFlexible(d *draft) error {
	if !d.since(flexibleFirst) {
		return reject("api-version", "%s has no Flexible orchestration; use %s or later", d.api.compute, flexibleFirst)
	}
	d.baseParameters()
	d.instanceGroup()
	d.natGateway()
	d.network()
	d.scaleSet(set{depends: d.setDependencies(false)}.main(d))
	return nil
}

var rollingUpgrade = Scenario{
	Name: "rolling-upgrade", Summary: "changes of the model are applied in batches, each after the previous one is healthy",
	About: "A batch of a fifth is updated, then the next one waits until it answers on port 80. Unhealthy instances are replaced.",
	Eras:  guidance.Current, whole: true, web: true, uniformOnly: true, capacity: 5, maximum: 100, draw: drawRolling,
}

func drawRolling(d *draft) error {
	d.baseParameters()
	d.webFront()
	s := d.webSet()
	s.rolling = true
	d.scaleSet(s)
	return nil
}

var spot = Scenario{
	Name: "spot", Summary: "a few regular instances and cheap Spot ones above them, in Flexible orchestration",
	About: "The first instances are regular; a percentage of the others is Spot, which Azure may evict at any time.",
	Eras:  guidance.Current, whole: true, flexibleOnly: true, capacity: 6, maximum: 100, draw: drawSpot,
}

func drawSpot(d *draft) error {
	if !d.since(priorityMixFirst) {
		return reject("api-version", "%s has no Spot priority mix; use %s or later", d.api.compute, priorityMixFirst)
	}
	d.baseParameters()
	d.parameter("regularInstances", 2, "Number of regular instances before the mix starts.", "type", "int", "minValue", 0, "maxValue", d.Maximum)
	d.parameter("regularPercentageAboveBase", 25, "Percentage of the other instances that are regular too.", "type", "int", "minValue", 0, "maxValue", 100)
	d.instanceGroup()
	d.natGateway()
	d.network()
	d.scaleSet(set{spot: true, depends: d.setDependencies(false)}.main(d))
	return nil
}

var scaleOnly = Scenario{
	Name: "scale-only", Summary: "a small template that changes only the capacity of an existing scale set",
	About: "It contains only the size and the new capacity; the scale set does not change otherwise.",
	Eras:  guidance.Both, capacity: 3, maximum: 100, draw: drawScaleOnly,
}

func drawScaleOnly(d *draft) error {
	d.parameter("location", nil, "Region of the scale set.", "type", "string", "defaultValue", "[resourceGroup().location]")
	d.parameter("vmssName", d.Name, "Name of the existing scale set.", "type", "string", "minLength", 1, "maxLength", 64)
	d.parameter("vmSize", d.Size, "Size of its instances, unchanged.", "type", "string")
	d.parameter("instanceCount", d.Capacity, "The new number of instances.", "type", "int", "minValue", 0, "maxValue", d.Maximum)
	d.add(obj(
		"type", "Microsoft.Compute/virtualMachineScaleSets",
		"apiVersion", d.api.compute,
		"name", "[parameters('vmssName')]",
		"location", d.location(),
		"sku", obj("name", "[parameters('vmSize')]", "tier", "Standard", "capacity", "[parameters('instanceCount')]"),
	))
	return nil
}

var multiSet = Scenario{
	Name: "multi-set", Summary: "several scale sets in one network, for more instances than one scale set can have",
	About: "Every scale set has its own accounts or disks; together they stay below the limits of the region and the network.",
	Eras:  guidance.Both, whole: true, capacity: 100, today: 10, maximum: 100, sets: 5, draw: drawMultiSet,
}

// previewRegionLimit is how many VMs several sets of the preview may have
// together in a region (overview of November 2015).
const previewRegionLimit = 500

func drawMultiSet(d *draft) error {
	if total := d.Maximum * d.Sets; d.preview() && total > previewRegionLimit {
		return reject("max", "%d scale sets of %d are %d instances; the limit of the preview is %d for all scale sets of a region", d.Sets, d.Maximum, total, previewRegionLimit)
	}
	d.baseParameters()
	d.instanceGroup()
	d.natGateway()
	d.network()
	if d.preview() {
		d.storageAccountsForSets()
	}
	names := "[concat(parameters('vmssName'), copyIndex(1))]"
	s := set{name: names, prefix: names, capacity: "[parameters('instanceCount')]", copyOf: "sets", copyCount: d.Sets, flexible: d.isFlexible(), depends: d.setDependencies(false)}
	if d.preview() {
		s.disks = accounts(d.Maximum)
	}
	d.scaleSet(s)
	return nil
}
