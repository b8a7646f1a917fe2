package rules_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/author/scaffold"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// A small template of every set of the corpus lints clean, and deploys the
// same name, place and size as the set, wherever it is deployed.
func TestResizeCorpus(t *testing.T) {
	folders, published := golden.Corpus(t, "scale-sets")
	made, want := 0, 20
	if published {
		want = 200
	}
	golden.WalkCorpus(t, folders, func(root, path string) {
		if strings.Contains(strings.ToLower(path), "parameters") {
			return
		}
		rel, err := filepath.Rel(root, path)
		if err == nil {
			made += resizeAll(t, engine.Folder(root), filepath.ToSlash(rel))
		}
		text, err := os.ReadFile(path)
		if err == nil { // without its parameter file, where more is unknown
			made += resizeAll(t, engine.Overlay{Texts: map[string][]byte{"alone/" + filepath.ToSlash(rel): text}}, "alone/"+filepath.ToSlash(rel))
		}
	})
	if made < want {
		t.Errorf("%d small templates were made, want %d and more", made, want)
	}
}

// identity is what a small template must keep.
type identity struct{ Name, Location, Size, Version string }

func identityOf(s *vmss.ScaleSet) identity {
	location, _ := s.Location.Known()
	size, _ := s.SKUName.Known()
	return identity{s.Name, location, size, s.APIVersion}
}

// resizeAll makes the small template of each set of a file, and says how many.
func resizeAll(t *testing.T, files engine.Files, name string) (made int) {
	whole := newEngine(t, engine.Config{Files: files}).Load(name)
	known := newEngine(t, engine.Config{Files: files, KnownOnly: true}).Load(name)
	if whole.ARM == nil {
		return 0
	}
	for i, run := range whole.Runs {
		sets, seen := vmss.New(run.Deployment).ScaleSets, vmss.New(known.Runs[i].Deployment).ScaleSets
		if len(sets) != len(seen) || run.Deployment.Diagnostics.HasErrors() {
			continue // the context decides what deploys, or the parameter file is only a sketch
		}
		for j, set := range seen {
			resize, err := scaffold.NewResize(set, 1)
			if err != nil {
				t.Logf("%s %s: %v", name, sets[j].Name, err)
				continue
			}
			made++
			checkResize(t, name, run, sets[j], resize)
		}
	}
	return made
}

func newEngine(t *testing.T, config engine.Config) *engine.Engine {
	t.Helper()
	config.Rules = rules.All()
	e, err := engine.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func checkResize(t *testing.T, name string, run *engine.Run, set *vmss.ScaleSet, resize scaffold.Resize) {
	t.Helper()
	texts := map[string][]byte{"scale.json": resize.Template}
	if len(resize.Parameters) > 0 {
		texts["scale.parameters.json"] = parameterFile(run, resize)
	}
	e := newEngine(t, engine.Config{Files: engine.Overlay{Texts: texts}})
	result, err := e.Check(context.Background(), []string{"scale.json"})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range result.Findings {
		if d.Code == arm.CodePlaceholder || d.Rule == "api-version-known" || strings.Contains(d.Summary, set.APIVersion) {
			continue // the version is that of the set, for better or worse
		}
		if d.Code == "SS3104" {
			continue // published templates name the set by a placeholder
		}
		t.Errorf("%s %s: %s: %s [%s]\n%s", name, set.Name, d.Severity, d.Summary, d.Code, resize.Template)
	}
	small := vmss.New(e.Load("scale.json").Runs[0].Deployment).ScaleSets
	if len(small) != 1 {
		t.Errorf("%s %s: %d sets in the small template", name, set.Name, len(small))
		return
	}
	if n, ok := small[0].Capacity.Known(); !ok || n != 1 {
		t.Errorf("%s %s: capacity %d", name, set.Name, n)
	}
	if len(set.Resource.Nested) > 0 || strings.Contains(set.Name, "deployment()") {
		return // deployed elsewhere, under another name of deployment
	}
	if diff := cmp.Diff(identityOf(set), identityOf(small[0])); diff != "" {
		t.Errorf("%s (-want +got):\n%s%s", name, diff, resize.Template)
	}
}

// parameterFile gives the parameters that the small template needs what the
// run was given for them.
func parameterFile(run *engine.Run, resize scaffold.Resize) []byte {
	var b strings.Builder
	b.WriteString(`{"$schema": "https://schema.management.azure.com/schemas/2015-01-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": {`)
	sep := ""
	for _, p := range resize.Parameters {
		if run.Parameters == nil {
			continue
		}
		if v, ok := run.Parameters.Values.Get(p.Name()); ok && v.Value != nil {
			b.WriteString(sep + `"` + p.Name() + `": {"value": ` + v.Value.Range().Text() + `}`)
			sep = ","
		}
	}
	b.WriteString("}}")
	return []byte(b.String())
}
