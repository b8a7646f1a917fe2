package profile

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4110_image_version_latest.md
var imageVersionLatestPage string

// imageVersionLatest hints at images whose version changes by itself.
var imageVersionLatest = &lint.Rule{
	Code: "SS4110", Name: "image-version-latest", Severity: diag.Info, Since: "0.1", Page: &imageVersionLatestPage, OffByDefault: true,
	Link: "https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-upgrade-policy",
	Run:  checkImageVersionLatest,
}

func checkImageVersionLatest(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		version := set.Storage.Image.Version
		if text, ok := version.Known(); ok && strings.EqualFold(text, "latest") {
			p.Reportf(version, "the image version is latest, so later instances can differ from earlier ones").
				Detailf("Use a version, and change it when all instances should get the new one.")
		}
	}
}
