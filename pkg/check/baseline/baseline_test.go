package baseline

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// find gives a finding for each number 60 and each string "Hunter2" of a text,
// the latter a secret.
func find(text string) (diag.List, *Maker) {
	tree := jsonc.Parse(source.NewFile("web/t.json", []byte(text)))
	secrets := new(secret.Set)
	var found diag.List
	for _, what := range []string{"60", `"Hunter2"`, "[ 1,2 ]", "[\n1,\n2\n]"} {
		for from := 0; ; {
			i := strings.Index(text[from:], what)
			if i < 0 {
				break
			}
			at := tree.File.Range(from+i, from+i+len(what))
			if what == `"Hunter2"` {
				secrets.AddRange(at)
			}
			found.Errorf("SS4001", "capacity-limit", at, "line %d", at.StartPosition().Line)
			from += i + len(what)
		}
	}
	return found, &Maker{Trees: []*jsonc.Tree{tree}, Secrets: secrets, Path: func(s string) string { return "x/" + s }}
}

func TestOnlyWhatIsNew(t *testing.T) {
	found, m := find(`{"list": [{"capacity": 60, "password": "Hunter2", "a": [ 1,2 ]}]}`)
	var file bytes.Buffer
	if err := New(found, m).Write(&file); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, text string
		new        []string
		gone       int
	}{
		{"the same", `{"list": [{"capacity": 60, "password": "Hunter2", "a": [ 1,2 ]}]}`, nil, 0},
		{"laid out anew", "// moved\n{\n  \"list\": [\n    {\n      \"capacity\": 60,\n \"a\": [\n1,\n2\n],\r\n      \"password\": \"Hunter2\"\n    }\n  ]\n}", nil, 0},
		{"something before", `{"list": [{}, {"capacity": 60, "password": "Hunter2", "a": [ 1,2 ]}]}`, nil, 0},
		{"one more of them", `{"list": [{"capacity": 60, "password": "Hunter2", "a": [ 1,2 ]},` + "\n" + `{"capacity": 60}]}`, []string{"line 2"}, 0},
		{"another place", `{"list": [{"password": "Hunter2", "a": [ 1,2 ]}], "capacity":` + "\n\n60}", []string{"line 3"}, 1},
		{"all gone", `{}`, nil, 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, err := Read(file.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			found, m := find(tt.text)
			gone := b.Apply(found, m)
			var left []string
			for _, d := range found {
				if d.Suppressed == nil {
					left = append(left, d.Summary)
				}
			}
			if diff := cmp.Diff(tt.new, left); diff != "" || gone != tt.gone {
				t.Errorf("%d gone, want %d; new (-want +got):\n%s", gone, tt.gone, diff)
			}
		})
	}
}

func TestFile(t *testing.T) {
	found, m := find(`[60, 60, "Hunter2"]`)
	found[2].Suppressed = &diag.Suppression{Kind: "comment"}
	var file bytes.Buffer
	if err := New(found, m).Write(&file); err != nil {
		t.Fatal(err)
	}
	want := `{
  "version": "1",
  "findings": [
    {
      "rule": "SS4001",
      "path": "x/web/t.json",
      "resource": "",
      "pointer": "/*",
      "content": "39fa9ec190eee7b6",
      "count": 2,
      "message": "line 1"
    }
  ]
}
`
	if diff := cmp.Diff(want, file.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestReadMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"[":                                 "it is not a baseline: it is not JSON",
		`{}`:                                `it is not a baseline: it has no version`,
		`[{"version":"1"}]`:                 `it is not a baseline: it has no version`,
		`{"version":"2"}`:                   `it is a baseline of another version; version "1" is needed. Write the baseline again`, // another kind of file is not quoted
		`{"version":"1","findings":["no"]}`: "it is not a baseline: json: cannot unmarshal string into Go value of type baseline.Finding",
		`{"version":"1","findings":[` + strings.Repeat("{},", mostFindings) + `{}]}`: "a baseline has at most 200000 findings; turn off the rules that have most of them",
	} {
		if _, err := Read([]byte(text)); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

// A secret cannot be guessed from its hash: it is masked before.
func TestSecretsAreMasked(t *testing.T) {
	found, m := find(`{"password": "Hunter2"}`)
	one, _ := m.key(&found[0])
	file := source.NewFile("web/t.json", []byte(`{"password": "Another"}`))
	other := &Maker{Secrets: new(secret.Set)}
	at := file.Range(13, 22)
	other.Secrets.AddRange(at)
	if got := other.content(at); got != one.Content {
		t.Errorf("two secrets have the hashes %s and %s", one.Content, got)
	}
	if plain := (&Maker{}).content(at); plain == one.Content {
		t.Error("what is not a secret has the hash of the mask")
	}
}

// A name that is not UTF-8 is written as something else; the finding is known anyway.
func TestNamesThatAreNotUTF8(t *testing.T) {
	tree := jsonc.Parse(source.NewFile("a\xff.json", []byte("{\"b\xe2\": {\"c\": 60}}")))
	at := tree.Lookup("/b\xe2/c")
	if at == nil {
		t.Fatal("there is no such value")
	}
	var found diag.List
	found.Errorf("SS4001", "capacity-limit", at.Range(), "too many")
	found[0].Resource = "d\x80"
	m := &Maker{Trees: []*jsonc.Tree{tree}, Path: func(s string) string { return s }}
	var file bytes.Buffer
	if err := New(found, m).Write(&file); err != nil {
		t.Fatal(err)
	}
	b, err := Read(file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if gone := b.Apply(found, m); gone != 0 || found[0].Suppressed == nil {
		t.Errorf("a known finding is new; the file says\n%s", &file)
	}
}

// A value that several resources take, such as a parameter, is known whichever
// of them a finding names; one in a resource is known in that resource alone.
func TestResourceOfAValue(t *testing.T) {
	tree := jsonc.Parse(source.NewFile("t.json", []byte(`{"parameters": {"n": 60}, "resources": [{"name": "a", "capacity": 60}]}`)))
	m := &Maker{Trees: []*jsonc.Tree{tree}, Secrets: new(secret.Set), Path: func(s string) string { return s }}
	of := func(offset int, resource, pointer string) Key {
		k, ok := m.key(&diag.Diagnostic{Code: "SS4001", Subject: tree.File.Range(offset, offset+2), Resource: resource, Pointer: pointer})
		if !ok {
			t.Fatal("no key")
		}
		return k
	}
	text := string(tree.File.Bytes())
	shared, own := strings.Index(text, "60"), strings.LastIndex(text, "60")
	if a, b := of(shared, "set/a", "/resources/0/capacity"), of(shared, "set/b", "/resources/1/sku/capacity"); a != b || a.Pointer != "/parameters/n" {
		t.Errorf("%+v and %+v", a, b)
	}
	if a, b := of(own, "set/a", "/resources/0/capacity"), of(own, "set/b", "/resources/0/capacity"); a == b || a.Resource != "set/a" {
		t.Errorf("%+v and %+v", a, b)
	}
}

// TestCompact wants blanks to count in strings alone.
func TestCompact(t *testing.T) {
	for text, want := range map[string]string{
		"{ \"a b\" :\t1 ,\r\n 2\r}":     `{"a b":1,2}`,
		`"a\" b" , " c"`:                `"a\" b"," c"`,
		`"a\\" , " b "`:                 `"a\\"," b "`,
		"\"a\tb\r\nc\" ":                "\"a\tb\nc\"",
		`"a\"" , "[concat('x ', 'y')]"`: `"a\"","[concat('x ', 'y')]"`,
		"[\\\" 1, \" 2\"]":              "[\\\" 1, \"2\"]", // a backslash outside of a string escapes nothing
	} {
		if got := compact(text); got != want {
			t.Errorf("compact(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestContentAroundSecrets wants texts that differ beside a secret, before or
// behind it, to be two, and such that differ in the secret to be one.
func TestContentAroundSecrets(t *testing.T) {
	content := func(text, hidden string) string {
		f := source.NewFile("t.json", []byte(text))
		m := &Maker{Secrets: new(secret.Set), Path: func(s string) string { return s }}
		i := strings.Index(text, hidden)
		m.Secrets.AddRange(f.Range(i, i+len(hidden)))
		return m.content(f.Range(0, len(text)))
	}
	base := content(`{"a":1,"p":"Hunter2","z":2}`, `"Hunter2"`)
	if content(`{"a":1,"p":"Other99","z":2}`, `"Other99"`) != base {
		t.Error("the secret is part of what is hashed")
	}
	for _, other := range []string{`{"a":3,"p":"Hunter2","z":2}`, `{"a":1,"p":"Hunter2","z":3}`} {
		if content(other, `"Hunter2"`) == base {
			t.Errorf("%s is the same as another", other)
		}
	}
}

// TestKeys wants findings without a file to be left out, a pointer that a
// finding has to be kept, and one that it has not to be that of its place.
func TestKeys(t *testing.T) {
	tree := jsonc.Parse(source.NewFile("t.json", []byte(`{"resources":[{"name":"a"},{"name":"b"}],"variables":{"v":1}}`)))
	m := &Maker{Trees: []*jsonc.Tree{tree}, Secrets: new(secret.Set), Path: func(s string) string { return s }}
	at := func(text string) source.Range {
		i := strings.Index(string(tree.File.Bytes()), text)
		return tree.File.Range(i, i+len(text))
	}
	for _, tt := range []struct {
		name              string
		at                string
		pointer, resource string
		want, of          string
	}{
		{"the place", `"b"`, "", "b", "/resources/*/name", "b"},
		{"its own", `"b"`, "/resources/1/properties/x", "b", "/resources/*/properties/x", "b"},
		{"outside of resources", `1}`, "/resources/0/name", "a", "/variables/v", ""},
	} {
		k, ok := m.key(&diag.Diagnostic{Code: "SS4001", Subject: at(tt.at), Pointer: tt.pointer, Resource: tt.resource})
		if !ok || k.Pointer != tt.want || k.Resource != tt.of {
			t.Errorf("%s: %q of %q, %t, want %q of %q", tt.name, k.Pointer, k.Resource, ok, tt.want, tt.of)
		}
	}
	nowhere := diag.List{{Code: "SS0001", Summary: "no file"}}
	b := New(nowhere, m)
	if len(b.Findings) != 0 || b.Apply(nowhere, m) != 0 || nowhere[0].Suppressed != nil {
		t.Errorf("a finding without a file is in the baseline: %v", b.Findings)
	}
}

// TestOrder wants a file that is the same for the same findings, in whatever
// order they come, and readable.
func TestOrder(t *testing.T) {
	var want string
	tree := jsonc.Parse(source.NewFile("t.json", []byte(`{"a":1,"b":[2,3],"c":4}`)))
	m := &Maker{Trees: []*jsonc.Tree{tree}, Secrets: new(secret.Set), Path: func(s string) string { return s }}
	for round := range 20 {
		var found diag.List
		for i := range 12 {
			n := (i*7 + round) % 12
			at := tree.File.Range(5+n, 6+n)
			found = append(found, diag.Diagnostic{Code: diag.Code([]string{"SS4001", "SS4002"}[n%2]), Subject: at, Resource: string(rune('a' + n%3)), Summary: "a < b & c"})
		}
		var file bytes.Buffer
		if err := New(found, m).Write(&file); err != nil {
			t.Fatal(err)
		}
		switch {
		case round == 0:
			want = file.String()
		case file.String() != want:
			t.Fatalf("round %d:\n%s\nbefore:\n%s", round, &file, want)
		}
	}
	if !strings.Contains(want, "a < b & c") {
		t.Error("signs are escaped as if for a page")
	}
	if first, second := strings.Index(want, "SS4001"), strings.Index(want, "SS4002"); first > second || strings.LastIndex(want, "SS4001") > second {
		t.Errorf("not in the order of codes:\n%s", want)
	}
}

// TestApplySkipsSuppressed wants what is suppressed already to take nothing
// from what is known.
func TestApplySkipsSuppressed(t *testing.T) {
	found, m := find(`[60, 60]`)
	b := New(found[:1], m)
	again, m := find(`[60, 60]`)
	by := &diag.Suppression{Kind: "comment"}
	again[0].Suppressed = by
	if gone := b.Apply(again, m); gone != 0 || again[0].Suppressed != by || again[1].Suppressed == nil || again[1].Suppressed.Kind != "baseline" {
		t.Errorf("%d gone, %v, %v", gone, again[0].Suppressed, again[1].Suppressed)
	}
}
