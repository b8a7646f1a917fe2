package secret_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/syntax/secret"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

func TestRedact(t *testing.T) {
	var s secret.Set
	for _, text := range []string{"hunter2", "hunter2-long", "abc", "password1!", "Password", "", "  "} {
		s.AddText(text)
	}
	tests := []struct{ name, in, want string }{
		{"in a sentence", "the password hunter2 is short", "the password <secure> is short"},
		{"longest first", "it is hunter2-long", "it is <secure>"},
		{"a short one between quotes", `"abc" and 'abc' of abcde`, `"<secure>" and '<secure>' of abcde`},
		{"a word of our sentences", "a Password is 'Password'", "a Password is '<secure>'"},
		{"nothing secret", "capacity 60", "capacity 60"},
		{"an empty text and a blank one", `"" and '  '`, `"" and '  '`},
	}
	for _, tt := range tests {
		if got := s.Redact(tt.in); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
	var none *secret.Set
	if got := none.Redact("hunter2"); got != "hunter2" {
		t.Errorf("a nil set changed the text to %q", got)
	}
}

func TestWithin(t *testing.T) {
	f := source.NewFile("a.json", []byte(`{"a": "one", "b": "two"}`))
	other := source.NewFile("b.json", []byte(`{"a": "one", "b": "two"}`))
	var s, more secret.Set
	more.AddRange(f.Range(18, 23))
	s.AddRange(f.Range(6, 11))
	s.AddRange(f.Range(7, 9)) // inside the first
	s.AddRange(f.Range(6, 11))
	s.AddRange(source.Range{})
	s.Merge(&more)
	s.Merge(nil)
	texts := func(r source.Range) (got []string) {
		for _, h := range s.Within(r) {
			got = append(got, h.Text())
		}
		return got
	}
	if diff := cmp.Diff([]string{`"one"`, `"two"`}, texts(f.Range(0, f.Len()))); diff != "" {
		t.Errorf("whole file (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{`ne"`}, texts(f.Range(8, 15))); diff != "" {
		t.Errorf("clipped (-want +got):\n%s", diff)
	}
	if got := texts(other.Range(0, other.Len())); got != nil {
		t.Errorf("secrets of another file: %q", got)
	}
}

// TestRedactLengths: from four bytes on a secret is hidden wherever it stands.
func TestRedactLengths(t *testing.T) {
	var s secret.Set
	for _, text := range []string{"wxyz-long", "wxyz", "abcd", "abcd", "qrs"} {
		s.AddText(text)
	}
	if got, want := s.Redact("in-abcd-and-wxyz-and-qrs and 'qrs' abc wxyz-long"), "in-<secure>-and-<secure>-and-qrs and '<secure>' abc <secure>"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := s.Redact(""); got != "" {
		t.Errorf("nothing becomes %s", got)
	}
}

// TestMergeTexts: what either set hides is hidden.
func TestMergeTexts(t *testing.T) {
	var a, b secret.Set
	a.AddText("first-one")
	b.AddText("other-one")
	b.AddText("first-one-long")
	a.Merge(&b)
	if got, want := a.Redact("first-one other-one first-one-long"), "<secure> <secure> <secure>"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestWithinNested: places that lie in each other are hidden once, whole.
func TestWithinNested(t *testing.T) {
	f := source.NewFile("t.json", []byte("0123456789"))
	var s secret.Set
	for _, r := range []source.Range{f.Range(2, 4), f.Range(2, 6), f.Range(2, 4), f.Range(3, 8), f.Range(5, 5), {}} {
		s.AddRange(r)
	}
	if got := s.Within(f.Range(0, 10)); !slices.Equal(got, []source.Range{f.Range(2, 6), f.Range(6, 8)}) {
		t.Errorf("whole: %v", got)
	}
	if got := s.Within(f.Range(3, 7)); !slices.Equal(got, []source.Range{f.Range(3, 6), f.Range(6, 7)}) {
		t.Errorf("a part: %v", got)
	}
	if got := s.Within(f.Range(8, 10)); len(got) > 0 {
		t.Errorf("beside it: %v", got)
	}
	var none *secret.Set
	if got := none.Within(f.Range(0, 10)); len(got) > 0 {
		t.Errorf("no set: %v", got)
	}
}

// A secret is hidden in a line also where nobody said that it stands, such as
// beside the property that holds it.
func TestWithinFindsTexts(t *testing.T) {
	f := source.NewFile("t.json", []byte(`{"a": "S3cret-value", "b": S3cret-value, "c": "no"}`))
	var s secret.Set
	s.AddRange(f.Range(6, 20))
	s.AddText("S3cret-value")
	s.AddText("no") // an ordinary word: it stays
	var got []string
	for _, r := range s.Within(f.Range(0, 51)) {
		got = append(got, r.Text())
	}
	if want := []string{`"S3cret-value"`, "S3cret-value"}; !slices.Equal(got, want) {
		t.Errorf("hidden: %q, want %q", got, want)
	}
}
