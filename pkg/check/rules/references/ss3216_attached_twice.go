package references

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss3216_attached_twice.md
var attachedTwicePage string

// attachedTwice reports a network interface or a disk that two machines use.
var attachedTwice = &lint.Rule{
	Code: "SS3216", Name: "attached-twice", Severity: diag.Error, Since: "0.2", Page: &attachedTwicePage,
	Link: "https://learn.microsoft.com/azure/virtual-machines/disks-shared",
	Run:  checkAttachedTwice,
}

func checkAttachedTwice(p *lint.Pass) {
	users := map[string]use{}
	each(p, func(u use) {
		kind := u.refersTo()
		if !equal(u.by.Type, "Microsoft.Compute/virtualMachines") || !limits.Certain(u.by) {
			return
		}
		what, answer := "network interface", "NicInUse"
		switch {
		case equal(kind, "Microsoft.Network/networkInterfaces"):
		case equal(kind, "Microsoft.Compute/disks"):
			what, answer = "disk", "AttachDiskWhileBeingDetached or ConflictingUserInput"
			if !unshared(u.ref.Resource) {
				return
			}
		default:
			return
		}
		id := u.ref.Path().String()
		first, used := users[id]
		switch {
		case !used:
			users[id] = u
		case first.sameUser(u) || first.at.At() == u.at.At(): // one machine, or copies that are the same here
		default:
			p.Reportf(u.at, "the %s %s is used by two VMs, here and by %s", what, u.ref.Path().Name(), first.by.Name).
				Relatedf(first.at, "the other use").
				Detailf("Azure returns %s. Give each VM its own.", answer)
		}
	})
}

// unshared reports whether a disk is in the template and certainly cannot be
// attached to several machines.
func unshared(disk *expand.Resource) bool {
	if disk == nil {
		return false
	}
	shares := disk.Body.Get("properties", "maxShares")
	if shares == nil {
		return disk.Body.Get("properties").Known()
	}
	n, ok := shares.Int()
	return ok && n <= 1
}
