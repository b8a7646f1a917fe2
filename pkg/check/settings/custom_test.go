package settings

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/syntax/source"
)

const customText = `custom-rules:
  - code: ORG001
    name: allowed-sizes
    severity: error
    about: Scale sets use the sizes that we have reserved.
    for: scale-sets
    when: has(resource.sku)
    assert: resource.sku.name in ['a', 'b']
    at: resource.sku
    message: size {{ resource.sku.name }} is not allowed
    remedy: Choose another one.
    link: https://example.org/sizes
  - code: ORG002
    name: new-versions
    for: { types: [Microsoft.Network/*], from: 2019-03-01, to: 2023-12-31-preview }
    assert: "true"
    message: old
rules:
  ORG001: off
  ORG002: info
suppress:
  - { rules: ["ORG*"], reason: later }
`

func TestCustom(t *testing.T) {
	s, err := parse(source.NewFile("f", []byte(customText)), Checks{Rule: func(selector, _ string) string { return "unknown " + selector }}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Custom) != 2 {
		t.Fatalf("%d rules", len(s.Custom))
	}
	one, two := s.Custom[0], s.Custom[1]
	got := []string{one.Code, one.Name, one.Severity, one.About, one.When.Text, one.Assert.Text, one.Point.Text, one.Message.Text, one.Remedy.Text, one.Link.Text, Place(one.At)}
	want := []string{"ORG001", "allowed-sizes", "error", "Scale sets use the sizes that we have reserved", "has(resource.sku)", "resource.sku.name in ['a', 'b']",
		"resource.sku", "size {{ resource.sku.name }} is not allowed", "Choose another one.", "https://example.org/sizes", "f:2:5"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(Subject{ScaleSets: true}, one.For); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(Subject{Types: []string{"Microsoft.Network/*"}, From: "2019-03-01", To: "2023-12-31-preview"}, two.For); diff != "" {
		t.Error(diff)
	}
	if two.Severity != "warning" || two.When.IsSet() {
		t.Errorf("severity %s, when %v", two.Severity, two.When)
	}
}

// TestScalarRange looks up a part of a text in each style that YAML has.
func TestScalarRange(t *testing.T) {
	for _, tt := range []struct{ name, yaml, text string }{
		{"plain", "resource.a == 1 && resource.b > 2", "resource.a == 1 && resource.b > 2"},
		{"plain in lines", "resource.a == 1\n      && resource.b > 2", "resource.a == 1 && resource.b > 2"},
		{"single quotes", "'resource.a == ''x'' && resource.b > 2'", "resource.a == 'x' && resource.b > 2"},
		{"double quotes", `"resource.a == \"x\" && \u0072esource.b > 2"`, `resource.a == "x" && resource.b > 2`},
		{"literal", "|\n      resource.a == 1 &&\n        resource.b > 2\n", "resource.a == 1 &&\n  resource.b > 2"},
		{"literal after a blank line", "|\n\n      resource.a == 1 &&\n\n      resource.b > 2\n", "resource.a == 1 &&\n\nresource.b > 2"},
		{"folded", ">-\n      resource.a == 1 &&\n      resource.b > 2\n", "resource.a == 1 && resource.b > 2"},
		{"letters of two bytes", "\"resource.a == 'ä' && resource.b > 2\"", "resource.a == 'ä' && resource.b > 2"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := "custom-rules:\n  - code: ORG001\n    name: a-b\n    message: m\n    assert: " + tt.yaml + "\n"
			s, err := parse(source.NewFile("f", []byte(text)), Checks{}, nil)
			if err != nil {
				t.Fatal(err)
			}
			got := s.Custom[0].Assert
			if got.Text != tt.text {
				t.Fatalf("the text is %q", got.Text)
			}
			for _, part := range []string{"esource.b", "> 2"} {
				at := strings.Index(got.Text, part)
				if found := got.Range(at, at+len(part)).Text(); found != part {
					t.Errorf("%q is found as %q", part, found)
				}
			}
		})
	}
}

func TestCustomMistakes(t *testing.T) {
	const rest = "\n    assert: \"true\"\n    message: m\n"
	for _, tt := range []struct{ name, text, want string }{
		{"a code of ours", "  - code: SS4001\n    name: a-b" + rest, "f:2:11: code must be 2 to 10 capital letters and 1 to 5 digits, such as ORG001; codes that begin with SS are those of scaleset"},
		{"a code in small letters", "  - code: org1\n    name: a-b" + rest, "f:2:11: code must be 2"},
		{"a name of ours", "  - code: ORG1\n    name: capacity-limit" + rest, `f:3:11: "capacity-limit" is the name of a rule of scaleset; choose another one`},
		{"a name of one word", "  - code: ORG1\n    name: sizes" + rest, "f:3:11: name must be lower-case words with hyphens"},
		{"no code", "  - name: a-b" + rest, `f:2:5: a custom rule needs "code"`},
		{"no assert", "  - code: ORG1\n    name: a-b\n    message: m\n", `f:2:5: a custom rule needs "assert"`},
		{"no message", "  - code: ORG1\n    name: a-b\n    assert: \"true\"\n", `f:2:5: a custom rule needs "message"`},
		{"severity", "  - code: ORG1\n    name: a-b\n    severity: eror" + rest, `f:4:15: unknown severity "eror"; use one of: info, warning, error; did you mean "error"?`},
		{"for", "  - code: ORG1\n    name: a-b\n    for: scale-set" + rest, `f:4:10: for must be scale-sets, deployment, or types of resources such as Microsoft.Network/*, not "scale-set"; did you mean "scale-sets"?`},
		{"for two", "  - code: ORG1\n    name: a-b\n    for: [scale-sets, deployment]" + rest, "f:4:10: scale-sets and deployment cannot be combined"},
		{"from", "  - code: ORG1\n    name: a-b\n    for: { types: [a/b], from: 2019 }" + rest, `f:4:32: from must be an API version such as 2023-03-01, not "2019"`},
		{"link", "  - code: ORG1\n    name: a-b\n    link: javascript:alert(1)" + rest, "f:4:11: link must be a URL that begins with https://, without spaces"},
		{"two of a code", "  - code: ORG1\n    name: a-b" + rest + "  - code: ORG1\n    name: c-d" + rest, "f:6:5: ORG1 c-d has the code or the name of the rule at f:2:5"},
		{"key", "  - code: ORG1\n    name: a-b\n    asert: x" + rest, `f:4:5: unknown key "asert"; did you mean "assert"?`},
		{"lines", "  - code: ORG1\n    name: a-b\n    assert: \"true\"\n    message: |\n      a\n      b\n", "f:5:14: message must be one line; write what to do as remedy"},
		{"long", "  - code: ORG1\n    name: a-b\n    message: m\n    assert: " + strings.Repeat("x", 5000) + "\n", "f:5:13: assert has 5000 bytes; the limit is 4096"},
		{"include", "", "f:2:11: include: \"../x.yaml\" is not below the folder of the settings"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := "custom-rules:\n" + tt.text
			if tt.text == "" {
				text = "rules:\ninclude: [../x.yaml]\n"
			}
			_, err := parse(source.NewFile("f", []byte(text)), Checks{Taken: func(name string) bool { return name == "capacity-limit" }}, nil)
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
		})
	}
}

func TestInclude(t *testing.T) {
	dir := t.TempDir()
	outside := filepath.Join(t.TempDir(), "x.yaml")
	rule := func(code, name string) string {
		return "custom-rules:\n  - { code: " + code + ", name: " + name + ", assert: 'true', message: m }\n"
	}
	write := func(name, text string) {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(outside, []byte(rule("OUT1", "out-side")), 0o644); err != nil {
		t.Fatal(err)
	}
	write("policy/a.yaml", "include: b.yaml\n"+rule("ORG001", "a-a"))
	write("policy/b.yaml", rule("ORG002", "b-b"))
	write("policy/loop.yaml", "include: [loop.yaml]\n"+rule("ORG003", "c-c"))
	write("policy/bad.yaml", rule("ORG004", "dd"))
	write("policy/other.yaml", "rules: { SS4001: off }\n")
	write("policy/passwords", "root:x:0\n")
	if err := os.Symlink(outside, filepath.Join(dir, "policy", "link.yaml")); err != nil {
		t.Skip(err)
	}
	load := func(text string) (*Settings, error) {
		write(Name, text)
		return Load(filepath.Join(dir, Name), Name, Checks{})
	}
	s, err := load("include: [policy/a.yaml]\nrules: { ORG002: off }\n")
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Custom) != 2 || s.Custom[0].Code != "ORG002" || Place(s.Custom[1].At) != "policy/a.yaml:3:7" || len(s.Included) != 2 {
		t.Errorf("%+v", s.Custom)
	}
	for include, want := range map[string]string{
		"policy/loop.yaml":  `policy/loop.yaml:1:11: include: "loop.yaml" is included twice`,
		"policy/bad.yaml":   `policy/bad.yaml:2:27: name must be lower-case words`,
		"policy/other.yaml": `policy/other.yaml:1:1: this does not look like the settings`,
		"policy/passwords":  `policy/passwords:1:1: this does not look like the settings`,
		"policy/none.yaml":  `.scaleset.yaml:1:10: include: "policy/none.yaml" does not exist`,
		"policy/link.yaml":  `.scaleset.yaml:1:10: include: "policy/link.yaml" cannot be read`,
		"policy":            `.scaleset.yaml:1:10: include: "policy" is a folder; name its files`,
		"/etc/passwd":       `.scaleset.yaml:1:10: include: "/etc/passwd" is not a relative path`,
		"policy/../../x":    `.scaleset.yaml:1:10: include: "policy/../../x" is not below the folder of the settings`,
	} {
		_, err := load("include: " + include + "\n")
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: got  %v\nwant %s", include, err, want)
		}
	}
}
