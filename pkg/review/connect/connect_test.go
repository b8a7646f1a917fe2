package connect_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/review/connect"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// everything is a context without assumed facts.
var everything = funcs.Context{
	TenantID: "99999999-0000-0000-0000-000000000000", SubscriptionID: "11111111-2222-3333-4444-555555555555",
	ResourceGroup: "web", Location: "West Europe", DeploymentName: "d",
}

func parse(t *testing.T, name string, text []byte) *arm.Template {
	t.Helper()
	tree := jsonc.Parse(source.NewFile(name, text))
	if tree.Diagnostics.HasErrors() {
		t.Fatal(tree.Diagnostics)
	}
	return arm.ParseTemplate(tree)
}

// TestTemplates: ways in through a NAT pool, a jump box, Azure Bastion, addresses of
// instances, and a pool that another template makes. The writers of the same answers
// have the same templates.
func TestTemplates(t *testing.T) {
	templates, err := filepath.Glob("../../report/connections/testdata/*.json")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, file := range templates {
		name := filepath.Base(file)
		if strings.Count(name, ".") > 1 {
			continue // what a writer wrote
		}
		n++
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		d := expand.Expand(parse(t, name, text), expand.Options{Context: everything})
		got, err := json.MarshalIndent(connect.New(vmss.New(d), connect.Options{}), "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		golden.Equal(t, filepath.Join("testdata", name), append(got, '\n'))
	}
	if n < 5 {
		t.Errorf("only %d templates", n)
	}
}

// set is a template with a scale set of these members and other resources.
func set(t *testing.T, os, network, more string, o connect.Options) connect.Set {
	t.Helper()
	d := expand.Expand(parse(t, "t.json", []byte(`{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "parameters": {"any": {"type": "string"}}, "resources": [
  {"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2023-03-01", "name": "web", "location": "westus2", "sku": {"name": "Standard_D2s_v3", "capacity": 3},
   "properties": {"orchestrationMode": "Uniform", "virtualMachineProfile": {"osProfile": {`+os+`}, "storageProfile": {}, "networkProfile": {"networkInterfaceConfigurations": [{"name": "nic", "properties": {"primary": true, "ipConfigurations": [{"name": "ip", "properties": {`+network+`}}]}}]}}}}`+more+`]}`)),
		expand.Options{Context: everything})
	sets := connect.New(vmss.New(d), o)
	if len(sets) != 1 {
		t.Fatalf("%d sets", len(sets))
	}
	return sets[0]
}

const (
	linux    = `"computerNamePrefix": "web", "adminUsername": "me", "linuxConfiguration": {}`
	windows  = `"computerNamePrefix": "web", "adminUsername": "me", "windowsConfiguration": {}`
	balancer = `, {"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2023-04-01", "name": "ip", "location": "westus2", "properties": {"dnsSettings": {"domainNameLabel": "lab"}}},
  {"type": "Microsoft.Network/loadBalancers", "apiVersion": "2023-04-01", "name": "lb", "location": "westus2", "properties": {
   "frontendIPConfigurations": [{"name": "front", "properties": {"publicIPAddress": {"id": "[resourceId('Microsoft.Network/publicIPAddresses', 'ip')]"}}}],
   "backendAddressPools": [{"name": "pool"}], "inboundNatPools": [{"name": "nat", "properties": {"frontendIPConfiguration": {"id": "[resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb', 'front')]"}, "protocol": "Tcp", "frontendPortRangeStart": 50000, "frontendPortRangeEnd": 50119, "backendPort": PORT}}]}}`
	pooled = `"loadBalancerInboundNatPools": [{"id": "[resourceId('Microsoft.Network/loadBalancers/inboundNatPools', 'lb', 'nat')]"}]`
)

// TestReachable: which set can be logged in to, and by which port.
func TestReachable(t *testing.T) {
	for _, tt := range []struct {
		name        string
		os, network string
		more        string
		reachable   bool
		port        int
		system      string
	}{
		{"a NAT pool to SSH", linux, pooled, strings.Replace(balancer, "PORT", "22", 1), true, 22, "Linux"},
		{"a NAT pool to Remote Desktop", windows, pooled, strings.Replace(balancer, "PORT", "3389", 1), true, 3389, "Windows"},
		{"a NAT pool to another port, which is not that of a login", linux, pooled, strings.Replace(balancer, "PORT", "2222", 1), true, 22, "Linux"},
		{"no way in", linux, `"name": "x"`, "", false, 22, "Linux"},
		{"addresses of instances", linux, `"publicIPAddressConfiguration": {"name": "own", "properties": {"dnsSettings": {"domainNameLabel": "node"}}}`, "", true, 22, "Linux"},
		{"an unknown system", `"adminUsername": "me"`, `"name": "x"`, "", false, 22, "unknown"},
	} {
		s := set(t, tt.os, tt.network, tt.more, connect.Options{})
		if s.Reachable() != tt.reachable || s.LoginPort() != tt.port || s.System != tt.system {
			t.Errorf("%s: reachable %t by port %d of %s; want %t, %d, %s", tt.name, s.Reachable(), s.LoginPort(), s.System, tt.reachable, tt.port, tt.system)
		}
	}
}

// TestNamesOfInstances: names of instances and computers, and what is shown of a
// name that rests on an assumption.
func TestNamesOfInstances(t *testing.T) {
	s := set(t, linux, pooled, strings.Replace(balancer, "PORT", "22", 1), connect.Options{})
	if !s.Uniform() || !s.NamesComputers() || s.InstanceName(40) != "web_40" || s.ComputerName(40) != "web000014" {
		t.Errorf("uniform %t, computers %t, %s, %s", s.Uniform(), s.NamesComputers(), s.InstanceName(40), s.ComputerName(40))
	}
	want := []connect.Mapping{{Port: 50000, Instance: "web_0"}, {Port: 50001, Instance: "web_1"}, {Port: 50002, Instance: "web_2"}}
	if len(s.Ports) != 1 || s.Ports[0].Host != (connect.Host{Name: "lab.westus2.cloudapp.azure.com", Known: true}) {
		t.Fatalf("ports: %+v", s.Ports)
	}
	if diff := cmp.Diff(want, s.Ports[0].Mappings); diff != "" {
		t.Errorf("mappings (-want +got):\n%s", diff)
	}
	unknown := set(t, linux, pooled, strings.Replace(balancer, "PORT", "22", 1), connect.Options{Known: func(*expand.Resource) *expand.Resource { return nil }})
	if unknown.Name != "<name of the scale set>" || unknown.Ports[0].Host.Known || !strings.HasPrefix(unknown.Ports[0].Host.Name, "<") {
		t.Errorf("with nothing known: %+v", unknown)
	}
}
