package template

import (
	_ "embed"
	"time"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss2501_api_version_old.md
var aPIVersionOldPage string

// apiVersionOld reports API versions that are far behind the newest stable one. In the preview
// there was no other.
var apiVersionOld = &lint.Rule{
	Code: "SS2501", Name: "api-version-old", Severity: diag.Info, Since: "0.1", Page: &aPIVersionOldPage,
	Peers:        []string{"apiVersions-Should-Be-Recent"},
	Link:         "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#use-recent-api-version",
	OffByDefault: true,
	Options: []lint.Option{{Name: "months", Kind: lint.Number, Default: 24, Least: 1, Most: 240,
		Doc: "How many months an API version may be behind the newest stable one"}},
	Run: checkAPIVersionOld,
}

func checkAPIVersionOld(p *lint.Pass) {
	months := p.Number("months")
	for _, r := range declared(p) {
		if r.era == guidance.Preview {
			continue
		}
		newest := newestStable(p, r.Type)
		from, ok := versionDate(r.version)
		to, known := versionDate(newest)
		if ok && known && from.AddDate(0, months, 0).Before(to) {
			p.ReportAt(r.Template(), r.at, "API version %s of %s is %d months behind %s", r.version, r.Type, monthsBetween(from, to), newest).In(r.Resource).
				Detailf("Use a newer version. Read what changed first: some defaults differ.")
		}
	}
}

// monthsBetween counts the whole months from one date to a later one.
func monthsBetween(from, to time.Time) int {
	months := 12*(to.Year()-from.Year()) + int(to.Month()) - int(from.Month())
	if to.Day() < from.Day() {
		months--
	}
	return months
}

// versionDate is the date that an API version begins with.
func versionDate(version string) (time.Time, bool) {
	if len(version) < len(time.DateOnly) {
		return time.Time{}, false
	}
	t, err := time.Parse(time.DateOnly, version[:len(time.DateOnly)])
	return t, err == nil
}
