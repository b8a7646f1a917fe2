package rules_test

import (
	"context"
	"maps"
	"path/filepath"
	"testing"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/fix"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// Fixing every template of the corpus ends, brings no error, and fixing again
// changes nothing.
func TestFixCorpus(t *testing.T) {
	folders, published := golden.Corpus(t, "scale-sets")
	folders = append(folders, "storage", "template") // templates with mistakes that have a fix
	applied, want := 0, 60
	if published {
		want = 500
	}
	golden.WalkCorpus(t, folders, func(root, path string) {
		rel, err := filepath.Rel(root, path)
		if err != nil {
			t.Fatal(err)
		}
		applied += fixTwice(t, root, filepath.ToSlash(rel))
	})
	if applied < want {
		t.Errorf("%d fixes were applied, want %d and more", applied, want)
	}
}

func fixTwice(t *testing.T, root, name string) (applied int) {
	check := func(base map[string][]byte) fix.Check {
		return func(texts map[string][]byte) (diag.List, error) {
			all := maps.Clone(base)
			if all == nil {
				all = map[string][]byte{}
			}
			maps.Copy(all, texts)
			e := newEngine(t, engine.Config{Files: engine.Overlay{Base: engine.Folder(root), Texts: all}, NoFold: true,
				Lint: lint.Options{Enable: []string{"SS2602", "SS2605", "SS2705", "SS3009", "SS3010"}}})
			r, err := e.Check(context.Background(), []string{name})
			if err != nil {
				return nil, err
			}
			return r.Findings, nil
		}
	}
	before, err := check(nil)(nil)
	if err != nil {
		t.Fatal(err)
	}
	once, err := fix.Apply(check(nil))
	if err != nil {
		t.Fatal(err)
	}
	if len(once.Applied) == 0 {
		return 0
	}
	if has, had := errorsIn(once.Left), errorsIn(before); has > had {
		t.Errorf("%s: %d errors after fixing, %d before", name, has, had)
	}
	twice, err := fix.Apply(check(once.Texts()))
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range twice.Applied {
		t.Errorf("%s: %q is applied again to %s", name, a.Fix.Message, a.Finding.Summary)
	}
	return len(once.Applied)
}

func errorsIn(l diag.List) (n int) {
	for _, d := range l {
		if d.Severity == diag.Error {
			n++
		}
	}
	return n
}
