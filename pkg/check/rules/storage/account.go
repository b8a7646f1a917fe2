package storage

import (
	"fmt"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
)

// A share is what one storage account gets of a scale set.
type share struct {
	limits.Account
	instances int // the most that it gets
}

// fullest returns the share of the account that gets most of n instances.
func fullest(containers []vmss.Container, n int) share {
	account, instances := limits.AccountsOf(containers).Fullest(n)
	return share{account, instances}
}

// place is where to point: at the entry when it is the only one, else at the list.
func (s share) place(all vmss.List[vmss.Container]) lint.Placer {
	if len(all.Items) == 1 {
		return s.First.URI
	}
	return all
}

func (s share) sentence(n, containers int) string {
	name := "one storage account"
	if s.Name != "" {
		name = "storage account " + s.Name
	}
	switch {
	case s.Containers == containers:
		return fmt.Sprintf("%d instances share %s", n, name)
	case s.Containers > 1:
		return fmt.Sprintf("%s gets %d of %d instances, through %d of %d containers", name, s.instances, n, s.Containers, containers)
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
		return fmt.Sprintf("Spread the scale set over at least %d accounts whose names begin with different letters, or use managed disks.", need)
	}
	return fmt.Sprintf("Spread the scale set over at least %d accounts whose names begin with different letters, such as %s; or use managed disks.",
		need, strings.Join(names, ", "))
}
