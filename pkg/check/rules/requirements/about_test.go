package requirements

import (
	"slices"
	"strings"
	"testing"
)

func TestAbout(t *testing.T) {
	for _, tt := range []struct{ resourceType, path, want string }{
		{"microsoft.compute/VIRTUALMACHINESCALESETS", "properties.upgradePolicy.mode", "A Uniform scale set needs an upgrade mode."},
		{"Microsoft.Compute/virtualMachineScaleSets", "sku.capacity", "A scale set cannot have a negative number of instances."},
		{"Microsoft.Compute/virtualMachineScaleSets", "properties.noSuchProperty", ""},
		{"Microsoft.Network/noSuchType", "sku.capacity", ""},
	} {
		var texts []string
		for _, s := range About(tt.resourceType, tt.path) {
			texts = append(texts, s.Text)
			if s.Source == "" || s.Code == "" || s.Sure == Advised {
				t.Errorf("%s: %+v", tt.path, s)
			}
		}
		if got := strings.Join(texts, "\n"); (tt.want == "") != (got == "") || !strings.Contains(got, tt.want) {
			t.Errorf("%s %s: %q", tt.resourceType, tt.path, got)
		}
	}
}

// TestAboutEachRow wants most rows to be shown with some property; the others are about
// other resources, or about several objects.
func TestAboutEachRow(t *testing.T) {
	shown, rows := 0, 0
	for _, f := range families {
		for i := range f.Rows {
			rows++
			if r := &f.Rows[i]; slices.ContainsFunc(r.Places, func(p Place) bool { return len(r.properties(p.Path, "")) > 0 }) {
				shown++
			}
		}
	}
	if shown*100 < rows*80 {
		t.Errorf("%d of %d rows are about a property", shown, rows)
	}
}

func BenchmarkAbout(b *testing.B) {
	for b.Loop() {
		About("Microsoft.Compute/virtualMachineScaleSets", "properties.upgradePolicy.mode")
	}
}
