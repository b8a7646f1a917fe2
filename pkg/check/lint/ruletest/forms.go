package ruletest

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// forms are the ways to write a value that every rule about resources takes
// alike: rules check the value, not how it is written.
var forms = []struct {
	name  string
	write func(*rewriter)
}{
	{"variables", func(w *rewriter) { w.values("variables", func(literal, _ string) string { return literal }) }},
	{"parameters", func(w *rewriter) {
		w.values("parameters", func(literal, kind string) string {
			return fmt.Sprintf(`{ "type": %q, "defaultValue": %s }`, kind, literal)
		})
	}},
	{"a parameter file", func(w *rewriter) {
		var given []string
		w.values("parameters", func(literal, kind string) string {
			given = append(given, fmt.Sprintf(`"form%d": { "value": %s }`, len(given), literal))
			return fmt.Sprintf(`{ "type": %q }`, kind)
		})
		w.given = `{ "parameters": { ` + strings.Join(given, ", ") + ` } }`
	}},
	{"expressions", func(w *rewriter) { w.expressions() }},
	{"a copy loop", func(w *rewriter) { w.loops() }},
}

// Forms runs each bad template of the rules again with the values of its
// resources written as variables, as parameters with a default, as parameters
// whose values a parameter file gives, as expressions, and with each resource
// in a loop: the rule has to report the same. So fixtures need no such forms.
// Except names what is judged
// by the way it is written, such as "SS4069 parameters", with the reason.
func Forms(t *testing.T, rules []*lint.Rule, except map[string]string) {
	for _, r := range rules {
		paths, err := filepath.Glob(filepath.Join("testdata", strings.ToLower(string(r.Code)), "bad_*.json"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			if info, err := os.Stat(path); err != nil || info.IsDir() || isCompanion(filepath.Base(path)) {
				continue
			}
			for _, form := range forms {
				if except[string(r.Code)+" "+form.name] != "" {
					continue
				}
				t.Run(fmt.Sprintf("%s/%s/%s", r.Code, filepath.Base(path), form.name), func(t *testing.T) {
					tmpl := load(t, path)
					options := saved(t, strings.TrimSuffix(path, ".json"))
					options.Era = eraOf(t, tmpl.Tree)
					options.Values = optionsOf(t, r, tmpl.Tree)
					want := summaries(check(t, r, options, []*lint.Template{tmpl}))
					w := &rewriter{tmpl: tmpl}
					form.write(w)
					if len(want) == 0 {
						t.Fatal("a bad template without a finding")
					}
					text := apply(tmpl.Tree.File, w.edits)
					got := summaries(check(t, r, options, []*lint.Template{parse(t, path, text, w.given)}))
					if diff := cmp.Diff(want, got); diff != "" {
						t.Errorf("(-as it is written +as %s):\n%s", form.name, diff)
					}
				})
			}
		}
	}
}

func summaries(found diag.List) []string {
	var all []string
	for _, d := range found {
		all = append(all, d.Summary)
	}
	slices.Sort(all)
	return all
}

// A rewriter collects the edits that write a template in another way.
type rewriter struct {
	tmpl  *lint.Template
	edits []diag.Edit
	given string // text of one more parameter file; "" for none
}

// literals calls visit for every plain value in the resources, apart from what
// the language requires as literals: types, names, versions and the like.
func (w *rewriter) literals(visit func(n jsonc.Node, literal, kind string)) {
	var inResource func(r *arm.Resource)
	inResource = func(r *arm.Resource) {
		for _, m := range r.Body {
			if !strings.EqualFold(m.Key.Value, "comments") {
				walkLiterals(m.Value, visit)
			}
		}
		for _, child := range r.Children {
			inResource(child)
		}
	}
	for _, r := range w.tmpl.ARM.Resources {
		if !r.IsDeployment() {
			inResource(r)
		}
	}
}

func walkLiterals(n jsonc.Node, visit func(n jsonc.Node, literal, kind string)) {
	switch n := n.(type) {
	case *jsonc.Object:
		if n.Get("copy") != nil {
			return // a loop of values: its input has names of its own
		}
		for _, m := range n.Members {
			walkLiterals(m.Value, visit)
		}
	case *jsonc.Array:
		for _, e := range n.Elements {
			walkLiterals(e, visit)
		}
	case *jsonc.String:
		if !strings.HasPrefix(n.Value, "[") && n.Value != "" {
			visit(n, n.At.Text(), "string")
		}
	case *jsonc.Bool:
		visit(n, n.At.Text(), "bool")
	case *jsonc.Number:
		if _, ok := n.Int(); ok {
			visit(n, n.At.Text(), "int")
		}
	}
}

// values moves every literal to a section of the template.
func (w *rewriter) values(section string, declare func(literal, kind string) string) {
	var members []string
	w.literals(func(n jsonc.Node, literal, kind string) {
		name := fmt.Sprintf("form%d", len(members))
		members = append(members, fmt.Sprintf("%q: %s", name, declare(literal, kind)))
		w.refer(n, section, name)
	})
	if len(members) > 0 {
		w.declare(section, strings.Join(members, ", "))
	}
}

// refer writes a variable or a parameter in the place of a value.
func (w *rewriter) refer(n jsonc.Node, section, name string) {
	w.edits = append(w.edits, diag.Edit{Range: n.Range(), Text: fmt.Sprintf(`"[%s('%s')]"`, section, name)})
}

// declare adds members to a section of the template.
func (w *rewriter) declare(section, text string) {
	if m := w.tmpl.ARM.Node.Get(section); m != nil {
		at := m.Value.Range()
		if o, ok := m.Value.(*jsonc.Object); ok && len(o.Members) > 0 {
			text += ", "
		}
		w.edits = append(w.edits, diag.Edit{Range: at.File.Range(at.Start+1, at.Start+1), Text: text})
		return
	}
	at := w.tmpl.ARM.Node.Get("resources").Key.At
	w.edits = append(w.edits, diag.Edit{Range: at.File.Range(at.Start, at.Start), Text: fmt.Sprintf("%q: { %s }, ", section, text)})
}

// expressions computes every literal.
func (w *rewriter) expressions() {
	w.literals(func(n jsonc.Node, literal, kind string) {
		text := fmt.Sprintf(`"[json('%s')]"`, literal)
		if kind == "string" {
			if strings.ContainsAny(literal, `\'`) {
				return
			}
			text = fmt.Sprintf(`"[concat('%s', '')]"`, strings.Trim(literal, `"`))
		}
		w.edits = append(w.edits, diag.Edit{Range: n.Range(), Text: text})
	})
}

// loops puts every resource that is in none in a loop of one.
func (w *rewriter) loops() {
	for i, r := range w.tmpl.ARM.Resources {
		if r.Copy == nil && !w.tmpl.ARM.Symbolic {
			at := r.Node.At
			w.edits = append(w.edits, diag.Edit{Range: at.File.Range(at.Start+1, at.Start+1), Text: fmt.Sprintf(`"copy": { "name": "form%d", "count": 1 }, `, i)})
		}
	}
}
