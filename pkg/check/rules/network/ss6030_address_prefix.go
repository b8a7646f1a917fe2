package network

import (
	_ "embed"
	"net/netip"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6030_address_prefix.md
var addressPrefixPage string

// addressPrefixRule reports ranges of addresses that are not in CIDR notation, or too small.
var addressPrefixRule = &lint.Rule{
	Code: "SS6030", Name: "address-prefix", Severity: diag.Error, Since: "0.1", Page: &addressPrefixPage,
	Also:     []diag.Level{{Severity: diag.Warning, When: "the text has no dot and no colon, so it may be a placeholder"}},
	Guidance: []guidance.ID{guidance.SubnetRanges},
	Run:      checkAddressPrefix,
}

func checkAddressPrefix(p *lint.Pass) {
	for _, n := range p.Deployment.VirtualNetworks {
		for _, f := range n.Prefixes.Items {
			checkPrefix(p, f)
		}
		for _, s := range n.Subnets.Items {
			for _, f := range s.Ranges() {
				if prefix, ok := checkPrefix(p, f); ok && prefix.Addr().Is4() && prefix.Bits() > guidance.Get(guidance.SubnetRanges).Limit {
					p.Reportf(f, "%s has the range %s; the smallest subnet is /%d", named("subnet", s.Name), prefix, guidance.Get(guidance.SubnetRanges).Limit).
						Detailf("Use a larger range: Azure reserves five addresses of each subnet.")
				}
			}
		}
	}
}

// checkPrefix reports text that is not a range; ok is false then, or when it is
// not known.
func checkPrefix(p *lint.Pass, f vmss.Field[string]) (prefix netip.Prefix, ok bool) {
	text, known := f.Known()
	if !known {
		return prefix, false
	}
	prefix, err := netip.ParsePrefix(strings.TrimSpace(text))
	if err != nil {
		found := p.Reportf(f, "%q is not an address range", text).
			Detailf("Use CIDR notation: an address, a slash and the prefix length, such as 10.0.0.0/16.")
		if !strings.ContainsAny(text, ".:") {
			found.Severity(diag.Warning) // a placeholder, that a pipeline fills in before it deploys
		}
		return prefix, false
	}
	if masked := prefix.Masked(); masked != prefix {
		found := p.Reportf(f, "%s is not the start of its range, %s", text, masked).
			Detailf("Use %[2]s for a prefix of %[1]d bits.", prefix.Bits(), masked.Addr())
		found.Write("write "+masked.String(), f, strconv.Quote(masked.String()))
		return prefix, false
	}
	return prefix, true
}
