package quota

import (
	"fmt"
	"strings"

	"github.com/tidwall/gjson"
)

// A Size is a size of virtual machines, such as Standard_D4s_v3, with its use
// of the quota.
type Size struct {
	Name  string
	Cores int // counted against the quota
	// Family is the row of the usages that it counts against in addition to the
	// total; "" if unknown.
	Family string
}

// Sizes are the sizes of a saved list. Nil Sizes derive sizes from their names
// only.
type Sizes struct {
	Name   string // of the file
	listed map[string]Size

	capabilities map[string]map[string]string // by size and name, in lower case
	offers       map[string][]Offer           // by size
	locations    map[string]bool
}

// Find returns the size with a name: from the list, or else derived from the
// name.
func (s *Sizes) Find(name string) (Size, bool) {
	if size, ok := s.Listed(name); ok {
		return size, true
	}
	return Named(name)
}

// Listed returns the size with a name from the list.
func (s *Sizes) Listed(name string) (Size, bool) {
	if s == nil {
		return Size{}, false
	}
	size, ok := s.listed[strings.ToLower(name)]
	return size, ok
}

// ParseSizes parses the output of az vm list-skus or the response of the REST
// API, or the output of az vm list-sizes, which has no families. It returns an
// error, with the command to use, for any other text. name is the name of the
// file.
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
	n := 0
	list.ForEach(func(_, row gjson.Result) bool {
		if n++; n > maxSizes {
			err = fmt.Errorf("%s has more than %d sizes; %s", name, maxSizes, hint)
			return false
		}
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
	if err != nil {
		return nil, err
	}
	if len(s.listed) == 0 {
		return nil, fmt.Errorf("%s lists no sizes with their cores; %s", name, hint)
	}
	return s, nil
}
