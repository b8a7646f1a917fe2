package quota

import (
	"fmt"
	"strings"

	"github.com/tidwall/gjson"
)

// A Size is a size of virtual machines, such as Standard_D4s_v3.
type Size struct {
	Name  string
	Cores int // that count against the quota
	// Family is the row of the usages that it counts against beside the total;
	// "" when it is not known.
	Family string
}

// Sizes are the sizes of a saved list. The nil Sizes know only what names tell.
type Sizes struct {
	Name   string // of the file
	listed map[string]Size

	capabilities map[string]map[string]string // by size and name, in lower case
	offers       map[string][]Offer           // by size
	locations    map[string]bool
}

// Find is the size of the name: that of the list, else what its name tells.
func (s *Sizes) Find(name string) (Size, bool) {
	if size, ok := s.Listed(name); ok {
		return size, true
	}
	return Named(name)
}

// Listed is the size of the list.
func (s *Sizes) Listed(name string) (Size, bool) {
	if s == nil {
		return Size{}, false
	}
	size, ok := s.listed[strings.ToLower(name)]
	return size, ok
}

// ParseSizes reads the output of az vm list-skus or the answer of the REST API,
// or the output of az vm list-sizes, which tells no families.
func ParseSizes(name string, text []byte) (*Sizes, error) {
	const hint = "save the output of: az vm list-skus -l LOCATION -o json"
	list, err := parse(name, text, hint)
	if err != nil {
		return nil, err
	}
	s := &Sizes{
		Name: name, listed: map[string]Size{},
		capabilities: map[string]map[string]string{}, offers: map[string][]Offer{}, locations: map[string]bool{},
	}
	list.ForEach(func(_, row gjson.Result) bool {
		size := Size{Name: member(row, "name").String(), Family: member(row, "family").String()}
		size.Cores, _ = number(member(row, "numberOfCores"))
		member(row, "capabilities").ForEach(func(_, c gjson.Result) bool {
			if strings.EqualFold(member(c, "name").String(), "vCPUs") {
				size.Cores, _ = number(member(c, "value"))
			}
			return true
		})
		if size.Name != "" && size.Cores > 0 {
			s.listed[strings.ToLower(size.Name)] = size
			s.addOffers(size.Name, row)
		}
		return true
	})
	if len(s.listed) == 0 {
		return nil, fmt.Errorf("%s lists no sizes with their cores; %s", name, hint)
	}
	return s, nil
}
