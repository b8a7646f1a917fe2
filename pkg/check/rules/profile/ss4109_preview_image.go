package profile

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4109_preview_image.md
var previewImagePage string

// previewImage reports images that are previews.
var previewImage = &lint.Rule{
	Code: "SS4109", Name: "preview-image", Severity: diag.Warning, Since: "0.1", Page: &previewImagePage,
	Peers: []string{"Virtual-Machines-Should-Not-Be-Preview"},
	Link:  "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#dont-use-preview-image-for-virtual-machines",
	Run:   checkPreviewImage,
}

func checkPreviewImage(p *lint.Pass) {
	for _, profile := range machineProfiles(p) {
		image := profile.Get("storageProfile", "imageReference")
		for _, name := range []string{"offer", "sku", "version"} {
			part := image.Get(name)
			text, ok := part.Text()
			if ok && !part.NeedsValue() && namesPreview(text) {
				p.Reportf(part, "the image is a preview (%s %s)", name, text).
					Detailf("Use a released image: previews are not supported, and are withdrawn.")
				break
			}
		}
	}
}

// namesPreview reports whether preview is a word of the text.
func namesPreview(text string) bool {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	for _, word := range words {
		if strings.Trim(word, "0123456789") == "preview" {
			return true
		}
	}
	return false
}
