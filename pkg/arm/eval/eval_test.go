package eval_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/value"
)

func TestEval(t *testing.T) {
	tests := []struct{ in, want string }{
		// Literals and names.
		{"['it''s']", "'it''s'"},
		{"[-7]", "-7"},
		{"[+5]", "5"},
		{"[PARAMETERS('Count')]", "20"},
		{"[variables('sfx')]", "'blob'"},
		{"[Acme.Twice(acme.TWICE2())]", "! 17-23 function 'acme.TWICE2' is not defined"},
		{"[add(acme.twice(4), acme.twice(1))]", "10"},

		// Properties and indices.
		{"[variables('o').name]", "'web'"},
		{"[variables('O')['NAME']]", "'web'"},
		{"[variables('o')['a b']]", "1"},
		{"[variables('o').list[0]]", "1"},
		{"[createArray(1,2,3)[2]]", "3"},
		{"[createArray(1,2)[if(equals(1,1),1,0)]]", "2"},

		// Lazy functions.
		{"[if(true(), 1, div(1,0))]", "1"},
		{"[if(false(), nosuch(), 2)]", "2"},
		{"[and(false(), div(1,0))]", "false()"},
		{"[or(true(), 'no bool')]", "true()"},
		{"[coalesce(null(), 5, div(1,0))]", "5"},
		{"[coalesce(null())]", "null()"},

		// tryGet returns null for the first key only.
		{"[tryGet(variables('o'), 'zz', 3)]", "null()"},
		{"[tryGet(variables('o'), 'NIL', 'deeper')]", "null()"},
		{"[tryGet(variables('o'), 'list', 0)]", "1"},
		{"[tryGet(variables('o').list, 3)]", "null()"},
		{"[tryGet(variables('o'), 'list', 4)]", "! 32-33 index 4 is out of bounds: indices run from 0 to 0"},
		{"[tryGet(null(), 'a')]", "null()"},
		{"[tryGet(createArray(7), 0)]", "7"},
		{"[tryGet(createArray(7), 1)]", "null()"},
		{"[tryGet(createArray(7), -1)]", "null()"},
		{"[tryGet(createArray('x'), 0, 'y')]", "! 29-32 the string 'x' has no property 'y'"},
		{"[tryGet(variables('o'), reference('x').k)]", "tryGet(createObject('Name', 'web', 'a b', 1, 'nil', null(), 'list', createArray(1)), reference('x').k)"},
		{"[tryGet(createObject('a', reference('x').y), 'a', 'b')]", "tryGet(createObject('a', reference('x').y), 'a', 'b')"},
		{"[tryGet(variables('o'), true())]", "! 24-30 argument 2 of tryGet() must be a string or an int, not the bool true"},

		// Lambdas.
		{"[map(parameters('sizes'), lambda('s', concat('Standard_', lambdaVariables('s'))))]", "createArray('Standard_A1', 'Standard_A2')"},
		{"[map(range(0,2), lambda('x', map(range(0,2), lambda('y', add(mul(lambdaVariables('x'), 10), lambdaVariables('y'))))))]",
			"createArray(createArray(0, 1), createArray(10, 11))"},
		{"[filter(createArray(1,2,3), lambda('x','i', equals(lambdaVariables('i'), 1)))]", "createArray(2)"},
		{"[reduce(createArray(1,2,3), 10, lambda('a','b', add(lambdaVariables('a'), lambdaVariables('b'))))]", "16"},
		{"[map(createArray(reference('x').a, 1), lambda('x', createArray(lambdaVariables('x'))))]", "createArray(createArray(reference('x').a), createArray(1))"},
		{"[map(reference('vm').items, lambda('i', lambdaVariables('i').k))]", "map(reference('/vm/id', '2024-07-01').items, lambda('i', lambdaVariables('i').k))"},
		{"[map(createArray('p'), lambda('o', map(reference('q').l, lambda('i', concat(lambdaVariables('o'), lambdaVariables('i'))))))]",
			"createArray(map(reference('q').l, lambda('i', concat('p', lambdaVariables('i')))))"},
		{"[map(reference('q').l, lambda('i', add(lambdaVariables('i'), copyIndex())))]", "map(reference('q').l, lambda('i', add(lambdaVariables('i'), 3)))"},

		{"[map(createArray('p'), lambda('o', map(reference('q').l, lambda('O', lambdaVariables('o')))))]",
			"createArray(map(reference('q').l, lambda('O', lambdaVariables('o'))))"},
		{"[sort(createArray(3, 1, 2), lambda('a', 'b', less(lambdaVariables('a'), lambdaVariables('b'))))]", "createArray(1, 2, 3)"},

		// Values that are known only at deployment.
		{"[concat('pre-', variables('sfx'), '-', reference('vm').x, '-', add(variables('n'), 1))]", "concat('pre-', 'blob', '-', reference('/vm/id', '2024-07-01').x, '-', 3)"},
		{"[reference('other')['a b'][0].c]", "reference('other')['a b'][0].c"},
		{"[CONCAT('it''s ', reference('other').x)]", "CONCAT('it''s ', reference('other').x)"},
		{"[if(equals(reference('vm').k, 'q'), concat('a','b'), copyIndex())]", "if(equals(reference('/vm/id', '2024-07-01').k, 'q'), concat('a', 'b'), 3)"},
		{"[if(equals(variables('n'),2), reference('vm').yes, reference('vm').no)]", "reference('/vm/id', '2024-07-01').yes"},
		{"[and(true(), equals(1,1), reference('vm').flag)]", "and(true(), true(), reference('/vm/id', '2024-07-01').flag)"},
		{"[and(reference('vm').flag, equals(div(1,0),1))]", "and(reference('/vm/id', '2024-07-01').flag, equals(div(1, 0), 1))"},
		{"[or(equals(1,1), reference('vm').flag)]", "true()"},
		{"[coalesce(null(), reference('vm').x, 'z')]", "coalesce(null(), reference('/vm/id', '2024-07-01').x, 'z')"},
		{"[coalesce('first', reference('vm').x)]", "'first'"},
		{"[coalesce(reference('x').y)]", "reference('x').y"},
		{"[coalesce(null(), null(), reference('x').y)]", "coalesce(null(), null(), reference('x').y)"},
		{"[createArray(true(), null(), -5, reference('x').y)]", "createArray(true(), null(), -5, reference('x').y)"},
		{"[createObject('a', 'static', 'b', reference('x').y).a]", "'static'"},
		{"[createObject('a', 1)[environment().name]]", "createObject('a', 1)[environment().name]"},
		{"[first(createArray('k', reference('x').y))]", "'k'"},
		{"[length(createArray('k', reference('x').y))]", "2"},
		{"[string(createObject('a', reference('x').y))]", "string(createObject('a', reference('x').y))"},
		{"[union(createObject('a', 1), reference('x').y)]", "union(createObject('a', 1), reference('x').y)"},
		{"[variables(concat('os', reference('x').y))]", "variables(concat('os', reference('x').y))"},
		{"[acme.twice(reference('x').n)]", "mul(reference('x').n, 2)"},
		{"[tryGet(reference('x'), 'a', 0)]", "tryGet(reference('x'), 'a', 0)"},
		{"[listSomething('id', '2020-01-01').keys[0]]", "listSomething('id', '2020-01-01').keys[0]"},
		{"[base64(parameters('secret'))]", "base64(parameters('secret'))"},

		// What the template declares of a resource, and what is left to the
		// deployment.
		{"[variables('half').a]", "1"},
		{"[variables('half').b]", "reference('half').b"},
		{"[variables('half')['b'][0]]", "reference('half')['b'][0]"},
		{"[variables('half').a.deeper]", "reference('half').a.deeper"},

		// Mistakes, at the exact range.
		{"[concat('a', variables('o').nam)]", "! 28-31 the object has no property 'nam'; it has Name, a b, nil, list"},
		{"[createObject().x]", "! 16-17 the object is empty and has no property 'x'"},
		{"[variables('sfx').length]", "! 18-24 the string 'blob' has no property 'length'"},
		{"[createArray(1,2)[2]]", "! 18-19 index 2 is out of bounds: indices run from 0 to 1"},
		{"[createArray(1,2)[-1]]", "! 18-20 index -1 is out of bounds: indices run from 0 to 1"},
		{"[createArray()[0]]", "! 15-16 index 0 is out of bounds: the array is empty"},
		{"[createArray(1)['a']]", "! 16-19 an array has no property 'a'"},
		{"[createObject('a',1)[0]]", "! 21-22 an object has no element 0; only arrays are indexed by numbers"},
		{"[createObject('a',1)[true()]]", "! 21-27 an index is an int or the name of a property, not the bool true"},
		{"[parameters('nosuch')]", "! 12-20 parameter 'nosuch' is not defined"},
		{"[concat('a', variables(3))]", "! 23-24 the name in variables() must be a string, not the int 3"},
		{"[concta('a')]", "! 1-7 function 'concta' is not defined"},
		{"[sys.concat('a')]", "! 5-11 function 'sys.concat' is not defined"},
		{"[toLower('a', 'b')]", "! 14-17 toLower() takes 1 argument, not 2"},
		{"[concat(add(1))]", "! 8-11 add() takes 2 arguments, not 1"},
		{"[add(1, length(5))]", "! 15-16 argument 1 of length() must be an array, an object or a string, not the int 5"},
		{"[if('x', 1, 2)]", "! 4-7 the condition of if() must be a bool, not the string 'x'"},
		{"[and(true(), 'x')]", "! 13-16 argument 2 of and() must be a bool, not the string 'x'"},
		{"[acme.twice(1, 2)]", "! 6-11 acme.twice() takes 1 arguments, not 2"},
		{"[acme.twice(acme.twice(4))]", "! 17-22 acme.twice() is in an argument of acme.twice(), which Azure rejects as a reference to itself"},
		{"[lambda('x', 1)]", "! 1-15 lambda() may only be an argument of a function that takes one, such as map() or filter()"},
		{"[map(createArray(1), 2)]", "! 21-22 argument 2 of map() must be written as lambda('name', ...)"},
		{"[map(createArray(1,2), lambda('a','b','c', 1))]", "! 23-45 this lambda declares 3 variables, but the function passes 1 to 2"},
		{"[map(createArray(1), lambda(2, 1))]", "! 28-29 the name of a lambda variable must be written as a string, such as 'item'"},
		{"[map(createArray(1), lambda('i', lambdaVariables('j')))]", "! 49-52 lambda variable 'j' is not defined"},
		{"[map(createArray(1), lambda('i', div(1, 0)))]", "! 40-41 argument 2 of div() must not be 0: 1 cannot be divided by zero"},
		{"[sort(createArray(2, 1), lambda('a', 1))]", "! 25-39 this lambda declares 1 variables, but the function passes 2"},
		{"[null().x]", "! 8-9 null has no property 'x'"},
		{"[replace('" + strings.Repeat("x", 40) + "', 'a', '').x]", "! 62-63 the string '" + strings.Repeat("x", 40) + "' has no property 'x'"},
		{"[replace('" + strings.Repeat("x", 41) + "', 'a', '').x]", "! 63-64 a string of 41 bytes has no property 'x'"},
		{"[concat(parameters('broken'))]", "reported"},

		// Of nested mistakes, the inner one is reported.
		{"[nosuch().a]", "! 1-7 function 'nosuch' is not defined"},
		{"[nosuch()[0]]", "! 1-7 function 'nosuch' is not defined"},
		{"[createArray(1)[nosuch()]]", "! 16-22 function 'nosuch' is not defined"},
		{"[tryGet(nosuch(), 'a')]", "! 8-14 function 'nosuch' is not defined"},
		{"[if(nosuch(), 1, 2)]", "! 4-10 function 'nosuch' is not defined"},
		{"[and(nosuch(), true())]", "! 5-11 function 'nosuch' is not defined"},
		{"[coalesce(nosuch(), 1)]", "! 10-16 function 'nosuch' is not defined"},
		{"[parameters(nosuch())]", "! 12-18 function 'nosuch' is not defined"},
		{"[map(createArray(1), lambda('i', lambdaVariables(nosuch())))]", "! 49-55 function 'nosuch' is not defined"},
		{"[listKeys(nosuch(), '2020-01-01')]", "! 10-16 function 'nosuch' is not defined"},
		{"[acme.twice(nosuch())]", "! 12-18 function 'nosuch' is not defined"},
		{"[listSomething(nosuch(), '2020-01-01')]", "! 15-21 function 'nosuch' is not defined"},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, outcome(tt.in, template)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// outcome returns the value as an expression, or "! start-end summary".
func outcome(text string, scope eval.Scope) string {
	p, err := evaluate(text, scope)
	var e *eval.Error
	switch {
	case errors.Is(err, eval.ErrReported):
		return "reported"
	case errors.As(err, &e):
		return fmt.Sprintf("! %d-%d %s", e.At.Start, e.At.End, e.Summary)
	case err != nil:
		return "not an *eval.Error: " + err.Error()
	}
	return value.Expression(p.Value)
}

// TestDetails checks the suggestions.
func TestDetails(t *testing.T) {
	tests := []struct{ in, want string }{
		{"[createObject('name', 1).nam]", "Did you mean 'name'? Use tryGet() for a property that may be absent."},
		{"[createObject('name', 1).other]", ""},
		{"[createArray(1, 2)[-1]]", "Use indexFromEnd(array, 1) to count from the end."},
		{"[createArray(1, 2)[2]]", ""},
		{"[createArray(1, 2)[-2147483648]]", ""}, // indexFromEnd() does not accept it
		{"[map(createArray(1), lambda('index', lambdaVariables('indx')))]", "Did you mean 'index'?"},
		{"[map(createArray(1), lambda('outer', map(createArray(1), lambda('i', lambdaVariables('outr')))))]", "Did you mean 'outer'?"},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			_, err := evaluate(tt.in, template)
			var e *eval.Error
			if !errors.As(err, &e) || e.Detail != tt.want {
				t.Errorf("%v with the detail %q, want %q", err, e.Detail, tt.want)
			}
		})
	}
}

// TestMissingNames wants the message about a missing property to list the first
// existing ones.
func TestMissingNames(t *testing.T) {
	var members []string
	for _, name := range strings.Fields("a b c d e f g h i j k l m") {
		members = append(members, "'"+name+"', 1")
	}
	for n, want := range map[int]string{12: "a, b, c, d, e, f, g, h, i, j, k, l", 13: "a, b, c, d, e, f, g, h, i, j, k, l, ..."} {
		_, err := evaluate("[createObject("+strings.Join(members[:n], ", ")+").zz]", template)
		if err == nil || !strings.HasSuffix(err.Error(), "; it has "+want) {
			t.Errorf("%d members: %v, want %s", n, err, want)
		}
	}
}

// TestEvalUnknown wants an unknown value to have a reason, and to be secret if
// any part of it is.
func TestEvalUnknown(t *testing.T) {
	later := "reference() is answered only at deployment"
	tests := []struct {
		in     string
		reason string
		secret bool
	}{
		{"[concat('a', string(createArray(1, parameters('secret'))))]", "secure", true},
		{"[string(createObject('k', parameters('secret')))]", "secure", true},
		{"[concat(parameters('secret'), reference('x').y)]", "secure", true},
		{"[concat(reference('x').y, parameters('secret'))]", later, true},
		{"[concat(reference('x').y, 'a')]", later, false},
		{"[if(equals(parameters('secret'), 'a'), 1, 2)]", "secure", true},
	}
	for _, tt := range tests {
		p, err := evaluate(tt.in, template)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := p.Value.(value.Unknown)
		if !ok || got.Reason != tt.reason || got.Secret != tt.secret {
			t.Errorf("%s: %#v, want an unknown because of %q, secret %v", tt.in, p.Value, tt.reason, tt.secret)
		}
	}
}

// TestEvalBounded wants evaluations that would take forever or exhaust the
// memory to end with an error that names the limit.
func TestEvalBounded(t *testing.T) {
	doubled := "'xxxxxxxx'"
	for range 30 {
		doubled = "first(map(createArray(" + doubled + "), lambda('x', concat(lambdaVariables('x'), lambdaVariables('x')))))"
	}
	tests := []struct{ name, in, want string }{
		{"text that doubles", "[" + doubled + "]", "4 MB"},
		{"nested loops", "[map(range(0,1000), lambda('a', map(range(0,1000), lambda('b', map(range(0,1000), lambda('c', add(lambdaVariables('a'), 1)))))))]", "limit"},
		{"large text looked at again and again", "[map(createArray(string(range(0,1000))), lambda('t', map(range(0,1000), lambda('a', map(range(0,1000), lambda('b', " +
			"contains(lambdaVariables('t'), 'x')))))))]", "limit"},
		{"wide text", "[padLeft('x', 2147483647)]", "padLeft"},
		{"array that doubles", "[reduce(range(0,40), createArray(1), lambda('a','i', createArray(lambdaVariables('a'), lambdaVariables('a'))))]", "4 MB"},
		{"text that multiplies", "[reduce(range(0,40), 'aaaaaaaaaaaaaaaa', lambda('a','i', replace(lambdaVariables('a'), 'a', lambdaVariables('a'))))]", "limit"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := evaluate(tt.in, template); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error = %v, want one with %q", err, tt.want)
			}
		})
	}
}
