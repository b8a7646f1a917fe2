package ruletest

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// A Boundary is a value in a template of a rule, and what to write there on
// both sides of each limit, as JSON.
type Boundary struct {
	Rule     diag.Code
	Template string // such as "good_edges.json"; all else in it stays as it is
	Pointer  string // of the value

	Good                 []string // no finding
	Info, Warning, Error []string // a finding of this severity, and none of another
}

// Boundaries writes the values of each boundary, one by one.
func Boundaries(t *testing.T, rules []*lint.Rule, boundaries []Boundary) {
	for _, b := range boundaries {
		t.Run(string(b.Rule)+"/"+b.Template+b.Pointer, func(t *testing.T) {
			i := slices.IndexFunc(rules, func(r *lint.Rule) bool { return r.Code == b.Rule })
			if i < 0 {
				t.Fatal("no such rule")
			}
			path := filepath.Join("testdata", strings.ToLower(string(b.Rule)), b.Template)
			tmpl := load(t, path)
			options := saved(t, strings.TrimSuffix(path, ".json"))
			options.Era = eraOf(t, tmpl.Tree)
			options.Values = optionsOf(t, rules[i], tmpl.Tree)
			at := tmpl.Tree.Lookup(b.Pointer)
			if at == nil {
				t.Fatal("the template has no such value")
			}
			judge := func(values []string, good bool, severity diag.Severity) {
				for _, v := range values {
					text := apply(tmpl.Tree.File, []diag.Edit{{Range: at.Range(), Text: v}})
					found := check(t, rules[i], options, []*lint.Template{parse(t, path, text, "")})
					if !good && len(found) == 0 {
						t.Errorf("%s: nothing found, want %s", v, severity)
					}
					for _, d := range found {
						if good || d.Severity != severity {
							t.Errorf("%s: %s: %s", v, d.Severity, d.Summary)
						}
					}
				}
			}
			judge(b.Good, true, 0)
			judge(b.Info, false, diag.Info)
			judge(b.Warning, false, diag.Warning)
			judge(b.Error, false, diag.Error)
		})
	}
}
