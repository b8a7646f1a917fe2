package quota

import (
	"strings"

	"github.com/tidwall/gjson"
)

// An Offer is an entry of a saved list for a size in one location.
type Offer struct {
	Location string // such as westus2
	// Zones are the availability zones that have the size; nil if the list has
	// no zones, and empty if no zone has it.
	Zones []string
	// Restricted is set if the subscription cannot use the size in the
	// location; RestrictedZones are the zones in which it cannot.
	Restricted      bool
	RestrictedZones []string
}

// Capability returns the value of a capability of a size, by its name in the
// list, such as PremiumIO; "" if the list has none.
func (s *Sizes) Capability(size, name string) string {
	if s == nil {
		return ""
	}
	return s.capabilities[strings.ToLower(size)][strings.ToLower(name)]
}

// Offer returns the entry for a size in a location, ignoring case.
func (s *Sizes) Offer(size, location string) (Offer, bool) {
	if s != nil {
		for _, o := range s.offers[strings.ToLower(size)] {
			if strings.EqualFold(o.Location, location) {
				return o, true
			}
		}
	}
	return Offer{}, false
}

// Covers reports whether the list has sizes of a location.
func (s *Sizes) Covers(location string) bool {
	return s != nil && s.locations[strings.ToLower(location)]
}

// OneLocation returns the location of a list with one location; "" for others.
func (s *Sizes) OneLocation() string {
	if s == nil || len(s.locations) != 1 {
		return ""
	}
	for location := range s.locations {
		return location
	}
	return ""
}

// addOffers adds the locations and the capabilities of a row of the list.
func (s *Sizes) addOffers(name string, row gjson.Result) {
	name = strings.ToLower(name)
	known := map[string]string{}
	member(row, "capabilities").ForEach(func(_, c gjson.Result) bool {
		known[strings.ToLower(member(c, "name").String())] = member(c, "value").String()
		return true
	})
	s.capabilities[name] = known
	member(row, "locationInfo").ForEach(func(_, info gjson.Result) bool {
		o := Offer{Location: strings.ToLower(member(info, "location").String())}
		if zones := member(info, "zones"); zones.IsArray() {
			o.Zones = append([]string{}, texts(zones)...)
		}
		o.restrict(member(row, "restrictions"))
		if o.Location != "" {
			s.offers[name] = append(s.offers[name], o)
			s.locations[o.Location] = true
		}
		return true
	})
}

// restrict adds the restrictions for the location of the offer.
func (o *Offer) restrict(restrictions gjson.Result) {
	restrictions.ForEach(func(_, r gjson.Result) bool {
		info := member(r, "restrictionInfo")
		about := false
		for _, location := range append(texts(member(r, "values")), texts(member(info, "locations"))...) {
			about = about || strings.EqualFold(location, o.Location)
		}
		switch kind := member(r, "type").String(); {
		case !about:
		case strings.EqualFold(kind, "Location"):
			o.Restricted = true
		case strings.EqualFold(kind, "Zone"):
			o.RestrictedZones = append(o.RestrictedZones, texts(member(info, "zones"))...)
		}
		return true
	})
}

func texts(list gjson.Result) (all []string) {
	if !list.IsArray() {
		return nil
	}
	list.ForEach(func(_, v gjson.Result) bool {
		all = append(all, v.String())
		return true
	})
	return all
}
