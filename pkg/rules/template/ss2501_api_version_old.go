package template

import (
	_ "embed"
	"time"

	"github.com/scaleset/scaleset/pkg/diag"
	"github.com/scaleset/scaleset/pkg/guidance"
	"github.com/scaleset/scaleset/pkg/lint"
)

//go:embed ss2501_api_version_old.md
var aPIVersionOldPage string

// APIVersionOld reports API versions that are far behind the newest stable one. In the preview
// there was no other.
var APIVersionOld = &lint.Rule{
	Code: "SS2501", Name: "api-version-old", Severity: diag.Info, Since: "0.1", Doc: aPIVersionOldPage,
	Link:         "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#use-recent-api-version",
	OffByDefault: true,
	Run:          checkAPIVersionOld,
}

func checkAPIVersionOld(p *lint.Pass) {
	for _, r := range declared(p) {
		if r.era == guidance.Preview {
			continue
		}
		newest := newestStable(p, r.Type)
		age, ok := between(r.version, newest)
		if ok && age > twoYears {
			p.ReportAt(r.Template(), r.at, "API version %s of %s is %d months behind %s", r.version, r.Type, int(age/month), newest).In(r.Resource).
				Detailf("Newer versions have more properties; some have other defaults, so read what changed before.")
		}
	}
}

const (
	month    = 30 * 24 * time.Hour
	twoYears = 730 * 24 * time.Hour
)

// between is the time from one API version to another.
func between(older, newer string) (time.Duration, bool) {
	from, ok := versionDate(older)
	to, ok2 := versionDate(newer)
	return to.Sub(from), ok && ok2
}

// versionDate is the date that an API version begins with.
func versionDate(version string) (time.Time, bool) {
	if len(version) < len(time.DateOnly) {
		return time.Time{}, false
	}
	t, err := time.Parse(time.DateOnly, version[:len(time.DateOnly)])
	return t, err == nil
}
