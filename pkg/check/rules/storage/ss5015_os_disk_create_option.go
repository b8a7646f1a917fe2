package storage

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss5015_os_disk_create_option.md
var osDiskCreateOptionPage string

// osDiskCreateOption reports an OS disk that is not made from its image.
var osDiskCreateOption = &lint.Rule{
	Code: "SS5015", Name: "os-disk-create-option", Severity: diag.Error, Since: "0.1", Page: &osDiskCreateOptionPage,
	Also:     []diag.Level{{Severity: diag.Warning, When: "the documentation of the API version does not exclude other options"}},
	Guidance: []guidance.ID{guidance.OSDiskFromImage, guidance.CustomImageForm}, Run: checkOSDiskCreateOption,
}

func checkOSDiskCreateOption(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		option, ok := set.Storage.OSDisk.CreateOption.Known()
		image := set.Storage.Image.Kind
		if !ok || strings.EqualFold(option, "FromImage") || image == vmss.ImageNone || image == vmss.ImageUnknown {
			continue
		}
		f := p.Reportf(set.Storage.OSDisk.CreateOption, "createOption is %s; an OS disk with a %s must use FromImage", option, image).
			Detailf("Use FromImage: the OS disk of each instance is created from the image.").
			Write("write FromImage", set.Storage.OSDisk.CreateOption, `"FromImage"`)
		if !set.Says(guidance.OSDiskFromImage) {
			f.Severity(diag.Warning) // the earlier documents show it, and do not say that others are rejected
		}
	}
}
