package baseline

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/diag"
	"github.com/scaleset/scaleset/pkg/jsonc"
	"github.com/scaleset/scaleset/pkg/secret"
	"github.com/scaleset/scaleset/pkg/source"
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
		"[":               "it is no baseline: unexpected EOF",
		`{}`:              `it is a baseline of version ""; this tool reads version "1": write it anew`,
		`{"version":"2"}`: `it is a baseline of version "2"; this tool reads version "1": write it anew`,
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
		t.Error("what is no secret has the hash of the mask")
	}
}

// A name that is not UTF-8 is written as something else; the finding is known all the same.
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
