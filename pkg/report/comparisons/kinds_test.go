package comparisons_test

import (
	"encoding/json"
	"io"
	"path/filepath"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/report/comparisons"
	"github.com/scaleset/scaleset/pkg/report/findings"
	"github.com/scaleset/scaleset/pkg/review/diff"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

func side(t *testing.T, name, resources string) diff.Side {
	t.Helper()
	tree := jsonc.Parse(source.NewFile(name, []byte(`{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
"parameters": {"any": {"type": "string"}},
"resources": [`+resources+`
]}`)))
	if tree.Diagnostics.HasErrors() {
		t.Fatal(tree.Diagnostics)
	}
	return diff.Side{Name: name, Deployment: expand.Expand(arm.ParseTemplate(tree), expand.Options{Context: funcs.Context{TenantID: "t", SubscriptionID: "s", ResourceGroup: "rg", Location: "westus2", DeploymentName: "d"}})}
}

const autoscale = `{"type": "Microsoft.Insights/autoscaleSettings", "apiVersion": "2015-04-01", "name": "auto", "location": "westus2", "properties": {"enabled": true,
  "targetResourceUri": "[resourceId('Microsoft.Compute/virtualMachineScaleSets', 'web')]", "profiles": [{"name": "p", "capacity": {"minimum": "2", "maximum": "6", "default": "2"}, "rules": []}]}}`

// kinds has a change of each kind: refused, unknown, replaced or left, new, hidden,
// long, with a default, and guards.
func kinds(t *testing.T, complete bool) comparisons.Comparison {
	older := side(t, "old.json", `
{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2024-07-01", "name": "web", "location": "westus2", "zones": ["1"], "sku": {"name": "Standard_D2s_v5", "capacity": 3}, "tags": {"a": "x"},
 "properties": {"orchestrationMode": "Uniform", "virtualMachineProfile": {"osProfile": {"computerNamePrefix": "web", "adminUsername": "one", "adminPassword": "Correct-Horse-9", "customData": "b25l"}}}},
{"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2023-04-01", "name": "old-address", "location": "westus2"}, `+autoscale)
	newer := side(t, "new.json", `
{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2024-07-01", "name": "web", "location": "eastus", "zones": ["1"], "sku": {"name": "Standard_D2s_v5", "capacity": 9}, "tags": {"a": "[parameters('any')]", "b": "y"},
 "properties": {"orchestrationMode": "Uniform", "overprovision": false, "virtualMachineProfile": {"osProfile": {"computerNamePrefix": "web", "adminUsername": "one", "adminPassword": "Correct-Horse-10", "customData": "dHdv"},
  "extensionProfile": {"extensions": [{"name": "health", "properties": {"publisher": "Microsoft.ManagedServices", "type": "ApplicationHealthLinux", "typeHandlerVersion": "1.0", "settings": {"protocol": "tcp", "port": 80, "list": [1, {"name": "second"}], "address": "[parameters('any')]"}, "protectedSettings": {"key": "Correct-Horse-9"}}}]}}}},
{"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2023-04-01", "name": "new-address", "location": "westus2"}, `+autoscale)
	five := 5
	return comparisons.Comparison{Diff: diff.Compare(older, newer, diff.Options{Complete: complete, Current: &five}), Secrets: secrets()}
}

// TestKinds: each kind of change in the text and in Markdown.
func TestKinds(t *testing.T) {
	for name, complete := range map[string]bool{"incremental": false, "complete": true} {
		c := kinds(t, complete)
		golden.Equal(t, filepath.Join("testdata", name+".txt"), []byte(text(t, func(w io.Writer) error { return c.WriteText(w, findings.Text{Width: 100}) })))
		golden.Equal(t, filepath.Join("testdata", name+".md"), []byte(text(t, c.WriteMarkdown)))
	}
}

func TestKindsJSON(t *testing.T) {
	var got struct {
		Mode    string
		Worst   string
		Summary map[string]int
		Guards  []struct {
			Severity, Text string
			Capacity       struct{ ScaleSet string }
		}
		Resources []struct {
			Name, Class string
			Rule        *struct{ Sureness string }
			Changes     []struct {
				Pointer, Class string
				May            string
				ByHand         bool
				Old, New       struct {
					Present, Default, Unknown bool
					Value                     any
					At                        *struct{ Path string }
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(text(t, kinds(t, true).WriteJSON)), &got); err != nil {
		t.Fatal(err)
	}
	if got.Mode != "complete" || len(got.Guards) == 0 || got.Guards[0].Capacity.ScaleSet != "web" {
		t.Errorf("mode %s, guards %+v", got.Mode, got.Guards)
	}
	classes := map[string]string{}
	for _, r := range got.Resources {
		classes[r.Name] = r.Class
		for _, c := range r.Changes {
			switch c.Pointer {
			case "/resources/0/location":
				if c.Class != "refused" || c.Old.Value != "westus2" || c.New.Value != "eastus" || c.New.At.Path != "new.json" {
					t.Errorf("location: %+v", c)
				}
			case "/resources/0/tags/a":
				if c.Class != "unknown" || c.May == "" || !c.New.Unknown || c.New.Value != "[parameters('any')]" {
					t.Errorf("tags: %+v", c)
				}
			case "/resources/0/properties/overprovision":
				if !c.Old.Default || c.Old.Present || c.Old.Value != true || c.New.Value != false {
					t.Errorf("overprovision: %+v", c)
				}
			case "/resources/0/properties/virtualMachineProfile/osProfile/customData":
				if c.Old.Value != "<secure>" || c.New.Value != "<secure>" {
					t.Errorf("customData: %+v", c)
				}
			case "/resources/0/tags/b":
				if c.Old.Present || c.Old.Value != nil || c.Old.At != nil || c.New.Value != "y" {
					t.Errorf("tags.b: %+v", c)
				}
			}
		}
	}
	if classes["web"] != "refused" || classes["new-address"] == "" || classes["new-address"] == classes["web"] {
		t.Errorf("classes: %v", classes)
	}
}

// TestNoChange: nothing changes, and the formats say so.
func TestNoChange(t *testing.T) {
	same := side(t, "t.json", autoscale)
	c := comparisons.Comparison{Diff: diff.Compare(same, same, diff.Options{}), Secrets: secrets()}
	if got, want := text(t, func(w io.Writer) error { return c.WriteText(w, findings.Text{}) }), "no change; 1 resource unchanged (incremental mode)\n"; got != want {
		t.Errorf("text: %q, want %q", got, want)
	}
	if got := text(t, func(w io.Writer) error { return c.WriteText(w, findings.Text{Quiet: true}) }); got != "" {
		t.Errorf("quiet: %q", got)
	}
	if got, want := text(t, c.WriteMarkdown), "## What changes from t.json to t.json\n\nNothing changes: 1 resource unchanged (incremental mode).\n"; got != want {
		t.Errorf("Markdown: %q, want %q", got, want)
	}
}
