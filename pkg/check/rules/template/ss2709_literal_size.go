package template

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

//go:embed ss2709_literal_size.md
var literalSizePage string

// literalSize reports sizes of scale sets and machines that are not parameters.
var literalSize = &lint.Rule{
	Code: "SS2709", Name: "literal-size", Severity: diag.Info, Since: "0.1", Page: &literalSizePage,
	Peers:        []string{"VM-Size-Should-Be-A-Parameter"},
	Link:         "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#vm-size-uses-parameter",
	OffByDefault: true,
	Run:          checkLiteralSize,
}

func checkLiteralSize(p *lint.Pass) {
	for _, t := range p.Language().Texts {
		if t.Resource == nil || !isSize(t) || isPartial(t.Resource) {
			continue
		}
		if s, ok := constant(t); ok {
			p.ReportAt(t.Template, s.At, "the size is hard-coded ('%s')", s.Value).In(t.Resource).
				Detailf("Make it a parameter: the sizes on offer depend on the region and the subscription.")
		}
	}
	for _, t := range passed(p, "vmSize", "virtualMachineSize") {
		if s, ok := constant(t); ok {
			p.ReportAt(t.Template, s.At, "the size is hard-coded ('%s')", s.Value).In(t.Resource).
				Detailf("Make it a parameter: the sizes on offer depend on the region and the subscription.")
		}
	}
}

// isSize reports hardwareProfile.vmSize, and the sku.name of a scale set.
func isSize(t *arm.Text) bool {
	if keyIs(t, "vmSize") {
		return true
	}
	sku := t.Resource.Node.Get("sku")
	return keyIs(t, "name") && strings.EqualFold(t.Resource.Type, "Microsoft.Compute/virtualMachineScaleSets") && sku != nil && sku.Value == jsonc.Node(t.Object)
}
