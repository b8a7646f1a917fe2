package jsonc_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// checkRanges fails if the range of a node does not match its own text, is
// outside its parent or before its previous sibling, or if the map of a string
// leads elsewhere.
func checkRanges(t *testing.T, tree *jsonc.Tree) {
	t.Helper()
	var visit func(n jsonc.Node, outer source.Range)
	visit = func(n jsonc.Node, outer source.Range) {
		r := n.Range()
		if !outer.Contains(r) || r.Start > r.End {
			t.Fatalf("%T at %d-%d is not inside of its parent at %d-%d", n, r.Start, r.End, outer.Start, outer.End)
		}
		checkOwnText(t, n)
		at := r.Start
		inOrder := func(c source.Range) {
			if c.Start < at {
				t.Fatalf("child at %d-%d begins before %d", c.Start, c.End, at)
			}
			at = c.End
		}
		switch n := n.(type) {
		case *jsonc.Object:
			for _, m := range n.Members {
				inOrder(m.Key.At)
				checkString(t, m.Key)
				inOrder(m.Value.Range())
				visit(m.Value, r)
			}
		case *jsonc.Array:
			for _, e := range n.Elements {
				inOrder(e.Range())
				visit(e, r)
			}
		case *jsonc.String:
			checkString(t, n)
		}
	}
	visit(tree.Root, tree.File.Range(0, tree.File.Len()))
	at := 0
	for _, c := range tree.Comments {
		if text := c.At.Text(); c.At.Start < at || !strings.HasPrefix(text, "//") && !strings.HasPrefix(text, "/*") {
			t.Fatalf("comment %q at %d, after %d", text, c.At.Start, at)
		}
		at = c.At.End
	}
	for _, d := range tree.Diagnostics {
		if d.Subject.Start < 0 || d.Subject.Start > d.Subject.End || d.Subject.End > tree.File.Len() {
			t.Fatalf("finding %q at %d-%d", d.Summary, d.Subject.Start, d.Subject.End)
		}
	}
}

// checkOwnText compares the text of a range with the node.
func checkOwnText(t *testing.T, n jsonc.Node) {
	t.Helper()
	text := n.Range().Text()
	ok := true
	switch n := n.(type) {
	case *jsonc.Object:
		ok = text[0] == '{'
	case *jsonc.Array:
		ok = text[0] == '['
	case *jsonc.Number:
		ok = text == n.Text
	case *jsonc.Bool:
		ok = n.Value == (text == "true")
	case *jsonc.Null:
		ok = text == "null"
	}
	if !ok {
		t.Fatalf("%T has the text %.40q", n, text)
	}
}

// checkString compares the map of a string with its raw text.
func checkString(t *testing.T, s *jsonc.String) {
	t.Helper()
	raw := s.At.Text()
	whole := s.Map().Range(0, len(s.Value)).Text()
	if !strings.Contains(raw, whole) || len(whole) < len(raw)-2 {
		t.Fatalf("the map of %.60q gives %.60q", raw, whole)
	}
	last := s.Map().Offset(0)
	for i := range s.Value {
		at := s.Map().Offset(i)
		if at < last || at > s.At.End {
			t.Fatalf("the map of %.60q gives %d for %d, after %d", raw, at, i, last)
		}
		last = at
		// A character that is not escaped in the file is there itself.
		if c := s.At.File.Bytes()[at]; c != '\\' && c < 0x80 && c != s.Value[i] {
			t.Fatalf("the map of %.60q gives %q for %q", raw, c, s.Value[i])
		}
	}
}

// blanked returns the text with spaces in place of its comments.
func blanked(tree *jsonc.Tree) []byte {
	text := bytes.Clone(tree.File.Bytes())
	for _, c := range tree.Comments {
		for i := c.At.Start; i < c.At.End; i++ {
			if text[i] != '\n' {
				text[i] = ' '
			}
		}
	}
	return bytes.TrimPrefix(text, []byte("\uFEFF"))
}

// plain returns the value of a tree as encoding/json would; the last of several
// members with the same name counts.
func plain(n jsonc.Node) any {
	switch n := n.(type) {
	case *jsonc.Object:
		out := map[string]any{}
		for _, m := range n.Members {
			out[m.Key.Value] = plain(m.Value)
		}
		return out
	case *jsonc.Array:
		out := []any{}
		for _, e := range n.Elements {
			out = append(out, plain(e))
		}
		return out
	case *jsonc.String:
		return n.Value
	case *jsonc.Number:
		return json.Number(n.Text)
	case *jsonc.Bool:
		return n.Value
	}
	return nil
}

// decode parses with encoding/json, keeping the text of numbers.
func decode(text []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	err := d.Decode(&v)
	return v, err
}

// strict reports whether the tree has no findings except about what RFC 8259
// allows.
func strict(tree *jsonc.Tree) bool {
	for _, d := range tree.Diagnostics {
		if d.Code != jsonc.DuplicateKey.Code && d.Code != jsonc.SimilarKeys.Code {
			return false
		}
	}
	return true
}

func TestCorpusTrees(t *testing.T) {
	corpus(t, func(path string, text []byte) {
		tree := jsonc.Parse(source.NewFile(path, text))
		checkRanges(t, tree)
		if !strict(tree) {
			return
		}
		want, err := decode(blanked(tree))
		if err != nil {
			t.Errorf("%s: no finding, but %v", path, err)
		} else if !reflect.DeepEqual(plain(tree.Root), want) {
			t.Errorf("%s: the values differ from those of encoding/json", path)
		}
	})
}

func TestCorpusFormat(t *testing.T) {
	corpus(t, func(path string, text []byte) {
		tree := jsonc.Parse(source.NewFile(path, text))
		checkFormat(t, tree, jsonc.Options{})
		checkFormat(t, tree, jsonc.Options{Indent: "\t", Width: 60, RootKeys: jsonc.TemplateKeys()})
	})
}

// checkFormat fails if formatting twice differs from once, if a value or the
// order of keys changes, or if a comment is lost.
func checkFormat(t *testing.T, tree *jsonc.Tree, o jsonc.Options) {
	t.Helper()
	once := jsonc.Format(tree, o)
	again := jsonc.Parse(source.NewFile(tree.File.Path(), once))
	if twice := jsonc.Format(again, o); !bytes.Equal(once, twice) {
		t.Errorf("%s: formatting twice changes\n%q\ninto\n%q\nfrom\n%q", tree.File.Path(), clip(once), clip(twice), clip(tree.File.Bytes()))
	}
	if o.RootKeys == nil && show(tree.Root) != show(again.Root) || o.RootKeys != nil && !reflect.DeepEqual(plain(tree.Root), plain(again.Root)) {
		t.Errorf("%s: formatting changes a value:\n%q\n%q", tree.File.Path(), clip(tree.File.Bytes()), clip(once))
	}
	if len(tree.Comments) != len(again.Comments) {
		t.Errorf("%s: %d comments before, %d after", tree.File.Path(), len(tree.Comments), len(again.Comments))
	}
}

func clip(b []byte) []byte { return b[:min(len(b), 400)] }
