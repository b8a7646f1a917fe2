package names

import (
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"
)

// A Pattern is a regular expression that is compiled on first use.
type Pattern struct {
	text  string
	ascii func() *regexp.Regexp // for names of ASCII characters
	full  func() *regexp.Regexp
}

var patterns sync.Map // of *Pattern by text, shared by many types

func pattern(text string) *Pattern {
	if known, ok := patterns.Load(text); ok {
		return known.(*Pattern)
	}
	compile := func(text string) func() *regexp.Regexp {
		return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
	}
	p := &Pattern{text: text, full: compile(text)}
	p.ascii = p.full
	// The letters and digits of Unicode are tables of hundreds of ranges, which
	// few names need. In our patterns these classes are within brackets.
	if plain := strings.NewReplacer(`\pL`, "A-Za-z", `\pN`, "0-9").Replace(text); plain != text {
		p.ascii = compile(plain)
	}
	known, _ := patterns.LoadOrStore(text, p)
	return known.(*Pattern)
}

// MatchString reports whether a name matches.
func (p *Pattern) MatchString(name string) bool {
	for i := range len(name) {
		if name[i] >= utf8.RuneSelf {
			return p.full().MatchString(name)
		}
	}
	return p.ascii().MatchString(name)
}

// String returns the regular expression.
func (p *Pattern) String() string { return p.text }
