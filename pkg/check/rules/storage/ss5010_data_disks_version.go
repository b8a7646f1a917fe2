package storage

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss5010_data_disks_version.md
var dataDisksVersionPage string

// dataDisksVersion reports data disks in an API version that has none.
var dataDisksVersion = &lint.Rule{
	Code: "SS5010", Name: "data-disks-version", Severity: diag.Error, Since: "0.1", Page: &dataDisksVersionPage,
	Guidance: []guidance.ID{guidance.NoDataDisksPreview, guidance.DataDisksFirst},
	Replaces: []diag.Code{"SS3005"}, // property-too-new: the same, without what to do instead
	Run:      checkDataDisksVersion,
}

func checkDataDisksVersion(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		n, ok := set.Storage.DataDisks.Count()
		if !ok || n == 0 {
			continue
		}
		if set.Says(guidance.NoDataDisksPreview) || set.Says(guidance.DataDisksFirst) {
			p.Reportf(set.Storage.DataDisks, "%s; scale sets of API version %s cannot have any", lint.Count(n, "data disk"), apiVersion(set)).
				Detailf("Use API version 2017-03-30 or later with managed disks, " +
					"or keep the data on a file share, the OS disk, the temporary disk or another service.")
		}
	}
}

// apiVersion is the version that the set is judged by, which is not its own when
// the user asks for the guidance of the preview.
func apiVersion(set lint.ScaleSet) string {
	if set.Era == guidance.Preview {
		return guidance.Get(guidance.NoDataDisksPreview).Since
	}
	return set.APIVersion
}
