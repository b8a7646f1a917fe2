package storage

import (
	"fmt"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
)

// A share is what one storage account gets of a scale set.
type share struct {
	account    string // "" when its name is unknown
	containers int    // how many of vhdContainers lie in it
	instances  int    // the most that it gets
	first      *vmss.Container
}

// fullest is the account that gets most when the service spreads n instances
// evenly over the containers. Containers whose address is unknown count as an
// account each, so that no account is thought fuller than it certainly is.
func fullest(containers []vmss.Container, n int) share {
	var shares []share
	byName := map[string]int{}
	for i := range containers {
		c := &containers[i]
		at, ok := byName[c.Account]
		if c.Account == "" || !ok {
			at = len(shares)
			byName[c.Account] = at
			shares = append(shares, share{account: c.Account, first: c})
		}
		shares[at].containers++
	}
	each, rest := n/len(containers), n%len(containers)
	worst := share{}
	for _, s := range shares {
		s.instances = each*s.containers + min(rest, s.containers)
		if s.instances > worst.instances {
			worst = s
		}
	}
	return worst
}

// place is where to point: at the entry when it is the only one, else at the list.
func (s share) place(all vmss.List[vmss.Container]) lint.Placer {
	if len(all.Items) == 1 {
		return s.first.URI
	}
	return all
}

func (s share) sentence(n, containers int) string {
	name := "one storage account"
	if s.account != "" {
		name = "storage account " + s.account
	}
	switch {
	case s.containers == containers:
		return fmt.Sprintf("%d instances share %s", n, name)
	case s.containers > 1:
		return fmt.Sprintf("%s gets %d of %d instances, through %d of %d containers", name, s.instances, n, s.containers, containers)
	}
	return fmt.Sprintf("%s gets %d of %d instances", name, s.instances, n)
}

// spreadAdvice says how many accounts are needed, and names some that are made
// of the one there is: their first letters lie as far apart as they can.
func spreadAdvice(need int, account string) string {
	letters := spreadLetters(min(need, 5)) // some are enough to show how
	names := make([]string, len(letters))
	for i, letter := range letters {
		names[i] = legalAccountName(letter + account)
	}
	if account == "" {
		return fmt.Sprintf("Spread the set over %d accounts or more, their names beginning with different letters, or use managed disks.", need)
	}
	return fmt.Sprintf("Spread the set over %d accounts or more, their names beginning with different letters, such as %s; or use managed disks.",
		need, strings.Join(names, ", "))
}
