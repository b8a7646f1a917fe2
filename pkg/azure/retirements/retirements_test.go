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
