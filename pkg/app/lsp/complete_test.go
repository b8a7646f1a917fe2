package lsp

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"maps"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/azure/regions"
	"github.com/scaleset/scaleset/pkg/azure/schema"
	"github.com/scaleset/scaleset/pkg/azure/sizes"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
	"github.com/scaleset/scaleset/schemas"
)

// inUsage reports the half of the published templates that usage.txt is inUsage
// from: completion is measured on the other half. Templates of one folder are in
// one half.
func inUsage(path string) bool {
	h := fnv.New32a()
	_, _ = h.Write([]byte(filepath.Base(filepath.Dir(path))))
	return h.Sum32()%2 == 0
}

// eachTemplate calls f with the templates of the examples, and of the corpus where
// it lies beside the module. Those of the module are never inUsage.
func eachTemplate(t testing.TB, public bool, f func(path, text string, tree *jsonc.Tree, ours bool)) {
	for _, part := range []string{"scale-sets", "other"} {
		folders, _ := golden.Corpus(t, part)
		if !public {
			folders = folders[:1]
		}
		golden.WalkCorpus(t, folders, func(folder, path string) {
			ours := folder == folders[0]
			if ours && part == "other" {
				return
			}
			text, err := os.ReadFile(path)
			if err != nil || len(text) > 400_000 {
				return
			}
			tree := jsonc.Parse(source.NewFile(path, text))
			if arm.IsTemplate(tree) && !tree.Diagnostics.HasErrors() {
				f(path, string(text), tree, ours)
			}
		})
	}
}

// TestUsage counts usage.txt again with -update; otherwise it wants the file to be
// what the templates give.
func TestUsage(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: reads many templates")
	}
	golden.Shared(t, "corpus")
	counts := map[string]map[string]int{}
	inFile := map[[2]string]bool{} // a template counts once for each name
	add := func(place, name string) {
		key := [2]string{place, strings.ToLower(name)}
		if strings.ContainsAny(place+name, "\t\n\r") || len(name) > 80 || name == "" || inFile[key] {
			return
		}
		inFile[key] = true
		if counts[place] == nil {
			counts[place] = map[string]int{}
		}
		counts[place][name]++
	}
	eachTemplate(t, true, func(path, text string, tree *jsonc.Tree, ours bool) {
		if ours || !inUsage(path) {
			return
		}
		clear(inFile)
		c := &completion{spot: &spot{tree: tree}}
		tree.WalkPointers(func(pointer string, n jsonc.Node) bool {
			k := c.kind(pointer)
			known := k.resource != nil || k.shape != nil || k.container != nil
			switch n := n.(type) {
			case *jsonc.Object:
				free := map[string]bool{}
				if known {
					for _, m := range c.membersOf(k) {
						free[strings.ToLower(m.name)] = true
					}
				}
				for _, m := range n.Members {
					if free[strings.ToLower(m.Key.Value)] {
						add(k.usage, m.Key.Value)
					}
				}
			case *jsonc.String:
				if k.atResource() && k.key() == "type" {
					add("type=", n.Value)
				}
				if k.atResource() && k.key() == "apiVersion" && strings.HasPrefix(n.Value, "[") {
					add("apiVersion=", n.Value)
				}
				if expr.IsExpression(n.Value) {
					root, _ := expr.Parse(n.Value, n.Map())
					expr.Walk(root, func(e expr.Node) bool {
						if call, ok := e.(*expr.Call); ok && call.Namespace == "" {
							add("function=", call.Name)
						}
						return true
					})
				} else if slices.ContainsFunc(domain(k), func(s string) bool { return strings.EqualFold(s, n.Value) }) {
					add(k.usage+"=", n.Value)
				}
			}
			return true
		})
	})
	var b strings.Builder
	for _, place := range slices.Sorted(maps.Keys(counts)) {
		names := slices.SortedFunc(maps.Keys(counts[place]), func(a, b string) int {
			return cmp.Or(counts[place][b]-counts[place][a], strings.Compare(a, b))
		})
		names = slices.DeleteFunc(names, func(n string) bool { return counts[place][n] < 3 && place != "type=" })
		if len(names) < 2 {
			continue
		}
		most := 40
		if place == "type=" {
			most = 300
		}
		fmt.Fprintf(&b, "%s\t%s\n", place, strings.Join(names[:min(len(names), most)], "\t"))
	}
	path := "usage.txt"
	if golden.Update() {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	golden.Equal(t, path, []byte(b.String()))
}

// domain is what is known of the values at a place, whatever completion offers.
func domain(k *place) []string {
	if m := k.grammarMember(); m != nil && len(m.Words) > 0 {
		return m.Words
	}
	if k.resource == nil || k.path == "" {
		return nil
	}
	if k.path == "location" {
		return regions.Names()
	}
	if isSize(k) {
		return sizes.Names(true)
	}
	d, err := schema.Describe(k.typ, k.version, k.path)
	if err != nil || d.Value == nil {
		return nil
	}
	return d.Value.Values
}

// A removal is a template without one word.
type removal struct {
	kind, path string
	whole      string
	start, end int
	typed      string // in the place of the word
	back       int    // how far from the end of that the cursor is
	want       string
}

func (r removal) offset() int  { return r.start + len(r.typed) - r.back }
func (r removal) text() string { return r.whole[:r.start] + r.typed + r.whole[r.end:] }

// removals are the words of a template that can be removed: members, values that
// have a domain, and names in expressions.
func removals(path, text string, tree *jsonc.Tree) (all []removal) {
	c := &completion{spot: &spot{tree: tree}}
	cut := func(kind string, start, end int, with string, back int, want string) {
		all = append(all, removal{kind, path, text, start, end, with, back, want})
	}
	tree.WalkPointers(func(pointer string, n jsonc.Node) bool {
		k := c.kind(pointer)
		switch n := n.(type) {
		case *jsonc.Object:
			known := map[string]bool{}
			for _, m := range c.membersOf(k) {
				known[strings.ToLower(m.name)] = true
			}
			for i, m := range n.Members {
				if !known[strings.ToLower(m.Key.Value)] {
					continue
				}
				r := m.Range()
				cut("name of a member", m.Key.At.Start, m.Key.At.End, `""`, 1, m.Key.Value)
				if i+1 < len(n.Members) {
					end := r.End + strings.IndexByte(text[r.End:]+",", ',') + 1
					if end <= n.Members[i+1].Key.At.Start {
						cut("member", r.Start, end, "", 0, m.Key.Value)
						cut("member, quote typed", r.Start, end, `"`, 0, m.Key.Value)
					}
				}
			}
		case *jsonc.String:
			at := n.At
			if expr.IsExpression(n.Value) {
				root, found := expr.Parse(n.Value, n.Map())
				if found.HasErrors() {
					return true
				}
				expr.Walk(root, func(e expr.Node) bool {
					switch e := e.(type) {
					case *expr.Call:
						if e.Namespace == "" {
							cut("function", e.NameAt.Start, e.NameAt.End, "", 0, e.Name)
						}
						if name := strings.ToLower(e.Name); len(e.Args) == 1 && (name == "parameters" || name == "variables") {
							if s, ok := e.Args[0].(*expr.String); ok {
								cut("name", s.At.Start+1, s.At.End-1, "", 0, s.Value)
							}
						}
					case *expr.Property:
						if call, ok := e.Target.(*expr.Call); ok {
							switch strings.ToLower(call.Name) {
							case "variables", "parameters", "resourcegroup", "reference", "subscription", "deployment":
								cut("selected member", e.NameAt.Start, e.NameAt.End, "", 0, e.Name)
							}
						}
					}
					return true
				})
				return true
			}
			want := n.Value
			switch key := k.key(); {
			case k.atResource() && key == "type":
				if _, ok := schemas.FindType(k.typ); ok {
					cut("type", at.Start, at.End, `""`, 1, want)
				}
			case k.atResource() && key == "apiversion":
				if known, ok := schemas.FindType(k.typ); ok && slices.Contains(known.Versions, want) {
					cut("version", at.Start, at.End, `""`, 1, want)
				}
			case slices.ContainsFunc(domain(k), func(s string) bool { return strings.EqualFold(s, want) }):
				cut("value", at.Start, at.End, `""`, 1, want)
			}
		case *jsonc.Bool:
			if k.resource != nil && k.path != "" {
				if d, err := schema.Describe(k.typ, k.version, k.path); err == nil && d.Value != nil && d.Value.Type == "boolean" {
					cut("value", n.At.Start, n.At.End, "", 0, n.At.Text())
				}
			}
		}
		return true
	})
	return all
}

func (r removal) offers(t testing.TB, s *server) []string {
	t.Helper()
	uri := "file:///templates/a.json"
	s.files.put(document{URI: uri, Text: r.text()})
	items := s.complete(positionParams{document{URI: uri}, positionOf(r.text(), r.offset())})
	labels := make([]string, len(items))
	for i, item := range items {
		labels[i] = item.Label
	}
	return labels
}

// TestRemovedWords removes one word at 300 places of templates that nothing was
// inUsage from, and wants it among the offers: nearly always, and mostly first or
// second.
func TestRemovedWords(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: reads many templates")
	}
	t.Run("examples", func(t *testing.T) { removedWords(t, false) })
	t.Run("published", func(t *testing.T) {
		golden.Shared(t, "corpus")
		removedWords(t, true)
	})
}

func removedWords(t *testing.T, public bool) {
	const places = 300
	type file struct {
		path, text string
		tree       *jsonc.Tree
	}
	var files []file
	eachTemplate(t, public, func(path, text string, tree *jsonc.Tree, ours bool) {
		if ours != public && (ours || !inUsage(path)) {
			files = append(files, file{path, text, tree})
		}
	})
	s, _ := serverFor(t, t.TempDir())
	random := rand.New(rand.NewSource(25))
	offered, first := map[string]int{}, map[string]int{}
	drawn := map[string]int{}
	var missed []string
	for total := 0; total < places; {
		f := files[random.Intn(len(files))]
		all := removals(f.path, f.text, f.tree)
		if len(all) == 0 {
			continue
		}
		// Each kind is as likely as another: otherwise nearly all would be members.
		kinds := map[string][]removal{}
		for _, r := range all {
			kinds[r.kind] = append(kinds[r.kind], r)
		}
		names := slices.Sorted(maps.Keys(kinds))
		some := kinds[names[random.Intn(len(names))]]
		r := some[random.Intn(len(some))]
		total++
		at := slices.IndexFunc(r.offers(t, s), func(label string) bool { return strings.EqualFold(label, r.want) })
		drawn[r.kind]++
		if at >= 0 {
			offered[r.kind]++
		}
		if at == 0 || at == 1 {
			first[r.kind]++
		} else {
			p := positionOf(r.text(), r.offset())
			missed = append(missed, fmt.Sprintf("%s: %s %q is at %d of the offers (%s:%d:%d)", map[bool]string{true: "low", false: "none"}[at >= 0], r.kind, r.want, at, filepath.Base(filepath.Dir(r.path))+"/"+filepath.Base(r.path), p.Line+1, p.Character+1))
		}
	}
	sum := func(m map[string]int) (n int) {
		for _, v := range m {
			n += v
		}
		return n
	}
	for _, kind := range slices.Sorted(maps.Keys(drawn)) {
		t.Logf("%-20s %3d drawn, %3d offered, %3d first or second", kind, drawn[kind], offered[kind], first[kind])
	}
	t.Logf("%d places in %d templates: the removed word is offered at %.1f%%, first or second at %.1f%%",
		places, len(files), 100*float64(sum(offered))/places, 100*float64(sum(first))/places)
	slices.Sort(missed)
	if testing.Verbose() {
		for _, m := range missed {
			t.Log(m)
		}
	}
	if sum(offered) < places*95/100 || sum(first) < places*70/100 {
		t.Errorf("offered at %d of %d places, want 95%%; first or second at %d, want 70%%", sum(offered), places, sum(first))
	}
}
