package requirements

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// lintRow runs one row over a template.
func lintRow(t *testing.T, r Row, text string) diag.List {
	t.Helper()
	return lintTable(t, newTable([]Row{r}), lint.Options{}, text)
}

func lintTable(t *testing.T, table *table, options lint.Options, text string) diag.List {
	t.Helper()
	tree := jsonc.Parse(source.NewFile("azuredeploy.json", []byte(text)))
	template := arm.ParseTemplate(tree)
	deployment := expand.Expand(template, expand.Options{Context: funcs.Context{
		TenantID: "00000000-0000-0000-0000-000000000001", SubscriptionID: "00000000-0000-0000-0000-000000000002",
		ResourceGroup: "test", Location: "westus", DeploymentName: "test",
	}})
	for _, list := range []diag.List{tree.Diagnostics, template.Diagnostics, deployment.Diagnostics} {
		for _, d := range list {
			if d.Severity == diag.Error {
				t.Fatalf("the template is broken: %s\n%s", d.Summary, text)
			}
		}
	}
	rule := &lint.Rule{Code: "SS8001", Name: "row", Severity: diag.Error, Run: table.check}
	runner, err := lint.NewRunner([]*lint.Rule{rule}, options)
	if err != nil {
		t.Fatal(err)
	}
	return runner.Check(&lint.Template{Tree: tree, ARM: template, Deployment: vmss.New(deployment)})
}

// A keyed is an entry whose clauses and paths are read.
type keyed struct {
	key string // the resource type in lower case
	entry
	place, at path
	when      []clause
	must      clause
}

// compile reads the clauses of a row, for each of its places.
func compile(r *Row) (all []keyed, err error) {
	for i := range r.Places {
		p := &r.Places[i]
		e := keyed{key: strings.ToLower(p.Type), entry: newEntry(&placed{r, p}), place: parsePath("/" + p.Path), at: parsePath("^" + r.At)}
		for i := range e.entry.when {
			c, err := parseClause(e.entry.when[i].text)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", r.ID, err)
			}
			e.when = append(e.when, c)
		}
		if e.must, err = parseClause(r.Must); err != nil {
			return nil, fmt.Errorf("%s: %w", r.ID, err)
		}
		all = append(all, e)
	}
	return all, nil
}

func eachRow(t *testing.T, f func(t *testing.T, r Row, resourceType string, e keyed)) {
	for _, family := range slices.Concat(families, advice) {
		for _, r := range family.Rows {
			entries, err := compile(&r)
			if err != nil {
				t.Error(err)
				continue
			}
			for i, e := range entries {
				t.Run(fmt.Sprintf("%s/%s/%d", family.Code, r.ID, i), func(t *testing.T) { f(t, r, r.Places[i].Type, e) })
			}
		}
	}
}

// TestRows builds the smallest template that breaks each row, which is reported
// with the severity of its evidence, and one that does not.
func TestRows(t *testing.T) {
	eachRow(t, func(t *testing.T, r Row, resourceType string, e keyed) {
		bad, err := build(resourceType, e, true)
		if err != nil {
			t.Fatal(err)
		}
		found := lintRow(t, r, bad)
		if len(found) != 1 {
			t.Fatalf("want one finding, got %d: %v\n%s", len(found), summaries(found), bad)
		}
		d := found[0]
		if d.Severity != r.Sure.Severity() {
			t.Errorf("severity %s, want %s", d.Severity, r.Sure.Severity())
		}
		if d.Subject.IsZero() || d.Pointer == "" {
			t.Errorf("no place")
		}
		if len(d.Summary) > 260 || strings.Contains(d.Summary, "%!") {
			t.Errorf("summary: %s", d.Summary)
		}
		t.Logf("%s | %s | %s", d.Pointer, d.Summary, d.Detail)
		good, err := build(resourceType, e, false)
		if err != nil {
			t.Fatal(err)
		}
		if found := lintRow(t, r, good); len(found) > 0 {
			t.Errorf("the good template is reported: %v\n%s", summaries(found), good)
		}
	})
}

// TestMemory: what a session remembers of a resource does not hide what another
// resource changes, and a finding is made again.
func TestMemory(t *testing.T) {
	eachRow(t, func(t *testing.T, r Row, resourceType string, e keyed) {
		table, memory := newTable([]Row{r}), new(lint.Memory)
		for step, violated := range []bool{false, true, true, false, false, true} {
			text, err := build(resourceType, e, violated)
			if err != nil {
				t.Fatal(err)
			}
			want, got := summaries(lintRow(t, r, text)), summaries(lintTable(t, table, lint.Options{Memory: memory}, text))
			if !slices.Equal(want, got) {
				t.Fatalf("step %d: %v, want %v\n%s", step, got, want, text)
			}
		}
	})
}

func summaries(found diag.List) []string {
	var all []string
	for _, d := range found {
		all = append(all, d.Summary)
	}
	return all
}

var plainValue = regexp.MustCompile(`(?m)^ {6,}("[^"]+": )?("[^"\[]*"|\d+|true|false)(,?)$`)

// TestRowsUnknown: nothing is said about a value that only the deployment knows.
func TestRowsUnknown(t *testing.T) {
	eachRow(t, func(t *testing.T, r Row, resourceType string, e keyed) {
		bad, err := build(resourceType, e, true)
		if err != nil {
			t.Fatal(err)
		}
		want := summaries(lintRow(t, r, bad))
		for _, at := range plainValue.FindAllStringSubmatchIndex(bad, -1) {
			key := ""
			if at[2] >= 0 {
				key = bad[at[2]:at[3]]
			}
			if slices.Contains([]string{`"type": `, `"apiVersion": `, `"name": `}, key) {
				continue
			}
			kind := "string"
			switch literal := bad[at[4]:at[5]]; {
			case literal == "true" || literal == "false":
				kind = "bool"
			case literal[0] != '"':
				kind = "int"
			}
			text := bad[:at[4]] + `"[parameters('unknown')]"` + bad[at[5]:]
			text = strings.Replace(text, `"resources"`, `"parameters": {"unknown": {"type": "`+kind+`"}}, "resources"`, 1)
			for _, s := range summaries(lintRow(t, r, text)) {
				if !slices.Contains(want, s) {
					t.Errorf("without %s: %s", bad[at[4]:at[5]], s)
				}
			}
		}
	})
}

// TestTable: every row has what it needs.
func TestTable(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range slices.Concat(families, advice) {
		for _, r := range f.Rows {
			if seen[r.ID] {
				t.Errorf("%s: the id is used twice", r.ID)
			}
			seen[r.ID] = true
			if !strings.HasPrefix(r.Source, "https://") || strings.HasSuffix(r.Source, "/") {
				t.Errorf("%s: the source %q is not the address of a page", r.ID, r.Source)
			}
			for _, sentence := range []string{r.Why, r.Fix} {
				if sentence != "" && !strings.HasSuffix(sentence, ".") || sentence == "" && r.Why == "" {
					t.Errorf("%s: %q is not a sentence", r.ID, sentence)
				}
			}
		}
	}
}
