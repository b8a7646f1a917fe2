package scaffold_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/author/scaffold"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
)

func TestScenariosAreJSON(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range scaffold.Scenarios() {
		if seen[s.Name] || s.Summary == "" || s.About == "" {
			t.Errorf("%s: name taken, or not described", s.Name)
		}
		seen[s.Name] = true
		for _, era := range []guidance.Era{guidance.Preview, guidance.Current} {
			if era&s.Eras == 0 {
				continue
			}
			files, err := s.Write(scaffold.Options{Era: era})
			if err != nil {
				t.Fatalf("%s, %s: %v", s.Name, era, err)
			}
			if !json.Valid(files.Template) || !json.Valid(files.Parameters) {
				t.Errorf("%s, %s: no JSON", s.Name, era)
			}
		}
	}
}

func TestRefusals(t *testing.T) {
	tests := []struct {
		scenario string
		options  scaffold.Options
		want     string
	}{
		{"zonal", scaffold.Options{Era: guidance.Preview}, "guidance: zonal needs what the preview service does not have; it is for guidance current"},
		{"linux-nat", scaffold.Options{Name: "WebServers"}, `name: "WebServers" must be 2 to 9 lower-case letters, digits and hyphens, starting with a letter (it is also the prefix of computer names)`},
		{"linux-nat", scaffold.Options{Capacity: 20, Maximum: 10}, "max: 10 is smaller than the capacity of 20"},
		{"linux-nat", scaffold.Options{Image: "windows"}, "image: linux-nat is for Linux"},
		{"load-balanced", scaffold.Options{Era: guidance.Preview, Image: "https://a.blob.core.windows.net/images/a.vhd"}, "image: a VHD is a custom image: use the scenario custom-image"},
		{"load-balanced", scaffold.Options{Zones: []string{"4"}}, `zones: "4" is not a zone; use 1, 2 or 3`},
		{"zonal", scaffold.Options{Zones: []string{"1"}}, "zones: the scenario zonal needs two or three zones"},
		{"custom-image", scaffold.Options{Era: guidance.Preview, Maximum: 41}, "max: 41 exceeds 40, the limit of a scale set of the preview with a custom image"},
		{"multi-set", scaffold.Options{Era: guidance.Preview, Sets: 6}, "max: 6 scale sets of 100 are 600 instances; the limit of the preview is 500 for all scale sets of a region"},
		{"flexible", scaffold.Options{APIVersion: "lately"}, `api-version: "lately" is not an API version, such as 2025-04-01`},
		{"autoscale", scaffold.Options{Capacity: 2, Maximum: 2}, "max: 2 is too small: autoscale needs more than its minimum of 2"},
	}
	for _, tt := range tests {
		s, ok := scaffold.Find(tt.scenario)
		if !ok {
			t.Fatalf("no scenario %s", tt.scenario)
		}
		_, err := s.Write(tt.options)
		var rejected *scaffold.OptionError
		if !errors.As(err, &rejected) {
			t.Errorf("%s %+v: %v, want a refusal", tt.scenario, tt.options, err)
			continue
		}
		if diff := cmp.Diff(tt.want, err.Error()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.scenario, diff)
		}
	}
}

// What depends on the capacity follows it.
func TestRoomFollowsCapacity(t *testing.T) {
	tests := []struct {
		scenario string
		options  scaffold.Options
		path     []string // of the first match
		want     any
	}{
		{"linux-nat", scaffold.Options{Maximum: 100}, []string{"frontendPortRangeEnd"}, 50199.},
		{"linux-nat", scaffold.Options{Era: guidance.Preview}, []string{"frontendPortRangeEnd"}, 50119.},
		{"load-balanced", scaffold.Options{Maximum: 100}, []string{"addressPrefix"}, "10.0.1.0/24"},
		{"load-balanced", scaffold.Options{Maximum: 1000}, []string{"addressPrefix"}, "10.0.8.0/21"},
		{"load-balanced", scaffold.Options{Maximum: 1000}, []string{"singlePlacementGroup"}, false},
		{"load-balanced", scaffold.Options{Maximum: 100}, []string{"singlePlacementGroup"}, true},
	}
	for _, tt := range tests {
		s, _ := scaffold.Find(tt.scenario)
		files, err := s.Write(tt.options)
		if err != nil {
			t.Fatal(err)
		}
		var doc any
		if err := json.Unmarshal(files.Template, &doc); err != nil {
			t.Fatal(err)
		}
		got, _ := find(doc, tt.path[0])
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s, at most %d: %s (-want +got):\n%s", tt.scenario, tt.options.Maximum, tt.path[0], diff)
		}
	}
}

// find gives the first value under a name, in depth.
func find(v any, name string) (any, bool) {
	switch v := v.(type) {
	case map[string]any:
		if x, ok := v[name]; ok {
			return x, true
		}
		for _, e := range v {
			if x, ok := find(e, name); ok {
				return x, true
			}
		}
	case []any:
		for _, e := range v {
			if x, ok := find(e, name); ok {
				return x, true
			}
		}
	}
	return nil, false
}
