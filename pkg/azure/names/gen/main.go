// Command gen generates names.txt of package names from the facts beside it:
//
//	go generate ./pkg/azure/names
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

func main() {
	if err := run("facts", "names.txt"); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(facts, out string) error {
	text, err := generate(facts)
	if err != nil {
		return err
	}
	return os.WriteFile(out, []byte(text), 0o644)
}

// specified is a row of the specifications.
type specified struct {
	MinLength, MaxLength int
	Pattern              string
	Values               []string
	Open                 bool
}

// documented is a row of the documentation. A type has several rows if the rule
// depends on the kind of the resource.
type documented struct {
	Kind, Pattern, Never, NeverFirst, NeverLast, NeverTwice, Scope string
	Min, Max                                                       int
	Values                                                         string // examples
}

// A row is one rule: a name must match every pattern of match and none of
// reject.
type row struct {
	resourceType string
	// source is "specification", "documentation" or, for documented names that
	// are part of a host name, "host".
	source        string
	min, max      int
	match, reject []string
	values        []string
}

func generate(folder string) (string, error) {
	var spec map[string]specified
	var docs map[string][]documented
	if err := read(filepath.Join(folder, "specifications.json"), &spec); err != nil {
		return "", err
	}
	if err := read(filepath.Join(folder, "documentation.json"), &docs); err != nil {
		return "", err
	}
	var rows []row
	for name, s := range spec {
		if r, ok := s.row(name); ok {
			rows = append(rows, r)
		}
	}
	for name, list := range docs {
		if r, ok := rowOf(name, list); ok {
			rows = append(rows, r)
		}
	}
	slices.SortFunc(rows, func(a, b row) int {
		return strings.Compare(strings.ToLower(a.resourceType)+" "+a.source, strings.ToLower(b.resourceType)+" "+b.source)
	})
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(r.String() + "\n")
	}
	return b.String(), nil
}

func read(name string, into any) error {
	raw, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func (s specified) row(name string) (row, bool) {
	r := row{resourceType: name, source: "specification", min: s.MinLength, max: s.MaxLength}
	if len(s.Values) > 0 {
		r.values = s.Values
		return r, !s.Open
	}
	r.match, r.reject = patterns(s.Pattern)
	return r, r.restricts()
}

// rowOf combines the rules of all kinds of a type: the loosest lengths, and the
// pattern if there is only one kind.
func rowOf(name string, list []documented) (row, bool) {
	r := row{resourceType: name, source: "documentation", min: list[0].Min, max: list[0].Max}
	same, global := true, true
	for _, d := range list {
		global = global && d.Scope == "global"
		r.min, r.max = min(r.min, d.Min), max(r.max, d.Max)
		same = same && d.Pattern == list[0].Pattern
	}
	if global {
		r.source = "host"
	}
	if same && strings.HasPrefix(list[0].Pattern, "^") {
		r.match, r.reject = patterns(list[0].Pattern)
	}
	return r, r.restricts()
}

func (r row) restricts() bool { return r.min > 1 || r.max > 0 || len(r.match)+len(r.reject) > 0 }

func (r row) String() string {
	columns := []string{r.resourceType, r.source}
	if r.min > 0 || r.max > 0 {
		columns = append(columns, strconv.Itoa(r.min)+"-"+strconv.Itoa(r.max))
	}
	for _, m := range r.match {
		columns = append(columns, "+"+m)
	}
	for _, m := range r.reject {
		columns = append(columns, "!"+m)
	}
	if len(r.values) > 0 {
		columns = append(columns, "="+strings.Join(r.values, "|"))
	}
	return strings.Join(columns, "\t")
}

// Lookarounds, which Go does not support: at the start, and at the end before
// $.
var (
	aheadAtStart = regexp.MustCompile(`^\^\(\?([=!])((?:[^()\[\]\\]|\\.|\[(?:[^\]\\]|\\.)*\])*)\)`)
	behindAtEnd  = regexp.MustCompile(`\(\?<!((?:[^()\[\]\\]|\\.|\[(?:[^\]\\]|\\.)*\])*)\)\)?\$$`)
	aheadFixed   = regexp.MustCompile(`^\^(\[[^\]]*\]|\(\[a-z\]\|\[0-9\]\))\(\?!((?:[^()\[\]\\]|\\.|\[(?:[^\]\\]|\\.)*\])*)\)`)
	notTwice     = regexp.MustCompile(`\(-\(\?!-\)\)`)
)

// patterns converts an ECMAScript pattern to Go patterns that a name must match
// and patterns that it must not match. It returns none for a pattern that it
// cannot convert, and for one without any restriction.
func patterns(pattern string) (match, reject []string) {
	if !strings.Contains(pattern, "^") || strings.Trim(pattern, "^$") == ".*" {
		return nil, nil // an unanchored pattern matches nearly every name
	}
	rest := pattern
	for {
		if m := aheadAtStart.FindStringSubmatch(rest); m != nil {
			rest = "^" + rest[len(m[0]):]
			if m[1] == "=" {
				match = append(match, "^"+m[2])
			} else {
				reject = append(reject, "^(?:"+m[2]+")")
			}
			continue
		}
		if m := aheadFixed.FindStringSubmatch(rest); m != nil {
			reject = append(reject, "^"+m[1]+"(?:"+m[2]+")")
			rest = "^" + m[1] + rest[len(m[0]):]
			continue
		}
		break
	}
	if m := behindAtEnd.FindStringSubmatch(rest); m != nil {
		reject = append(reject, "(?:"+m[1]+")$")
		tail := "$"
		if strings.HasSuffix(m[0], "))$") {
			tail = ")$"
		}
		rest = strings.TrimSuffix(rest, m[0]) + tail
	}
	if notTwice.MatchString(rest) {
		reject = append(reject, "--")
		rest = notTwice.ReplaceAllString(rest, "-")
	}
	if rest != "^" {
		// \w in the specifications is that of .NET, which includes the letters
		// and digits of all scripts.
		match = append(match, unicodeWords(strings.ReplaceAll(rest, "-._]", `\-._]`)))
	}
	for _, p := range append(slices.Clone(match), reject...) {
		if _, err := regexp.Compile(p); err != nil || strings.ContainsAny(p, "\t\n") {
			return nil, nil
		}
	}
	return match, reject
}

var classes = regexp.MustCompile(`\[(?:[^\]\\]|\\.)*\]`)

// unicodeWords replaces \w and \W by Unicode classes.
func unicodeWords(pattern string) string {
	pattern = classes.ReplaceAllStringFunc(pattern, func(class string) string {
		if strings.HasPrefix(class, "[^") && strings.Contains(class, `\W`) {
			return `[\pL\pN]` // [^_\W]: a word character except the underscore
		}
		return strings.ReplaceAll(class, `\w`, `\pL\pN_`)
	})
	return strings.ReplaceAll(pattern, `\w`, `[\pL\pN_]`)
}
