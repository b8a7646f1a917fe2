package vmss_test

import (
	"testing"
	"time"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
)

func TestParseDuration(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"PT5M": 5 * time.Minute, "PT1H30M": 90 * time.Minute, "P7D": 168 * time.Hour, "P1DT12H": 36 * time.Hour, "PT0S": 0,
		"PT0.5S": 500 * time.Millisecond, "pt10m": 10 * time.Minute, "P1W": 168 * time.Hour,
	} {
		if got, ok := vmss.ParseDuration(text); !ok || got != want {
			t.Errorf("ParseDuration(%q) = %s, %t, want %s", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "P", "PT", "5M", "PT5", "PTM", "P1Y", "P1M", "PT5M3H", "PT-5M", "PT1E3M", "PT5M ", "00:05:00", "PT99999999999H"} {
		if got, ok := vmss.ParseDuration(text); ok {
			t.Errorf("ParseDuration(%q) = %s, want no duration", text, got)
		}
	}
}
