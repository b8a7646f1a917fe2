package funcs_test

import (
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/value"
)

// apply calls a function with values.
func apply(t testing.TB, name string, args ...value.Value) (value.Value, error) {
	f, ok := funcs.Lookup(name)
	if !ok {
		t.Fatal("no function ", name)
	}
	return f.Apply(&funcs.Call{Context: world, Args: args})
}

// TestNumberFormats has the examples of .NET's documentation.
//
// https://learn.microsoft.com/dotnet/standard/base-types/custom-numeric-format-strings
func TestNumberFormats(t *testing.T) {
	number := func(s string) value.Value {
		v, err := value.ParseJSON(s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct{ number, format, want string }{
		{"5", "D3", "005"},
		{"-5", "d3", "-005"},
		{"-1", "X", "FFFFFFFFFFFFFFFF"},
		{"255", "x4", "00ff"},
		{"5", "b", "101"},
		{"1234567", "N", "1,234,567.00"},
		{"-1234.5", "N1", "-1,234.5"},
		{"0.5", "N0", "0"},
		{"1.5", "F0", "2"},
		{"-0.4", "F0", "-0"},
		{"1234.567", "C", "¤1,234.57"},
		{"-2", "C0", "(¤2)"},
		{"0.12345", "P", "12.35 %"},
		{"12345.6789", "E", "1.234568E+004"},
		{"12345.6789", "e3", "1.235e+004"},
		{"0", "E1", "0.0E+000"},
		{"0.00012", "G", "0.00012"},
		{"0.000012", "G", "1.2E-05"},
		{"0.000012", "g", "1.2e-05"},
		{"1234567", "G3", "1.23E+06"},
		{"123.456", "G4", "123.5"},
		{"1.5", "R", "1.5"},
		{"123", "00000", "00123"},
		{"1.2", "0.00", "1.20"},
		{"123.456", "0.0", "123.5"},
		{"1234567890", "0,0", "1,234,567,890"},
		{"1234567890", "#,,", "1235"},
		{"1234567890", "#,##0,,", "1,235"},
		{"1234567890", "(###) ###-####", "(123) 456-7890"},
		{"0.086", "#0.##%", "8.6%"},
		{"0.00354", "0.00‰", "3.54‰"},
		{"86000", "0.###E+0", "8.6E+4"},
		{"86000", "0.###E+000", "8.6E+004"},
		{"86000", "0.###E-000", "8.6E004"},
		{"0.0086", "00.0e0", "86.0e-4"},
		{"1234", "##;(##)", "1234"},
		{"-1234", "##;(##)", "(1234)"},
		{"0", "##;(##);**Zero**", "**Zero**"},
		{"-1", "0,,;neg;zero", "neg"},
		{"1", "0,,;neg;zero", "zero"},
		{"-5", "0;;z", "-5"},
		{"0.045", "#.##", ".05"},
		{"0", "#.##", ""},
		{"5", ".00", "5.00"},
		{"42", "[##-##-##]", "[--42]"},
		{"123456", "[##-##-##]", "[12-34-56]"},
		{"68", "# 'degrees'", "68 degrees"},
		{"123.8", `#,##0.0K`, "123.8K"},
		{"3", `\#0\;`, "#3;"},
		{"12345678901234567890", "N0", "12,345,678,901,234,567,890"},
		{"1", "0.0.0", "1.00"},
		{"-0.4", "0", "-0"},
		{"12", "E", "1.200000E+001"},
		{"7", "yyyy", "yyyy"},
	} {
		v, err := apply(t, "format", value.String("{0:"+c.format+"}"), number(c.number))
		if got := value.Value(value.String(c.want)); err != nil || v != got {
			t.Errorf("%s with %q: got %v (%v), want %q", c.number, c.format, v, err, c.want)
		}
	}
}

// TestLimits wants an error for results that would be too large.
func TestLimits(t *testing.T) {
	long := value.String(strings.Repeat("x", 3<<20))
	many := make(value.Array, 60_000)
	for i := range many {
		many[i] = value.Int(i)
	}
	words := make(value.Array, len(many))
	for i := range words {
		words[i] = value.String("y")
	}
	for _, c := range []struct {
		name, want string
		args       []value.Value
	}{
		{"concat", "the text would be 6291456 bytes long, the limit is 4194304", []value.Value{long, long}},
		{"concat", "the array would have 120000 elements, the limit is 100000", []value.Value{many, many}},
		{"join", "the text would be 188743968890 bytes long, the limit is 4194304", []value.Value{many, long}},
		{"replace", "the text would be 9895604649984 bytes long, the limit is 4194304", []value.Value{long, value.String("x"), long}},
		{"uriComponent", "the text would be 9437184 bytes long, the limit is 4194304", []value.Value{long}},
		{"split", "the array would have more than 100000 elements, which is the limit", []value.Value{long, value.String("x")}},
		{"split", "argument 2 of split() has too many delimiters, 60000, for a text of 3145728 bytes; the limit of their product is 134217728", []value.Value{long, words}},
	} {
		_, err := apply(t, c.name, c.args...)
		got := ""
		if err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	for _, format := range []string{"{0:F999999999}", "{0:D999999}{0:D999999}{0:D999999}{0:D999999}{0:D999999}{0:D999999}", "{0,999999}{0,999999}{0,999999}{0,999999}{0,999999}{0,999999}"} {
		if v, err := apply(t, "format", value.String(format), value.Int(1)); err == nil {
			t.Errorf("%s: %d characters and no error", format, len(v.(value.String)))
		}
	}
}
