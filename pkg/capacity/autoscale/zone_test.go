package autoscale_test

import (
	"testing"
	"time"

	"github.com/scaleset/scaleset/pkg/capacity/autoscale"
)

func TestZone(t *testing.T) {
	summer := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	tests := []struct {
		name string
		hour int // at noon UTC in July
	}{
		{"", 12}, {"utc", 12}, {"Pacific Standard Time", 5}, {"W. Europe Standard Time", 14}, {"Tokyo Standard Time", 21}, {"US Mountain Standard Time", 5},
	}
	for _, tt := range tests {
		zone, ok := autoscale.Zone(tt.name)
		if !ok || summer.In(zone).Hour() != tt.hour {
			t.Errorf("%q: %v, %v; want hour %d", tt.name, zone, ok, tt.hour)
		}
	}
	if zone, ok := autoscale.Zone("Middle-earth Standard Time"); ok {
		t.Errorf("an unknown zone is %v", zone)
	}
}

func FuzzZone(f *testing.F) {
	f.Add("Pacific Standard Time")
	f.Fuzz(func(t *testing.T, name string) {
		if zone, ok := autoscale.Zone(name); ok != (zone != nil) {
			t.Errorf("%q: zone %v, ok %v", name, zone, ok)
		}
	})
}
