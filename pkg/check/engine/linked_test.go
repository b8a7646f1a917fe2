package engine_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

func linking(to string) string {
	return `{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [
  { "type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "child", "properties": { "mode": "Incremental", "templateLink": { "relativePath": "` + to + `" } } } ] }`
}

// A template of a folder that another one links to is not checked alone, unless
// it is named or the configuration gives it parameters. A parameter file that
// lies beside it does not ask for that.
func TestLinkedTemplates(t *testing.T) {
	leaf := template(`"resources": []`)
	files := memory{
		"main.json":                 linking("child/a.json"),
		"child/a.json":              linking("b.json"),
		"child/b.json":              leaf,
		"other.json":                linking("child/own.json"),
		"child/own.json":            leaf,
		"child/own.parameters.json": parameters(``),
		"circle/one.json":           linking("two.json"),
		"circle/two.json":           linking("one.json"),
		"self/self.json":            linking("self.json"),
		"child/asked.json":          leaf,
		"asked.values.json":         parameters(``),
		"third.json":                linking("child/asked.json"),
		"alone.json":                leaf,
	}
	local := func(path string) engine.Local {
		if path == "child/asked.json" {
			return engine.Local{Key: "asked", Parameters: []string{"asked.values.json"}}
		}
		return engine.Local{}
	}
	tests := []struct {
		args []string
		want []string
	}{
		{[]string{"."}, []string{"alone.json", "child/asked.json", "circle/one.json", "main.json", "other.json", "self/self.json", "third.json"}},
		{[]string{"child"}, []string{"child/a.json", "child/asked.json", "child/own.json"}},
		{[]string{"child/b.json", "child/own.json", "other.json"}, []string{"child/b.json", "child/own.json", "other.json"}},
		{[]string{"child/b.json", "."}, []string{"child/b.json", "alone.json", "child/asked.json", "circle/one.json", "main.json", "other.json", "self/self.json", "third.json"}},
	}
	for _, tt := range tests {
		r, _ := check(t, engine.Config{Files: files, For: local}, tt.args...)
		var got []string
		for _, x := range r.Templates {
			got = append(got, x.Path)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%v (-want +got):\n%s", tt.args, diff)
		}
	}
}

// What is found in a linked template is found once, whatever the number of
// parameter sets, and comments in it are heard.
func TestLinkedFindings(t *testing.T) {
	files := memory{
		"main.json":              linking("child.json"),
		"main.parameters.a.json": parameters(``),
		"main.parameters.b.json": parameters(``),
		"child.json": template(`"resources": [], "outputs": {
  // scaleset:ignore SS1016 it comes later
  "a": { "type": "string", "value": "[parameters('none')]" },
  "b": { "type": "string", "value": "[parameters('nine')]" } }`),
	}
	r, _ := check(t, engine.Config{Files: files}, ".")
	var got []string
	for _, d := range r.Findings {
		s := string(d.Code) + " " + d.Summary
		if d.Suppressed != nil {
			s += " (" + d.Suppressed.Reason + ")"
		}
		if d.Code == "SS1016" {
			got = append(got, s)
		}
	}
	want := []string{"SS1016 parameter 'none' is not defined (it comes later)", "SS1016 parameter 'nine' is not defined"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// talker reports each template.
var talker = &lint.Rule{
	Code: "SS4999", Name: "says-so", Severity: diag.Warning,
	Run: func(p *lint.Pass) { p.Reportf((*expand.Node)(nil), "here") },
	RunAll: func(p *lint.RunPass) {
		for _, pass := range p.Templates {
			pass.Reportf((*expand.Node)(nil), "here, too")
		}
	},
}

func TestLocals(t *testing.T) {
	files := memory{
		"a.json": template(`"resources": []`),
		"b.json": template(`"resources": [], "x": 1`),
		"c.json": template(`"resources": [], "x": 1`),
		"d.json": template(`"resources": [], "x": 1`),
	}
	settings := source.NewFile(".scaleset.yaml", []byte("suppress:"))
	day := func(s string) time.Time {
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	is := func(name string) func(string) bool { return func(path string) bool { return path == name } }
	config := engine.Config{
		Files: files, Rules: []*lint.Rule{talker}, Lint: lint.Options{Today: day("2026-06-01")},
		Exclude: is("d.json"),
		For: func(path string) engine.Local {
			if path != "b.json" {
				return engine.Local{}
			}
			return engine.Local{
				Key: "b", Lint: lint.Options{Disable: []string{"SS4999"}},
				Other: map[diag.Code]engine.Verdict{"SS2023": {Severity: diag.Info}},
			}
		},
		Suppressions: []lint.Suppression{
			{At: settings.Range(0, 1), Codes: []string{"says-so"}, Match: is("a.json"), Reason: "as agreed", Until: day("2026-06-01")},
			{At: settings.Range(1, 2), Codes: []string{"SS4999"}, Match: is("c.json"), Reason: "old", Until: day("2026-05-30")},
			{At: settings.Range(2, 3), Codes: []string{"SS4999"}, Match: is("b.json"), Reason: "gone"},
			{At: settings.Range(3, 4), Codes: []string{"SS4999"}, Match: is("b.json"), Reason: "gone", Partial: true},
		},
	}
	r, _ := check(t, config, ".")
	var got []string
	for _, d := range r.Findings {
		line := d.Subject.File.Path() + " " + d.Severity.String() + " " + string(d.Code) + " " + d.Summary
		if d.Suppressed != nil {
			line += " (" + d.Suppressed.Kind + ": " + d.Suppressed.Reason + ")"
		}
		got = append(got, line)
	}
	want := []string{
		".scaleset.yaml warning SS0011 this suppression of SS4999 expired on 2026-05-30",
		".scaleset.yaml warning SS0010 this suppression of SS4999 matches no finding",
		"a.json warning SS4999 here (config: as agreed)",
		"a.json warning SS4999 here, too (config: as agreed)",
		"b.json info SS2023 'x' is not a property of a template",
		"c.json warning SS4999 here",
		"c.json warning SS4999 here, too",
		"c.json error SS2023 'x' is not a property of a template",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A rule about all templates is judged by what holds for each of them, also
// where it is on, or severe, for some paths alone.
func TestLocalsOfRulesAboutAll(t *testing.T) {
	files := memory{"a.json": template(`"resources": []`), "b.json": template(`"resources": []`), "c.json": template(`"resources": []`)}
	sum := &lint.Rule{Code: "SS4998", Name: "adds-up", Severity: diag.Warning, RunAll: func(p *lint.RunPass) {
		for _, pass := range p.Templates {
			pass.Reportf((*expand.Node)(nil), "one of %d", len(p.Templates))
		}
	}}
	config := engine.Config{
		Files: files, Rules: []*lint.Rule{sum}, Lint: lint.Options{Disable: []string{"SS4998"}},
		For: func(path string) engine.Local {
			switch path {
			case "a.json":
				return engine.Local{Key: "on"}
			case "b.json":
				return engine.Local{Key: "severe", Lint: lint.Options{Severity: map[string]diag.Severity{"SS4998": diag.Error}}}
			}
			return engine.Local{}
		},
	}
	r, _ := check(t, config, ".")
	var got []string
	for _, d := range r.Findings {
		got = append(got, d.Subject.File.Path()+" "+d.Severity.String()+" "+d.Summary)
	}
	if diff := cmp.Diff([]string{"a.json warning one of 3", "b.json error one of 3"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A suppression in a comment names what is not a rule by its code or its name; a
// code that does not exist suppresses nothing, and says so.
func TestSuppressionsOfOtherCodes(t *testing.T) {
	files := memory{"a.json": template(`"resources": [], "outputs": {
  // scaleset:ignore undefined-name it comes later
  "a": { "type": "string", "value": "[parameters('none')]" },
  "b": { "type": "string", "value": "[parameters('nine')]" }, // scaleset:ignore SS1016 it comes later
  "c": { "type": "string", "value": "x" } // scaleset:ignore SS1099 what is it
}`)}
	r, _ := check(t, engine.Config{Files: files}, "a.json")
	var got []string
	for _, d := range r.Findings {
		if d.Suppressed == nil {
			got = append(got, string(d.Code)+" "+d.Summary)
		}
	}
	if diff := cmp.Diff([]string{`SS0012 this suppression is ignored: no rule is called "SS1099"`}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
