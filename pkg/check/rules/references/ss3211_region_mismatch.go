package references

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/azure/regions"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss3211_region_mismatch.md
var regionMismatchPage string

// regionMismatch reports resources that refer to one in another region where
// both must be in the same.
var regionMismatch = &lint.Rule{
	Code: "SS3211", Name: "region-mismatch", Severity: diag.Error, Since: "0.2", Page: &regionMismatchPage,
	Link: "https://learn.microsoft.com/azure/azure-resource-manager/templates/resource-location",
	Run:  checkRegionMismatch,
}

func checkRegionMismatch(p *lint.Pass) {
	seen := once{}
	each(p, func(u use) {
		ref := u.ref
		if !u.what.SameRegion || ref.Resource == nil || !limits.Certain(u.by) {
			return
		}
		target := regional(p, ref)
		if target == nil || sameText(u.by, target) || !limits.Certain(target) || equal(ref.Path().Type, galleryImage) || equal(ref.Path().Type, galleryVersion) {
			return
		}
		at, here, ok := region(p, u.by)
		other, there, both := region(p, target)
		if !ok || !both || here == there || !seen.first(at) {
			return
		}
		p.Reportf(at, "%s is in %s, but %s, which it uses, is in %s", u.by.Name, here, target.Name, there).
			Relatedf(other, "the location of %s", target.Name).
			Relatedf(u.at, "the reference").
			Detailf("Azure returns InvalidResourceReference or NotFound. Deploy both to the same region, or change %s.", u.name())
	})
}

// sameText is a quick look at two locations.
func sameText(a, b *expand.Resource) bool {
	here, _ := a.Body.Get("location").Text()
	there, _ := b.Body.Get("location").Text()
	return here == there
}

// regional is the resource with a location that a reference leads to: the one
// that it names, or the one that holds that.
func regional(p *lint.Pass, ref vmss.Ref) *expand.Resource {
	if ref.Resource == nil || ref.Resource.Body.Get("location").Exists() {
		return ref.Resource
	}
	for id, ok := ref.Path().Parent(); ok; id, ok = id.Parent() {
		if parent := p.Deployment.Find(id.String()); parent != nil && parent.Body.Get("location").Exists() {
			return parent
		}
	}
	return nil
}

// region is the location of a resource; ok is false when it is not a region
// that the template, or a value for it, really names.
func region(p *lint.Pass, r *expand.Resource) (at *expand.Node, name string, ok bool) {
	at, text, ok := p.Location(r)
	_, known := regions.Find(text)
	return at, regions.Normalize(text), ok && known && !r.Body.Get("extendedLocation").Exists()
}
