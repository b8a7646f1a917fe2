package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/azure/limits"
)

const (
	vhdImage      = `"osDisk": {"name": "os", "createOption": "FromImage", "osType": "Linux", "image": {"uri": "https://alpha.blob.core.windows.net/i/i.vhd"}}`
	platformImage = `"imageReference": {"publisher": "Canonical", "offer": "UbuntuServer", "sku": "16.04-LTS", "version": "latest"}`
	managedImage  = `"imageReference": {"id": "/subscriptions/s/resourceGroups/r/providers/Microsoft.Compute/images/i"}`
	managedDisk   = `, "osDisk": {"createOption": "FromImage"}`
	blobs         = `, "osDisk": {"name": "os", "createOption": "FromImage", "vhdContainers": ["https://alpha.blob.core.windows.net/v", "https://beta.blob.core.windows.net/v"]}`
	smallNetwork  = `{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2019-04-01", "name": "net", "location": "westus",
  "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": [{"name": "s", "properties": {"addressPrefix": "10.0.0.0/26"}}]}},`
	wideNetwork = `{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2019-04-01", "name": "net", "location": "westus",
  "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/8"]}, "subnets": [{"name": "s", "properties": {"addressPrefix": "10.0.0.0/16"}}]}},`
	inSubnet = `"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 's')]"}`
	balancer = `{"type": "Microsoft.Network/loadBalancers", "apiVersion": "2019-04-01", "name": "lb", "location": "westus", "sku": {"name": "Basic"},
  "properties": {
    "frontendIPConfigurations": [{"name": "f", "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'other', 's')]"}}}],
    "backendAddressPools": [{"name": "b"}],
    "inboundNatPools": [{"name": "ssh", "properties": {"frontendIPConfiguration": {"id": "[resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb', 'f')]"},
      "protocol": "Tcp", "frontendPortRangeStart": 50000, "frontendPortRangeEnd": PORTS, "backendPort": 22}}]}},`
	pool    = `"loadBalancerInboundNatPools": [{"id": "[resourceId('Microsoft.Network/loadBalancers/inboundNatPools', 'lb', 'ssh')]"}]`
	backend = `"loadBalancerBackendAddressPools": [{"id": "[resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb', 'b')]"}]`
	address = `"publicIPAddressConfiguration": {"name": "ip", "properties": {"idleTimeoutInMinutes": 5}}`
	usage   = `[{"name": {"value": "cores"}, "limit": 100, "currentValue": 2}, {"name": {"value": "virtualMachines"}, "limit": 30, "currentValue": 1}]`
)

// set is a scale set of n instances, as JSON with commas where it needs them.
func set(name, capacity, api, top, properties, storage, ip string) string {
	return fmt.Sprintf(`{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": %q, "name": %q, "location": "westus",
  "sku": {"name": "Standard_D2_v3", "tier": "Standard", "capacity": %s}%s,
  "properties": {"upgradePolicy": {"mode": "Manual"}%s, "virtualMachineProfile": {
    "osProfile": {"computerNamePrefix": "node", "adminUsername": "azureuser", "adminPassword": "[parameters('word')]"},
    "storageProfile": {%s},
    "networkProfile": {"networkInterfaceConfigurations": [{"name": "nic", "properties": {"primary": true, "ipConfigurations": [{"name": "ip", "properties": {%s}}]}}]}}}}`,
		api, name, capacity, top, properties, storage, ip)
}

func ports(n int) string { return strings.Replace(balancer, "PORTS", fmt.Sprint(50000+n-1), 1) }

// Every limit is exceeded by one template at least, at the same number, with the
// same code and severity in lint, simulate and scale.
func TestLimitsAgree(t *testing.T) {
	const n, api = `"[parameters('n')]"`, "2018-06-01"
	off, single := `, "overprovision": false`, `, "singlePlacementGroup": true`
	several := `, "overprovision": false, "singlePlacementGroup": false`
	tests := []struct {
		limit     string
		name      string
		resources string
		max       int
		want      string // of max+1, without the codes of other limits
		usage     string
	}{
		{limits.Capacity, "VHD, overprovisioned", set("web", n, "2016-03-30", "", "", vhdImage, inSubnet), 20, "SS4001 warning", ""},
		{limits.Capacity, "VHD, overprovisioned, at 50", set("web", n, "2016-03-30", "", "", vhdImage, inSubnet), 49, "SS4001 error", ""},
		{limits.Capacity, "VHD", set("web", n, "2016-03-30", "", off, vhdImage, inSubnet), 40, "SS4001 error", ""},
		{limits.Capacity, "VHD in the preview", set("web", n, "2015-06-15", "", "", vhdImage, inSubnet), 40, "SS4001 error", ""},
		{limits.Capacity, "platform image in the preview", set("web", n, "2015-06-15", "", "", platformImage, inSubnet), 100, "SS4001 error", ""},
		{limits.Capacity, "disks in storage accounts", set("web", n, api, "", off, platformImage+strings.ReplaceAll(blobs, `"]`, `", "https://c.blob.core.windows.net/v", "https://d.blob.core.windows.net/v"]`), inSubnet), 100, "SS4001 error", ""},
		{limits.Capacity, "managed image", set("web", n, api, "", several, managedImage+managedDisk, inSubnet), 600, "SS4001 error", ""},
		{limits.Capacity, "Marketplace image", set("web", n, api, "", several, platformImage+managedDisk, inSubnet), 1000, "SS4001 error", ""},
		{limits.Capacity, "Flexible", set("web", n, "2022-03-01", "", `, "orchestrationMode": "Flexible", "platformFaultDomainCount": 1`, platformImage+managedDisk, inSubnet), 1000, "SS4001 error", ""},
		{limits.PlacementGroup, "one group", set("web", n, api, "", off+single, platformImage+managedDisk, inSubnet), 100, "SS4001 error", ""},
		{limits.PlacementGroup, "one group by default", set("web", n, api, "", off, platformImage+managedDisk, inSubnet), 100, "SS4001 error", ""},
		{limits.PlacementGroup, "three zones", set("web", n, api, `, "zones": ["1", "2", "3"]`, off+single, platformImage+managedDisk, inSubnet), 300, "SS4001 error", ""},
		{limits.FlexibleDomains, "three domains", set("web", n, "2022-03-01", "", `, "orchestrationMode": "Flexible", "platformFaultDomainCount": 3`, platformImage+managedDisk, inSubnet), 200, "SS4008 warning", ""},
		{limits.Accounts, "overprovisioned", set("web", n, "2016-03-30", "", "", platformImage+blobs, inSubnet), 40, "SS5001 warning", ""},
		{limits.Accounts, "not overprovisioned", set("web", n, "2016-03-30", "", off, platformImage+blobs, inSubnet), 80, "SS5001 error", ""},
		{limits.Accounts, "preview", set("web", n, "2015-06-15", "", "", platformImage+blobs, inSubnet), 80, "SS5001 error", ""},
		{limits.LargeSetDisks, "two accounts", set("web", n, api, "", several, platformImage+blobs, inSubnet), 40, "SS4003 warning", ""},
		{limits.NATPorts, "fifty ports", ports(50) + set("web", n, api, "", off, platformImage+managedDisk, inSubnet+","+pool), 50, "SS6001 error", ""},
		{limits.NATPortsSurplus, "fifty ports, overprovisioned", ports(50) + set("web", n, api, "", "", platformImage+managedDisk, inSubnet+","+pool), 25, "SS6001 warning", ""},
		{limits.Addresses, "/26", smallNetwork + set("web", n, api, "", off, platformImage+managedDisk, inSubnet), 59, "SS6033 error", ""},
		{limits.Addresses, "/26 with another set", smallNetwork + set("db", "20", api, "", off, platformImage+managedDisk, inSubnet) + "," + set("web", n, api, "", off, platformImage+managedDisk, inSubnet), 39, "SS6033 error", ""},
		{limits.AddressHeadroom, "/26, overprovisioned", smallNetwork + set("web", n, api, "", "", platformImage+managedDisk, inSubnet), 49, "SS6033 warning", ""},
		{limits.PublicAddresses, "addresses of instances", set("web", n, api, "", several, platformImage+managedDisk, inSubnet+","+address), 500, "SS6044 warning", ""},
		{limits.BackendMembers, "Basic pool", ports(9) + set("web", n, api, "", several, platformImage+managedDisk, inSubnet+","+backend), 300, "SS6007 error", ""},
		{limits.BalancerRules, "Basic balancer", ports(900) + set("web", n, api, "", several, platformImage+managedDisk, inSubnet+","+pool), 250, "SS6007 warning", ""},
		{limits.CreatedAtOnce, "preview", set("a", "60", "2015-06-15", "", "", platformImage, "") + "," + set("b", "60", "2015-06-15", "", "", platformImage, "") + "," +
			strings.Replace(set("[concat('c', copyIndex())]", "100", "2015-06-15", "", "", platformImage, ""), `"location"`, `"copy": {"name": "c", "count": 3}, "location"`, 1) + "," +
			set("web", n, "2015-06-15", "", "", platformImage, ""), 80, "SS4004 warning", ""},
		{limits.VirtualNetwork, "preview", strings.Replace(set("[concat('c', copyIndex())]", "100", "2015-06-15", "", "", platformImage, inSubnet), `"location": "westus"`, `"copy": {"name": "c", "count": 20}, "location": "[concat('westus', copyIndex())]"`, 1) + "," +
			set("web", n, "2015-06-15", "", "", platformImage, inSubnet), 48, "SS4005 warning", ""},
		{limits.RegionInstances, "25,000", strings.Replace(set("[concat('c', copyIndex())]", "1000", api, "", several, platformImage+managedDisk, ""), `"location"`, `"copy": {"name": "c", "count": 24}, "location"`, 1) + "," +
			strings.Replace(set("[concat('d', copyIndex())]", "300", api, "", several, platformImage+managedDisk, ""), `"location"`, `"copy": {"name": "d", "count": 2}, "location"`, 1) + "," +
			set("web", n, api, "", several, platformImage+managedDisk, ""), 400, "SS4006 warning", ""},
		{limits.Quota, "cores", set("web", n, api, "", off, platformImage+managedDisk, ""), 50, "SS4007 error", strings.Replace(usage, "30", "300", 1)},
		{limits.Quota, "machines", set("web", n, api, "", off, platformImage+managedDisk, ""), 30, "SS4007 error", usage},
	}
	covered, codes := map[string]bool{}, map[string]bool{}
	for _, tt := range tests {
		code, _, _ := strings.Cut(tt.want, " ")
		codes[code] = true
	}
	for _, tt := range tests {
		t.Run(tt.limit+"/"+tt.name, func(t *testing.T) {
			covered[tt.limit] = true
			template := `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
 "parameters": {"n": {"type": "int", "defaultValue": 1}, "word": {"type": "securestring"}}, "resources": [` + tt.resources + `]}`
			at, above := judgements(t, template, tt.usage, tt.max, codes), judgements(t, template, tt.usage, tt.max+1, codes)
			if !slices.Contains(above.lint, tt.want) {
				t.Errorf("lint at %d: %v, want %s", tt.max+1, above.lint, tt.want)
			}
			if slices.Contains(at.lint, tt.want) != strings.HasSuffix(tt.name, "at 50") {
				t.Errorf("lint at %d: %v", tt.max, at.lint)
			}
			for _, j := range []judgement{at, above} {
				if diff := cmp.Diff(j.lint, j.simulate); diff != "" {
					t.Errorf("lint and simulate (-lint +simulate):\n%s", diff)
				}
				if diff := cmp.Diff(j.lint, j.scale); diff != "" {
					t.Errorf("lint and scale (-lint +scale):\n%s", diff)
				}
				rejected := slices.ContainsFunc(j.lint, func(s string) bool { return strings.HasSuffix(s, "error") })
				if rejected != (j.scaleCode == ExitFindings) || rejected == j.written || !j.forced {
					t.Errorf("lint %v; scale exits with %d, writes %v, with --force %v", j.lint, j.scaleCode, j.written, j.forced)
				}
			}
		})
	}
	for _, name := range limits.Names() {
		if !covered[name] {
			t.Errorf("no template exceeds %s", name)
		}
	}
}

// A judgement is what three commands say of one capacity: codes with severities.
type judgement struct {
	lint, simulate, scale []string
	scaleCode             int
	written, forced       bool
}

func judgements(t *testing.T, template, usage string, n int, codes map[string]bool) (j judgement) {
	t.Helper()
	var findings struct {
		Findings []struct{ Code, Severity string }
	}
	out := runOn(t, template, usage, "lint", "azuredeploy.json", "--format", "json", "--set", fmt.Sprint("n=", n), "--set", "word=Ab1!Ab1!Ab1!")
	if err := json.Unmarshal([]byte(out.out), &findings); err != nil {
		t.Fatalf("%v: %s%s", err, out.out, out.errs)
	}
	for _, f := range findings.Findings {
		j.lint = append(j.lint, f.Code+" "+f.Severity)
	}
	out = runOn(t, template, usage, "simulate", "azuredeploy.json", "--set-name", "web", "--format", "json", "--to", fmt.Sprint(n), "--set", "word=Ab1!Ab1!Ab1!")
	var plan struct {
		Steps []struct {
			Findings []struct{ Code, Severity string }
		}
	}
	if err := json.Unmarshal([]byte(out.out), &plan); err != nil {
		t.Fatalf("%v: %s%s", err, out.out, out.errs)
	}
	for _, step := range plan.Steps {
		for _, f := range step.Findings {
			j.simulate = append(j.simulate, f.Code+" "+f.Severity)
		}
	}
	scale := []string{"scale", "azuredeploy.json", "--set-name", "web", "--capacity", fmt.Sprint(n), "--set", "word=Ab1!Ab1!Ab1!", "--yes"}
	out = runOn(t, template, usage, scale...)
	for _, m := range regexp.MustCompile(`(error|warning|info): [^\[]*\[(SS\d+)`).FindAllStringSubmatch(strings.Join(strings.Fields(out.errs), " "), -1) {
		j.scale = append(j.scale, m[2]+" "+m[1])
	}
	// A preview starts from the instances that exist and are in use already; lint
	// cannot know them, and warns.
	j.lint = slices.DeleteFunc(j.lint, func(s string) bool { return s == "SS4007 warning" })
	j.scaleCode, j.written = out.code, strings.Contains(out.out, `"capacity"`)
	out = runOn(t, template, usage, append(scale, "--force")...)
	j.forced = out.code == ExitClean && strings.Contains(out.out, `"capacity"`)
	for _, list := range []*[]string{&j.lint, &j.simulate, &j.scale} {
		*list = slices.DeleteFunc(*list, func(s string) bool {
			code, _, _ := strings.Cut(s, " ")
			return !codes[code]
		})
		*list = append([]string{}, *list...)
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return j
}

type ran struct {
	code      int
	out, errs string
}

// runOn runs a command in a directory with the template, with the saved quota
// where the command takes one.
func runOn(t *testing.T, template, usage string, args ...string) ran {
	t.Helper()
	app, out, errs := testApp(t)
	for name, text := range map[string]string{"azuredeploy.json": template, "usage.json": usage} {
		if err := os.WriteFile(filepath.Join(app.Dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if usage != "" {
		args = append(args, "--usage", "usage.json")
	}
	code := Main(context.Background(), app, args)
	return ran{code, out.String(), errs.String()}
}
