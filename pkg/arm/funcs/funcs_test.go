package funcs_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A functionCase is an expression with its value as JSON text, or with the
// complete message of its error.
type functionCase struct{ in, want, err string }

// elsewhere are the functions without an Answer in the table: they depend on
// the template.
var elsewhere = []string{
	"copyIndex", "lambda", "lambdaVariables", "parameters", "reference", "references", "resourceInfo", "variables",
}

func TestAnswers(t *testing.T) {
	for _, f := range funcs.All() {
		t.Run(f.Name, func(t *testing.T) {
			cases := functionCases[f.Name]
			if f.Answer == nil {
				if !slices.Contains(elsewhere, f.Name) || len(cases) > 0 {
					t.Fatal("a function without an answer belongs to the list of those answered elsewhere")
				}
				return
			}
			if len(cases) == 0 {
				t.Fatal("no case for this function")
			}
			for _, c := range cases {
				checkCase(t, c)
			}
		})
	}
}

func checkCase(t *testing.T, c functionCase) {
	t.Helper()
	node, list := expr.Parse("["+c.in+"]", source.Map{})
	if len(list) > 0 {
		t.Fatalf("%s: %v", c.in, list)
	}
	got := functionCase{in: c.in}
	v, err := evaluateAll(node)
	if c, ok := node.(*expr.Call); ok && err == nil {
		checkResult(t, c.Name, v)
	}
	if err != nil {
		got.err = err.Error()
	} else {
		got.want = value.JSON(v)
	}
	if diff := cmp.Diff(c, got, cmp.AllowUnexported(functionCase{})); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// checkResult compares the type of a result with the table.
func checkResult(t *testing.T, name string, v value.Value) {
	t.Helper()
	if f, ok := funcs.Lookup(name); ok && f.Result != "" && f.Result != "same" && f.Result != value.KindName(v) {
		t.Errorf("%s() gives %s, and the table says %s", name, value.KindName(v), f.Result)
	}
}

// evaluateAll also calls functions that are allowed in some places only.
func evaluateAll(n expr.Node) (value.Value, error) {
	if c, ok := n.(*expr.Call); ok {
		if f, ok := funcs.Lookup(c.Name); ok && f.Where != 0 {
			return f.Apply(&funcs.Call{Context: world})
		}
	}
	return evaluate(n, nil)
}

func TestEntries(t *testing.T) {
	var names []string
	for _, f := range funcs.All() {
		names = append(names, strings.ToLower(f.Name))
		if !strings.HasSuffix(f.Doc, ".") || !strings.HasPrefix(f.Source, "https://learn.microsoft.com/") && !strings.HasPrefix(f.Source, "https://github.com/Azure/bicep/") {
			t.Errorf("%s: Doc %q or Source %q is incomplete", f.Name, f.Doc, f.Source)
		}
		if f.Min > len(f.Params) || f.Variadic && len(f.Params) == 0 {
			t.Errorf("%s: Min %d and %d Params do not fit together", f.Name, f.Min, len(f.Params))
		}
		for _, p := range f.Params {
			if p.Name == "" || p.Type == "" || (p.Type == "lambda") != (p.Vars[1] > 0) {
				t.Errorf("%s: parameter %+v is incomplete", f.Name, p)
			}
		}
	}
	if !slices.IsSorted(names) || len(slices.Compact(names)) != len(funcs.All()) {
		t.Error("the names are not sorted, or not unique")
	}
}

func TestLookup(t *testing.T) {
	for _, name := range []string{"concat", "CONCAT", "Concat", "uniquestring", "zzz", "", "xor"} {
		f, ok := funcs.Lookup(name)
		want := name == "" || name == "zzz" || name == "xor"
		if ok == want || ok && !strings.EqualFold(f.Name, name) {
			t.Errorf("Lookup(%q) = %v, %v", name, f, ok)
		}
	}
}

func TestNearest(t *testing.T) {
	for name, want := range map[string]string{
		"concta": "concat", "TOLOWERCASE": "toLower", "uniqeString": "uniqueString", "resourceid": "resourceId", "frobnicate": "",
	} {
		if got := funcs.Nearest(name); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestCheckCount(t *testing.T) {
	for _, c := range []struct {
		name string
		n    int
		want string
	}{
		{"null", 1, "null() takes no arguments, not 1"},
		{"toLower", 2, "toLower() takes 1 argument, not 2"},
		{"substring", 1, "substring() takes 2 to 3 arguments, not 1"},
		{"concat", 0, "concat() takes at least 1 argument, not 0"},
		{"concat", 9, ""},
		{"substring", 3, ""},
	} {
		f, _ := funcs.Lookup(c.name)
		got := ""
		if err := f.CheckCount(c.n); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

// TestZeroContext checks the results when no fact about the deployment is
// known.
func TestZeroContext(t *testing.T) {
	for _, f := range funcs.All() {
		if f.Answer == nil || f.Min > 0 {
			continue
		}
		if _, err := f.Apply(new(funcs.Call)); err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
	f, _ := funcs.Lookup("resourceId")
	v, err := f.Apply(&funcs.Call{Args: []value.Value{value.String("A/b"), value.String("it's")}})
	want := value.Unknown{Residual: "resourceId('A/b', 'it''s')", Reason: "resourceId() is answered only at deployment", Kind: "string"}
	if diff := cmp.Diff(value.Value(want), v); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

// TestScopes checks the functions that depend on the scope of the deployment.
func TestScopes(t *testing.T) {
	sub := &funcs.Context{SubscriptionID: "11111111-2222-3333-4444-555555555555"}
	group := &funcs.Context{ManagementGroup: "mg"}
	for _, c := range []struct {
		name string
		ctx  *funcs.Context
		args []value.Value
		want string
	}{
		{"resourceGroup", sub, nil, "resourceGroup() needs a deployment to a resource group, and this one has none"},
		{"subscription", group, nil, "subscription() needs a deployment to a subscription or a resource group"},
		{"managementGroup", sub, nil, "managementGroup() needs a deployment to a management group"},
		{"managementGroup", group, nil, `{"id":"/providers/Microsoft.Management/managementGroups/mg","name":"mg","properties":"[managementGroup().properties]","type":"/providers/Microsoft.Management/managementGroups"}`},
		{"resourceId", sub, []value.Value{value.String("A/b"), value.String("c")}, `"/subscriptions/11111111-2222-3333-4444-555555555555/providers/A/b/c"`},
		{"managementGroupResourceId", group, []value.Value{value.String("A/b/c"), value.String("d"), value.String("e")}, `"/providers/Microsoft.Management/managementGroups/mg/providers/A/b/d/c/e"`},
	} {
		f, _ := funcs.Lookup(c.name)
		got := ""
		if v, err := f.Apply(&funcs.Call{Context: c.ctx, Args: c.args}); err != nil {
			got = err.Error()
		} else {
			got = value.JSON(v)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.name, diff)
		}
	}
}

// TestUnknownParts calls functions with objects and arrays that contain unknown
// parts.
func TestUnknownParts(t *testing.T) {
	later := value.Unknown{Residual: "reference('x').y", Reason: "reference() is answered only at deployment"}
	object := value.NewObject(value.Member{Name: "a", Value: value.Int(1)}, value.Member{Name: "b", Value: later})
	list := value.Array{value.Int(1), later}
	for _, c := range []struct {
		name string
		args []value.Value
		want string
	}{
		{"length", []value.Value{list}, "2"},
		{"first", []value.Value{list}, "1"},
		{"last", []value.Value{list}, `"[reference('x').y]"`},
		{"contains", []value.Value{list, value.Int(1)}, "true"},
		{"contains", []value.Value{list, value.Int(2)}, "?"},
		{"contains", []value.Value{object, value.String("B")}, "true"},
		{"equals", []value.Value{object, value.NewObject()}, "false"},
		{"equals", []value.Value{object, object}, "?"},
		{"string", []value.Value{object}, "?"},
		{"join", []value.Value{list, value.String(",")}, "?"},
		{"format", []value.Value{value.String("{0}"), object}, "?"},
		{"max", []value.Value{list}, "?"},
		{"union", []value.Value{list, list}, "?"},
		{"intersection", []value.Value{object, object}, "?"},
		{"items", []value.Value{object}, `[{"key":"a","value":1},{"key":"b","value":"[reference('x').y]"}]`},
		{"union", []value.Value{object, value.NewObject(value.Member{Name: "B", Value: value.Int(2)})}, `{"a":1,"b":2}`},
		{"union", []value.Value{value.NewObject(value.Member{Name: "b", Value: value.Int(2)}), object},
			`{"b":"[if(equals(reference('x').y, null()), 2, reference('x').y)]","a":1}`},
		{"tryGet", []value.Value{object, value.String("b"), value.String("c")}, "?"},
		{"flatten", []value.Value{value.Array{later}}, "?"},
		{"shallowMerge", []value.Value{value.Array{later}}, "?"},
		{"split", []value.Value{value.String("a"), value.Array{later}}, "?"},
		{"dataUri", []value.Value{list}, "?"},
		{"lastIndexOf", []value.Value{list, value.Int(1)}, "?"},
	} {
		f, _ := funcs.Lookup(c.name)
		got := "?"
		if v, err := f.Apply(&funcs.Call{Args: c.args}); err == nil {
			got = value.JSON(v)
		} else if err != funcs.ErrUnknown {
			got = err.Error()
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.name, diff)
		}
	}
}
