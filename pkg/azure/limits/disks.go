package limits

import (
	"fmt"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// diskLimits returns the limits of the storage accounts of the disks.
func diskLimits(set ScaleSet) []Limit {
	containers := set.Storage.OSDisk.Containers
	if len(containers.Items) == 0 {
		return nil
	}
	var all []Limit
	if bound := AccountBound(set); bound.Max() > 0 {
		spread := AccountsOf(containers.Items)
		l := Limit{
			Name: Accounts, Max: spread.Most(bound.Max()), Severity: diag.Warning, Code: codeAccounts, Rule: ruleAccounts, Says: bound.Statement,
			Place: containers.Place(), Reason: perAccount(bound.Max(), len(spread.Accounts)),
			Remedy: "Spread vhdContainers over more storage accounts, or use managed disks.",
		}
		if set.Era == guidance.Preview {
			l.Severity = diag.Error // the document of the preview has a limit, later pages a recommendation
		}
		all = append(all, l)
	}
	switch n, ok := containers.Count(); {
	case !ok:
	case len(all) > 0 && all[0].Max == MostForContainer*n: // the same number, for two reasons
		all[0].Severity = diag.Error
	default:
		all = append(all, Limit{
			Name: Accounts, Max: MostForContainer * n, Severity: diag.Error, Code: codeAccounts, Rule: ruleAccounts, Place: containers.Place(),
			Reason: fmt.Sprintf("%d for each container", MostForContainer), Remedy: "Add containers in other storage accounts, or use managed disks.",
		})
	}
	if l, ok := OfLargeSetDisks(set); ok {
		all = append(all, l)
	}
	return all
}

// MostForContainer is the number of instances for each container that Azure
// accepts: it responded that 99 instances need 3
// (https://github.com/Azure/acs-engine/issues/2824).
const MostForContainer = 40

func perAccount(each, accounts int) string {
	if accounts == 1 {
		return "the limit of one storage account"
	}
	return fmt.Sprintf("%d for each of %d storage accounts", each, accounts)
}

// AccountBound returns the limit of instances for each storage account: half as
// many if surplus instances write to it too. If that is unknown, the larger
// number applies.
func AccountBound(set ScaleSet) Bound {
	if on, ok := set.Overprovisions(); ok && on {
		return set.Bound(guidance.AccountMaxPreview, guidance.AccountMaxOverprovisioned)
	}
	return set.Bound(guidance.AccountMaxPreview, guidance.AccountMaxNotOverprovisioned)
}

// OfLargeSetDisks returns the limit of a set of several placement groups with
// disks in storage accounts; ok is false for other sets. With overprovisioning,
// the number for each account is the same for all sets and is part of the limit
// of the accounts.
func OfLargeSetDisks(set ScaleSet) (l Limit, ok bool) {
	each := set.Bound(guidance.LargeSetManagedDisks)
	over, sure := set.Overprovisions()
	accounts := len(AccountsOf(set.Storage.OSDisk.Containers.Items).Accounts)
	if !vmss.Is(set.SinglePlacementGroup, false) || over || !sure || accounts == 0 || each.Max() == 0 {
		return l, false
	}
	return Limit{
		Name: LargeSetDisks, Max: each.Max() * accounts, Severity: diag.Warning, Code: codeLargeSetDisks, Rule: ruleLargeSetDisks, Says: each.Statement,
		Place:  set.SinglePlacementGroup.Place(),
		Reason: fmt.Sprintf("%d for each of %d storage accounts of a scale set with several placement groups", each.Max(), accounts),
		Remedy: "Use managed disks, which several placement groups are meant for, or more storage accounts.",
	}, true
}

// A Spread describes how Azure distributes the disks of a set over storage
// accounts: in turn over the containers.
type Spread struct {
	Accounts   []Account
	containers int
}

// An Account is one storage account of a spread.
type Account struct {
	Name       string // "" if unknown
	First      *vmss.Container
	Containers int
}

// AccountsOf returns the accounts of containers, in their order. A container
// with an unknown account counts as an account of its own, so that no account
// appears fuller than it certainly is.
func AccountsOf(containers []vmss.Container) Spread {
	s := Spread{containers: len(containers)}
	byName := map[string]int{}
	for i := range containers {
		c := &containers[i]
		at, ok := byName[c.Account]
		if c.Account == "" || !ok {
			at = len(s.Accounts)
			byName[c.Account] = at
			s.Accounts = append(s.Accounts, Account{Name: c.Account, First: c})
		}
		s.Accounts[at].Containers++
	}
	return s
}

// Instances returns the largest number of n instances whose disks may be in an
// account: each container gets an equal share, and the remainder may go to the
// containers of this account first.
func (s Spread) Instances(a Account, n int) int {
	return n/s.containers*a.Containers + min(n%s.containers, a.Containers)
}

// Fullest returns the account with the largest share of n instances, the first
// among equals.
func (s Spread) Fullest(n int) (worst Account, instances int) {
	for _, a := range s.Accounts {
		if held := s.Instances(a, n); held > instances {
			worst, instances = a, held
		}
	}
	return worst, instances
}

// Most returns the largest number of instances for which no account has more
// than each.
func (s Spread) Most(each int) int {
	most := unlimited
	for _, a := range s.Accounts {
		// n = q*containers + r gives q*a.Containers + min(r, a.Containers).
		q, r := each/a.Containers, each%a.Containers
		most = min(most, q*s.containers+r)
	}
	return most
}
