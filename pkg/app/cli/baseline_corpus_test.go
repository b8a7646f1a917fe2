package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// TestBaselineSurvivesLayout writes a baseline of published templates and wants
// nothing new after each way to write the same templates differently.
func TestBaselineSurvivesLayout(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: it checks some hundred templates several times")
	}
	folders, published := golden.Corpus(t, "scale-sets")
	folders = append(folders, filepath.Join(golden.Root(t), "pkg", "check", "rules", "template"))
	want := 100
	if published {
		want = 1000
	}
	read := map[string][]byte{}
	golden.WalkCorpus(t, folders, func(folder, name string) {
		rel, err := filepath.Rel(folder, name)
		if err == nil {
			read[filepath.Join(filepath.Base(folder), rel)], err = os.ReadFile(name)
		}
		if err != nil {
			t.Fatal(err)
		}
	})
	dir := t.TempDir()
	write := func(change func(text []byte) []byte) {
		t.Helper()
		for name, text := range read {
			name = filepath.Join(dir, name)
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, change(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	run := func(args ...string) string {
		t.Helper()
		app, out, errs := testApp(t)
		app.Dir = dir
		if code := Main(context.Background(), app, args); code > ExitFindings {
			t.Fatalf("%v: exit code %d: %s", args, code, errs)
		}
		return out.String()
	}
	news := func() (all []string, known int) {
		t.Helper()
		var document struct {
			Findings []struct{ Path, Code, Message string }
			Summary  struct{ Suppressed int }
		}
		if err := json.Unmarshal([]byte(run("lint", "--enable", "all", "--baseline", "base.json", "--format", "json")), &document); err != nil {
			t.Fatal(err)
		}
		for _, f := range document.Findings {
			all = append(all, f.Path+" "+f.Code+" "+f.Message)
		}
		return all, document.Summary.Suppressed
	}
	write(bytes.Clone)
	run("lint", "--enable", "all", "--write-baseline", "base.json")
	if _, known := news(); known < want {
		t.Fatalf("the templates have %d findings", known)
	}
	for name, change := range map[string]func(text []byte) []byte{
		"200 lines before": func(text []byte) []byte {
			return bytes.Replace(text, []byte("{"), []byte("{"+strings.Repeat("\n", 200)), 1)
		},
		"all on one line": func(text []byte) []byte {
			var b bytes.Buffer
			if err := json.Compact(&b, bytes.TrimPrefix(text, []byte("\ufeff"))); err != nil {
				return text // it has comments, or is not JSON for everybody
			}
			return b.Bytes()
		},
		"ends of lines": func(text []byte) []byte {
			return bytes.ReplaceAll(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), []byte("\n"), []byte("\r\n"))
		},
		"scaleset fmt": bytes.Clone,
	} {
		t.Run(name, func(t *testing.T) {
			write(change)
			if name == "scaleset fmt" {
				run("fmt", "--quiet", ".")
			}
			if all, _ := news(); len(all) > 0 {
				t.Errorf("%d are new, such as %s", len(all), all[0])
			}
		})
	}
}
