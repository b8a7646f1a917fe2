package references

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss3210_address_in_use.md
var addressInUsePage string

// addressInUse reports public addresses that two configurations use.
var addressInUse = &lint.Rule{
	Code: "SS3210", Name: "address-in-use", Severity: diag.Error, Since: "0.2", Page: &addressInUsePage,
	Link: "https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses",
	Run:  checkAddressInUse,
}

func checkAddressInUse(p *lint.Pass) {
	users := map[string]use{}
	each(p, func(u use) {
		ref := u.ref
		if !equal(u.refersTo(), publicAddress) || len(u.what.Types) == 0 || !u.what.MayReferTo(publicAddress) || !limits.Certain(u.by) {
			return
		}
		id := ref.Path().String()
		first, used := users[id]
		if !used {
			users[id] = u
			return
		}
		if first.at.At() == u.at.At() || first.by != u.by && first.sameUser(u) {
			return // copies whose names are the same here, or one resource deployed again
		}
		p.Reportf(u.at, "the public IP address %s is used twice, here and by %s", ref.Path().Name(), first.by.Name).
			Relatedf(first.at, "the other use").
			Detailf("Azure returns PublicIPAddressInUse. Give each one its own public IP address.")
	})
}

const publicAddress = "Microsoft.Network/publicIPAddresses"
