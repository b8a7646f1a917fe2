package instances

import (
	"slices"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/quota"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
)

// DefaultName is the name of a set of which only numbers are known.
const DefaultName = "vmss"

// A State is what is known of a scale set before it is changed. Its zero
// value knows nothing: a Uniform, regional set of today.
type State struct {
	Name       string // of the set; "" is unknown
	Prefix     string // computerNamePrefix; "" is the name of the set
	SizeName   string // sku.name of a saved set
	APIVersion string
	// Capacity is what the set has, or the template asks for; -1 is unknown.
	Capacity int
	// Set is the scale set of the template, nil without one.
	Set *vmss.ScaleSet
	// Place is where findings point: the capacity of the template.
	Place *expand.Node
	era   guidance.Era // by which the template is judged

	Model        placement.Model
	FaultDomains int // 0: not known
	Zones        []string
	Policy       placement.Policy
	Flexible     bool
	SingleGroup  bool
	// Overprovisions says that the set creates surplus instances while it grows;
	// Modelled that a template or a saved model tells so. Of a list alone
	// nothing is known but its gaps.
	Overprovisions bool
	Modelled       bool
	// Saved says that the set exists as a saved model shows it.
	Saved          bool
	StrictZones    bool
	UnhealthyFirst bool
	Mix            *placement.PriorityMix
	Spot           bool // the profile asks for Spot instances

	// Instances are those of a saved list, nil without one; a set of none is
	// not nil. Names and ComputerNames are theirs by id where they differ from
	// the usual ones.
	// Assumed says that no list shows the instances: they are those that the
	// model of the old side would have (see FromOld).
	Instances            []placement.Instance
	Assumed              bool
	Names, ComputerNames map[int]string
	// SeenFaultDomains and SeenUpdateDomains are how many domains the
	// instances show; 0 when they show none.
	SeenFaultDomains, SeenUpdateDomains int
	// Unplaced are the ids of the instances whose domains the list does not
	// tell.
	Unplaced []int

	Pools      []NatPool
	Containers []string // the storage account of each container; "" is unknown
	Notes      []string // what was assumed on reading

	unnamed int          // which of the notes says that the name is not known; 0 is none
	usage   *quota.Usage // see SetQuota
	sizes   *quota.Sizes
}

// A NatPool is one inbound NAT pool: a port of the public side for each instance.
type NatPool struct {
	Name        string
	First, Last int
	BackendPort int
}

// Size is the number of ports.
func (p NatPool) Size() int { return max(0, p.Last-p.First+1) }

// New returns the state of a set of which only numbers are known.
func New(name string) *State {
	if name == "" {
		name = DefaultName
	}
	return &State{Name: name, Capacity: -1}
}

// Era is the era by which the template is judged.
func (s *State) Era() guidance.Era { return s.era }

// Size is the name of the size of the instances, "" when it is not known.
func (s *State) Size() string {
	if s.Set == nil {
		return s.SizeName
	}
	name, _ := s.Set.SKUName.Known()
	return name
}

// Rename gives the set a name, for a template that leaves it to the deployment.
func (s *State) Rename(name string) {
	s.Name = name
	if s.unnamed > 0 {
		s.Notes = slices.Delete(s.Notes, s.unnamed-1, s.unnamed)
		s.unnamed = 0
	}
}

// ParseID is the number of an instance that a user named: by its id, or by its
// resource name as the list or the set spells it (web_17, web_9f0e1d2c).
func (s *State) ParseID(text string) (int, error) {
	if n, err := strconv.Atoi(text); err == nil && n >= 0 {
		return n, nil
	}
	for id, name := range s.Names {
		if strings.EqualFold(name, text) {
			return id, nil
		}
	}
	if at := strings.LastIndexByte(text, '_'); at > 0 && strings.EqualFold(text[:at], s.Name) {
		if n, err := strconv.Atoi(text[at+1:]); err == nil && n >= 0 {
			return n, nil
		}
	}
	return 0, Mistakef("%q is not an instance of %s; use an id such as 17, or a name such as %s", text, s.Name, placement.Name(s.Name, 17))
}
