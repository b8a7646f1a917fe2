package storage

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss5011_image_with_reference.md
var imageWithReferencePage string

// imageWithReference reports a set that names two images.
var imageWithReference = &lint.Rule{
	Code: "SS5011", Name: "image-with-reference", Severity: diag.Error, Since: "0.1", Page: &imageWithReferencePage,
	Guidance: []guidance.ID{guidance.ImageOrReference}, Run: checkImageWithReference,
}

func checkImageWithReference(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		image := set.Storage.Image
		uri, ok := image.URI.Known()
		if _, reference := image.Reference.Known(); !reference || !ok || uri == "" {
			continue
		}
		p.Reportf(image.Reference, "imageReference and custom image %s are both set; a scale set has one image", uri).
			Relatedf(image.URI, "the custom image").
			Detailf("Keep osDisk.image for the custom image, or imageReference for a platform image.").
			Choice("keep the custom image", p.Removal(image.Reference)...)
	}
}
