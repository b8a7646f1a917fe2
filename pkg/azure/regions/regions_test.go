package regions_test

import (
	"testing"

	"github.com/scaleset/scaleset/pkg/azure/regions"
)

func TestFind(t *testing.T) {
	for location, want := range map[string]regions.Zones{
		"westus2": regions.HasZones, "West US 2": regions.HasZones, "WESTUS": regions.NoZones, "usgovvirginia": regions.HasZones, "eastus3": regions.ZonesUnknown,
	} {
		if r, ok := regions.Find(location); !ok || r.Zones != want {
			t.Errorf("Find(%q) = %+v, %v", location, r, ok)
		}
	}
	if _, ok := regions.Find("westus9"); ok {
		t.Error("there is a region westus9")
	}
}

func TestNear(t *testing.T) {
	for location, want := range map[string]string{
		"wesus2": "westus2", "West US 22": "", "westus4": "", "eatsus": "eastus", "northeurop": "northeurope", "esstus": "eastus",
		"Wset Europe": "westeurope", "uksuoth": "uksouth", "mars": "", "": "", "global": "",
	} {
		if got, _ := regions.Near(location); got != want {
			t.Errorf("Near(%q) = %q, want %q", location, got, want)
		}
	}
}
