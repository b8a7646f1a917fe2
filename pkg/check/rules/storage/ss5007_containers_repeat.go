package storage

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss5007_containers_repeat.md
var containersRepeatPage string

// containersRepeat reports a container that vhdContainers lists twice.
var containersRepeat = &lint.Rule{
	Code: "SS5007", Name: "containers-repeat", Severity: diag.Warning, Since: "0.1", Page: &containersRepeatPage,
	Guidance: []guidance.ID{guidance.PlatformImageContainers}, Run: checkContainersRepeat,
}

func checkContainersRepeat(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		first := map[string]vmss.Container{}
		for _, c := range set.Storage.OSDisk.Containers.Items {
			uri, ok := c.URI.Known()
			if !ok || c.Account == "" {
				continue
			}
			key := c.Account + "/" + strings.ToLower(c.Name)
			earlier, again := first[key]
			if !again {
				first[key] = c
				continue
			}
			p.Reportf(c.URI, "the container %s is listed twice", strings.TrimSuffix(uri, "/")).
				Relatedf(earlier.URI, "first listed here").
				Detailf("List a container of another storage account: one that is listed twice gets twice its share of the disks.").
				Remove("remove the second one", c.URI)
		}
	}
}
