package storage

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss5005_custom_image_containers.md
var customImageContainersPage string

// customImageContainers reports containers for the disks of a custom image, which
// go to the account of the image.
var customImageContainers = &lint.Rule{
	Code: "SS5005", Name: "custom-image-containers", Severity: diag.Warning, Since: "0.1", Page: &customImageContainersPage,
	Guidance: []guidance.ID{guidance.CustomImageNoContainers, guidance.CustomImageOneAccount}, Run: checkCustomImageContainers,
}

func checkCustomImageContainers(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		containers := set.Storage.OSDisk.Containers
		n, ok := containers.Count()
		if set.Storage.Image.Kind != vmss.ImageVHD || !ok || n == 0 {
			continue
		}
		f := p.Reportf(containers, "%s listed for a custom image, which allows none", lint.Count(n, "container")).
			Relatedf(set.Storage.Image.URI, "the custom image").
			Detailf("Remove vhdContainers: the disks are created in the storage account of the image%s.", accountOfImage(set.Storage.Image)).
			Remove("remove vhdContainers", containers)
		for _, c := range containers.Items {
			if account := imageAccount(set.Storage.Image); account != "" && c.Account != "" && c.Account != account {
				f.Relatedf(c.URI, "a different account from that of the image, %s", account)
			}
		}
	}
}

// imageAccount is the storage account of a custom image; "" when it is unknown.
func imageAccount(image vmss.Image) string {
	uri, _ := image.URI.Known()
	account, _, _ := vmss.ParseBlobURI(uri)
	return account
}

func accountOfImage(image vmss.Image) string {
	if account := imageAccount(image); account != "" {
		return ", " + account
	}
	return ""
}
