package template

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

//go:embed ss2404_id_form.md
var idFormPage string

// idForm reports members called id that are no resource id. It is off by default:
// some resource types have ids of another form.
var idForm = &lint.Rule{
	Code: "SS2404", Name: "id-form", Severity: diag.Info, Since: "0.2", Page: &idFormPage, OffByDefault: true,
	Peers: []string{"IDs-Should-Be-Derived-From-ResourceIDs"},
	Link:  "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#use-resourceid-functions",
	Run:   checkIDForm,
}

func checkIDForm(p *lint.Pass) {
	for _, t := range p.Language().Templates {
		var inside func([]*arm.Resource)
		inside = func(list []*arm.Resource) {
			for _, r := range list {
				if !strings.EqualFold(r.Type, "Microsoft.Resources/deployments") {
					checkIDs(p, t, r)
				}
				inside(r.Children)
			}
		}
		inside(t.Resources)
	}
}

// checkIDs judges the members called id or resourceId of a resource, at every level,
// apart from those of the resources in it.
func checkIDs(p *lint.Pass, t *arm.Template, r *arm.Resource) {
	for _, m := range r.Node.Members {
		if strings.EqualFold(m.Key.Value, "resources") {
			continue
		}
		jsonc.Walk(m.Value, func(n jsonc.Node) bool {
			o, ok := n.(*jsonc.Object)
			if !ok {
				return true
			}
			for _, name := range []string{"id", "resourceId"} {
				if m := o.Get(name); m != nil {
					if what := noID(m.Value); what != "" {
						p.ReportAt(t, m.Value.Range(), "%s is %s, not the id of a resource", m.Key.Value, what).In(r).
							Detailf("Use resourceId(), subscriptionResourceId() or extensionResourceId().")
					}
				}
			}
			return true
		})
	}
}

// noID says what a value is that is no id; "" for an expression, an id and null.
func noID(n jsonc.Node) string {
	switch n := n.(type) {
	case *jsonc.Number:
		return "a number"
	case *jsonc.Bool:
		return "true or false"
	case *jsonc.String:
		text := strings.TrimSpace(n.Value)
		switch {
		case text == "":
			return "empty"
		case strings.HasPrefix(strings.ToLower(text), "[concat("):
			return "assembled by concat()"
		case strings.HasPrefix(text, "["), strings.HasPrefix(text, "/"):
			return ""
		}
		return "plain text"
	}
	return ""
}
