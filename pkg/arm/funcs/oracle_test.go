package funcs_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// An answer is one recorded expression with the response of the deployment
// service.
type answer struct {
	Expression string          `json:"expression"`
	Value      json.RawMessage `json:"value"`
	Error      json.RawMessage `json:"error"`
	Unknown    string          `json:"unknown"`
}

// TestRecorded compares every recorded expression of known functions with the
// response of the deployment service. Expressions that need the evaluator are
// skipped here.
func TestRecorded(t *testing.T) {
	file, err := os.Open("../eval/testdata/functions.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	seen, failed := 0, 0
	for lines.Scan() {
		var a answer
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		seen++
		if err := check(a); err != nil && !errors.Is(err, errSkip) {
			failed++
			t.Errorf("%s: %v", a.Expression, err)
		}
	}
	if err := lines.Err(); err != nil || seen == 0 {
		t.Fatalf("%d answers read: %v", seen, err)
	}
	t.Logf("%d of %d", seen-failed, seen)
}

var errSkip = errors.New("not a matter of this package")

func check(a answer) error {
	if !expr.IsExpression(a.Expression) {
		return errSkip
	}
	node, list := expr.Parse(a.Expression, source.Map{})
	if len(list) > 0 {
		return errSkip
	}
	got, err := evaluate(node, nil)
	if c, ok := node.(*expr.Call); ok && err == nil {
		if f, ok := funcs.Lookup(c.Name); ok && f.Result != "" && f.Result != "same" && f.Result != value.KindName(got) {
			return fmt.Errorf("gives %s, and the table says %s", value.KindName(got), f.Result)
		}
	}
	switch {
	case errors.Is(err, errSkip):
		return err
	case a.Error != nil:
		if err == nil && !halfCharacter(got) {
			return fmt.Errorf("got %s, want the error %s", value.JSON(got), a.Error)
		}
		return nil
	case a.Unknown != "":
		if err == nil && value.IsKnown(got) {
			return fmt.Errorf("got %s, want %s", value.JSON(got), a.Unknown)
		}
		if left := "[createObject('v', " + value.Expression(got) + ")]"; err == nil && left != a.Unknown {
			return fmt.Errorf("got %s, want %s", left, a.Unknown)
		}
		if err != nil && !errors.Is(err, funcs.ErrUnknown) {
			return err
		}
		return nil
	case err != nil:
		return fmt.Errorf("got error %q, want %s", err, a.Value)
	}
	want, err := value.ParseJSON(string(a.Value))
	if err != nil {
		return err
	}
	if eq, known := value.Equal(got, want); !eq || !known {
		return fmt.Errorf("got %s, want %s", value.JSON(got), value.JSON(want))
	}
	return nil
}

func halfCharacter(v value.Value) bool { return strings.Contains(value.JSON(v), "\ufffd") }

var world = &funcs.Context{
	TenantID:       "99999999-8888-7777-6666-555555555555",
	SubscriptionID: "11111111-2222-3333-4444-555555555555",
	ResourceGroup:  "oracle-rg",
	Location:       "westus2",
	DeploymentName: "oracle",
}

// evaluate is a minimal evaluator that can call functions.
func evaluate(n expr.Node, vars map[string]value.Value) (value.Value, error) {
	switch n := n.(type) {
	case *expr.String:
		return value.String(n.Value), nil
	case *expr.Int:
		i, err := strconv.ParseInt(n.Text, 10, 64)
		return value.Int(i), err
	case *expr.Property:
		return access(n.Target, value.String(n.Name), vars)
	case *expr.Index:
		key, err := evaluate(n.Key, vars)
		if err != nil {
			return nil, err
		}
		return access(n.Target, key, vars)
	case *expr.Call:
		return call(n, vars)
	}
	return nil, errSkip
}

func access(target expr.Node, key value.Value, vars map[string]value.Value) (value.Value, error) {
	v, err := evaluate(target, vars)
	if err != nil {
		return nil, err
	}
	switch v := v.(type) {
	case value.Unknown:
		v.Residual += "." + value.JSON(key)[1:len(value.JSON(key))-1]
		return v, nil
	case *value.Object:
		if s, ok := key.(value.String); ok {
			if m, ok := v.Get(string(s)); ok {
				return m, nil
			}
		}
	case value.Array:
		if i, ok := key.(value.Int); ok && i >= 0 && int(i) < len(v) {
			return v[i], nil
		}
	}
	return nil, fmt.Errorf("no %s", value.JSON(key))
}

func call(n *expr.Call, vars map[string]value.Value) (value.Value, error) {
	if strings.EqualFold(n.Name, "lambdaVariables") {
		if v, ok := vars[n.Args[0].(*expr.String).Value]; ok {
			return v, nil
		}
		return nil, errors.New("no such variable")
	}
	f, ok := funcs.Lookup(n.Name)
	switch {
	case !ok && strings.HasPrefix(n.Name, "list"):
		return nil, errSkip
	case !ok:
		return nil, fmt.Errorf("no function %s", n.Name)
	case f.Answer == nil || f.Where != 0 || f.Name == "deployment":
		return nil, errSkip // answered by a scope, which has the template
	}
	c := &funcs.Call{Context: world, Args: make([]value.Value, len(n.Args)), Lambdas: make([]funcs.Lambda, len(n.Args))}
	for i, arg := range n.Args {
		if l, ok := arg.(*expr.Call); ok && l.Name == "lambda" {
			c.Args[i], c.Lambdas[i] = value.Null{}, lambdaOf(l, vars)
			continue
		}
		v, err := evaluate(arg, vars)
		if err != nil {
			if lazy(f.Name) {
				return nil, errSkip
			}
			return nil, err
		}
		c.Args[i] = v
	}
	return f.Apply(c)
}

func lazy(name string) bool {
	switch name {
	case "if", "and", "or", "coalesce":
		return true
	}
	return false
}

func lambdaOf(n *expr.Call, outer map[string]value.Value) funcs.Lambda {
	return func(args ...value.Value) (value.Value, error) {
		vars := map[string]value.Value{}
		for k, v := range outer {
			vars[k] = v
		}
		for i := range min(len(args), len(n.Args)-1) {
			vars[n.Args[i].(*expr.String).Value] = args[i]
		}
		return evaluate(n.Args[len(n.Args)-1], vars)
	}
}
