package secret_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/secret"
	"github.com/scaleset/scaleset/pkg/source"
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
