// Package connect says how the instances of scale sets are reached: through
// ports of a load balancer, by addresses of their own, by way of a jump box or
// a bastion; and where their service is reached. It reads only a
// deployment: what is known only at deployment, such as an address, has a placeholder
// in angle brackets.
package connect

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
)

// A Set is how one scale set is reached.
type Set struct {
	Name     string `json:"name"`
	ID       string `json:"id"`       // with placeholders for what is not known
	Explorer string `json:"explorer"` // where the resource explorer shows the instances
	Portal   string `json:"portal"`   // where the Azure portal shows the scale set
	Capacity int    `json:"capacity"` // -1 when it is not known
	System   string `json:"system"`   // Linux, Windows or unknown
	User     string `json:"user"`

	Ports     []PortRange  `json:"ports"`     // a port of a front for each instance
	Endpoints []Endpoint   `json:"endpoints"` // a port of a front for all instances
	JumpBoxes []JumpBox    `json:"jumpBoxes"`
	Bastions  []string     `json:"bastions"` // names of Azure Bastion hosts in the network
	Addresses []OwnAddress `json:"addresses"`
	Network   string       `json:"network"` // name of the virtual network; "" when it is not known
	// Notes are what a person must know, each a sentence.
	Notes []string `json:"notes"`

	uniform bool
	byID    bool     // ports follow the ids, as in the preview
	members []member // the instances of a saved list; nil for a fresh set
	pooled  bool     // it is in a NAT pool that the template does not make
	prefix  string   // of computer names; "" when it is not known
}

// A member is an instance that a saved list shows.
type member struct {
	id             int
	name, computer string
}

// A Host is where a front listens.
type Host struct {
	Name    string `json:"name"` // DNS name, address, or a placeholder in angle brackets
	Known   bool   `json:"known"`
	Private bool   `json:"private"` // reached from inside the network only
}

// A PortRange is a NAT pool, or a NAT rule with a range: one port of the front
// for each instance.
type PortRange struct {
	Name         string    `json:"name"`
	Host         Host      `json:"host"`
	First        int       `json:"first"`
	Last         int       `json:"last"`
	InstancePort int       `json:"instancePort"`
	Protocol     string    `json:"protocol"`
	Mappings     []Mapping `json:"mappings"` // of a fresh set
}

// A Mapping is one port that leads to one instance.
type Mapping struct {
	Port     int    `json:"port"`
	Instance string `json:"instance"`
}

// An Endpoint is a load-balancing rule: each connection is sent to one of the
// instances.
type Endpoint struct {
	Name         string `json:"name"`
	Host         Host   `json:"host"`
	Port         int    `json:"port"` // 0 is any port
	InstancePort int    `json:"instancePort"`
	Protocol     string `json:"protocol"`
	Probe        string `json:"probe"` // such as "http 80 /health"; "" for none
}

// A JumpBox is a virtual machine in the network of the set with a public way in.
type JumpBox struct {
	Name string `json:"name"`
	Host Host   `json:"host"`
	Port int    `json:"port"`
	User string `json:"user"`
}

// An OwnAddress is a public address of each instance.
type OwnAddress struct {
	Configuration string `json:"configuration"`
	Version       string `json:"addressVersion"` // IPv4 or IPv6
	// Label is the DNS label: the name of instance N is vmN.SUFFIX.
	Suffix string `json:"suffix"` // "" when instances have no DNS names
	Known  bool   `json:"known"`
}

// Options say what is known.
type Options struct {
	// Known gives the counterpart of a resource in an expansion that makes
	// nothing up, nil when there is none: names that differ there rest on
	// assumed facts and are not shown. A nil function trusts every name.
	Known func(*expand.Resource) *expand.Resource
	// List is the saved list of the instances of the set that it names, or of the
	// only set; nil for fresh sets.
	List *instances.State
}

// MaxMappings is how many ports are listed one by one; it is more than a scale
// set has instances.
const MaxMappings = 1000

// New says how the scale sets of a deployment are reached, those with a
// profile: a template that only changes a capacity says nothing of it.
func New(d *vmss.Deployment, o Options) []Set {
	w := &reader{deployment: d, options: o}
	var all []Set
	for _, s := range d.ScaleSets {
		if !s.Partial() {
			all = append(all, w.set(s))
		}
	}
	return all
}

type reader struct {
	deployment *vmss.Deployment
	options    Options
}

func (w *reader) set(s *vmss.ScaleSet) Set {
	flexible, _ := s.Flexible()
	out := Set{
		Name: cmp.Or(w.text(s.Resource, s.Name, "name"), "<name of the scale set>"), Capacity: -1, System: s.System().String(), User: userOf(s.OS.AdminUsername),
		uniform: !flexible,
		Ports:   []PortRange{}, Endpoints: []Endpoint{}, JumpBoxes: []JumpBox{}, Bastions: []string{}, Addresses: []OwnAddress{}, Notes: []string{},
	}
	if n, ok := s.Capacity.Known(); ok {
		out.Capacity = n
	}
	if prefix, ok := s.OS.ComputerNamePrefix.Known(); ok {
		out.prefix = prefix
	}
	out.byID = guidance.EraOf(s.APIVersion) == guidance.Preview
	if list := w.options.List; list != nil && list.Instances != nil && (strings.EqualFold(list.Name, s.Name) || len(w.deployment.ScaleSets) == 1) {
		out.take(list)
	}
	out.ID = w.id(s.Resource, out.Name)
	out.Explorer = "https://resources.azure.com" + out.ID + "/virtualMachines"
	out.Portal = "https://portal.azure.com/#resource" + out.ID
	w.addPorts(&out, s)
	w.addEndpoints(&out, s)
	w.addNeighbours(&out, s)
	w.addAddresses(&out, s)
	w.addNotes(&out, s)
	return out
}

// id returns the id of a set, as far as it is known.
func (w *reader) id(r *expand.Resource, name string) string {
	if !strings.HasPrefix(r.ID, "[") && r.ID != "" && w.known(r, "id") {
		return r.ID
	}
	return "/subscriptions/<subscription>/resourceGroups/<resource group>/providers/" + vmss.Type + "/" + name
}

// UnknownUser is the placeholder for a user name that is not known.
const UnknownUser = "<user>"

func userOf(f vmss.Field[string]) string {
	if user, ok := f.Known(); ok && user != "" {
		return user
	}
	return UnknownUser
}

// text returns a value of a resource, or a placeholder when it rests on an
// assumed fact. path leads to it in the body.
func (w *reader) text(r *expand.Resource, value string, path ...string) string {
	if strings.HasPrefix(value, "[") || !w.known(r, path...) {
		return "<" + path[len(path)-1] + " of the " + kindOf(r) + ">"
	}
	return value
}

func kindOf(r *expand.Resource) string {
	switch {
	case strings.EqualFold(r.Type, vmss.Type):
		return "scale set"
	case strings.EqualFold(r.Type, "Microsoft.Compute/virtualMachines"):
		return "virtual machine"
	}
	return r.Type[strings.LastIndexByte(r.Type, '/')+1:]
}

// known reports whether a text of a resource rests on no assumed fact.
func (w *reader) known(r *expand.Resource, path ...string) bool {
	if w.options.Known == nil {
		return true
	}
	other := w.options.Known(r)
	if other == nil {
		return false
	}
	got, ok := other.Body.Get(path...).Text()
	want, _ := r.Body.Get(path...).Text()
	return ok && strings.EqualFold(got, want)
}

// Uniform reports whether the set has the orchestration mode Uniform, whose
// instances have numbers.
func (s *Set) Uniform() bool { return s.uniform }

// NamesComputers reports whether the prefix of computer names is known.
func (s *Set) NamesComputers() bool { return s.prefix != "" }

// take makes the set one of the instances of a saved list.
func (s *Set) take(list *instances.State) {
	s.Capacity, s.members = len(list.Instances), make([]member, 0, len(list.Instances))
	for _, in := range list.Instances {
		s.members = append(s.members, member{in.ID, list.Names[in.ID], list.ComputerNames[in.ID]})
	}
}

// Listed reports whether the instances are those of a saved list.
func (s *Set) Listed() bool { return s.members != nil }

// InstanceID returns the id of the i-th instance: i in a fresh set.
func (s *Set) InstanceID(i int) int {
	if i < len(s.members) {
		return s.members[i].id
	}
	return i
}

// InstanceName returns the name of the i-th instance, of a saved list or of a fresh set.
func (s *Set) InstanceName(i int) string {
	if i < len(s.members) && s.members[i].name != "" {
		return s.members[i].name
	}
	if !s.uniform {
		return fmt.Sprintf("instance %d of %s", i+1, s.Name) // names of Flexible instances are random
	}
	return placement.Name(s.Name, s.InstanceID(i))
}

// ComputerName returns the host name of the i-th instance, by which other machines of
// the network find it.
func (s *Set) ComputerName(i int) string {
	if i < len(s.members) && s.members[i].computer != "" {
		return strings.ToLower(s.members[i].computer)
	}
	if !s.uniform || s.prefix == "" {
		return "<host name or private address of an instance>"
	}
	return strings.ToLower(placement.ComputerName(s.prefix, s.InstanceID(i)))
}

// Reachable reports whether the template shows a way to single instances.
func (s *Set) Reachable() bool {
	return len(s.Ports)+len(s.JumpBoxes)+len(s.Bastions)+len(s.Addresses) > 0
}

// LoginPort returns the port on which administrators log on: that of SSH or of
// remote desktop, by the system or, when it is not known, by what the ports
// lead to.
func (s *Set) LoginPort() int {
	switch s.System {
	case vmss.Windows.String():
		return RDPPort
	case vmss.Linux.String():
		return SSHPort
	}
	if slices.ContainsFunc(s.Ports, func(r PortRange) bool { return r.InstancePort == RDPPort }) {
		return RDPPort
	}
	return SSHPort
}

// The ports on which administrators log on.
const (
	SSHPort = 22
	RDPPort = 3389
)

func (s *Set) note(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !slices.Contains(s.Notes, text) {
		s.Notes = append(s.Notes, text)
	}
}

func (w *reader) addNotes(out *Set, s *vmss.ScaleSet) {
	switch {
	case len(out.Ports) > 0 && out.Listed() && !out.byID:
		out.note("The list has no ports; they are assumed to be assigned in the order of the instance ids. %s", guidance.Get(guidance.NatPortsNotFixed).Text)
	case len(out.Ports) > 0 && !out.Listed():
		out.note("These are the ports of a new scale set. %s", guidance.Get(guidance.NatPortsNotFixed).Text)
	}
	if on, ok := s.Overprovisions(guidance.EraOf(s.APIVersion)); ok && on && len(out.Ports) > 0 && out.Capacity > 0 && !out.Listed() {
		out.note("Overprovisioning is on: a new scale set has %d random ids from 0 to %d; the names show the lowest.",
			out.Capacity, out.Capacity+placement.Surplus(out.Capacity, out.Capacity)-1)
	}
	if out.Capacity < 0 && len(out.Ports) > 0 {
		out.note("The capacity is not known offline; pass the parameters.")
	}
	if out.unknownHost() {
		out.note("Values in <> are known only after deployment; the resource group, subscription, location and parameters fill in more of them.")
	}
	switch {
	case out.Reachable(), out.pooled:
	case unclear(s):
		out.note("The names of connected resources are not known offline, so connections may be missing here; pass the parameters.")
	case len(out.Endpoints) > 0:
		out.note("No single instance can be reached from outside, only the load-balanced ports.")
	case out.Network != "":
		out.note("No instance can be reached from outside. In the virtual network %s they have private addresses; use a virtual machine, a VPN or a bastion there.", out.Network)
	default:
		out.note("No instance can be reached from outside.")
	}
}

// unclear reports whether a reference of the network is unknown, or how many
// there are.
func unclear(s *vmss.ScaleSet) bool {
	if s.Network.State == vmss.Unknown || s.Network.Interfaces.State == vmss.Unknown {
		return true
	}
	for _, nic := range s.Network.Interfaces.Items {
		if nic.Configurations.State == vmss.Unknown {
			return true
		}
	}
	return slices.ContainsFunc(s.Network.IPConfigurations(), func(c vmss.IPConfiguration) bool {
		refs := slices.Concat([]vmss.Ref{c.Subnet}, c.BackendPools.Items, c.NatPools.Items)
		return c.BackendPools.State == vmss.Unknown || c.NatPools.State == vmss.Unknown ||
			slices.ContainsFunc(refs, func(r vmss.Ref) bool { return r.ID.State == vmss.Unknown })
	})
}

func (s *Set) unknownHost() bool {
	for _, h := range s.hosts() {
		if !h.Known && !h.Private {
			return true
		}
	}
	return s.User == UnknownUser || strings.Contains(s.ID, "<")
}

func (s *Set) hosts() (all []Host) {
	for _, p := range s.Ports {
		all = append(all, p.Host)
	}
	for _, e := range s.Endpoints {
		all = append(all, e.Host)
	}
	for _, j := range s.JumpBoxes {
		all = append(all, j.Host)
	}
	return all
}
