package template

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss2703_uri_by_concat.md
var uRIByConcatPage string

// uriByConcat reports URIs that are put together from a base and a path.
var uriByConcat = &lint.Rule{
	Code: "SS2703", Name: "uri-by-concat", Severity: diag.Info, Since: "0.1", Page: &uRIByConcatPage,
	Peers:        []string{"URIs-Should-Be-Properly-Constructed"},
	Link:         "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#use-uri-function",
	OffByDefault: true,
	Run:          checkURIByConcat,
}

func checkURIByConcat(p *lint.Pass) {
	for _, t := range p.Language().Texts {
		c := call(t)
		if !isCall(c, "concat", "format") || len(c.Args) < 2 || !namesURI(t.Key) {
			continue
		}
		p.ReportAt(t.Template, c.NameAt, "%s() assembles the URI '%s'", c.Name, t.Key).In(t.Resource).
			Detailf("Use uri(), which puts one slash between the base and the path.")
	}
}

func namesURI(key string) bool {
	key = strings.ToLower(key)
	return strings.HasSuffix(key, "uri") || strings.HasSuffix(key, "url") || key == "fileuris"
}
