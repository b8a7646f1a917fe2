package savedjson_test

import (
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/syntax/savedjson"
)

func TestParse(t *testing.T) {
	nested := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	for text, want := range map[string]string{
		`{"a":[1,{"b":"]]]"}]}`:        "",
		nested(200):                    "",
		nested(201):                    "nests deeper than 200 levels",
		strings.Repeat("[", 7_000_000): "nests deeper than 200 levels",
		`{"a":"` + strings.Repeat(`[`, 1000) + `"}`:     "",
		`{"a":"\"` + strings.Repeat(`[`, 1000) + `"}`:   "",
		"[" + strings.Repeat("{},", 2_499_998) + "{}]":  "",
		"[" + strings.Repeat("{},", 2_500_000) + "{}]":  "has more than 5000000 values",
		`{` + strings.Repeat(`"a":1,`, 5_000_000) + `}`: "has more than 5000000 values", // found before it is not JSON
		`"` + strings.Repeat(",", 5_000_001) + `"`:      "",
		`secret`:  "is not JSON",
		``:        "is empty",
		`{"a": `:  "is not JSON",
		`"open [`: "is not JSON",
	} {
		got := ""
		if _, err := savedjson.Parse([]byte(text)); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%.30q: error %q, want %q", text, got, want)
		}
	}
	v, err := savedjson.Parse([]byte(`{"a":[1,{"b":"x"}]}`))
	if err != nil || v.Get("a.1.b").String() != "x" {
		t.Errorf("got %v, %v", v, err)
	}
}

func TestValues(t *testing.T) {
	for text, want := range map[string]int{`{}`: 1, `[1,2]`: 2, `{"a":",","b":[]}`: 3, strings.Repeat("[", 500) + "1,2": 501, `"[,"`: 0} {
		if got := savedjson.Values([]byte(text), 1000); got != want {
			t.Errorf("%.20s: %d values, want %d", text, got, want)
		}
	}
	if got := savedjson.Values([]byte("["+strings.Repeat("1,", 5000)+"1]"), 1000); got != 1001 {
		t.Errorf("%d values, want 1001", got)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{`{}`, `[[1]]`, `"\"["`, `{"a":"\\"}`, "\"\\"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		v, err := savedjson.Parse(text)
		if err == nil && !v.Exists() {
			t.Errorf("%q is JSON without a value", text)
		}
		if err != nil && len(text) > 40 && strings.Contains(err.Error(), string(text)) {
			t.Errorf("the error quotes the text: %v", err)
		}
	})
}
