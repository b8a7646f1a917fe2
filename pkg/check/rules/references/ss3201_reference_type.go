package references

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss3201_reference_type.md
var referenceTypePage string

// referenceType reports ids that name a resource, or a part, of another type
// than the property needs.
var referenceType = &lint.Rule{
	Code: "SS3201", Name: "reference-type", Severity: diag.Error, Since: "0.2", Page: &referenceTypePage,
	Link: "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-resource#resourceid",
	Also: []diag.Level{{Severity: diag.Warning, When: "the id is that of a role: a template of Azure, digitaltwins-with-function-private-link, has a misspelled type there"}},
	Run:  checkReferenceType,
}

func checkReferenceType(p *lint.Pass) {
	seen := once{}
	each(p, func(u use) {
		if len(u.what.Types) == 0 {
			return
		}
		is := u.refersTo()
		if is == "" || u.what.MayReferTo(is) || strings.ContainsAny(is, "{}") || !seen.first(u.at) {
			return
		}
		f := p.Reportf(u.at, "%s refers to a resource of type %s", u.name(), is).
			Detailf("Use the id of a resource of type %s; %s is %s.", oneOf(u.what.Types), quote(u.ref.Path().Name()), article(is)+" "+is)
		if strings.EqualFold(u.what.Types[0], "Microsoft.Authorization/roleDefinitions") {
			f.Severity(diag.Warning)
		}
	})
}

// article is the indefinite article of a resource type.
func article(resourceType string) string {
	if strings.ContainsRune("AEIOaeio", rune(resourceType[0])) {
		return "an"
	}
	return "a"
}
