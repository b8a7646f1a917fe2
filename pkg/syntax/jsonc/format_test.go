package jsonc_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

func TestFormat(t *testing.T) {
	for _, test := range []struct {
		name, in string
		options  jsonc.Options
		want     string
	}{
		{
			name: "one line broken up",
			in:   `{"a":1,"b":[1,2,{"c":null}],"d":{}}`,
			want: "{\n  \"a\": 1,\n  \"b\": [1, 2, { \"c\": null }],\n  \"d\": {}\n}\n",
		},
		{
			name: "what was on several lines stays so",
			in:   "{\"a\": [\n1, 2], \"b\": {\"c\": 1,\n\"d\": 2}}",
			want: "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {\n    \"c\": 1,\n    \"d\": 2\n  }\n}\n",
		},
		{
			name: "too wide", options: jsonc.Options{Width: 20, Indent: "\t"},
			in:   `{"a": {"b": "ccccccccccc", "d": [1, 2, 3]}}`,
			want: "{\n\t\"a\": {\n\t\t\"b\": \"ccccccccccc\",\n\t\t\"d\": [1, 2, 3]\n\t}\n}\n",
		},
		{
			name: "comments",
			in:   "// top\n\n\n// second\n{ // open\n  /* lead */ \"a\": 1, // first\n\n\n\n  // own\n  \"b\": /* mid */ [ // list\n    1 // one\n    , 2 /* two */\n    // end\n  ]\n  // last\n}\n// bottom",
			want: "// top\n\n// second\n{ // open\n  /* lead */ \"a\": 1, // first\n\n  // own\n  \"b\": /* mid */ [ // list\n    1, // one\n    2 /* two */\n    // end\n  ]\n  // last\n}\n// bottom\n",
		},
		{
			name: "comments on one line",
			in:   `{"a": [/* x */ 1 /* y */, /* z */ 2 /* w */], "b": [/* none */]}`,
			want: "{\n  \"a\": [/* x */ 1 /* y */, /* z */ 2 /* w */],\n  \"b\": [ /* none */ ]\n}\n",
		},
		{
			name: "comment between key and value",
			in:   "{\"a\": // why\n{\n\"b\": 1}}",
			want: "{\n  \"a\": // why\n    {\n    \"b\": 1\n  }\n}\n",
		},
		{
			name: "strings over lines, odd values and quotes stay",
			in:   "{\"a\":\"[concat('x',\n     'y')]\",'b':0x1F,c:1.50,}",
			want: "{\n  \"a\": \"[concat('x',\n     'y')]\",\n  'b': 0x1F,\n  c: 1.50\n}\n",
		},
		{
			name: "byte order mark and line ends stay",
			in:   "\uFEFF{\r\n\"a\": 1}",
			want: "\uFEFF{\r\n  \"a\": 1\r\n}\r\n",
		},
		{
			name: "byte order mark and line ends change", options: jsonc.Options{DropMark: true, LineEnd: "\n"},
			in:   "\uFEFF{\r\n\"a\": \"x\r\ny\"}",
			want: "{\n  \"a\": \"x\r\ny\"\n}\n",
		},
		{
			name: "order of keys", options: jsonc.Options{RootKeys: jsonc.TemplateKeys()},
			in:   "{\n  // out\n  \"outputs\": {}, // o\n  \"x\": 1,\n\n  /* p */ \"Parameters\": {},\n  \"$schema\": \"s\"\n  // end\n}",
			want: "{\n  \"$schema\": \"s\",\n\n  /* p */ \"Parameters\": {},\n  // out\n  \"outputs\": {}, // o\n  \"x\": 1\n  // end\n}\n",
		},
		{name: "blank lines", in: "{\n\n\"a\": 1,\n\n\n\"b\": 2\n\n}", want: "{\n  \"a\": 1,\n\n  \"b\": 2\n}\n"},
		{name: "scalar", in: " 1 ", want: "1\n"},
		{name: "empty root", in: "{ }", want: "{}\n"},
		{name: "a text with errors stays", in: "{ \"a\" 1 }", want: "{ \"a\" 1 }"},
	} {
		t.Run(test.name, func(t *testing.T) {
			tree := parse(test.in)
			if d := cmp.Diff(test.want, string(jsonc.Format(tree, test.options))); d != "" {
				t.Error(d)
			}
			if !tree.Diagnostics.HasErrors() {
				checkFormat(t, tree, test.options)
			}
		})
	}
}
