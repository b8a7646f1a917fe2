package jsonc_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

func TestLookup(t *testing.T) {
	tree := parse(`{"a": [1, {"b/c": 2, "~": 3}], "": 4, "Name": 5, "name": 6, "Other": 7, "n": null, "n": 8}`)
	for pointer, want := range map[string]string{
		"/a/0": "1", "/a/1/b~1c": "2", "/a/1/~0": "3", "/": "4", "/Name": "5", "/name": "6", "/NAME": "6", "/other": "7", "/n": "8",
		"/A/1/~0": "3", "/a/01": "", "/a/2": "", "/a/-": "", "/a/x": "", "/a/": "", "a": "", "/n/x": "", "/a/99999999999999999999": "",
	} {
		got := ""
		if n := tree.Lookup(pointer); n != nil {
			got = show(n)
		}
		if got != want {
			t.Errorf("%q leads to %q, want %q", pointer, got, want)
		}
	}
	if tree.Lookup("") != tree.Root {
		t.Error("the empty pointer does not lead to the root")
	}
}

func TestPointerAt(t *testing.T) {
	// The mark | is at the offset.
	for in, want := range map[string]string{
		`|{"a": 1}`:               ` {a:1}`,
		`{"|a": 1}`:               `/a "a"`,
		`{"a":| 1}`:               ` {a:1}`,
		`{"a": 1|}`:               `/a 1`,
		`{"a/b": [0, {"c": x|}]}`: `/a~1b/1/c ?`,
		`[1, |2]`:                 `/1 2`,
		`[1] |`:                   ` nothing`,
	} {
		offset := strings.Index(in, "|")
		pointer, n := parse(strings.Replace(in, "|", "", 1)).PointerAt(offset)
		got := pointer + " nothing"
		if n != nil {
			got = pointer + " " + show(n)
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

func TestWalk(t *testing.T) {
	tree := parse(`{"a": [1, [2]], "b": {"c~": true}}`)
	var got, values []string
	tree.WalkPointers(func(pointer string, n jsonc.Node) bool {
		got = append(got, pointer)
		return pointer != "/a/1"
	})
	if d := cmp.Diff([]string{"", "/a", "/a/0", "/a/1", "/b", "/b/c~0"}, got); d != "" {
		t.Error(d)
	}
	jsonc.Walk(tree.Root, func(n jsonc.Node) bool {
		values = append(values, show(n))
		_, isObject := n.(*jsonc.Object)
		return isObject
	})
	if d := cmp.Diff([]string{"{a:[1 [2]] b:{c~:true}}", "[1 [2]]", "{c~:true}", "true"}, values); d != "" {
		t.Error(d)
	}
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"1": "1", "-0": "-0", "1.50": "1.50", "1e3": "1e3", "0x1F": "31", "0XfF": "255", "0xFFFFFFFFFFFFFFFF": "-1", "017": "15",
		"000": "0", ".5": "0.5", "-.5e1": "-0.5e1", "1.": "1.0", "1.e3": "1.0e3", "-01": "-1", "-00.5": "-0.5",
		"123456789012345678901234567890": "123456789012345678901234567890",
	} {
		n, ok := parse(text).Root.(*jsonc.Number)
		if !ok {
			t.Errorf("%s is not a number", text)
			continue
		}
		if got := n.Decimal(); got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
	if i, ok := (&jsonc.Number{Text: "0x10"}).Int(); i != 16 || !ok {
		t.Error("0x10 is not 16")
	}
	for _, text := range []string{"1.0", "1e3", "9223372036854775808"} {
		if i, ok := (&jsonc.Number{Text: text}).Int(); ok {
			t.Errorf("%s is the integer %d", text, i)
		}
	}
}
