package storage

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss5002_account_name_letters.md
var accountNameLettersPage string

// accountLetters reports a scale set that spreads its disks over accounts whose
// names begin with the same few letters.
var accountLetters = &lint.Rule{
	Code: "SS5002", Name: "account-name-letters", Severity: diag.Warning, Since: "0.1", Page: &accountNameLettersPage,
	Also:     []diag.Level{{Severity: diag.Info, When: "the scale set is not checked against the guidance of the preview"}},
	Guidance: []guidance.ID{guidance.AccountNameSpread}, Run: checkAccountLetters,
}

// firstCharacters is how many characters the name of an account can begin with.
const firstCharacters = 36

func checkAccountLetters(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		containers := set.Storage.OSDisk.Containers
		accounts, ok := accountNames(containers)
		if !ok || len(accounts) < 2 {
			continue
		}
		letters := firstLetters(accounts)
		possible := min(len(accounts), firstCharacters)
		if 2*len(letters) > possible {
			continue
		}
		f := p.Reportf(containers, "the names of %d storage accounts begin with %s (%s): %d%% of the possible spread",
			len(accounts), lint.Count(len(letters), "character"), strings.Join(letters, ", "), 100*len(letters)/possible).
			Detailf("Begin the names with letters that are far apart, such as %s; or with uniqueString() of the resource group and a number, "+
				"which begins with any of 32 characters.", strings.Join(spreadLetters(min(len(accounts), 5)), ", "))
		if set.Era != guidance.Preview {
			f.Severity(diag.Info)
		}
	}
}

// accountNames are the storage accounts of containers, each once; ok is false
// when one of them is unknown.
func accountNames(containers vmss.List[vmss.Container]) (names []string, ok bool) {
	seen := map[string]bool{}
	for _, c := range containers.Items {
		if c.Account == "" {
			return nil, false
		}
		if !seen[c.Account] {
			seen[c.Account] = true
			names = append(names, c.Account)
		}
	}
	return names, containers.State == vmss.Known
}

// firstLetters are the letters that names begin with, each once, in order.
func firstLetters(names []string) (letters []string) {
	seen := map[byte]bool{}
	for _, n := range names {
		if !seen[n[0]] {
			seen[n[0]] = true
			letters = append(letters, n[:1])
		}
	}
	return letters
}

// spreadLetters are n letters as far apart as they can be.
func spreadLetters(n int) []string {
	letters := make([]string, n)
	for i := range letters {
		letters[i] = string(rune('a' + i*26/n))
	}
	return letters
}
