package glob_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/glob"
)

func TestMatch(t *testing.T) {
	for _, tt := range []struct {
		pattern, name string
		want          bool
	}{
		{"*.json", "a.json", true},
		{"*.json", "b/a.json", false},
		{"**/*.json", "b/c/a.json", true},
		{"**/*.json", "a.json", true},
		{"b/**", "b/c/a.json", true},
		{"{a,b}/*.{json,jsonc}", "b/x.jsonc", true},
		{"{a,b}/*.{json,jsonc}", "c/x.jsonc", false},
		{`\{a,b\}.json`, "{a,b}.json", true},
		{"[a-c].json", "d.json", false},
		{"**/a.json", "a.json", true},
		{"**/a.json", "b/c/a.json", true},
		{"**/a.json", "b/xa.json", false},
		{"**/a.json", "a.json/b", false},
		{"**/*.gen.json", "b/x.gen.json", true},
		{"**/*.gen.json", "b/.gen.json", true},
		{"**/*.gen.json", "x.gen.json/b", false},
		{`**/a\*`, "b/a*", true},
		{`**/a\*`, "b/ab", false},
		{"{a", "{a", false},
		{strings.Repeat("{a,b}", 10) + "*", "aaaaaaaaaa", false}, // too many alternatives
		{strings.Repeat("{a,b}", 9) + "*", "aaaaaaaaaa", true},
		{"a*", strings.Repeat("a", 1024), true},
		{"a*", strings.Repeat("a", 1025), false}, // too long
	} {
		if got := glob.Match(tt.pattern, tt.name); got != tt.want {
			t.Errorf("Match(%q, %q) = %t", tt.pattern, tt.name, got)
		}
		if glob.Validate(tt.pattern) == nil && glob.MatchValid(tt.pattern, tt.name) != tt.want {
			t.Errorf("MatchValid(%q, %q) = %t", tt.pattern, tt.name, !tt.want)
		}
	}
}

func TestValidate(t *testing.T) {
	for pattern, want := range map[string]error{
		"**/*.json":                             nil,
		"[a":                                    glob.ErrMalformed,
		"{a,b":                                  glob.ErrMalformed,
		"{" + strings.Repeat("a,", 999) + "a}":  nil,
		"{" + strings.Repeat("a,", 1000) + "a}": glob.ErrAlternatives,
		strings.Repeat("{*,**,?}", 6):           nil, // 729
		strings.Repeat("{*,**,?}", 30):          glob.ErrAlternatives,
		strings.Repeat("{a,", 10) + "b" + strings.Repeat("}", 10): glob.ErrAlternatives,
		strings.Repeat("{", 30) + "a" + strings.Repeat("}", 30):   nil,
		`\{` + strings.Repeat(`a\,`, 2000) + `\}`:                 nil,
		strings.Repeat(",", 2000):                                 nil, // outside of braces it is a comma
	} {
		if got := glob.Validate(pattern); !errors.Is(got, want) {
			t.Errorf("%.40s: %v, want %v", pattern, got, want)
		}
	}
}

func TestSize(t *testing.T) {
	for pattern, want := range map[string]int{"*.json": 6, "{a,b}.{c,d}": 44, `\{a,b\}`: 7, "": 0} {
		if got := glob.Size(pattern); got != want {
			t.Errorf("%s: %d, want %d", pattern, got, want)
		}
	}
}

func TestBase(t *testing.T) {
	for pattern, want := range map[string]string{"a/b/*.json": "a/b", "*.json": ".", "a/{b,c}/d": "a"} {
		if got := glob.Base(pattern); got != want {
			t.Errorf("%s: %q, want %q", pattern, got, want)
		}
	}
}

// FuzzMatch wants a result for any pattern within the time limit of Go for an
// input.
func FuzzMatch(f *testing.F) {
	f.Add("**/{a,b}*.json", "x/a1.json")
	f.Add("**/*.json", "x/.json")
	f.Add("**/a.json", "x/a.json")
	f.Add("**/*", "")
	f.Add(strings.Repeat("{*,**,?}", 6), strings.Repeat("a/", 20))
	f.Fuzz(func(t *testing.T, pattern, name string) {
		if glob.Match(pattern, name) && glob.Validate(pattern) != nil {
			t.Errorf("%q is refused and matches", pattern)
		}
		if glob.Validate(pattern) == nil && glob.MatchValid(pattern, name) != glob.Match(pattern, name) {
			t.Errorf("%q and %q: a pattern that is known to be valid has another answer", pattern, name)
		}
	})
}
