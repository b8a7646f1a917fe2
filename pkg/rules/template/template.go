// Package template holds the rules about the language of templates that a linter of scale sets must have too: codes SS21xx.
package template

import (
	"github.com/scaleset/scaleset/pkg/lint"
)

// Rules are the rules of the family, in the order of their codes.
func Rules() []*lint.Rule {
	return []*lint.Rule{}
}

// Unchecked are the statements of the family that no rule checks.
func Unchecked() []lint.Unchecked {
	return nil
}
