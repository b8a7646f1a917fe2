package schema

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xeipuuv/gojsonschema"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/schemas"
)

// madeUp is a value that the recorder of the answers invented for a parameter
// without one; what it causes is no mistake of the template.
var madeUp = regexp.MustCompile(`"val[a-z-]*"|this text|judged by|\bval[a-z]+ `)

// agreed are the errors on published templates that a reader agrees with, by
// code and property, each with the reason.
var agreed = map[string]string{
	"SS3001 batchInstancePercent":              "a name of the private preview of rolling upgrades; the published version has maxBatchInstancePercent",
	"SS3001 maxUnhealthyUpgradedInstanceCount": "as above: the published version has a percentage",
	"SS3001 inputEndpoints":                    "the classic deployment model had it; a network profile never did, and the service names it as unknown since 2019",
}

// TestPublishedTemplates wants no error on a published template that a reader
// would not agree with: those that remain are listed here, with the reason.
func TestPublishedTemplates(t *testing.T) {
	for path, text := range publishedAnswers(t) {
		for _, d := range Check(resourcesOf(t, path, text)) {
			if d.Severity != diag.Error || madeUp.MatchString(d.Summary) {
				continue
			}
			if agreed[string(d.Code)+" "+strings.Trim(d.Subject.Text(), `"`)] == "" {
				t.Errorf("%s:%d: %s: %s", path, d.Subject.StartPosition().Line, d.Code, d.Summary)
			}
		}
	}
}

// TestWalkAgreesWithValidator wants the walk to call clean exactly what
// gojsonschema finds no fault with, on resources of our own and published ones.
func TestWalkAgreesWithValidator(t *testing.T) {
	for _, name := range []string{"clean.json", "mistakes.json"} {
		raw, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		agree(t, name, resourcesOf(t, name, string(raw)))
	}
	for path, text := range publishedAnswers(t) {
		agree(t, path, resourcesOf(t, path, text))
	}
}

func agree(t *testing.T, path string, dep *expand.Deployment) {
	t.Helper()
	var c Checker
	for _, res := range dep.Resources {
		doc := c.document(res.Type)
		if doc == nil || isExpression(res.APIVersion) {
			continue
		}
		s := &subject{res: res, doc: doc, version: resolve(doc, res.APIVersion)}
		s.item = (&walker{subject: s, report: &report{seen: map[seenKey]bool{}}}).resource()
		used := &use{def: doc.Root}
		used.merge(s.item)
		schema, err := compile(used.project(s.version.index, schemas.Facet{Kind: schemas.Object}))
		if err != nil {
			t.Fatalf("%s: %s: %v", path, s.label(), err)
		}
		result, err := schema.Validate(gojsonschema.NewRawLoader(s.item.json()))
		if err != nil {
			t.Fatalf("%s: %s: %v", path, s.label(), err)
		}
		if s.suspect == result.Valid() && !(s.suspect && hasPattern(s.item)) {
			t.Errorf("%s: %s %s: the walk suspects it: %v; the validator: %v", path, s.label(), res.Name, s.suspect, result.Errors())
		}
	}
}

// hasPattern reports whether a pattern is involved, which only the validator judges.
func hasPattern(it *item) bool {
	for _, f := range it.fields {
		if hasPattern(f.item) {
			return true
		}
	}
	return it.facet.Pattern != "" || slices.ContainsFunc(it.items, func(i item) bool { return hasPattern(&i) })
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

// hasMember reports whether a resource whose type has a document has a member of that name anywhere.
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

// TestPeerReports wants to be found what another type system reports about the
// published templates, for the types that have a document.
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
		list := Check(dep)
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
