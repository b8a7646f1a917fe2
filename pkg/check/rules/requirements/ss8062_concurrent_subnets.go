package requirements

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss8062_concurrent_subnets.md
var concurrentSubnetsPage string

// concurrentSubnets reports subnets of one network that the deployment writes at
// the same time: Azure often answers AnotherOperationInProgress.
// https://github.com/Azure/azure-powershell/issues/1817
var concurrentSubnets = &lint.Rule{
	Code: "SS8062", Name: "concurrent-subnets", Severity: diag.Warning, Since: "0.2", Page: &concurrentSubnetsPage,
	Link: "https://github.com/Azure/azure-powershell/issues/1817", Run: checkConcurrentSubnets,
}

func checkConcurrentSubnets(p *lint.Pass) {
	concurrent(p, "Microsoft.Network/virtualNetworks/subnets", func(r, other *expand.Resource) {
		p.Reportf(r.Body.Get("name"), "subnets %s and %s are written at the same time", other.Name, r.Name).
			Relatedf(other.Body.Get("name"), "the other subnet").
			Detailf("Azure changes a network one step at a time, and may answer AnotherOperationInProgress. Write the subnets in the network, or let this one depend on the other; in a loop, use mode serial with a batchSize of 1.")
	})
}
