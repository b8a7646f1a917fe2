package storage

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss5006_custom_image_not_there.md
var customImageNotTherePage string

// customImageNotThere reports a custom image in a storage account that the same
// deployment makes: when the set is made, the image must have been copied.
var customImageNotThere = &lint.Rule{
	Code: "SS5006", Name: "custom-image-not-there", Severity: diag.Info, Since: "0.1", Page: &customImageNotTherePage,
	Guidance: []guidance.ID{guidance.CustomImageCopied}, Run: checkCustomImageNotThere,
}

func checkCustomImageNotThere(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		account := p.Deployment.StorageAccount(imageAccount(set.Storage.Image))
		if account == nil {
			continue
		}
		p.Reportf(set.Storage.Image.URI, "the image is in storage account %s, which this deployment creates", account.Name).
			Relatedf(account.Body.Get("name"), "the account").
			Detailf("Create the account and copy the image in a separate deployment, before the scale set is deployed.")
	}
}
