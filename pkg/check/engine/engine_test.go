package engine_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// memory is the engine.Files of a test.
type memory map[string]string

func (m memory) fs() fstest.MapFS {
	files := fstest.MapFS{}
	for name, text := range m {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

func (m memory) ReadFile(name string) ([]byte, error)       { return fs.ReadFile(m.fs(), name) }
func (m memory) Stat(name string) (fs.FileInfo, error)      { return fs.Stat(m.fs(), name) }
func (m memory) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(m.fs(), name) }
func (m memory) Below(folder string) fs.FS {
	sub, err := fs.Sub(m.fs(), folder)
	if err != nil {
		return fstest.MapFS{}
	}
	return sub
}

// template is a template with the given members beside $schema.
func template(members string) string {
	return `{ "$schema": "https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", ` + members + ` }`
}

func parameters(members string) string {
	return `{ "$schema": "https://schema.management.azure.com/schemas/2015-01-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": { ` + members + ` } }`
}

// check runs the engine and gives its findings, one line each.
func check(t *testing.T, config engine.Config, args ...string) (*engine.Result, []string) {
	t.Helper()
	e, err := engine.New(config)
	if err != nil {
		t.Fatal(err)
	}
	r, err := e.Check(context.Background(), args)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, d := range r.Findings {
		line := fmt.Sprintf("%s:%d %s %s", d.Subject.File.Path(), d.Subject.Start, d.Code, d.Summary)
		if d.ParameterSet != "" {
			line += " with " + d.ParameterSet
		}
		lines = append(lines, line)
	}
	return r, lines
}

func TestParameterSetsAreMerged(t *testing.T) {
	text := template(`"parameters": { "size": { "type": "string", "allowedValues": [ "small", "large" ] } },
		"resources": [], "outputs": { "a": { "type": "string", "value": "[nope()]" } }`)
	files := memory{
		"web/azuredeploy.json":                   text,
		"web/azuredeploy.parameters.json":        parameters(`"size": { "value": "small" }`),
		"web/azuredeploy.parameters.big.json":    parameters(`"size": { "value": "big" }`),
		"web/azuredeploy.parameters.huge.json":   parameters(`"size": { "value": "huge" }`),
		"web/azuredeploy.parameters.broken.json": `{ "parameters": { "size": `,
	}
	r, got := check(t, engine.Config{Files: files}, ".")
	at := func(name, text string) int { return strings.Index(files[name], text) }
	want := []string{
		fmt.Sprintf("web/azuredeploy.json:%d SS1010 function 'nope' is not defined", at("web/azuredeploy.json", "nope")),
		fmt.Sprintf("web/azuredeploy.parameters.big.json:%d SS1032 the parameter 'size' may not be the string 'big' with web/azuredeploy.parameters.big.json", at("web/azuredeploy.parameters.big.json", `"big"`)),
		fmt.Sprintf("web/azuredeploy.parameters.huge.json:%d SS1032 the parameter 'size' may not be the string 'huge' with web/azuredeploy.parameters.huge.json", at("web/azuredeploy.parameters.huge.json", `"huge"`)),
	}
	got = slices.DeleteFunc(got, func(s string) bool { return strings.Contains(s, "broken.json") }) // in the words of package jsonc
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if s := r.Templates[0]; s.ParameterSets != 4 || s.CheckedSets != 3 {
		t.Errorf("%d of %d parameter sets, want 3 of 4", s.CheckedSets, s.ParameterSets)
	}
}

// failing fails for one template only, as a defect of the tool does.
type failing struct{ memory }

func (f failing) ReadFile(name string) ([]byte, error) {
	if strings.Contains(name, "defect") {
		panic("a broken invariant")
	}
	return f.memory.ReadFile(name)
}

func TestDefect(t *testing.T) {
	files := failing{memory{"a.json": template(`"resources": []`), "defect.json": "", "z.json": template(`"resources": [ 1 ]`)}}
	r, got := check(t, engine.Config{Files: files, Jobs: 2}, ".")
	if len(r.Failures) != 1 || !errors.Is(r.Failures[0], engine.ErrDefect) ||
		!regexp.MustCompile(`^defect\.json: a defect of scaleset at pkg/check/engine/\w+\.go:\d+: a broken invariant; please report it with what it was working on$`).MatchString(r.Failures[0].Error()) {
		t.Errorf("failures: %v", r.Failures)
	}
	if len(r.Templates) != 2 || len(got) == 0 {
		t.Errorf("the others did not go on: %d templates, %q", len(r.Templates), got)
	}
}

func TestSameAnswerWithAnyJobs(t *testing.T) {
	files := memory{}
	for i := range 40 {
		files[fmt.Sprintf("t%02d/azuredeploy.json", i)] = template(fmt.Sprintf(`"resources": [], "outputs": { "a": { "type": "int", "value": "[wrong%d()]" } }`, i))
	}
	_, want := check(t, engine.Config{Files: files, Jobs: 1}, ".")
	for range 3 {
		if _, got := check(t, engine.Config{Files: files, Jobs: 7}, "."); !slices.Equal(want, got) {
			t.Fatal(cmp.Diff(want, got))
		}
	}
	if len(want) != 40 {
		t.Errorf("%d findings, want 40", len(want))
	}
}

func TestStdin(t *testing.T) {
	text := template(`"resources": [], "outputs": { "a": { "type": "int", "value": "[wrong()]" } }`)
	for name, want := range map[string]string{"": "<stdin>", "web/azuredeploy.json": "web/azuredeploy.json"} {
		r, _ := check(t, engine.Config{Files: memory{}, Stdin: strings.NewReader(text), StdinName: name}, "-")
		if got := r.Templates[0].Path; got != want {
			t.Errorf("name %q: got %q, want %q", name, got, want)
		}
		if len(r.Findings) != 1 {
			t.Errorf("%d findings, want 1", len(r.Findings))
		}
	}
}

func TestCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	e, err := engine.New(engine.Config{Files: memory{"a.json": template(`"resources": []`)}})
	if err != nil {
		t.Fatal(err)
	}
	r, err := e.Check(ctx, []string{"."})
	if err == nil || len(r.Templates) != 0 {
		t.Errorf("got %v and %d templates", err, len(r.Templates))
	}
}

func TestUnknownRule(t *testing.T) {
	_, err := engine.New(engine.Config{Rules: rules.All(), Lint: lint.Options{Disable: []string{"capacity-limt"}}})
	if err == nil || !strings.Contains(err.Error(), "capacity-limit") {
		t.Errorf("got %v", err)
	}
}

func TestKinds(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range engine.Kinds() {
		if seen[string(k.Code)+k.Name] {
			t.Errorf("%s %s is listed twice", k.Code, k.Name)
		}
		seen[string(k.Code)+k.Name] = true
		if k.Summary == "" || strings.HasSuffix(k.Summary, ".") {
			t.Errorf("%s: the summary %q is not one sentence without a full stop", k.Code, k.Summary)
		}
	}
}

// FuzzCheck holds that the whole pipeline comes to an end without a panic,
// whatever the template and its parameters are.
func FuzzCheck(f *testing.F) {
	root := golden.Root(f)
	for _, example := range []string{"linux-nat", "windows-custom-image"} {
		f.Add(read(f, root, example, "azuredeploy.json"), read(f, root, example, "azuredeploy.parameters.json"))
	}
	f.Add([]byte(template(`"resources": [ { "copy": { "name": "a", "count": 3 } } ]`)), []byte(parameters(``)))
	f.Add([]byte("{"), []byte("["))
	f.Fuzz(func(t *testing.T, text, values []byte) {
		files := memory{"a.json": string(text), "a.parameters.json": string(values)}
		r, _ := check(t, engine.Config{Files: files, Rules: rules.All()}, "a.json")
		for _, failure := range r.Failures {
			t.Error(failure)
		}
	})
}

func read(tb testing.TB, root, example, name string) []byte {
	text, err := os.ReadFile(filepath.Join(root, "examples", example, name))
	if err != nil {
		tb.Fatal(err)
	}
	return text
}

func BenchmarkCheckOne(b *testing.B) {
	root := golden.Root(b)
	files := memory{
		"azuredeploy.json":            string(read(b, root, "linux-nat", "azuredeploy.json")),
		"azuredeploy.parameters.json": string(read(b, root, "linux-nat", "azuredeploy.parameters.json")),
	}
	b.ReportAllocs()
	for b.Loop() {
		bench(b, engine.Config{Files: files, Rules: rules.All()}, "azuredeploy.json")
	}
}

func BenchmarkCheckCorpus(b *testing.B) {
	corpus := golden.Shared(b, "corpus", "scale-sets")
	b.ReportAllocs()
	for b.Loop() {
		bench(b, engine.Config{Files: engine.Folder(corpus), Rules: rules.All()}, ".")
	}
}

func bench(b *testing.B, config engine.Config, arg string) {
	e, err := engine.New(config)
	if err != nil {
		b.Fatal(err)
	}
	r, err := e.Check(context.Background(), []string{arg})
	if err != nil || len(r.Templates) == 0 {
		b.Fatalf("%v, %d templates", err, len(r.Templates))
	}
}

// TestCorpus holds that no public template makes the tool fail, and that every
// finding points into its file.
func TestCorpus(t *testing.T) {
	folders, _ := golden.Corpus(t)
	for _, folder := range folders {
		checkFindings(t, folder)
	}
}

func checkFindings(t *testing.T, folder string) {
	t.Helper()
	r, _ := check(t, engine.Config{Files: engine.Folder(folder), Rules: rules.All()}, ".")
	for _, failure := range r.Failures {
		t.Error(failure)
	}
	for _, d := range r.Findings {
		if d.Subject.Start > d.Subject.End || d.Subject.End > d.Subject.File.Len() {
			t.Errorf("%s: %s: the range %d to %d is outside of the file", d.Subject.File.Path(), d.Code, d.Subject.Start, d.Subject.End)
		}
		if d.Summary == "" || bytes.ContainsAny([]byte(d.Summary), "\n\r") || strings.HasSuffix(d.Summary, ".") {
			t.Errorf("%s: %s: the summary %q is not one line without a full stop", d.Subject.File.Path(), d.Code, d.Summary)
		}
	}
}

// A value for a single parameter is for the templates that declare it; it is a
// mistake when none does.
func TestSetForSeveral(t *testing.T) {
	files := memory{
		"a.json": template(`"parameters": { "size": { "type": "int" } }, "resources": []`),
		"b.json": template(`"resources": []`),
	}
	tests := []struct {
		name string
		set  string
		args []string
		lax  bool
		want []string
	}{
		{"one declares it", "size", []string{"."}, false, nil},
		{"none declares it", "sise", []string{"."}, false, []string{"a.json no template has a parameter 'sise', for which a value is set: Did you mean 'size'?"}},
		{"one template without it", "size", []string{"b.json"}, false, []string{"b.json the template has no parameter 'size', for which a value is set: "}},
		{"none declares it, and nobody insists", "sise", []string{"."}, true, nil},
		{"one template without it, and nobody insists", "size", []string{"b.json"}, true, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, _ := check(t, engine.Config{Files: files, Set: map[string]string{tt.set: "3"}, AllowUndeclaredSet: tt.lax}, tt.args...)
			var got []string
			for _, d := range r.Findings {
				if d.Code == expand.CodeSurplusValue {
					got = append(got, d.Subject.File.Path()+" "+d.Summary+": "+d.Detail)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Two declarations whose names differ in case only are one finding, that of the
// language; elsewhere it is that of the text.
func TestSimilarKeysOnce(t *testing.T) {
	files := memory{"a.json": template(`"parameters": { "size": { "type": "int" }, "Size": { "type": "int" } },
  "variables": { "a": { "x": 1, "X": 2 } }, "resources": [], "outputs": { "o": { "type": "int", "value": "[parameters('size')]" }, "p": { "type": "object", "value": "[variables('a')]" } }`)}
	r, _ := check(t, engine.Config{Files: files}, "a.json")
	var got []string
	for _, d := range r.Findings {
		got = append(got, string(d.Code)+" "+d.Subject.Text())
	}
	if diff := cmp.Diff([]string{`SS2028 "Size"`, `SS2007 "X"`}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A finding names the symbolic name of the resource that it is in.
func TestSymbolOfFinding(t *testing.T) {
	text := `{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "languageVersion": "2.0",
 "resources": { "account": { "type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01", "name": "A", "location": "westus2", "sku": { "name": "Standard_LRS" }, "kind": "StorageV2" } },
 "outputs": { "o": { "type": "string", "value": "[nope()]" } } }`
	r, _ := check(t, engine.Config{Files: memory{"t.json": text}, Rules: rules.All()}, "t.json")
	got := map[string]string{}
	for _, d := range r.Findings {
		got[string(d.Code)] = d.Symbol
	}
	if got["SS5003"] != "account" || got["SS1010"] != "" || len(got) < 2 {
		t.Errorf("got %v", got)
	}
}
