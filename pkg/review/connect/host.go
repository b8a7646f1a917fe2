package connect

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
)

// front returns where a frontend of a load balancer listens.
func (w *reader) front(ref vmss.Ref) Host {
	if ref.Resource == nil || ref.Target == nil {
		return Host{Name: "<address of the frontend>"}
	}
	return w.frontHost(ref.Resource, ref.Target)
}

// frontHost returns where a frontend configuration of a balancer or a gateway
// listens.
func (w *reader) frontHost(owner *expand.Resource, front *expand.Node) Host {
	if id, ok := front.Get("properties", "publicIPAddress", "id").Text(); ok {
		return w.publicHost(id)
	}
	if address, ok := front.Get("properties", "privateIPAddress").Text(); ok && address != "" {
		return Host{Name: address, Known: true, Private: true}
	}
	if front.Get("properties", "subnet").Exists() {
		return Host{Name: "<private address of " + owner.Name + ">", Private: true}
	}
	return Host{Name: "<address of the frontend of " + owner.Name + ">"}
}

// publicHost returns the DNS name of a public address, as far as it is known.
func (w *reader) publicHost(id string) Host {
	r := w.deployment.Find(id)
	if r == nil {
		parsed, ok := vmss.ParseID(id)
		if !ok {
			return Host{Name: "<public address>"}
		}
		return Host{Name: "<address of " + parsed.Name() + ">"}
	}
	label, labelled := r.Body.Get("properties", "dnsSettings", "domainNameLabel").Text()
	location, located := r.Body.Get("location").Text()
	if labelled && located && w.known(r, "properties", "dnsSettings", "domainNameLabel") && w.known(r, "location") {
		return Host{Name: strings.ToLower(label) + "." + domain(location), Known: true}
	}
	name := r.Name
	if strings.HasPrefix(name, "[") || !w.known(r, "name") {
		name = "the public address"
	}
	return Host{Name: "<address of " + name + ">"}
}

// domain returns what DNS names of public addresses in a location end with: the
// region and the zone of its cloud
// (https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses#domain-name-label).
func domain(location string) string {
	region := strings.ToLower(strings.ReplaceAll(location, " ", ""))
	switch {
	case strings.HasPrefix(region, "china"):
		return region + ".cloudapp.chinacloudapi.cn"
	case strings.HasPrefix(region, "usgov"), strings.HasPrefix(region, "usdod"):
		return region + ".cloudapp.usgovcloudapi.net"
	}
	return region + ".cloudapp.azure.com"
}
