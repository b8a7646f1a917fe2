package template

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

//go:embed ss2604_empty_value.md
var emptyValuePage string

// emptyValue reports members of resources that hold nothing: {}, [], "" and null.
var emptyValue = &lint.Rule{
	Code: "SS2604", Name: "empty-value", Severity: diag.Info, Since: "0.1", Page: &emptyValuePage,
	Peers:        []string{"Template-Should-Not-Contain-Blanks"},
	Link:         "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#remove-blank-properties",
	OffByDefault: true,
	Run:          checkEmptyValue,
}

func checkEmptyValue(p *lint.Pass) {
	for _, t := range p.Language().Templates {
		for _, r := range t.Resources {
			emptyMembers(p, r)
		}
	}
}

func emptyMembers(p *lint.Pass, r *arm.Resource) {
	var inside func(n jsonc.Node)
	inside = func(n jsonc.Node) {
		switch n := n.(type) {
		case *jsonc.Array:
			for _, e := range n.Elements {
				inside(e)
			}
		case *jsonc.Object:
			for _, m := range n.Members {
				switch {
				case n == r.Node && strings.EqualFold(m.Key.Value, "resources"), strings.EqualFold(m.Key.Value, "template"): // judged by themselves
				case !isEmpty(m.Value):
					inside(m.Value)
				case !mayBeEmpty(m.Key.Value):
					p.ReportAt(r.Template(), m.Key.At, "'%s' is empty", m.Key.Value).In(r).Detailf("Remove it.")
				}
			}
		}
	}
	inside(r.Node)
	for _, child := range r.Children {
		emptyMembers(p, child)
	}
}

// mayBeEmpty names members for which empty says something, such as the
// containers of a set with an image of its own, and those that are judged apart.
func mayBeEmpty(name string) bool {
	return slices.ContainsFunc([]string{
		"vhdContainers", "resources", "template", "parameters", "variables", "outputs", "settings", "protectedSettings", "properties", "dependsOn", "tags", "zones", "metadata", "comments",
		"userAssignedIdentities", "value", "addressPrefixes", "securityRules", "rules", "notifications", "diskEncryptionSet",
	}, func(n string) bool { return strings.EqualFold(n, name) })
}

func isEmpty(n jsonc.Node) bool {
	switch n := n.(type) {
	case *jsonc.Null:
		return true
	case *jsonc.String:
		return n.Value == ""
	case *jsonc.Array:
		return len(n.Elements) == 0
	case *jsonc.Object:
		return len(n.Members) == 0
	}
	return false
}
