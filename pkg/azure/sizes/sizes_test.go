package sizes_test

import (
	"os"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/azure/sizes"
)

func TestFind(t *testing.T) {
	for name, want := range map[string]sizes.Size{
		"standard_d2_V3": {
			Name: "Standard_D2_v3", Listed: true, PremiumStorage: sizes.No, AcceleratedNetworking: sizes.Yes, EphemeralOSDisk: sizes.No,
			EncryptionAtHost: sizes.No, Spot: sizes.Yes, Confidential: sizes.No, Generation1: sizes.Yes, Generation2: sizes.No,
			SCSI: sizes.Yes, NVMe: sizes.No, Arm64: sizes.No, DataDisks: 4, Interfaces: 2, CacheGiB: -1, TempGiB: 50, NVMeGiB: -1,
		},
		"Standard_A1": {Name: "Standard_A1"},
	} {
		got, ok := sizes.Find(name)
		if name == "Standard_A1" {
			// Known by name, with two numbers: missing data is not a no.
			if !ok || got.Listed || got.Spot != sizes.Unknown {
				t.Errorf("Find(%q) = %+v, %v", name, got, ok)
			}
			continue
		}
		if !ok || got != want {
			t.Errorf("Find(%q) = %+v, %v, want %+v", name, got, ok, want)
		}
	}
	if _, ok := sizes.Find("Standard_D2_v99"); ok {
		t.Error("there is a size Standard_D2_v99")
	}
}

// TestFindAll looks up every size of the table, which must be sorted.
func TestFindAll(t *testing.T) {
	raw, err := os.ReadFile("sizes.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		name, _, _ := strings.Cut(line, "\t")
		if got, ok := sizes.Find(strings.ToUpper(name)); !ok || got.Name != name {
			t.Errorf("Find(%q) = %+v, %v", name, got, ok)
		}
	}
}

func TestNear(t *testing.T) {
	for name, want := range map[string]string{"Standard_D4sv5": "Standard_D4s_v5", "Standard_DS2v2": "Standard_DS2_v2", "Standard_D4s_v99": ""} {
		if got, _ := sizes.Near(name); got != want {
			t.Errorf("Near(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestIn(t *testing.T) {
	for _, c := range []struct {
		size, region string
		want         sizes.Availability
		ok           bool
	}{
		{"standard_a1_v2", "WestEurope", sizes.Availability{Offered: true, Zones: 3}, true},
		{"Standard_A1_v2", "westus", sizes.Availability{Offered: true}, true},
		{"Standard_A1_v2", "atlantis", sizes.Availability{}, false},
		{"Standard_A1", "westus", sizes.Availability{}, false},
	} {
		if got, ok := sizes.In(c.size, c.region); got != c.want || ok != c.ok {
			t.Errorf("In(%s, %s) = %+v, %v", c.size, c.region, got, ok)
		}
	}
}
