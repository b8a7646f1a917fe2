package lint_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// tooMany reports every capacity above 10.
var tooMany = &lint.Rule{
	Code: "SS9001", Name: "too-many", Severity: diag.Error, Since: "0.1", Link: "https://example.org/",
	Guidance: []guidance.ID{guidance.CustomImageMax, guidance.PlacementGroupMax},
	Run: func(p *lint.Pass) {
		for _, set := range p.AllScaleSets {
			if n, ok := set.Capacity.Known(); ok && n > 10 {
				p.Reportf(set.Capacity, "%d", n).Relatedf(set, "the set")
			}
		}
	},
}

var noName = &lint.Rule{
	Code: "SS9002", Name: "no-tier", Severity: diag.Info, OffByDefault: true,
	Run: func(p *lint.Pass) {
		for _, set := range p.AllScaleSets {
			if set.SKUTier.Absent() {
				p.Reportf(set.SKUTier, "no tier")
			}
		}
	},
}

var broken = &lint.Rule{Code: "SS9003", Name: "always-broken", Run: func(*lint.Pass) { panic("out of paper") }}

func template(t *testing.T, text string) *lint.Template {
	t.Helper()
	tree := jsonc.Parse(source.NewFile("t.json", []byte(text)))
	parsed := arm.ParseTemplate(tree)
	return &lint.Template{Tree: tree, ARM: parsed, Deployment: vmss.New(expand.Expand(parsed, expand.Options{}))}
}

func run(t *testing.T, text string, o lint.Options) diag.List {
	t.Helper()
	r, err := lint.NewRunner([]*lint.Rule{tooMany, noName, broken}, o)
	if err != nil {
		t.Fatal(err)
	}
	tmpl := template(t, text)
	found := append(r.Check(tmpl), r.CheckAll([]*lint.Template{tmpl})...)
	return r.Suppress([]*jsonc.Tree{tmpl.Tree}, found)
}

// lines are findings in short: place, severity, code, message, who silenced it.
func lines(list diag.List) []string {
	var out []string
	for _, d := range list {
		at := d.Subject.StartPosition()
		s := fmt.Sprintf("%d:%d %s %s %s", at.Line, at.Column, d.Severity, d.Code, d.Summary)
		if d.Suppressed != nil {
			s += " (" + d.Suppressed.Kind + ": " + d.Suppressed.Reason + ")"
		}
		out = append(out, s)
	}
	return out
}

// set is a template with one scale set whose lines are given.
func set(members ...string) string {
	return `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [{
"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2015-06-15", "name": "web", "location": "westus",
` + strings.Join(members, "\n") + "\n}]}\n"
}

func TestRun(t *testing.T) {
	quiet := lint.Options{Disable: []string{"always-broken"}}
	with := func(f func(*lint.Options)) lint.Options {
		o := quiet
		f(&o)
		return o
	}
	tests := []struct {
		name    string
		text    string
		options lint.Options
		want    []string
	}{
		{"finding", set(`"sku": {"capacity": 20}`), quiet, []string{"3:21 error SS9001 20"}},
		{"a failed rule costs itself", set(`"sku": {"capacity": 20}`), lint.Options{},
			[]string{"1:1 warning SS0002 rule SS9003 always-broken failed on this template: out of paper", "3:21 error SS9001 20"}},
		{"enable", set(`"sku": {"capacity": 2}`), with(func(o *lint.Options) { o.Enable = []string{"SS9002"} }), []string{"3:1 info SS9002 no tier"}},
		{"disable by beginning", set(`"sku": {"capacity": 20}`), lint.Options{Disable: []string{"SS90*"}}, nil},
		{"one of all", set(`"sku": {"capacity": 20}`), lint.Options{Disable: []string{"all"}, Enable: []string{"too-many"}}, []string{"3:21 error SS9001 20"}},
		{"severity", set(`"sku": {"capacity": 20}`), with(func(o *lint.Options) { o.Severity = map[string]diag.Severity{"SS9001": diag.Info} }),
			[]string{"3:21 info SS9001 20"}},
		{"unknown value", set(`"sku": {"capacity": "[reference('x').n]"}`), quiet, nil},
		{"comment behind", set(`"sku": {"capacity": 20} // scaleset:ignore SS9001 staged rollout`), quiet,
			[]string{"3:21 error SS9001 20 (comment: staged rollout)"}},
		{"comment before", set(`/* scaleset:ignore too-many staged rollout */`, `"sku": {"capacity": 20}`), quiet,
			[]string{"4:21 error SS9001 20 (comment: staged rollout)"}},
		{"metadata", set(`"metadata": {"scaleset:ignore": ["SS9001 as agreed"]},`, `"sku": {"capacity": 20}`), quiet,
			[]string{"4:21 error SS9001 20 (metadata: as agreed)"}},
		{"comment elsewhere", set(`"tags": {}, // scaleset:ignore SS9001 here`, `"sku": {"capacity": 20}`), quiet,
			[]string{"3:13 warning SS0010 this suppression of SS9001 matches no finding", "4:21 error SS9001 20"}},
		{"comment behind two members", set(`"tags": {}, "sku": {"capacity": 20} // scaleset:ignore SS9001 both`), quiet,
			[]string{"3:33 error SS9001 20 (comment: both)"}},
		{"comment behind what goes on", set(`"sku": { // scaleset:ignore SS9001 below`, `"name": "x",`, `"capacity": 20}`), quiet,
			[]string{"5:13 error SS9001 20 (comment: below)"}},
		{"comment behind an end", set(`"sku": {"capacity": 20`, `} // scaleset:ignore SS9001 too late`), quiet,
			[]string{"3:21 error SS9001 20", "4:3 warning SS0010 this suppression of SS9001 matches no finding"}},
		{"comment before nothing", set(`"sku": {"capacity": 20}`, `// scaleset:ignore SS9001 too late`), quiet,
			[]string{"3:21 error SS9001 20", "4:1 warning SS0010 this suppression of SS9001 matches no finding"}},
		{"comment before the next only", set(`// scaleset:ignore SS9001 tags`, `"tags": {},`, `"sku": {"capacity": 20}`), quiet,
			[]string{"3:1 warning SS0010 this suppression of SS9001 matches no finding", "5:21 error SS9001 20"}},
		{"comment where the value comes from", strings.Replace(set(`"sku": {"capacity": "[variables('n')]"}`), `"resources"`, "\"variables\": {\n\"n\": 20 // scaleset:ignore SS9001 agreed\n}, \"resources\"", 1), quiet,
			[]string{"2:6 error SS9001 20 (comment: agreed)"}},
		{"comment where the value goes to", strings.Replace(set(`"sku": {"capacity": "[variables('n')]"} // scaleset:ignore SS9001 agreed`), `"resources"`, "\"variables\": {\n\"n\": 20\n}, \"resources\"", 1), quiet,
			[]string{"2:6 error SS9001 20 (comment: agreed)"}},
		{"two comments", set(`"sku": {"capacity": 20} /* scaleset:ignore SS9001 one */ // scaleset:ignore SS9001 two`), quiet,
			[]string{"3:21 error SS9001 20 (comment: one)"}},
		{"another rule", set(`"sku": {"capacity": 20} // scaleset:ignore SS9001 staged`), with(func(o *lint.Options) { o.Enable = []string{"SS9002"} }),
			[]string{"3:1 info SS9002 no tier", "3:21 error SS9001 20 (comment: staged)"}},
		{"nothing like it", set(`"sku": {"capacity": 2} // scaleset:ignore frobnicate because`), quiet,
			[]string{`3:24 warning SS0012 this suppression is ignored: no rule is called "frobnicate"`}},
		{"names of no rule", set(`"sku": {"capacity": 2} // scaleset:ignore unknown-property,SS4903,SS3101 because`),
			with(func(o *lint.Options) { o.Others = func() []string { return []string{"SS3001", "unknown-property"} } }),
			[]string{`3:24 warning SS0012 this suppression is ignored: no rule is called "SS3101"; did you mean SS9001?`}},
		{"some rules", set(`"sku": {"capacity": 20} // scaleset:ignore SS3001,,ss9001, staged`), quiet,
			[]string{"3:21 error SS9001 20 (comment: staged)"}},
		{"no rule", set(`"sku": {"capacity": 20} // scaleset:ignore`), quiet,
			[]string{"3:21 error SS9001 20", "3:25 warning SS0012 this suppression is ignored: it does not name a rule"}},
		{"no code", set(`"sku": {"capacity": 2} // scaleset:ignore XX9001 because`, `// scaleset:ignore SS90017 because`, `// scaleset:ignore SS9OO1 because`), quiet,
			[]string{`3:24 warning SS0012 this suppression is ignored: no rule is called "XX9001"; did you mean SS9001?`,
				`4:1 warning SS0012 this suppression is ignored: no rule is called "SS90017"; did you mean SS9001?`,
				`5:1 warning SS0012 this suppression is ignored: no rule is called "SS9OO1"; did you mean SS9001?`}},
		{"metadata of one text", set(`"metadata": {"description": "x", "scaleset:ignore": "SS9001 as agreed"},`, `"sku": {"capacity": 20}`), quiet,
			[]string{"4:21 error SS9001 20 (metadata: as agreed)"}},
		{"metadata of another object", set(`"tags": {"metadata": {"scaleset:ignore": "SS9001 as agreed"}},`, `"sku": {"capacity": 20}`), quiet,
			[]string{"3:42 warning SS0010 this suppression of SS9001 matches no finding", "4:21 error SS9001 20"}},
		{"metadata that is not text", set(`"metadata": {"scaleset:ignore": [7, "SS9001 as agreed"]},`, `"sku": {"capacity": 20}`), quiet,
			[]string{"3:34 warning SS0012 this suppression is ignored: it is not a string", "4:21 error SS9001 20 (metadata: as agreed)"}},
		{"no reason", set(`"sku": {"capacity": 20} // scaleset:ignore SS9001`), quiet,
			[]string{"3:21 error SS9001 20", "3:25 warning SS0012 this suppression is ignored: a reason is required"}},
		{"misspelt", set(`"sku": {"capacity": 2} // scaleset:ignore to-many because`), quiet,
			[]string{`3:24 warning SS0012 this suppression is ignored: no rule is called "to-many"; did you mean too-many?`}},
		{"bad date", set(`"sku": {"capacity": 2} // scaleset:ignore SS9001 until=soon because`), quiet,
			[]string{`3:24 warning SS0012 this suppression is ignored: until=soon is not a date of the form YYYY-MM-DD`}},
		{"expired", set(`"sku": {"capacity": 20} // scaleset:ignore SS9001 until=2026-01-31 moved`),
			with(func(o *lint.Options) { o.Today = time.Date(2026, 2, 2, 0, 0, 0, 0, time.UTC) }),
			[]string{"3:21 error SS9001 20", "3:25 warning SS0011 this suppression of SS9001 expired on 2026-01-31"}},
		{"last day", set(`"sku": {"capacity": 20} // scaleset:ignore SS9001 until=2026-01-31 moved`),
			with(func(o *lint.Options) { o.Today = time.Date(2026, 1, 31, 23, 0, 0, 0, time.UTC) }),
			[]string{"3:21 error SS9001 20 (comment: moved)"}},
		{"rule that is off", set(`"sku": {"capacity": 2} // scaleset:ignore SS9002 because`), quiet, nil},
		{"finding of another package", set(`"sku": {"capacity": 2} // scaleset:ignore SS3001 because`), quiet,
			[]string{"3:24 warning SS0010 this suppression of SS3001 matches no finding"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, lines(run(t, tt.text, tt.options))); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFinding(t *testing.T) {
	text := set(`"sku": {"capacity": "[parameters('n')]"}`)
	text = strings.Replace(text, `"resources"`, `"parameters": {"n": {"type": "int", "defaultValue": 30}}, "resources"`, 1)
	list := run(t, text, lint.Options{Disable: []string{"always-broken"}})
	if len(list) != 1 {
		t.Fatalf("%d findings: %v", len(list), lines(list))
	}
	d := list[0]
	got := map[string]string{
		"subject": d.Subject.Text(), "context": d.Context.Text(), "pointer": d.Pointer, "resource": d.Resource, "guidance": d.Guidance,
		"source": d.Source, "help": d.Help, "related": d.Related[0].Range.Text(),
	}
	want := map[string]string{
		"subject":  "30",
		"context":  `"[parameters('n')]"`,
		"pointer":  "/resources/0/sku/capacity",
		"resource": "Microsoft.Compute/virtualMachineScaleSets/web",
		"guidance": "preview",
		"source":   guidance.Get(guidance.CustomImageMax).Citation(guidance.Preview),
		"help":     guidance.Get(guidance.CustomImageMax).Link(),
		"related":  `"web"`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("finding (-want +got):\n%s", diff)
	}
	if len(d.Trail) == 0 {
		t.Error("the finding has no trail, and its value comes through a parameter")
	}
}

func TestUnknownSelector(t *testing.T) {
	for _, o := range []lint.Options{{Enable: []string{"too-mny"}}, {Disable: []string{"too-mny"}}, {Severity: map[string]diag.Severity{"too-mny": 0}}} {
		_, err := lint.NewRunner([]*lint.Rule{tooMany}, o)
		if err == nil || err.Error() != `no rule is called "too-mny"; did you mean too-many?` {
			t.Errorf("NewRunner: %v", err)
		}
	}
}

func TestValidate(t *testing.T) {
	page := "# SS9002 twice-used\n\nOne.\n\n## Bad\n\n```json\n{}\n```\n"
	bad := []*lint.Rule{
		{Code: "SS9002", Name: "twice-used", Guidance: []guidance.ID{"no-such"}, Page: &page},
		{Code: "SS9001", Name: "twice-used", Run: func(*lint.Pass) {}},
	}
	err := lint.Validate(bad)
	for _, want := range []string{
		`SS9001 twice-used: "twice-used" is used twice`, "SS9001 twice-used: not in the order of codes", `the guidance has no statement "no-such"`,
		`section 2 of the page is "Output"`, "neither Run nor RunAll", "Since is empty", "the page does not begin with a title", "nor a link",
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Validate does not say %q:\n%v", want, err)
		}
	}
}

func TestReplaces(t *testing.T) {
	better := &lint.Rule{Code: "SS9004", Name: "says-more", Replaces: []diag.Code{"SS3005"}, Run: func(*lint.Pass) {}}
	r, err := lint.NewRunner([]*lint.Rule{better}, lint.Options{})
	if err != nil {
		t.Fatal(err)
	}
	f := source.NewFile("t.json", []byte("[1, 2]"))
	here, there := f.Range(1, 2), f.Range(4, 5)
	found := r.Suppress(nil, diag.List{
		{Code: "SS3005", Subject: here, Summary: "less"}, {Code: "SS9004", Subject: here, Summary: "more"},
		{Code: "SS3005", Subject: there, Summary: "stays"}, {Code: "SS3001", Subject: here, Summary: "another"},
	})
	want := []string{"1:2 info SS3001 another", "1:2 info SS9004 more", "1:5 info SS3005 stays"}
	if diff := cmp.Diff(want, lines(found)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

// TestRunAll: a rule over a run sees each template once, however many sets of
// parameters it has, and reports on the template that a finding is about.
func TestRunAll(t *testing.T) {
	total := &lint.Rule{Code: "SS9005", Name: "in-total", Severity: diag.Warning, RunAll: func(p *lint.RunPass) {
		sum := 0
		for _, file := range p.Files() {
			for _, set := range file[0].AllScaleSets {
				n, _ := set.Capacity.Known()
				sum += n
				file[0].Reportf(set.Capacity, "%d by now", sum)
			}
		}
	}}
	r, err := lint.NewRunner([]*lint.Rule{total}, lint.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a, b := template(t, set(`"sku": {"capacity": 3}`)), template(t, set(`"sku": {"capacity": 4}`))
	again := *a
	again.ParameterSet = "other.parameters.json"
	b.Tree.File = source.NewFile("u.json", b.Tree.File.Bytes())
	got := lines(r.CheckAll([]*lint.Template{a, &again, b}))
	if diff := cmp.Diff([]string{"3:21 warning SS9005 3 by now", "3:21 warning SS9005 7 by now"}, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func FuzzSuppress(f *testing.F) {
	for _, s := range []string{
		"// scaleset:ignore SS9001 why", "/* scaleset:ignore , until= */", "// scaleset:ignore SS9001 until=2020-01-01 x", "// scaleset:ignore",
	} {
		f.Add("{" + s + "\n\"a\": [1]" + s + "\n}")
		f.Add(`{"metadata": {"scaleset:ignore": ["` + s + `", 1, null, {}]}}`)
	}
	r, err := lint.NewRunner([]*lint.Rule{tooMany}, lint.Options{Today: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tree := jsonc.Parse(source.NewFile("t.json", []byte(text)))
		found := diag.List{{Code: "SS9001", Rule: "too-many", Subject: tree.Root.Range(), Summary: "it"}}
		for _, d := range r.Suppress([]*jsonc.Tree{tree}, found) {
			if d.Summary == "" || d.Subject.End > len(text) {
				t.Errorf("a poor finding: %+v", d)
			}
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	tree := jsonc.Parse(source.NewFile("t.json", []byte(set(`"sku": {"capacity": 20}`))))
	parsed := arm.ParseTemplate(tree)
	deployment := expand.Expand(parsed, expand.Options{})
	r, err := lint.NewRunner([]*lint.Rule{tooMany, noName}, lint.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		r.Check(&lint.Template{Tree: tree, ARM: parsed, Deployment: vmss.New(deployment)})
	}
}

// TestAboutSuppressions wants what is said of a suppression to help, and a fix
// where there is a comment to take away.
func TestAboutSuppressions(t *testing.T) {
	quiet := lint.Options{Disable: []string{"always-broken"}, Today: time.Date(2026, 2, 2, 0, 0, 0, 0, time.UTC)}
	for _, tt := range []struct{ text, detail, fix string }{
		{set(`"sku": {"capacity": 2} // scaleset:ignore SS9001 because`), "Remove it: the finding that it suppressed is gone.", "// scaleset:ignore SS9001 because"},
		{set(`"metadata": {"scaleset:ignore": "SS9001 because"}`), "Remove it: the finding that it suppressed is gone.", ""},
		{set(`"sku": {"capacity": 20} // scaleset:ignore SS9001 until=2026-01-31 moved`), "Fix what it suppressed, or give it a later date.", ""},
		{set(`"sku": {"capacity": 2} // scaleset:ignore SS9001`), "Write scaleset:ignore CODE[,CODE] [until=YYYY-MM-DD] and the reason.", ""},
	} {
		found := run(t, tt.text, quiet)
		d := found[len(found)-1]
		fix := ""
		if len(d.Fixes) > 0 {
			fix = d.Fixes[0].Edits[0].Range.Text()
		}
		if d.Detail != tt.detail || fix != tt.fix {
			t.Errorf("%s\ngot %q, %q", tt.text, d.Detail, fix)
		}
	}
}

// TestManyFindings wants a rule that finds more than anybody reads to keep the
// first of them.
func TestManyFindings(t *testing.T) {
	endless := &lint.Rule{Code: "SS9005", Name: "finds-endlessly", Run: func(p *lint.Pass) {
		for i := range 5000 {
			p.Reportf(p.AllScaleSets[0].Capacity, "%d", i)
		}
	}}
	r, err := lint.NewRunner([]*lint.Rule{endless}, lint.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(r.Check(template(t, set(`"sku": {"capacity": 20}`)))); n != 4000 {
		t.Errorf("%d findings, want 4000", n)
	}
}

// TestSummary: a rule over a run finds the same in summaries as in whole
// templates, and a rule without Sum needs whole ones.
func TestSummary(t *testing.T) {
	total := &lint.Rule{Code: "SS9005", Name: "in-total", Severity: diag.Warning, Sum: func(p *lint.Pass) any {
		var all []lint.Spot
		for _, set := range p.AllScaleSets {
			all = append(all, p.Spot(set.Capacity))
		}
		return all
	}, RunAll: func(p *lint.RunPass) {
		for i, pass := range p.Templates {
			for _, at := range pass.Sum.([]lint.Spot) {
				pass.ReportSpotf(at, "in template %d", i).RelatedSpotf(at, "itself")
			}
		}
	}}
	r, err := lint.NewRunner([]*lint.Rule{total}, lint.Options{})
	if err != nil {
		t.Fatal(err)
	}
	whole := []*lint.Template{template(t, set(`"sku": {"capacity": 3}`)), template(t, set(`"sku": {"capacity": 4}`))}
	var summaries []*lint.Template
	for _, tmpl := range whole {
		s, ok := r.Summary(tmpl, tmpl.Tree)
		if !ok || s.Deployment != nil || s.ARM != nil {
			t.Fatalf("the summary keeps the template, or is none: %v", ok)
		}
		summaries = append(summaries, s)
	}
	want := r.CheckAll(whole)
	if len(want) != 2 || want[0].Subject.IsZero() || want[0].Pointer == "" {
		t.Fatalf("findings: %v", want)
	}
	if diff := cmp.Diff(lines(want), lines(r.CheckAll(summaries))); diff != "" {
		t.Errorf("findings (-whole +summaries):\n%s", diff)
	}
	total.Sum = nil
	if _, ok := r.Summary(whole[0], whole[0].Tree); ok {
		t.Error("a rule without Sum is content with a summary")
	}
}
