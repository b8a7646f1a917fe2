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

// DefaultName is the name of a scale set of which only numbers are known.
const DefaultName = "vmss"

// A State is what is known about a scale set before it is changed. The zero value is a
// Uniform regional scale set about which nothing else is known.
type State struct {
	Name       string // of the set; "" is unknown
	Prefix     string // computerNamePrefix; "" is the name of the set
	SizeName   string // sku.name of a saved set
	APIVersion string
	// Capacity is the capacity of the scale set or in the template; -1 is unknown.
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
	// Overprovisions says that the scale set creates surplus instances while it
	// grows, and Modelled that this comes from a template or a saved model. A list
	// alone only shows gaps.
	Overprovisions bool
	Modelled       bool
	// Saved says that the state comes from a saved model of an existing scale set.
	Saved          bool
	StrictZones    bool
	UnhealthyFirst bool
	Mix            *placement.PriorityMix
	Spot           bool // the profile has priority Spot

	// Instances are those of a saved list: nil without one, and empty for a list
	// without instances. Names and ComputerNames have the names, by id, that differ
	// from the usual ones. Assumed says that they were not listed: they are
	// those that the model of the old side would have (see FromOld).
	Instances            []placement.Instance
	Assumed              bool
	Names, ComputerNames map[int]string
	// SeenFaultDomains and SeenUpdateDomains are the numbers of domains of the
	// instances; 0 if the list has none.
	SeenFaultDomains, SeenUpdateDomains int
	// Unplaced are the ids of the instances without domains in the list.
	Unplaced []int

	Pools      []NatPool
	Containers []string // the storage account of each container; "" is unknown
	Notes      []string // what was assumed, one sentence each

	unnamed int          // which of the notes says that the name is not known; 0 is none
	usage   *quota.Usage // see SetQuota
	sizes   *quota.Sizes
}

// A NatPool is an inbound NAT pool, which has a frontend port for each instance.
type NatPool struct {
	Name        string
	First, Last int
	BackendPort int
}

// Size returns the number of ports.
func (p NatPool) Size() int { return max(0, p.Last-p.First+1) }

// New returns the state of a scale set of which only numbers are known.
func New(name string) *State {
	if name == "" {
		name = DefaultName
	}
	return &State{Name: name, Capacity: -1}
}

// Era returns the era of the guidance that the template is checked against.
func (s *State) Era() guidance.Era { return s.era }

// Size returns the name of the size of the instances, or "" if it is not known.
func (s *State) Size() string {
	if s.Set == nil {
		return s.SizeName
	}
	name, _ := s.Set.SKUName.Known()
	return name
}

// Rename sets the name of the scale set, for a template whose name is known only at
// deployment.
func (s *State) Rename(name string) {
	s.Name = name
	if s.unnamed > 0 {
		s.Notes = slices.Delete(s.Notes, s.unnamed-1, s.unnamed)
		s.unnamed = 0
	}
}

// ParseID returns the id of an instance that a user named: by the id, or by the
// resource name in the list or of the scale set (web_17, web_9f0e1d2c).
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
