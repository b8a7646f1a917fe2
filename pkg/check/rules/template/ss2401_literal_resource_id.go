package template

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss2401_literal_resource_id.md
var literalResourceIDPage string

// literalResourceID reports ids with a subscription that are written in a resource or a variable.
var literalResourceID = &lint.Rule{
	Code: "SS2401", Name: "literal-resource-id", Severity: diag.Warning, Since: "0.1", Page: &literalResourceIDPage,
	Peers: []string{"IDs-Should-Be-Derived-From-ResourceIDs"},
	Link:  "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#use-resourceid-functions",
	Run:   checkLiteralResourceID,
}

func checkLiteralResourceID(p *lint.Pass) {
	for _, t := range p.Language().Texts {
		if t.Section != arm.InResources && t.Section != arm.InVariables || !isPlain(t) || !isSubscriptionID(t.String.Value) {
			continue
		}
		p.ReportAt(t.Template, t.String.At, "the hard-coded id %s belongs to one subscription", shorten(t.String.Value)).In(t.Resource).
			Detailf("Compute it with resourceId(), or make it a parameter.")
	}
}

// isSubscriptionID reports an id of a resource in a certain subscription.
func isSubscriptionID(s string) bool {
	const start = "/subscriptions/"
	if len(s) < len(start) || !strings.EqualFold(s[:len(start)], start) {
		return false
	}
	id, rest, _ := strings.Cut(strings.ToLower(s[len(start):]), "/")
	return len(id) == 36 && strings.Count(id, "-") == 4 && strings.Contains(rest, "providers/")
}

// shorten keeps the end of a long id, which says what it names.
func shorten(id string) string {
	if len(id) <= 60 {
		return "'" + id + "'"
	}
	return "'..." + id[len(id)-55:] + "'"
}
