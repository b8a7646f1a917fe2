package naming

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/azure/names"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

//go:embed ss3104_placeholder_name.md
var placeholderNamePage string

// placeholderName reports, once for a template, names that are written in it
// and are placeholders. Where no resource of the type can have the name, the
// rules about names say more, except about a placeholder between delimiters.
var placeholderName = &lint.Rule{
	Code: "SS3104", Name: "placeholder-name", Severity: diag.Warning, Since: "0.2", Page: &placeholderNamePage, Link: rulesPage,
	Run: checkPlaceholderName,
}

func checkPlaceholderName(p *lint.Pass) {
	var first *lint.Finding
	seen := map[source.Range]bool{}
	for _, r := range p.Deployment.Expanded.Resources {
		at := r.Body.Get("name")
		name, ok := at.Text()
		if !ok || p.Written(at) == nil || seen[at.At()] || !arm.IsPlaceholder(lastSegment(name)) {
			continue
		}
		if problem, wrong := names.Check(r.Type, lastSegment(name)); wrong && problem.Certain && !arm.IsFillIn(lastSegment(name)) {
			continue
		}
		seen[at.At()] = true
		if first != nil {
			first.Relatedf(at, "another one")
			continue
		}
		first = p.Reportf(at, "the name %s looks like a placeholder", quote(name)).
			Detailf("Replace it, or make it a parameter: the name is deployed as it is.")
	}
}
