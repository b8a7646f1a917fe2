package storage

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss5014_custom_image_form.md
var customImageFormPage string

// customImageForm reports a custom image that does not say all that it must.
var customImageForm = &lint.Rule{
	Code: "SS5014", Name: "custom-image-form", Severity: diag.Warning, Since: "0.1", Page: &customImageFormPage,
	Guidance: []guidance.ID{guidance.CustomImageForm}, Run: checkCustomImageForm,
}

func checkCustomImageForm(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		disk := set.Storage.OSDisk
		if set.Storage.Image.Kind != vmss.ImageVHD {
			continue
		}
		if disk.OSType.Absent() {
			p.Reportf(disk, "the custom image has no osType").
				Relatedf(set.Storage.Image.URI, "the custom image").
				Detailf("Add osDisk.osType with the value Windows or Linux.")
		}
		uri, ok := set.Storage.Image.URI.Known()
		if _, _, blob := vmss.ParseBlobURI(uri); ok && (!blob || !strings.HasSuffix(strings.ToLower(uri), ".vhd")) && !p.Assumed(uri) && !strings.ContainsAny(uri, "<>{}") {
			p.Reportf(set.Storage.Image.URI, "%q is not the address of a VHD in a storage account", uri).
				Detailf("An address has the form https://ACCOUNT.blob.core.windows.net/CONTAINER/IMAGE.vhd.")
		}
	}
}
