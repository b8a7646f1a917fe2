package profile

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4118_plan_of_image.md
var planOfImagePage string

// planOfImage reports purchase plans that are not those of the image.
var planOfImage = &lint.Rule{
	Code: "SS4118", Name: "plan-of-image", Severity: diag.Warning, Since: "0.1", Page: &planOfImagePage,
	Guidance: []guidance.ID{guidance.PlanOfImage}, Run: checkPlanOfImage,
}

func checkPlanOfImage(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		if set.Plan.State != vmss.Known || set.Storage.Image.Kind != vmss.ImagePlatform {
			continue
		}
		image := set.Storage.Image
		for _, part := range []struct {
			plan, of string
			field    vmss.Field[string]
		}{{"publisher", "publisher", image.Publisher}, {"product", "offer", image.Offer}, {"name", "sku", image.SKU}} {
			at := set.Plan.Node.Get(part.plan)
			planned, ok := at.Text()
			have, known := part.field.Known()
			if !ok || !known || strings.EqualFold(planned, have) {
				continue
			}
			p.Reportf(at, "the plan has %s %s, but the image has %s %s", part.plan, planned, part.of, have).
				Relatedf(part.field, "the image").
				Detailf("Use the publisher, product (offer) and name (SKU) of the image in the plan.")
		}
	}
}
