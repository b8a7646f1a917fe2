package cli

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// What az vmss show prints, shortened: properties stand beside the name.
const shown = `{
 "id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/web", "name": "web",
 "type": "Microsoft.Compute/virtualMachineScaleSets", "location": "westeurope", "zones": ["1", "2", "3"],
 "sku": {"name": "Standard_D2s_v3", "tier": "Standard", "capacity": 6}, "overprovision": false, "singlePlacementGroup": true,
 "orchestrationMode": "Uniform", "platformFaultDomainCount": 1, "scaleInPolicy": {"rules": ["OldestVM"]},
 "virtualMachineProfile": {"storageProfile": {"imageReference": {"publisher": "p", "offer": "o", "sku": "s", "version": "latest"}, "osDisk": {"createOption": "FromImage", "managedDisk": {"storageAccountType": "Premium_LRS"}}}}}`

// A saved model tells the zones, the policy and the limits of the set, given as
// a model or in place of a template.
func TestSavedModel(t *testing.T) {
	for _, args := range [][]string{{"--vmss", "web.json"}, {"web.json"}} {
		app, out, errs := testApp(t)
		if err := os.WriteFile(filepath.Join(app.Dir, "web.json"), []byte(shown), 0o644); err != nil {
			t.Fatal(err)
		}
		code := Main(context.Background(), app, append([]string{"simulate", "--format", "json", "--to", "5,301"}, args...))
		var plan struct {
			ScaleSet string
			Zones    []string
			Policy   string
			Steps    []struct {
				From     int
				Removed  []struct{ ID int }
				Findings []struct{ Code, Severity string }
			}
		}
		if err := json.Unmarshal(out.Bytes(), &plan); err != nil {
			t.Fatalf("%v: %s", err, errs)
		}
		if code != ExitFindings || plan.ScaleSet != "web" || len(plan.Zones) != 3 || plan.Policy != "OldestVM" || plan.Steps[0].From != 6 || plan.Steps[0].Removed[0].ID != 0 {
			t.Errorf("%v: exit code %d, %+v", args, code, plan)
		}
		if f := plan.Steps[1].Findings; len(f) != 1 || f[0].Code != "SS4001" || f[0].Severity != "error" {
			t.Errorf("%v: findings %v, want that of three placement groups", args, f)
		}
	}
}
