package storage

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/names"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss5003_storage_account_name.md
var storageAccountNamePage string

// accountName reports names that no storage account can have. A name that a
// parameter is part of is a warning: the template is right, the value is not.
var accountName = &lint.Rule{
	Code: "SS5003", Name: "storage-account-name", Severity: diag.Error, Since: "0.1", Page: &storageAccountNamePage,
	Peers:    []string{"AZR-000201", "CKV_AZURE_43"},
	Also:     []diag.Level{{Severity: diag.Warning, When: "the name comes from the default of a parameter"}},
	Guidance: []guidance.ID{guidance.AccountNameForm}, Run: checkAccountName,
}

func checkAccountName(p *lint.Pass) {
	made := map[string]bool{}
	for _, account := range p.Deployment.StorageAccounts {
		made[strings.ToLower(account.Name)] = true
		why := wrongAccountName(account.Name)
		at := account.Body.Get("name")
		if account.Name == "" || why == "" || arm.IsFillIn(account.Name) || p.Assumed(account.Name) && p.Written(at) == nil {
			continue // the rule placeholder-name (SS3104) reports placeholders in the template
		}
		f := p.Reportf(at, "storage account name %q %s", account.Name, why).
			Detailf("Use 3 to 24 lower-case letters and digits. Where parameters are part of the name, use toLower() and take().")
		if byDefault(at) {
			// The template deploys with other values: what is passed is to change.
			f.Severity(diag.Warning)
		}
		if legal := legalAccountName(account.Name); wrongAccountName(legal) == "" {
			f.Choice("call it "+legal+", here and wherever the name is used", lint.Replace(account.Body.Get("name"), `"`+legal+`"`))
		}
	}
	for _, set := range p.ScaleSets {
		for _, c := range set.Storage.OSDisk.Containers.Items {
			// The account of an address has no case; one that the template makes is judged above.
			if why := wrongAccountName(c.Account); c.Account != "" && why != "" && !made[c.Account] && !p.Assumed(c.Account) {
				f := p.Reportf(c.URI, "storage account name %q %s", c.Account, why)
				if byDefault(c.URI.Node) {
					f.Severity(diag.Warning)
				}
			}
		}
	}
}

// byDefault reports whether the default of a parameter is part of a value, and
// may be replaced before the deployment.
func byDefault(n *expand.Node) bool {
	return slices.ContainsFunc(n.Trail(), func(s diag.Step) bool { return s.Kind == diag.DefaultStep })
}

// wrongAccountName says what is wrong with the name of an account; "" when
// nothing is.
func wrongAccountName(name string) string {
	problem, _ := names.Check("Microsoft.Storage/storageAccounts", name)
	return problem.What
}

// legalAccountName is the name without what no account name may have.
func legalAccountName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(name))
	return name[:min(len(name), guidance.Get(guidance.AccountNameForm).Limit)]
}
