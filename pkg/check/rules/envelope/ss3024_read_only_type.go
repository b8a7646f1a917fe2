package envelope

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/types"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss3024_read_only_type.md
var readOnlyTypePage string

// readOnlyType reports resources of a type that can only be read.
var readOnlyType = &lint.Rule{
	Code: "SS3024", Name: "read-only-type", Severity: diag.Error, Since: "0.2", Page: &readOnlyTypePage,
	Link: "https://learn.microsoft.com/azure/templates/",
	Run:  checkReadOnlyType,
}

func checkReadOnlyType(p *lint.Pass) {
	seen := once{}
	for _, r := range p.Deployment.Expanded.Resources {
		t, ok := types.Find(r.Type)
		if !ok || !t.ReadOnly || r.Source != nil && r.Source.Existing {
			continue
		}
		if at := r.Body.Get("type"); seen.first(at) {
			p.Reportf(at, "%s is read-only and cannot be deployed", t.Name).
				Detailf("Remove the resource. Read it with reference(), or declare it as existing.")
		}
	}
}
