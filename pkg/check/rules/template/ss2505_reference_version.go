package template

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss2505_reference_version.md
var referenceVersionPage string

// referenceVersion reports calls of reference() and list functions with an API
// version that is a preview, or years older than the newest one.
var referenceVersion = &lint.Rule{
	Code: "SS2505", Name: "reference-version", Severity: diag.Info, Since: "0.2", Page: &referenceVersionPage, OffByDefault: true,
	Peers: []string{"apiVersions-Should-Be-Recent-In-Reference-Functions"},
	Link:  "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#use-recent-api-versions-in-reference-functions",
	Options: []lint.Option{{Name: "months", Kind: lint.Number, Default: 24, Least: 1, Most: 240,
		Doc: "How many months an API version may be behind the newest stable one"}},
	Run: checkReferenceVersion,
}

func checkReferenceVersion(p *lint.Pass) {
	if p.Era() == guidance.Preview {
		return
	}
	months := p.Number("months")
	for _, r := range references(p) {
		newest := newestStable(p, r.typ)
		from, ok := versionDate(r.version)
		to, known := versionDate(newest)
		switch {
		case !ok || !known:
		case isPreview(r.version) && !to.Before(from):
			p.ReportAt(r.text.Template, r.at, "API version %s of %s in %s() is a preview; %s is stable", r.version, r.typ, r.function, newest).In(r.text.Resource).
				Detailf("Use a stable version: previews are withdrawn.")
		case from.AddDate(0, months, 0).Before(to):
			p.ReportAt(r.text.Template, r.at, "API version %s of %s in %s() is %d months behind %s", r.version, r.typ, r.function, monthsBetween(from, to), newest).In(r.text.Resource).
				Detailf("Use a newer version. Read what changed first: the properties that it returns may differ.")
		}
	}
}
