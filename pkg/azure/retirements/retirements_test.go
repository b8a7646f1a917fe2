package retirements_test

import (
	"testing"
	"time"

	"github.com/scaleset/scaleset/pkg/azure/retirements"
)

func TestOfSize(t *testing.T) {
	for name, want := range map[string]string{
		"Standard_A1": "2024-08-31", "standard_d2_v2": "2028-05-01", "Standard_NC6s_v3": "2025-09-30", "Standard_D2s_v5": "", "Standard_D2": "2028-05-01",
	} {
		r, ok := retirements.OfSize(name)
		got := ""
		if ok {
			got = r.Date.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%s is retired on %q, want %q", name, got, want)
		}
	}
}

func TestOthers(t *testing.T) {
	for _, c := range []struct {
		got  retirements.Retirement
		want string
	}{
		{first(retirements.OfImage("Canonical", "UbuntuServer", "18.04-LTS")), "2023-05-31"},
		{first(retirements.OfImage("canonical", "0001-com-ubuntu-server-jammy", "22_04-lts-gen2")), "2027-04-01"},
		{first(retirements.OfImage("MicrosoftWindowsServer", "WindowsServer", "2012-R2-Datacenter")), "2023-10-10"},
		{first(retirements.OfExtension("Microsoft.Azure.Diagnostics", "IaaSDiagnostics")), "2026-03-31"},
		{first(retirements.OfFeature(retirements.UnmanagedDisks)), "2026-03-31"},
		{first(retirements.OfFeature(retirements.BasicBalancer)), "2025-09-30"},
		{first(retirements.OfFeature(retirements.BasicAddress)), "2025-09-30"},
		{first(retirements.OfFeature(retirements.NatPools)), "2027-09-30"},
		{first(retirements.OfFeature(retirements.GatewayV1)), "2026-04-28"},
		{first(retirements.OfFeature(retirements.GroupFlowLogs)), "2027-09-30"},
		{first(retirements.OfFeature(retirements.HardDiskSystem)), "2028-09-08"},
	} {
		if got := c.got.Date.Format(time.DateOnly); got != c.want {
			t.Errorf("%s: %s, want %s", c.got.What, got, c.want)
		}
	}
	if _, ok := retirements.OfImage("Canonical", "ubuntu-24_04-lts", "server"); ok {
		t.Error("Ubuntu 24.04 is not retired")
	}
}

func first(r retirements.Retirement, _ bool) retirements.Retirement { return r }

func TestWithin(t *testing.T) {
	r, _ := retirements.OfSize("Standard_A1")  // 2024-08-31
	for day, want := range map[string][2]bool{ // past, within a year
		"2024-08-31": {true, true}, "2024-08-30": {false, true}, "2023-08-31": {false, true}, "2023-08-30": {false, false}, "": {true, true},
	} {
		today, _ := time.Parse(time.DateOnly, day)
		if got := [2]bool{r.Past(today), r.Within(today, 12)}; got != want {
			t.Errorf("%s: %v, want %v", day, got, want)
		}
	}
}
