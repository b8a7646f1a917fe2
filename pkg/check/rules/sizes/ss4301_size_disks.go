package sizes

import (
	_ "embed"

	"strings"

	"github.com/scaleset/scaleset/pkg/azure/sizes"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4301_size_disks.md
var sizeDisksPage string

// sizeDisks reports disks that the size does not take.
var sizeDisks = &lint.Rule{
	Code: "SS4301", Name: "size-disks", Severity: diag.Error, Since: "0.2", Page: &sizeDisksPage,
	Also: []diag.Level{{Severity: diag.Warning, When: "an Ultra disk is on a size without premium storage, and no list says whether the size supports Ultra disks"}},
	Link: "https://learn.microsoft.com/azure/virtual-machines/sizes/overview",
	Run:  checkSizeDisks,
}

// accelerates are the sizes with Write Accelerator: the M series.
// https://learn.microsoft.com/azure/virtual-machines/how-to-enable-write-accelerator
var accelerates = lazy.Regexp{Text: `(?i)^Standard_M\d`}

func checkSizeDisks(p *lint.Pass) {
	seen := once{}
	for _, m := range machines(p) {
		for _, disk := range m.disks() {
			at := disk.Get("managedDisk", "storageAccountType")
			kind := text(at)
			if kind == "" { // an attached disk has its SKU
				at = disk.Get("managedDisk", "id")
				if r := p.Deployment.Ref(at).Resource; r != nil && strings.EqualFold(r.Type, "Microsoft.Compute/disks") {
					kind = text(r.Body, "sku", "name")
				}
			}
			premium := strings.HasPrefix(strings.ToLower(kind), "premium")
			ultra := strings.EqualFold(kind, "UltraSSD_LRS")
			if (premium && m.size.PremiumStorage == sizes.No || ultra && m.size.UltraDisk == sizes.No) && seen.first(at) {
				p.Reportf(at, "size %s does not support %s disks", m.size.Name, kind).Relatedf(m.at, "the size").
					Detailf("Choose a size with premium storage (with an s after its number, such as Standard_D2s_v5), or another kind of disk. %s", said)
			}
			if ultra && m.size.UltraDisk == sizes.Unknown && m.size.PremiumStorage == sizes.No && seen.first(at) {
				p.Reportf(at, "size %s has no premium storage, which Ultra disks need", m.size.Name).Severity(diag.Warning).Relatedf(m.at, "the size").
					Detailf("Choose a size with premium storage (with an s after its number, such as Standard_D2s_v5), or another kind of disk. %s", said)
			}
			if on := disk.Get("writeAcceleratorEnabled"); isTrue(on) && !accelerates.Get().MatchString(m.size.Name) && seen.first(on) {
				p.Reportf(on, "size %s does not support Write Accelerator; only the M series does", m.size.Name).Relatedf(m.at, "the size").
					Detailf("Choose a size of the M series, or remove writeAcceleratorEnabled.")
			}
		}
		data := m.profile.Get("storageProfile", "dataDisks")
		if data != nil && m.size.DataDisks >= 0 && len(data.Items) > m.size.DataDisks && seen.first(data) {
			p.Reportf(data, "%s; the limit of size %s is %d", lint.Count(len(data.Items), "data disk"), m.size.Name, m.size.DataDisks).Relatedf(m.at, "the size").
				Detailf("Choose a larger size, or fewer disks. %s", said)
		}
	}
}
