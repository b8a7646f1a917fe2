package diff_test

import (
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/review/diff"
)

// recordedPaths gives the values of a property before and after an update that
// was recorded, where text and numbers do not do.
var recordedPaths = map[string][2]string{
	"sku.capacity": {`2`, `3`}, "sku.name": {`"Standard_D2s_v3"`, `"Standard_D4s_v3"`},
	"identity.type":                  {`"SystemAssigned"`, `"None"`},
	"properties.zoneBalance":         {`true`, `false`},
	"properties.scaleInPolicy.rules": {`["Default"]`, `["NewestVM"]`},
	"properties.virtualMachineProfile.storageProfile.osDisk.diffDiskSettings": {`{"option": "Local"}`, `{"option": "Local", "placement": "CacheDisk"}`},
	"properties.virtualMachineProfile.applicationProfile.galleryApplications": {`[{"packageReferenceId": "a"}]`, `[{"packageReferenceId": "b"}]`},
	"properties.virtualMachineProfile.extensionProfile.extensions":            {`[{"name": "a"}]`, `[{"name": "a"}, {"name": "b"}]`},
}

// TestRecordedUpdates: Azure answered each of these updates with 200, so that
// none is called refused, nor doubted.
func TestRecordedUpdates(t *testing.T) {
	text, err := os.ReadFile("testdata/recorded-updates.json")
	if err != nil {
		t.Fatal(err)
	}
	var records []struct {
		Changed []string
		Source  string
	}
	if err := json.Unmarshal(text, &records); err != nil {
		t.Fatal(err)
	}
	paths, judged := map[string]bool{}, 0
	for _, r := range records {
		for _, path := range r.Changed {
			if paths[path] {
				continue
			}
			paths[path] = true
			api := "2024-07-01"
			values, ok := recordedPaths[path]
			if !ok {
				values = guess(path)
			}
			older, newer := template(t, "old", set(api, nest(path, values[0]))), template(t, "new", set(api, nest(path, values[1])))
			d := diff.Compare(older, newer, diff.Options{})
			if d.Same > 0 {
				t.Errorf("%s: %v shows no change", path, values)
			}
			judged++
			for _, resource := range d.Resources {
				for _, c := range resource.Changes {
					if c.Class == diff.Refused || c.Class == diff.Unknown {
						t.Errorf("%s: %s is %s (%s), recorded as accepted in %s", path, c.Path, c.Class, c.Rule.Title(), r.Source)
					}
				}
			}
		}
	}
	if judged < 50 {
		t.Errorf("%d properties, want 50 and more", judged)
	}
}

// guess gives two values that the last name of a path may have.
func guess(path string) [2]string {
	last := path[strings.LastIndexByte(path, '.')+1:]
	switch {
	case strings.HasPrefix(last, "enable"), strings.HasSuffix(last, "Enabled"), strings.HasPrefix(last, "automatically"), strings.HasPrefix(last, "prioritize"),
		last == "maxSurge", last == "forceDeletion", last == "treatFailureAsDeploymentFailure":
		return [2]string{`true`, `false`}
	case strings.HasPrefix(last, "max"):
		return [2]string{`20`, `40`}
	case strings.HasSuffix(last, "']"):
		return [2]string{`{"properties": {"typeHandlerVersion": "1.0"}}`, `{"properties": {"typeHandlerVersion": "2.0"}}`}
	case last == "id":
		const subnet = `"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/n/subnets/`
		return [2]string{subnet + `a"`, subnet + `b"`}
	}
	return [2]string{`"a"`, `"b"`}
}

// nest writes a value at a path such as properties.a['name'].b[0].c as members of
// a resource.
func nest(path, value string) string {
	steps := strings.Split(path, ".")
	for i := len(steps) - 1; i >= 0; i-- {
		name, index, item := strings.Cut(steps[i], "[")
		if item {
			if index = strings.TrimSuffix(index, "]"); index[0] == '\'' {
				named := `{"name": ` + strconv.Quote(strings.Trim(index, "'"))
				if inner := strings.TrimPrefix(value, "{"); inner != "}" {
					named += ", " + inner
				} else {
					named += "}"
				}
				value = named
			}
			value = "[" + value + "]"
		}
		value = `{"` + name + `": ` + value + "}"
	}
	return strings.TrimSuffix(strings.TrimPrefix(value, "{"), "}")
}

// The instances that exist stay where OLD has them: five regional ones, and the
// new ones in zones, which leave last.
func TestPlanStartsFromOld(t *testing.T) {
	older := template(t, "old", set("2023-09-01", `"sku": {"name": "Standard_D2s_v3", "capacity": 5}, "properties": {"overprovision": false, "singlePlacementGroup": false}`))
	newer := template(t, "new", set("2023-09-01", `"sku": {"name": "Standard_D2s_v3", "capacity": 10}, "zones": ["1", "2", "3"], "properties": {"overprovision": false, "singlePlacementGroup": false}`))
	d := diff.Compare(older, newer, diff.Options{})
	plan := d.Resources[0].Plan
	if plan == nil {
		t.Fatal("no plan")
	}
	step := plan.Steps[0]
	if step.Before.Regional != 5 || step.Balance.Regional != 5 || len(step.Added) != 5 || step.Added[0].Zone != "1" {
		t.Errorf("before %d regional, after %d regional, %d added", step.Before.Regional, step.Balance.Regional, len(step.Added))
	}
	if got := step.Survivors.Zone; got != 3 {
		t.Errorf("a zone leaves %d, want 3", got)
	}
}

// A saved list says what exists.
func TestPlanStartsFromList(t *testing.T) {
	list, err := instances.Read("list.json", []byte(`[{"instanceId":"0","name":"web_0"},{"instanceId":"4","name":"web_4"},{"instanceId":"5","name":"web_5"},{"instanceId":"6","name":"web_6"},{"instanceId":"7","name":"web_7"}]`))
	if err != nil {
		t.Fatal(err)
	}
	older := template(t, "old", set("2023-09-01", `"sku": {"name": "Standard_D2s_v3", "capacity": 3}`))
	newer := template(t, "new", set("2023-09-01", `"sku": {"name": "Standard_D2s_v3", "capacity": 4}`))
	d := diff.Compare(older, newer, diff.Options{List: list})
	if len(d.Guards) != 1 || d.Guards[0].Text != "the deployment changes the capacity from 5 to 4 and removes 1" {
		t.Fatalf("guards %v", d.Guards)
	}
	if got := d.Guards[0].Plan.Steps[0].Removed; len(got) != 1 || got[0].ID != 5 {
		t.Errorf("removes %v, want 5", got)
	}
}

// What follows the upgrade policy, what needs a manual reimage, what a surge
// replaces.
func TestRollout(t *testing.T) {
	const rolling, automatic = `{"mode": "Rolling", "rollingUpgradePolicy": {"maxSurge": true}}`, `{"mode": "Automatic"}`
	tests := []struct{ policy, old, new, want string }{
		{automatic, `"osProfile": {"customData": "a"}`, `"osProfile": {"customData": "b"}`,
			"1 change does not follow the upgrade policy: each existing instance keeps the old value until you reimage it (az vmss reimage)"},
		{automatic, `"osProfile": {"customData": "a"}, "storageProfile": {"imageReference": {"version": "1"}}`, `"osProfile": {"customData": "b"}, "storageProfile": {"imageReference": {"version": "2"}}`,
			"upgrade policy Automatic: it may reach all instances at once, in no order; 1 change does not follow the upgrade policy: each existing instance keeps the old value until you reimage it (az vmss reimage)"},
		{rolling, `"userData": "a"`, `"userData": "b"`, "upgrade policy Rolling with maxSurge: each instance is replaced by a new one, with a new id, name and address, batch by batch"},
	}
	for _, tt := range tests {
		side := func(name, profile string) diff.Side {
			return template(t, name, set("2024-07-01", `"properties": {"upgradePolicy": `+tt.policy+`, "virtualMachineProfile": {`+profile+`}}`))
		}
		d := diff.Compare(side("old", tt.old), side("new", tt.new), diff.Options{})
		if got := d.Resources[0].Note; got != tt.want {
			t.Errorf("%s\nwant %s", got, tt.want)
		}
	}
}

// Parts of a network that a scale set uses: the probe that it names stays, and a
// subnet or a pool with instances is doubted.
func TestNetworkInUse(t *testing.T) {
	side := func(name, probes, pools, subnets, health string) diff.Side {
		use := `"loadBalancerInboundNatPools": [{"id": "[resourceId('Microsoft.Network/loadBalancers/inboundNatPools', 'lb', 'pool')]"}]`
		if pools == "" { // the set gives the pool up
			use = `"primary": true`
		}
		return template(t, name, `{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-09-01", "name": "net", "location": "westus", "properties": {"subnets": [`+subnets+`]}},
 {"type": "Microsoft.Network/loadBalancers", "apiVersion": "2023-09-01", "name": "lb", "location": "westus", "properties": {"probes": [`+probes+`], "inboundNatPools": [`+pools+`]}},
 {"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2023-09-01", "name": "web", "location": "westus", "sku": {"name": "Standard_D2s_v3", "capacity": 2}, "properties": {"virtualMachineProfile": {"networkProfile": {`+health+`
  "networkInterfaceConfigurations": [{"name": "nic", "properties": {"ipConfigurations": [{"name": "ip", "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 's')]"},
   `+use+`}}]}}]}}}}`)
	}
	const (
		probe, moved   = `{"name": "p", "properties": {"protocol": "Tcp", "port": 80}}`, `{"name": "p", "properties": {"protocol": "Tcp", "port": 81}}`
		slower         = `{"name": "p", "properties": {"protocol": "Tcp", "port": 80, "intervalInSeconds": 30}}`
		pool           = `{"name": "pool", "properties": {"frontendPortRangeStart": 50000, "frontendPortRangeEnd": 50099, "backendPort": 22}}`
		subnet, spare  = `{"name": "s", "properties": {"addressPrefix": "10.0.0.0/24"}}`, `, {"name": "t", "properties": {"addressPrefix": "10.0.1.0/24"}}`
		elsewhere      = `{"name": "s", "properties": {"addressPrefix": "10.0.9.0/24"}}`
		larger, health = `{"name": "s", "properties": {"addressPrefix": "10.0.0.0/23"}}`, `"healthProbe": {"id": "[resourceId('Microsoft.Network/loadBalancers/probes', 'lb', 'p')]"},`
	)
	tests := []struct {
		name     string
		old, new diff.Side
		want     []string
	}{
		{"port of the health probe", side("o", probe, pool, subnet, health), side("n", moved, pool, subnet, health), []string{"refused properties.probes['p'].properties.port"}},
		{"probe removed", side("o", probe, pool, subnet, health), side("n", `{"name": "q", "properties": {"protocol": "Tcp", "port": 90}}`, pool, subnet, health),
			[]string{"update properties.probes['q']", "refused properties.probes['p']"}},
		{"interval of the health probe", side("o", probe, pool, subnet, health), side("n", slower, pool, subnet, health), []string{"update properties.probes['p'].properties.intervalInSeconds"}},
		{"port of another probe", side("o", probe, pool, subnet, ""), side("n", moved, pool, subnet, ""), []string{"update properties.probes['p'].properties.port"}},
		{"pool removed", side("o", probe, pool, subnet, ""), side("n", probe, `{"name": "other"}`, subnet, ""),
			[]string{"update properties.inboundNatPools['other']", "refused properties.inboundNatPools['pool']"}},
		{"pool removed from both", side("o", probe, pool, subnet, ""), side("n", probe, "", subnet, ""), []string{"unknown properties.inboundNatPools may be refused", "instances properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations['nic'].properties.ipConfigurations['ip'].properties.loadBalancerInboundNatPools"}},
		{"all probes removed", side("o", probe, pool, subnet, health), side("n", "", pool, subnet, health), []string{"refused properties.probes"}},
		{"another range of the subnet", side("o", probe, pool, subnet, ""), side("n", probe, pool, elsewhere, ""), []string{"refused properties.subnets['s'].properties.addressPrefix"}},
		{"range of the subnet", side("o", probe, pool, subnet, ""), side("n", probe, pool, larger, ""), []string{"unknown properties.subnets['s'].properties.addressPrefix may be refused"}},
		{"subnet without instances removed", side("o", probe, pool, subnet+spare, ""), side("n", probe, pool, subnet, ""), []string{"update properties.subnets['t']"}},
	}
	for _, tt := range tests {
		got := lines(diff.Compare(tt.old, tt.new, diff.Options{}))
		if strings.Join(got, "\n") != strings.Join(tt.want, "\n") {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// The target of an autoscale setting is immutable: reported with
// TargetResourceIdIsImmutable in Azure/Moodle#311 and MicrosoftDocs/azure-docs#28175.
func TestAutoscaleTarget(t *testing.T) {
	side := func(target string) diff.Side {
		return template(t, target, `{"type": "Microsoft.Insights/autoscaleSettings", "apiVersion": "2022-10-01", "name": "a", "location": "westus2", "properties": {"profiles": [],
  "targetResourceUri": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/`+target+`"}}`)
	}
	if got := lines(diff.Compare(side("web"), side("db"), diff.Options{})); strings.Join(got, "\n") != "refused properties.targetResourceUri" {
		t.Errorf("%q", got)
	}
	if got := lines(diff.Compare(side("web"), side("WEB"), diff.Options{})); len(got) > 0 && strings.HasPrefix(got[0], "refused") {
		t.Errorf("the same id in other letters: %q", got)
	}
}
