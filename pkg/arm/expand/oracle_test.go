package expand

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// oracleContext is the context of every recorded response.
var oracleContext = funcs.Context{
	TenantID: "99999999-8888-7777-6666-555555555555", SubscriptionID: "11111111-2222-3333-4444-555555555555",
	ResourceGroup: "oracle-rg", Location: "westus2", DeploymentName: "oracle", ManagementGroup: "",
}

// noLinks has no files: the deployment service was given no linked templates.
var noLinks = &Links{FS: fstest.MapFS{}, Template: "template.json"}

// An answer is the recorded response of the deployment service for one
// template.
type answer struct {
	Name       string
	Template   string
	Parameters map[string]json.RawMessage
	Context    map[string]*string
	Status     string
	Note       string
	Resources  []json.RawMessage
	Outputs    map[string]json.RawMessage
}

func (a answer) options() Options {
	o := Options{Context: oracleContext, MissingParameters: Error, Literal: true, StrictScope: true, Links: noLinks}
	if group, ok := a.Context["resourceGroup"]; ok && group == nil {
		o.Context.ResourceGroup = ""
	}
	if group, ok := a.Context["managementGroup"]; ok && group != nil {
		o.Context.ManagementGroup, o.Context.ResourceGroup = *group, ""
	}
	if len(a.Parameters) > 0 {
		type wrapped struct {
			Value json.RawMessage `json:"value"`
		}
		table := map[string]wrapped{}
		for k, v := range a.Parameters {
			table[k] = wrapped{v}
		}
		text, _ := json.Marshal(map[string]any{"parameters": table})
		o.Parameters = []*arm.ParameterFile{arm.ParseParameters(jsonc.Parse(source.NewFile("oracle.parameters.json", text)))}
	}
	return o
}

// scope removes the resource group from a template of another scope, and sets
// the group of a management group template, as in the recording.
func (a *answer) scope(template []byte) {
	t := arm.ParseTemplate(jsonc.Parse(source.NewFile("", template)))
	if t.Scope == arm.ResourceGroup {
		return
	}
	a.Context = map[string]*string{"resourceGroup": nil}
	if t.Scope == arm.ManagementGroup {
		group := "oracle-mg"
		a.Context = map[string]*string{"managementGroup": &group}
	}
}

// run expands the text of a template and returns the deployment with the
// findings of the text.
func (a answer) run(path string, text []byte) (*Deployment, diag.List) {
	tree := jsonc.Parse(source.NewFile(path, text))
	d := Expand(arm.ParseTemplate(tree), a.options())
	return d, append(tree.Diagnostics[:len(tree.Diagnostics):len(tree.Diagnostics)], d.Diagnostics...)
}

const (
	unknownLeaf = "?"
	secretLeaf  = "?secret" // an unknown value of ours that contains a secret
	secretText  = "[\x00"   // its form in plainJSON
)

// leaves flattens a JSON value as the comparison of the oracle does.
func leaves(path string, v any, into map[string]string) {
	switch v := v.(type) {
	case map[string]any:
		for k, e := range v {
			leaves(path+"/"+k, e, into)
		}
		if len(v) == 0 {
			into[path] = "{}"
		}
	case []any:
		for i, e := range v {
			leaves(fmt.Sprintf("%s/%d", path, i), e, into)
		}
		if len(v) == 0 {
			into[path] = "[]"
		}
	case string:
		if v == secretText {
			into[path] = secretLeaf
		} else if strings.HasPrefix(v, "[") && !strings.HasPrefix(v, "[[") {
			into[path] = unknownLeaf
		} else {
			into[path] = "s" + v
		}
	case json.Number:
		if i, ok := new(big.Int).SetString(v.String(), 10); ok {
			into[path] = i.String()
		} else {
			f, _ := v.Float64()
			into[path] = new(big.Float).SetFloat64(f).Text('g', 17)
		}
	default:
		into[path] = fmt.Sprint(v)
	}
}

func decode(t testing.TB, raw []byte) any {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(string(raw)))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

// plainJSON returns a value as JSON prints it, unknown ones as expressions.
func plainJSON(v value.Value) any {
	switch v := v.(type) {
	case value.String:
		return string(v)
	case value.Bool:
		return bool(v)
	case value.Int:
		return json.Number(fmt.Sprint(int64(v)))
	case value.Number:
		return json.Number(v.Text)
	case value.Unknown:
		if v.Secret {
			return secretText
		}
		return "[" + v.Residual + "]"
	case value.Array:
		a := make([]any, len(v))
		for i, e := range v {
			a[i] = plainJSON(e)
		}
		return a
	case *value.Object:
		m := map[string]any{}
		for _, e := range v.Members() {
			m[e.Name] = plainJSON(e.Value)
		}
		return m
	}
	return nil
}

// flat flattens resources and outputs together, by id; the n-th of equal ids is
// separate.
func flat(resources []any, outputs any) map[string]string {
	out, seen := map[string]string{}, map[string]int{}
	for _, r := range resources {
		body := r.(map[string]any)
		id := ""
		if body["id"] != nil {
			id = strings.ToLower(fmt.Sprint(body["id"]))
		}
		key := id
		if n := seen[id]; n > 0 {
			key = fmt.Sprintf("%s#%d", id, n)
		}
		seen[id]++
		delete(body, "id")
		delete(body, "dependsOn")
		leaves(key, body, out)
	}
	leaves("outputs", outputs, out)
	return out
}

func (a answer) want(t testing.TB) map[string]string {
	var resources []any
	for _, r := range a.Resources {
		resources = append(resources, decode(t, r))
	}
	outputs := map[string]any{}
	for k, v := range a.Outputs {
		outputs[k] = decode(t, v)
	}
	return flat(resources, outputs)
}

func got(d *Deployment) map[string]string {
	var resources []any
	for _, r := range d.Resources {
		if !r.Broken {
			resources = append(resources, plainJSON(r.Body.Value))
		}
	}
	outputs := map[string]any{}
	for _, o := range d.Outputs {
		outputs[o.Name] = plainJSON(o.Node.Value)
	}
	return flat(resources, outputs)
}

// differences compares leaf by leaf: a remaining expression must be unknown on
// both sides; more knowledge than the deployment service has is not a
// difference.
//
// A secret that the deployment service shows is hidden if the parameter is not
// of a secure type but its name implies a secret.
func differences(want, got map[string]string) (list []string, hidden int) {
	under := func(table map[string]string, path string) bool {
		for i := strings.LastIndexByte(path, '/'); i > 0; i = strings.LastIndexByte(path[:i], '/') {
			if strings.HasPrefix(table[path[:i]], unknownLeaf) {
				return true
			}
		}
		return false
	}
	opened := func(path string) bool {
		for k := range got {
			if strings.HasPrefix(k, path+"/") {
				return true
			}
		}
		return false
	}
	for k, w := range want {
		g, ok := got[k]
		switch {
		case ok && (g == w || w == unknownLeaf):
		case g == secretLeaf:
			hidden++
		case !ok && w == unknownLeaf && (under(got, k) || opened(k)):
		case !ok:
			list = append(list, fmt.Sprintf("absent %s: want %q", k, w))
		default:
			list = append(list, fmt.Sprintf("wrong %s: want %q, got %q", k, w, g))
		}
	}
	for k, g := range got {
		if _, ok := want[k]; !ok && !under(want, k) {
			list = append(list, fmt.Sprintf("surplus %s: %q", k, g))
		}
	}
	sort.Strings(list)
	return list, hidden
}

func errorsOf(l diag.List) (list []string) {
	for _, d := range l {
		if d.Severity == diag.Error {
			p := d.Subject.StartPosition()
			list = append(list, fmt.Sprintf("%s %d:%d %s", d.Code, p.Line, p.Column, d.Summary))
		}
	}
	return list
}

// judge compares one response; it returns the differences, and the number of
// values that are hidden and that the deployment service shows.
func (a answer) judge(t testing.TB, path string, text []byte) (list []string, hidden int) {
	d, findings := a.run(path, text)
	found := errorsOf(findings)
	if a.Status != "ok" {
		if len(found) == 0 {
			return []string{"accepted what the engine rejects"}, 0
		}
		return nil, 0
	}
	list, hidden = differences(a.want(t), got(d))
	for _, f := range found {
		list = append([]string{"error: " + f}, list...)
	}
	return append(list, orderDifference(a, t, d)...), hidden
}

// orderDifference compares the order of the resources.
func orderDifference(a answer, t testing.TB, d *Deployment) []string {
	var want, have []string
	for _, r := range a.Resources {
		want = append(want, strings.ToLower(fmt.Sprint(decode(t, r).(map[string]any)["id"])))
	}
	for _, r := range d.Resources {
		if !r.Broken {
			id := strings.ToLower(r.ID)
			if r.Body.Get("id") == nil {
				id = "<nil>"
			}
			have = append(have, id)
		}
	}
	if w, h := strings.Join(want, "\n"), strings.Join(have, "\n"); w != h && len(want) == len(have) {
		return []string{"order: want\n" + w + "\ngot\n" + h}
	}
	return nil
}

// caseFile returns the recorded cases, one feature each.
func caseFile(t testing.TB) []answer {
	t.Helper()
	text, err := os.ReadFile("testdata/cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []answer
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	return cases
}

// TestCases compares every recorded case.
func TestCases(t *testing.T) {
	agree, cases := 0, caseFile(t)
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			if list, _ := c.judge(t, c.Name+".json", []byte(c.Template)); len(list) > 0 {
				t.Errorf("differs from the engine:\n%s", strings.Join(list[:min(len(list), 3)], "\n"))
			} else {
				agree++
			}
		})
	}
	t.Logf("%d of %d cases agree with the engine", agree, len(cases))
}

// corpus calls each for every recorded response with the text of its template.
func corpus(t testing.TB, each func(a answer, template []byte)) {
	t.Helper()
	shared := golden.Shared(t)
	err := filepath.WalkDir(filepath.Join(shared, "oracle", "templates"), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		var a answer
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(text, &a); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		template, err := os.ReadFile(filepath.Join(shared, a.Template))
		if err != nil {
			return err
		}
		a.scope(template)
		each(a, template)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestCorpus compares the recorded responses for public templates.
// docs/fidelity.md explains each exception: values of parameters whose names
// imply secrets are not shown.
func TestCorpus(t *testing.T) {
	total, agree, secret := 0, 0, 0
	page, err := os.ReadFile("../../../docs/fidelity.md")
	if err != nil {
		t.Fatal(err)
	}
	fidelity := string(page)
	corpus(t, func(a answer, template []byte) {
		total++
		list, hidden := a.judge(t, a.Template, template)
		switch {
		case len(list) > 0:
			t.Errorf("%s (%s) differs from the engine:\n%s", a.Template, a.Status, strings.Join(list[:min(len(list), 6)], "\n"))
		case hidden > 0:
			secret++
			if _, name, _ := strings.Cut(strings.TrimPrefix(a.Template, "corpus/"), "/"); !strings.Contains(fidelity, "`"+name+"`") {
				t.Errorf("%s: values are hidden, which docs/fidelity.md does not say", a.Template)
			}
		default:
			agree++
		}
	})
	t.Logf("%d of %d templates agree with the engine, %d more but for values of parameters with the name of a secret", agree, total, secret)
}
