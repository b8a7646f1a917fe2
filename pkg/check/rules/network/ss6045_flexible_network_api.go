package network

import (
	_ "embed"
	"strconv"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6045_flexible_network_api.md
var flexibleNetworkAPIPage string

// flexibleNetworkAPI reports a Flexible set with interfaces and no fitting networkApiVersion.
var flexibleNetworkAPI = &lint.Rule{
	Code: "SS6045", Name: "flexible-network-api", Severity: diag.Error, Since: "0.1", Page: &flexibleNetworkAPIPage,
	Guidance: []guidance.ID{guidance.FlexibleNetworkAPI},
	Run:      checkFlexibleNetworkAPI,
}

func checkFlexibleNetworkAPI(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		flexible, ok := set.Flexible()
		network := set.Network
		if !ok || !flexible || network.State != vmss.Known || network.Interfaces.Absent() || !set.Says(guidance.FlexibleNetworkAPI) {
			continue
		}
		version, given := network.APIVersion.Known()
		switch {
		case network.APIVersion.Absent():
			f := p.Reportf(network, "a Flexible scale set with network interfaces needs networkApiVersion")
			suggestVersion(f).Fix("add networkApiVersion "+leastNetworkAPI, inside(network.Node, `"networkApiVersion": "`+leastNetworkAPI+`"`))
		case given && guidance.IsVersion(version) && !guidance.AtLeast(version, leastNetworkAPI):
			f := suggestVersion(p.Reportf(network.APIVersion, "networkApiVersion is %s; a Flexible scale set needs %s or later", version, leastNetworkAPI))
			f.Write("write "+leastNetworkAPI, network.APIVersion, strconv.Quote(leastNetworkAPI))
		}
	}
}

// leastNetworkAPI is the first version of the network provider that makes the
// interfaces of a Flexible set.
const leastNetworkAPI = "2020-11-01"

func suggestVersion(f *lint.Finding) *lint.Finding {
	return f.Detailf("Set networkProfile.networkApiVersion to %s or later.", leastNetworkAPI)
}

// inside is the edit that adds a member as the first one of an object that has
// others.
func inside(object *expand.Node, member string) diag.Edit {
	at := object.At()
	return diag.Edit{Range: at.File.Range(at.Start+1, at.Start+1), Text: " " + member + ","}
}
