package network

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6043_instance_address_version.md
var instanceAddressVersionPage string

// instanceAddressVersion reports public addresses of instances in an API version without them.
var instanceAddressVersion = &lint.Rule{
	Code: "SS6043", Name: "instance-address-version", Severity: diag.Error, Since: "0.1", Page: &instanceAddressVersionPage,
	Guidance: []guidance.ID{guidance.NoInstanceAddressesPreview, guidance.InstanceAddresses},
	Replaces: []diag.Code{"SS3005"}, // property-too-new: the same, without what to do instead
	Run:      checkInstanceAddressVersion,
}

func checkInstanceAddressVersion(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		for _, c := range set.Network.IPConfigurations() {
			if c.PublicAddress.IsSet() && (set.Says(guidance.NoInstanceAddressesPreview) || !set.Says(guidance.InstanceAddresses)) {
				p.Reportf(c.PublicAddress, "public addresses of instances are not available in API version %s", apiVersion(set)).
					Cite(guidanceOf(set)).
					Detailf("Use API version 2017-03-30 or later, or connect through a load balancer or a jump box.")
			}
		}
	}
}

func guidanceOf(set lint.ScaleSet) guidance.ID {
	if set.Says(guidance.NoInstanceAddressesPreview) {
		return guidance.NoInstanceAddressesPreview
	}
	return guidance.InstanceAddresses
}

// apiVersion is the version that the set is judged by, which is not its own when
// the user asks for the guidance of the preview.
func apiVersion(set lint.ScaleSet) string {
	if set.Era == guidance.Preview {
		return guidance.Get(guidance.NoInstanceAddressesPreview).Since
	}
	return set.APIVersion
}
