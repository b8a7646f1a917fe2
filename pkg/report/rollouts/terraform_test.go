package rollouts_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/capacity/upgrade"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/report/rollouts"
	"github.com/scaleset/scaleset/pkg/review/rollout"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// terraform creates a zonal set, deletes one and replaces one, with a secret in
// the name of an argument that is not read.
func terraform(t *testing.T) *rollouts.Terraform {
	t.Helper()
	from := 4
	created, err := whatif.New(instances.New("new"), []whatif.Change{{Amount: 4}}, whatif.Options{From: &from, Zones: []string{"1", "2"}})
	if err != nil {
		t.Fatal(err)
	}
	var unmapped []string
	for i := range 22 {
		unmapped = append(unmapped, fmt.Sprintf("azurerm_x.a: argument%d", i))
	}
	return &rollouts.Terraform{
		Created: []*whatif.Plan{created}, Deleted: []string{"gone"}, Replaced: []string{"again"},
		Unknown: []string{"azurerm_x.a: subnet_id"}, Unmapped: append([]string{"azurerm_x.a: Correct-Horse-9"}, unmapped...),
		Guidance: diag.List{{Code: "SS4106", Rule: "linux-password-login", Severity: diag.Warning, Resource: "Microsoft.Compute/virtualMachineScaleSets/new",
			Summary: "password login is enabled; require an SSH key", Detail: "List a key."}},
	}
}

// TestTerraform: what a plan of Terraform does beside the upgrades, with an upgrade
// and without.
func TestTerraform(t *testing.T) {
	secrets := new(secret.Set)
	secrets.AddText("Correct-Horse-9")
	for name, all := range map[string][]*rollout.Rollout{"terraform": nil, "terraform-and-upgrade": {zonal(t)}} {
		for _, format := range []string{"txt", "md", "json", "html"} {
			var b bytes.Buffer
			if err := formats[format](rollouts.Report{Rollouts: all, Secrets: secrets, Terraform: terraform(t)}, &b); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(b.String(), "Horse") {
				t.Errorf("%s: the secret comes out as %s", name, format)
			}
			if all == nil {
				golden.Equal(t, filepath.Join("testdata", name+"."+format), b.Bytes())
			} else if !strings.Contains(b.String(), "again") || !strings.Contains(b.String(), "web_0") && format != "md" {
				t.Errorf("%s: the %s has not both the upgrade and the rest:\n%s", name, format, &b)
			}
		}
	}
}

// TestVerdict: one sentence for each way in which a change can end.
func TestVerdict(t *testing.T) {
	regional := placement.Config{FaultDomains: 5}
	for name, tt := range map[string]struct {
		change func(*upgrade.Input)
		want   string
	}{
		"by hand":   {func(in *upgrade.Input) { in.Policy.Mode = upgrade.Manual }, "no instance changes automatically; 10 instances must be upgraded by hand"},
		"automatic": {func(in *upgrade.Input) { in.Policy.Mode = upgrade.Automatic }, "10 instances at once, "},
		"protected": {func(in *upgrade.Input) {
			for i := range in.State.Instances {
				in.State.Instances[i].Pinned = true
			}
		}, "no instance is touched: all 10 are protected from scale set actions"},
		"no change": {func(in *upgrade.Input) { in.Change.Action = upgrade.Nothing }, "no instance is touched"},
		"refused": {func(in *upgrade.Input) {
			for i := range 5 {
				in.State.Instances[i].Flags |= placement.Unhealthy
			}
		}, "no instance is upgraded: the upgrade stops before its first batch"},
		"repairs without a sick one": {func(in *upgrade.Input) { in.Policy.Mode = upgrade.Repair }, "no instance is repaired: there is no unhealthy instance without protection"},
	} {
		r := planned(t, "web", regional, 10, tt.change)
		if got := rollouts.Verdict(r); !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

// TestParts: a plan as a part of a document says what it says alone.
func TestParts(t *testing.T) {
	r, secrets := surging(t), new(secret.Set)
	var alone, part bytes.Buffer
	if err := rollouts.WriteSetJSON(&part, r, secrets); err != nil {
		t.Fatal(err)
	}
	if err := (rollouts.Report{Rollouts: []*rollout.Rollout{r}, Secrets: secrets}).WriteJSON(&alone); err != nil {
		t.Fatal(err)
	}
	for _, member := range []string{`"scaleSet": "web"`, `"peak": `, `"maxSurge": true`} {
		if !strings.Contains(part.String(), member) || !strings.Contains(alone.String(), member) {
			t.Errorf("not both documents have %s", member)
		}
	}
	fragment, err := rollouts.Fragment(r, secrets)
	if err != nil {
		t.Fatal(err)
	}
	for want, in := range map[string]bool{"<h4": true, "<h2": false, "<html": false, "web_0": true} {
		if strings.Contains(string(fragment), want) != in {
			t.Errorf("the fragment and %s: want %v:\n%.600s", want, in, fragment)
		}
	}
}
