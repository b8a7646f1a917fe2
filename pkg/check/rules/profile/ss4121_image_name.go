package profile

import (
	_ "embed"
	"slices"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4121_image_name.md
var imageNamePage string

// imageName reports a publisher, an offer or a SKU of a platform image that is
// one or two letters away from a known one.
var imageName = &lint.Rule{
	Code: "SS4121", Name: "image-name", Severity: diag.Warning, Since: "0.2", Page: &imageNamePage,
	Link: "https://learn.microsoft.com/azure/virtual-machines/linux/cli-ps-findimage", Run: checkImageName,
}

func checkImageName(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		reportImageName(p, set.Profile.Get("storageProfile", "imageReference"))
	}
	for _, m := range p.Deployment.Machines {
		reportImageName(p, m.Body.Get("properties", "storageProfile", "imageReference"))
	}
}

func reportImageName(p *lint.Pass, image *expand.Node) {
	publisher, ok := image.Get("publisher").Text()
	if !ok || image.Get("publisher").NeedsValue() {
		return
	}
	if near := slip(publisher, names(publishedImages)); near != "" {
		p.Reportf(image.Get("publisher"), "%q is probably not a publisher of images; did you mean %q?", publisher, near).
			Detailf("For an unknown publisher Azure answers PlatformImageNotFound. az vm image list-publishers lists them.")
		return
	}
	offer, ok := image.Get("offer").Text()
	if !ok || image.Get("offer").NeedsValue() {
		return
	}
	if near := slip(offer, slices.Values(of(publishedImages, publisher))); near != "" {
		p.Reportf(image.Get("offer"), "%q is probably not an offer of %s; did you mean %q?", offer, publisher, near).
			Detailf("For an unknown offer Azure answers PlatformImageNotFound. az vm image list-offers lists them.")
		return
	}
	sku, ok := image.Get("sku").Text()
	if !ok || image.Get("sku").NeedsValue() {
		return
	}
	if near := slip(sku, slices.Values(of(publishedSKUs, offer))); near != "" {
		p.Reportf(image.Get("sku"), "%q is probably not a SKU of %s; did you mean %q?", sku, offer, near).
			Detailf("For an unknown SKU Azure answers PlatformImageNotFound. az vm image list-skus lists them.")
	}
}
