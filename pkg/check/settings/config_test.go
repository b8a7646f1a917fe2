package settings

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/syntax/source"
)

var checks = Checks{Rule: knows, Option: option}

// option takes the only option that there is in the tests, a number.
func option(selector, name string, value any) (any, error) {
	if name != "most" {
		return nil, &OptionNameError{errors.New(selector + " has no option " + name)}
	}
	if n, ok := value.(int); ok {
		return n, nil
	}
	return nil, fmt.Errorf("most is a number, not %v", value)
}

// knows takes the rules of the tests.
func knows(selector, state string) string {
	switch {
	case selector == "SS4001" || selector == "capacity-limit" || selector == "SS50*":
		return ""
	case selector == "SS1001" && state == "off":
		return "SS1001 is an error of the language and cannot be off"
	}
	return "no rule is called " + selector
}

const whole = `# the settings of a team
guidance: current
fail-on: warning
max-findings: 100
format: [text, sarif]
parameters: prod.json
set:
  instanceCount: 3
  name: "3"
  spot: true
  zones: ["1", 2]
  disk: {size: 1.50, type: null}
rules:
  SS4001: off
  'SS50*': warning
  capacity-limit:
    severity: error
    options: {most: 12}
paths:
- match: legacy/**
  guidance: preview
  rules: {capacity-limit: on}
- match:
  - a.json
  - b.json
  parameters: [x.json, y.json]
suppress:
- rules: [SS4001]
  paths: [web/**]
  until: 2027-01-31
  reason: >
    staged
    rollout
`

func TestParse(t *testing.T) {
	s, err := parse(source.NewFile(".scaleset.yaml", []byte(whole)), checks, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	show := func(prefix string, b Block) {
		for _, x := range b.Settings {
			got = append(got, prefix+x.Key.Name+": "+strings.Join(x.Values, " | ")+" @"+Place(x.At))
		}
		for _, r := range b.Rules {
			got = append(got, prefix+"rule "+r.Selector+": "+r.State+" @"+Place(r.At))
			for _, o := range r.Options {
				got = append(got, fmt.Sprintf("%soption %s: %v @%s", prefix, o.Name, o.Value, Place(o.At)))
			}
		}
	}
	show("", s.Top)
	for _, b := range s.Blocks {
		show(strings.Join(b.Match, ",")+" "+Place(b.At)+" ", b)
	}
	for _, x := range s.Suppressions {
		got = append(got, "suppress "+strings.Join(x.Rules, ",")+" in "+strings.Join(x.Paths, ",")+" until "+x.Until.Format(time.DateOnly)+": "+x.Reason+" @"+Place(x.At))
	}
	want := []string{
		"guidance: current @.scaleset.yaml:2:1",
		"fail-on: warning @.scaleset.yaml:3:1",
		"max-findings: 100 @.scaleset.yaml:4:1",
		"format: text | sarif @.scaleset.yaml:5:1",
		"parameters: prod.json @.scaleset.yaml:6:1",
		`set: instanceCount=3 | name="3" | spot=true | zones=["1",2] | disk={"size":1.50,"type":null} @.scaleset.yaml:7:1`,
		"rule SS4001: off @.scaleset.yaml:14:3",
		"rule SS50*: warning @.scaleset.yaml:15:3",
		"rule capacity-limit: error @.scaleset.yaml:16:3",
		"option most: 12 @.scaleset.yaml:18:15",
		"legacy/** .scaleset.yaml:20:3 guidance: preview @.scaleset.yaml:21:3",
		"legacy/** .scaleset.yaml:20:3 rule capacity-limit: on @.scaleset.yaml:22:11",
		"a.json,b.json .scaleset.yaml:23:3 parameters: x.json | y.json @.scaleset.yaml:26:3",
		"suppress SS4001 in web/** until 2027-01-31: staged rollout @.scaleset.yaml:28:3",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

const notSettings = "f:1:1: this does not look like the settings of scaleset: no line begins with a key such as rules: or fail-on:"

func TestMistakes(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"comments alone", "# later\n", ""},
		{"misspelled key", "rulez: {}\n", `f:1:1: unknown key "rulez"; did you mean "rules"?`},
		{"key like none", "paths:\n- match: x\n  colour: red\n", `f:3:3: unknown key "colour"; use one of: rules, match, guidance, packs, parameters`},
		{"key of another place", "paths:\n- match: x\n  fail-on: error\n", `f:3:3: "fail-on" holds for all templates; write it at the top`},
		{"misspelled word", "guidance: curent\n", `f:1:11: unknown guidance "curent"; use one of: auto, preview, current; did you mean "current"?`},
		{"number", "max-findings: -1\n", `f:1:15: max-findings must be a whole number, 0 or more, not "-1"`},
		{"misspelled state", "rules:\n  SS4001: warn\n", `f:2:11: unknown value "warn" of a rule; use one of: off, on, info, warning, error`},
		{"misspelled member of a rule", "rules:\n  SS4001: {severty: error}\n", `f:2:12: unknown key "severty"; did you mean "severity"?`},
		{"misspelled severity", "rules:\n  SS4001: {severity: warn}\n", `f:2:22: unknown value "warn" of a rule; use one of: off, on, info, warning, error`},
		{"unknown option", "rules:\n  SS4001: {options: {least: 1}}\n", `f:2:22: SS4001 has no option least`},
		{"value of an option", "rules:\n  SS4001:\n    options:\n      most: [1]\n", `f:4:13: most is a number, not [1]`},
		{"option without a value", "rules:\n  SS4001:\n    options:\n      most:\n", `f:4:7: most is a number, not <nil>`},
		{"option of an unknown rule", "rules:\n  SS9999: {options: {most: 1}}\n", `f:2:3: no rule is called SS9999`},
		{"unknown rule", "rules:\n  SS9999: off\n", `f:2:3: no rule is called SS9999`},
		{"what cannot be off", "rules:\n  SS1001: off\n", `f:2:3: SS1001 is an error of the language and cannot be off`},
		{"all of them", "b: 1\nguidance: x\n", "f:1:1: unknown key \"b\"; use one of: rules, paths, suppress, custom-rules, include, guidance, packs, fail-on, min-severity, max-findings, format, baseline, exclude, parameters, set, link-root, usage, skus, resource-group, location, subscription-id, tenant-id, management-group, deployment-name\nf:2:11: unknown guidance \"x\"; use one of: auto, preview, current"},
		{"no reason", "suppress:\n- rules: [SS4001]\n", `f:2:3: a suppression needs a "reason"`},
		{"no rules", "suppress:\n- reason: x\n", `f:2:3: a suppression needs "rules"`},
		{"date", "suppress:\n- {rules: SS4001, reason: x, until: soon}\n", `f:2:37: until must be a date of the form YYYY-MM-DD, not "soon"`},
		{"no match", "paths:\n- guidance: auto\n", `f:2:3: an item of paths needs "match", the patterns of its files`},
		{"pattern", "paths:\n- match: '['\n", `f:2:10: the pattern "[" is not well formed`},
		{"list for text", "location: [a]\n", "f:1:11: location must be a string, not a list"},
		{"mapping for list", "suppress: {a: b}\n", "f:1:11: suppress must be a list"},
		{"text for mapping", "rules: all\n", "f:1:8: rules must be a mapping of keys to values"},
		{"no mapping", "- a\n", notSettings},
		{"no settings", "root:*:20228:0:99999\nbin:*:1\n", notSettings},
		{"an environment", "GITHUB_TOKEN=ghs_secret\x00PATH=/bin:/usr/bin\x00", notSettings},
		{"a line that is not a key", "location: a\nroot*20228: x\n", "f:2:1: unknown key; use one of: rules, paths, suppress, custom-rules, include, guidance, packs, fail-on, min-severity, max-findings, format, baseline, exclude, parameters, set, link-root, usage, skus, resource-group, location, subscription-id, tenant-id, management-group, deployment-name"},
		{"pack", "packs: [security, resilence]\n", `f:1:19: unknown value "resilence" in packs; use one of: security, resilience, cost, arm-ttk, psrule, checkov, aprl; did you mean "resilience"?`},
		{"output file", "format: [json, text=../.bashrc]\n", `f:1:16: format names the output file "../.bashrc"; output files can only be named on the command line`},
		{"alias", "location: &a x\nguidance: *a\n", "f:1:11: anchors, aliases and tags are not read; write the value itself\nf:2:11: anchors, aliases and tags are not read; write the value itself"},
		{"alias for a mapping", "rules: &r {SS4001: off}\n", "f:1:8: anchors, aliases and tags are not read; write the value itself"},
		{"alias in a value", "set: {a: [*x]}\n", "f:1:11: anchors, aliases and tags are not read; write the value itself"},
		{"no value", "guidance:\n", "f:1:10: guidance has no value"},
		{"deep value", "set: {a: " + strings.Repeat("[", 80) + strings.Repeat("]", 80) + "}\n", "f:1:75: the value is nested more than 64 deep"},
		{"byte order mark", "\ufeffguidance: preview\r\nlocation: [a]\r\n", "f:2:11: location must be a string, not a list"},
		{"directive", "%YAML 1.2\n---\nguidance: auto\n", ""},
		{"tab", "guidance: auto\n\tlocation: a\n", "f:2:1: a tab is not allowed here; indent YAML with spaces"},
		{"JSON", `{"guidance": "auto", "exclude": ["a/**"]}`, ""},
		{"item that is none", "paths:\n- x\n", "f:2:3: an item of paths must be a mapping of keys to values"},
		{"one of several rules", "suppress:\n- {rules: [SS4001, SS9999], reason: x}\n", "f:2:20: no rule is called SS9999"},
		{"one of several patterns", "exclude: [a, '[']\n", `f:1:14: the pattern "[" is not well formed`},
		{"two documents", "location: a\n---\nlocation: b\n", "f:3:1: the file has more than one YAML document"},
		{"same key twice", "location: a\nlocation: b\n", `f:2:1: the key "location" is already on line 1`},
		{"no YAML", "set: [\n", "f:1:6: this is not YAML: sequence end token ']' not found"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			if _, err := parse(source.NewFile("f", []byte(tt.text)), checks, nil); err != nil {
				got = err.Error()
				var m Mistakes
				if !errors.As(err, &m) {
					t.Errorf("the error is a %T", err)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestMatches(t *testing.T) {
	dir := t.TempDir()
	s := &Settings{Dir: dir}
	tests := []struct {
		pattern, file string
		want          bool
	}{
		{"web/**", "web/a.json", true},
		{"web/**", "web/b/a.json", true},
		{"web", "web/b/a.json", true},
		{"web/", "x/web/a.json", true},
		{"/web", "x/web/a.json", false},
		{"./web/a.json", "web/a.json", true},
		{"*.json", "x/y/a.json", true},
		{"x/*.json", "x/y/a.json", false},
		{".", "x/y/a.json", true},
		{"**", "../other/a.json", true},
		{"a.json", "b.json", false},
	}
	for _, tt := range tests {
		if got := s.Matches([]string{"none", tt.pattern}, filepath.Join(dir, tt.file)); got != tt.want {
			t.Errorf("%q matches %q: %v", tt.pattern, tt.file, got)
		}
	}
}

func TestFind(t *testing.T) {
	dir := t.TempDir()
	deep := filepath.Join(dir, "repo", "a", "b")
	for _, d := range []string{deep, filepath.Join(dir, "repo", ".git")} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	write := func(name string) string {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		return name
	}
	write(Name) // above the repository, so it belongs to someone else
	if got := Find(deep); got != "" {
		t.Errorf("found %s", got)
	}
	want := write("repo/" + Name)
	if got := Find(deep); got != want {
		t.Errorf("found %s, want %s", got, want)
	}
	// A folder of the name is a mistake to tell, not one to pass over.
	if err := os.Mkdir(filepath.Join(deep, Name), 0o755); err != nil {
		t.Fatal(err)
	}
	if got := Find(deep); got != filepath.Join(deep, Name) {
		t.Errorf("found %s", got)
	}
	if _, err := Load(filepath.Join(deep, Name), "x.yaml", checks); err == nil || err.Error() != "x.yaml is a folder; the settings are a file" {
		t.Errorf("got %v", err)
	}
	if err := os.Remove(filepath.Join(deep, Name)); err != nil {
		t.Fatal(err)
	}
	want = write("repo/a/" + Name)
	if got := Find(deep); got != want {
		t.Errorf("found %s, want %s", got, want)
	}
}

// FuzzParse wants settings or mistakes with places, never a panic.
func FuzzParse(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte(strings.Repeat("a: [", 50)))
	f.Add([]byte("a: &x [*x]"))
	f.Add([]byte("paths: [{match: [[x]]}]\nsuppress: [1, {until: []}]"))
	f.Add([]byte("? {a: b}\n: c"))
	f.Fuzz(func(t *testing.T, text []byte) {
		_, err := parse(source.NewFile("f", text), checks, nil)
		var m Mistakes
		if err != nil && (!errors.As(err, &m) || len(m) == 0) {
			t.Fatalf("%T %v", err, err)
		}
		for _, x := range m {
			if x.At.File == nil || x.Message == "" {
				t.Errorf("a mistake without a place: %+v", x)
			}
		}
	})
}
