package storage

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss5008_storage_account_elsewhere.md
var storageAccountElsewherePage string

// accountElsewhere hints at storage accounts that must exist already.
var accountElsewhere = &lint.Rule{
	Code: "SS5008", Name: "storage-account-elsewhere", Severity: diag.Info, Since: "0.1", Page: &storageAccountElsewherePage,
	Guidance: []guidance.ID{guidance.PlatformImageContainers}, Run: checkAccountElsewhere,
}

func checkAccountElsewhere(p *lint.Pass) {
	for _, account := range p.Deployment.StorageAccounts {
		if account.Name == "" {
			return // it may be any of them
		}
	}
	for _, set := range p.ScaleSets {
		containers := set.Storage.OSDisk.Containers
		missing := notMade(p, containers)
		if len(missing) == 0 {
			continue
		}
		it := "They"
		if len(missing) == 1 {
			it = "It"
		}
		p.Reportf(containers, "%s not created by the template: %s", are(len(missing)), shortList(missing)).
			Detailf("%s must exist before the deployment, in the same region and subscription.", it)
	}
}

func are(n int) string {
	if n == 1 {
		return "1 storage account of vhdContainers is"
	}
	return lint.Count(n, "storage account") + " of vhdContainers are"
}

// notMade are the accounts of containers that the deployment does not make.
func notMade(p *lint.Pass, containers vmss.List[vmss.Container]) (missing []string) {
	seen := map[string]bool{}
	for _, c := range containers.Items {
		if c.Account == "" || seen[c.Account] {
			continue
		}
		seen[c.Account] = true
		if p.Deployment.StorageAccount(c.Account) == nil {
			missing = append(missing, c.Account)
		}
	}
	return missing
}

// shortList names at most five things.
func shortList(names []string) string {
	const most = 5
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:most], ", ") + " and " + lint.Count(len(names)-most, "other")
}
