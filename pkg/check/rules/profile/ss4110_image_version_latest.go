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
	Code: "SS4110", Name: "image-version-latest", Severity: diag.Info, Since: "0.1", Doc: imageVersionLatestPage, OffByDefault: true,
	Link: "https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-upgrade-policy",
	Run:  checkImageVersionLatest,
}

func checkImageVersionLatest(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		version := set.Storage.Image.Version
		if text, ok := version.Known(); ok && strings.EqualFold(text, "latest") {
			p.Reportf(version, "the version of the image is latest: instances made later may differ from earlier ones").
				Detailf("Name a version, and change it when all instances are to have the new one.")
		}
	}
}
