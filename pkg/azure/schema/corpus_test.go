package schema

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xeipuuv/gojsonschema"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/schemas"
)

// assumed matches a value that the recorder of the responses invented for a
// parameter without one; findings about it are not mistakes of the template.
var assumed = regexp.MustCompile("`val[a-z]+`|" + `"val[a-z-]*"|this text|checked against|\bval[a-z]+ |must be an object, not "[ab]"`)

// agreed are the errors in published templates that are real mistakes, by code
// and property, each with the reason.
var agreed = map[string]string{
	"SS3001 batchInstancePercent":              "a name of the private preview of rolling upgrades; the published version has maxBatchInstancePercent",
	"SS3001 maxUnhealthyUpgradedInstanceCount": "as above: the published version has a percentage",
	"SS3008 3":              "an invented value too: the priority of a module about firewall rules, which is 100 or more",
	"SS3001 inputEndpoints": "the classic deployment model had it; a network profile never did, and the service names it as unknown since 2019",
}

// TestPublishedTemplates wants no error in a published template except the real
// mistakes that are listed here with their reasons.
func TestPublishedTemplates(t *testing.T) {
	for path, text := range publishedAnswers(t) {
		for _, d := range new(Checker).Check(resourcesOf(t, path, text)) {
			if d.Severity != diag.Error || assumed.MatchString(d.Summary) {
				continue
			}
			if agreed[string(d.Code)+" "+strings.Trim(d.Subject.Text(), `"`)] == "" {
				t.Errorf("%s:%d: %s: %s", path, d.Subject.StartPosition().Line, d.Code, d.Summary)
			}
		}
	}
}

// TestPartAgreesWithWhole wants the schema of the part that a resource uses and
// that the walk has not found right, which a run compiles, to report the same
// mistakes as the schema of the whole document about the whole resource, for our
// own and for published resources.
func TestPartAgreesWithWhole(t *testing.T) {
	entire := map[schemaKey]*gojsonschema.Schema{}
	resources, mistakes, fitting := 0, 0, 0
	agree := func(path string, dep *expand.Deployment) {
		var c Checker
		for _, res := range dep.Resources {
			doc := c.document(res.Type)
			if doc == nil || expr.IsExpression(res.APIVersion) {
				continue
			}
			s := walked(res, doc)
			key := schemaKey{doc, s.version.index}
			if entire[key] == nil {
				schema, err := compile(whole(load(t, doc.Type).Root, key.version).project(key.version, schemas.Facet{Kind: schemas.Object}))
				if err != nil {
					t.Fatalf("%s: %s: %v", path, doc.Type, err)
				}
				for known := range entire {
					if known.doc.Type == doc.Type && len(entire) > 40 {
						delete(entire, known) // they are large
					}
				}
				entire[key] = schema
			}
			var part []string
			if s.item.fits {
				fitting++
			} else {
				part = errorsOf(t, c.schema(&batch{key, []*subject{s}}), s.item)
			}
			doubt(s.item)
			entirety := errorsOf(t, entire[key], s.item)
			resources, mistakes = resources+1, mistakes+len(part)
			if diff := cmp.Diff(entirety, part); diff != "" {
				t.Errorf("%s: %s %s (-whole +part):\n%s", path, doc.Type, res.Name, diff)
			}
		}
	}
	for _, name := range []string{"clean.json", "mistakes.json"} {
		raw, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		agree(name, resourcesOf(t, name, string(raw)))
	}
	templates(t, func(rel string, text []byte, parameters []*arm.ParameterFile) {
		agree(rel, deploy(rel, text, parameters...))
	})
	if resources < 300 || mistakes < 20 || fitting < resources/2 {
		t.Errorf("%d resources with %d mistakes were judged, those of our own have more; %d fit", resources, mistakes, fitting)
	}
}

// walked returns a resource after the walk.
func walked(res *expand.Resource, doc *schemas.Document) *subject {
	s := &subject{res: res, doc: doc, version: resolve(doc, res.APIVersion)}
	s.item = (&walker{subject: s, report: &report{seen: map[seenKey]bool{}}, room: new(itemMemory)}).resource()
	return s
}

// doubt undoes what the walk has found right: the validator sees every value.
func doubt(it *item) {
	it.fits = false
	for _, f := range it.fields {
		doubt(f.item)
	}
	for i := range it.items {
		doubt(&it.items[i])
	}
}

// errorsOf returns the mistakes that a schema finds in an item, sorted.
func errorsOf(t *testing.T, schema *gojsonschema.Schema, it *item) []string {
	t.Helper()
	result, err := schema.Validate(gojsonschema.NewRawLoader(it.json()))
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range result.Errors() {
		list = append(list, e.String())
	}
	slices.Sort(list)
	return list
}

// TestEverySchemaCompiles compiles each document whole, for its first and last version.
func TestEverySchemaCompiles(t *testing.T) {
	for _, resourceType := range schemas.Types() {
		doc := load(t, resourceType)
		for _, v := range []int{0, len(doc.Versions) - 1} {
			if _, err := compile(whole(doc.Root, v).project(v, schemas.Facet{Kind: schemas.Object})); err != nil {
				t.Errorf("%s %s: %v", resourceType, doc.Versions[v], err)
			}
		}
	}
}

// hasMember reports whether a resource whose type has a document has a member
// with the name at any depth.
func hasMember(res *expand.Resource, name string) bool {
	if _, err := schemas.Load(res.Type); err != nil {
		return false
	}
	var visit func(*expand.Node) bool
	visit = func(n *expand.Node) bool {
		return slices.ContainsFunc(n.Items, visit) || slices.ContainsFunc(n.Members, func(m expand.Member) bool { return m.Name == name || visit(m.Node) })
	}
	return visit(res.Body)
}

// TestPeerReports wants every mistake to be found that another type system
// reports in the published templates, for the types that have a document.
func TestPeerReports(t *testing.T) {
	folder := golden.Shared(t, "oracle", "templates")
	raw, err := os.ReadFile(golden.Shared(t, "oracle", "peer-types.json"))
	if err != nil {
		t.Fatal(err)
	}
	var peers map[string]struct {
		Reports []struct {
			What, Property, Given string
			Properties            []string
		}
	}
	if err := json.Unmarshal(raw, &peers); err != nil {
		t.Fatal(err)
	}
	found, total := 0, 0
	for template, peer := range peers {
		if len(peer.Reports) == 0 {
			continue
		}
		text, err := os.ReadFile(filepath.Join(folder, strings.TrimPrefix(template, "corpus/")))
		if err != nil {
			continue
		}
		dep := resourcesOf(t, template, string(text))
		list := new(Checker).Check(dep)
		for _, r := range peer.Reports {
			name := r.Property
			if len(r.Properties) > 0 {
				name = r.Properties[0]
			}
			if !slices.ContainsFunc(dep.Resources, func(res *expand.Resource) bool { return hasMember(res, name) }) && r.What != "missing required" {
				continue // of a type without a document
			}
			total++
			if slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return strings.Contains(d.Summary, name) }) {
				found++
				continue
			}
			t.Errorf("%s: not found: %v", template, r)
		}
	}
	t.Logf("found %d of %d reports", found, total)
}
