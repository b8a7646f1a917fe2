// Package regions lists the regions of Azure with their availability zones, as
// of 14 August 2026. Regions are added every year: a name that is not listed
// may be a new one.
package regions

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/lazy"
)

//go:generate go run ./gen

// table has a line for each region: name, display name, status, whether it has
// availability zones, and its number of fault domains.
//
//go:embed regions.txt
var table string

// AsOf is the date of the list.
const AsOf = "2026-08-14"

// Zones is whether a region has availability zones.
type Zones int

// The values. The zero value means unknown.
const (
	ZonesUnknown Zones = iota
	NoZones
	HasZones
)

// A Region is one region.
type Region struct {
	Name        string // such as westus2
	DisplayName string // such as West US 2
	Listed      bool   // listed in the documentation; of others only the name is known
	Zones       Zones
	// FaultDomains is the largest number of fault domains of an availability
	// set, 0 if unknown. Regions gain fault domains over the years.
	FaultDomains int
}

// Normalize returns a location as Azure compares it: West US 2 is westus2.
func Normalize(location string) string {
	return strings.ToLower(strings.ReplaceAll(location, " ", ""))
}

// Find returns the region of a location, which may be a name or a display name.
func Find(location string) (Region, bool) {
	r, ok := byName.Get()[Normalize(location)]
	return r, ok
}

// Names returns the names of all regions.
func Names() []string {
	var names []string
	for name := range byName.Get() {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

var byName = lazy.Value[map[string]Region]{Of: func() map[string]Region {
	regions := map[string]Region{}
	for line := range strings.Lines(table) {
		c := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		domains, _ := strconv.Atoi(c[4]) // the generator writes only numbers
		regions[c[0]] = Region{c[0], c[1], c[2] == "listed", map[string]Zones{"zones": HasZones, "none": NoZones}[c[3]], domains}
	}
	return regions
}}

// Near returns the region whose name differs by one wrong, missing or
// superfluous letter, or by two transposed letters. Names that differ in a
// digit are different regions, and one of them may be new.
func Near(location string) (name string, ok bool) {
	written := Normalize(location)
	for _, known := range Names() {
		if oneSlip(written, known) && digits(written) == digits(known) {
			if ok {
				return "", false // two are equally close
			}
			name, ok = known, true
		}
	}
	return name, ok
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// oneSlip reports whether one edit changes one text into the other.
func oneSlip(a, b string) bool {
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		start++
	}
	end := 0
	for end < len(a)-start && end < len(b)-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	restA, restB := a[start:len(a)-end], b[start:len(b)-end]
	if len(restA) == 2 && len(restB) == 2 {
		return restA[0] == restB[1] && restA[1] == restB[0]
	}
	return len(restA) <= 1 && len(restB) <= 1 && len(restA)+len(restB) > 0
}
