// Package storage holds the rules about storage accounts, images and disks:
// codes SS50xx.
package storage

import (
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
)

// Rules are the rules of the family, in the order of their codes.
func Rules() []*lint.Rule {
	return []*lint.Rule{
		accountSpread, accountLetters, accountName, lowerCaseParameter, customImageContainers, customImageNotThere,
		containersRepeat, accountElsewhere, managedContainers, dataDisksVersion, imageWithReference, unmanagedRetired,
		platformImageContainers, customImageForm, osDiskCreateOption, dataDiskLUN, diskSize, writeAccelerator, ephemeralDisk,
	}
}

// Unchecked are the statements about storage that no rule checks.
func Unchecked() []lint.Unchecked {
	return []lint.Unchecked{
		{ID: guidance.AccountOverprovisionReason, Reason: "It is the reason for storage-account-spread."},
		{ID: guidance.ManagedDisksFirst, Reason: "The schema check covers it: property-too-new (SS3005)."},
		{ID: guidance.OSDiskName, Reason: "The schema check covers it: missing-property (SS3004)."},
		{ID: guidance.DataDiskRequired, Reason: "The schema check covers it: missing-property (SS3004)."},
		{ID: guidance.FaultDomainAlignment, Reason: "A template does not show how many fault domains the disks of a region have."},
	}
}
