package schema

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
	"github.com/scaleset/scaleset/schemas"
)

// A plant is one mistake that is inserted into the text of resources.
type plant struct {
	what string // kind of mistake
	site string // type and path, for messages and to insert each once
	at   int    // offset of the edit
	end  int
	text string

	code    diag.Code
	want    int    // offset of the finding in the edited text
	suggest string // name that the finding must suggest
}

// A planter finds the places of a resource where a mistake can be inserted.
type planter struct {
	doc     *schemas.Document
	version int
	source  bool // the text is a template, not an expansion
	plants  []plant
}

func (g *planter) object(o *jsonc.Object, head int, def *schemas.Property, f schemas.Facet, path string) {
	if !f.Open && def.Values == nil {
		g.insert(o, def, path)
	}
	for i, m := range o.Members {
		if path == "" && inSet(envelope, m.Key.Value) {
			continue // a member of the template, not of the resource: package arm checks it
		}
		child := exact(def, m.Key.Value)
		if child == nil {
			if def.Values != nil {
				g.value(m.Value, m.Key.At.Start, def.Values, path+"{}")
			}
			continue
		}
		cf, ok := child.At(g.version)
		if !ok {
			continue
		}
		way := path + "." + child.Name
		if !f.Open && def.Values == nil {
			g.typo(m, def, way)
		}
		if cf.Required {
			g.remove(o, i, head, child.Name, way)
		}
		g.value(m.Value, m.Key.At.Start, child, way)
	}
}

func exact(def *schemas.Property, name string) *schemas.Property {
	for _, p := range def.Properties {
		if p.Name == name {
			return p
		}
	}
	return nil
}

func (g *planter) value(n jsonc.Node, head int, def *schemas.Property, path string) {
	f, ok := def.At(g.version)
	if !ok || f.Kind == schemas.Any {
		return
	}
	g.wrongType(n, f, path)
	switch n := n.(type) {
	case *jsonc.Object:
		if f.Kind == schemas.Object {
			g.object(n, head, def, f, path)
		}
	case *jsonc.Array:
		for _, e := range n.Elements {
			if def.Items != nil && f.Kind == schemas.Array {
				g.value(e, e.Range().Start, def.Items, path+"[]")
			}
		}
	case *jsonc.String:
		g.wrongEnum(n, f, path)
	}
}

// misspell drops, doubles or swaps letters in the middle, depending on the
// length of the name.
func misspell(name string) string {
	i := len(name) / 2
	switch {
	case len(name) < 5:
		return name[:i] + name[i:i+1] + name[i:]
	case len(name)%2 == 0 && name[i] != name[i-1]:
		return name[:i-1] + name[i:i+1] + name[i-1:i] + name[i+1:]
	}
	return name[:i] + name[i+1:]
}

func (g *planter) typo(m *jsonc.Member, def *schemas.Property, path string) {
	wrong := misspell(m.Key.Value)
	if def.Property(wrong) != nil || g.source && strings.Count(path, ".") == 1 {
		return // a correct name after all, or one that package arm checks
	}
	g.add(plant{what: "typo", site: path, at: m.Key.At.Start, end: m.Key.At.End, text: `"` + wrong + `"`,
		code: unknownProperty.Code, want: m.Key.At.Start, suggest: m.Key.Value})
}

func (g *planter) wrongEnum(n *jsonc.String, f schemas.Facet, path string) {
	if len(f.Enum) == 0 || expr.IsExpression(n.Value) || n.Value == "" {
		return
	}
	right, ok := meaning(n.Value, f.Enum)
	if !ok || len(right) < 3 || strings.Contains(right, ",") {
		return
	}
	wrong := misspell(right)
	if _, ok := meaning(wrong, f.Enum); ok {
		return
	}
	g.add(plant{what: "enum", site: path, at: n.At.Start, end: n.At.End, text: `"` + wrong + `"`,
		code: valueNotAllowed.Code, want: n.At.Start, suggest: right})
}

func (g *planter) wrongType(n jsonc.Node, f schemas.Facet, path string) {
	text := `"elephant"`
	if f.Kind == schemas.String {
		text = `{"a":1}`
	}
	g.add(plant{what: "type", site: path, at: n.Range().Start, end: n.Range().End, text: text,
		code: wrongType.Code, want: n.Range().Start, suggest: article(string(f.Kind))})
}

func (g *planter) remove(o *jsonc.Object, i, head int, name, path string) {
	from, to := o.Members[i].Range().Start, o.Members[i].Range().End
	switch {
	case i+1 < len(o.Members):
		to = o.Members[i+1].Range().Start
	case i > 0:
		from = o.Members[i-1].Range().End
	}
	g.add(plant{what: "missing", site: path, at: from, end: to, code: missingProperty.Code, want: head, suggest: name})
}

var samples = map[schemas.Kind]string{schemas.String: `"x"`, schemas.Boolean: "true", schemas.Integer: "1", schemas.Number: "1", schemas.Object: `{"a": 1}`, schemas.Array: `["a"]`, schemas.Any: `"x"`}

// insert adds properties that only other versions have.
func (g *planter) insert(o *jsonc.Object, def *schemas.Property, path string) {
	for _, p := range def.Properties {
		if p.Has(g.version) || o.Get(p.Name) != nil || len(path) == 0 || def.Property(p.Name) != p || twin(def, p) {
			continue
		}
		facets := p.Facets()
		next, last := -1, facets[len(facets)-1].Until
		for _, f := range slices.Backward(facets) {
			if f.Since > g.version {
				next = f.Since
			}
		}
		text := `"` + p.Name + `": ` + samples[facets[0].Kind]
		if len(o.Members) > 0 {
			text += ","
		}
		at := plant{site: path + "." + p.Name, at: o.At.Start + 1, end: o.At.Start + 1, text: text, want: o.At.Start + 1}
		switch {
		case next >= 0:
			at.what, at.code, at.suggest = "too new", propertyTooNew.Code, g.doc.Versions[next]
		default:
			at.what, at.code, at.suggest = "gone", propertyGone.Code, g.doc.Versions[last]
		}
		g.add(at)
	}
}

// twin reports whether another property has the same name in another case.
func twin(def, p *schemas.Property) bool {
	return slices.ContainsFunc(def.Properties, func(q *schemas.Property) bool { return q != p && strings.EqualFold(q.Name, p.Name) })
}

func (g *planter) add(p plant) { g.plants = append(g.plants, p) }

// plantCounts counts the inserted and the found mistakes.
type plantCounts struct {
	planted, found map[string]int
	seen           map[string]bool
	missed         []string
}

func newPlantCounts() *plantCounts {
	return &plantCounts{planted: map[string]int{}, found: map[string]int{}, seen: map[string]bool{}}
}

// plantAll inserts every mistake into a text, each alone, and checks that it is
// found.
func (h *plantCounts) plantAll(t *testing.T, path, text string) {
	tree := jsonc.Parse(source.NewFile(path, []byte(text)))
	root, _ := tree.Root.(*jsonc.Object)
	if root == nil || root.Get("resources") == nil {
		return
	}
	var checker Checker
	list, _ := root.Get("resources").Value.(*jsonc.Array)
	for _, e := range list.Elements {
		h.resource(t, &checker, path, text, e.(*jsonc.Object))
	}
}

func (h *plantCounts) resource(t *testing.T, c *Checker, path, text string, o *jsonc.Object) {
	text = text[o.At.Start:o.At.End]
	dep := resourcesOf(t, path, "["+text+"]")
	res := dep.Resources[0]
	doc := c.document(res.Type)
	if doc == nil {
		return
	}
	version := resolve(doc, res.APIVersion)
	for _, d := range c.Check(dep) {
		if d.Severity > diag.Info {
			return // its own mistakes would distort the count
		}
	}
	if !version.exact {
		return
	}
	g := &planter{doc: doc, version: version.index}
	body := jsonc.Parse(source.NewFile(path, []byte(text))).Root.(*jsonc.Object)
	g.object(body, body.At.Start, doc.Root, schemas.Facet{Open: true}, "")
	for _, p := range g.plants {
		h.plant(p, path, doc.Type, text, 1, func(edited string) diag.List {
			return c.Check(resourcesOf(t, path, "["+edited+"]"))
		})
	}
}

// plant inserts one mistake into a text, once for each place of a type, and
// checks that it is found; the text that check sees begins shift bytes earlier.
func (h *plantCounts) plant(p plant, path, resourceType, text string, shift int, check func(string) diag.List) {
	key := p.what + resourceType + p.site
	if h.seen[key] {
		return
	}
	h.seen[key] = true
	h.planted[p.what]++
	edited := text[:p.at] + p.text + text[p.end:]
	if missed := p.missing(check(edited), shift); missed != "" {
		h.missed = append(h.missed, fmt.Sprintf("%s: %s of %s%s: %s", path, p.what, resourceType, p.site, missed))
		return
	}
	h.found[p.what]++
}

// missing describes what the findings lack, or returns "".
func (p plant) missing(list diag.List, shift int) string {
	var got []string
	for _, d := range list {
		if d.Severity == diag.Info {
			continue
		}
		if d.Code == p.code && d.Subject.Start == p.want+shift && strings.Contains(d.Summary+d.Detail, p.suggest) {
			return ""
		}
		got = append(got, fmt.Sprintf("%s at %d (want %s at %d): %s", d.Code, d.Subject.Start-shift, p.code, p.want, d.Summary))
	}
	return fmt.Sprintf("want %s naming %s, got %q", p.code, p.suggest, got)
}

func (h *plantCounts) judge(t *testing.T, least float64) {
	t.Helper()
	planted, found := 0, 0
	for what, n := range h.planted {
		t.Logf("%-8s %5d of %5d", what, h.found[what], n)
		planted, found = planted+n, found+h.found[what]
	}
	t.Logf("%.2f%% of %d", 100*float64(found)/float64(max(planted, 1)), planted)
	if planted == 0 || float64(found) < least*float64(planted) {
		t.Errorf("found %d of %d planted mistakes, want %.0f%%", found, planted, 100*least)
	}
	for i, m := range h.missed {
		if i == 40 {
			break
		}
		t.Log(m)
	}
}

// TestPlantedMistakes inserts mistakes of every kind at every depth into
// resources of our own.
func TestPlantedMistakes(t *testing.T) {
	raw, err := os.ReadFile("testdata/clean.json")
	if err != nil {
		t.Fatal(err)
	}
	h := newPlantCounts()
	h.plantAll(t, "clean.json", string(raw))
	h.judge(t, 1)
}

// TestPlantedMistakesInPublishedTemplates is the same test for the resources of
// published templates, as the deployment service expands them.
func TestPlantedMistakesInPublishedTemplates(t *testing.T) {
	h := newPlantCounts()
	for path, text := range publishedAnswers(t) {
		h.plantAll(t, path, text)
	}
	h.judge(t, 0.99)
}

// publishedAnswers returns the recorded expansions of published templates, or
// skips the test if they are not available.
func publishedAnswers(t *testing.T) map[string]string {
	t.Helper()
	folder := golden.Shared(t, "oracle", "templates")
	answers := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		rel, _ := filepath.Rel(folder, path)
		answers[filepath.ToSlash(rel)] = string(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return answers
}
