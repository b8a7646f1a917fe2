package references

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss3213_image_state.md
var imageStatePage string

// imageState reports an osProfile for a specialized image, which has the
// computer name and the users already.
var imageState = &lint.Rule{
	Code: "SS3213", Name: "image-state", Severity: diag.Error, Since: "0.2", Page: &imageStatePage,
	Link: "https://learn.microsoft.com/azure/virtual-machines/shared-image-galleries#generalized-and-specialized-images",
	Run:  checkImageState,
}

const (
	galleryImage   = "Microsoft.Compute/galleries/images"
	galleryVersion = "Microsoft.Compute/galleries/images/versions"
)

func checkImageState(p *lint.Pass) {
	seen := once{}
	for _, r := range p.Deployment.Expanded.Resources {
		profile := r.Body.Get("properties")
		switch {
		case equal(r.Type, "Microsoft.Compute/virtualMachineScaleSets"):
			profile = profile.Get("virtualMachineProfile")
		case !equal(r.Type, "Microsoft.Compute/virtualMachines"):
			continue
		}
		users := profile.Get("osProfile")
		definition := definitionOf(p, profile.Get("storageProfile", "imageReference", "id"))
		if definition == nil || users == nil || len(users.Members) == 0 {
			continue
		}
		state := definition.Body.Get("properties", "osState")
		if text, ok := state.Text(); ok && equal(text, "Specialized") && seen.first(users) {
			p.Reportf(users, "%s has an osProfile, but its image %s is specialized", r.Name, definition.Name).
				Relatedf(state, "the state of the image").
				Detailf("A specialized image keeps its computer name and users. Remove osProfile, or use a generalized image.")
		}
	}
}

// definitionOf is the image definition of a gallery that an id leads to, or the
// one that holds the version that it names.
func definitionOf(p *lint.Pass, id *expand.Node) *expand.Resource {
	ref, is := typeOf(p, id)
	path := ref.Path()
	switch {
	case equal(is, galleryVersion):
		path, _ = path.Parent()
	case !equal(is, galleryImage):
		return nil
	}
	return p.Deployment.Find(path.String())
}
