package template

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

//go:embed ss2602_schema_address.md
var schemaAddressPage string

// schemaAddress reports $schema without https, without its #, or of the first preview.
var schemaAddress = &lint.Rule{
	Code: "SS2602", Name: "schema-address", Severity: diag.Info, Since: "0.1", Page: &schemaAddressPage, OffByDefault: true,
	Peers: []string{"DeploymentTemplate-Schema-Is-Correct", "AZR-000213", "AZR-000214"},
	Link:  "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#use-schema",
	Run:   checkSchemaAddress,
}

func checkSchemaAddress(p *lint.Pass) {
	for _, t := range p.Language().Templates {
		if t.Schema == nil {
			continue
		}
		s, ok := t.Schema.Value.(*jsonc.String)
		if !ok || !strings.Contains(s.Value, "/schemas/") {
			continue
		}
		right, wrong := arm.SchemaAddress(s.Value)
		if right == s.Value {
			continue
		}
		f := p.ReportAt(t, s.At, "the $schema %s", strings.Join(wrong, ", and "))
		if own(p, t) {
			f.Fix("write "+right, diag.Edit{Range: s.At, Text: jsonc.Quote(right)})
		} else {
			f.Detailf("Write %s.", right)
		}
	}
}
