package storage

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss5003_storage_account_name.md
var storageAccountNamePage string

// accountName reports names that no storage account can have. A name that a
// parameter is part of is a warning: the template is right, the value is not.
var accountName = &lint.Rule{
	Code: "SS5003", Name: "storage-account-name", Severity: diag.Error, Since: "0.1", Doc: storageAccountNamePage,
	Guidance: []guidance.ID{guidance.AccountNameForm}, Run: checkAccountName,
}

const accountNameMin = 3

func checkAccountName(p *lint.Pass) {
	made := map[string]bool{}
	for _, account := range p.Deployment.StorageAccounts {
		made[strings.ToLower(account.Name)] = true
		why := wrongAccountName(account.Name)
		if account.Name == "" || why == "" || p.MadeUp(account.Name) {
			continue
		}
		f := p.Reportf(account.Body.Get("name"), "%q is no name of a storage account: %s", account.Name, why).
			Detailf("A name has 3 to 24 characters, lower-case letters and digits only. toLower() and take() help where parameters make it.")
		if madeOfParameter(account.Body.Get("name")) {
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
			if why := wrongAccountName(c.Account); c.Account != "" && why != "" && !made[c.Account] && !p.MadeUp(c.Account) {
				f := p.Reportf(c.URI, "no storage account is called %q: %s", c.Account, why)
				if madeOfParameter(c.URI.Node) {
					f.Severity(diag.Warning)
				}
			}
		}
	}
}

// madeOfParameter reports whether the value of a parameter is part of a value.
func madeOfParameter(n *expand.Node) bool {
	return slices.ContainsFunc(n.Trail(), func(s diag.Step) bool { return s.Kind == diag.ParameterStep || s.Kind == diag.ArgumentStep })
}

// wrongAccountName says what is wrong with the name of an account; "" when
// nothing is.
func wrongAccountName(name string) string {
	limit := guidance.Get(guidance.AccountNameForm).Limit
	for _, r := range name {
		switch {
		case r >= 'A' && r <= 'Z':
			return fmt.Sprintf("it has the upper-case letter %q", r)
		case (r < 'a' || r > 'z') && (r < '0' || r > '9'):
			return fmt.Sprintf("it has %q, which is neither a lower-case letter nor a digit", r)
		}
	}
	switch {
	case len(name) < accountNameMin:
		return fmt.Sprintf("it has %s, at least %d are needed", lint.Count(len(name), "character"), accountNameMin)
	case len(name) > limit:
		return fmt.Sprintf("it has %d characters, at most %d may be", len(name), limit)
	}
	return ""
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
