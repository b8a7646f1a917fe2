package network

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6041_primary_interface.md
var primaryInterfacePage string

// primaryInterface reports sets with several network interfaces of which not exactly
// one is primary, and interfaces with several primary IP configurations.
var primaryInterface = &lint.Rule{
	Code: "SS6041", Name: "primary-interface", Severity: diag.Error, Since: "0.1", Page: &primaryInterfacePage,
	Guidance: []guidance.ID{guidance.OnePrimaryNIC},
	Run:      checkPrimaryInterface,
}

func checkPrimaryInterface(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		interfaces := set.Network.Interfaces
		var fields []vmss.Field[bool]
		for _, nic := range interfaces.Items {
			fields = append(fields, nic.Primary)
			checkPrimaryConfiguration(p, nic)
		}
		n, ok := primaries(fields)
		switch {
		case !ok || len(fields) < 2 || n == 1:
		case n == 0:
			p.Reportf(interfaces, "none of %s is primary", lint.Count(len(fields), "network interface")).
				Detailf("Set primary to true on the default interface.")
		default:
			p.Reportf(interfaces, "%d of %s are primary; only one can be", n, lint.Count(len(fields), "network interface")).
				Detailf("Keep primary true on one of them.")
		}
	}
}

func checkPrimaryConfiguration(p *lint.Pass, nic vmss.Interface) {
	var fields []vmss.Field[bool]
	for _, c := range nic.Configurations.Items {
		fields = append(fields, c.Primary)
	}
	if n, ok := primaries(fields); ok && n > 1 {
		p.Reportf(nic.Configurations, "%d of %s of an interface are primary; only one can be", n, lint.Count(len(fields), "IP configuration")).
			Detailf("Keep primary true on one of them.")
	}
}

// primaries is how many are primary; ok is false when one of them is unknown.
func primaries(fields []vmss.Field[bool]) (n int, ok bool) {
	for _, f := range fields {
		primary, known := f.Or(false)
		if !known {
			return 0, false
		}
		if primary {
			n++
		}
	}
	return n, true
}
