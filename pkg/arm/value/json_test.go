package value_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm/value"
)

// TestParseJSON parses a text and prints it again, as JSON and as expression.
func TestParseJSON(t *testing.T) {
	for _, c := range []struct{ in, json, expression string }{
		{`null`, `null`, `null()`},
		{` TRUE `, `true`, `true()`},
		{`-12`, `-12`, `-12`},
		{`-0`, `0`, `0`},
		{`-0.0`, `-0.0`, `json('-0.0')`},
		{`1.50`, `1.5`, `json('1.5')`},
		{`1e2`, `100.0`, `json('100.0')`},
		{`1e-7`, `1E-07`, `json('1E-07')`},
		{`0.00001`, `1E-05`, `json('1E-05')`},
		{`0.0001`, `0.0001`, `json('0.0001')`},
		{`1e15`, `1E+15`, `json('1E+15')`},
		{`123456789012345.0`, `123456789012345.0`, `json('123456789012345.0')`},
		{`12345678901234567890`, `12345678901234567890`, `json('12345678901234567890')`},
		{`0x1F`, `31`, `31`},
		{`017`, `15`, `15`},
		{`NaN`, `"NaN"`, `'NaN'`},
		{`"it's \u00e9\ud83d\ude00\/\n"`, `"it's é😀/\n"`, "'it''s é😀/\n'"},
		{`'a"b'`, `"a\"b"`, `'a"b'`},
		{"'\u2028\\u0001'", `"\u2028\u0001"`, "'\u2028\u0001'"},
		{`[1, [], /* two */ 'x', ] // end`, `[1,[],"x"]`, `createArray(1, createArray(), 'x')`},
		{"\ufeff{a: 1, 'b': {}, \"c\": null, A: 2, a: 3}", `{"a":3,"b":{},"c":null,"A":2}`, `createObject('a', 3, 'b', createObject(), 'c', null(), 'A', 2)`},
	} {
		v, err := value.ParseJSON(c.in)
		if err != nil {
			t.Errorf("%s: %v", c.in, err)
			continue
		}
		if diff := cmp.Diff([]string{c.json, c.expression}, []string{value.JSON(v), value.Expression(v)}); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.in, diff)
		}
	}
}

func TestParseJSONErrors(t *testing.T) {
	for in, want := range map[string]string{
		``:                "at character 1: expected a value, found end of text",
		`{bad`:            "at character 5: expected ':' after \"bad\", found end of text",
		`{"a":1 "b":2}`:   "at character 8: expected ',' or '}', found '\"'",
		`[1`:              "at character 3: expected ',' or ']', found end of text",
		`1 2`:             "at character 3: unexpected '2' after the value",
		`"é`:              "at character 3: the string has no closing \"",
		`"\x"`:            "at character 3: unknown escape \\'x'",
		`"\u12"`:          `at character 4: \u needs four hexadecimal digits`,
		`10.0.0.0`:        `at character 1: "10.0.0.0" is not a number`,
		`08`:              `at character 3: "08" is not a number`,
		`{,}`:             "at character 2: expected a name, found ','",
		`[}`:              "at character 2: expected a value, found '}'",
		`/* open`:         "at character 1: expected a value, found '/'",
		`yes`:             "at character 1: expected a value, found 'y'",
		deep(600):         "at character 514: nested deeper than 512",
		`[` + deep(600):   "at character 514: nested deeper than 512",
		"[1,2,3]]":        "at character 8: unexpected ']' after the value",
		`{"a" 1}`:         "at character 6: expected ':' after \"a\", found '1'",
		`"\`:              "at character 3: unknown escape \\end of text",
		`+1`:              `at character 1: "+1" is not a number`,
		`1e400`:           `at character 1: "1e400" is not a number`,
		`{"a":}`:          "at character 6: expected a value, found '}'",
		"[\"a\", \"b\" x": "at character 11: expected ',' or ']', found 'x'",
	} {
		v, err := value.ParseJSON(in)
		got := ""
		if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%.40s: got %v, %q, want %q", in, v, got, want)
		}
	}
}

func deep(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }

func TestJSONSingleQuoted(t *testing.T) {
	v := value.NewObject(value.Member{Name: "it's", Value: value.Array{value.String(`"`), value.Bool(true), value.Unknown{Residual: "f('x')"}}})
	if diff := cmp.Diff(`{'it\'s':['"',true,'[f(\'x\')]']}`, value.JSONSingleQuoted(v)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(`{"it's":["\"",true,"[f('x')]"]}`, value.JSON(v)); diff != "" {
		t.Error(diff)
	}
}

func TestEqual(t *testing.T) {
	later := value.Unknown{Residual: "f()"}
	parse := func(s string) value.Value {
		v, err := value.ParseJSON(s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct {
		a, b         value.Value
		equal, known bool
	}{
		{parse(`1`), parse(`1`), true, true},
		{parse(`1`), parse(`1.0`), false, true},
		{parse(`1.50`), parse(`1.5`), true, true},
		{parse(`12345678901234567890`), parse(`12345678901234567891`), false, true},
		{parse(`null`), value.Null{}, true, true},
		{parse(`"a"`), parse(`"A"`), false, true},
		{parse(`[1,[2]]`), parse(`[1,[2]]`), true, true},
		{parse(`[1,2]`), parse(`[2,1]`), false, true},
		{parse(`[1]`), parse(`1`), false, true},
		{parse(`1`), parse(`[1]`), false, true},
		{parse(`{"a":1,"b":2}`), parse(`{"b":2,"a":1}`), true, true},
		{parse(`{"a":1}`), parse(`{"A":1}`), false, true},
		{parse(`{"a":1}`), parse(`{"b":1}`), false, true},
		{later, later, false, false},
		{value.Array{later, value.Int(1)}, value.Array{later, value.Int(1)}, false, false},
		{value.Array{later, value.Int(1)}, value.Array{later, value.Int(2)}, false, true},
		{value.Array{later}, value.Array{}, false, true},
	} {
		equal, known := value.Equal(c.a, c.b)
		if equal != c.equal || known != c.known {
			t.Errorf("Equal(%s, %s) = %v, %v", value.JSON(c.a), value.JSON(c.b), equal, known)
		}
	}
}

func TestKindName(t *testing.T) {
	for in, want := range map[string]string{`1`: "int", `99999999999999999999`: "int", `1.5`: "float", `"x"`: "string", `[]`: "array", `{}`: "object", `true`: "bool", `null`: "null"} {
		v, err := value.ParseJSON(in)
		if got := value.KindName(v); err != nil || got != want {
			t.Errorf("%s is %s, want %s", in, got, want)
		}
	}
}

// FuzzParseJSON checks that parsing the printed form gives the same value.
func FuzzParseJSON(f *testing.F) {
	for _, s := range []string{`{"a":[1,2.5,null,true,"x\n"],}`, `{a:'b'} // c`, `1e400`, `-0.0`, `"\ud800"`, `0x`, `[[[`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, err := value.ParseJSON(text)
		if err != nil || !value.IsKnown(v) {
			return
		}
		again, err := value.ParseJSON(value.JSON(v))
		if err != nil {
			t.Fatalf("%q is not read back: %v", value.JSON(v), err)
		}
		if eq, _ := value.Equal(v, again); !eq {
			t.Errorf("%s became %s", value.JSON(v), value.JSON(again))
		}
	})
}

func BenchmarkParseJSON(b *testing.B) {
	const text = `{"sku":{"name":"Standard_A1","capacity":10},"zones":["1","2","3"],"properties":{"overprovision":true,"ratio":1.5}}`
	b.ReportAllocs()
	for b.Loop() {
		if _, err := value.ParseJSON(text); err != nil {
			b.Fatal(err)
		}
	}
}
