package requirements

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// notInFacts are members that the facts leave open or do not have yet.
var notInFacts = map[string]string{
	"settings":                      "what an extension reads",
	"protectedsettings":             "what an extension reads",
	"protectedsettingsfromkeyvault": "open in the facts",
	"turbotier":                     "newer than the facts",
	"diskapiversion":                "newer than the facts",
	"flexprofile":                   "newer than the facts",
	"listener":                      "newer than the facts",
	"placement":                     "newer than the facts",
	"provisionafterextensions":      "missing from the facts",
	"enableautomaticupgrade":        "missing from the facts",
}

// envelope are the members of every resource.
var envelope = []string{"type", "name", "id", "location", "kind", "zones", "sku", "plan", "identity"}

// TestPaths: the properties that rows name are those of the REST specifications,
// for the types of which the facts have them.
func TestPaths(t *testing.T) {
	dir := filepath.Join(golden.Shared(t), "facts", "arm")
	eachRow(t, func(t *testing.T, r Row, resourceType string, e keyed) {
		properties := propertiesOf(t, filepath.Join(dir, strings.ReplaceAll(resourceType, "/", ".")+".json"))
		if properties == nil {
			return
		}
		item := append(append([]step{}, e.place.steps...), e.at.steps...)
		check := func(p path) (known bool) {
			var full []step
			switch p.from {
			case fromItem:
				full = append(full, item...)
			case fromPlace:
				full = append(full, e.place.steps...)
			case fromParent:
				return true
			}
			if p.up > 0 || p.from == fromAll {
				return true
			}
			for _, s := range p.steps {
				if s.kind == follow {
					break
				}
				full = append(full, s)
			}
			text := written(full)
			for i, name := range strings.Split(strings.ReplaceAll(text, "[]", ""), ".") {
				if notInFacts[name] != "" || i == 0 && slices.Contains(envelope, name) {
					return true
				}
			}
			return properties.has(text)
		}
		for _, c := range append(e.when, e.must) {
			if len(c.paths) > 0 && !slices.ContainsFunc(c.paths, check) {
				t.Errorf("%s: the facts have nothing of %s", r.ID, c.text)
			}
			if c.other != nil && !check(*c.other) {
				t.Errorf("%s: the facts have no %s", r.ID, c.other.text)
			}
		}
	})
}

func written(steps []step) string {
	var b strings.Builder
	for _, s := range steps {
		switch {
		case s.kind == items:
			b.WriteString("[]")
		case b.Len() > 0:
			b.WriteString("." + s.name)
		default:
			b.WriteString(s.name)
		}
	}
	return strings.ToLower(b.String())
}

// facts are the paths of a type, in lower case; an open object or a map has any.
type facts map[string]bool

func (f facts) has(path string) bool {
	path = strings.TrimSuffix(path, "[]")
	if f[path] || f[path+"[]"] {
		return true
	}
	for at := path; at != ""; {
		if f[at+".*"] {
			return true
		}
		i := strings.LastIndexAny(at, ".[")
		if i < 0 {
			return false
		}
		at = at[:i]
	}
	return false
}

func propertiesOf(t *testing.T, file string) facts {
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Properties map[string][]struct {
			Type string
		}
	}
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	f := facts{}
	for path, versions := range doc.Properties {
		path = strings.ToLower(path)
		f[path] = true
		if strings.Contains(path, "{}") {
			f[path[:strings.Index(path, "{}")]+".*"] = true
		}
		for _, v := range versions {
			if v.Type == "open" || v.Type == "any" || v.Type == "union" {
				f[path+".*"] = true
			}
		}
	}
	return f
}
