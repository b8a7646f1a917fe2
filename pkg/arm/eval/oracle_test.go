package eval_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// recorded is the context in which the deployment service gave the responses of
// testdata/functions.jsonl.
var recorded = &funcs.Context{
	TenantID:       "99999999-8888-7777-6666-555555555555",
	SubscriptionID: "11111111-2222-3333-4444-555555555555",
	ResourceGroup:  "oracle-rg",
	Location:       "westus2",
	DeploymentName: "oracle",
}

// An emptyTemplate is the scope of the recorded responses: an empty template,
// of which deployment() returns the contentVersion.
type emptyTemplate struct{ eval.Bare }

func (s emptyTemplate) Special(_ *expr.Call, f *funcs.Func, _ []eval.Placed) (eval.Placed, bool, error) {
	if f == nil || f.Name != "deployment" {
		return eval.Placed{}, false, nil
	}
	template := object("contentVersion", value.String("1.0.0.0"))
	v := object("name", value.String(s.World.DeploymentName), "properties", object("template", template))
	return eval.Placed{Value: v}, true, nil
}

// An answer is the response of the deployment service for one expression: a
// value, an error, or the remainder of createObject('v', EXPRESSION).
type answer struct {
	Expression string           `json:"expression"`
	Value      *json.RawMessage `json:"value"`
	Error      bool             `json:"error"`
	Unknown    string           `json:"unknown"`
}

func answers(t *testing.T) []answer {
	t.Helper()
	f, err := os.Open("testdata/functions.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []answer
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var a answer
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatalf("line %d: %v", len(all)+1, err)
		}
		if !a.Error && a.Unknown == "" && a.Value == nil {
			null := json.RawMessage("null")
			a.Value = &null
		}
		all = append(all, a)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestEngineAnswers compares every recorded response.
func TestEngineAnswers(t *testing.T) {
	all := answers(t)
	agree := 0
	for _, a := range all {
		if diff := compare(a); diff != "" {
			t.Errorf("%s\n  %s", a.Expression, diff)
			continue
		}
		agree++
	}
	t.Logf("%d of %d answers agree", agree, len(all))
	if agree != len(all) || len(all) < 2785 {
		t.Errorf("%d of %d answers agree, want all of at least 2785", agree, len(all))
	}
}

// compare describes how our result differs, or returns "".
func compare(a answer) string {
	v, err := evaluate(a.Expression, emptyTemplate{eval.Bare{World: recorded, At: funcs.InOutput}})
	switch {
	case a.Error && err == nil:
		return "want an error, got " + value.Expression(v.Value)
	case a.Error:
		return ""
	case err != nil:
		return "unexpected error: " + err.Error()
	case a.Unknown != "":
		got := "[" + value.Expression(value.NewObject(value.Member{Name: "v", Value: v.Value})) + "]"
		if got != a.Unknown || value.IsKnown(v.Value) {
			return "want " + a.Unknown + "\n  got  " + got
		}
		return ""
	case !value.IsKnown(v.Value):
		return "want a known value, got " + value.Expression(v.Value)
	}
	if got := value.JSON(v.Value); !sameJSON(got, string(*a.Value)) {
		return "want " + string(*a.Value) + "\n  got  " + got
	}
	return ""
}

// evaluate parses and evaluates a text as it is in a JSON string.
func evaluate(text string, scope eval.Scope) (eval.Placed, error) {
	if !expr.IsExpression(text) {
		return eval.Placed{Value: value.String(expr.Unescape(text))}, nil
	}
	f := source.NewFile("test.json", []byte(text))
	n, diags := expr.Parse(text, source.NewMap(f, 0).Map(len(text), len(text)))
	if len(diags) > 0 {
		return eval.Placed{}, &eval.Error{Code: diags[0].Code, At: diags[0].Subject, Summary: diags[0].Summary}
	}
	return eval.Eval(n, scope)
}

// sameJSON compares two documents; 1 and 1.0 are equal, names are
// case-sensitive.
func sameJSON(a, b string) bool {
	x, errX := decode(a)
	y, errY := decode(b)
	return errX == nil && errY == nil && reflect.DeepEqual(x, y)
}

func decode(text string) (v any, err error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	err = d.Decode(&v)
	return normal(v), err
}

// normal replaces numbers by their integer or float value.
func normal(v any) any {
	switch v := v.(type) {
	case json.Number:
		if i, err := v.Int64(); err == nil {
			return i
		}
		f, err := v.Float64()
		if err != nil {
			return v.String()
		}
		if f == float64(int64(f)) && f < 1<<53 && f > -1<<53 {
			return int64(f)
		}
		return fmt.Sprint(f)
	case []any:
		for i := range v {
			v[i] = normal(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = normal(v[k])
		}
	}
	return v
}
