package template

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A versioned is a declared resource with an API version that is written, there
// or in a variable.
type versioned struct {
	*arm.Resource
	version string
	at      source.Range
	era     guidance.Era
}

// declared gives the resources of all templates whose API version is plain text.
func declared(p *lint.Pass) []versioned {
	var all []versioned
	told := map[*jsonc.String]string{} // a variable is spoken of once for each type
	for _, t := range p.Language().Texts {
		if !ofResource(t, "apiVersion") {
			continue
		}
		s, ok := constant(t)
		if !ok || told[s] == t.Resource.Type {
			continue
		}
		told[s] = t.Resource.Type
		era := guidance.EraOf(s.Value)
		if p.Options.Era != guidance.Auto {
			era = p.Options.Era
		}
		all = append(all, versioned{t.Resource, s.Value, s.At, era})
	}
	return all
}

// newestStable is the newest version of a type that is not a preview; "" when none
// is known.
func newestStable(p *lint.Pass, resourceType string) string {
	newest := ""
	if p.Template.Versions == nil {
		return newest
	}
	for _, v := range p.Template.Versions(resourceType) {
		if !isPreview(v) {
			newest = max(newest, v)
		}
	}
	return newest
}

// isPreview reports versions with a word behind the date: -preview, -alpha.
func isPreview(version string) bool { return strings.Count(version, "-") > 2 }
