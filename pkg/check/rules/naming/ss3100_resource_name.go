package naming

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/names"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss3100_resource_name.md
var resourceNamePage string

// resourceName reports names of resources that their provider rejects.
var resourceName = &lint.Rule{
	Code: "SS3100", Name: "resource-name", Severity: diag.Error, Since: "0.2", Page: &resourceNamePage, Link: rulesPage,
	Peers: []string{"AZR-000261", "AZR-000129", "AZR-000155", "AZR-000141", "AZR-000268", "AZR-000120", "AZR-000121", "AZR-000122", "AZR-000248", "AZR-000253", "AZR-000256", "AZR-000259", "AZR-000117", "AZR-000201", "CKV_AZURE_43"},
	Also:  []diag.Level{{Severity: diag.Warning, When: "it is likely but not certain that Azure rejects the name"}},
	Run:   checkResourceName,
}

func checkResourceName(p *lint.Pass) {
	j := newJudge(p)
	for _, r := range p.Deployment.Expanded.Resources {
		at := r.Body.Get("name")
		full, ok := at.Text()
		if !ok || !r.NameKnown || is(r.Type, storageAccounts) || is(r.Type, nested) {
			continue
		}
		name := lastSegment(full)
		problem, rejected := names.Check(r.Type, name)
		if _, ok := text(p, at); rejected && ok && wrong(problem.Rule, at, name) != "" {
			j.name(at, r.Type, name, problem.Rule, problem.What, problem.Certain)
		}
	}
}
