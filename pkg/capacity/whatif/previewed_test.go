package whatif_test

import (
	"testing"

	"github.com/scaleset/scaleset/pkg/capacity/whatif"
)

func TestPreviewed(t *testing.T) {
	var p whatif.Previewed
	for _, tt := range []struct {
		instances int
		want      bool
	}{{99_000, true}, {1_001, false}, {1_000, true}, {1, false}, {0, true}, {-1, true}, {1, false}, {1 << 62, false}} {
		if got := p.Room(tt.instances); got != tt.want {
			t.Errorf("room for %d more is %v, want %v", tt.instances, got, tt.want)
		}
	}
}
