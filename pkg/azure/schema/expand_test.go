package schema

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
	"github.com/scaleset/scaleset/schemas"
)

// deploy expands a template as a run does, with the parameter file beside it if
// there is one.
func deploy(path string, text []byte, parameters ...*arm.ParameterFile) *expand.Deployment {
	t := arm.ParseTemplate(jsonc.Parse(source.NewFile(path, text)))
	return expand.Expand(t, expand.Options{
		Context: funcs.Context{
			TenantID: "99999999-8888-7777-6666-555555555555", SubscriptionID: "11111111-2222-3333-4444-555555555555",
			ResourceGroup: "group", Location: "westus2", DeploymentName: "deployment",
		},
		Parameters: parameters,
	})
}

// templates calls f with each template of the corpus, with its own parameter
// file and without values. It includes the good templates of the rules.
func templates(t *testing.T, f func(rel string, text []byte, parameters []*arm.ParameterFile)) {
	t.Helper()
	folders, _ := golden.Corpus(t)
	folders = append(folders, filepath.Join(golden.Root(t), "pkg", "check", "rules"))
	golden.WalkCorpus(t, folders, func(folder, path string) {
		if strings.HasPrefix(filepath.Base(path), "bad_") || strings.Contains(filepath.ToSlash(path), "/ss2604/") {
			return // SS2604 is about the size of objects, whatever their content
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		rel, _ := filepath.Rel(folder, path)
		if !arm.IsTemplate(jsonc.Parse(source.NewFile(rel, text))) {
			return
		}
		f(rel, text, nil)
		beside := strings.TrimSuffix(path, ".json") + ".parameters.json"
		if raw, err := os.ReadFile(beside); err == nil {
			f(rel, text, []*arm.ParameterFile{arm.ParseParameters(jsonc.Parse(source.NewFile(filepath.Base(beside), raw)))})
		}
	})
}

// TestSources is TestPublishedTemplates with the source text: templates with
// the parameters beside them or with none.
func TestSources(t *testing.T) {
	var checker Checker
	templates(t, func(rel string, text []byte, parameters []*arm.ParameterFile) {
		for _, d := range checker.Check(deploy(rel, text, parameters...)) {
			if strings.HasPrefix(filepath.ToSlash(rel), "broken/") {
				continue // an example that contains mistakes
			}
			if d.Code == missingProperty.Code && strings.Contains(filepath.ToSlash(rel), "/testdata/") {
				continue // the templates of rules contain the mistakes of their rule
			}
			if d.Severity == diag.Error && agreed[string(d.Code)+" "+strings.Trim(d.Subject.Text(), `"`)] == "" {
				at := d.Subject.StartPosition()
				t.Errorf("%s: %s:%d: %s %s", rel, d.Subject.File.Path(), at.Line, d.Code, d.Summary)
			}
		}
	})
}

// TestPlantedMistakesInSources inserts mistakes into the text of templates, and
// wants them to be found at the exact place through expansion.
func TestPlantedMistakesInSources(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: takes some seconds")
	}
	h := newPlantCounts()
	var checker Checker
	templates(t, func(rel string, text []byte, parameters []*arm.ParameterFile) {
		if parameters == nil {
			h.plantAllInSource(&checker, rel, string(text))
		}
	})
	h.judge(t, 0.98)
}

func (h *plantCounts) plantAllInSource(c *Checker, rel, text string) {
	dep := deploy(rel, []byte(text))
	for _, d := range append(dep.Diagnostics, c.Check(dep)...) {
		if d.Severity > diag.Info {
			return // its own mistakes would distort the count
		}
	}
	done := map[*arm.Resource]bool{}
	for _, res := range dep.Resources {
		doc := c.document(res.Type)
		if doc == nil || done[res.Source] || res.Source.Node.At.File.Path() != rel {
			continue
		}
		done[res.Source] = true
		version := resolve(doc, res.APIVersion)
		if !version.exact {
			continue
		}
		g := &planter{doc: doc, version: version.index, source: true}
		g.object(res.Source.Node, res.Source.Node.At.Start, doc.Root, schemas.Facet{Open: true}, "")
		for _, p := range g.plants {
			h.plant(p, rel, doc.Type, text, 0, func(edited string) diag.List {
				dep := deploy(rel, []byte(edited))
				return append(dep.Diagnostics, c.Check(dep)...)
			})
		}
	}
}
