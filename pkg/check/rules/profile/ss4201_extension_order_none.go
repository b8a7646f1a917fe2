package profile

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4201_extension_order_none.md
var extensionOrderNonePage string

// extensionOrderNone hints at extensions that may wait for each other, where no
// order can be enforced.
var extensionOrderNone = &lint.Rule{
	Code: "SS4201", Name: "extension-order-none", Severity: diag.Info, Since: "0.1", Page: &extensionOrderNonePage,
	Guidance: []guidance.ID{guidance.ExtensionOrderPreview, guidance.ExtensionOrderNone}, Run: checkExtensionOrderNone,
}

func checkExtensionOrderNone(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		if !set.Says(guidance.ExtensionOrderPreview) && !set.Says(guidance.ExtensionOrderNone) {
			continue
		}
		var names []string
		var script vmss.Extension
		for _, e := range set.Extensions.Items {
			kind, ok := e.Kind.Known()
			if !ok || isObserver(kind) {
				continue
			}
			if isScript(kind) && script.Kind.Absent() {
				script = e
			}
			names = append(names, kind)
		}
		if len(names) < 2 || script.Kind.Absent() {
			continue
		}
		p.Reportf(set.Extensions, "%d extensions that may need each other (%s) run in no order that can be enforced", len(names), strings.Join(names, ", ")).
			Relatedf(script.Kind, "the script").
			Detailf("Let the script wait for the other extension; or use API version 2018-06-01 or later with provisionAfterExtensions.")
	}
}

// isScript reports extensions that run what the author wrote.
func isScript(kind string) bool {
	switch strings.ToLower(kind) {
	case "customscript", "customscriptforlinux", "customscriptextension", "dsc", "dscforlinux":
		return true
	}
	return false
}

// isObserver reports extensions that watch a machine and that nothing waits for.
func isObserver(kind string) bool {
	kind = strings.ToLower(kind)
	for _, part := range []string{"diagnostic", "antimalware", "monitor", "omsagent", "applicationhealth", "dependencyagent", "keyvault", "networkwatcher", "vmaccess"} {
		if strings.Contains(kind, part) {
			return true
		}
	}
	return false
}
