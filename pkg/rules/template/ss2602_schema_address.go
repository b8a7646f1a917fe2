package template

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/diag"
	"github.com/scaleset/scaleset/pkg/jsonc"
	"github.com/scaleset/scaleset/pkg/lint"
)

//go:embed ss2602_schema_address.md
var schemaAddressPage string

// SchemaAddress reports $schema without https, without its #, or of the first preview.
var SchemaAddress = &lint.Rule{
	Code: "SS2602", Name: "schema-address", Severity: diag.Info, Since: "0.1", Doc: schemaAddressPage,
	Link: "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#use-schema",
	Run:  checkSchemaAddress,
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
		right, wrong := schemaAddress(s.Value)
		if right == s.Value {
			continue
		}
		f := p.ReportAt(t, s.At, "the $schema %s", strings.Join(wrong, ", and ")).Detailf("Write %s.", right)
		if own(p, t) {
			f.Fix("Write the $schema in full", diag.Edit{Range: s.At, Text: jsonc.Quote(right)})
		}
	}
}

// schemaAddress is the address as the documentation writes it, and what is
// wrong with the one that was written.
func schemaAddress(schema string) (right string, wrong []string) {
	right = schema
	if rest, ok := strings.CutPrefix(strings.ToLower(schema), "http://"); ok {
		right = "https://" + schema[len(schema)-len(rest):]
		wrong = append(wrong, "is not https")
	}
	if i := strings.Index(right, "/2014-04-01-preview/"); i >= 0 {
		right = right[:i] + "/2015-01-01/" + right[i+len("/2014-04-01-preview/"):]
		wrong = append(wrong, "is that of the preview of 2014")
	}
	if !strings.HasSuffix(right, "#") {
		right += "#"
		wrong = append(wrong, "does not end in #")
	}
	return right, wrong
}
