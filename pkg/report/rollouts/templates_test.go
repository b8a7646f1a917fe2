package rollouts_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/report/rollouts"
	"github.com/scaleset/scaleset/pkg/review/diff"
	"github.com/scaleset/scaleset/pkg/review/rollout"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

func deployment(capacity int, mode, version, more string) *expand.Deployment {
	text := fmt.Sprintf(`{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [
  {"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2024-07-01", "name": "web", "location": "westus2", "sku": {"name": "Standard_D2s_v5", "capacity": %d}, "zones": ["1", "2"],
   "properties": {"orchestrationMode": "Uniform", "overprovision": false, "upgradePolicy": {%s}, "virtualMachineProfile": {"osProfile": {"linuxConfiguration": {}}, "networkProfile": {"networkInterfaceConfigurations": []},
    "storageProfile": {"imageReference": {"publisher": "Canonical", "offer": "ubuntu-24_04-lts", "sku": "server", "version": "%s"}}%s}}}]}`, capacity, mode, version, more)
	return expand.Expand(arm.ParseTemplate(jsonc.Parse(source.NewFile("t.json", []byte(text)))), expand.Options{})
}

func fromTemplates(t *testing.T, older, newer *expand.Deployment, o rollout.Options) rollouts.Report {
	t.Helper()
	d := diff.Compare(diff.Side{Name: "old", Deployment: older}, diff.Side{Name: "new", Deployment: newer}, diff.Options{})
	var changes []diff.Change
	for _, r := range d.Resources {
		changes = append(changes, r.Changes...)
	}
	r, err := rollout.Of(vmss.New(older).ScaleSets[0], vmss.New(newer).ScaleSets[0], changes, o)
	if err != nil {
		t.Fatal(err)
	}
	secrets := new(secret.Set)
	secrets.AddText("Correct-Horse-9")
	return rollouts.Report{Rollouts: []*rollout.Rollout{r}, Secrets: secrets}
}

func textOf(t *testing.T, write func(io.Writer) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const (
	rolling = `"mode": "Rolling", "rollingUpgradePolicy": {"maxBatchInstancePercent": 20, "maxUnhealthyInstancePercent": 30, "pauseTimeBetweenBatches": "PT1M"}`
	health  = `, "extensionProfile": {"extensions": [{"name": "h", "properties": {"publisher": "Microsoft.ManagedServices", "type": "ApplicationHealthLinux", "typeHandlerVersion": "2.0", "settings": {"protocol": "tcp", "port": 80}}}]}`
)

func TestPlansJSON(t *testing.T) {
	r := fromTemplates(t, deployment(10, rolling, "1.0.0", health), deployment(12, rolling, "1.0.1", health), rollout.Options{})
	other := fromTemplates(t, deployment(3, `"mode": "Manual"`, "1.0.0", ""), deployment(3, `"mode": "Manual"`, "1.0.1", ""), rollout.Options{})
	r.Rollouts = append(r.Rollouts, other.Rollouts...)
	type set struct {
		ScaleSet string
		Capacity int
		From     int
		Change   struct {
			Class, Action string
			Properties    []string
		}
		Policy struct {
			Mode                        string
			MaxBatchInstancePercent     int
			PauseTimeBetweenBatches     string
			MaxUnhealthyInstancePercent int
		}
		Batches []struct {
			Number, Running, UpdateDomain int
			Zone                          string
			Instances                     []struct {
				ID   int
				Name string
				Zone string
			}
		}
		Worst  struct{ Batch, Running int }
		ByHand []struct{ Name string }
	}
	var got struct {
		Version string
		set
		Others []set
	}
	if err := json.Unmarshal([]byte(textOf(t, r.WriteJSON)), &got); err != nil {
		t.Fatal(err)
	}
	p := got.Policy
	if got.Version != "1" || got.ScaleSet != "web" || got.From != 10 || got.Capacity != 12 || got.Change.Action != "reimage" || len(got.Change.Properties) == 0 || p.Mode != "Rolling" || p.MaxBatchInstancePercent != 20 || p.PauseTimeBetweenBatches != "PT60S" || p.MaxUnhealthyInstancePercent != 30 {
		t.Errorf("%+v", got.set)
	}
	instances, zone := 0, ""
	for i, b := range got.Batches {
		if b.Number != i+1 || b.Zone == "" || b.Running < 0 {
			t.Errorf("batch %d: %+v", i, b)
		}
		instances += len(b.Instances)
		for _, instance := range b.Instances {
			if instance.Zone != b.Zone || !strings.HasPrefix(instance.Name, "web_") {
				t.Errorf("batch %d of zone %s: %+v", b.Number, b.Zone, instance)
			}
		}
		if b.Zone < zone {
			t.Errorf("zone %s after zone %s", b.Zone, zone)
		}
		zone = b.Zone
	}
	if instances != 10 || got.Worst.Batch == 0 || len(got.Others) != 1 || len(got.Others[0].ByHand) != 3 || got.Others[0].ByHand[0].Name != "web_0" {
		t.Errorf("%d instances in batches, worst %+v, others %+v", instances, got.Worst, got.Others)
	}
}

// TestManyBatches: of very many batches the first are listed, and the rest is counted.
func TestManyBatches(t *testing.T) {
	one := strings.Replace(rolling, ": 20,", ": 1,", 1)
	zonal := func(version string) *expand.Deployment { return deployment(150, one, version, health) }
	r := fromTemplates(t, zonal("1.0.0"), zonal("1.0.1"), rollout.Options{})
	n := len(r.Rollouts[0].Plan.Batches)
	if n <= 100 {
		t.Fatalf("only %d batches", n)
	}
	got := textOf(t, func(w io.Writer) error { return r.WriteText(w, false, 80, true) })
	if want := fmt.Sprintf("and %d more batches; the JSON format lists all\n", n-100); !strings.Contains(got, want) {
		t.Errorf("it lacks %q", want)
	}
	if markdown := textOf(t, r.WriteMarkdown); strings.Count(markdown, "\n| ") < 101 || strings.Count(markdown, "\n| ") > 110 {
		t.Errorf("%d rows in Markdown", strings.Count(markdown, "\n| "))
	}
}
