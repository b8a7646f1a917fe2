// Package storage holds the rules about storage accounts, images and disks:
// codes SS50xx.
package storage

import (
	"github.com/scaleset/scaleset/pkg/guidance"
	"github.com/scaleset/scaleset/pkg/lint"
)

// Rules are the rules of the family, in the order of their codes.
func Rules() []*lint.Rule {
	return []*lint.Rule{AccountSpread, DataDisksVersion}
}

// Unchecked are the statements about storage that no rule checks.
func Unchecked() []lint.Unchecked {
	return []lint.Unchecked{
		{ID: guidance.CustomImageCopied, Reason: "Whether a blob is there only the storage account can tell."},
		{ID: guidance.AccountOverprovisionReason, Reason: "It is the reason for what storage-account-spread checks."},
	}
}
