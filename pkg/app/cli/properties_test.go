package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// seedTemplates are templates of ours: every scenario, every bad template of
// every rule, and one that is full of secrets.
func seedTemplates(tb testing.TB) [][]byte {
	tb.Helper()
	names := []string{"testdata/canary/azuredeploy.json"}
	for _, pattern := range []string{"../../../examples/*/*/azuredeploy.json", "../../../examples/*/azuredeploy.json", "../../check/rules/*/testdata/*/bad_*.json"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			tb.Fatal(err)
		}
		names = append(names, found...)
	}
	var texts [][]byte
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			tb.Fatal(err)
		}
		texts = append(texts, text)
	}
	if len(texts) < 100 {
		tb.Fatalf("only %d seeds; have the folders moved?", len(texts))
	}
	return texts
}

// strange are values that stand nowhere in a well-meant template.
var strange = []string{
	"null", "true", "0", "-1", "1e999", "99999999999999999999", "2.5", `""`, `"[`, `"x"`, "[]", "{}", `[[]]`, `{"": {}}`, "/* c */ 1", "NaN", "'a'", "",
	`"[[x]"`, `"[reference('x').y]"`, `"[parameters('nope')]"`, `"[parameters('count')]"`, `"[concat('a'"`, `"[copyIndex()]"`, `"[variables('a')]"`, `"[json('{}')]"`,
	`"[range(0, 900)]"`, `"[null()]"`, `"[createObject('a', 1)]"`, `"[newGuid()]"`, `"[resourceGroup().location]"`, `{"count": 3, "name": "c"}`, `[{"name": "c", "count": 3, "input": 1}]`,
	`"Microsoft.Compute/virtualMachineScaleSets"`, `"Microsoft.Resources/deployments"`, `"2015-06-15"`, `"2099-01-01"`, `"1"`, `"\u0000\ud800"`, `"P1D"`, `"10.0.0.0/8"`, "\"a\nb\"", "\xff",
}

// variant changes a text as the bytes say: one to five values are replaced,
// removed, doubled, exchanged, or the text is cut.
func variant(text, how []byte) []byte {
	for range 5 {
		if len(how) < 4 {
			break
		}
		text = changed(text, int(how[0])<<8|int(how[1]), how[2], how[3])
		how = how[4:]
	}
	return text
}

func changed(text []byte, place int, what, more byte) []byte {
	tree := jsonc.Parse(source.NewFile("t.json", text))
	var all []jsonc.Node
	var members []*jsonc.Member
	jsonc.Walk(tree.Root, func(n jsonc.Node) bool {
		all = append(all, n)
		if o, ok := n.(*jsonc.Object); ok {
			members = append(members, o.Members...)
		}
		return true
	})
	splice := func(r source.Range, with string) []byte {
		return slices.Concat(text[:r.Start], []byte(with), text[r.End:])
	}
	of := func(r source.Range) string { return string(text[r.Start:r.End]) }
	if len(all) == 0 || len(members) == 0 {
		return append(slices.Clone(text), more)
	}
	n, m := all[place%len(all)], members[place%len(members)]
	switch what % 8 {
	case 0:
		return splice(n.Range(), of(all[int(more)*7%len(all)].Range()))
	case 1: // again
		return splice(m.Range(), of(m.Range())+", "+of(m.Range()))
	case 2: // gone, with or without its comma
		return splice(m.Range(), "")
	case 3: // another name
		return splice(source.Range{File: m.Range().File, Start: m.Range().Start, End: m.Value.Range().Start}, `"`+[]string{"", "copy", "condition", "type", "zones", "x"}[int(more)%6]+`": `)
	case 4:
		if more%8 == 0 {
			return text[:place%len(text)]
		}
		return slices.Concat(text[:place%len(text)], []byte{more}, text[place%len(text):])
	default:
		return splice(n.Range(), strange[int(more)%len(strange)])
	}
}

// A bench is a folder with a template in which commands run.
type bench struct {
	t      *testing.T
	folder string
}

func newBench(t *testing.T, files map[string][]byte) bench {
	b := bench{t, t.TempDir()}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(b.folder, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

// run is the exit code and the standard output; a failure fails the test.
func (b bench) run(line string, more ...string) (int, string) {
	b.t.Helper()
	app, out, errs := testApp(b.t)
	app.Dir = b.folder
	code := Main(context.Background(), app, append(strings.Fields(line), more...))
	if code == ExitFailure || strings.Contains(errs.String(), "goroutine ") {
		b.t.Fatalf("%s %q: exit code %d: %s", line, more, code, errs)
	}
	return code, out.String()
}

func (b bench) read(name string) []byte {
	b.t.Helper()
	text, err := os.ReadFile(filepath.Join(b.folder, name))
	if err != nil {
		b.t.Fatal(err)
	}
	return text
}

// errorsOf are the errors of lint by code, and whether the text is JSON at all.
func (b bench) errorsOf(name string) (codes map[string]int, total int, broken bool) {
	b.t.Helper()
	_, out := b.run("lint --format json --config= " + name)
	var result struct {
		Findings []struct{ Code, Severity string }
	}
	if err := json.Unmarshal([]byte(out), &result); err != nil {
		b.t.Fatalf("lint --format json: %v", err)
	}
	codes = map[string]int{}
	for _, f := range result.Findings {
		if f.Severity == "error" {
			codes[f.Code]++
			total++
		}
	}
	tree := jsonc.Parse(source.NewFile(name, b.read(name)))
	return codes, total, tree.Diagnostics.HasErrors()
}

func addVariants(f *testing.F) {
	f.Add(uint16(0), []byte{})
	for i := range 24 {
		n := uint32(i)*2654435761 + 12345
		f.Add(uint16(n>>3), []byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n), byte(n >> 5), byte(n >> 13), byte(n >> 21), byte(i)})
	}
}

// FuzzFix wants --fix to make nothing worse: a text without mistakes of syntax
// stays one, no code has more errors than before, and a second run has nothing to do.
func FuzzFix(f *testing.F) {
	seeds := seedTemplates(f)
	addVariants(f)
	f.Fuzz(func(t *testing.T, which uint16, how []byte) {
		b := newBench(t, map[string][]byte{"t.json": variant(seeds[int(which)%len(seeds)], how)})
		codes, total, broken := b.errorsOf("t.json")
		before := b.read("t.json")
		b.run("lint --fix --config= t.json")
		after := b.read("t.json")
		if bytes.Equal(before, after) {
			return
		}
		codesAfter, totalAfter, brokenAfter := b.errorsOf("t.json")
		if brokenAfter && !broken {
			t.Fatalf("fixing breaks the JSON:\n%s", after)
		}
		if totalAfter > total {
			t.Errorf("fixing brings errors, %v before, %v after:\n%s", codes, codesAfter, cmp.Diff(string(before), string(after)))
		}
		b.run("lint --fix --config= t.json")
		if again := b.read("t.json"); !bytes.Equal(after, again) {
			t.Errorf("a second run fixes more:\n%s", cmp.Diff(string(after), string(again)))
		}
	})
}

// expanded is what a template deploys.
func (b bench) expanded(name string) string {
	b.t.Helper()
	_, out := b.run("expand --format json " + name)
	var result struct{ Resources, Outputs json.RawMessage }
	if err := json.Unmarshal([]byte(out), &result); err != nil {
		b.t.Fatalf("expand --format json: %v\n%s", err, out)
	}
	return string(result.Resources) + string(result.Outputs)
}

// FuzzFmt wants formatting to change the layout alone: what deploys stays, and
// formatting again has nothing to do.
func FuzzFmt(f *testing.F) {
	seeds := seedTemplates(f)
	addVariants(f)
	f.Fuzz(func(t *testing.T, which uint16, how []byte) {
		text := variant(seeds[int(which)%len(seeds)], how)
		indent := []string{"2", "4", "tab", "keep"}[len(how)%4]
		order := []string{"", " --order"}[len(text)%2]
		b := newBench(t, map[string][]byte{"t.json": text})
		before := b.expanded("t.json")
		if code, _ := b.run("fmt --indent " + indent + order + " t.json"); code != ExitClean {
			if !bytes.Equal(text, b.read("t.json")) {
				t.Error("a file that cannot be formatted was changed")
			}
			return
		}
		if diff := cmp.Diff(before, b.expanded("t.json")); diff != "" {
			t.Errorf("formatting changes what deploys:\n%s", diff)
		}
		if code, out := b.run("fmt --check --indent " + indent + order + " t.json"); code != ExitClean {
			t.Errorf("not formatted after formatting: %s", out)
		}
	})
}

// FuzzDiff wants a template not to differ from itself, and a difference
// to be one in both directions.
func FuzzDiff(f *testing.F) {
	seeds := seedTemplates(f)
	addVariants(f)
	f.Fuzz(func(t *testing.T, which uint16, how []byte) {
		older := seeds[int(which)%len(seeds)]
		b := newBench(t, map[string][]byte{"a.json": older, "b.json": variant(older, how)})
		for _, pair := range []string{"a.json a.json", "b.json b.json"} {
			if n := b.changes(pair); n != 0 {
				t.Errorf("diff %s lists %d changes:\n%s", pair, n, b.read("b.json"))
			}
		}
		if !arm.IsTemplate(jsonc.Parse(source.NewFile("b.json", b.read("b.json")))) {
			return // one resource alone is an export, which does not tell what else there is
		}
		if there, back := b.changes("a.json b.json"), b.changes("b.json a.json"); (there == 0) != (back == 0) {
			t.Errorf("%d changes there, %d back:\n%s", there, back, cmp.Diff(string(older), string(b.read("b.json"))))
		}
	})
}

func (b bench) changes(pair string) int {
	b.t.Helper()
	_, out := b.run("diff --format json " + pair)
	var result struct {
		Resources []struct{ Changes []json.RawMessage }
	}
	if err := json.Unmarshal([]byte(out), &result); err != nil {
		if out == "" {
			return 0
		}
		b.t.Fatalf("diff --format json: %v\n%s", err, out)
	}
	return len(result.Resources)
}

// FuzzBaseline wants a run with the baseline of its own findings to be clean,
// and every format to be written as what it is.
func FuzzBaseline(f *testing.F) {
	seeds := seedTemplates(f)
	addVariants(f)
	f.Fuzz(func(t *testing.T, which uint16, how []byte) {
		b := newBench(t, map[string][]byte{"t.json": variant(seeds[int(which)%len(seeds)], how)})
		b.run("lint --write-baseline base.json t.json")
		if code, out := b.run("lint --fail-on info --baseline base.json t.json"); code != ExitClean {
			t.Errorf("a baseline lets its own findings through:\n%s", out)
		}
		for _, format := range []string{"json", "sarif", "gitlab"} {
			if _, out := b.run("lint --format " + format + " t.json"); !json.Valid([]byte(out)) || !utf8.ValidString(out) {
				t.Errorf("--format %s is not JSON: %.300s", format, out)
			}
		}
		for _, format := range []string{"junit", "checkstyle"} {
			if _, out := b.run("lint --format " + format + " t.json"); !wellFormed(out) {
				t.Errorf("--format %s is not XML: %.300s", format, out)
			}
		}
	})
}

// FuzzOthers runs what explains, draws and previews: nothing fails, what is
// JSON or XML by its name is, and two runs write the same.
func FuzzOthers(f *testing.F) {
	seeds := seedTemplates(f)
	metrics := []byte("time,Percentage CPU\n2016-02-01T00:00:00Z,90\n2016-02-01T00:05:00Z,95\n2016-02-01T00:10:00Z,10\n")
	addVariants(f)
	lines := []string{
		"review --format markdown t.json", "review --format html --against o.json t.json", "review --format json t.json",
		"graph --format svg t.json", "graph --format dot t.json", "graph --format mermaid t.json",
		"connect --format json t.json", "connect --format ssh-config t.json", "autoscale --format json t.json", "autoscale --format csv --metrics m.csv t.json",
		"simulate --to 5,3 --format svg t.json", "simulate --to +2 --format json t.json", "simulate --to 5 --format html t.json", "scale --capacity 4 --yes t.json",
		"trace --format json --who-uses count t.json", "trace --format json t.json /resources/0", "expand --format template t.json",
	}
	f.Fuzz(func(t *testing.T, which uint16, how []byte) {
		older := seeds[int(which)%len(seeds)]
		text := variant(older, how)
		b := newBench(t, map[string][]byte{"t.json": text, "o.json": older, "m.csv": metrics})
		for _, line := range lines {
			code, out := b.run(line)
			if codeAgain, again := b.run(line); code != codeAgain || out != again {
				t.Errorf("%s: another run writes something else: %s", line, cmp.Diff(out, again))
			}
			switch {
			case out == "":
			case strings.Contains(line, "json --") || strings.Contains(line, "--format json"):
				if !json.Valid([]byte(out)) {
					t.Errorf("%s: no JSON: %.300s", line, out)
				}
			case strings.Contains(line, "svg"):
				if !wellFormed(out) {
					t.Errorf("%s: no XML: %.300s", line, out)
				}
			case strings.HasPrefix(line, "expand"), strings.HasPrefix(line, "scale"):
				if _, _, broken := newBench(t, map[string][]byte{"x.json": []byte(out)}).errorsOf("x.json"); broken {
					t.Errorf("%s: no template: %.300s", line, out)
				}
			}
		}
		// Every value can be traced, by its pointer and by its place.
		tree := jsonc.Parse(source.NewFile("t.json", text))
		n := 0
		tree.WalkPointers(func(pointer string, _ jsonc.Node) bool {
			if n++; n%17 == len(how)%17 {
				b.run("trace --format json t.json", pointer)
			}
			return n < 400
		})
	})
}

// FuzzArguments gives text to the flags that have a grammar of their own: each
// ends with an answer or with a mistake that is told in one line.
func FuzzArguments(f *testing.F) {
	seed := seedTemplates(f)[1]
	for _, s := range []string{
		"15", "+5,-3", "+10%,-50%", "9999999999999999999", "1,,2", "%", "-", "", "web", "1,2,3", "count=3", "count={\"a\":1}", "=", "HEAD:x.json", "-x:y", "a:b:c", "/resources/0/name", "t.json:3:7",
		"t.json:0:0", "t.json:99999999999999999999:1", "~1~0", "2/50", "-1/999", "{a,b}/**/[!x]*.json", "[", "**/**/**/**/**", "\\", "Microsoft.Compute/virtualMachineScaleSets@2015-06-15", "\x00", "\xff", "0-5", "1e9",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		b := newBench(t, map[string][]byte{"t.json": seed, "x.csv": []byte(text)})
		for _, flag := range []string{
			"simulate t.json --to=", "simulate --from=3 --to=5 --protect=", "simulate --from=3 --to=2 --priority-mix=", "simulate --from=2 --to=3 --zones=", "simulate t.json --to=3 --explain=",
			"simulate --to=3 --from=", "lint t.json --set=", "lint t.json --exclude=", "lint t.json --disable=", "lint t.json --stdin-name=", "lint t.json --max-findings=", "lint t.json --format=",
			"diff t.json --mode=", "review t.json --against=", "trace t.json --who-uses=", "autoscale t.json --metrics=x.csv --start=", "scale t.json --yes --capacity=", "config --format=", "lint t.json --baseline=", "lint t.json --config=",
			"lint t.json --parameters=", "lint t.json --usage=", "lint t.json --skus=", "lint t.json --location=", "expand t.json --resource-group=", "simulate --to=3 --vmss=", "simulate --to=3 --instances=",
		} {
			app, _, errs := testApp(t)
			app.Dir = b.folder
			words := strings.Fields(flag)
			words[len(words)-1] += text
			code := Main(context.Background(), app, words)
			if code == ExitFailure && !strings.Contains(errs.String(), "no such file") && !plainFailure(errs.String()) || strings.Contains(errs.String(), "goroutine ") {
				t.Errorf("%q: exit code %d: %s", words, code, errs)
			}
		}
		for _, command := range []string{"trace t.json", "schema", "explain", "lint", "fmt --check", "expand", "diff t.json"} {
			b.runTolerant(command, text)
		}
	})
}

// plainFailure is what a name of a file may end in that the system rejects.
func plainFailure(errs string) bool {
	for _, s := range []string{"invalid argument", "is a directory", "it is a folder", "file name too long", "not a directory", "permission denied", "is a folder", "NUL"} {
		if strings.Contains(errs, s) {
			return true
		}
	}
	return false
}

func (b bench) runTolerant(line string, more ...string) {
	b.t.Helper()
	app, _, errs := testApp(b.t)
	app.Dir = b.folder
	code := Main(context.Background(), app, append(strings.Fields(line), more...))
	if code == ExitFailure && !strings.Contains(errs.String(), "no such file") && !plainFailure(errs.String()) || strings.Contains(errs.String(), "goroutine ") {
		b.t.Errorf("%s %q: exit code %d: %s", line, more, code, errs)
	}
}

// FuzzSaved gives text to everything that reads what was saved elsewhere.
func FuzzSaved(f *testing.F) {
	seed := seedTemplates(f)[1]
	for _, s := range []string{
		`[{"name":{"value":"cores"},"currentValue":"4","limit":10}]`, `[{"name":"Standard_A1","resourceType":"virtualMachines","capabilities":[{"name":"vCPUs","value":"1"}]}]`,
		`{"sku":{"name":"a","capacity":3},"properties":{"platformFaultDomainCount":99},"zones":["1"]}`, `[{"instanceId":"0","name":"web_0","instanceView":{"platformFaultDomain":0}}]`,
		"rules:\n  SS4001: off\n", "exclude: ['**', '[']\npaths:\n  - path: '{a,b'\n", "[*]\nindent_style = tab\nindent_size=99999999999\n", `{"version":"1","findings":[]}`, "time,cpu\n1,2\n", "{", "[[[[", "\xff\xfe",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		files := map[string][]byte{"t.json": seed, "saved": text, ".editorconfig": text}
		b := newBench(t, files)
		for _, line := range []string{
			"lint t.json --config= --usage saved", "lint t.json --config= --skus saved", "lint t.json --config= --baseline saved", "lint t.json --config saved", "lint t.json --config= -p saved", "fmt --diff --config= t.json",
			"simulate --to 3 --config= --vmss saved", "simulate --to 3 --config= --instances saved", "diff --config= t.json saved", "diff --config= saved t.json", "review --config= --against saved t.json", "autoscale --config= t.json --metrics saved",
		} {
			b.runTolerant(line)
		}
	})
}

// FuzzNew wants what new writes to be a template without a finding, whatever
// it was asked for, or to write nothing and say which flag is wrong.
func FuzzNew(f *testing.F) {
	f.Add(uint8(0), uint8(0), "web", int64(3), int64(10), "", "", "1,2,3")
	f.Add(uint8(3), uint8(1), "WEB-1", int64(0), int64(1000), "Standard_D2s_v5", "ubuntu", "")
	f.Add(uint8(5), uint8(2), "it's [x]", int64(-1), int64(-1), "a b", "p:o:s:v", "1,1")
	f.Add(uint8(7), uint8(1), "\u00e4", int64(100), int64(100), "Basic_A0", "windows", "9")
	f.Add(uint8(9), uint8(2), "a-very-long-name-for-a-scale-set-that-goes-on-and-on-and-on-and-on", int64(600), int64(600), "", "/subscriptions/x", "1")
	f.Add(uint8(1), uint8(1), "1", int64(40), int64(41), "", "https://a.blob.core.windows.net/vhds/x.vhd", "")
	scenarios := scenarioNames()
	f.Fuzz(func(t *testing.T, scenario, era uint8, name string, capacity, most int64, size, image, zones string) {
		b := newBench(t, nil)
		args := []string{"new", scenarios[int(scenario)%len(scenarios)], "--yes", "--output=out", "--guidance=" + []string{"auto", "preview", "current"}[era%3],
			"--name=" + name, fmt.Sprint("--capacity=", capacity), fmt.Sprint("--max=", most)}
		for flag, value := range map[string]string{"--size=": size, "--image=": image, "--zones=": zones} {
			if value != "" {
				args = append(args, flag+value)
			}
		}
		app, _, errs := testApp(t)
		app.Dir = b.folder
		code := Main(context.Background(), app, args)
		written, err := os.ReadDir(filepath.Join(b.folder, "out"))
		switch {
		case code == ExitUsage || code == ExitFindings:
			if len(written) > 0 {
				t.Errorf("%q: exit code %d, and yet there are files: %s", args, code, errs)
			}
		case code != ExitClean || err != nil:
			t.Errorf("%q: exit code %d: %v %s", args, code, err, errs)
		default:
			if code, out := b.run("lint --fail-on error --config= out"); code != ExitClean {
				t.Errorf("%q writes what has errors:\n%s", args, out)
			}
		}
	})
}

// FuzzTree lays a folder out as the bytes say and searches it.
func FuzzTree(f *testing.F) {
	f.Add([]byte("a\x00b.json\x00.git\x00x/../y"), "**/*.json")
	f.Add([]byte("[a]\x00{b}.json\x00*\x00?\x00\\"), "[a]/{b}.json")
	f.Add([]byte("a\nb.json\x00\xff.json\x00-x.json"), "*")
	seed := seedTemplates(f)[1]
	f.Fuzz(func(t *testing.T, names []byte, pattern string) {
		b := newBench(t, nil)
		made := 0
		for i, name := range bytes.Split(names, []byte{0}) {
			path := string(name)
			if !fs.ValidPath(path) || path == "." || len(path) > 200 || i > 20 {
				continue
			}
			full := filepath.Join(b.folder, path)
			if os.MkdirAll(filepath.Dir(full), 0o755) == nil && os.WriteFile(full, seed, 0o644) == nil {
				made++
			}
		}
		b.runTolerant("lint")
		b.runTolerant("lint --", pattern)
		b.runTolerant("fmt --check")
		b.runTolerant("lint --exclude=" + "x")
		if _, out := b.run("lint --format json"); !json.Valid([]byte(out)) {
			t.Errorf("no JSON: %.300s", out)
		}
	})
}

// wellFormed reports whether text is XML from its beginning to its end.
func wellFormed(text string) bool {
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		if _, err := d.Token(); err != nil {
			return errors.Is(err, io.EOF)
		}
	}
}
