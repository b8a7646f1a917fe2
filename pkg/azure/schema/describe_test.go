package schema

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDescribe(t *testing.T) {
	d, err := Describe("virtualmachinescalesets", "2017-03-30", "properties.upgradepolicy")
	if err != nil {
		t.Fatal(err)
	}
	if d.Type != "Microsoft.Compute/virtualMachineScaleSets" || d.Path != "properties.upgradePolicy" || d.Value.Type != "object" || d.Note != "" {
		t.Errorf("got %+v", d)
	}
	want := []Shape{
		{Name: "automaticOSUpgrade", Type: "boolean", Since: "2017-03-30", Until: "2018-06-01"},
		{Name: "mode", Type: "string", Values: []string{"Automatic", "Manual", "Rolling"}, Since: "2015-06-15"},
		{Name: "rollingUpgradePolicy", Type: "object", Since: "2017-03-30"},
	}
	if diff := cmp.Diff(want, d.Properties); diff != "" {
		t.Errorf("properties (-want +got):\n%s", diff)
	}
}

func TestDescribeGoesThroughArrays(t *testing.T) {
	d, err := Describe("Microsoft.Insights/autoscaleSettings", "", "properties.profiles.capacity.minimum")
	if err != nil {
		t.Fatal(err)
	}
	if d.Path != "properties.profiles[].capacity.minimum" || d.Value.Type != "string" || !d.Value.Required {
		t.Errorf("got %+v, %+v", d, d.Value)
	}
}

func TestDescribeUnknownVersion(t *testing.T) {
	d, err := Describe("Microsoft.Compute/virtualMachineScaleSets", "2017-06-01", "sku")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("2017-06-01 is not a known API version; this is 2017-03-30.", d.Note); diff != "" {
		t.Error(diff)
	}
}

func TestDescribeWithoutDocument(t *testing.T) {
	d, err := Describe("microsoft.logic/WORKFLOWS", "", "")
	if err != nil {
		t.Fatal(err)
	}
	if d.Type != "Microsoft.Logic/workflows" || len(d.APIVersions) == 0 || len(d.Properties) != 0 || d.Note == "" {
		t.Errorf("got %+v", d)
	}
}

func TestDescribeMistakes(t *testing.T) {
	tests := []struct{ typ, path, want string }{
		{"virtualMachineScaleSet", "", "virtualMachineScaleSet is not a known resource type; did you mean virtualMachineScaleSets?"},
		{"frobnicator", "", "frobnicator is not a known resource type"},
		{"virtualMachineScaleSets", "sku.capcity", "Microsoft.Compute/virtualMachineScaleSets sku has no property capcity; did you mean `capacity`?"},
		{"Microsoft.Logic/workflows", "sku", "the properties of Microsoft.Logic/workflows are not known"},
	}
	for _, tt := range tests {
		_, err := Describe(tt.typ, "", tt.path)
		if err == nil {
			t.Errorf("%s %s: no error", tt.typ, tt.path)
		} else if diff := cmp.Diff(tt.want, err.Error()); diff != "" {
			t.Errorf("%s %s (-want +got):\n%s", tt.typ, tt.path, diff)
		}
	}
}

// TestOtherWord: a name that differs in a word of the schema may be meant for another
// property, a slip of a letter is not.
func TestOtherWord(t *testing.T) {
	doc := load(t, "Microsoft.Compute/virtualMachineScaleSets")
	for _, tt := range []struct {
		written, near string
		want          bool
	}{
		{"maxUnhealthyUpgradedInstanceCount", "maxUnhealthyUpgradedInstancePercent", true},
		{"batchInstancePercent", "maxBatchInstancePercent", true},
		{"overprovison", "overprovision", false},
		{"capcity", "capacity", false},
		{"computerNamePrefx", "computerNamePrefix", false},
	} {
		if got := new(report).otherWord(doc, tt.written, tt.near); got != tt.want {
			t.Errorf("%s for %s: %v, want %v", tt.written, tt.near, got, tt.want)
		}
	}
}
