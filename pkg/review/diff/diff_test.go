package diff_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/review/diff"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// template is a template of these resources.
func template(t testing.TB, name, resources string) diff.Side {
	t.Helper()
	return whole(t, name, `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
		"parameters": {"any": {"type": "string"}, "other": {"type": "string"}, "size": {"type": "int", "defaultValue": 3}}, "resources": [`+resources+`]}`)
}

func whole(t testing.TB, name, text string) diff.Side {
	t.Helper()
	tree := jsonc.Parse(source.NewFile(name, []byte(text)))
	d := expand.Expand(arm.ParseTemplate(tree), expand.Options{Context: funcs.Context{
		TenantID: "t", SubscriptionID: "11111111-2222-3333-4444-555555555555", ResourceGroup: "rg", Location: "westus2", DeploymentName: "d"}})
	if d.Diagnostics.HasErrors() || tree.Diagnostics.HasErrors() {
		t.Fatal(tree.Diagnostics, d.Diagnostics)
	}
	return diff.Side{Name: name, Deployment: d}
}

// set is a scale set with these members and, in any case, a profile.
func set(api, members string) string {
	const profile = `"properties": {"virtualMachineProfile": {}`
	switch {
	case strings.Contains(members, "virtualMachineProfile"):
	case strings.Contains(members, `"properties": {}`):
		members = strings.Replace(members, `"properties": {`, profile, 1)
	case strings.Contains(members, `"properties": {`):
		members = strings.Replace(members, `"properties": {`, profile+", ", 1)
	case members == "":
		members = profile + "}"
	default:
		members += ", " + profile + "}"
	}
	text := fmt.Sprintf(`{"type": "Microsoft.Compute/virtualMachineScaleSets", "name": "web", "apiVersion": "%s"`, api)
	return text + ", " + members + "}"
}

// lines are the changes in short: resource or path, values, class.
func lines(d *diff.Diff) []string {
	var all []string
	for _, r := range d.Resources {
		if len(r.Changes) == 0 {
			all = append(all, r.Class.String()+" "+r.Name)
		}
		for _, c := range r.Changes {
			line := c.Class.String() + " " + c.Path
			if c.Class == diff.Unknown {
				line += " may be " + c.May.String()
			}
			all = append(all, line)
		}
	}
	return all
}

// TestNoise names what is written differently and is the same.
func TestNoise(t *testing.T) {
	tests := []struct{ name, old, new string }{
		{"defaults of a set", `"properties": {"virtualMachineProfile": {}}`,
			`"properties": {"overprovision": true, "singlePlacementGroup": true, "orchestrationMode": "Uniform", "platformFaultDomainCount": 5, "zoneBalance": false,
			"scaleInPolicy": {"rules": ["Default"], "forceDeletion": false}, "virtualMachineProfile": {"priority": "Regular", "osProfile": {"secrets": []}}}`},
		{"defaults of a zonal set", `"zones": ["1", "2"], "properties": {"virtualMachineProfile": {}}`,
			`"zones": ["2", "1"], "properties": {"singlePlacementGroup": false, "platformFaultDomainCount": 1, "virtualMachineProfile": {}}`},
		{"case and spelling", `"location": "West US 2", "sku": {"name": "Standard_D2s_v3", "capacity": 3}`,
			`"location": "westus2", "sku": {"name": "standard_d2s_V3", "tier": "Standard", "capacity": "3"}`},
		{"null and empty", `"tags": {}, "zones": null`, `"properties": {}`},
		{"lists by name", `"properties": {"virtualMachineProfile": {"extensionProfile": {"extensions": [{"name": "a", "properties": {"type": "x"}}, {"name": "b"}]}}}`,
			`"properties": {"virtualMachineProfile": {"extensionProfile": {"extensions": [{"name": "B"}, {"name": "A", "properties": {"type": "x"}}]}}}`},
		{"disks by lun", `"properties": {"virtualMachineProfile": {"storageProfile": {"dataDisks": [{"lun": 0, "diskSizeGB": 4}, {"lun": 1, "diskSizeGB": 8}]}}}`,
			`"properties": {"virtualMachineProfile": {"storageProfile": {"dataDisks": [{"lun": 1, "diskSizeGB": 8}, {"lun": "0", "diskSizeGB": 4}]}}}`},
		{"what is left of an expression", `"properties": {"a": "[reference('x', '2020-01-01').id]", "b": "[parameters('any')]"}`,
			`"properties": {"b": "[parameters('any')]", "a": "[reference('x', '2020-01-01').id]"}`},
		{"a parameter with the same value", `"sku": {"capacity": 3}`, `"sku": {"capacity": "[parameters('size')]"}`},
		{"ids", `"properties": {"virtualMachineProfile": {"diagnosticsProfile": {"x": "/subscriptions/A/providers/P/t/n"}}}`,
			`"properties": {"virtualMachineProfile": {"diagnosticsProfile": {"x": "/subscriptions/a/providers/p/T/N"}}}`},
		{"lists without names in another order", `"properties": {"x": [{"p": 1}, {"p": 2}]}`, `"properties": {"x": [{"p": 2}, {"p": 1}]}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := diff.Compare(template(t, "old", set("2024-07-01", tt.old)), template(t, "new", set("2024-07-01", tt.new)), diff.Options{})
			if got := lines(d); got != nil || d.Same != 1 {
				t.Errorf("changes %v, %d the same", got, d.Same)
			}
		})
	}
}

// TestRealChanges are those that a folding or a default must not hide.
func TestRealChanges(t *testing.T) {
	tests := []struct {
		name, old, new string
		want           []string
	}{
		{"the default of another mode", `"properties": {"orchestrationMode": "Flexible"}`, `"properties": {"orchestrationMode": "Flexible", "platformFaultDomainCount": 5}`,
			[]string{"refused properties.platformFaultDomainCount"}},
		{"case of tags", `"tags": {"a": "x"}`, `"tags": {"a": "X"}`, []string{"instances tags.a"}},
		{"an item", `"properties": {"virtualMachineProfile": {"extensionProfile": {"extensions": [{"name": "a"}]}}}`,
			`"properties": {"virtualMachineProfile": {"extensionProfile": {"extensions": [{"name": "b"}]}}}`,
			[]string{"instances properties.virtualMachineProfile.extensionProfile.extensions['b']", "instances properties.virtualMachineProfile.extensionProfile.extensions['a']"}},
		{"order of a list that is not a set", `"properties": {"x": ["a", "b"]}`, `"properties": {"x": ["b", "a"]}`, []string{"set-only properties.x"}},
		{"another expression", `"tags": {"a": "[parameters('any')]"}`, `"tags": {"a": "[parameters('other')]"}`, []string{"unknown tags.a may be instances"}},
		{"a known value instead of an expression", `"location": "[parameters('any')]"`, `"location": "westus2"`, []string{"unknown location may be refused"}},
		{"an object of one rule is one change", `"properties": {}`, `"properties": {"hostGroup": {"id": "x", "y": 1}}`, []string{"unknown properties.hostGroup may be refused"}},
		{"an object of several rules", `"properties": {"virtualMachineProfile": {"x": 1}}`,
			`"properties": {"virtualMachineProfile": {"x": 1, "osProfile": {"computerNamePrefix": "a", "adminPassword": "[parameters('any')]"}}}`,
			[]string{"unknown properties.virtualMachineProfile.osProfile.computerNamePrefix may be refused", "unknown properties.virtualMachineProfile.osProfile.adminPassword may be reimage"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := diff.Compare(template(t, "old", set("2024-07-01", tt.old)), template(t, "new", set("2024-07-01", tt.new)), diff.Options{})
			if diff := cmp.Diff(tt.want, lines(d)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestResources(t *testing.T) {
	const (
		address = `{"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2023-04-01", "name": "%s", "location": "westus2", "sku": {"name": "%s"}}`
		unnamed = `{"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2023-04-01", "name": "[parameters('%s')]", "location": "%s"}`
	)
	tests := []struct {
		name, old, new string
		complete       bool
		want           []string
	}{
		{"left behind", fmt.Sprintf(address, "a", "Basic"), fmt.Sprintf(address, "b", "Basic"), false, []string{"created b", "left-behind a"}},
		{"replaced in complete mode", fmt.Sprintf(address, "a", "Basic"), fmt.Sprintf(address, "b", "Basic"), true, []string{"replaced b"}},
		{"removed in complete mode", fmt.Sprintf(address, "a", "Basic"), "", true, []string{"removed a"}},
		{"by name case-insensitively", fmt.Sprintf(address, "a", "Basic"), fmt.Sprintf(address, "A", "Standard"), false, []string{"refused sku.name"}},
		{"unknown names by what is left of them", fmt.Sprintf(unnamed, "any", "westus"), fmt.Sprintf(unnamed, "any", "eastus"), false, []string{"refused location"}},
		{"unknown names by place", fmt.Sprintf(unnamed, "any", "westus"), fmt.Sprintf(unnamed, "other", "westus"), false, []string{"unknown name may be replaced"}},
		{"another API version", strings.Replace(fmt.Sprintf(address, "a", "Basic"), "2023-04-01", "2023-05-01", 1), fmt.Sprintf(address, "a", "Basic"), false, []string{"no-effect apiVersion"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := diff.Compare(template(t, "old", tt.old), template(t, "new", tt.new), diff.Options{Complete: tt.complete})
			if diff := cmp.Diff(tt.want, lines(d)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestMachines has the changes of virtual machines that were reported as rejected,
// and some that are not.
func TestMachines(t *testing.T) {
	const machine = `{"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01", "name": "vm", "location": "westus2", %s}`
	const (
		image   = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/images/i"
		gallery = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/galleries/l/images/i"
		scale   = `{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2024-07-01", "name": "set", "location": "westus2", "properties": {"virtualMachineProfile": {"storageProfile": {"imageReference": {%s}}}}}`
	)
	tests := []struct {
		name, form, old, new string
		want                 []string
	}{
		{"zone", machine, `"zones": ["1"]`, `"zones": ["2"]`, []string{"refused zones"}},
		{"availability set", machine, `"properties": {"availabilitySet": {"id": "a"}}`, `"properties": {"availabilitySet": {"id": "b"}}`, []string{"refused properties.availabilitySet.id"}},
		{"custom data", machine, `"properties": {"osProfile": {"customData": "YQ=="}}`, `"properties": {"osProfile": {"customData": "Yg=="}}`, []string{"refused properties.osProfile.customData"}},
		{"login", machine, `"properties": {"osProfile": {"linuxConfiguration": {"disablePasswordAuthentication": true}}}`, `"properties": {"osProfile": {"linuxConfiguration": {"disablePasswordAuthentication": false}}}`,
			[]string{"refused properties.osProfile.linuxConfiguration.disablePasswordAuthentication"}},
		{"type of the OS disk", machine, `"properties": {"storageProfile": {"osDisk": {"managedDisk": {"storageAccountType": "Standard_LRS"}}}}`, `"properties": {"storageProfile": {"osDisk": {"managedDisk": {"storageAccountType": "Premium_LRS"}}}}`,
			[]string{"refused properties.storageProfile.osDisk.managedDisk.storageAccountType"}},
		{"user data", machine, `"properties": {"userData": "YQ=="}`, `"properties": {"userData": "Yg=="}`, []string{"update properties.userData"}},
		{"a managed image", scale, `"publisher": "p"`, `"id": "` + image + `"`, []string{"reimage properties.virtualMachineProfile.storageProfile.imageReference.id", "refused properties.virtualMachineProfile.storageProfile.imageReference.publisher"}},
		{"an image of a gallery", scale, `"publisher": "p"`, `"id": "` + gallery + `"`, []string{"reimage properties.virtualMachineProfile.storageProfile.imageReference.id", "reimage properties.virtualMachineProfile.storageProfile.imageReference.publisher"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := diff.Compare(template(t, "old", fmt.Sprintf(tt.form, tt.old)), template(t, "new", fmt.Sprintf(tt.form, tt.new)), diff.Options{})
			if diff := cmp.Diff(tt.want, lines(d)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestPlaces(t *testing.T) {
	d := diff.Compare(template(t, "old.json", set("2024-07-01", `"sku": {"capacity": 5}`)), template(t, "new.json", set("2024-07-01", `"sku": {"capacity": "[parameters('size')]"}`)), diff.Options{})
	c := d.Resources[0].Changes[0]
	got := []string{c.Pointer, c.Old.At().Text(), c.New.At().Text(), c.New.At().File.Path()}
	if diff := cmp.Diff([]string{"/resources/0/sku/capacity", "5", "3", "new.json"}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	plan := d.Resources[0].Plan
	if plan == nil || len(plan.Steps) != 1 || len(plan.Steps[0].Removed) != 2 {
		t.Errorf("the preview of the capacity: %+v", plan)
	}
}

func TestThreshold(t *testing.T) {
	rejected := diff.Compare(template(t, "a", set("2024-07-01", `"location": "a"`)), template(t, "b", set("2024-07-01", `"location": "b"`)), diff.Options{})
	mild := diff.Compare(template(t, "a", set("2024-07-01", `"tags": {"a": "a"}`)), template(t, "b", set("2024-07-01", `"tags": {"a": "b"}`)), diff.Options{})
	same := diff.Compare(template(t, "a", set("2024-07-01", "")), template(t, "b", set("2024-07-01", "")), diff.Options{})
	for name, want := range map[string][3]bool{"never": {}, "refused": {true}, "reimage": {true}, "any": {true, true}} {
		threshold, err := diff.ParseThreshold(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := [3]bool{rejected.Reaches(threshold), mild.Reaches(threshold), same.Reaches(threshold)}; got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	if _, err := diff.ParseThreshold("some"); err == nil {
		t.Error("a threshold of no name")
	}
}

// TestPartial compares a template that carries the SKU alone.
func TestPartial(t *testing.T) {
	const small = `{"type": "Microsoft.Compute/virtualMachineScaleSets", "name": "web", "apiVersion": "2024-07-01", "sku": {"name": "Standard_A1", "capacity": 2}}`
	d := diff.Compare(template(t, "old", set("2024-07-01", `"location": "westus2", "sku": {"name": "Standard_A1", "capacity": 3}, "properties": {"overprovision": false}`)),
		template(t, "new", small), diff.Options{})
	if diff := cmp.Diff([]string{"set-only sku.capacity"}, lines(d)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// shown is what az prints of a set: properties beside the name, parts without
// properties of their own, and what only an answer has.
const shown = `{
  "id": "/subscriptions/aaaa/resourceGroups/prod/providers/Microsoft.Compute/virtualMachineScaleSets/web", "name": "web",
  "type": "Microsoft.Compute/virtualMachineScaleSets", "location": "westus2", "resourceGroup": "prod", "uniqueId": "u", "timeCreated": "2024-01-01",
  "sku": {"name": "Standard_A1", "tier": "Standard", "capacity": 7}, "tags": {"keep": "[this]"}, "zones": null,
  "overprovision": true, "provisioningState": "Succeeded", "singlePlacementGroup": true, "platformFaultDomainCount": 5,
  "upgradePolicy": {"mode": "Manual", "rollingUpgradePolicy": null},
  "virtualMachineProfile": {
    "storageProfile": {"osDisk": {"caching": "None", "createOption": "FromImage", "managedDisk": {"storageAccountType": "Standard_LRS"}}},
    "networkProfile": {"networkInterfaceConfigurations": [{"name": "nic", "primary": true, "ipConfigurations": [
      {"name": "ip", "subnet": {"id": "/subscriptions/aaaa/resourceGroups/prod/providers/Microsoft.Network/virtualNetworks/net/subnets/a", "resourceGroup": "prod"}}]}]},
    "extensionProfile": {"extensions": [{"name": "x", "publisher": "p", "type": "Microsoft.Compute/virtualMachineScaleSets/extensions", "typePropertiesType": "t", "typeHandlerVersion": "1.0"}]}
  }
}`

func TestExport(t *testing.T) {
	tree := jsonc.Parse(source.NewFile("now.json", []byte(shown)))
	if !diff.IsExport(tree) {
		t.Fatal("it is not an export")
	}
	e, err := diff.ReadExport(tree)
	if err != nil {
		t.Fatal(err)
	}
	if want := (funcs.Context{SubscriptionID: "aaaa", ResourceGroup: "prod", Location: "westus2"}); e.Context != want {
		t.Errorf("context %+v, want %+v", e.Context, want)
	}
	newer := template(t, "new.json", set("2023-03-01", `"location": "West US 2", "sku": {"name": "Standard_A1", "capacity": 3}, "tags": {"keep": "[[this]"},
		"properties": {"upgradePolicy": {"mode": "manual"}, "virtualMachineProfile": {
			"osProfile": {"adminPassword": "[parameters('any')]"},
			"networkProfile": {"networkInterfaceConfigurations": [{"name": "nic", "properties": {"primary": true, "ipConfigurations": [
				{"name": "ip", "properties": {"subnet": {"id": "/subscriptions/aaaa/resourceGroups/prod/providers/Microsoft.Network/virtualNetworks/net/subnets/b"}}}]}}]},
			"extensionProfile": {"extensions": [{"name": "x", "properties": {"publisher": "p", "type": "t", "typeHandlerVersion": "2.0"}}]}}}`))
	d := diff.Compare(diff.Side{Name: "now.json", Deployment: e.Deployment, Exported: true}, newer, diff.Options{})
	want := []string{
		"set-only sku.capacity",
		"unknown properties.virtualMachineProfile.osProfile.adminPassword may be reimage",
		"instances properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations['nic'].properties.ipConfigurations['ip'].properties.subnet.id",
		"instances properties.virtualMachineProfile.extensionProfile.extensions['x'].properties.typeHandlerVersion",
	}
	if diff := cmp.Diff(want, lines(d)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if at := d.Resources[0].Changes[3].Old.At(); at.Text() != `1.0` && at.Text() != `"1.0"` {
		t.Errorf("the place in the export is %q", at.Text())
	}
	if d.LeftToService == 0 {
		t.Error("nothing is left to the service")
	}
}

func TestExportMistakes(t *testing.T) {
	for _, text := range []string{`{}`, `[]`, `3`, `{"value": [1]}`, `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "resources": []}`} {
		tree := jsonc.Parse(source.NewFile("x.json", []byte(text)))
		if _, err := diff.ReadExport(tree); err == nil || diff.IsExport(tree) {
			t.Errorf("%s is taken for an export", text)
		}
	}
}

func TestGuards(t *testing.T) {
	const autoscale = `{"type": "Microsoft.Insights/autoscaleSettings", "apiVersion": "2015-04-01", "name": "a", "location": "westus2", "properties": {"enabled": true,
		"targetResourceUri": "[resourceId('Microsoft.Compute/virtualMachineScaleSets', 'web')]",
		"profiles": [{"name": "p", "capacity": {"minimum": "2", "maximum": "6", "default": "2"}, "rules": []}]}}`
	with := func(capacity string) diff.Side {
		return template(t, "new", set("2024-07-01", `"sku": {"name": "Standard_A1", "capacity": `+capacity+`}`)+", "+autoscale)
	}
	five := 5
	tests := []struct {
		name     string
		capacity string
		current  *int
		want     []string
	}{
		{"autoscale may have moved it", "3", nil, []string{"info the deployment resets the capacity to 3; autoscale may have set it to 2 to 6"}},
		{"what runs now goes", "3", &five, []string{"warning the deployment changes the capacity from 5 to 3 and removes 2"}},
		{"outside of the bounds", "9", &five, []string{"info the deployment changes the capacity from 5 to 9 and adds 4", "warning the template sets the capacity to 9, outside the autoscale limits of 2 to 6"}},
		{"nothing to guard", "5", &five, nil},
		{"not known", `"[parameters('any')]"`, nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := diff.Compare(with(tt.capacity), with(tt.capacity), diff.Options{Current: tt.current})
			var got []string
			for _, g := range d.Guards {
				got = append(got, g.Severity.String()+" "+g.Text)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}
