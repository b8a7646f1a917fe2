// Package envelope holds the rules about what Azure Resource Manager checks of
// every resource before its provider sees it: location, zones, tags, scope and
// list functions. Codes SS3020 to SS3099.
package envelope

import (
	"fmt"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// Rules are the rules of the family, in the order of their codes.
func Rules() []*lint.Rule {
	return []*lint.Rule{locationMissing, regionName, zoneForm, tagLimits, readOnlyType, deploymentScope, listFunction}
}

// A once reports each place once, however many copies share it.
type once map[source.Range]bool

func (o once) first(n *expand.Node) bool {
	if o[n.At()] {
		return false
	}
	o[n.At()] = true
	return true
}

const longest = 40 // characters of a text in a message

func quote(text string) string {
	if r := []rune(text); len(r) > longest {
		text = string(r[:longest]) + "…"
	}
	return fmt.Sprintf("%q", text)
}

func is(resourceType, want string) bool { return strings.EqualFold(resourceType, want) }
