package findings

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	_ "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif" // its copy of the official schema
	"github.com/tidwall/gjson"
	"github.com/xeipuuv/gojsonschema"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// described is the sample with a page for one of its rules, and with what is
// suppressed.
func described() Result {
	r := sample()
	r.Version, r.ShowSuppressed = "1.2.3", true
	r.Describe = func(code diag.Code) *Rule {
		if code != "SS5001" {
			return nil
		}
		return &Rule{
			Code: "SS5001", Name: "storage-account-spread", Severity: diag.Error, Summary: "A storage account serves too many instances",
			Page: func() string {
				return "# SS5001 storage-account-spread\n\nA storage account serves too many instances.\n"
			}, Help: "https://example.org/rules/SS5001.md",
		}
	}
	return r
}

// officialSARIF is the JSON Schema of SARIF 2.1.0 by OASIS, which the library
// has as a constant. It checks only what it has read and written itself;
// we want our own bytes checked.
func officialSARIF(t *testing.T) *gojsonschema.Schema {
	t.Helper()
	const library = "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", library).Output()
	if err != nil {
		t.Skipf("go list %s: %v", library, err)
	}
	file, err := parser.ParseFile(gotoken.NewFileSet(), filepath.Join(strings.TrimSpace(string(dir)), "schema.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	text, err := strconv.Unquote(file.Scope.Lookup("schema").Decl.(*ast.ValueSpec).Values[0].(*ast.BasicLit).Value)
	if err != nil {
		t.Fatal(err)
	}
	schema, err := gojsonschema.NewSchema(gojsonschema.NewStringLoader(text))
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func writtenSARIF(t *testing.T, r Result) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := (SARIF{}).Report(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSARIFIsValid(t *testing.T) {
	schema := officialSARIF(t)
	check := func(log []byte) []gojsonschema.ResultError {
		t.Helper()
		result, err := schema.Validate(gojsonschema.NewBytesLoader(log))
		if err != nil {
			t.Fatal(err)
		}
		return result.Errors()
	}
	for name, r := range map[string]Result{"sample": sample(), "described": described(), "nothing": {}, "hostile": hostileResult(), "placeless": placeless()} {
		for _, e := range check(writtenSARIF(t, r)) {
			t.Errorf("%s: %s", name, e)
		}
	}
	wrong := bytes.Replace(writtenSARIF(t, sample()), []byte(`"startLine": 10`), []byte(`"startLine": 0`), 1)
	if len(check(wrong)) == 0 {
		t.Error("the schema finds no fault with line 0")
	}
}

// placeless has a finding that has no place, and one with more places than
// GitHub takes.
func placeless() Result {
	r := sample()
	d := r.Findings.Errorf("SS0003", "limit", source.Range{}, "too much")
	d.Related = []diag.Related{{Message: "nowhere"}}
	many := r.Findings.Errorf("SS4001", "capacity-limit", r.Findings[0].Subject, "many")
	for range 2000 {
		many.Also = append(many.Also, diag.Related{Range: many.Subject})
	}
	return r
}

// TestSARIFForGitHub holds a log against what code scanning asks for:
// https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
// and the limits of .../troubleshooting-sarif-uploads/results-exceed-limit.
func TestSARIFForGitHub(t *testing.T) {
	for name, r := range map[string]Result{"sample": sample(), "described": described(), "placeless": placeless()} {
		log := gjson.ParseBytes(writtenSARIF(t, r))
		must := func(what string, ok bool) {
			t.Helper()
			if !ok {
				t.Errorf("%s: %s", name, what)
			}
		}
		must("the schema and the version", log.Get("$schema").String() != "" && log.Get("version").String() == "2.1.0" && log.Get("runs.#").Int() == 1)
		driver := log.Get("runs.0.tool.driver")
		must("the name of the tool", driver.Get("name").String() == "scaleset")
		rules := driver.Get("rules").Array()
		for _, rule := range rules {
			for path, most := range map[string]int{"id": 255, "name": 255, "shortDescription.text": 1024, "fullDescription.text": 1024, "help.text": 1 << 20} {
				got := rule.Get(path)
				must(rule.Get("id").String()+" "+path, len(got.String()) <= most && (got.String() != "" || path == "name" && !got.Exists()))
			}
			must("ten tags", rule.Get("properties.tags.#").Int() <= 10)
		}
		prints := map[string]bool{}
		for _, result := range log.Get("runs.0.results").Array() {
			must("the rule", rules[result.Get("ruleIndex").Int()].Get("id").String() == result.Get("ruleId").String())
			must("the message", result.Get("message.text").String() != "")
			must("one place", result.Get("locations.#").Int() == 1 && result.Get("locations.0.physicalLocation.artifactLocation.uri").String() != "")
			for _, end := range []string{"startLine", "startColumn", "endLine", "endColumn"} {
				must(end, result.Get("locations.0.physicalLocation.region."+end).Int() > 0)
			}
			must("a hundred other places", result.Get("relatedLocations.#").Int() <= 100)
			print := result.Get("partialFingerprints.primaryLocationLineHash").String()
			must("a fingerprint of its own", print != "" && !prints[print])
			prints[print] = true
		}
		must("as many fingerprints as results", len(prints) > 0 && len(prints) == int(log.Get("runs.0.results.#").Int()))
	}
	if n := gjson.GetBytes(writtenSARIF(t, placeless()), "runs.0.invocations.0.toolExecutionNotifications.#").Int(); n != 1 {
		t.Errorf("%d notifications of the run", n)
	}
}

// Columns count what UTF-16 takes two units for as two, and the mark at the
// beginning of a file as none.
func TestSARIFColumns(t *testing.T) {
	f := source.NewFile("ä b#.json", []byte("\uFEFF[\"\U0001F600é\", 1,\r\n  2]"))
	at := func(s string) source.Range {
		i := bytes.Index(f.Bytes(), []byte(s))
		return f.Range(i, i+len(s))
	}
	type place struct{ StartLine, StartColumn, EndLine, EndColumn int }
	for s, want := range map[string]place{
		"[":          {1, 1, 1, 2},
		"\U0001F600": {1, 3, 1, 5},
		"1":          {1, 9, 1, 10},
		"2":          {2, 3, 2, 4},
		"1,\r\n  2":  {1, 9, 2, 4},
	} {
		r := region(at(s))
		if got := (place{r.StartLine, r.StartColumn, r.EndLine, r.EndColumn}); got != want {
			t.Errorf("%q: %v, want %v", s, got, want)
		}
	}
}

func TestSARIFPaths(t *testing.T) {
	for name, want := range map[string]string{
		"web/azure deploy.json": "web/azure%20deploy.json %SRCROOT%",
		"a:b.json":              "./a:b.json %SRCROOT%", // else it would read as a scheme
		"100%.json":             "100%25.json %SRCROOT%",
		"../up.json":            "../up.json",
		"/abs/ä.json":           "file:///abs/%C3%A4.json",
		`C:\x\y.json`:           "file:///C:/x/y.json",
	} {
		a := artifact(name)
		got := strings.TrimSpace(a.URI + " " + a.URIBaseID)
		if got != want {
			t.Errorf("%q: %s, want %s", name, got, want)
		}
	}
}

// fingerprintsOf gives the fingerprints of the findings of a text, in order.
func fingerprintsOf(t *testing.T, text string) []string {
	t.Helper()
	f := source.NewFile("t.json", []byte(text))
	var found diag.List
	for from := 0; ; {
		i := strings.Index(text[from:], "60")
		if i < 0 {
			break
		}
		d := found.Errorf("SS4001", "capacity-limit", f.Range(from+i, from+i+2), "60 is too much")
		d.Pointer = "/resources/0/sku/capacity"
		from += i + 2
	}
	var b bytes.Buffer
	if err := (SARIF{}).Report(&b, Result{Findings: found}); err != nil {
		t.Fatal(err)
	}
	var log struct {
		Runs []struct {
			Results []struct{ PartialFingerprints map[string]string }
		}
	}
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, r := range log.Runs[0].Results {
		all = append(all, r.PartialFingerprints["scaleset/v1"])
	}
	return all
}

func TestFingerprintsSurviveMovedLines(t *testing.T) {
	before := fingerprintsOf(t, `{"capacity": 60, "other": 60}`)
	after := fingerprintsOf(t, "// a comment\n\n{\n  \"capacity\": 60,\n  \"other\":\n    60\n}")
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
	if len(before) != 2 || before[0] == before[1] {
		t.Errorf("two findings have the fingerprints %v", before)
	}
}
