package jsonc_test

import (
	"encoding/json"
	"testing"

	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// seeds are texts that reach every branch of the scanner and the parser.
var seeds = []string{
	``, `{}`, `[]`, `"a"`, `-0.5e+3`, `null`, "\uFEFF{\r\n}\r\n",
	"// a\n{ \"a\": [1, 2], /* b */ \"c\": {} // d\n}\n",
	"{\"a\": 1 // x\n, /* y */ \"b\": /* z */ 2 /* w */}",
	"{'a': 'b\\'c', d: 0x1F, e: .5, f: 017, g: NaN, h: [1, 2,],}",
	"{\"a\": \"x\n y\", \"b\": \"\\u00e9\\ud83d\\ude00\\ud800\"}",
	"{\"a\": \"x,\n \"b\": 1, \"c\": [1, }\n", "{\"a\": {\"b\": 1 ]}, \"d\" 2 }}",
	`{"a": the "big" one, "b": TRUE}`, "[1 2,, 3: 4}", "{\"a\": \"\\q\\u12\xff\"}", "\xff\xfe{\x00}\x00",
	"{\n\n\n  \"a\": [\n\n 1,\n\n\n\n 2 ]\n\n}",
}

func FuzzParse(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		tree := jsonc.Parse(source.NewFile("f.json", text))
		checkRanges(t, tree)
		if json.Valid(text) && tree.Diagnostics.HasErrors() && len(text) < 1000 {
			t.Fatalf("valid JSON, but %q", lines(tree.Diagnostics))
		}
		if strict(tree) && !json.Valid(blanked(tree)) {
			t.Fatalf("not JSON, but no finding")
		}
		for offset := range len(text) + 1 {
			if len(tree.Diagnostics) > 0 {
				break // of two members with the same name, a pointer leads to the last
			}
			pointer, n := tree.PointerAt(offset)
			if n != nil && tree.Lookup(pointer) == nil {
				t.Fatalf("no value at %q, found at offset %d", pointer, offset)
			}
		}
	})
}

func FuzzFormat(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s), "  ", uint8(40))
	}
	f.Fuzz(func(t *testing.T, text []byte, indent string, width uint8) {
		tree := jsonc.Parse(source.NewFile("f.json", text))
		switch indent {
		case "  ", "    ", "\t":
			checkFormat(t, tree, jsonc.Options{Indent: indent, Width: int(width)})
		}
		checkFormat(t, tree, jsonc.Options{RootKeys: []string{"b", "a"}})
	})
}

// FuzzEdit inserts a member or element at every place and removes each, and
// wants the matching tree.
func FuzzEdit(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		tree := jsonc.Parse(source.NewFile("f.json", text))
		if tree.Diagnostics.HasErrors() || len(text) > 300 {
			return
		}
		jsonc.Walk(tree.Root, func(n jsonc.Node) bool {
			checkEdits(t, tree, n)
			return true
		})
	})
}
