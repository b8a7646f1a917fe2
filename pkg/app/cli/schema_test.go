package cli

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSchemaText(t *testing.T) {
	tests := []struct {
		name string
		args []string
		want string
	}{
		{"one property in one version", []string{"schema", "virtualMachineScaleSets@2017-03-30", "properties.upgradePolicy"}, `Microsoft.Compute/virtualMachineScaleSets 2017-03-30  properties.upgradePolicy
  object, since 2015-06-15

  automaticOSUpgrade    boolean, since 2017-03-30, until 2018-06-01
  mode                  string, Automatic | Manual | Rolling, since 2015-06-15
  rollingUpgradePolicy  object, since 2017-03-30
`},
		{"a version that is not known", []string{"schema", "virtualMachineScaleSets@2017-04-01", "sku.name"}, `Microsoft.Compute/virtualMachineScaleSets 2017-03-30  sku.name
2017-04-01 is not a known API version; this is 2017-03-30.
  string, since 2015-06-15
`},
		{"a type", []string{"schema", "autoscaleSettings"}, `Microsoft.Insights/autoscaleSettings

  location    string, since 2014-04-01
  name        string, since 2014-04-01
  properties  object, since 2014-04-01
  tags        map of string, since 2014-04-01

API versions (4):
  2014-04-01 2015-04-01 2021-05-01-preview 2022-10-01
`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			app, out, errs := testApp(t)
			if code := Main(context.Background(), app, tt.args); code != ExitClean {
				t.Fatalf("exit code %d: %s", code, errs)
			}
			if diff := cmp.Diff(tt.want, out.String()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSchemaJSON(t *testing.T) {
	app, out, errs := testApp(t)
	if code := Main(context.Background(), app, []string{"schema", "--format", "json", "virtualMachineScaleSets@2017-03-30", "sku"}); code != ExitClean {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	var got struct {
		Version, Type, APIVersion, Path string
		APIVersions                     []string
		Properties                      []struct{ Name, Type, Since string }
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Version != "1" || got.Type != "Microsoft.Compute/virtualMachineScaleSets" || got.APIVersion != "2017-03-30" || got.Path != "sku" ||
		len(got.APIVersions) < 29 || len(got.Properties) != 3 || got.Properties[0].Name != "capacity" {
		t.Errorf("got %s", out)
	}
}

func TestSchemaListsTypes(t *testing.T) {
	app, out, _ := testApp(t)
	if code := Main(context.Background(), app, []string{"schema"}); code != ExitClean || !strings.Contains(out.String(), "\nMicrosoft.Compute/virtualMachineScaleSets\n") {
		t.Errorf("exit code %d: %s", code, out)
	}
}

func TestSchemaMistakes(t *testing.T) {
	tests := []struct {
		args []string
		want string
	}{
		{[]string{"schema", "virtualMachineScaleSet"}, "scaleset: virtualMachineScaleSet is not a known resource type; did you mean virtualMachineScaleSets?\n"},
		{[]string{"schema", "virtualMachineScaleSets", "skuu"}, "scaleset: Microsoft.Compute/virtualMachineScaleSets has no property skuu; did you mean `sku`?\n"},
		{[]string{"schema", "a", "b", "c"}, "scaleset: scaleset schema takes a type and a path; remove \"c\"\n"},
		{[]string{"schema", "--format", "jsn"}, "scaleset: --format: unknown value \"jsn\"; use one of: text, json; did you mean \"json\"?\n"},
	}
	for _, tt := range tests {
		app, _, errs := testApp(t)
		if code := Main(context.Background(), app, tt.args); code != ExitUsage {
			t.Errorf("%v: exit code %d", tt.args, code)
		}
		if diff := cmp.Diff(tt.want, errs.String()); diff != "" {
			t.Errorf("%v (-want +got):\n%s", tt.args, diff)
		}
	}
}

func TestCompleteSchema(t *testing.T) {
	tests := []struct {
		args  []string
		typed string
		want  []string
	}{
		{nil, "microsoft.insights/a", []string{"Microsoft.Insights/actionGroups", "Microsoft.Insights/activityLogAlerts", "Microsoft.Insights/autoscaleSettings"}},
		{nil, "Microsoft.Insights/autoscaleSettings@2015", []string{"Microsoft.Insights/autoscaleSettings@2015-04-01"}},
		{[]string{"virtualMachineScaleSets"}, "sku.c", []string{"sku.capacity"}},
		{[]string{"virtualMachineScaleSets"}, "nothing.", nil},
	}
	for _, tt := range tests {
		got, _ := completeSchema(nil, tt.args, tt.typed)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%v %q (-want +got):\n%s", tt.args, tt.typed, diff)
		}
	}
}
