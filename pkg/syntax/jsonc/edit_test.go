package jsonc_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// apply makes the edits and parses the result, which must have no errors and
// must keep all comments of the tree.
func apply(t *testing.T, tree *jsonc.Tree, what string, edits []diag.Edit) *jsonc.Tree {
	t.Helper()
	out, err := jsonc.Apply(tree.File, edits)
	if err != nil {
		t.Fatalf("%s in %q: %v", what, tree.File.Bytes(), err)
	}
	after := jsonc.Parse(source.NewFile("after.json", out))
	if after.Diagnostics.HasErrors() {
		t.Fatalf("%s in %q gives %q: %q", what, tree.File.Bytes(), out, lines(after.Diagnostics))
	}
	return after
}

// checkEdits inserts and removes an item at every place of n.
func checkEdits(t *testing.T, tree *jsonc.Tree, n jsonc.Node) {
	t.Helper()
	switch n := n.(type) {
	case *jsonc.Object:
		want := func(members []*jsonc.Member) string { return show(&jsonc.Object{Members: members}) }
		added := &jsonc.Member{Key: &jsonc.String{Value: "new"}, Value: &jsonc.Null{}}
		for i := range len(n.Members) + 1 {
			after := apply(t, tree, "insert", tree.InsertMember(n, i, "new", "null"))
			checkChanged(t, tree, after, show(n), want(slices.Insert(slices.Clone(n.Members), i, added)), 0)
		}
		for i, m := range n.Members {
			after := apply(t, tree, "remove", tree.RemoveMember(n, i))
			lost := inside(tree, m.Range())
			checkChanged(t, tree, after, show(n), want(slices.Delete(slices.Clone(n.Members), i, i+1)), lost)
		}
	case *jsonc.Array:
		want := func(elements []jsonc.Node) string { return show(&jsonc.Array{Elements: elements}) }
		for i := range len(n.Elements) + 1 {
			after := apply(t, tree, "insert", tree.InsertElement(n, i, "null"))
			checkChanged(t, tree, after, show(n), want(slices.Insert(slices.Clone(n.Elements), i, jsonc.Node(&jsonc.Null{}))), 0)
		}
		for i, e := range n.Elements {
			after := apply(t, tree, "remove", tree.RemoveElement(n, i))
			lost := inside(tree, e.Range())
			checkChanged(t, tree, after, show(n), want(slices.Delete(slices.Clone(n.Elements), i, i+1)), lost)
		}
	}
}

// inside counts the comments within a range.
func inside(tree *jsonc.Tree, r source.Range) (n int) {
	for _, c := range tree.Comments {
		if r.Contains(c.At) {
			n++
		}
	}
	return n
}

func checkChanged(t *testing.T, before, after *jsonc.Tree, from, to string, lost int) {
	t.Helper()
	got := show(after.Root)
	if !strings.Contains(got, to) || len(got)-len(show(before.Root)) != len(to)-len(from) {
		t.Fatalf("%q becomes %q, want %s in it instead of %s", before.File.Bytes(), after.File.Bytes(), to, from)
	}
	if len(after.Comments) != len(before.Comments)-lost {
		t.Fatalf("%q becomes %q: %d comments, want %d", before.File.Bytes(), after.File.Bytes(), len(after.Comments), len(before.Comments)-lost)
	}
}

func TestEdits(t *testing.T) {
	const three = "{\n  // one\n  \"a\": 1, // first\n  \"b\": 2,\n  \"c\": 3 // last\n}\n"
	member := func(i int) func(*jsonc.Tree) []diag.Edit {
		return func(tree *jsonc.Tree) []diag.Edit {
			return tree.InsertMember(tree.Root.(*jsonc.Object), i, "x", "{\n  \"y\": 0\n}")
		}
	}
	remove := func(i int) func(*jsonc.Tree) []diag.Edit {
		return func(tree *jsonc.Tree) []diag.Edit { return tree.RemoveMember(tree.Root.(*jsonc.Object), i) }
	}
	element := func(i int) func(*jsonc.Tree) []diag.Edit {
		return func(tree *jsonc.Tree) []diag.Edit { return tree.InsertElement(tree.Root.(*jsonc.Array), i, "9") }
	}
	drop := func(i int) func(*jsonc.Tree) []diag.Edit {
		return func(tree *jsonc.Tree) []diag.Edit { return tree.RemoveElement(tree.Root.(*jsonc.Array), i) }
	}
	for _, test := range []struct {
		name, in string
		edit     func(*jsonc.Tree) []diag.Edit
		want     string
	}{
		{"member first", three, member(0), "{\n  \"x\": {\n    \"y\": 0\n  },\n  // one\n  \"a\": 1, // first\n  \"b\": 2,\n  \"c\": 3 // last\n}\n"},
		{"member second", three, member(1), "{\n  // one\n  \"a\": 1, // first\n  \"x\": {\n    \"y\": 0\n  },\n  \"b\": 2,\n  \"c\": 3 // last\n}\n"},
		{"member last", three, member(3), "{\n  // one\n  \"a\": 1, // first\n  \"b\": 2,\n  \"c\": 3, // last\n  \"x\": {\n    \"y\": 0\n  }\n}\n"},
		{"member of an empty object", "{}", member(0), "{\n  \"x\": {\n    \"y\": 0\n  }\n}"},
		{"member, CRLF", "{\r\n\t\"a\": 1\r\n}", member(1), "{\r\n\t\"a\": 1,\r\n\t\"x\": {\r\n\t  \"y\": 0\r\n\t}\r\n}"},
		{"remove first", three, remove(0), "{\n  // one\n  // first\n  \"b\": 2,\n  \"c\": 3 // last\n}\n"},
		{"remove second", three, remove(1), "{\n  // one\n  \"a\": 1, // first\n  \"c\": 3 // last\n}\n"},
		{"remove last", three, remove(2), "{\n  // one\n  \"a\": 1, // first\n  \"b\": 2\n  // last\n}\n"},
		{"remove only", "{ \"a\": 1 }", remove(0), "{}"},
		{"element of one line", "[1, 2]", element(1), "[1, 9, 2]"},
		{"element at the end", "[1, 2]", element(2), "[1, 2, 9]"},
		{"element at the start", "[1, 2]", element(0), "[9, 1, 2]"},
		{"remove element", "[1, 2, 3]", drop(1), "[1, 3]"},
		{"remove the last element", "[1, 2, 3]", drop(2), "[1, 2]"},
		{"remove the first element", "[1, 2, 3]", drop(0), "[2, 3]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			tree := parse(test.in)
			got, err := jsonc.Apply(tree.File, test.edit(tree))
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(test.want, string(got)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestReplace(t *testing.T) {
	tree := parse("{\n    \"a\": 1,\n    b: [2]\n}")
	got, err := jsonc.Apply(tree.File, []diag.Edit{
		tree.Replace(tree.Lookup("/b"), "[\n  3\n]"), tree.Replace(tree.Lookup("/a"), "true"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff("{\n    \"a\": true,\n    b: [\n      3\n    ]\n}", string(got)); d != "" {
		t.Error(d)
	}
}

func TestApplyRefuses(t *testing.T) {
	f := source.NewFile("a.json", []byte("abcdef"))
	g := source.NewFile("b.json", []byte("abcdef"))
	at := func(f *source.File, start, end int) source.Range {
		return source.Range{File: f, Start: start, End: end}
	}
	for _, test := range []struct {
		name  string
		edits []diag.Edit
		want  string
	}{
		{"overlap", []diag.Edit{{Range: at(f, 2, 4)}, {Range: at(f, 0, 3)}}, "edits of a.json overlap at offset 2"},
		{"other file", []diag.Edit{{Range: at(g, 2, 4)}}, "edit of b.json in a.json"},
		{"no file", []diag.Edit{{}}, "edit of no file in a.json"},
		{"beyond the end", []diag.Edit{{Range: at(f, 2, 9)}}, "edit of a.json from 2 to 9, the file has 6 bytes"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := jsonc.Apply(f, test.edits); err == nil || err.Error() != test.want {
				t.Errorf("error %v, want %s", err, test.want)
			}
		})
	}
}

func TestApplyOrder(t *testing.T) {
	f := source.NewFile("a.json", []byte("abc"))
	got, err := jsonc.Apply(f, []diag.Edit{
		{Range: f.Range(1, 2), Text: "B"}, {Range: f.Range(1, 1), Text: "1"}, {Range: f.Range(1, 1), Text: "2"}, {Range: f.Range(3, 3), Text: "!"},
	})
	if err != nil || string(got) != "a12Bc!" {
		t.Errorf("%q, %v", got, err)
	}
}

// fixAll applies the first fix of every finding.
func fixAll(tree *jsonc.Tree) (string, error) {
	var edits []diag.Edit
	for _, d := range tree.Diagnostics {
		if len(d.Fixes) > 0 {
			edits = append(edits, d.Fixes[0].Edits...)
		}
	}
	out, err := jsonc.Apply(tree.File, edits)
	return string(out), err
}
