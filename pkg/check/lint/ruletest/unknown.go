package ruletest

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// Unknown runs each template of the rules again and again, each time with one
// value of its resources given by a parameter without a value. Who knows less
// can say less: a finding at a place where there was none, nor inside of it,
// speaks about what is not known. What differs in nothing but the number of an element is tried
// once. Except names templates in which more is meant to be said, such as
// "SS4001/bad_x.json", with the reason.
func Unknown(t *testing.T, rules []*lint.Rule, except map[string]string) {
	for _, r := range rules {
		paths, err := filepath.Glob(filepath.Join("testdata", strings.ToLower(string(r.Code)), "*.json"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			name := string(r.Code) + "/" + filepath.Base(path)
			if info, err := os.Stat(path); err != nil || info.IsDir() || isCompanion(filepath.Base(path)) || except[name] != "" {
				continue
			}
			t.Run(name, func(t *testing.T) { checkUnknown(t, r, path) })
		}
	}
}

func checkUnknown(t *testing.T, r *lint.Rule, path string) {
	tmpl := load(t, path)
	options := saved(t, strings.TrimSuffix(path, ".json"))
	options.Era = eraOf(t, tmpl.Tree)
	options.Values = optionsOf(t, r, tmpl.Tree)
	var known []string
	for _, d := range check(t, r, options, []*lint.Template{tmpl}) {
		known = append(known, place(tmpl, d))
	}
	w := &rewriter{tmpl: tmpl}
	tried := map[string]bool{}
	w.literals(func(n jsonc.Node, literal, kind string) {
		pointer, _ := tmpl.Tree.PointerAt(n.Range().Start)
		if like := index.ReplaceAllString(pointer, "/0") + literal; tried[like] {
			return
		} else {
			tried[like] = true
		}
		w.edits = nil
		w.refer(n, "parameters", "unknown")
		w.declare("parameters", fmt.Sprintf(`"unknown": { "type": %q }`, kind))
		less := parse(t, path, apply(tmpl.Tree.File, w.edits), "")
		for _, d := range check(t, r, options, []*lint.Template{less}) {
			at := place(less, d)
			if at == "/parameters/unknown" {
				at = pointer // it is there, whatever it is
			}
			if !slices.ContainsFunc(known, func(k string) bool { return k == at || strings.HasPrefix(k, at+"/") }) {
				t.Errorf("without %s, which is %s: %s: %s", pointer, literal, at, d.Summary)
			}
		}
	})
}

var index = regexp.MustCompile(`/\d+`)

// place returns where a finding is, in words that do not change with the text before
// it.
func place(tmpl *lint.Template, d diag.Diagnostic) string {
	if d.Subject.File != tmpl.Tree.File {
		return fmt.Sprintf("%s:%d", d.Subject.File.Path(), d.Subject.Start)
	}
	pointer, _ := tmpl.Tree.PointerAt(d.Subject.Start)
	return pointer
}
