package references

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss3200_reference_form.md
var referenceFormPage string

// referenceForm reports ids that are not a full resource id.
var referenceForm = &lint.Rule{
	Code: "SS3200", Name: "reference-form", Severity: diag.Error, Since: "0.2", Page: &referenceFormPage,
	Peers: []string{"IDs-Should-Be-Derived-From-ResourceIDs"},
	Link:  "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-resource#resourceid",
	Run:   checkReferenceForm,
}

func checkReferenceForm(p *lint.Pass) {
	seen := once{}
	each(p, func(u use) {
		why := wrongForm(p, u)
		if why == "" || !seen.first(u.at) {
			return
		}
		f := p.Reportf(u.at, "%s %s", u.name(), why)
		if len(u.what.Types) > 0 {
			f.Detailf("Write the full id of a resource of type %s, for example with resourceId().", oneOf(u.what.Types))
		} else {
			f.Detailf("Write the full id of the resource, for example with resourceId().")
		}
	})
}

// wrongForm completes "subnet.id ..."; "" when nothing is known to be wrong.
func wrongForm(p *lint.Pass, u use) string {
	if _, null := u.at.Value.(value.Null); null {
		if u.what.Required {
			return "is null"
		}
		return ""
	}
	id, ok := u.at.Text()
	if !ok || u.at.NeedsValue() || (id == "" || p.Assumed(id)) && (passed(p, u.at) || p.Assumed(id) && p.Written(u.at) == nil) {
		return ""
	}
	lower := strings.ToLower(id)
	switch {
	case id == "":
		return "is empty"
	case u.what.Name && !strings.Contains(id, "/"):
		return ""
	case !strings.HasPrefix(id, "/"):
		return "is " + quote(id) + ", which is not a full resource id"
	case !strings.HasPrefix(lower, "/subscriptions/") && !strings.HasPrefix(lower, "/providers/"):
		return "is " + quote(id) + ", which does not begin with /subscriptions/ or /providers/"
	}
	if _, ok := vmss.ParseID(id); !ok && strings.Count(id, "/")%2 == 1 {
		return "is " + quote(id) + ", which has a type without a name"
	}
	return ""
}
