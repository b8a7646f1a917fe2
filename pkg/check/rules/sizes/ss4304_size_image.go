package sizes

import (
	_ "embed"

	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/sizes"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4304_size_image.md
var sizeImagePage string

// sizeImage reports images that the size cannot start.
var sizeImage = &lint.Rule{
	Code: "SS4304", Name: "size-image", Severity: diag.Error, Since: "0.2", Page: &sizeImagePage,
	Also: []diag.Level{{Severity: diag.Warning, When: "the size has Arm64 processors, and the image is for x64; or the size is listed without SCSI, and the template asks for it"}},
	Link: "https://learn.microsoft.com/azure/virtual-machines/generation-2",
	Run:  checkSizeImage,
}

func checkSizeImage(p *lint.Pass) {
	seen := once{}
	for _, m := range machines(p) {
		image := m.image()
		def := definition(p, image)
		generation := generationOf(image)
		if g := text(def, "hyperVGeneration"); g != "" {
			generation = g
		}
		can := map[string]sizes.Support{"V1": m.size.Generation1, "V2": m.size.Generation2}[strings.ToUpper(generation)]
		if can == sizes.No && seen.first(m.at) {
			p.Reportf(m.at, "size %s does not support generation %s images", m.size.Name, strings.TrimLeft(generation, "vV")).
				Relatedf(image, "the image").
				Detailf("Choose an image of the other generation (publishers mark generation 2 with gen2, g2 or gensecond in the SKU), or another size. %s", said)
		}
		checkController(p, m, seen)
		if m.size.SCSI == sizes.No && m.size.NVMe == sizes.Yes && def != nil && scsiOnly(def) && seen.first(m.at) {
			p.Reportf(m.at, "size %s only has NVMe disks, but the image definition does not list NVMe", m.size.Name).
				Relatedf(image, "the image").
				Detailf("Add the feature DiskControllerTypes with the value \"SCSI, NVMe\" to the image definition, or choose another size. %s", said)
		}
		arm := strings.Contains(strings.ToLower(text(image, "sku")), "arm64")
		if def != nil {
			arm = is(def, "Arm64", "architecture")
		}
		if m.size.Arm64 == sizes.Yes && !arm && ofX64(image, def) && seen.first(m.at) {
			p.Reportf(m.at, "size %s has Arm64 processors, but the image is for x64", m.size.Name).Severity(diag.Warning).Relatedf(image, "the image").
				Detailf("Choose an image for Arm64 (publishers mark it with arm64 in the SKU), or a size with x64 processors, such as Standard_D2s_v5. %s", said)
		}
		if arm && m.size.Arm64 == sizes.No && seen.first(m.at) {
			p.Reportf(m.at, "size %s has x64 processors, but the image is for Arm64", m.size.Name).Relatedf(image, "the image").
				Detailf("Choose an image for x64, or a size with Arm64 processors, such as Standard_D2ps_v5. %s", said)
		}
	}
}

// ofX64 reports that an image is certainly for x64 processors: its definition
// says so, or it is a platform image whose publisher marks those for Arm64.
func ofX64(image, def *expand.Node) bool {
	if def != nil {
		return is(def, "x64", "architecture")
	}
	return generationOf(image) != ""
}

// checkController checks the disk controller in the template. Azure
// answers that the size cannot boot with it:
// https://github.com/Azure/FederalAVD/issues/20
func checkController(p *lint.Pass, m machine, seen once) {
	at := m.profile.Get("storageProfile", "diskControllerType")
	can := map[string]sizes.Support{"scsi": m.size.SCSI, "nvme": m.size.NVMe}[strings.ToLower(text(at))]
	if can == sizes.No && seen.first(at) {
		f := p.Reportf(at, "size %s does not have the disk controller %s", m.size.Name, text(at)).Relatedf(m.at, "the size").
			Detailf("Remove diskControllerType, or choose another size. %s", said)
		// The documentation says that sizes of version 6 "typically" have NVMe only. The
		// tests of the verified module compute/virtual-machine deploy some with SCSI.
		if strings.EqualFold(text(at), "SCSI") {
			f.Severity(diag.Warning)
		}
	}
}

// scsiOnly reports that a definition certainly does not name NVMe.
func scsiOnly(def *expand.Node) bool {
	features := def.Get("features")
	if features == nil {
		return true
	}
	if !features.Known() {
		return false
	}
	for _, f := range features.Items {
		name := text(f, "name")
		if name == "" {
			return false
		}
		if strings.EqualFold(name, "DiskControllerTypes") {
			value := text(f, "value")
			return value != "" && !strings.Contains(strings.ToLower(value), "nvme")
		}
	}
	return true
}

var (
	// Of these offers a SKU without a mark of the generation is of the first:
	// https://learn.microsoft.com/azure/virtual-machines/generation-2
	markedOffers = lazy.Regexp{Text: `(?i)^(canonical:(ubuntuserver|0001-com-ubuntu-server-\w+)|microsoftwindowsserver:windowsserver|debian:debian-1[0-2]|openlogic:centos)$`}
	// Of Ubuntu 24.04 and later the SKUs of generation 1 have the mark instead, as
	// server-gen1 beside server (az vm image list --offer ubuntu-24_04-lts --all).
	firstMarked = lazy.Regexp{Text: `(?i)^canonical:ubuntu-2[4-9]_\d\d(-lts)?$`}
	second      = lazy.Regexp{Text: `(?i)gen2|-g2|gensecond`}
	// Confidential images, Azure Edition and Arm64 are of generation 2 without a
	// mark, and of Windows Server 2025 some.
	unmarked = lazy.Regexp{Text: `(?i)cvm|azure-edition|arm64|2025|core-os|minimal`}
)

// generationOf returns V1 or V2 for a platform image whose name shows it, else "".
func generationOf(image *expand.Node) string {
	sku := text(image, "sku")
	if sku != "" && firstMarked.Get().MatchString(text(image, "publisher")+":"+text(image, "offer")) {
		switch sku := strings.ToLower(sku); {
		case strings.HasSuffix(sku, "-gen1"):
			return "V1"
		case sku == "server" || sku == "minimal" || sku == "ubuntu-pro":
			return "V2"
		}
		return ""
	}
	if sku == "" || !markedOffers.Get().MatchString(text(image, "publisher")+":"+text(image, "offer")) {
		return ""
	}
	switch {
	case second.Get().MatchString(sku):
		return "V2"
	case unmarked.Get().MatchString(sku):
		return ""
	}
	return "V1"
}
